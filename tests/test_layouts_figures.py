"""The layouts dashboard, comparison and table: what they show is recomputed, and fits at its longest and shortest."""

import re
from decimal import Decimal

import pytest
from selectolax.lexbor import LexborHTMLParser

from assetgen import placement
from assetgen.bind import Binder
from assetgen.brand import Brand
from assetgen.errors import FieldError
from assetgen.layout import Layout
from assetgen.locale import parse_number
from assetgen.model import Severity
from assetgen.parts import kit_names
from assetgen.studio import Studio, Wish

SHAPES = {
    "square": "instagram/feed-square",
    "portrait": "instagram/feed-portrait",
    "story": "instagram/story",
    "wide": "x/post",
    "landscape": "facebook/link",
    "narrow": "tiktok/photo",
}
LONG = "Kabupaten Kepulauan Siau Tagulandang Biaro"
SOURCE = f"BPKAD {LONG}, 1 Oktober 2026, diolah kembali"
FRAME = {
    "note": "Angka sangat sementara, dapat berubah",
    "rubric": "Pertanggungjawaban APBD 2026",
    "source": SOURCE,
}


def figure(label, value, before=None, **more):
    """Return a row of a dashboard, without a figure before where there is none."""
    return {"label": label, "value": value, **({} if before is None else {"before": before}), **more}


LONGEST_FIGURES = [
    figure("Pertanggungjawaban pegawai", 1234567890, 1134567890, style="rupiah"),
    figure("Pertanggungjawaban barang/jasa", 987654321, 1034567890, style="rupiah"),
    figure("Kunjungan rumah sakit umum", 1234567, 912345, unit="kunjungan"),
    figure("Temuan yang ditindaklanjuti", 37.25, 52.75, style="percent", better="higher"),
]
LONG_DASHBOARD = {
    "title": "Pertanggungjawaban anggaran Kabupaten Kepulauan Siau Tagulandang",
    "as_of": "2026-09-30",
    "compared": "realisasi 30 Sept. 2025",
    "figures": LONGEST_FIGURES,
    **FRAME,
}
LONG_SIDES = [
    {"label": LONG, "value": 123456789012},
    {"label": "Kabupaten Bolaang Mongondow Selatan Timur", "value": 112345678901},
    {"label": "Kabupaten Pesisir Barat dan Tulang Bawang", "value": 12345678901},
]
LONG_COMPARISON = {
    "title": "Pertanggungjawaban Kabupaten Kepulauan Siau Tagulandang Biaro tertinggi",
    "measure": "Pertanggungjawaban bantuan keuangan kepada desa, 2026",
    "kind": "places",
    "style": "rupiah",
    "sides": LONG_SIDES,
    **FRAME,
}
LONG_ROWS = [
    *({"label": f"Kabupaten Bolaang Mongondow Selatan No {n}", "a": 10**9 + n, "b": 13 * 10**8} for n in range(8)),
    {"label": LONG, "a": 34567890, "b": 31334567.5},
]
MONEY = {"style": "rupiah", "scale": "million"}
LONG_TABLE = {
    "title": "Pertanggungjawaban Kabupaten Kepulauan Siau Tagulandang Biaro tertinggi",
    "subtitle": "Pertanggungjawaban bantuan keuangan kepada desa, 2026",
    "entity": "Kabupaten dan kota",
    "columns": [
        {"label": "Pertanggungan", **MONEY},
        {"label": "Realisasi kas", **MONEY},
        {"label": "Perubahan th", "computed": "growth"},
    ],
    "items": LONG_ROWS,
    "highlight": LONG,
    "bars": True,
    "total": "Jumlah semua desa",
    **FRAME,
}
CASES = {
    "dashboard, longest, led": ("dashboard", {**LONG_DASHBOARD, "lead": True}),
    "dashboard, longest, not led": ("dashboard", LONG_DASHBOARD),
    "dashboard, shortest": (
        "dashboard",
        {
            "title": "Tetap",
            "period": "2026",
            "source": "BPS",
            "figures": [figure("A", 1, unit="t"), *(figure(name, 0) for name in "BCD")],
        },
    ),
    "comparison, longest, three": ("comparison", LONG_COMPARISON),
    "comparison, longest, two": ("comparison", {**LONG_COMPARISON, "sides": LONG_SIDES[:2]}),
    "comparison, shortest": (
        "comparison",
        {
            "title": "Naik",
            "measure": "Padi",
            "kind": "time",
            "source": "BPS",
            "unit": "t",
            "sides": [{"label": "2025", "value": 1}, {"label": "2026", "value": 2}],
        },
    ),
    "comparison, below zero": (
        "comparison",
        {
            "title": "Defisit menyempit",
            "measure": "Surplus atau defisit anggaran",
            "kind": "time",
            "source": "BPKAD",
            "style": "short-rupiah",
            "sides": [{"label": "2025", "value": -31 * 10**10}, {"label": "2026", "value": -8 * 10**10}],
        },
    ),
    "table, longest": ("table", LONG_TABLE),
    "table, longest, without totals": ("table", {k: v for k, v in LONG_TABLE.items() if k != "total"}),
    "table, shortest": (
        "table",
        {
            "title": "Tetap",
            "entity": "A",
            "source": "BPS",
            "columns": [{"label": "t", "unit": "t"}],
            "items": [{"label": "A", "a": 1}, {"label": "B", "a": 2}, {"label": "C"}, {"label": "D", "a": 0}],
        },
    ),
}


