"""Scatter plots, histograms, heat maps and small multiples: any data draw without collision, or are refused."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from chart_labels import NUMBERS, assert_apart, drawn, labels
from hypothesis import given, settings
from hypothesis import strategies as st

from assetgen.charts._kit.chart import SIZES
from assetgen.errors import LayoutError
from assetgen.model import Cell, Value

SHAPE = st.sampled_from(list(SIZES))


def drawn_or_refused(kind, rows, shape, **options):
    try:
        chart = drawn(kind, rows, shape, **options)
    except LayoutError as error:
        assert re.search("room|too long|no number", str(error))
        return None
    assert_apart(chart, shape)
    return chart


@given(SHAPE, st.lists(st.tuples(NUMBERS, NUMBERS, st.one_of(st.none(), st.integers(0, 999))), min_size=1, max_size=30))
@settings(max_examples=80, deadline=None)
def test_a_scatter_plot_of_anything(shape, rows):
    """Names never touch; rows that lack a number are counted, not drawn."""
    listed = [{"label": f"Kota {number}", "x": x, "y": y, "s": s} for number, (x, y, s) in enumerate(rows)]
    chart = drawn_or_refused("scatter", listed, shape, size="s", x_name="Luas", y_name="Jiwa")
    if chart:
        whole = sum(None not in row for row in rows)
        assert chart.marks == whole
        assert ("tanpa data" in chart.markup) == (whole < len(rows))


@given(SHAPE, st.lists(NUMBERS, min_size=1, max_size=60), st.sampled_from(["freedman-diaconis", "sturges"]))
@settings(max_examples=80, deadline=None)
def test_a_histogram_of_anything(shape, numbers, bins):
    """The counts that are written never exceed the rows, and nothing missing is counted."""
    rows = [{"value": number} for number in numbers]
    chart = drawn_or_refused("histogram", rows, shape, bins=bins, value_name="Nilai", count_name="kota")
    if chart:
        counts = [int(found) for found in re.findall(r'data-of="\d+"[^>]*><data value="(\d+)"', chart.markup)]
        assert sum(counts) <= sum(number is not None for number in numbers)


@given(
    SHAPE,
    st.integers(1, 12).flatmap(
        lambda count: st.lists(st.lists(NUMBERS, min_size=count, max_size=count), min_size=1, max_size=14)
    ),
)
@settings(max_examples=80, deadline=None)
def test_a_heat_map_of_anything(shape, table):
    """Each cell is one mark, the missing ones hatched."""
    columns = [f"k{number}" for number in range(len(table[0]))]
    rows = [{"label": f"Kabupaten {n}", **dict(zip(columns, row, strict=True))} for n, row in enumerate(table)]
    chart = drawn_or_refused("heat-map", rows, shape, series=columns)
    if chart:
        assert chart.marks == len(columns) * len(table)


@given(
    SHAPE,
    st.sampled_from(["line", "area", "column"]),
    st.integers(1, 9).flatmap(
        lambda count: st.lists(st.lists(NUMBERS, min_size=count, max_size=count), min_size=1, max_size=12)
    ),
)
@settings(max_examples=80, deadline=None)
def test_small_multiples_of_anything(shape, form, table):
    """Panels, names and last numbers keep apart."""
    columns = [f"Kota {number}" for number in range(len(table[0]))]
    rows = [{"label": 2000 + n, **dict(zip(columns, row, strict=True))} for n, row in enumerate(table)]
    drawn_or_refused("small-multiples", rows, shape, series=columns, form=form)


def test_edges_of_a_histogram_are_given_or_refused():
    """Given edges are used; those that leave numbers out, or do not rise, are refused."""
    rows = [{"value": number} for number in (1, 2, 7)]
    texts = [text for text, _ in labels(drawn("histogram", rows, edges=[0, 5, 10]))]
    assert {"0", "5", "10", "2", "1"} <= set(texts)
    with pytest.raises(LayoutError, match="the edges leave numbers out"):
        drawn("histogram", rows, edges=[2, 5, 10])
    with pytest.raises(LayoutError, match="edges are two or more rising numbers"):
        drawn("histogram", rows, edges=[5, 0])


def test_counts_name_the_cells_that_were_counted():
    """A count of a histogram is a fact with the address of its calculation."""
    rows = [{"value": Value(str(n), Decimal(n), "number", "", Cell("a.csv", None, f"B{n}"))} for n in (2, 3, 4)]
    chart = drawn("histogram", rows, edges=[0, 10])
    assert 'data-cell="a.csv!COUNT(B2,B3,B4)">3</data>' in chart.markup


def test_a_class_counts_only_its_own_cells():
    """Each count names the cells of its class and no other."""
    rows = [{"value": Value(str(n), Decimal(n), "number", "", Cell("a.csv", None, f"B{n}"))} for n in (2, 3, 8)]
    chart = drawn("histogram", rows, edges=[0, 5, 10])
    assert 'data-cell="a.csv!COUNT(B2,B3)">2</data>' in chart.markup
    assert 'data-cell="a.csv!COUNT(B8)">1</data>' in chart.markup


def test_bubbles_have_no_negative_area():
    """A negative size is refused with a reason."""
    with pytest.raises(LayoutError, match="a bubble has no negative area"):
        drawn("scatter", [{"label": "a", "x": 1, "y": 2, "s": -3}], size="s")


def test_a_heat_map_without_room_for_numbers_has_a_scale():
    """Many columns: colours stay, the lowest and the highest number stand at the ends of the scale."""
    columns = [f"{number}" for number in range(1, 25)]
    rows = [{"label": f"Kota {n}", **{c: n * 1000 + int(c) for c in columns}} for n in range(1, 6)]
    chart = drawn("heat-map", rows, series=columns)
    texts = [text for text, _ in labels(chart)]
    assert {"1.001", "5.024"} <= set(texts)
    assert 'data-frame="legend"' in chart.markup


def test_numbers_on_both_sides_of_zero_take_two_colours():
    """The highest gain and the deepest loss differ in hue; the same distance from zero is equally strong."""
    rows = [{"label": "a", "x": -8, "y": 8}]
    colours = re.findall(r"background:(#[0-9a-f]{6})", drawn("heat-map", rows, series=["x", "y"]).markup)
    assert len(set(colours)) == 2
