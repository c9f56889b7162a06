"""Charts: what they show is true, stays inside, keeps apart, and is refused where it cannot be."""

import re
from decimal import Decimal
from itertools import combinations, pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markupsafe import Markup
from selectolax.lexbor import LexborHTMLParser

from assetgen import placement
from assetgen.brand import Brand
from assetgen.charts._kit.chart import SIZES, Setting, alt_text, draw_chart
from assetgen.charts._kit.rows import Label
from assetgen.charts._kit.text import fit_beneath, short_form
from assetgen.errors import LayoutError, UsageError
from assetgen.look import TextStyle
from assetgen.model import Cell, Rectangle, Value

LENTERA, SAGARA = (Brand.load(name).look for name in ("lentera", "sagara"))
ONE_SERIES = ("bar", "column", "lollipop", "waterfall")
MANY_SERIES = ("grouped", "stacked", "stacked-100", "dumbbell", "table-bars")
NAMES = (
    "Kabupaten Kepulauan Siau Tagulandang Biaro",
    "Kabupaten Penajam Paser Utara",
    "Kepulauan Bangka Belitung",
    "Daerah Istimewa Yogyakarta",
    "Pertanggungjawaban",
    "Aceh",
    "Bali",
    "Kota Administrasi Jakarta Selatan",
    "Nusa Tenggara Timur",
    "2024",
)


def draw(kind, rows, shape="portrait", look=LENTERA, language="id", **options):
    return draw_chart(kind, rows, options, Setting(look, language, shape))


def rows_of(values, key="value"):
    return [{"label": name, key: value} for name, value in zip(NAMES, values, strict=False)]


def elements(chart, selector):
    return LexborHTMLParser(chart.markup).css(selector)


def area(node):
    style = dict(re.findall(r"([a-z-]+):(-?[\d.]+)px", node.attributes["style"]))
    left, top, width, height = (float(style[name]) for name in ("left", "top", "width", "height"))
    return Rectangle(left, top, left + width, top + height)


def words(node):
    """Return where the letters of a label are: its box without the slack for kerning and without the leading."""
    box, style = area(node), node.attributes["style"]
    size = float(re.search(r"font-size:([\d.]+)px", style)[1])
    align = re.search(r"text-align:(\w+)", style)[1]
    slack = box.width - min((box.width - 4, box.width / 1.03))
    left = box.left + {"left": 0, "center": slack / 2, "right": slack}[align]
    return Rectangle(left, box.top + 0.08 * size, left + box.width - slack, box.bottom - 0.26 * size)


def assert_sound(chart, width, height):
    """Labels are inside of the chart and apart from one another; marks are inside too."""
    labels = [(node.text(), words(node)) for node in elements(chart, "p")]
    canvas = Rectangle(0, 0, width, height)
    for text, box in labels:
        assert box.outside(canvas) <= 1.5, text
    for (one, first), (two, second) in combinations(labels, 2):
        shared = first.overlap(second)
        assert shared is None or min(shared.width, shared.height) < 2, (one, two)
    for node in elements(chart, "[data-mark]"):
        assert area(node).outside(canvas) <= 1.5
    sizes = [float(size) for size in re.findall(r"font-size:([\d.]+)px", chart.markup)]
    assert min(sizes) >= 26