@pytest.fixture(scope="module")
def studio():
    with Studio() as studio:
        yield studio


@pytest.mark.parametrize("brand", kit_names("brand"))
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("case", CASES)
def test_the_longest_and_the_shortest_are_ready_in_every_shape_and_brand(studio, case, shape, brand):
    """Nothing overflows or collides, everything is legible, and alt text and caption keep their limits."""
    name, given = CASES[case]
    asset = studio.make(Layout.load(name), Brand.load(brand), Wish(given, placement.load(SHAPES[shape]), slug=name))
    assert [f"{one.rule}: {one.message}" for one in asset.findings if one.severity is Severity.ERROR] == []


def page(layout, given, shape="portrait", language="id"):
    """Return the markup of the page that a layout makes."""
    kit = Layout.load(layout)
    made = Binder.of(kit, Brand.load("lentera")).bind(given, placement.load(SHAPES[shape]), language, kit.folder)
    return LexborHTMLParser(made.pages[0].html)


def text(node):
    """Return the text of an element with plain spaces."""
    return " ".join(node.text().replace("\xa0", " ").split())


def with_figure(**change):
    """Return the example of the dashboard with its last figure changed."""
    given = Layout.load("dashboard").example()["id"]
    return {**given, "figures": [*given["figures"][:3], {**given["figures"][3], **change}]}


def without(given, *names):
    return {name: value for name, value in given.items() if name not in names}


