"""Read the formulas in addresses of derived numbers, and evaluate them from cells: `((F8/E8)*100)`, `SUM(I2:I39)`.

The language is small, and arithmetic only:

    formula   = term {("+" | "-") term}
    term      = factor {("*" | "/") factor}
    factor    = ["-"] (number | reference | "(" formula ")" | NAME "(" argument {"," argument} ")")
    argument  = range | formula
    reference = [place "!"] A1          place: 'sheet', '[file]sheet' or '[file]', in quotes; a quote in it is doubled
    range     = [place "!"] A1 ":" A1

Functions: SUM, AVERAGE, MEDIAN, MIN, MAX over ranges and numbers; COUNT, the cells that are filled; ROUND(number,
digits), half up; ABS; RANK(number, range[, 1]), the place of the number from the highest (with 1: the lowest), where
equals share a place. AMONG(range) stands for a number that was made of too many cells to list them: it is never
evaluated. A missing cell, or one without a number, is an error: it is never taken for zero.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from assetgen.model import Cell, Mark, Table, Value, parse_cell
from assetgen.model.cells import DEEPEST, LONGEST, QUOTED, REFERENCE, column_number, resolve, split_address

MOST_DIGITS = 60
# Formulas are evaluated by recursion.
MOST_OPERATIONS = 200
# Long quotients end in other digits where they were added up in another order.
SAME = Decimal("1e-20")
_TOKEN = re.compile(
    rf"\s*(?:(?P<reference>(?:{QUOTED}!)?[A-Z]{{1,3}}\d{{1,7}}(?::[A-Z]{{1,3}}\d{{1,7}})?(?![\w(]))"
    rf"|(?P<number>\d{{1,{MOST_DIGITS}}}(?:\.\d{{1,{MOST_DIGITS}}})?(?![\w.]))|(?P<name>[A-Z]+)(?=\()|(?P<sign>[-+*/(),]))"
)


class FormulaError(ValueError):
    """A text that is no formula, or a formula that cannot be evaluated from these cells."""


class Unprovable(FormulaError):  # noqa: N818 — it is no mistake: the formula says so itself
    """A formula that tells among which cells its numbers are, but not which."""


class OtherSheet(FormulaError):  # noqa: N818 — it is no mistake: the sheet is not at hand
    """A formula over a sheet that the source does not hold."""


@dataclass(frozen=True, slots=True)
class Area:
    """The cells from `first` to `last` (A1 references, ends included; the same for one cell) in a sheet of a file."""

    file: str
    sheet: str | None
    first: str
    last: str

    def __str__(self) -> str:
        """Write the area as an address."""
        return str(Cell(self.file, self.sheet, self.first if self.first == self.last else f"{self.first}:{self.last}"))


class Source(Protocol):
    """Where the values of cells come from."""

    def values(self, area: Area) -> Sequence[Value]:
        """Return the values of all cells of an area, missing ones too; raises FormulaError when a cell is not there."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number that is written in a formula."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Operation:
    """Two formulas with `+`, `-`, `*` or `/` between them."""

    sign: str
    first: Formula
    second: Formula


@dataclass(frozen=True, slots=True)
class Call:
    """A function and its arguments."""

    name: str
    arguments: tuple[Formula, ...]


Formula = Number | Area | Operation | Call


def parse(cell: Cell) -> Formula:
    """Return the formula of an address, a single reference included; raises FormulaError."""
    if len(cell.address) > 2 * LONGEST:
        raise FormulaError(f"the formula has {len(cell.address):,} characters, at most {2 * LONGEST:,} are read")
    return _Parser(cell).whole()


def evaluate(cell: Cell, source: Source) -> Value:
    """Return what an address says now: the value of its cell, or the number that its formula gives.

    Raises FormulaError when it is no formula, or a cell is gone or holds no number; Unprovable for AMONG.
    """
    formula = parse(cell)
    if isinstance(formula, Area):
        return _only(formula, source)
    try:
        number = _number(formula, source)
    except ArithmeticError as error:
        what = "divides by zero" if isinstance(error, ZeroDivisionError) else "gives no number"
        raise FormulaError(f"{cell.address} {what}") from None
    return Value(str(number), number, "number", "", cell)


def areas(cell: Cell) -> Iterator[Area]:
    """Yield the areas that an address refers to, without evaluating anything."""
    for found in REFERENCE.finditer(cell.address):
        first = found["first"]
        yield Area(*resolve(found, cell), first, (found["last"] or "").lstrip(":") or first)


