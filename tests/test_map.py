"""Maps: every region has its mark, its class and its name; labels never collide; what is no region is refused."""

import json
import math
import re
from decimal import Decimal
from itertools import combinations, pairwise

import pytest
from coloraide import Color

from assetgen import placement
from assetgen.bind import Binder
from assetgen.brand import Brand
from assetgen.charts._kit.chart import Setting, draw_chart
from assetgen.charts._kit.colours import palette_of, sequential
from assetgen.charts._map.scale import two_sided
from assetgen.charts.map_symbols import radius
from assetgen.errors import FieldError, LayoutError, SecurityError
from assetgen.fields import FieldContext, fill
from assetgen.geography import CREDIT, MapFile
from assetgen.layout import FieldSpec, Layout
from assetgen.model import Cell, Value
from assetgen.regions import provinces

NAMES = [region.name for region in provinces().regions]
BRANDS = {name: Brand.load(name) for name in ("lentera", "sagara")}
SHAPES = ("portrait", "square", "story", "wide", "landscape")


def rows(names=NAMES):
    return [
        {"label": name, "value": Value(str(n), Decimal(n * n), "number", cell=Cell("a.csv", None, f"B{n + 1}"))}
        for n, name in enumerate(names, 1)
    ]


def drawn(kind="map", data=None, shape="portrait", language="id", brand="lentera", **options):
    return draw_chart(kind, rows() if data is None else data, options, Setting(BRANDS[brand].look, language, shape))


def told(chart):
    """Return the alt text of a chart as plain sentences."""
    return tuple(sentence.striptags() for sentence in chart.alt)


def boxes(markup):
    """Return the place of every text: left, top, right, bottom."""
    found = re.findall(
        r'<p data-frame="label"[^>]*left:([\d.-]+)px;top:([\d.-]+)px;width:([\d.]+)px;height:([\d.]+)px', str(markup)
    )
    return [(x, y, x + w, y + h) for x, y, w, h in (map(float, one) for one in found)]


@pytest.mark.parametrize("kind", ["map", "map-symbols"])
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("brand", BRANDS)
def test_all_provinces_are_marks_and_no_text_collides(kind, shape, brand):
    """38 provinces are 38 marks in every shape and brand; no text lies on another."""
    chart = drawn(kind, shape=shape, brand=brand)
    assert chart.marks == 38
    assert {f'data-mark="{number}"' in chart.markup for number in range(1, 39)} == {True}
    for (l1, t1, r1, b1), (l2, t2, r2, b2) in combinations(boxes(chart.markup), 2):
        assert min(r1, r2) - max(l1, l2) <= 4 or min(b1, b2) - max(t1, t2) <= 1


@pytest.mark.parametrize("options", [
    {"focus": "Jateng"}, {"zoom": "Sulawesi"}, {"zoom": ["Bali", "NTB"]}, {"inset": "Jawa", "height": 1000},
    {"compose": "halves", "height": 1000}, {"labels": "all", "height": 900}, {"labels": "none"}, {"list": "none"},
    {"highlight": ["DIY", "Papua Tengah"]}, {"middle": 400}, {"edges": [100, 400]},
    {"method": "quantile", "classes": 7},
])  # fmt: skip
@pytest.mark.parametrize("kind", ["map", "map-symbols"])
def test_every_view_draws_without_collisions(kind, options):
    """Focus, zoom, inset, halves and all ways of colouring draw, and no text lies on another."""
    if kind == "map-symbols" and {"middle", "edges", "method"} & set(options):
        pytest.skip("symbols have no classes")
    chart = drawn(kind, **options)
    for (l1, t1, r1, b1), (l2, t2, r2, b2) in combinations(boxes(chart.markup), 2):
        assert min(r1, r2) - max(l1, l2) <= 4 or min(b1, b2) - max(t1, t2) <= 1


def test_the_same_rows_give_the_same_bytes():
    """A map drawn again is the same, whatever the order of its rows."""
    assert drawn().markup == drawn().markup
    assert drawn().markup == drawn(data=rows()[::-1]).markup


def test_shown_numbers_are_facts_with_their_cells():
    """The highest and lowest on list and map carry value and cell."""
    markup = drawn().markup
    assert '<data value="1444" data-kind="number" data-cell="a.csv!B39">1.444</data>' in markup
    assert '<data value="1" data-kind="number" data-cell="a.csv!B2">1</data>' in markup
    english = drawn(language="en", list="none", shape="wide").markup
    assert 'data-cell="a.csv!B39">1,444</data>' in english


