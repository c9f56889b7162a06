"""Filters write numbers, dates and times as people write them in both languages, exactly, and as facts."""

from __future__ import annotations

import re
import runpy
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from assetgen import parts
from assetgen.brand import Brand
from assetgen.errors import LayoutError
from assetgen.filters import (
    agrees,
    change,
    date_range,
    growth,
    in_zone,
    line_count,
    plural,
    pukul,
    share,
    short,
    tanggal,
)
from assetgen.locale import parse_date
from assetgen.model import Cell, Value
from assetgen.template import FilterKit, Templates

ROOT = Path(__file__).parents[1]
KIT = parts.built_in("layouts") / "_kit"
ID, EN = FilterKit("id", KIT), FilterKit("en", KIT)
CELL = Cell("apbd.xlsx", "2026", "B7")


def shown(expression, language="id", **context):
    """Return what a template shows, with plain spaces."""
    markup = Templates((ROOT,), KIT).render_text("{{ " + expression + " }}", {"language": language, **context})
    return markup.striptags().replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("expression", "indonesian", "english"),
    [
        ("1234567.89 | rupiah(decimals=2)", "Rp1.234.567,89", "Rp1,234,567.89"),
        ("1234567890123 | short('IDR')", "Rp1,2 triliun", "Rp1.2 trillion"),
        ("999950000 | short('IDR')", "Rp1 miliar", "Rp1 billion"),
        ("12500 | short(width='short')", "12,5 rb", "12.5K"),
        ("2.5 | number(decimals=0)", "3", "3"),
        ("-2.5 | number(decimals=0)", "−3", "−3"),
        ("1.005 | percent(decimals=2)", "1,01%", "1.01%"),
        ("10 | percent(word=true)", "10 persen", "10 percent"),
        ("1 | points", "1 poin persen", "1 percentage point"),
        ("-1 | points", "−1 poin persen", "−1 percentage point"),
        ("1.2 | points(signed=true)", "+1,2 poin persen", "+1.2 percentage points"),
        ("0 | points(signed=true)", "0 poin persen", "0 percentage points"),
        ("3.2 | change", "naik 3,2%", "up 3.2%"),
        ("-3.2 | change", "turun 3,2%", "down 3.2%"),
        ("0 | change", "tetap", "unchanged"),
        ("0.04 | change(decimals=1)", "hampir tetap", "almost unchanged"),
        ("-0.0004 | change('points')", "hampir tetap", "almost unchanged"),
        ("1 | change('points')", "naik 1 poin persen", "up 1 percentage point"),
        ("-10500000 | change('short-rupiah', decimals=0)", "turun Rp11 juta", "down Rp11 million"),
        ("1 | ordinal", "ke-1", "1st"),
        ("11 | ordinal", "ke-11", "11th"),
        ("22 | ordinal", "ke-22", "22nd"),
        ("103 | ordinal", "ke-103", "103rd"),
        ("113 | ordinal", "ke-113", "113th"),
        ("1 | plural('city')", "1 city", "1 city"),
        ("0 | plural('day')", "0 day", "0 days"),
        ("2 | plural('health clinic bus')", "2 health clinic bus", "2 health clinic buses"),
        ("2 | plural('child|children')", "2 child", "2 children"),
        ("2 | plural('person', 'people')", "2 person", "2 people"),
        ("1.0 | plural('hour', decimals=1)", "1,0 hour", "1.0 hours"),
        ("['a'] | and_list", "a", "a"),
        ("['a', 'b'] | and_list", "a dan b", "a and b"),
        ("['a', 'b', 'c'] | and_list", "a, b, dan c", "a, b, and c"),
        ("['a', 'b', 'c'] | and_list('or')", "a, b, atau c", "a, b, or c"),
        ("['a', 'b', 'c', 'd'] | and_list(most=2)", "a, b, dan 2 lainnya", "a, b, and 2 others"),
        ("['a', 'b', 'c'] | and_list(most=2)", "a, b, dan c", "a, b, and c"),
        ("'2026-08-17' | tanggal('day-month')", "17 Agustus", "17 August"),
        ("'2026-08-17' | date_range('2026-08-20')", "17–20 Agustus 2026", "17–20 August 2026"),
        ("'2026-02-28' | date_range('2026-03-03', 'short')", "28 Feb–3 Mar 2026", "28 Feb–3 Mar 2026"),
        (
            "'2026-12-30' | date_range('2027-01-02')",
            "30 Desember 2026–2 Januari 2027",
            "30 December 2026–2 January 2027",
        ),
        ("'2026-08-17' | date_range('2027-08-17')", "17 Agustus 2026–17 Agustus 2027", "17 August 2026–17 August 2027"),
        ("'2026-08-17' | date_range('2026-08-17')", "17 Agustus 2026", "17 August 2026"),
        ("'2026-08-17' | date_range('2026-08-17', 'weekday')", "Senin, 17 Agustus 2026", "Monday, 17 August 2026"),
        (
            "'2026-07-31' | date_range('2026-08-03', 'weekday')",
            "Jumat–Senin, 31 Juli–3 Agustus 2026",
            "Friday–Monday, 31 July–3 August 2026",
        ),
        ("'2026-01-01' | date_range('2026-03-31', 'month')", "Januari–Maret 2026", "January–March 2026"),
        ("'2026-03-01' | date_range('2026-03-31', 'month')", "Maret 2026", "March 2026"),
        ("'09:00' | pukul('WIB')", "pukul 09.00 WIB", "09:00 WIB"),
        ("'09:00' | pukul('WIB', until='12:00')", "pukul 09.00–12.00 WIB", "09:00–12:00 WIB"),
        ("'09.00 WIB' | pukul(until='12.30 WIB')", "pukul 09.00–12.30 WIB", "09:00–12:30 WIB"),
        ("'09.00 WIB' | pukul('WIT', until='11.00 WITA')", "pukul 11.00–12.00 WIT", "11:00–12:00 WIT"),
        ("'09.00 WIB' | pukul(until='12:30')", "pukul 09.00–12.30 WIB", "09:00–12:30 WIB"),
        ("'15:00' | pukul", "pukul 15.00", "15:00"),
        ("'19:30' | pukul('WIT', word=false)", "19.30 WIT", "19:30 WIT"),
        ("'2026-08-17 09:00 WIB' | pukul('Asia/Jayapura')", "pukul 11.00 WIT", "11:00 WIT"),
        ("'2026-08-17 23:30 WIB' | in_zone('WIT') | tanggal", "18 Agustus 2026", "18 August 2026"),
        ("'2026-08-17 23:30 WIB' | in_zone('Asia/Kolkata') | pukul", "pukul 22.00 IST", "22:00 IST"),
        ("'2026-08-17 07:00+05:30' | pukul", "pukul 07.00 UTC+5:30", "07:00 UTC+5:30"),
    ],
)
def test_each_filter_writes_what_people_write(expression, indonesian, english):
    assert (shown(expression), shown(expression, "en")) == (indonesian, english)


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("'x' | points", "the filter 'points' takes a number, got 'x'"),
        ("3 | change('percentage')", "change knows no style 'percentage'"),
        ("0 | ordinal", "the filter 'ordinal' takes a whole number from 1, got '0'"),
        ("2.5 | ordinal", "the filter 'ordinal' takes a whole number from 1, got '2.5'"),
        ("3 | plural", "the filter 'plural' takes the word that is counted"),
        ("[] | and_list", "the filter 'and_list' has nothing to list, or an empty item"),
        ("['a', ' '] | and_list", "the filter 'and_list' has nothing to list, or an empty item"),
        ("'abc' | and_list", "the filter 'and_list' takes a list, got 'abc'"),
        ("['a'] | and_list('nor')", "and_list knows no word 'nor'"),
        ("'2026-08-20' | date_range('2026-08-17')", "the date range ends before it starts: 2026-08-20 to 2026-08-17"),
        ("'31 Juni 2020' | tanggal", "the filter 'tanggal' takes a date, got '31 Juni 2020'"),
        ("'2026-08-17' | tanggal('longest')", "tanggal knows no style 'longest'"),
        ("'2026-08-17' | pukul", "the filter 'pukul' takes a time, got '2026-08-17'"),
        ("'25:00 WIB' | pukul", "the filter 'pukul' takes a time, got '25:00 WIB'"),
        ("'09:00' | pukul('WIP')", "there is no time zone 'WIP'"),
        ("'23:30 WIB' | pukul('WIT')", "23:30 WIB is on another day in WIT"),
        ("'09:00' | pukul('WIB', until='08:00')", "the range of times ends at 08:00, before it starts at 09:00"),
        ("'09.00 WIB' | pukul(until='11.00 WITA')", "the range of times starts and ends in two zones"),
        ("'09:00' | in_zone('WIB')", "09:00 names no zone to convert from"),
        ("'23:30 WIB' | in_zone('WIT')", "23:30 is on another day in WIT, and its date is not known"),
        ("5 | growth(0)", "growth from 0 has no percentage"),
        ("5 | growth(-2)", "growth from -2 has no percentage"),
        ("9 | share(8)", "9 is no part of 8"),
        ("1 | short(width='compact')", "short knows no width 'compact'"),
    ],
)
def test_what_cannot_be_written_is_refused(expression, message):
    with pytest.raises(LayoutError, match=re.escape(message)):
        shown(expression)


