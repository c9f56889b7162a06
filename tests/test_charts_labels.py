"""Names on charts that come as marked-up words stay what they are: facts with their cells, and plain text unescaped."""

from datetime import date
from decimal import Decimal

from markupsafe import Markup

from assetgen.charts._kit.rows import as_value
from assetgen.facts import fact, value_in
from assetgen.fields import text_of
from assetgen.model import Cell, Value

YEAR = Value("2020", Decimal(2020), "year", "", Cell("umk.csv", None, "J2"))


def test_a_year_is_written_without_marks_of_thousands():
    assert text_of(YEAR, "id").striptags() == "2020"
    assert text_of(Value("2020", Decimal(2020), "number"), "id").striptags() == "2.020"


def test_a_fact_as_a_name_keeps_its_value_and_cell():
    found = as_value(text_of(YEAR, "id"))
    assert (found.raw, found.data, found.kind, found.cell) == ("2020", Decimal(2020), "year", YEAR.cell)


def test_a_date_as_a_name_is_a_date():
    found = value_in(fact("17 Agustus 2026", Value("2026-08-17", date(2026, 8, 17), "date")))
    assert (found.raw, found.data) == ("17 Agustus 2026", date(2026, 8, 17))


def test_words_around_a_fact_make_it_text():
    found = value_in(Markup("Tahun {}").format(fact("2020", YEAR)))
    assert (found.raw, found.kind) == ("Tahun 2020", "text")


def test_escaped_names_are_escaped_once():
    assert as_value(Markup("Bangka &amp; Belitung")).raw == "Bangka & Belitung"
    assert value_in(Markup('<data value="x">1</data>')).kind == "text"
