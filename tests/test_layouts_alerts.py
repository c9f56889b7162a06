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
TSUNAMI = {
    "bulletin": 1,
    "issued": "14 Oktober 2026 04:17 WIB",
    "magnitude": 7.6,
    "quake": "98 km selatan Cilacap, pukul 04.12 WIB",
    "areas": [{"area": "Cilacap", "level": "Waspada"}],
    "source": "BMKG",
}
LONG_AREAS = (LONG, "Kabupaten Bolaang Mongondow Selatan", "Kota Bitung", "Kabupaten Minahasa Utara", "Kota Manado")
LONG_TSUNAMI = {
    **TSUNAMI,
    "bulletin": 3,
    "areas": [
        {"area": area, "level": ("Awas", "Siaga", "Waspada")[number % 3], "arrival": "04.38 WITA"}
        for number, area in enumerate(
            (*LONG_AREAS, "Kabupaten Kepulauan Sangihe", "Ternate", *LONG_AREAS[1:3], "Tidore")
        )
    ],
    "quake": f"128 km barat daya {LONG[:26]}, pukul 04.12 WIB",
    "observed": "Bitung 1,2 m pukul 04.41 WITA, Manado 0,6 m pukul 05.02 WITA",
    "advice": "Pergilah ke tempat tinggi atau lantai tiga ke atas, bantu lansia dan anak, jangan menunggu",
    "source": "BMKG, InaTEWS Pusat Gempa Nasional",
}
ONE_LEVEL = [{"area": area, "level": "Siaga", "arrival": "04.38 WITA"} for area in LONG_AREAS]
WEATHER = {
    "event": "Hujan lebat",
    "level": "Waspada",
    "start": "21 November 2026 15:30 WITA",
    "end": "21 November 2026 18:30 WITA",
    "areas": ["Bitung"],
    "source": "BMKG",
}
LONG_WEATHER = {
    **WEATHER,
    "event": "Hujan sangat lebat, petir dan angin",
    "level": "Awas",
    "start": "30 September 2026 22:30 WITA",
    "end": "1 Oktober 2026 02:30 WITA",
    "areas": [*LONG_AREAS, *LONG_AREAS[1:], "Kabupaten Kepulauan Talaud"],
    "impact": "Banjir bandang, longsor, pohon tumbang, jarak pandang pendek di jalan",
    "advice": ["Jauhi pohon, baliho, tiang listrik, dan bantaran sungai", "Tunda perjalanan laut sampai besok pagi"],
    "source": "BMKG Stasiun Meteorologi Sam Ratulangi",
}
VOLCANO = {
    "name": "Gunung Api",
    "level": "I",
    "since": "3 November 2026 06:00 WITA",
    "radius": 1,
    "advice": ["Jauhi kawah"],
    "source": "PVMBG",
}
LONG_VOLCANO = {
    **VOLCANO,
    "name": "Gunung Karangetang Sangihe",
    "place": LONG,
    "level": "IV",
    "previous": "III",
    "radius": 12,
    "sector": "dan 15 km ke arah selatan dan barat daya",
    "advice": [
        "Tidak beraktivitas di dalam KRB III, KRB II, dan sungai",
        "Pakai masker di luar rumah, waspadai lahar",
    ],
    "source": "PVMBG, Badan Geologi, MAGMA Indonesia",
}
AIR = {
    "station": "Sagara",
    "value": 42,
    "category": "Baik",
    "parameter": "CO",
    "hour": "9 September 2026 07:00 WITA",
    "advice": ["Silakan beraktivitas di luar"],
    "source": "ISPUNet",
}
LONG_AIR = {
    **AIR,
    "station": f"Stasiun {LONG[10:]}",
    "value": 288,
    "category": "Sangat tidak sehat",
    "parameter": "PM2,5",
    "advice": [
        "Lansia, anak, ibu hamil, dan penderita asma tetap di dalam",
        "Pakai masker, tutup jendela dan pintu rumah",
    ],
    "source": "ISPUNet KLHK, DLH Kota Bitung Utara",
}
REPORT = {
    "event": "Banjir",
    "place": "Bitung",
    "as_of": "18 Desember 2026 16:00 WITA",
    "dead": 0,
    "missing": 0,
    "injured": 0,
    "displaced": 7,
    "hotline": "117",
    "source": "BPBD",
}
LONG_REPORT = {
    **REPORT,
    "event": "Gempa bumi, tsunami, dan likuefaksi",
    "place": LONG,
    "dead": 2081,
    "missing": 1309,
    "injured": 10679,
    "displaced": 206494,
    "heavy": 26122,
    "moderate": 17216,
    "light": 35124,
    "hotline": "(0431) 000-0117",
    "source": "BNPB, Pusdalops BPBD Sulawesi Utara",
}
DAY = {"date": "2026-09-30", "morning": "Hujan lebat", "afternoon": "Berawan", "night": "Petir", "low": 23, "high": 32}
FORECAST = {
    "place": LONG,
    "analysis": "29 September 2026 13:00 WITA",
    "days": [DAY, {**DAY, "date": "2026-10-01"}, {**DAY, "date": "2026-10-02"}],
    "source": "BMKG Stasiun Meteorologi Manado",
}
CASES = {
    "forecast, longest": ("forecast", FORECAST),
    "report, longest": ("situation-report", LONG_REPORT),
    "report, shortest": ("situation-report", REPORT),
    "air, longest": ("air-quality", LONG_AIR),
    "air, shortest": ("air-quality", AIR),
    "air, beyond the scale": ("air-quality", {**AIR, "value": 723, "category": "Berbahaya"}),
    "air, moderate": ("air-quality", {**AIR, "value": 51, "category": "Sedang"}),
    "volcano, longest": ("volcano", LONG_VOLCANO),
    "volcano, shortest": ("volcano", VOLCANO),
    "weather, longest": ("weather-warning", LONG_WEATHER),
    "weather, shortest": ("weather-warning", WEATHER),
    "tsunami, longest": ("tsunami", LONG_TSUNAMI),
    "tsunami, one level": ("tsunami", {**LONG_TSUNAMI, "areas": ONE_LEVEL}),
    "tsunami, shortest": ("tsunami", TSUNAMI),
    "tsunami, ended": ("tsunami", {**LONG_TSUNAMI, "bulletin": 4, "areas": []}),
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


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"bulletin": 4}, "has ended, but areas are given"),
        ({"areas": []}, "names the districts and their levels"),
        ({"issued": "14 Oktober 2026"}, "takes a date with hour and zone"),
        ({"areas": [{"area": "Cilacap", "level": "Bahaya"}]}, "takes one of Awas, Siaga, Waspada"),
        ({"bulletin": 5}, "at most 4"),
    ],
)
def test_a_tsunami_warning_that_contradicts_itself_is_refused(tmp_path, change, message):
    """Levels belong to bulletins 1 to 3, and the last one ends them all."""
    with pytest.raises(FieldError, match=message):
        bound("tsunami", {**TSUNAMI, **change}, tmp_path)