VALUES = st.one_of(
    st.none(),
    st.integers(-(10**6), 10**9).map(Decimal),
    st.decimals(-100, 100, places=2),
    st.just(Decimal(0)),
)
LABELS = st.one_of(
    st.sampled_from(NAMES),
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1, max_size=40),
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(ONE_SERIES),
    st.sampled_from(sorted(SIZES)),
    st.lists(st.tuples(LABELS, VALUES), min_size=1, max_size=40),
    st.sampled_from(["number", "short-rupiah", "percent", "rupiah"]),
    st.sampled_from([LENTERA, SAGARA]),
)
def test_charts_of_any_data_keep_their_labels_inside_and_apart(kind, shape, pairs, style, look):
    """Whatever the names and numbers are: a chart with all labels in their places, or a refusal."""
    rows = [{"label": label, "value": value} for label, value in pairs]
    try:
        chart = draw(kind, rows, shape, look, style=style)
    except LayoutError:
        return
    assert_sound(chart, *SIZES[shape][:2])


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(MANY_SERIES),
    st.sampled_from(sorted(SIZES)),
    st.lists(st.tuples(st.sampled_from(NAMES), VALUES, VALUES), min_size=1, max_size=12),
    st.sampled_from([LENTERA, SAGARA]),
)
def test_charts_of_many_series_keep_their_labels_inside_and_apart(kind, shape, triples, look):
    """Likewise with two numbers in each row."""
    rows = [{"label": label, "a": one, "b": two} for label, one, two in triples]
    try:
        chart = draw(kind, rows, shape, look, series=["a", "b"], names=["Laki-laki", "Perempuan"])
    except LayoutError:
        return
    assert_sound(chart, *SIZES[shape][:2])


@pytest.mark.parametrize("kind", ["bar", "lollipop", "column"])
@pytest.mark.parametrize("shape", sorted(SIZES))
def test_seven_of_the_longest_names_are_drawn_whole_or_refused(kind, shape):
    """No name is cut: each is there in full, or in its official short form."""
    names = ["Kabupaten Kepulauan Siau Tagulandang Biaro"] + [
        f"Kabupaten Kepulauan Nomor {number}" for number in "ABCDEF"
    ]
    rows = [{"label": name, "value": 50 - number} for number, name in enumerate(names)]
    try:
        chart = draw(kind, rows, shape)
    except LayoutError:
        assert kind == "column"
        return
    shown = {" ".join(node.text(separator=" ").split()) for node in elements(chart, "p")}
    assert {names[0], "Kab. Kep. Siau Tagulandang Biaro"} & shown


def test_bars_start_at_zero_and_are_as_long_as_their_values():
    """Lengths are in the proportion of the values, though all of them lie near 100."""
    chart = draw("bar", rows_of([120, 110, 100]))
    bars = [area(node) for node in elements(chart, "[data-mark]")]
    assert len({bar.left for bar in bars}) == 1
    assert bars[1].width / bars[0].width == pytest.approx(110 / 120, abs=0.01)
    columns = [area(node) for node in elements(draw("column", rows_of([120, 110, 100])), "[data-mark]")]
    assert len({column.bottom for column in columns}) == 1
    assert columns[2].height / columns[0].height == pytest.approx(100 / 120, abs=0.01)


def test_negative_values_stand_on_the_other_side_of_zero():
    """The bar of a negative value ends where that of a positive one starts."""
    up, down = (area(node) for node in elements(draw("bar", rows_of([30, -20]), order="given"), "[data-mark]"))
    assert down.right == up.left
    assert down.width / up.width == pytest.approx(2 / 3, abs=0.02)


@pytest.mark.parametrize("kind", ["bar", "lollipop", "column", "grouped", "table-bars", "dumbbell"])
def test_a_missing_value_is_hatched_and_never_zero(kind):
    """It has a hatched sign, words that say so, and no number."""
    many = kind in MANY_SERIES
    rows = [{"label": "Aceh", "a": 5, "b": 4}, {"label": "Bali", "a": None, "b": 3}, {"label": "Riau", "a": 2, "b": 1}]
    chart = draw(kind, rows, **({"series": ["a", "b"]} if many else {"value": "a"}))
    assert len([node for node in elements(chart, "svg[data-mark]") if "M" in (node.html or "")]) == 1
    assert "belum tersedia" in chart.markup
    assert not re.search(r'<data value="0"', chart.markup)
    assert any("belum tersedia" in sentence for sentence in chart.alt)


