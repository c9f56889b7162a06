"""Charts along axes: whatever the data, no label leaves or covers another, and nothing missing is invented."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from chart_labels import NUMBERS, assert_apart, drawn, labels
from hypothesis import given, settings
from hypothesis import strategies as st

from assetgen.charts._kit.chart import SIZES
from assetgen.errors import LayoutError
from assetgen.model import Cell, Value

COURSES = ("line", "area", "sparkline")
HOSTILE = '<script>alert("1")</script> & "x" \u202e{{ 7*7 }}'


@given(
    st.sampled_from(COURSES),
    st.sampled_from(list(SIZES)),
    st.sampled_from(["number", "percent", "short-rupiah"]),
    st.lists(NUMBERS, min_size=1, max_size=40),
    st.integers(1, 400),
)
@settings(max_examples=120, deadline=None)
def test_one_series_of_anything_is_drawn_without_collision(kind, shape, style, numbers, gap):
    """Any numbers, any gaps, any dates: drawn with labels apart, or refused for want of room."""
    rows = [{"label": date(2000, 1, 1) + timedelta(gap * n), "value": value} for n, value in enumerate(numbers)]
    try:
        chart = drawn(kind, rows, shape, style=style)
    except LayoutError as error:
        assert "room" in str(error)
        return
    assert_apart(chart, shape)


@given(
    st.sampled_from(list(SIZES)),
    st.integers(1, 12).flatmap(
        lambda count: st.lists(st.lists(NUMBERS, min_size=count, max_size=count), min_size=2, max_size=20)
    ),
    st.booleans(),
)
@settings(max_examples=120, deadline=None)
def test_many_series_are_named_without_collision_or_refused(shape, table, highlighted):
    """The names at the ends of lines never touch; too many lines in colour are refused."""
    columns = [f"s{number}" for number in range(len(table[0]))]
    names = [f"Kabupaten Contoh {number}" for number in range(len(columns))]
    rows = [{"label": 2000 + year, **dict(zip(columns, values, strict=True))} for year, values in enumerate(table)]
    try:
        chart = drawn(
            "line",
            rows,
            shape,
            series=columns,
            names=names,
            highlight=names[0] if highlighted else None,
            brand="sagara",
        )
    except LayoutError as error:
        assert re.search("room|cannot be followed", str(error))
        return
    assert_apart(chart, shape)


@given(
    st.sampled_from(list(SIZES)),
    st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=14),
)
@settings(max_examples=120, deadline=None)
def test_a_slope_of_anything_is_drawn_without_collision(shape, pairs):
    """Names and numbers at both ends never touch; more than fit are refused."""
    rows = [{"label": f"Provinsi {number}", "a": a, "b": b} for number, (a, b) in enumerate(pairs)]
    try:
        chart = drawn("slope", rows, shape, series=["a", "b"], names=["2020", "2025"])
    except LayoutError as error:
        assert "room" in str(error)
        return
    assert_apart(chart, shape)


@pytest.mark.parametrize("kind", COURSES)
@pytest.mark.parametrize(
    "numbers",
    [[5], [5, 7], [3, 3, 3, 3], [0, 0], [-5, -2, -9], [None, None], [None, 4], [4, None], [1e-9, 2e-9], [10**15, 1]],
    ids=str,
)
def test_extreme_series_are_drawn(kind, numbers):
    """One point, two, constant, zero, negative, nothing at all, tiny and huge."""
    chart = drawn(kind, [{"label": 2020 + n, "value": number} for n, number in enumerate(numbers)])
    assert_apart(chart, "portrait")
    assert "nan" not in chart.markup.lower()


def test_five_hundred_points_are_one_line():
    """One mark, and dates at round months."""
    rows = [{"label": date(2025, 1, 1) + timedelta(n), "value": (n * 37) % 101} for n in range(500)]
    chart = drawn("line", rows)
    assert chart.markup.count('stroke-linecap="round"') == 1
    shown = [text for text, _ in labels(chart)]
    assert {"Jan", "2025", "2026"} <= set(shown)
    assert_apart(chart, "portrait")


def test_a_gap_stays_a_gap():
    """The line breaks, the gap is hatched and named, and no stroke passes through it."""
    rows = [{"label": 2020 + n, "value": value} for n, value in enumerate([5, 6, None, 8, 9])]
    chart = drawn("line", rows)
    path = re.search(r'<path d="([^"]+)" stroke-linecap', chart.markup)[1]
    assert path.count("M") == 2
    assert "belum tersedia" in chart.markup
    assert re.search(r'data-grow="fade"[^>]*><?', chart.markup)
    assert any("1 data belum tersedia." in sentence for sentence in chart.alt)


def test_provisional_values_are_dashed_with_an_asterisk():
    """The segment that leads to them is dashed, the number is marked, and the foot explains it."""
    rows = [{"label": 2020 + n, "value": n + 5, "p": "ya" if n == 4 else ""} for n in range(5)]
    chart = drawn("line", rows, provisional="p")
    assert "stroke-dasharray" in chart.markup
    texts = [text.strip() for text, _ in labels(chart)]
    assert "* angka sementara" in texts
    assert any(text.endswith("*") for text in texts)


def test_an_axis_without_zero_says_so_and_an_area_never_lacks_it():
    """Lines may leave zero out, told below; areas start at zero."""
    rows = [{"label": 2020 + n, "value": 90 + n} for n in range(5)]
    assert "Sumbu tegak tidak mulai dari nol" in drawn("line", rows).markup
    assert "The vertical axis does not start at zero" in drawn("line", rows, language="en").markup
    assert "tidak mulai dari nol" not in drawn("line", rows, baseline="zero").markup
    area = drawn("area", rows)
    assert "tidak mulai dari nol" not in area.markup
    assert "0" in [text for text, _ in labels(area)]


def test_time_runs_forward_and_never_twice():
    """Rows out of order are put in order; a moment that occurs twice is refused."""
    rows = [{"label": year, "value": year - 2000} for year in (2023, 2021, 2022)]
    assert "Naik dari" in " ".join(drawn("line", rows).alt)
    with pytest.raises(LayoutError, match="the moment '2021' occurs twice"):
        drawn("line", [*rows, {"label": 2021, "value": 3}])


def test_numbers_are_facts_with_their_cells():
    """Printed values, moments and the alt text carry the cell that they came from."""
    rows = [
        {
            "label": Value(str(year), Decimal(year), "number", "", Cell("a.csv", None, f"A{row}")),
            "value": Value(str(value), Decimal(value), "number", "", Cell("a.csv", None, f"B{row}")),
        }
        for row, (year, value) in enumerate(((2020, 4), (2021, 9), (2022, 7)), 2)
    ]
    chart = drawn("line", rows)
    assert re.search(r'<data value="7"[^>]*data-cell="a.csv!B4">7</data>', chart.markup)
    assert re.search(r'data-cell="a.csv!B3">9</data>', chart.markup)
    assert 'data-cell="a.csv!A4">2022</data>' in chart.markup
    assert "a.csv!B4" in " ".join(chart.alt)


@pytest.mark.parametrize("kind", ["line", "slope"])
def test_hostile_names_are_text(kind):
    """Nothing in a name becomes markup."""
    columns = {"a": 1, "b": 2}
    rows = [{"label": HOSTILE, **columns}, {"label": "Aceh", **columns}]
    options = {"series": ["a", "b"], "names": [HOSTILE[:27], "B"], "highlight": None}
    try:
        chart = drawn(kind, rows, **options)
    except LayoutError:
        return
    assert "<script" not in chart.markup
    assert "<script" not in " ".join(chart.alt)


def test_a_note_is_written_where_nothing_stands():
    """Beside its point, joined to it, over no line and no other label; an unknown point is named with the nearest."""
    rows = [{"label": 2015 + n, "value": value} for n, value in enumerate([10, 12, 14, 6, 7, 9, 13, 15])]
    chart = drawn("line", rows, note="Pandemi menutup pasar", note_at="2018")
    assert_apart(chart, "portrait")
    assert any("Pandemi" in text for text, _ in labels(chart))
    monthly = [{"label": f"2025-{month:02}", "value": month % 5} for month in range(1, 13)]
    assert "Puncak" in drawn("line", monthly, note="Puncak", note_at="Apr 2025").markup
    with pytest.raises(LayoutError, match="note_at names '2081'"):
        drawn("line", rows, note="Pandemi", note_at="2081")


def test_grey_lines_that_have_no_room_for_names_are_counted():
    """Thirty lines and one highlighted: the others are grey, and the foot says how many."""
    columns = [f"s{number}" for number in range(30)]
    rows = [{"label": 2020 + year, **{c: year + n for n, c in enumerate(columns)}} for year in range(4)]
    chart = drawn("line", rows, series=columns, highlight="s7")
    assert any("Garis abu-abu: 29 lainnya" in text for text, _ in labels(chart))
    assert_apart(chart, "portrait")