DASHBOARD = Layout.load("dashboard").example()["id"]
COMPARISON = Layout.load("comparison").example()["id"]
TABLE = Layout.load("table").example()["id"]
NO_UNITS = [figure(name, 1) for name in "ABCD"]
REFUSED = [
    ("dashboard", with_figure(change=-20), "the change of 'Paket pengadaan tertunda' is said to be -20 %"),
    ("dashboard", with_figure(label="Sisa kas daerah"), "two figures are called 'Sisa kas daerah'"),
    ("dashboard", with_figure(value=123456789012345), "too long for a small figure"),
    ("dashboard", {**without(DASHBOARD, "compared"), "figures": NO_UNITS}, "none of the four figures has a unit"),
    ("dashboard", without(DASHBOARD, "as_of"), "give 'as_of' or 'period'"),
    ("dashboard", without(DASHBOARD, "compared"), "a change must say against what"),
    ("dashboard", {**DASHBOARD, "figures": DASHBOARD["figures"][:3]}, "figures"),
    ("comparison", {**COMPARISON, "difference": 16}, "the difference is said to be 16, but the values give 16,7"),
    ("comparison", {**COMPARISON, "title": "Akses air minum turun"}, "the title says that it falls"),
    ("comparison", {**COMPARISON, "sides": COMPARISON["sides"][:1] * 2}, "two sides are called '2021'"),
    ("comparison", {**LONG_COMPARISON, "kind": "plan"}, "give two sides"),
    (
        "comparison",
        {**COMPARISON, "kind": "plan", "sides": [{"label": "A", "value": 0}, {"label": "B", "value": 1}]},
        "cannot be reached in percent",
    ),
    ("table", {**TABLE, "highlight": "Kesehtan"}, "highlight names 'Kesehtan'"),
    ("table", {**TABLE, "total_a": 5685450000001}, "the total of 'Anggaran' is said to be 5685450000001"),
    ("table", {**TABLE, "rest": "Lainnya", "total_a": 1, "total_b": 1}, "leaves nothing for 'Lainnya'"),
    ("table", {**TABLE, "rest": "Lainnya"}, "'rest' needs the total of 'Anggaran'"),
    ("table", {**without(TABLE, "total"), "total_a": 5}, "a total is given without 'total'"),
    ("table", {**TABLE, "items": [{**TABLE["items"][0], "c": 70}, *TABLE["items"][1:]]}, "computes to 73,4"),
    ("table", {**TABLE, "items": [{"label": "Sosial", "a": 1}, *TABLE["items"][1:]]}, "has an empty cell"),
    ("table", {**TABLE, "columns": TABLE["columns"][1:]}, "make it the third"),
    (
        "table",
        {**LONG_TABLE, "columns": [MONEY | {"label": "Sisa"}], "items": [*LONG_ROWS[:8], {"label": LONG, "a": -1}]},
        "below zero",
    ),
]


@pytest.mark.parametrize(("layout", "given", "message"), REFUSED)
def test_what_must_never_be_shown_is_refused(layout, given, message):
    with pytest.raises(FieldError, match=re.escape(message)):
        page(layout, given)


@pytest.mark.parametrize(("layout", "given"), [("dashboard", with_figure(change=-28.8)), ("table", TABLE)])
def test_what_the_data_states_may_be_rounded(layout, given):
    """A change of −28,846… may be said as −28,8; a total may be said as the sum that it is."""
    totals = {"total_a": 5685450000000, "total_b": 3900566000000, "total_c": 68.6} if layout == "table" else {}
    assert page(layout, {**given, **totals})


def test_changes_are_computed_from_the_two_figures():
    """Growth in percent, of percentages the difference in points; the word says the direction."""
    found = [text(node) for node in page("dashboard", DASHBOARD).css(".change")]
    assert found == ["naik 4,43 poin persen", "naik 5,7%", "turun 10,3%", "turun 28,8%"]


@pytest.mark.parametrize(
    ("kind", "sides", "size", "words"),
    [
        ("time", [200, 150], "turun 25,0%", "berkurang 50 t dari A ke B"),
        ("time", [150, 150], "tetap", "dari A ke B"),
        ("places", [100, 250], "150 t", "selisih B di atas A, atau 2,5 kali lipat"),
        ("places", [100, 100], "sama", "A dan B"),
        ("plan", [200, 150], "75,0%", "dari A, kurang 50 t"),
        ("plan", [200, 250], "125,0%", "dari A, lebih 50 t"),
    ],
)
def test_the_difference_is_said_in_words(kind, sides, size, words):
    pairs = [{"label": name, "value": value} for name, value in zip("AB", sides, strict=True)]
    given = {"title": "Padi", "measure": "Padi", "source": "BPS", "unit": "t", "kind": kind, "sides": pairs}
    made = page("comparison", given)
    assert (text(made.css_first(".difference")), text(made.css_first(".in-words"))) == (size, words)