def test_numbers_are_facts_with_their_cells():
    """Each shown number carries its exact value and its cell; the sum of the rest carries a formula."""
    rows = [
        {
            "label": f"Wilayah {number}",
            "value": Value(str(number), Decimal(number), "number", "jiwa", Cell("a.xlsx", "S", f"B{number}")),
        }
        for number in range(2, 40)
    ]
    chart = draw("bar", rows, most=5, rest="sum")
    cells = [node.attributes["data-cell"] for node in elements(chart, "data[value]")]
    assert cells[:2] == ["a.xlsx!S!B39", "a.xlsx!S!B38"]
    assert cells[-1] == "a.xlsx!S!SUM(B2:B35)"
    rest = elements(chart, "data[value]")[-1]
    assert Decimal(rest.attributes["value"]) == sum(range(2, 36))
    assert "Lainnya (34)" in chart.markup


@pytest.mark.parametrize("name", ["Industri &amp; Kerja", "Pasal\u00a05"])
def test_a_name_that_comes_as_markup_can_be_highlighted(name):
    """Fields hand options on as markup, in which `&` is `&amp;` and a number keeps together with its word."""
    rows = [{"label": "Industri & Kerja", "value": 3}, {"label": "Pasal 5", "value": 2}]
    assert draw("bar", rows, highlight=Markup(name)).markup


def test_what_has_no_room_is_counted_or_refused():
    """500 rows: the first ones and how many are left out; an own region far down the list stays; refuse refuses."""
    rows = [{"label": f"Wilayah {number}", "value": 500 - number} for number in range(500)]
    chart = draw("bar", rows, highlight="Wilayah 480")
    shown = len(elements(chart, "[data-mark]"))
    assert f"{500 - shown} lainnya tidak ditampilkan" in chart.markup
    assert "Wilayah 480" in chart.markup
    with pytest.raises(LayoutError, match="has room for"):
        draw("bar", rows, rest="refuse")
    with pytest.raises(LayoutError, match="no room for their names"):
        draw("column", [{"label": str(1500 + year), "value": 1} for year in range(500)])


def test_one_row_and_all_zero_are_drawn():
    """A single row has its bar; values that are all zero have none, and say 0."""
    assert len(elements(draw("bar", rows_of([5])), "[data-mark]")) == 1
    for kind in ONE_SERIES:
        chart = draw(kind, rows_of([0, 0, 0]))
        assert chart.markup.count(">0</data>") >= 1


@pytest.mark.parametrize("bad", [float("inf"), float("-inf"), Decimal("Infinity")])
def test_infinity_is_refused(bad):
    """A number without end has no length."""
    with pytest.raises(LayoutError, match="infinite"):
        draw("bar", rows_of([1, bad]))


def test_not_a_number_is_missing():
    """NaN of a data frame is an empty cell."""
    assert draw("bar", rows_of([3, float("nan")])).markup == draw("bar", rows_of([3, None])).markup


def test_hostile_names_are_escaped():
    """Names are text, whatever they hold, in labels, heads, legends, notes and the alt text."""
    evil = '<script>x</script>"><img src=x onerror=1> {{ 7*7 }}'
    rows = [{"label": evil, "a": 5, "b": 4}, {"label": "Bali", "a": 2, "b": 3}]
    charts = [
        draw("bar", rows, value="a", unit="<b>", subject=evil, reference=3, reference_label="<i>x</i>"),
        draw("stacked", rows, series=["a", "b"], names=["<u>a</u>", "b"]),
        draw("waterfall", [{"label": "Bali", "value": 2}], total_label="<s>"),
    ]
    for chart in charts:
        for text in (chart.markup, *chart.alt):
            assert not re.search(r"<(script|img|b|i|u|s)\b", text)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"hilight": "Aceh"}, "has no option 'hilight' (did you mean 'highlight'?)"),
        ({"highlight": "Acehh"}, "names 'acehh', which is no label"),
        ({"style": "prosen"}, "has no choice 'prosen'"),
        ({"value": "nilai"}, "meets a row without the column 'nilai'"),
        ({"width": 20}, "takes a whole number from 120 to 2400"),
        ({"reference": "lima"}, "takes a number, got 'lima'"),
    ],
)
def test_wrong_options_are_named(options, message):
    """Each mistake is said with what is allowed, or the nearest name."""
    with pytest.raises(LayoutError) as error:
        draw("bar", [{"label": "Acehh" if False else "Aceh", "value": 3}, {"label": "Bali", "value": 2}], **options)
    assert message in str(error.value)