@pytest.mark.parametrize("place", ["facebook/link", "instagram/story", "tiktok/photo"])
def test_no_district_of_a_tsunami_warning_is_lost(tmp_path, place):
    """Those that a shape has no room for are counted on it, and named in the alt text and in the caption."""
    made = bound("tsunami", LONG_TSUNAMI, tmp_path, place=place)
    assert "lainnya" in made.pages[0].html
    for row in LONG_TSUNAMI["areas"]:
        assert row["area"] in made.alt_text.replace("\u00a0", " ")
        assert row["area"] in made.caption.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"end": "21 November 2026 15:00 WITA"}, "ends before it starts"),
        ({"end": ""}, "'end' is missing"),
        ({"start": "21 November 2026 15:30"}, "takes a date with hour and zone"),
    ],
)
def test_a_weather_warning_without_a_sound_end_is_refused(tmp_path, change, message):
    """People must know until when, in which zone."""
    with pytest.raises(FieldError, match=message):
        bound("weather-warning", {**WEATHER, **change}, tmp_path)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"previous": "I"}, "the level before is the level now"),
        ({"radius": ""}, "'radius' is missing"),
        ({"level": "V"}, "takes one of I, II, III, IV"),
    ],
)
def test_the_status_of_a_volcano_without_radius_or_sense_is_refused(tmp_path, change, message):
    """A level has a radius, and a change has two levels."""
    with pytest.raises(FieldError, match=message):
        bound("volcano", {**VOLCANO, **change}, tmp_path)


@pytest.mark.parametrize(
    ("value", "category", "share"),
    [
        *[(0, "Baik", 0), (50, "Baik", 20), (51, "Sedang", 20.4), (100, "Sedang", 40), (101, "Tidak sehat", 40.2)],
        *[(200, "Tidak sehat", 60), (300, "Sangat tidak sehat", 80), (301, "Berbahaya", 80.1), (723, "Berbahaya", 100)],
    ],
)
def test_the_category_of_the_air_is_that_of_its_value(tmp_path, value, category, share):
    """At the edges of the bands; any other category is refused, and the mark stands in its band."""
    made = bound("air-quality", {**AIR, "value": value, "category": category}, tmp_path)
    left = float(re.search(r'class="mark" style="left:([\d.]+)%"', made.pages[0].html)[1])
    assert left == pytest.approx(share, abs=0.02)
    other = "Sedang" if category != "Sedang" else "Baik"
    with pytest.raises(FieldError, match=f"is in the category '{category}', not '{other}'"):
        bound("air-quality", {**AIR, "value": value, "category": other}, tmp_path)


def test_a_report_shows_nobody_as_zero_and_refuses_an_unknown_number(tmp_path):
    """Nought is a number; what is not known is not shown as one."""
    made = bound("situation-report", REPORT, tmp_path)
    assert made.alt_text.startswith("Banjir di Bitung, per 18 Desember 2026 pukul 16.00 WITA: 0 meninggal, 0 hilang")
    assert "Rumah rusak" not in made.pages[0].html
    with pytest.raises(FieldError, match="'missing' is missing a value"):
        bound("situation-report", {**REPORT, "missing": None}, tmp_path)


def test_a_report_has_a_number_to_call_from_the_data_or_the_brand(tmp_path):
    """The data wins, then the brand; a layout never makes one up."""
    assert "117" in bound("situation-report", REPORT, tmp_path).pages[0].html
    without = {key: value for key, value in REPORT.items() if key != "hotline"}
    brand = Brand.load("lentera")
    assert brand.contacts["hotline"] in bound("situation-report", without, tmp_path).pages[0].html
    silent = brand.model_copy(update={"contacts": {}})
    silent._folder = brand.folder
    place = placement.load("x/post")
    with pytest.raises(FieldError, match="neither the data nor"):
        Binder.of(Layout.load("situation-report"), silent).bind(without, place, "id", tmp_path)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"days": [{**DAY, "low": 33}] * 3}, "lowest temperature of a day is above its highest"),
        ({"days": [DAY]}, "at least 3 are needed"),
        ({"analysis": "29 September 2026"}, "takes a date with hour and zone"),
    ],
)
def test_a_forecast_that_cannot_be_is_refused(tmp_path, change, message):
    """Three days, temperatures in order, and when it was made."""
    with pytest.raises(FieldError, match=message):
        bound("forecast", {**FORECAST, **change}, tmp_path)
