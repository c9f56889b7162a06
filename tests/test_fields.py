"""Fields: what is given becomes typed values; everything that does not fit is told at once."""

from datetime import date
from decimal import Decimal

import pytest
from markupsafe import Markup

from assetgen.errors import FieldError, Place, UsageError
from assetgen.fields import FieldContext, fill
from assetgen.layout import FieldSpec, Layout
from assetgen.model import Cell, Value

COLUMNS = {"label": FieldSpec(required=True), "value": FieldSpec(type="number", required=True)}


def layout(**fields):
    return Layout(title="L", description="D", shapes=("square",), fields=fields, alt={"id": ""})


def filled(given, tmp_path, language="id", **fields):
    return fill(layout(**fields), given, FieldContext(language, tmp_path, Place("a.csv", None, None, "A2")))


def problem(spec, value, tmp_path):
    with pytest.raises(FieldError) as caught:
        filled({"f": value}, tmp_path, f=spec)
    return str(caught.value)


def test_every_problem_is_told_at_once(tmp_path):
    """Unknown, missing, too long and wrong fields come in one error, each with place, limits and nearest name."""
    fields = {
        "title": FieldSpec(required=True, max=5, help="One sentence."),
        "value": FieldSpec(type="number"),
        "when": FieldSpec(type="date"),
        "style": FieldSpec(type="choice", choices=("short", "long")),
        "source": FieldSpec(required=True),
    }
    given = {"titel": "x", "title": "terlalu panjang", "value": "dua", "when": "kapan", "style": "wide"}
    with pytest.raises(FieldError) as caught:
        filled(given, tmp_path, **fields)
    assert [str(one) for one in caught.value.problems] == [
        "a.csv!A2: the layout '' has no field 'titel' (did you mean 'title'?)",
        "a.csv!A2: field 'title' is too long: 15 characters, at most 5 (title: One sentence.)",
        "a.csv!A2: field 'value' takes a number, got 'dua'",
        "a.csv!A2: field 'when' takes a date such as '17 Agustus 2026' or 2026-08-17, got 'kapan'",
        "a.csv!A2: field 'style' takes one of short, long; got 'wide'",
        "a.csv!A2: field 'source' is missing a value",
    ]


MISFITS = [
    (FieldSpec(type="number"), float("inf"), "takes a number up to 1e+30, got Infinity"),
    (FieldSpec(type="number"), float("nan"), "takes a number up to 1e+30, got NaN"),
    (FieldSpec(type="number", max=100), 101, "is 101, at most 100 is allowed"),
    (FieldSpec(type="number", min=0), -1, "is -1, at least 0 is allowed"),
    (FieldSpec(type="number"), True, "takes a number, got yes or no"),
    (
        FieldSpec(type="number"),
        Value("n.a.", "n.a.", cell=Cell("a", "S", "B2")),
        "takes a number, got 'n.a.' in a!S!B2",
    ),
    (
        FieldSpec(type="moment"),
        "17 Agustus 2026 09:00",
        "takes a date with hour and zone such as '17 Agustus 2026 09:00 WIB', got '17 Agustus 2026 09:00'",
    ),
    (FieldSpec(type="number", unit="km"), "10 mil", "takes a number, got '10 mil'"),
    (FieldSpec(type="boolean"), "mungkin", "takes yes or no (ya, tidak), got 'mungkin'"),
    (FieldSpec(), ["a"], "takes a text, got a list"),
    (FieldSpec(), object(), "takes a text, got object"),
    (FieldSpec(), True, "takes a text, got bool"),
    (FieldSpec(type="list", max=1), ["a", "b"], "has 2 items, at most 1 fit: shorten the list, or limit it"),
    (FieldSpec(type="list", min=3), ["a", "b"], "has 2 items, at least 3 are needed"),
    (FieldSpec(type="list"), list("a" * 501), "has 501 items, at most 500 are taken"),
    (FieldSpec(required=True), Value("", None, "missing", cell=Cell("a", None, "B9")), "is missing a value in a!B9"),
]


@pytest.mark.parametrize(("spec", "value", "message"), MISFITS)
def test_a_value_that_does_not_fit_is_told(tmp_path, spec, value, message):
    """What was got, what is allowed, and the cell."""
    assert problem(spec, value, tmp_path) == f"a.csv!A2: field 'f' {message}"