@pytest.mark.parametrize("sides", [[100, 250], [250, 100]])
def test_parts_of_bars_add_up_to_the_values(sides):
    """The difference is a part of its bar: gained on top of the other value, or missing up to it."""
    pairs = [{"label": name, "value": value} for name, value in zip("AB", sides, strict=True)]
    given = {"title": "Padi", "measure": "Padi", "source": "BPS", "unit": "t", "kind": "time", "sides": pairs}
    columns = page("comparison", given).css(".column")
    parts = [[Decimal(re.findall(r"[\d.]+", x.attributes["style"])[0]) for x in c.css("div[style]")] for c in columns]
    assert [sum(column) for column in parts] == ([40, 100] if sides[0] < sides[1] else [100, 100])


@pytest.mark.parametrize("shape", SHAPES)
def test_rows_of_a_table_add_up_to_its_total_in_every_shape(shape):
    """What a shape cannot hold is added up in a row of its own, so that the picture never loses anything."""
    given = {**LONG_TABLE, "columns": [{"label": "Dana", "style": "rupiah"}, {"label": "Kas", "style": "rupiah"}]}
    rows = [(row, row.css(".number data")) for row in page("table", given, shape).css(".row:not(.heads)")]
    numbers = [parse_number(text(cells[0]), "id") for _, cells in rows]
    assert sum(numbers[:-1]) == numbers[-1] == sum(Decimal(str(row["a"])) for row in LONG_ROWS)
    assert any("mine" in row.attributes["class"] for row, _ in rows)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_row_for_the_rest_takes_in_what_a_shape_leaves_out(shape):
    """The total of the data holds more than the rows; the row for the rest is computed from what is shown."""
    given = {**LONG_TABLE, "columns": [{"label": "Dana", "style": "rupiah"}], "total_a": 10**10, "rest": "Lainnya"}
    rows = page("table", given, shape).css(".row:not(.heads) .number data")
    numbers = [parse_number(text(cell), "id") for cell in rows]
    assert sum(numbers[:-1]) == numbers[-1] == 10**10


def test_numbers_of_a_column_have_the_same_decimals_and_its_unit_is_said_once():
    given = {**TABLE, "columns": [{"label": "Anggaran", **MONEY}, {"label": "Realisasi", **MONEY}]}
    made = page("table", given)
    places = {len(text(row.css(".number")[0]).partition(",")[2]) for row in made.css(".row:not(.heads)")}
    assert places == {0}
    assert [text(node) for node in made.css(".cell-unit")] == ["Rp juta", "Rp juta"]
    assert "Rp" not in "".join(text(node) for node in made.css(".number"))


def test_a_missing_cell_is_named_with_a_reason_and_never_zero():
    items = [{"label": "Sosial", "a": 5}, *({"label": name} for name in "BCD")]
    given = {**without(TABLE, "total", "highlight"), "columns": TABLE["columns"][:1], "items": items}
    made = page("table", given)
    assert [text(node) for node in made.css(".number")][1:] == ["NA", "NA", "NA"]
    assert "NA: belum tersedia" in text(made.css_first(".source"))


@pytest.mark.parametrize("layout", ["dashboard", "comparison", "table"])
def test_markup_in_labels_is_shown_and_does_nothing(layout):
    label = "<script>alert(1)</script>"
    given = {
        "dashboard": with_figure(label=label),
        "comparison": {**COMPARISON, "sides": [{"label": label, "value": 1}, COMPARISON["sides"][1]]},
        "table": {**TABLE, "items": [{"label": label, "a": 1, "b": 1}, *TABLE["items"][1:]]},
    }[layout]
    made = page(layout, given)
    assert not made.css("script")
    assert label in made.body.text()