@pytest.mark.parametrize("rows", [None, "x", [], [1, 2], {"a": 1}])
def test_what_are_no_rows_is_refused(rows):
    """A chart takes a list of rows with named columns."""
    with pytest.raises(LayoutError, match="takes"):
        draw("bar", rows)


def test_an_unknown_kind_is_named():
    """With the nearest one."""
    with pytest.raises(UsageError, match="did you mean 'column'"):
        draw("colum", rows_of([1, 2]))


def test_a_number_that_is_text_is_refused_with_its_cell():
    """Text among numbers is a mistake of the data, and its place is told."""
    value = Value("lima", "lima", "text", "", Cell("a.xlsx", "S", "B7"))
    with pytest.raises(LayoutError, match=r"'lima' \(a.xlsx!S!B7\)"):
        draw("bar", rows_of([1, value]))


def test_parts_of_a_whole_cannot_be_negative():
    """A stack of −3 and 5 would show 8."""
    with pytest.raises(LayoutError, match="cannot be negative"):
        draw("stacked", [{"label": "Aceh", "a": -3, "b": 5}, {"label": "Bali", "a": 2, "b": 1}], series=["a", "b"])


def test_shares_are_worked_out_and_a_rest_of_rounding_is_said():
    """Three thirds are 33 %: the foot says that they do not make 100; formulas lead to the cells."""
    cells = [Value("1", Decimal(1), "number", "", Cell("a.csv", None, f"{letter}2")) for letter in "BCD"]
    chart = draw("stacked-100", [{"label": "Aceh", **dict(zip("abc", cells, strict=True))}], series=["a", "b", "c"])
    assert "Angka dibulatkan" in chart.markup
    assert "B2/SUM(B2:D2)" in elements(chart, "data[value]")[0].attributes["data-cell"]
    assert "Angka dibulatkan" not in draw("stacked-100", [{"label": "Aceh", "a": 1, "b": 3}], series=["a", "b"]).markup


def test_a_waterfall_adds_up_or_is_refused():
    """The amount that is left is the sum; a total that disagrees with its steps is told with both numbers."""
    rows = [{"label": "Awal", "value": 100}, {"label": "Keluar", "value": -30}]
    chart = draw("waterfall", rows, total_label="Sisa")
    assert elements(chart, "data[value]")[-1].text() == "70"
    steps = [area(node) for node in elements(chart, "[data-mark]")]
    assert steps[1].right == steps[0].right
    assert steps[2].right == steps[1].left
    with pytest.raises(LayoutError, match="'Akhir' is 75, and the rows before it make 70"):
        draw("waterfall", [*rows, {"label": "Akhir", "value": 75}], totals=["Awal", "Akhir"])
    with pytest.raises(LayoutError, match="missing"):
        draw("waterfall", [*rows, {"label": "Lain", "value": None}])


def test_figures_that_are_not_final_carry_their_sign():
    """What footnotes say of a figure stands behind it, and the foot explains it."""
    value = Value("12", Decimal(12), "number", marks=("very provisional",))
    chart = draw("bar", [{"label": "Aceh", "value": 15}, {"label": "Bali", "value": value}])
    assert "12</data>**" in chart.markup
    assert "** angka sangat sementara" in chart.markup
    assert any("sementara" in sentence for sentence in chart.alt)