def test_names_in_any_spelling_are_joined():
    """A row `SUMUT` is Sumatera Utara, named as such."""
    data = [{"label": "SUMUT", "value": 9}, {"label": "14.  DI Jogjakarta", "value": 3}, {"label": "NTT", "value": 1}]
    assert "Tertinggi: Sumatera Utara, 9." in told(drawn(data=data))
    assert "35 dari 38 wilayah tanpa data." in told(drawn(data=data))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([{"label": "Malaku", "value": 1}, {"label": "Jumlah", "value": 9}], "'Malaku' names no region.*'Jumlah'"),
        ([{"label": "Bali", "value": 1}, {"label": "Prov. Bali", "value": 2}], "Bali is there 2 times"),
        ([{"label": "91", "value": 1}], "codes differ between sources"),
        ([{"label": "Bali", "value": None}], "no region has a number"),
    ],
)
def test_what_fits_no_region_is_refused(data, message):
    """Misspelt names, totals, doubles, codes and maps of nothing are refused by name."""
    with pytest.raises(LayoutError, match=message):
        drawn(data=data)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"highlight": "Malaku"}, "nearest: Maluku"),
        ({"focus": "Jawa"}, "'Jawa' is no region of the map"),
        ({"zoom": "Jupiter"}, "'Jupiter' is no region"),
        ({"edges": "10"}, "edges takes a list of numbers"),
        ({"edges": [5, 5]}, "rise from one to the next"),
        ({"classes": 12}, "whole number from 2 to 7"),
        ({"method": "jenks"}, "no choice 'jenks'"),
        ({"height": 120}, "no room for the map"),
    ],
)
def test_wrong_options_are_told(options, message):
    """Options that cannot be met say what is allowed."""
    with pytest.raises(LayoutError, match=message):
        drawn(**options)


def test_missing_values_are_hatched_and_named():
    """A province without a number is hatched, in the legend and in words; never the lowest class."""
    data = rows(NAMES[:-1])
    markup = drawn(data=data).markup
    assert markup.count("<pattern") == 1
    assert "tidak ada data" in markup
    assert "no data" in drawn(data=data, language="en").markup
    assert "tidak ada data" not in drawn().markup


def test_an_older_list_shows_older_areas_and_says_so():
    """34 provinces: Papua is drawn with its area before 2022, as one mark, with a remark on the map and in words."""
    old = [region.name for region in provinces().regions if region.since < 2022]
    chart = drawn(data=rows(old))
    assert chart.marks == 34
    assert "Papua, Papua Barat: wilayah sebelum pemekaran 2022" in chart.markup
    assert told(chart)[-1] == "Papua, Papua Barat: wilayah sebelum pemekaran 2022."
    assert "<pattern" not in chart.markup


def test_small_provinces_are_kept_in_sight():
    """DKI Jakarta and DI Yogyakarta carry discs; small islands are thickened in their own colour."""
    markup = str(drawn().markup)
    assert markup.count("<circle") - markup.count('r="3.5"') >= 2
    assert 'stroke-width="2.5" stroke-linejoin="round"' in markup


def test_alt_text_tells_the_map_by_rules():
    """What it shows, highest, lowest, and the classes with their edges, in both languages."""
    chart = drawn(subject="Kuadrat", edges=[100, 500])
    assert told(chart) == (
        "Peta: Kuadrat.",
        "Tertinggi: Papua Barat Daya, 1.444.",
        "Terendah: Aceh, 1.",
        "3 kelas, dari 1 sampai 1.444.",
        "Batas kelas: 100; 500.",
    )
    assert told(drawn(language="en", subject="Squares"))[:2] == ("Map: Squares.", "Highest: Southwest Papua, 1,444.")


def test_disc_areas_are_in_proportion():
    """Four times the number is a disc of twice the radius: areas compare, not radii."""
    assert radius(Decimal(100), Decimal(400), 40) == 20
    ratio = math.pi * radius(Decimal(30), Decimal(90), 40) ** 2 / (math.pi * 40**2)
    assert ratio == pytest.approx(1 / 3)


def test_negative_amounts_have_no_disc():
    """A symbol map of negative numbers is refused, with the chart that can."""
    with pytest.raises(LayoutError, match="use the chart 'map'"):
        drawn("map-symbols", data=[{"label": "Bali", "value": -1}])


