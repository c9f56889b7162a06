"""Templates: errors name file, line and the nearest name; single expressions keep type and cell; nothing vanishes."""

from datetime import date
from decimal import Decimal

import pytest

from assetgen.errors import LayoutError, Place, SecurityError
from assetgen.model import Cell, Value
from assetgen.parts import built_in
from assetgen.template import Templates


def number(text, address="B2", kind="number"):
    return Value(text, Decimal(text), kind, "", Cell("a.csv", None, address))


MISSING = Value("n/a", None, "missing", "", Cell("a.csv", None, "C4"))
CONTEXT = {
    "language": "id",
    "title": "Judul",
    "persen": number("8.42"),
    "lalu": number("9.03", "C2"),
    "hilang": MISSING,
    "tanggal_data": Value("2026-08-17", date(2026, 8, 17), "date", "", Cell("a.csv", None, "D2")),
    "row": {"nama": "Aceh"},
    "rows": [{"n": number("1", "E2")}, {"n": number("2", "E3")}],
    "gaps": [{"n": number("1", "E2")}, {"n": MISSING}],
}


@pytest.fixture
def templates(tmp_path):
    return Templates((tmp_path,), built_in("layouts") / "_kit")


def message(templates, tmp_path, source):
    """Return the whole message of a template file, its folder left out."""
    (tmp_path / "layout.html").write_text(source, "utf-8")
    with pytest.raises((LayoutError, SecurityError)) as caught:
        templates.render("layout.html", CONTEXT)
    return str(caught.value).replace(f"{tmp_path}/", "")


MESSAGES = {
    "<p>\n{{ titel }}": "layout.html:2: 'titel' is undefined (did you mean 'title'?)",
    "\n\n{{ row.nam }}": "layout.html:3: 'dict object' has no attribute 'nam' (did you mean 'nama'?)",
    "{% if a %}": "layout.html:1: Unexpected end of template. Jinja was looking for the following tags: 'elif' or "
    "'else' or 'endif'. The innermost block that needs to be closed is 'if'.",
    "\n{{ title | rupia }}": "layout.html:2: No filter named 'rupia'. (did you mean 'rupiah'?)",
    "{{ title is nmber }}": "layout.html:1: No test named 'nmber'. (did you mean 'number'?)",
    "\n{{ title | rupiah }}": "layout.html:2: the filter 'rupiah' takes a number, got 'Judul'",
    "{{ persen | percent(digits=1) }}": "layout.html:1: the filter 'percent' got an unexpected keyword argument "
    "'digits' (write it as {{ 12.5 | percent }})",
    "{{ persen / 0 }}": "layout.html:1: a number is divided by zero",
    "{{ hilang }}": "layout.html:1: the value of a.csv!C4 is missing (test it with {% if value %})",
    "{{ persen + title }}": "layout.html:1: '8.42' + 'Judul' is not arithmetic between two numbers",
    "{{ persen < title }}": "layout.html:1: '8.42' < 'Judul' does not compare two values of one kind",
    "{{ rows }}": "layout.html:1: a list cannot be shown (take one of its values, or join them)",
    "{% import 'kit.html' as kit %}": "layout.html:1: there is no template 'kit.html'",
    "{{ icon('map-pinn') }}": "layout.html:1: there is no icon 'map-pinn' (did you mean 'map-pin' (alamat · address)?)",
    "{{ title.__class__ }}": "layout.html:1: access to attribute '__class__' of 'str' object is unsafe.",
    "{{ title | int }}": "layout.html:1: 'Judul' is not a number",
}


@pytest.mark.parametrize("source", MESSAGES)
def test_errors_name_file_line_and_nearest(templates, tmp_path, source):
    """A mistake in a template is told with its file, its line, what was got and the nearest name."""
    assert message(templates, tmp_path, source) == MESSAGES[source]


def test_an_error_in_an_included_file_names_that_file(templates, tmp_path):
    """The line is that of the file in which the mistake stands."""
    (tmp_path / "part.html").write_text("\n\n{{ titel }}")
    assert message(templates, tmp_path, "{% include 'part.html' %}").startswith("part.html:3: 'titel' is undefined")


@pytest.mark.parametrize(
    "source",
    [
        "{{ hilang }}",
        "{{ 'x' ~ hilang }}",
        "{{ hilang | upper }}",
        "{{ hilang | int }}",
        "{{ hilang | round }}",
        "{{ hilang | string }}",
        "{{ hilang | number }}",
        "{{ hilang + 1 }}",
        "{{ 1 - hilang }}",
        "{{ hilang < 3 }}",
        "{{ [hilang, persen] | join(', ') }}",
        "{{ gaps | sum(attribute='n') }}",
        "{{ gaps | map(attribute='n') | join }}",
        "{{ gaps | map(attribute='n') | max }}",
        "{{ gaps | total('n') }}",
    ],
)
def test_a_missing_value_never_becomes_zero_or_vanishes(templates, source):
    """Shown, joined, added up, rounded or compared, a missing value is an error."""
    with pytest.raises(LayoutError):
        templates.render_text(source, CONTEXT)


