"""The filters of earthquakes read what BMKG's feeds write, and put a point on the map."""

import re
from itertools import pairwise

import pytest

from assetgen import parts
from assetgen.brand import Brand
from assetgen.errors import LayoutError
from assetgen.template import Templates

KIT = parts.built_in("layouts") / "_kit"


def written(expression, language="id"):
    """Return what a template writes, as markup."""
    look = Brand.load("lentera").look
    return str(Templates((KIT,), KIT, look).render_text("{{ " + expression + " }}", {"language": language}))


def plain(expression, language="id"):
    """Return what a template shows, with plain spaces."""
    return re.sub(r"<[^>]*>", "", written(expression, language)).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("given", "indonesian", "english"),
    [
        ("18 km TimurLaut Pekalongan", "18 km timur laut Pekalongan", "18 km northeast of Pekalongan"),
        (
            "50 km BaratDaya KODI-SUMBABARATDAYA-NTT",
            "50 km barat daya Kodi, Sumba Barat Daya, Nusa Tenggara Timur",
            "50 km southwest of Kodi, Sumba Barat Daya, East Nusa Tenggara",
        ),
        (
            "42 km BaratLaut KAB-JAYAPURA-PAPUA",
            "42 km barat laut Kab. Jayapura, Papua",
            "42 km northwest of Kab. Jayapura, Papua",
        ),
        (
            "Pusat gempa berada di laut 45 km Utara Ruteng-Manggarai",
            "di laut, 45 km utara Ruteng, Manggarai",
            "at sea, 45 km north of Ruteng, Manggarai",
        ),
        ("Laut Banda", "Laut Banda", "Laut Banda"),
    ],
)
def test_the_place_of_a_feed_is_put_into_words(given, indonesian, english):
    """Glued words and capitals come apart, provinces are named in full, and what is written otherwise stays."""
    assert plain(f"'{given}' | epicentre") == indonesian
    assert plain(f"'{given}' | epicentre", "en") == english


@pytest.mark.parametrize(
    ("given", "rows"),
    [
        ("III Pekalongan, II Batang", [("III", ["Pekalongan"], 2), ("II", ["Batang"], 1)]),
        ("II-III MMI Kab. Manggarai", [("II–III", ["Kab. Manggarai"], 2)]),
        ("II Bogor, V Cianjur, Sukabumi; II Depok", [("V", ["Cianjur", "Sukabumi"], 2), ("II", ["Bogor", "Depok"], 1)]),
        ("VII-VIII Palu", [("VII–VIII", ["Palu"], 4)]),
        ("-", []),
        ("Dirasakan di Sigi", []),
    ],
)
def test_intensities_are_read_and_sorted(given, rows):
    """The strongest first, places of one intensity together; what does not begin with an intensity gives no rows."""
    from assetgen.filters.intensities import apply
    from assetgen.template import FilterKit

    assert [(row["mmi"], row["places"], row["sig"]) for row in apply(given, FilterKit("id", KIT))] == rows


@pytest.mark.parametrize(
    ("given", "axis", "indonesian", "english"),
    [
        ("6.89 LS", "latitude", "6,89° LS", "6.89° S"),
        ("3.65 LU", "latitude", "3,65° LU", "3.65° N"),
        ("-10,01", "latitude", "10,01° LS", "10.01° S"),
        ("109,67° BT", "longitude", "109,67° BT", "109.67° E"),
        ("140.07 E", "longitude", "140,07° BT", "140.07° E"),
    ],
)
def test_coordinates_are_written_as_facts(given, axis, indonesian, english):
    """In the language, with the sides of the language."""
    assert plain(f"'{given}' | coordinate('{axis}')") == indonesian
    assert plain(f"'{given}' | coordinate('{axis}')", "en") == english
    assert "<data value=" in written(f"'{given}' | coordinate('{axis}')")


@pytest.mark.parametrize(("given", "axis"), [("91 LS", "latitude"), ("6.89 BT", "latitude"), ("-6 LS", "latitude")])
def test_what_is_no_coordinate_is_refused(given, axis):
    """Beyond the poles, on the side of the other axis, or with two signs."""
    with pytest.raises(LayoutError, match=f"takes a {axis}, got '{given}'"):
        written(f"'{given}' | coordinate('{axis}')")


def test_the_point_stands_where_it_is():
    """A point in the middle of Java lies on the land of the map: inside an outline, not beside it."""
    markup = written("locator('-7.2', '109.9', width=1000, height=600, span=10, rings=1)")
    east, south = map(float, re.search(r'cx="([\d.]+)" cy="([\d.]+)"', markup).groups())
    outlines = [
        [tuple(map(float, point.split())) for point in ring.strip("MZ").split("L")]
        for ring in re.findall(r"M[^MZ]*Z", re.search(r'locator-land.*? d="([^"]*)"', markup)[1])
    ]
    assert any(_inside(east, south, outline) for outline in outlines)
    assert "Jawa" in markup


def test_a_point_far_from_land_opens_the_map_until_there_is_some():
    """South of Java in the open sea there is still an outline to recognise."""
    assert re.search(r'locator-land.*? d="M', written("locator('14.9 LS', '95.1 BT', span=6)"))


def _inside(x, y, outline):
    crossings = 0
    for (x1, y1), (x2, y2) in pairwise(outline):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            crossings += 1
    return crossings % 2 == 1
