"""The layouts of alerts: they show what was published, refuse what an alert must not lack, and fit."""

import re
from pathlib import Path

import pytest

from assetgen import placement
from assetgen.bind import Binder
from assetgen.brand import Brand
from assetgen.campaign.quick import given_from_table
from assetgen.errors import FieldError, LayoutError
from assetgen.layout import Layout
from assetgen.model import Severity
from assetgen.parts import kit_names
from assetgen.read import read_table
from assetgen.studio import Studio, Wish

SHAPES = {
    "square": "instagram/feed-square",
    "portrait": "instagram/feed-portrait",
    "tall": "instagram/feed-portrait-3x4",
    "story": "instagram/story",
    "cover": "instagram/reel-cover",
    "narrow": "tiktok/photo",
    "wide": "x/post",
    "landscape": "facebook/link",
}
LONG = "Kabupaten Kepulauan Siau Tagulandang Biaro"
SOURCE = "BMKG Stasiun Geofisika Kelas I Manado"
QUAKE = {
    "place": "128 km BaratDaya KEP-SIAUTAGULANDANGBIARO-SULUT",
    "magnitude": 5.6,
    "date": "2026-10-14",
    "time": "04:12:37 WIB",
    "latitude": "8.71 LS",
    "longitude": "108.94 BT",
    "depth": "24 km",
    "tsunami": "Tidak berpotensi tsunami",
    "source": "BMKG",
}
LONG_QUAKE = {
    **QUAKE,
    "place": f"di laut, 128 km barat daya {LONG}",
    "magnitude": 10.0,
    "date": "2026-09-30",
    "tsunami": "Gempa ini dirasakan untuk diteruskan pada masyarakat",
    "felt": f"VII-VIII {LONG}, VI Kabupaten Bolaang Mongondow Selatan, V Bitung, IV Kota Kotamobagu, III-IV Manado, "
    "III Kabupaten Minahasa Tenggara, II-III Ternate",
    "updated": 12,
    "advice": [
        "Jauhi bangunan retak dan periksa rumah sebelum masuk lagi",
        "Bersiap untuk gempa susulan di malam hari",
    ],
    "rubric": "Info Gempa Terkini",
    "source": SOURCE,
}
CASES = {
    "quake, longest": ("quake", LONG_QUAKE),
    "quake, shortest": ("quake", QUAKE),
    "quake, tsunami announced": (
        "quake",
        {**LONG_QUAKE, "tsunami": "Berpotensi tsunami untuk diteruskan", "felt": "-"},
    ),
    "quake, far from land": ("quake", {**QUAKE, "latitude": "14.9 LS", "longitude": "95.1 BT"}),
}


@pytest.fixture(scope="module")
def studio():
    with Studio() as studio:
        yield studio


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("case", CASES)
def test_an_alert_fits_in_every_shape_and_brand(studio, case, shape):
    """At its longest and at its shortest, there is no finding of severity error; brands and languages take turns."""
    name, given = CASES[case]
    layout, brands = Layout.load(name), sorted(kit_names("brand"))
    turn = list(CASES).index(case) + list(SHAPES).index(shape)
    for number, language in enumerate(("id", "en")):
        brand = brands[(turn * 2 + number) % len(brands)]
        wish = Wish(given, placement.load(SHAPES[shape]), language, slug=name, folder=layout.folder)
        findings = studio.make(layout, Brand.load(brand), wish).findings
        errors = [f"{one.rule}: {one.message}" for one in findings if one.severity is Severity.ERROR]
        assert not errors, f"{brand}, {language}: " + "; ".join(errors[:4])


REAL = Path("/work/shared/data/bmkg")


@pytest.mark.parametrize("file", ["autogempa.json", "gempaterkini-2023-07.json"])
def test_a_feed_of_bmkg_drives_the_quake_as_it_is(file, tmp_path):
    """Every quake of the feed makes an asset without being told which field is which; each figure has its cell."""
    if not (REAL / file).is_file():
        pytest.skip("the sample feeds are not here")
    layout, place = Layout.load("quake"), placement.load("instagram/feed-portrait")
    table = read_table(REAL / file)
    records = given_from_table(layout, table, {"source": "BMKG"}, "id")
    assert len(records) == len(table.rows)
    binder = Binder.of(layout, Brand.load("lentera"))
    for record in records:
        assert not record.error
        made = binder.bind(record.fields, place, "id", tmp_path)
        said = str(record.fields["tsunami"])
        assert f">{said}</p>" in made.pages[0].html.replace("\u00a0", " ")
        assert re.search(r'<data value="[\d.]+" data-kind="number"[^>]* data-cell="[^"]*G\d+"', made.pages[0].html)
        assert "level-waspada" in made.pages[0].html


@pytest.mark.parametrize(
    ("statement", "level"),
    [
        ("Tidak berpotensi tsunami", "waspada"),
        ("Gempa ini dirasakan untuk diteruskan pada masyarakat", "waspada"),
        ("No tsunami potential", "waspada"),
        ("Berpotensi tsunami untuk diteruskan pada masyarakat", "awas"),
    ],
)
def test_a_quake_is_red_only_where_a_tsunami_is_announced(tmp_path, statement, level):
    """The statement stands word for word in page, alt text and caption."""
    made = bound("quake", {**QUAKE, "tsunami": statement}, tmp_path)
    assert f"level-{level}" in made.pages[0].html
    assert all(statement in text.replace("\u00a0", " ") for text in (made.pages[0].html, made.alt_text, made.caption))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"time": "04:12:37"}, "names no zone"),
        ({"tsunami": ""}, "'tsunami' is missing"),
        ({"source": ""}, "'source' is missing"),
        ({"depth": "24 mil"}, "takes a number"),
        ({"magnitude": 12}, "at most 10"),
    ],
)
def test_a_quake_that_lacks_what_it_must_carry_is_refused(tmp_path, change, message):
    """No zone, no statement, no source: no asset."""
    with pytest.raises(FieldError, match=message):
        bound("quake", {**QUAKE, **change}, tmp_path)


def test_a_place_that_is_not_on_earth_is_refused(tmp_path):
    """A latitude of 95 degrees is a slip, perhaps of the two coordinates."""
    with pytest.raises(LayoutError, match=r"takes a latitude, got '95\.1'"):
        bound("quake", {**QUAKE, "latitude": "95.1"}, tmp_path)


def bound(name, given, folder, language="id", place="instagram/feed-portrait"):
    """Return a layout bound to data and a brand."""
    return Binder.of(Layout.load(name), Brand.load("lentera")).bind(given, placement.load(place), language, folder)