@pytest.mark.parametrize("brand", BRANDS)
@pytest.mark.parametrize("ground", ["plain", "strong"])
@pytest.mark.parametrize("count", range(2, 8))
def test_ramps_rise_evenly_for_all_eyes_and_in_grey(brand, ground, count):
    """Lightness rises or falls from class to class, for normal, protan and deutan eyes and printed in grey."""
    ramp = sequential(palette_of(BRANDS[brand].look, ground), count)
    for kind in (None, "protan", "deutan"):
        seen = [Color(one).filter(kind, method="vienot") if kind else Color(one) for one in ramp]
        steps = [b.convert("oklab")["l"] - a.convert("oklab")["l"] for a, b in pairwise(seen)]
        assert all(step > 0.02 for step in steps) or all(step < -0.02 for step in steps)
    greys = [Color(one).luminance() for one in ramp]
    assert greys in (sorted(greys), sorted(greys, reverse=True))


@pytest.mark.parametrize("brand", BRANDS)
@pytest.mark.parametrize("ground", ["plain", "strong"])
def test_diverging_ramps_turn_once(brand, ground):
    """From the middle outwards each side moves away from it, and the two ends are told apart by all eyes."""
    ramp = two_sided(palette_of(BRANDS[brand].look, ground), 6)
    middle = Color(ramp[2]).mix(ramp[3], space="oklab")
    for side in (ramp[:3][::-1], ramp[3:]):
        distances = [Color(one).distance(middle, space="oklab") for one in side]
        assert distances == sorted(distances)
    for kind in ("protan", "deutan"):
        ends = [Color(one).filter(kind, method="vienot") for one in (ramp[0], ramp[-1])]
        assert ends[0].distance(ends[1], space="oklab") > 0.09


# --- maps of users ----------------------------------------------------------------------------------------------------


def square(left):
    ring = [[left, -8], [left + 1, -8], [left + 1, -7], [left, -7]]
    return {"type": "Polygon", "coordinates": [ring]}


def districts():
    names = ["Kab. Malang", "Kota Malang", "Kab. Pacitan"]
    features = [
        {"properties": {"KODE": 3507 + n, "KABKOT": name}, "geometry": square(112 + n)} for n, name in enumerate(names)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def test_a_map_of_the_user_is_drawn_and_joined():
    """A GeoJSON of regencies: joined by name, `Malang` alone refused as ambiguous."""
    given = MapFile(districts(), "jatim.geojson")
    data = [{"label": "Kabupaten Malang", "value": 3}, {"label": "KOTA MALANG", "value": 2}]
    chart = drawn(data=data, map=given)
    assert chart.marks == 3
    assert "1 dari 3 wilayah tanpa data." in told(chart)
    with pytest.raises(LayoutError, match=r"'Malang' can be Kab. Malang or Kota Malang"):
        drawn(data=[{"label": "Malang", "value": 3}], map=given)


def test_a_map_file_stays_in_the_campaigns_folder(tmp_path):
    """A field of type map reads a file below the campaign's folder, with the property that names its areas."""
    (tmp_path / "peta.json").write_bytes(districts())
    layout = Layout(
        title="L", description="D", shapes=("square",), fields={"peta": FieldSpec(type="map")}, alt={"id": ""}
    )

    def given(value):
        return fill(layout, {"peta": value}, FieldContext("id", tmp_path))["peta"]

    assert given("peta.json").atlas(()).areas[0].name == "Kab. Malang"
    assert given({"file": "peta.json", "key": "KODE"}).atlas(()).areas[0].name == "3507"
    with pytest.raises((FieldError, SecurityError), match="lies outside"):
        given("../peta.json")
    with pytest.raises(FieldError, match=r"did you mean 'peta.json'"):
        given("pta.json")


def test_layouts_get_the_credit_of_the_map(new_layout, tmp_path):
    """`map_credit` is there for templates, in the language of the asset."""
    folder = new_layout()
    html = folder / "layout.html"
    html.write_text(html.read_text("utf-8").replace("</section>", "<p>{{ map_credit }}</p></section>", 1), "utf-8")
    binder = Binder.of(Layout.load(folder), BRANDS["lentera"])
    given = {"title": "T", "value": 1, "source": "S"}
    for language in ("id", "en"):
        page = binder.bind(given, placement.load("instagram/feed-portrait"), language, tmp_path).pages[0]
        assert CREDIT[language] in page.html
