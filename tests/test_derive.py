"""Derived numbers: the addresses that arithmetic gives can be read and evaluated again, and nothing else can."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assetgen.derive import Area, FormulaError, Unprovable, areas, evaluate, parse
from assetgen.model import Cell, Value, parse_cell
from assetgen.model.cells import LONGEST, call, column_letters, column_number, split_address

HOME = Cell("a.xlsx", "S", "B7")


def cell(address, sheet="S", file="a.xlsx"):
    return Cell(file, sheet, address)


class Data:
    """A source that holds numbers by address; every other cell of a known sheet is missing."""

    def __init__(self, numbers):
        self.numbers = numbers

    def values(self, area):
        (left, top), (right, bottom) = split_address(area.first), split_address(area.last)
        return [
            self.value(Cell(area.file, area.sheet, f"{column_letters(column)}{row}"))
            for column in range(column_number(left), column_number(right) + 1)
            for row in range(top, bottom + 1)
        ]

    def value(self, at):
        number = self.numbers.get(str(at))
        return Value("", None, "missing", "", at) if number is None else Value(str(number), number, "number", "", at)


def values(*numbers, column="B", sheet="S", file="a.xlsx"):
    return [
        Value(str(number), Decimal(number), "number", "", cell(f"{column}{row}", sheet, file))
        for row, number in enumerate(numbers, 2)
    ]


def source(*groups):
    return Data({str(one.cell): one.data for group in groups for one in group})


def test_operators_combine_and_are_evaluated_to_the_same_number():
    """Brackets, constants on both sides, signs and nested quotients."""
    b, c = values(108, 5), values(96, 4, column="C")
    data = source(b, c)
    for made, formula in (
        ((b[0] - c[0]) / c[0] * 100, "(((B2-C2)/C2)*100)"),
        (100 - b[0] / (b[0] + c[0]) * 100, "(100-((B2/(B2+C2))*100))"),
        (-b[1] * 1.5, "((-1*B3)*1.5)"),
        (1 / b[1], "(1/B3)"),
        (2 - (b[0] - c[0]), "(2-(B2-C2))"),
    ):
        assert made.cell.address == formula
        assert evaluate(made.cell, data).data == made.data


def test_a_sum_is_written_as_ranges():
    """However it was added up, without gaps it is one range; a total over a thousand rows stays short."""
    column = values(*range(1, 1001))
    total = sum(column)
    assert total.cell.address == "SUM(B2:B1001)"
    assert evaluate(total.cell, source(column)).data == total.data == 500500
    gaps = [one for number, one in enumerate(column) if number % 3]
    assert call("SUM", [one.cell for one in gaps[:5]]).address == "SUM(B3:B4,B6:B7,B9)"
    assert (gaps[0] + gaps[1] + gaps[2]).cell.address == "SUM(B3:B4,B6)"
    assert call("SUM", [cell("C7"), cell("E7"), cell("D7")]).address == "SUM(C7:E7)"


def test_a_cell_that_is_added_twice_counts_twice():
    """Ranges never swallow a repeated cell."""
    (one,) = values(5)
    twice = call("SUM", [one.cell, one.cell])
    assert evaluate(twice, source([one])).data == 10
    assert evaluate((one + one + one).cell, source([one])).data == 15


def test_other_sheets_and_files_are_named_as_spreadsheets_do():
    """Quotes, exclamation marks and brackets in names survive; the address reads back as it was written."""
    own, other = values(9)[0], values(4, sheet="Tahun '25!")[0]
    far, plain = values(3, file="lama!.xlsx", sheet="S")[0], values(2, file="d.csv", sheet=None)[0]
    made = own - other + far * plain
    assert made.cell.address == "((B2-'Tahun ''25!'!B2)+('[lama!.xlsx]S'!B2*'[d.csv]'!B2))"
    assert parse_cell(str(made.cell)) == made.cell
    assert evaluate(made.cell, source([own, other, far, plain])).data == 11
    turned = far - made
    assert parse_cell(str(turned.cell)) == turned.cell
    assert evaluate(turned.cell, source([own, other, far, plain])).data == -8
    assert [str(area) for area in areas(made.cell)] == [str(one.cell) for one in (own, other, far, plain)]


def test_functions_say_what_spreadsheets_say():
    """Rank with ties, count of filled cells, average, median, rounding half up."""
    column = values(5, 7, 7, 2)
    data = source(column)
    for formula, number in (
        ("RANK(B2,B2:B5)", 3),
        ("RANK(B3,B2:B5)", 1),
        ("RANK(B2,B2:B5,1)", 2),
        ("RANK((B2*2),(B2*2),(B3*2))", 2),
        ("COUNT(B2:B9)", 4),
        ("AVERAGE(B2:B5)", Decimal("5.25")),
        ("MEDIAN(B2:B5)", 6),
        ("MEDIAN(B3:B5)", 7),
        ("MAX(B2:B5)-MIN(B2:B5)", 5),
        ("ROUND(B2/2,0)", 3),
        ("ABS(B5-B2)", 3),
        ("-B2+10", 5),
        ("2*3+4*5-1", 25),
        ("8/4/2", 1),
    ):
        assert evaluate(cell(formula), data).data == number, formula


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        ("B9", None),
        ("SUM(B2:B9)", "a.xlsx!S!B4 is missing"),
        ("B2/(B2-B2)", "divides by zero"),
        ("(B2-B2)/(B2-B2)", "gives no number"),
        ("B2:B3", "a range where one number is wanted"),
        ("RANK(9,B2:B3)", "ranges that hold it"),
        ("ROUND(B2,99)", "0 to 12 digits"),
        ("ABS(B2,B3)", "takes 1 arguments, got 2"),
        ("SUM(B2", "'its end' is not expected"),
        ("B2 B3", "'B3' is not expected"),
        ("OPEN(B2)", "no function OPEN"),
        ("__import__('os')", "is no formula"),
        ("B2**B3", "is no formula"),
        ("1e99", "is no formula"),
        ("B2;B3", "is no formula"),
        ("", "is no formula"),
        ("(" * 500 + "B2" + ")" * 500, "nested too deep"),
        ("+".join(["B2"] * 2000), "more than 200 operations"),
        ("B2" * (LONGEST + 1), "characters"),
        ("-" * 300 + "B2", "is no formula"),
    ],
)
def test_what_is_no_formula_is_refused(formula, message):
    """Every refusal says why; a missing cell on its own is a missing value."""
    data = source(values(5, 6))
    if message is None:
        assert evaluate(cell(formula), data).missing
        return
    with pytest.raises(FormulaError, match=message.replace("(", r"\(")):
        evaluate(cell(formula), data)


def test_too_many_cells_are_told_as_an_area():
    """The address stays short, keeps the doubt and the traces of all its cells, and is never evaluated."""
    scattered = [cell(f"{'BC'[number % 2]}{2 * number}") for number in range(1, 3000)]
    total = call("SUM", scattered)
    assert total.address == "AMONG(B2:C5998)"
    with pytest.raises(Unprovable):
        evaluate((Value("1", Decimal(1), "number", "", total) / 2).cell, source())
    number = values(5)[0]
    for _ in range(200):
        number = number * 2
    assert number.cell.address.count("(") < 60 and "AMONG(B2)" in number.cell.address


names = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12).filter(
    lambda name: not name.startswith("[")
)
cells = st.builds(
    lambda file, sheet, column, row: Cell(file, sheet, f"{column_letters(column)}{row}"),
    names,
    st.none() | names,
    st.integers(1, 18278),
    st.integers(1, 9_999_999),
)
leaves = st.builds(
    lambda at, number: Value(str(number), number, "number", "", at), cells, st.decimals(-999, 999, places=2)
)
formulas = st.recursive(
    leaves,
    lambda inner: st.builds(
        lambda one, sign, two: {"+": one + two, "-": one - two, "*": one * two}[sign],
        inner,
        st.sampled_from("+-*"),
        inner | st.integers(-9, 9) | st.decimals(-9, 9, places=3),
    ),
    max_leaves=12,
)


@given(formulas)
def test_every_address_reads_back(made):
    """Whatever files and sheets are called: text, cell and text again are the same, and all references are found."""
    again = parse_cell(str(made.cell))
    assert (again, str(again)) == (made.cell, str(made.cell))
    assert parse(made.cell)
    assert all(isinstance(area, Area) for area in areas(made.cell))


@given(st.text(st.sampled_from(list("AB19()+-*/,:.'![]SUMRANK _")) | st.characters(), max_size=60))
def test_any_text_is_a_formula_or_refused(text):
    """No text makes the reader raise anything else, or loop."""
    try:
        parse(Cell("a.xlsx", "S", text))
    except FormulaError:
        return