def test_labels_of_a_chart_have_the_same_decimals():
    """And as many as it takes to tell different numbers apart."""
    chart = draw("bar", rows_of([12, 3.5, 7.25]))
    assert [node.text() for node in elements(chart, "data[value]")] == ["12,00", "7,25", "3,50"]
    chart = draw("bar", rows_of([2191232, 2169349]), style="short-rupiah")
    assert [node.text() for node in elements(chart, "data[value]")] == ["Rp2,19\u00a0juta", "Rp2,17\u00a0juta"]


def test_the_alt_text_tells_the_chart_within_its_limit():
    """What it shows, trend, highest, lowest, missing, date; whole sentences only; in both languages."""
    rows = [{"label": str(2019 + n), "value": value} for n, value in enumerate([9.41, 10.14, None, 8.47])]
    options = {"style": "percent", "subject": "Penduduk miskin", "as_of": "Maret 2025"}
    told = alt_text(draw("column", rows, **options).alt, 420).striptags()
    assert told == (
        "Diagram kolom: Penduduk miskin. Turun dari 9,41% (2019) menjadi 8,47% (2022). Tertinggi: 2020, 10,14%. "
        "Terendah: 2022, 8,47%. Data per Maret 2025. 1 data belum tersedia."
    )
    english = alt_text(draw("column", rows, language="en", **options).alt, 420).striptags()
    assert english.startswith("Column chart: Penduduk miskin. Down from 9.41% (2019) to 8.47% (2022). Highest: 2020,")
    short = alt_text(draw("column", rows, **options).alt, 60).striptags()
    assert short == "Diagram kolom: Penduduk miskin. Tertinggi: 2020, 10,14%."


def test_marks_are_numbered_in_the_order_of_reveal():
    """Bars from the first to the last; labels and lines are frame."""
    chart = draw("bar", rows_of([5, 4, 3]))
    assert [node.attributes["data-mark"] for node in elements(chart, "[data-mark]")] == ["1", "2", "3"]
    assert all("data-frame" in node.attributes for node in elements(chart, "p"))
    assert [node.attributes["data-of"] for node in elements(chart, "p[data-of]")] == ["1", "2", "3"]


def test_columns_in_time_order_are_never_cut():
    """60 years have an axis, the names of some years, and all their columns."""
    rows = [{"label": str(1966 + year), "value": year + 5} for year in range(60)]
    chart = draw("column", rows)
    assert len(elements(chart, "[data-mark]")) == 60
    lefts = [area(node).left for node in elements(chart, "[data-mark]")]
    assert all(one < two for one, two in pairwise(lefts))


def test_numbers_of_many_columns_stand_on_no_column():
    """A number that is wider than its column stands above the neighbours, with a line down to its own column."""
    rows = [{"label": str(1990 + n), "value": 100_000 + n * 7000 * (0.8 if n % 5 == 0 else 1)} for n in range(36)]
    chart = draw("column", rows, highlight="2020")
    columns = [area(node) for node in elements(chart, "[data-mark]")]
    numbers = [words(node) for node in elements(chart, "p[data-of]")]
    assert len(numbers) >= 2
    assert not [one for one in numbers for column in columns if one.overlap(column)]


def test_charts_in_a_layout_pass_every_check(tmp_path, layout_with_chart):
    """On a page of each shape, with the figures as facts in the asset and none of the checks complaining."""
    from assetgen.layout import Layout
    from assetgen.studio import Studio, Wish

    layout = Layout.load(layout_with_chart)
    with Studio() as studio:
        for name in ("instagram/feed-portrait", "instagram/story", "x/post"):
            wish = Wish(given={"title": "Belanja naik"}, placement=placement.load(name), folder=tmp_path)
            asset = studio.make(layout, Brand.load("sagara"), wish)
            assert not [f"{one.rule}: {one.message}" for one in asset.findings]
            assert {fact.text for fact in asset.facts} >= {"26,8%", "12,6%"}
            assert asset.alt_text.startswith("Diagram batang: Kemiskinan.")


