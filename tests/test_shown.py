"""What is shown can be read back, and agrees with its value within the rounding that it shows, or not."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assetgen.locale import format_date, format_money, format_number, format_percent, format_short
from assetgen.shown import disagreement, quantities

AGREE = [
    ("Rp4,5 triliun", "4477044000000", "number", "id"),
    ("Rp1 triliun", "1043982000000", "number", "id"),
    ("12,3%", "12.34", "percent", "id"),
    ("12,3 %", "12.25", "percent", "id"),
    ("285 juta jiwa", "284973643", "number", "id"),
    ("Rp171.511", "171511", "money", "id"),
    ("turun 3,2%", "-3.2", "percent", "id"),
    ("\u22123,2%", "-3.2", "percent", "id"),
    ("\u2212Rp5.000", "-5000", "money", "id"),
    ("(5.000)", "-5000", "number", "id"),
    ("naik 1,2 poin persen", "1.2", "number", "id"),
    ("tetap", "0", "percent", "id"),
    ("ke-20", "20", "number", "id"),
    ("2026", "2026", "number", "id"),
    ("10\u00a0rb", "9999.99", "number", "id"),
    ("20th", "20", "number", "en"),
    ("1.2M", "1234567", "number", "en"),
    ("$1.2 million", "1234567", "money", "en"),
    ("17 Agustus 2026", "2026-08-17", "date", "id"),
    ("Senin", "2026-08-17", "date", "id"),
    ("17 Aug 2026", "2026-08-17", "date", "en"),
    ("Agustus 2026", "2026-08-17", "date", "id"),
    ("pukul 09.30 WIB", "09:30:00+07:00", "time", "id"),
    ("9:30 PM", "21:30:00", "time", "en"),
]
DIFFER = [
    ("12,3%", "12.36", "percent", "id"),
    ("12.3%", "12.3", "percent", "id"),
    ("1.234", "1.234", "number", "id"),
    ("1,234", "1.234", "number", "en"),
    ("Rp1,2 triliun", "1260000000000", "money", "id"),
    ("Rp1,2 miliar", "1200000000000", "money", "id"),
    ("285 juta", "285500001", "number", "id"),
    ("106,2", "112.3", "number", "id"),
    ("3,2%", "-3.2", "percent", "id"),
    ("naik 3,2%", "-3.2", "percent", "id"),
    ("turun 3,2%", "3.2", "percent", "id"),
    ("banyak", "38", "number", "id"),
    ("1.000.00", "1000", "number", "id"),
    ("18 Agustus 2026", "2026-08-17", "date", "id"),
    ("17 September 2026", "2026-08-17", "date", "id"),
    ("Selasa", "2026-08-17", "date", "id"),
    ("17 Agustus 2025", "2026-08-17", "date", "id"),
    ("pukul 09.45", "09:30:00", "time", "id"),
    ("x", "y", "number", "id"),
    ("2026", "soon", "date", "id"),
]


@pytest.mark.parametrize(("text", "value", "kind", "language"), AGREE)
def test_what_agrees(text, value, kind, language):
    """Rounding, scale words, currencies, signs in words, parts of dates."""
    assert disagreement(text, value, kind, language) == ""


@pytest.mark.parametrize(("text", "value", "kind", "language"), DIFFER)
def test_what_differs_is_said(text, value, kind, language):
    """One step off, the wrong scale, the wrong sign, another language's style, another day."""
    assert disagreement(text, value, kind, language)


numbers = st.decimals(-(10**15), 10**15, places=4)


@given(numbers, st.sampled_from(["id", "en"]), st.integers(0, 3))
def test_every_form_that_we_write_reads_back(number, language, decimals):
    """Whatever the filters write of a number agrees with it, and differs from one that is two steps away."""
    forms = {
        format_number(number, language): Decimal("0.0001"),
        format_number(number, language, decimals): Decimal(1).scaleb(-decimals),
        format_percent(number, language, decimals): Decimal(1).scaleb(-decimals),
        format_money(number, language, "IDR", decimals): Decimal(1).scaleb(-decimals),
        format_short(number, language, "IDR", decimals): None,
    }
    for text, step in forms.items():
        assert disagreement(text, format(number, "f"), "number", language) == "", text
        if step is not None and number > 10 * step:
            assert disagreement(text, format(number * 3, "f"), "number", language), text


@given(st.dates(), st.sampled_from(["id", "en"]), st.sampled_from(["long", "short", "month", "weekday"]))
def test_every_date_that_we_write_reads_back(day, language, style):
    """All months, in both languages and all styles."""
    assert disagreement(format_date(day, language, style), day.isoformat(), "date", language) == ""


def test_numbers_in_running_text_are_found():
    """With currency, percent sign and scale word; codes are no numbers, and a letter behind one is no scale."""
    text = "Naik 18% menjadi Rp1,2 triliun dari 106,2 (PM2,5, CO2) dan 3T"
    assert [(one.text, one.mark) for one in quantities(text, "id")] == [
        ("18%", "%"),
        ("Rp1,2 triliun", "money"),
        ("106,2", ""),
        ("3", ""),
    ]


@given(st.text(max_size=80), st.sampled_from(["id", "en"]))
def test_any_text_can_be_read(text, language):
    """No text breaks the reader."""
    list(quantities(text, language))
    disagreement(text, "1", "number", language)
    disagreement(text, text, "date", language)
