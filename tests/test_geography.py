"""Maps: the built-in provinces and any file of a user become areas, or a named error; classes have known edges."""

import contextlib
import json
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assetgen import geography
from assetgen.errors import DataError, LayoutError
from assetgen.geography import CREDIT, provinces_atlas, read_atlas
from assetgen.geography.atlas import bounds, ring_area
from assetgen.geography.classes import classify, diverging_classes, given_classes
from assetgen.regions import provinces

BUNDLE = Path(geography.__file__).with_name("provinces.topo.json")
SQUARE = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]
DATA = next((up / "shared" / "data" for up in Path(__file__).parents if (up / "shared" / "data").is_dir()), None)


def collection(*geometries, names=None):
    named = names or [f"Area {number}" for number in range(len(geometries))]
    features = [
        {"type": "Feature", "properties": {"name": name}, "geometry": geometry}
        for name, geometry in zip(named, geometries, strict=True)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def polygon(ring=SQUARE):
    return {"type": "Polygon", "coordinates": [ring]}


# --- the built-in map -------------------------------------------------------------------------------------------------


def test_the_built_in_map_has_every_province():
    """38 areas, by the names of the provinces; small enough to ship; its attribution in NOTICE and both languages."""
    atlas = provinces_atlas()
    assert [area.name for area in atlas.areas] == [region.name for region in provinces().regions]
    assert BUNDLE.stat().st_size < 60_000
    notice = (Path(__file__).parents[1] / "NOTICE").read_text("utf-8")
    assert CREDIT["id"] in notice
    assert all("CC BY 4.0" in text for text in CREDIT.values())


def test_neighbours_share_their_border_point_for_point():
    """A border inside the map is one arc of both provinces, so no gap can open between them at any size."""
    document = json.loads(BUNDLE.read_bytes())
    used = {}
    for geometry in document["objects"]["provinces"]["geometries"]:
        name = geometry["properties"]["name"]
        polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
        for arc in (arc for rings in polygons for ring in rings for arc in ring):
            used.setdefault(max(arc, ~arc), []).append(name)
    neighbours = {frozenset(names) for names in used.values() if len(names) == 2}
    for pair in [("Jawa Barat", "Jawa Tengah"), ("DKI Jakarta", "Banten"), ("Papua", "Papua Pegunungan"),
                 ("Kalimantan Timur", "Kalimantan Utara"), ("DI Yogyakarta", "Jawa Tengah")]:  # fmt: skip
        assert frozenset(pair) in neighbours
    assert max(map(len, used.values())) == 2


def test_the_built_in_map_is_projected_true_to_shape():
    """Near the equator a degree is as wide as it is high; the map is 2.7 times as wide as high, with north up."""
    rings = [ring for area in provinces_atlas().areas for polygon in area.polygons for ring in polygon]
    left, top, right, bottom = bounds(rings)
    assert (right - left) / (bottom - top) == pytest.approx(45.8 / 16.85, rel=0.01)
    centre = {area.name: area.polygons[0][0].mean(axis=0) for area in provinces_atlas().areas}
    assert centre["Kalimantan Utara"][1] < centre["Kalimantan Selatan"][1]
    assert centre["Aceh"][0] < centre["Papua"][0]


@pytest.mark.skipif(DATA is None, reason="the research data is not beside the project")
def test_rounding_moved_nothing_that_can_be_seen():
    """Each province keeps its area within 0.5 %, DKI Jakarta too, against the file that it was made from."""
    source = read_atlas((DATA / "geo/indonesia-38-provinces.geojson").read_bytes(), "x", "PROVINSI").projected()
    size = {area.name: sum(ring_area(rings[0]) for rings in area.polygons) for area in source.areas}
    for area in provinces_atlas().areas:
        assert sum(ring_area(rings[0]) for rings in area.polygons) == pytest.approx(size[area.name], rel=0.005)


# --- files of users ---------------------------------------------------------------------------------------------------


def test_the_property_is_found_by_the_labels():
    """Without a choice, areas are named by the property in which the table's labels are found, not by codes."""
    features = [
        {"properties": {"id": number, "KODE": "91", "KABKOT": name}, "geometry": polygon()}
        for number, name in enumerate(["Kab. Malang", "Kota Malang"])
    ]
    data = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    atlas = read_atlas(data, "kab.geojson", labels=["Kabupaten Malang", "KOTA MALANG"])
    assert [area.name for area in atlas.areas] == ["Kab. Malang", "Kota Malang"]
    with pytest.raises(DataError, match=r"no property 'KABKOTA' .*did you mean 'KABKOT'"):
        read_atlas(data, "kab.geojson", "KABKOTA")


def test_a_map_of_provinces_is_found_by_all_their_names():
    """A file that says `Daerah Istimewa Yogyakarta` joins a table that says `DIY`."""
    data = collection(polygon(), polygon(), names=["Daerah Istimewa Yogyakarta", "SUMUT"])
    atlas = read_atlas(data, "x.json")
    assert [area.name for area in atlas.areas] == ["DI Yogyakarta", "Sumatera Utara"]
    assert atlas.gazetteer.match("DIY").region.name == "DI Yogyakarta"


def test_features_of_one_name_are_one_area():
    """A file with a feature for each island gives one area a name."""
    atlas = read_atlas(collection(polygon(), polygon(), names=["Pulau", "Pulau"]), "x.json")
    assert [len(area.polygons) for area in atlas.areas] == [2]


BROKEN = [
    (b"", "is not valid JSON"),
    (b"\xff\xfe", "is not valid JSON"),
    (b"[" * 100_000, "is not valid JSON"),
    (b"[]", "holds no object"),
    (b'{"type": "Feature"}', "its type is 'Feature'"),
    (b'{"type": "FeatureCollection", "features": {}}', "its type is 'FeatureCollection'"),
    (b'{"type": "FeatureCollection", "features": []}', "holds 0 features"),
    (b'{"type": "FeatureCollection", "features": [7]}', "holds 1 features"),
    (collection(None), r"area 1 \(Area 0\) has no geometry"),
    (collection({"type": "Point", "coordinates": [0, 0]}), "is a Point; areas are of type Polygon"),
    (collection({"type": "Polygon", "coordinates": None}), "has a polygon without rings"),
    (collection({"type": "MultiPolygon", "coordinates": []}), "has no coordinates"),
    (collection({"type": "Polygon", "coordinates": [[]]}), "fewer than 4 points"),
    (collection(polygon([[0, 0], [1, 1], [0, 0]])), "fewer than 4 points"),
    (collection(polygon([[0, 0], ["a", 1], [1, 1], [0, 0]])), "a point that is not two numbers"),
    (collection(polygon([[0], [1, 1], [2, 2], [0, 0]])), "a point that is not two numbers"),
    (collection(polygon([[0, 0], {"x": 1}, [1, 1], [0, 0]])), "a point that is not two numbers"),
    (collection(polygon([[0, 0], [float("nan"), 1], [1, 1], [0, 0]])), "a point that is not two numbers"),
    (collection(polygon([[0, 0], [10**400, 1], [1, 1], [0, 0]])), "a point that is not two numbers"),
    (collection(polygon([[600000, 9e6], [600001, 9e6], [600001, 9e6], [600000, 9e6]])), r"save the map in WGS 84"),
    (collection(polygon(), names=[" "]), "area 1 of 'x.json' has no name"),
    (b'{"type": "Topology", "objects": {}, "arcs": []}', "it has no objects"),
    (b'{"type": "Topology", "objects": {"a": 1}, "arcs": []}', "an object is not a geometry"),
    (b'{"type": "Topology", "objects": {"a": {"type": "Polygon", "arcs": [[5]]}}, "arcs": [[[0,0]]]}', "the arc 5"),
    (b'{"type": "Topology", "objects": {"a": {"type": "Polygon", "arcs": [["x"]]}}, "arcs": [[[0,0]]]}', "the arc x"),
    (b'{"type": "Topology", "objects": {"a": 1}, "arcs": [["x"]]}', "pairs of numbers"),
    (b'{"type": "Topology", "objects": {"a": 1}, "arcs": [[[0,0]]], "transform": 5}', "pairs of numbers"),
]


@pytest.mark.parametrize(("data", "message"), BROKEN)
def test_a_broken_map_is_told_by_name(data, message):
    """Empty files, wrong types, null geometry, missing points, metres for degrees: each has its own message."""
    with pytest.raises(DataError, match=message):
        read_atlas(data, "x.json")


def test_all_broken_areas_are_told_at_once():
    """Every area that cannot be drawn is in one error."""
    with pytest.raises(DataError) as caught:
        read_atlas(collection(None, polygon(), {"type": "LineString"}), "x.json")
    assert [str(one) for one in caught.value.problems] == [
        "x.json: area 1 (Area 0) has no geometry",
        "x.json: area 3 (Area 2) is a LineString; areas are of type Polygon or MultiPolygon",
    ]


def test_a_map_of_too_many_points_is_refused(monkeypatch):
    """The points of all areas together are limited, in both formats, before memory is."""
    monkeypatch.setattr("assetgen.geography.files.MAX_POINTS", 9)
    with pytest.raises(DataError, match="over 9 points: simplify it first"):
        read_atlas(collection(polygon(), polygon()), "x.json")
    with pytest.raises(DataError, match="more than 9 points"):
        read_atlas(BUNDLE.read_bytes(), "x.json")


def test_a_huge_file_is_refused(monkeypatch):
    """A file beyond the limit of bytes is not parsed."""
    monkeypatch.setattr("assetgen.geography.files.MAX_MAP_BYTES", 10)
    with pytest.raises(DataError, match="too large for a map"):
        read_atlas(collection(polygon()), "x.json")


def test_rings_that_cross_themselves_and_stay_open_are_taken():
    """A bow-tie is drawn as it is; a ring that does not end where it began is closed."""
    atlas = read_atlas(collection(polygon([[0, 0], [1, 1], [1, 0], [0, 1]])), "x.json")
    ring = atlas.areas[0].polygons[0][0]
    assert (ring[0] == ring[-1]).all()
    assert len(ring) == 5


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(data):
    """Any bytes are an atlas or a DataError."""
    with contextlib.suppress(DataError):
        read_atlas(data, "x.json")


# --- classes ----------------------------------------------------------------------------------------------------------


def numbers(*values):
    return [Decimal(str(value)) for value in values]


def test_natural_breaks_find_the_gaps():
    """Three clusters become three classes, with round edges between them (a case whose optimum can be seen)."""
    values = numbers(1, 2, 3, 11, 12, 13, 101, 102, 103)
    assert classify(values, "natural", 3).edges == (Decimal(10), Decimal(100))


def test_natural_breaks_are_the_best_of_all():
    """No other cuts have a smaller sum of squares: tried against every one of them."""
    from itertools import combinations

    values = sorted(numbers(4, 5, 9, 10, 17, 18, 33, 35, 36, 60, 61, 62))

    def cost(cuts):
        parts = [values[a:b] for a, b in pairwise((0, *cuts, len(values)))]
        return sum(sum((x - sum(part) / len(part)) ** 2 for x in part) for part in parts)

    best = min(combinations(range(1, len(values)), 3), key=cost)
    found = classify(values, "natural", 4)
    assert [sum(value < edge for value in values) for edge in found.edges] == list(best)


def test_quantiles_hold_equally_many():
    """Ten values in five classes are two each; equal values stay in one class."""
    found = classify(numbers(*range(1, 11)), "quantile", 5)
    assert [sum(found.of(Decimal(n)) == k for n in range(1, 11)) for k in range(5)] == [2] * 5
    tied = classify(numbers(1, 1, 1, 1, 1, 1, 2, 3), "quantile", 4)
    assert tied.of(Decimal(1)) == 0
    assert tied.count == 3


def test_equal_intervals_are_equal():
    """From 0 to 100 in five classes: 20, 40, 60, 80."""
    assert classify(numbers(0, 3, 100), "equal", 3).edges == tuple(numbers("33.3", "66.7"))
    assert classify(numbers(0, 1, 2, 3, 100), "equal", 5).edges == tuple(numbers(20, 40, 60, 80))


def test_a_value_on_an_edge_belongs_above():
    """Edges that are given are taken as they are; those that fall are refused."""
    found = given_classes(numbers(1, 5, 9), numbers(5, 8))
    assert [found.of(Decimal(n)) for n in (1, 5, 8, 9)] == [0, 1, 2, 2]
    with pytest.raises(LayoutError, match="rise from one to the next"):
        given_classes(numbers(1), numbers(5, 5))
    with pytest.raises(LayoutError, match="at most 7 classes"):
        given_classes(numbers(1), numbers(*range(7)))


def test_diverging_classes_meet_at_the_middle():
    """Classes of growth and decline have zero as an edge."""
    found, below = diverging_classes(numbers(-4, -1, 2, 6), "equal", 4, Decimal(0))
    assert Decimal(0) in found.edges
    assert found.edges.index(Decimal(0)) + 1 == below == 2
    assert diverging_classes(numbers(1, 2), "natural", 4, Decimal(0))[1] == 0


@given(
    st.lists(st.decimals(-(10**9), 10**9, places=2), min_size=1, max_size=60),
    st.sampled_from(["natural", "quantile", "equal"]),
    st.integers(1, 7),
)
def test_classes_rise_and_hold_every_value(values, method, count):
    """For any values: edges rise, there are no more classes than asked, no class of a break method is empty."""
    found = classify(values, method, count)
    assert all(a < b for a, b in pairwise(found.edges)) or method == "equal"
    assert found.count <= count
    if method != "equal":
        assert {found.of(value) for value in values} == set(range(found.count))


def test_arrays_of_the_built_in_map_cannot_be_changed():
    """Parsed rings are shared between threads and stay as they were read."""
    atlas = read_atlas(collection(polygon()), "x.json")
    with pytest.raises(ValueError, match="read-only"):
        atlas.areas[0].polygons[0][0][0] = numpy.array([9, 9])
