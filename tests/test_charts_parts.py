"""Parts of a whole: they add up exactly or are refused, and their labels never leave the picture or touch."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetgen.brand import Brand
from assetgen.charts._kit.chart import SIZES, Setting, draw_chart
from assetgen.charts._kit.colours import contrast
from assetgen.charts._kit.shares import remainders
from assetgen.charts.treemap import squarified
from assetgen.derive import evaluate
from assetgen.errors import LayoutError
from assetgen.model import Cell, Rectangle, Value, parse_cell

WHOLES = ("donut", "treemap", "waffle")
ROWED = ("progress", "pictogram")
NAMES = (
    "Kabupaten Kepulauan Siau Tagulandang Biaro",
    "Kabupaten Penukal Abab Lematang Ilir",
    "Bali",
    "Daerah Istimewa Yogyakarta",
    "Kabupaten Ogan Komering Ulu Selatan",
    "Kepulauan Bangka Belitung",
    "Kota Padangsidimpuan",
    "Kabupaten Tanjung Jabung Timur",
    "Aceh",
    "Papua Barat Daya",
    "Kabupaten Hulu Sungai Tengah",
    "Kabupaten Bolaang Mongondow Timur",
)
HOSTILE = '<script>alert("1")</script> & "x" \u202e{{ 7*7 }}'
AMOUNTS = st.one_of(st.integers(1, 100), st.integers(1, 10**13), st.decimals("0.1", 1000, places=1))
EDGES = {"left": 0.0, "center": 0.5, "right": 1.0}


@cache
def look(brand="lentera"):
    return Brand.load(brand).look


def drawn(kind, rows, shape="portrait", brand="lentera", language="id", **options):
    return draw_chart(kind, rows, options, Setting(look(brand), language, shape))


def rows_of(numbers, names=NAMES):
    return [{"label": names[n % len(names)] + " I" * (n // len(names)), "value": one} for n, one in enumerate(numbers)]


def celled(numbers):
    return [
        {"label": f"Bagian {n}", "value": Value(str(one), Decimal(one), "number", "", Cell("a.xlsx", "S", f"B{n + 2}"))}
        for n, one in enumerate(numbers)
    ]


class Sheet:
    """The cells of a sheet with numbers in column B from row 2."""

    def __init__(self, numbers):
        self.numbers = numbers

    def values(self, area):
        first, last = (int(one[1:]) - 2 for one in (area.first, area.last))
        return [Value(str(one), Decimal(one), "number") for one in self.numbers[first : last + 1]]


def labels(chart):
    """Return text and ink of every label."""
    found = []
    for style, inside in re.findall(r'<p [^>]*style="([^"]*)"[^>]*>(.*?)</p>', chart.markup, re.DOTALL):
        places = (float(re.search(rf"{name}:(-?[\d.]+)px", style)[1]) for name in ("left", "top", "width", "height"))
        left, top, width, height = places
        slack = max(4, width - width / 1.03)
        start = left + EDGES[re.search(r"text-align:(\w+)", style)[1]] * slack
        ink = Rectangle(start, top + height * 0.14, start + width - slack, top + height * 0.86)
        found.append((re.sub(r"<[^>]+>", " ", inside).strip(), ink))
    return found


def assert_apart(chart, shape):
    """All labels are inside, none covers another, none is smaller than 26 px."""
    width, height, _ = SIZES[shape]
    placed = labels(chart)
    assert min(map(float, re.findall(r"font-size:([\d.]+)px", chart.markup))) >= 26
    for number, (text, ink) in enumerate(placed):
        assert ink.outside(Rectangle(0, 0, width, height)) <= 1, text
        for other, covered in placed[number + 1 :]:
            assert not ink.overlap(covered), (text, other)


def facts(chart):
    """Return value, cell and text of every fact on the chart."""
    pattern = r'<data value="([^"]*)"[^>]*?(?: data-cell="([^"]*)")?>([^<]*)</data>'
    return [
        (Decimal(value), cell.replace("&#39;", "'"), text) for value, cell, text in re.findall(pattern, chart.markup)
    ]


@given(
    st.sampled_from(WHOLES),
    st.sampled_from(list(SIZES)),
    st.sampled_from(["lentera", "sagara"]),
    st.sampled_from(["number", "short-rupiah"]),
    st.sampled_from(["share", "value", "both"]),
    st.lists(AMOUNTS, min_size=1, max_size=30),
    st.booleans(),
)
@settings(max_examples=150, deadline=None)
def test_any_parts_are_drawn_without_collision_or_refused(kind, shape, brand, style, show, numbers, highlighted):
    """Any parts with the longest names of regions: labels inside and apart, or refused for want of room."""
    mine = rows_of(numbers)[-1]["label"] if highlighted else None
    try:
        chart = drawn(kind, rows_of(numbers), shape, brand, style=style, show=show, highlight=mine)
    except LayoutError as error:
        assert "room" in str(error)
        return
    assert_apart(chart, shape)


@given(
    st.sampled_from(ROWED),
    st.sampled_from(list(SIZES)),
    st.lists(st.one_of(st.none(), st.just(0), AMOUNTS), min_size=1, max_size=30),
)
@settings(max_examples=100, deadline=None)
def test_any_rows_are_drawn_without_collision_or_refused(kind, shape, numbers):
    """Bars on tracks and rows of icons keep their labels apart, with missing values and zeros among them."""
    options = {"whole": 10**13} if kind == "progress" else {}
    try:
        chart = drawn(kind, rows_of(numbers), shape, "sagara", style="short", **options)
    except LayoutError as error:
        assert "fit" in str(error) or "room" in str(error)
        return
    assert_apart(chart, shape)


@given(
    st.sampled_from(list(SIZES)),
    st.lists(st.tuples(st.one_of(st.none(), AMOUNTS), st.one_of(st.none(), AMOUNTS)), min_size=1, max_size=25),
    st.sampled_from(["number", "short"]),
)
@settings(max_examples=100, deadline=None)
def test_any_ages_are_drawn_without_collision_or_refused(shape, table, style):
    """A pyramid keeps ages, numbers and scale apart, whatever the numbers."""
    rows = [{"label": f"{5 * n}–{5 * n + 4}", "L": left, "P": right} for n, (left, right) in enumerate(table)]
    names = ["Laki-laki", "Perempuan"]
    try:
        chart = drawn("pyramid", rows, shape, "sagara", series=["L", "P"], names=names, style=style, unit="jiwa")
    except LayoutError as error:
        assert re.search("room|too many rows|too long", str(error))
        return
    assert_apart(chart, shape)


@given(
    st.sampled_from(list(SIZES)),
    st.decimals(0, 100, places=2),
    st.one_of(st.none(), st.decimals(0, 100, places=1)),
    st.sampled_from(NAMES),
)
@settings(max_examples=80, deadline=None)
def test_a_gauge_keeps_its_words_apart(shape, value, reference, name):
    """Wherever value and target are, the words of a gauge are inside and apart."""
    chart = drawn("gauge", [{"label": name, "value": value}], shape, "sagara", style="percent", reference=reference)
    assert_apart(chart, shape)


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=40).filter(any), st.integers(10, 200))
def test_remainders_make_the_whole(sizes, count):
    """Whole numbers by largest remainders add up, each within one of its exact share."""
    found = remainders([Decimal(size) for size in sizes], count)
    assert sum(found) == count
    assert all(abs(one - Decimal(size) * count / sum(sizes)) < 1 for one, size in zip(found, sizes, strict=True))


@given(st.lists(st.floats(1, 1000), min_size=1, max_size=30), st.floats(0.5, 3))
def test_tiles_have_the_areas_of_their_parts(sizes, wide):
    """Rectangles fill the room, never overlap, and their areas are in proportion (within the gaps between them)."""
    room = Rectangle(0, 0, 900, 700)
    tiles = squarified(sizes, room, wide)
    for number, (tile, size) in enumerate(zip(tiles, sizes, strict=True)):
        assert tile.outside(room) == 0
        assert not any(tile.overlap(other) for other in tiles[number + 1 :])
        wanted = size / sum(sizes) * 630_000
        assert abs(tile.width * tile.height - wanted) <= 6.5 * (abs(tile.width) + abs(tile.height)) + 50


@pytest.mark.parametrize("kind", WHOLES)
@given(numbers=st.lists(st.integers(1, 10**9), min_size=8, max_size=25))
@settings(max_examples=25, deadline=None)
def test_lainnya_sums_exactly_and_its_formula_proves_it(kind, numbers):
    """Every share and sum on the chart is what its formula gives from the cells; parts shown add up to the total."""
    try:
        chart = drawn(kind, celled(numbers), show="both")
    except LayoutError as error:
        assert "room" in str(error)
        return
    found = facts(chart)
    for value, cell, _ in found:
        proof = evaluate(parse_cell(cell), Sheet(numbers)).data
        assert abs(proof - value) <= abs(value) * Decimal("1e-20")
    values = [value for value, cell, _ in found if "/" not in cell]
    total = sum(map(Decimal, numbers))
    assert sum(values) == (2 * total if kind == "donut" and total in values else total)


def test_shares_that_miss_a_hundred_say_so():
    """Thirds of one percent less than 100 are noted; shares that add up are not."""
    third = drawn("donut", rows_of([1, 1, 1]))
    assert "33,3%" in third.markup
    assert "Angka dibulatkan" in third.markup
    half = drawn("donut", rows_of([1, 1]))
    assert "50%" in half.markup
    assert "dibulatkan" not in half.markup


@pytest.mark.parametrize("kind", WHOLES)
@pytest.mark.parametrize(
    ("numbers", "options", "message"),
    [
        ([5, -1, 3], {}, "no part of a whole is negative, but 'Kabupaten Penukal Abab Lematang Ilir' is -1"),
        ([0, 0], {}, "all parts are zero, so nothing has a share"),
        ([40, 30], {"style": "percent"}, "the parts add up to 70, the whole is 100"),
        ([60, 60], {"whole": 100}, "the parts add up to 120, the whole is 100"),
        ([45, 54], {"whole": 100}, "the parts add up to 99, the whole is 100"),
        ([5, None], {}, "no share is known while 'Kabupaten Penukal Abab Lematang Ilir' is missing"),
    ],
)
def test_what_is_no_whole_is_refused_with_figures(kind, numbers, options, message):
    """Negative parts, parts that miss their whole, missing parts of an unknown whole: refused, with the figures."""
    with pytest.raises(LayoutError, match=re.escape(message)):
        drawn(kind, rows_of(numbers), **options)


@pytest.mark.parametrize("kind", WHOLES)
def test_rounded_percentages_pass_as_a_whole(kind):
    """33,3 + 33,3 + 33,3 is a whole of 100 within rounding, and the chart says that figures are rounded."""
    assert "Angka dibulatkan" in drawn(kind, rows_of([33.3, 33.3, 33.3]), style="percent").markup


@pytest.mark.parametrize("kind", WHOLES)
def test_a_missing_part_is_what_is_left(kind):
    """With the whole known, a missing part is hatched and named, never zero; several are one part."""
    one = drawn(kind, rows_of([50, 30, None], names=("A", "B", "C")), whole=100)
    assert "belum tersedia" in one.markup
    assert "stroke=" in one.markup
    assert ">0%" not in one.markup
    two = drawn(kind, rows_of([50, None, None], names=("A", "B", "C")), whole=100)
    assert "2 bagian" in two.markup
    assert any("2 data belum tersedia" in told for told in two.alt)


@pytest.mark.parametrize("kind", WHOLES)
@pytest.mark.parametrize("shape", SIZES)
def test_one_part_is_all_of_it(kind, shape):
    """A single part is 100%, drawn as a whole."""
    chart = drawn(kind, [{"label": "Semua", "value": 7}], shape)
    assert "100%" in chart.markup
    assert chart.marks == 1
    assert_apart(chart, shape)


@pytest.mark.parametrize("kind", WHOLES)
def test_equal_parts_are_told_as_equal(kind):
    """Alt text does not invent a largest among equals."""
    told = " ".join(one.striptags() for one in drawn(kind, rows_of([5, 5, 5, 5]), subject="Uji").alt)
    assert "Semua 25%." in told
    assert "Terbesar" not in told


@pytest.mark.parametrize("kind", WHOLES)
def test_zero_parts_are_counted_not_drawn(kind):
    """A part of zero has no mark, and the foot says that it is not drawn."""
    chart = drawn(kind, rows_of([5, 5, 0]))
    assert chart.marks == 2
    assert "1 bernilai nol, tidak digambar" in chart.markup


@pytest.mark.parametrize("kind", WHOLES)
def test_too_many_parts_may_be_refused(kind):
    """With rest=refuse nothing is added up silently."""
    with pytest.raises(LayoutError, match="there is room for"):
        drawn(kind, rows_of(range(1, 40)), rest="refuse")


def test_a_highlighted_part_is_never_added_up():
    """The smallest part stays when it is the story."""
    chart = drawn("donut", rows_of([50, 40, 30, 20, 10, 9, 8, 1]), highlight=NAMES[7])
    assert "Timur" in chart.markup
    assert "Lainnya (3)" in chart.markup


@pytest.mark.parametrize("kind", [*WHOLES, *ROWED, "gauge", "pyramid"])
def test_hostile_names_are_only_text(kind):
    """Markup in names and units is escaped, on the picture and in the alt text."""
    options = {"progress": {"whole": 10}, "gauge": {"whole": 10}}.get(kind, {})
    rows = [{"label": HOSTILE, "value": 4}, {"label": "B", "value": 3}]
    if kind == "pyramid":
        rows, options = [{"label": "0–4", "L": 4, "P": 3}], {"series": ["L", "P"], "names": [HOSTILE, "B"]}
    chart = drawn(kind, rows[:1] if kind == "gauge" else rows, subject=HOSTILE, unit="<b>", **options)
    assert "<script" not in chart.markup + "".join(chart.alt)
    assert "<b>" not in chart.markup + "".join(chart.alt)


@pytest.mark.parametrize("brand", ["lentera", "sagara"])
@pytest.mark.parametrize("ground", ["plain", "strong"])
def test_text_on_tiles_can_be_read(brand, ground):
    """Each label of a treemap has contrast 4.5 (3 from 26 px bold) on its own tile."""
    for mine in (None, "Bali"):
        chart = drawn("treemap", rows_of([50, 40, 30, 25, 20]), brand=brand, ground=ground, highlight=mine)
        tiles = dict(re.findall(r'data-mark="(\d+)"[^>]*background:(#\w+)', chart.markup))
        for mark, colour in re.findall(r'data-of="(\d+)"[^>]*;color:(#\w+)', chart.markup):
            assert contrast(tiles[mark], colour) >= 3.0, (tiles[mark], colour)


def test_a_waffle_has_a_hundred_squares():
    """However the shares fall, the squares make a hundred."""
    chart = drawn("waffle", rows_of([333, 333, 333, 1]))
    assert chart.markup.count("<rect") == 100


def test_progress_may_pass_its_whole_and_a_gauge_may_not():
    """104% is drawn past its track; a gauge that cannot show it says what can."""
    row = [{"label": "Pajak", "value": 104}]
    assert "104%" in drawn("progress", row, whole=100).markup
    with pytest.raises(LayoutError, match="104 is no part of 100") as error:
        drawn("gauge", row, whole=100)
    assert "use progress" in str(error.value)


def test_progress_knows_the_whole_of_each_row():
    """A column of wholes: shares carry the formula of both cells; a whole of zero is refused with its cell."""
    rows = celled([30, 40])
    for n, row in enumerate(rows):
        row["pagu"] = Value("80", Decimal(80), "number", "", Cell("a.xlsx", "S", f"C{n + 2}"))
    found = facts(drawn("progress", rows, whole="pagu"))
    assert ("((B2/C2)*100)" in found[0][1], found[0][2]) == (True, "38%")
    rows[1]["pagu"] = Value("0", Decimal(0), "number", "", Cell("a.xlsx", "S", "C3"))
    with pytest.raises(LayoutError, match=re.escape("nothing is a share of '0' (a.xlsx!S!C3)")):
        drawn("progress", rows, whole="pagu")


def test_icons_are_rounded_and_say_so():
    """One icon stands for a round number; rounding is said, and left out where counts are exact."""
    rows = [{"label": "A", "value": 41200}, {"label": "B", "value": 118400}, {"label": "C", "value": 900}]
    chart = drawn("pictogram", rows, unit="orang")
    assert "1 ikon = 10.000\u2009orang, dibulatkan" in re.sub(r"[\u00a0\u202f ]orang", "\u2009orang", chart.markup)
    assert "kurang dari 1 ikon" in chart.markup
    assert chart.markup.count("<circle") == 12 + 4
    assert "dibulatkan" not in drawn("pictogram", [{"label": "A", "value": 3}, {"label": "B", "value": 5}]).markup


def test_three_of_ten_is_proved():
    """An array of icons writes its rounded count as a fact with the formula that rounds it."""
    row = celled([312])[:1]
    chart = drawn("pictogram", row, whole=1000)
    count = next(one for one in facts(chart) if one[2] == "3")
    assert count[1].startswith("a.xlsx!S!ROUND(")
    assert evaluate(parse_cell(count[1]), Sheet([312])).data == 3
    assert "31,2%" in chart.markup
    assert "1 ikon = 10%, dibulatkan" in chart.markup


def test_icons_of_the_kit_can_be_counted_and_others_are_named():
    """An icon that there is not is refused with the nearest name; no path leaves the folder of icons."""
    rows = [{"label": "A", "value": 3}]
    assert "<path" in drawn("pictogram", rows, icon="home").markup
    for name in ("hom", "../icons/home", "C:\\home"):
        with pytest.raises(LayoutError, match="there is no icon"):
            drawn("pictogram", rows, icon=name)


def test_a_pyramid_takes_two_series_and_no_negative_numbers():
    """One series, or a number below zero, is refused."""
    rows = [{"label": "0–4", "L": 4, "P": -3}]
    with pytest.raises(LayoutError, match="it takes two series, got 1"):
        drawn("pyramid", rows, series=["L"])
    with pytest.raises(LayoutError, match="'0–4' has -3, below zero"):
        drawn("pyramid", rows, series=["L", "P"])


def test_a_pyramid_has_the_same_scale_on_both_sides():
    """Equal numbers are equally long, left and right."""
    chart = drawn(
        "pyramid", [{"label": "0–4", "L": 50, "P": 50}, {"label": "5–9", "L": 100, "P": 20}], series=["L", "P"]
    )
    widths = re.findall(r'data-mark="\d+" data-grow="(left|right)" style="[^"]*?width:(\d+)px', chart.markup)
    assert abs(int(widths[2][1]) - int(widths[3][1])) <= 1
    assert (widths[2][0], widths[3][0]) == ("left", "right")


def test_alt_text_tells_largest_smallest_and_total_in_english():
    """The sentences: what, own, largest, smallest of all parts (also of those added up), the rest, total, date."""
    rows = rows_of([50, 30, 8, 4, 4, 2, 1, 1], names=tuple("ABCDEFGH"))
    chart = drawn("donut", rows, language="en", subject="Test", highlight="B", as_of="May", unit="people")
    assert [one.striptags() for one in chart.alt] == [
        "Donut chart: Test.",
        "B: 30% (30 people).",
        "Largest: A, 50% (50 people).",
        "Smallest: G, 1% (1 people).",
        "Other (3): 4% (4 people).",
        "All together 100 people.",
        "Data as of May.",
    ]