def test_a_missing_value_is_refused_everywhere():
    """Never zero, never an empty place."""
    missing = Value("-", None, "missing")
    for name in ("number", "percent", "points", "change", "short", "rupiah", "ordinal", "tanggal", "pukul", "in-zone"):
        with pytest.raises(LayoutError):
            parts.load("filters", name).apply(missing, ID)


def test_a_language_without_words_is_refused_not_guessed():
    """Javanese numbers are known, Javanese words are not."""
    with pytest.raises(LayoutError, match="the filter 'change' speaks id and en, not 'jv'"):
        change.apply(3, FilterKit("jv", KIT))


def test_facts_keep_the_exact_value_and_its_cell():
    """What is rounded, converted or said with a word is still the value of its cell."""
    value = Value("-3,26", Decimal("-3.26"), "percent", "", CELL)
    assert change.apply(value, ID, decimals=1) == (
        '<data value="-3.26" data-kind="percent" data-cell="apbd.xlsx!2026!B7">turun\u00a03,3%</data>'
    )
    start = Value("x", datetime(2026, 8, 17, 23, 30, tzinfo=timezone(timedelta(hours=7), "WIB")), "datetime", "", CELL)
    moved = in_zone.apply(start, ID, "WIT")
    assert pukul.apply(moved, ID) == (
        '<time datetime="2026-08-18T01:30:00+09:00" data-cell="apbd.xlsx!2026!B7">pukul\u00a001.30\u00a0WIT</time>'
    )
    assert tanggal.apply(moved, ID, "short").endswith(">18\u00a0Agu\u00a02026</time>")
    assert date_range.apply(date(2026, 8, 17), ID, date(2026, 8, 20)) == (
        '<time datetime="2026-08-17">17</time>\u2013<time datetime="2026-08-20">20\u00a0Agustus\u00a02026</time>'
    )
    assert plural.apply(2, EN, "<b>") == '<data value="2" data-kind="number">2</data>\u00a0&lt;b&gt;s'
    assert pukul.apply(time(9), ID, "WIB").startswith('<time datetime="09:00:00">')


