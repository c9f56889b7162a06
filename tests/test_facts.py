"""Facts: every shown number and date carries its value and cell, escaped and exact."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest

from assetgen.errors import LayoutError
from assetgen.facts import fact, number_value, require_number
from assetgen.model import Cell, Value

CELL = Cell("a b.xlsx", 'Data "1"', "B7")


@pytest.mark.parametrize(
    ("value", "markup"),
    [
        (Value("8,42", Decimal("8.420"), "percent"), '<data value="8.42" data-kind="percent">x</data>'),
        (Value("1E+6", Decimal("1E+6"), "number"), '<data value="1000000" data-kind="number">x</data>'),
        (Value("0", Decimal("0.00"), "number"), '<data value="0" data-kind="number">x</data>'),
        (Value("-5", Decimal("-5"), "money", "Rp"), '<data value="-5" data-kind="money" data-unit="Rp">x</data>'),
        (Value("d", date(2026, 8, 17), "date"), '<time datetime="2026-08-17">x</time>'),
        (Value("t", time(9, 30), "time"), '<time datetime="09:30:00">x</time>'),
        (Value("m", datetime(2026, 8, 17, 9, 30), "datetime"), '<time datetime="2026-08-17T09:30:00">x</time>'),
    ],
)
def test_a_fact_holds_the_exact_value(value, markup):
    """Numbers in full, without exponent or trailing zeros; dates as ISO 8601."""
    assert fact("x", value) == markup


def test_a_fact_holds_its_cell_and_escapes_everything():
    """Names of files and sheets, units and text cannot break out of the element."""
    text = fact('<b>"', Value("1", Decimal(1), "number", '"><', CELL))
    assert text == (
        '<data value="1" data-kind="number" data-unit="&#34;&gt;&lt;" data-cell="a b.xlsx!Data &#34;1&#34;!B7">'
        "&lt;b&gt;&#34;</data>"
    )


def test_numbers_of_all_kinds_become_values():
    """Whole, decimal and binary numbers do; yes and no, text and missing values do not."""
    assert [number_value(one).data for one in (1, 1.5, Decimal("0.1"))] == [1, Decimal("1.5"), Decimal("0.1")]
    assert [number_value(one) for one in (True, "1", None, Value("x", "x"), Value("", None, "missing"))] == [None] * 5
    with pytest.raises(LayoutError, match="the filter 'rupiah' takes a number, got 'x'"):
        require_number("x", "rupiah")