def marks_of(address: str, table: Table | None) -> tuple[Mark, ...]:
    """Return the footnote marks of a table that the cells of an address carry; nothing for text that is no address."""
    if not address or table is None or not table.marks:
        return ()
    try:
        own = [area for area in areas(parse_cell(address)) if (area.file, area.sheet) == (table.file, table.sheet)]
    except ValueError:
        return ()
    return tuple(mark for mark in table.marks if any(_meets(area, other) for area in own for other in mark.areas))


def _meets(area: Area, other: str) -> bool:
    first, _, last = other.partition(":")
    return overlap(area, Area(area.file, area.sheet, first, last or first))


def overlap(one: Area, two: Area) -> bool:
    """Tell whether two areas have a cell in common, as if they were of one sheet."""
    (left, top), (right, bottom) = split_address(one.first), split_address(one.last)
    (other_left, other_top), (other_right, other_bottom) = split_address(two.first), split_address(two.last)
    if top > other_bottom or other_top > bottom:
        return False
    return column_number(left) <= column_number(other_right) and column_number(other_left) <= column_number(right)


def written(value: Value) -> str:
    """Return the data of a value as facts carry it: a decimal number in full, or ISO 8601."""
    data = value.data
    if isinstance(data, Decimal):
        return format(data.normalize(), "f")
    return data.isoformat() if isinstance(data, (date, time)) else str(data)


def same_value(told: str, found: Value) -> bool:
    """Tell whether what a fact carries is a value, up to the noise of long quotients; moments may be in other zones."""
    data = found.data
    try:
        if isinstance(data, Decimal):
            return abs(Decimal(told) - data) <= abs(data) * SAME
        if isinstance(data, datetime) and data.utcoffset() is not None:
            return datetime.fromisoformat(told) == data
        if isinstance(data, time) and data.utcoffset() is not None:
            return _minutes(time.fromisoformat(told)) == _minutes(data)
    except (ArithmeticError, ValueError, TypeError):
        return False
    return told == written(found)


def _minutes(clock: time) -> float:
    """Return a time of day in minutes of universal time, whatever day that is."""
    offset = clock.utcoffset() or timedelta()
    return (clock.hour * 60 + clock.minute + clock.second / 60 - offset.total_seconds() / 60) % 1440


class _Parser:
    """Read one formula by recursive descent, no deeper than formulas are made."""

    def __init__(self, home: Cell) -> None:
        self.home, self.text = home, home.address
        self.position = self.depth = self.operations = 0
        self._next()

    def whole(self) -> Formula:
        formula = self._sum()
        if self.kind:
            raise self._unexpected()
        return formula

    def _next(self) -> None:
        rest = self.text[self.position :].strip()
        self.found = _TOKEN.match(self.text, self.position) if rest else None
        if rest and not self.found:
            raise FormulaError(f"'{self.text[:60]}' is no formula: it is not read from '{rest[:20]}'")
        self.kind = (self.found.lastgroup or "") if self.found else ""
        self.token = self.found[self.kind] if self.found else ""
        self.position = self.found.end() if self.found else len(self.text)

    def _unexpected(self) -> FormulaError:
        return FormulaError(f"'{self.text[:60]}' is no formula: '{self.token or 'its end'}' is not expected")

    def _take(self, signs: str) -> str:
        """Return the next token where it is one of these signs, and go on; else nothing."""
        sign = self.token if self.kind == "sign" and self.token in signs else ""
        if sign:
            self._next()
        return sign

    def _sum(self) -> Formula:
        return self._chain("+-", self._product)

    def _product(self) -> Formula:
        return self._chain("*/", self._factor)

    def _chain(self, signs: str, part: Callable[[], Formula]) -> Formula:
        self.depth += 1
        # Each bracket is a sum of products.
        if self.depth > 2 * DEEPEST + 8:
            raise FormulaError(f"'{self.text[:60]}' is nested too deep")
        formula = part()
        while sign := self._take(signs):
            self.operations += 1
            if self.operations > MOST_OPERATIONS:
                raise FormulaError(f"'{self.text[:60]}' has more than {MOST_OPERATIONS} operations")
            formula = Operation(sign, formula, part())
        self.depth -= 1
        return formula

    def _factor(self) -> Formula:
        if self._take("-"):
            return Operation("-", Number(Decimal(0)), self._atom())
        return self._atom()

    def _atom(self) -> Formula:
        kind, token = self.kind, self.token
        if kind == "name":
            return self._call()
        if kind == "number":
            self._next()
            return Number(Decimal(token))
        if kind == "reference":
            self._next()
            return next(areas(Cell(self.home.file, self.home.sheet, token)))
        if not self._take("("):
            raise self._unexpected()
        formula = self._sum()
        self._close()
        return formula

    def _call(self) -> Formula:
        name = self.token
        if name not in FUNCTIONS:
            raise FormulaError(f"'{self.text[:60]}' is no formula: there is no function {name[:20]}")
        self._next()
        self._take("(")
        arguments = [self._sum()]
        while self._take(","):
            arguments.append(self._sum())
        self._close()
        return Call(name, tuple(arguments))

    def _close(self) -> None:
        if not self._take(")"):
            raise self._unexpected()