@pytest.mark.parametrize(
    ("stated", "computed", "expected"),
    [
        ("33.3", "33.333", True),
        ("33", "33.333", True),
        ("34", "33.333", False),
        ("2", "2.5", True),
        ("-28.8", "-28.846", True),
        ("0.30000000000000004", "0.3", True),
        ("5685450000001", "5685450000000", False),
    ],
)
def test_a_statement_agrees_within_half_of_its_last_digit(stated, computed, expected):
    assert agrees.apply(Decimal(stated), ID, Decimal(computed)) is expected


def test_growth_and_share_carry_their_calculation():
    """The cells of both numbers, as a formula that can be computed again."""
    now, before = (
        Value(str(number), Decimal(number), "money", "IDR", Cell("a.xlsx", "2026", address))
        for number, address in ((110, "B7"), (100, "C7"))
    )
    grown = growth.apply(now, ID, before)
    assert (grown.data, grown.kind, str(grown.cell)) == (10, "percent", "a.xlsx!2026!(((B7-C7)/C7)*100)")
    part = share.apply(before, ID, now * 2)
    assert (part.kind, str(part.cell)) == ("percent", "a.xlsx!2026!((C7/(B7*2))*100)")


def test_short_takes_the_currency_of_its_value():
    """Amounts scaled to whole rupiah say triliun and Rp by themselves; an empty currency says the number alone."""
    value = Value("1234567", Decimal(1_234_567_000_000), "money", "IDR", CELL)
    assert ">Rp1,2\u00a0triliun<" in short.apply(value, ID)
    assert ">1,2\u00a0triliun<" in short.apply(value, ID, "")