def test_a_missing_value_can_be_asked_for(templates):
    """`{% if value %}` and `default` are the ways to say what stands in its place; the number 0 is a value."""
    assert templates.render_text("{{ 'ada' if hilang else 'kosong' }}", CONTEXT) == "kosong"
    assert templates.render_text("{{ hilang | default('kosong', true) }}", CONTEXT) == "kosong"
    assert templates.render_text("{{ 'ada' if nol else 'kosong' }}", {**CONTEXT, "nol": number("0")}) == "ada"


def test_one_expression_keeps_type_and_cell(templates):
    """Exactly one `{{ … }}` gives the Value itself; anything around it gives markup with the fact inside."""
    whole = templates.evaluate(" {{ persen }} ", CONTEXT)
    assert whole is CONTEXT["persen"]
    mixed = templates.evaluate("Turun {{ persen }}", CONTEXT)
    assert mixed == 'Turun <data value="8.42" data-kind="number" data-cell="a.csv!B2">8.42</data>'
    assert templates.evaluate("{{ tanggal_data }}{{ persen }}", CONTEXT).startswith('<time datetime="2026-08-17"')
    assert templates.evaluate("{{ rows | map(attribute='n') }}", CONTEXT) == [1, 2]


@pytest.mark.parametrize(
    ("expression", "data", "address"),
    [
        ("persen - lalu", "-0.61", "(B2-C2)"),
        ("100 - persen", "91.58", "(100-B2)"),
        ("persen * 2", "16.84", "(B2*2)"),
        ("2 * persen", "16.84", "(2*B2)"),
        ("persen / 2", "4.21", "(B2/2)"),
        ("-persen", "-8.42", "(-1*B2)"),
        ("1 + persen", "9.42", "(1+B2)"),
        ("rows | sum(attribute='n')", "3", "(E2+E3)"),
        ("rows | total('n')", "3", "SUM(E2:E3)"),
        ("persen | round(1)", "8.4", "ROUND(B2,1)"),
        ("(persen - lalu) | abs", "0.61", "(-1*(B2-C2))"),
        ("[lalu, persen] | min", "8.42", "B2"),
    ],
)
def test_derived_values_keep_addresses(templates, expression, data, address):
    """Arithmetic from either side gives a Value that tells which cells it was made from."""
    value = templates.evaluate(f"{{{{ {expression} }}}}", CONTEXT)
    assert value.data == Decimal(data)
    assert (value.cell.file, value.cell.address) == ("a.csv", address)


def test_comparisons_work_from_both_sides(templates):
    """`<`, `<=`, `>`, `>=`, `==` and `in` compare the number, with a Value or a plain number on either side."""
    for test in ("persen >= 8", "persen <= lalu", "9 > persen", "persen == 8.42 or persen > 8", "lalu > persen"):
        assert templates.evaluate(f"{{{{ {test} }}}}", CONTEXT) is True
    assert templates.evaluate("{{ title in ['Judul'] }}", CONTEXT) is True


def test_an_unknown_name_in_an_expression_is_an_error_at_its_place(templates):
    """The error of an expression carries the place that the campaign gives, at once and not later."""
    with pytest.raises(LayoutError) as caught:
        templates.evaluate("{{ persn }}", CONTEXT, Place("campaign.toml", 14))
    assert str(caught.value) == "campaign.toml:14: 'persn' is undefined (did you mean 'persen'?)"


def test_numbers_keep_their_fact_through_joins(templates):
    """`~`, `join` and `string` write a number as a fact, so that it can be traced."""
    for source in ("{{ 'x ' ~ persen }}", "{{ [persen, 'a'] | join(' ') }}", "{{ persen | string }}"):
        assert 'data-cell="a.csv!B2"' in templates.render_text(source, CONTEXT)
    assert templates.render_text("{{ '<b>' ~ title }}", CONTEXT) == "&lt;b&gt;Judul"


def test_columns_may_have_any_name(templates):
    """Names such as self, context or range are names like others."""
    for name in ("self", "context", "environment", "range", "args", "kwargs"):
        assert (
            templates.evaluate(f"{{{{ {name} }}}}" if name != "self" else "{{ 1 }}", {name: 1, "language": "id"}) == 1
        )


def test_rounding_is_commercial(templates):
    """2.5 becomes 3 and 0.125 becomes 0.13, as everybody outside of computing expects."""
    assert templates.evaluate("{{ v | round }}", {**CONTEXT, "v": number("2.5")}).data == 3
    assert templates.evaluate("{{ v | round(2) }}", {**CONTEXT, "v": number("0.125")}).data == Decimal("0.13")