def test_a_missing_optional_value_is_none_and_never_zero(tmp_path):
    """Nothing given, blanks and missing cells are None, whatever the type of the field."""
    for kind in ("text", "number", "percent", "date", "boolean", "list", "image", "url"):
        for nothing in (None, "", "  ", Value("-", None, "missing")):
            assert filled({"f": nothing}, tmp_path, f=FieldSpec(type=kind))["f"] is None
    assert filled({}, tmp_path, f=FieldSpec(default="x"))["f"] == "x"


def test_a_number_keeps_its_cell_and_becomes_a_fact(tmp_path):
    """A Value passes unchanged into a number field, and as a fact in the style of the language into a text."""
    value = Value("8,42", Decimal("8.42"), "number", "", Cell("a.csv", None, "C2"))
    assert filled({"f": value}, tmp_path, f=FieldSpec(type="number"))["f"] is value
    text = filled({"f": value}, tmp_path, f=FieldSpec())["f"]
    assert text == '<data value="8.42" data-kind="number" data-cell="a.csv!C2">8,42</data>'
    assert ">8.42<" in filled({"f": value}, tmp_path, "en", f=FieldSpec())["f"]


def test_plain_numbers_and_dates_are_read_in_the_language(tmp_path):
    """Text from the command line is read as people write it."""
    read = filled(
        {"n": "1.234,5", "d": "17 Agustus 2026"}, tmp_path, n=FieldSpec(type="number"), d=FieldSpec(type="date")
    )
    assert (read["n"].data, read["d"].data) == (Decimal("1234.5"), date(2026, 8, 17))
    assert filled({"n": "1,234.5"}, tmp_path, "en", n=FieldSpec(type="number"))["n"].data == Decimal("1234.5")


def test_aliases_fill_their_field(tmp_path):
    """`judul` is `title` where the layout says so."""
    assert filled({"judul": "A"}, tmp_path, title=FieldSpec(aliases=("judul",)))["title"] == "A"
    with pytest.raises(FieldError, match="field 'title' is given twice: 'judul' and 'title'"):
        filled({"judul": "A", "title": "B"}, tmp_path, title=FieldSpec(aliases=("judul",)))


def test_text_is_escaped_once_and_keeps_its_lines(tmp_path):
    """Plain text is escaped, markup from templates is not escaped again, and lines stay apart."""
    assert filled({"f": "a < b\nc"}, tmp_path, f=FieldSpec())["f"] == "a &lt; b<br>c"
    assert filled({"f": Markup("a &lt; b")}, tmp_path, f=FieldSpec())["f"] == "a &lt; b"
    assert filled({"f": "naik 5 persen"}, tmp_path, f=FieldSpec())["f"] == "naik 5\u00a0persen"


def test_rows_tell_row_and_column(tmp_path):
    """A row that lacks a column, or has one too many, is told with its number."""
    spec = FieldSpec(type="rows", columns=COLUMNS)
    good = filled({"f": [{"label": "a", "value": 1}]}, tmp_path, f=spec)["f"]
    assert (good[0]["label"], good[0]["value"].data) == ("a", 1)
    text = problem(spec, [{"label": "a", "value": 1}, {"label": "b"}, {"label": "c", "valu": 2}, 5], tmp_path)
    assert "row 2" in text and "row 3" in text and "row 4" in text


def test_a_number_of_five_thousand_digits_is_too_large(tmp_path):
    """Python itself refuses to write it; the field says so in its own words."""
    assert problem(FieldSpec(type="number"), 10**5000, tmp_path) == (
        "a.csv!A2: field 'f' takes a number up to 1e+30, got 1.000e+5000"
    )


@pytest.mark.parametrize("language", ["zz", "../x", "", "ID", "id_ID"])
def test_an_unknown_language_is_named(tmp_path, language):
    """Numbers and dates could not be written in it."""
    with pytest.raises(UsageError, match="there is no language"):
        filled({}, tmp_path, language, f=FieldSpec())


def test_a_moment_has_its_zone_and_a_number_may_have_its_unit(tmp_path):
    """What a feed writes, `10 km` and a date with hour and zone, becomes a number and a moment."""
    spec, text = FieldSpec(type="moment"), "17 Agustus 2026 pukul 09.00 WITA"
    assert filled({"f": text}, tmp_path, f=spec)["f"].data.isoformat() == "2026-08-17T09:00:00+08:00"
    given = Value("10.5 km", "10.5 km", cell=Cell("a", "S", "B2"))
    depth = filled({"f": given}, tmp_path, f=FieldSpec(type="number", unit="km"))["f"]
    assert (depth.data, depth.unit, str(depth.cell)) == (Decimal("10.5"), "km", "a!S!B2")