def _number(formula: Formula, source: Source) -> Decimal:
    if isinstance(formula, Number):
        return formula.value
    if isinstance(formula, Operation):
        first, second = _number(formula.first, source), _number(formula.second, source)
        return _SIGNS[formula.sign](first, second)
    if isinstance(formula, Call):
        return FUNCTIONS[formula.name](formula.arguments, source)
    return _decimal(_only(formula, source), formula)


_SIGNS: Mapping[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": lambda first, second: first + second,
    "-": lambda first, second: first - second,
    "*": lambda first, second: first * second,
    "/": lambda first, second: first / second,
}


def _only(area: Area, source: Source) -> Value:
    if area.first != area.last:
        raise FormulaError(f"{area} is a range where one number is wanted")
    return source.values(area)[0]


def _decimal(value: Value, area: Area) -> Decimal:
    if not isinstance(value.data, Decimal):
        shown = "is missing" if value.missing else f"is '{value.raw[:40]}', no number"
        raise FormulaError(f"{value.cell or area} {shown}")
    return value.data


def _all(arguments: Sequence[Formula], source: Source) -> list[Decimal]:
    """Return the numbers of all arguments, those of ranges one by one."""
    found: list[Decimal] = []
    for one in arguments:
        if isinstance(one, Area):
            found += [_decimal(value, one) for value in source.values(one)]
        else:
            found.append(_number(one, source))
    return found


def _taking(apply: Callable[[list[Decimal]], Decimal]) -> Callable[[Sequence[Formula], Source], Decimal]:
    return lambda arguments, source: apply(_all(arguments, source))


def _average(numbers: list[Decimal]) -> Decimal:
    return sum(numbers, Decimal(0)) / len(numbers)


def _median(numbers: list[Decimal]) -> Decimal:
    # The module `statistics` costs 10 ms to import, in every start of the program.
    ranked, middle = sorted(numbers), len(numbers) // 2
    return ranked[middle] if len(ranked) % 2 else (ranked[middle - 1] + ranked[middle]) / 2


def _count(arguments: Sequence[Formula], source: Source) -> Decimal:
    counted = 0
    for one in arguments:
        counted += sum(not value.missing for value in source.values(one)) if isinstance(one, Area) else 1
    return Decimal(counted)


def _round(arguments: Sequence[Formula], source: Source) -> Decimal:
    number, digits = _exactly(2, arguments, source, "ROUND")
    if digits != int(digits) or not 0 <= digits <= 12:
        raise FormulaError(f"ROUND takes 0 to 12 digits, got {digits}")
    return number.quantize(Decimal(1).scaleb(-int(digits)), ROUND_HALF_UP)


def _absolute(arguments: Sequence[Formula], source: Source) -> Decimal:
    return abs(_exactly(1, arguments, source, "ABS")[0])


def _exactly(count: int, arguments: Sequence[Formula], source: Source, name: str) -> list[Decimal]:
    if len(arguments) != count:
        raise FormulaError(f"{name} takes {count} arguments, got {len(arguments)}")
    return [_number(one, source) for one in arguments]


def _rank(arguments: Sequence[Formula], source: Source) -> Decimal:
    lowest = len(arguments) > 2 and arguments[-1] == Number(Decimal(1))
    first, *others = arguments[:-1] if lowest else arguments
    own = _number(first, source)
    numbers = [data for one in others for data in _present(one, source)]
    if not others or own not in numbers:
        raise FormulaError("RANK takes a number, and ranges that hold it")
    return Decimal(1 + sum(other < own if lowest else other > own for other in numbers))


def _present(formula: Formula, source: Source) -> Iterator[Decimal]:
    """Yield the numbers of a range, those that are missing left out, or the one number of a formula."""
    if isinstance(formula, Area):
        yield from (value.data for value in source.values(formula) if isinstance(value.data, Decimal))
    else:
        yield _number(formula, source)


def _among(_: Sequence[Formula], __: Source) -> Decimal:
    raise Unprovable("made of too many cells to list them")


FUNCTIONS: Mapping[str, Callable[[Sequence[Formula], Source], Decimal]] = {
    "ABS": _absolute,
    "AMONG": _among,
    "AVERAGE": _taking(_average),
    "COUNT": _count,
    "MAX": _taking(max),
    "MEDIAN": _taking(_median),
    "MIN": _taking(min),
    "RANK": _rank,
    "ROUND": _round,
    "SUM": _taking(lambda numbers: sum(numbers, Decimal(0))),
}
