"""Prove that numbers and dates survive the way between text and values in both languages."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetgen import locale

NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**14), max_value=10**14, places=4)


@given(NUMBERS, st.sampled_from(["id", "en"]))
@settings(max_examples=300, deadline=None)
def test_every_number_written_in_a_language_reads_back_as_itself(number, language):
    assert locale.parse_number(locale.format_number(number, language), language) == number


@given(NUMBERS, st.sampled_from(["id", "en"]), st.sampled_from(["IDR", "USD"]))
@settings(max_examples=200, deadline=None)
def test_money_reads_back_as_itself(number, language, currency):
    number = number.quantize(Decimal("0.01"))
    amount = locale.parse_amount(locale.format_money(number, language, currency, 2), language)
    assert amount is not None
    assert (amount.number, amount.currency) == (number, currency)


@given(NUMBERS, st.integers(0, 6))
@settings(max_examples=200, deadline=None)
def test_rounding_is_off_by_half_a_unit_at_most(number, decimals):
    shown = locale.parse_number(locale.format_number(number, "id", decimals), "id")
    assert shown is not None
    assert abs(shown - number) <= Decimal("0.5").scaleb(-decimals)


@pytest.mark.parametrize(
    ("text", "style", "number"),
    [
        ("1.234.567,89", "id", "1234567.89"),
        ("1,234,567.89", "en", "1234567.89"),
        ("Rp1.234", "id", "1234"),
        ("Rp 5.000,00", "id", "5000"),
        ("Rp5.000,-", "id", "5000"),
        ("IDR 5,000.00", "en", "5000"),
        ("US$1,000", "en", "1000"),
        ("12,5%", "id", "12.5"),
        ("12.5 %", "en", "12.5"),
        ("(1.234)", "id", "-1234"),
        ("-5", "id", "-5"),
        ("\u22125,5", "id", "-5.5"),
        ("-Rp500", "id", "-500"),
        ("1\u00a0234\u00a0567", "id", "1234567"),
        ("1.5E+09", "en", "1500000000"),
        ("0", "id", "0"),
    ],
)
def test_numbers_are_read_as_people_write_them(text, style, number):
    assert locale.parse_number(text, style) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("1.234.567,89", "en"),
        ("1,234,567.89", "id"),
        ("12.5", "id"),
        ("1.23.456", "id"),
        ("0.123", "id"),
        ("(5", "id"),
        ("--5", "id"),
        ("12 kg", "id"),
        ("", "id"),
        ("-", "id"),
        ("5.1.2", "en"),
        ("Rp1.234", "en"),
        ("1e999999999", "en"),
        ("9" * 100, "id"),
    ],
)
def test_what_is_no_number_of_a_style_is_not_read(text, style):
    assert locale.parse_number(text, style) is None


@pytest.mark.parametrize(
    ("texts", "style"),
    [
        (["1.234", "1.5"], "en"),
        (["1.234", "1.234.567"], "id"),
        (["12,5", "7"], "id"),
        (["1.234", "5.678"], None),
        (["1,234"], None),
        (["12,5", "12.5"], None),
        (["1", "22"], None),
        (["Rp1.234"], "id"),
    ],
)
def test_the_style_of_numbers_is_only_told_when_the_evidence_agrees(texts, style):
    assert locale.number_style_of(texts) == style


@pytest.mark.parametrize(
    ("number", "indonesian", "english"),
    [
        ("1043015885.9999999", "1.043.015.886", "1,043,015,886"),
        ("0.30000000000000004", "0,3", "0.3"),
        ("99999999999999.99", "99.999.999.999.999,99", "99,999,999,999,999.99"),
        ("1234567890123456.78", "1.234.567.890.123.456,78", "1,234,567,890,123,456.78"),
        ("-1234.50", "\u22121.234,5", "\u22121,234.5"),
        ("1E+5", "100.000", "100,000"),
        ("0.000", "0", "0"),
    ],
)
def test_numbers_are_written_without_float_noise_and_without_losing_digits(number, indonesian, english):
    assert locale.format_number(Decimal(number), "id") == indonesian
    assert locale.format_number(Decimal(number), "en") == english


def test_a_number_rounds_half_up_and_never_to_minus_zero():
    assert locale.format_number(Decimal("2.5"), "id", 0) == "3"
    assert locale.format_number(Decimal("-2.5"), "en", 0) == "\u22123"
    assert locale.format_number(Decimal("-0.4"), "id", 0) == "0"
    assert locale.format_number(Decimal("2020"), "id", grouping=False) == "2020"


def test_rupiah_stand_without_a_space():
    assert locale.format_money(Decimal("1234567.89"), "id", decimals=2) == "Rp1.234.567,89"
    assert locale.format_money(Decimal("1234567.89"), "en", decimals=2) == "Rp1,234,567.89"
    assert locale.format_money(Decimal("-1500"), "id") == "\u2212Rp1.500"
    assert locale.format_money(Decimal("9.5"), "en", "USD", 2) == "$9.50"


def test_percent_is_written_in_both_languages():
    assert locale.format_percent(Decimal("12.5"), "id") == "12,5%"
    assert locale.format_percent(Decimal("12.5"), "en") == "12.5%"


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("999", "999"),
        ("1000", "1\u00a0ribu"),
        ("999949", "999,9\u00a0ribu"),
        ("999950", "1\u00a0juta"),
        ("999950000", "1\u00a0miliar"),
        ("1234567890123", "1,2\u00a0triliun"),
        ("-2500000", "\u22122,5\u00a0juta"),
        ("0", "0"),
    ],
)
def test_large_numbers_take_the_scale_word_that_their_rounded_value_needs(number, text):
    assert locale.format_short(Decimal(number), "id") == text


def test_scale_words_exist_in_english_with_currency_and_short():
    value = Decimal("1234567890123")
    assert locale.format_short(value, "en", "IDR") == "Rp1.2\u00a0trillion"
    assert locale.format_short(value, "id", "IDR") == "Rp1,2\u00a0triliun"
    assert locale.format_short(Decimal(12_000), "id", width="short") == "12\u00a0rb"


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("17 Agustus 1945", date(1945, 8, 17)),
        ("17/08/1945", date(1945, 8, 17)),
        ("2026-11-23", date(2026, 11, 23)),
        ("16 Feb 2026", date(2026, 2, 16)),
        ("9 Nopember 2026", date(2026, 11, 9)),
        ("Jumat, 17 Agustus 1945", date(1945, 8, 17)),
        ("March 5, 2026", date(2026, 3, 5)),
        ("2026-02-16 07:00:00", datetime(2026, 2, 16, 7)),
        ("07:30", time(7, 30)),
    ],
)
def test_dates_and_times_are_read_in_both_languages(text, data):
    moment = locale.parse_moment(text)
    assert moment is not None
    assert moment.data == data


def test_times_keep_their_zone():
    for zone, hours in (("WIB", 7), ("WITA", 8), ("WIT", 9)):
        moment = locale.parse_moment(f"Senin, 3 Maret 2025 pukul 09.00 {zone}")
        assert moment is not None and isinstance(moment.data, datetime)
        assert moment.data.tzname() == zone
        assert moment.data.utcoffset().total_seconds() == hours * 3600


@pytest.mark.parametrize("text", ["31 Juni 2020", "30/02/2026", "2026-13-01", "25:00 WIB"])
def test_a_date_that_does_not_exist_is_called_impossible(text):
    assert locale.parse_moment(text).fault == "impossible"
    assert locale.parse_date(text) is None


def test_a_date_without_year_or_day_is_no_exact_date():
    assert locale.parse_moment("18-Mar").fault == "no-year"
    assert locale.parse_moment("Mar 2026").precision == "month"
    assert locale.parse_date("18-Mar") is None
    assert locale.parse_date("Mar 2026") is None


@pytest.mark.parametrize("text", ["Kota 2020", "5.3", "10 km", "-6.89,109.67", "", "Mei", "11.01", "1.02", "2026"])
def test_other_texts_are_no_dates(text):
    assert locale.parse_moment(text) is None


@given(st.dates(date(1000, 1, 1)), st.sampled_from(["id", "en"]), st.sampled_from(["long", "short", "weekday"]))
@settings(max_examples=150, deadline=None)
def test_every_written_date_reads_back_as_itself(day, language, style):
    assert locale.parse_date(locale.format_date(day, language, style)) == day


def test_dates_and_times_are_written_in_both_languages():
    day = date(1945, 8, 17)
    assert locale.format_date(day, "id") == "17\u00a0Agustus\u00a01945"
    assert locale.format_date(day, "en") == "17\u00a0August\u00a01945"
    assert locale.format_date(day, "id", "month") == "Agustus\u00a01945"
    assert locale.format_date(day, "id", "weekday") == "Jumat, 17\u00a0Agustus\u00a01945"
    assert locale.format_time(time(9), "id", "WIB") == "pukul\u00a009.00\u00a0WIB"
    assert locale.format_time(time(9), "en", "WIB") == "09:00\u00a0WIB"