def test_an_arrow_is_drawn_from_the_kit():
    """No letter is asked of a font that has none; the words stay for those who hear them."""
    for amount, words in ((1, "naik"), (-1, "turun"), (0, "tetap")):
        markup = change.apply(amount, ID, arrow=True)
        assert markup.startswith('<span class="change-mark"><svg class="icon"')
        assert words in markup.striptags()


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 800), st.sampled_from(["id", "en"]))
@settings(max_examples=150, deadline=None)
def test_every_range_of_dates_can_be_read_back(start, days, language):
    """The words before the dash and those that both days share are the start; the words behind it are the end."""
    end = start + timedelta(days)
    text = date_range.apply(start, FilterKit(language, KIT), end).striptags()
    before, _, behind = text.rpartition("\u2013")
    assert parse_date(behind) == end
    if days:
        first = before.split()
        assert parse_date(" ".join(first + behind.split()[len(first) :])) == start


@given(st.decimals(-(10**6), 10**6, places=3), st.integers(0, 2))
@settings(max_examples=150, deadline=None)
def test_a_change_says_its_direction_and_no_other(amount, decimals):
    """Up for more, down for less, and unchanged only for zero."""
    text = change.apply(amount, EN, decimals=decimals).striptags()
    expected = "unchanged" if amount == 0 else "up|almost unchanged" if amount > 0 else "down|almost unchanged"
    assert re.match(expected, text)
    assert text != "almost unchanged" or abs(amount) < Decimal("0.5").scaleb(-decimals)


def test_the_page_of_filters_is_current():
    """Run `python docs/make_filters.py` after a change of a filter."""
    page = runpy.run_path(str(ROOT / "docs" / "make_filters.py"))["page"]()
    assert (ROOT / "docs" / "filters.md").read_text("utf-8") == page


def test_lines_are_counted_as_they_break():
    """At spaces, in the brand's own font and size; what must not be parted is one word, Arabic as narrow as joined."""
    kit = FilterKit("id", KIT, look=Brand.load("lentera").look)
    words = "Kabupaten Kepulauan Siau Tagulandang Biaro"
    assert [line_count.apply(words, kit, width, 28) for width in (700, 400, 250)] == [1, 2, 3]
    assert line_count.apply(words, kit, 400, 56) > 2
    assert line_count.apply(words.replace(" ", "\u00a0"), kit, 100, 28) == 1
    assert line_count.apply(Markup("<b>Siau</b> Biaro"), kit, 400, 28) == 1
    assert line_count.apply("حمّل الشهادة الموقعة إلكترونيا", kit, 500, 28) == 1
    with pytest.raises(LayoutError, match="no brand"):
        line_count.apply(words, ID, 400, 28)