@pytest.mark.parametrize("values", [(Decimal("0.01"), -10), (-1, -6)])
def test_dots_near_zero_stay_inside_where_the_others_are_negative(values):
    """The dot of a lollipop is wider than its value: at the edge it still has its room."""
    names = ("Kabupaten Kepulauan Siau Tagulandang Biaro", "0000000000000")
    rows = [{"label": name, "value": value} for name, value in zip(names, values, strict=True)]
    assert_sound(draw("lollipop", rows, "landscape"), 540, 330)


REGENCIES = [f"Kabupaten Kepulauan Siau Tagulandang Biaro {word}".strip() for word in ("", *"ABCDEFGHIJK")]


@pytest.mark.parametrize("kind", ["bar", "lollipop", "dumbbell", "grouped", "stacked", "stacked-100", "progress"])
@pytest.mark.parametrize("shape", SIZES)
def test_twelve_of_the_longest_names_have_room_in_every_shape(kind, shape):
    """They are set whole, or in their official short forms; a reader finds each number that is shown at its name."""
    rows = [{"label": name, "value": 40 - n, "more": 60 + n, "whole": 100} for n, name in enumerate(REGENCIES)]
    series = {"series": ["value", "more"], "names": ["Desa", "Kota"]} if kind in MANY_SERIES else {}
    whole = {"whole": "whole"} if kind == "progress" else {}
    chart = draw(kind, rows, shape, **series, **whole)
    assert_sound(chart, *SIZES[shape][:2])
    said = " ".join(" ".join(node.text(separator=" ").split()) for node in elements(chart, "p"))
    shown = [name for name in REGENCIES if re.search(rf"(?:{name}|{re.escape(short_form(name))})(?! [A-K]\b)\b", said)]
    assert len(shown) >= 2 and len(shown) == said.count("Tagulandang")


def test_the_second_line_of_a_name_runs_below_its_number():
    """A name of two lines above its bar keeps off the number on the first one, and is whole."""
    name = "Kabupaten Kepulauan Siau Tagulandang Biaro"
    text = fit_beneath(Label.plain(name), (330, 560), LENTERA.ruler, TextStyle(26, 500))
    assert " ".join(text.lines) == name and len(text.lines) == 2
    first, second = (LENTERA.ruler.width(line, TextStyle(26, 500)) for line in text.lines)
    assert first <= 330 and second <= 560
    assert fit_beneath(Label.plain(name * 3), (330, 560), LENTERA.ruler, TextStyle(26, 500)) is None


def test_a_long_name_of_a_comparison_takes_a_line_of_its_own():
    """The label of a line of comparison stays inside a narrow chart, its number whole."""
    rows = rows_of([9, 5])
    chart = draw(
        "bar", rows, width=420, height=420, reference=7, reference_label="Rata-rata seluruh kabupaten dan kota"
    )
    assert_sound(chart, 420, 420)
    assert any(node.text().endswith("7") and "Rata-rata" in node.text() for node in elements(chart, "p"))


def test_a_line_of_comparison_runs_through_no_words():
    """A missing value says so in words; where they cannot stand beside the line, the line leaves their row out."""
    rows = [{"label": name, "value": value} for name, value in (("Aceh", 80), ("Bali", 70), ("Papua", None))]
    chart = draw("bar", rows, "landscape", width=560, height=300, reference=62, style="percent")
    missing = next(words(node) for node in elements(chart, "p") if "belum tersedia" in node.text())
    lines = [area(node) for node in elements(chart, '[data-frame="rule"]') if area(node).width <= 4]
    assert len(lines) == 2  # zero and the comparison
    assert not any(line.overlap(missing) for line in lines)
