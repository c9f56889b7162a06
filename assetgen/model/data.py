"""Hold data as it was read: values with their cells, columns, rows, tables and the records made from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Literal

from assetgen.model.cells import Cell, Number, operation
from assetgen.model.lines import Lines

ValueKind = Literal["text", "number", "money", "percent", "year", "date", "time", "datetime", "boolean", "missing"]
ValueData = str | Decimal | date | time | datetime | bool | None


MarkStatus = Literal["provisional", "very provisional", "revised", "estimate", "note"]


@dataclass(frozen=True, slots=True)
class Repair:
    """What reading put right in one cell whose number a program with another locale had damaged, and how it is proved.

    `raw` is the text of the cell, `was` the number that it would be without the repair (None where it would be no
    number), `became` the number that it is, both in the unit of the cell. `proof` is a sentence with addresses and
    figures: the one sum that closes.
    """

    cell: Cell
    raw: str
    was: Decimal | None
    became: Decimal
    proof: str


@dataclass(frozen=True, slots=True, eq=False)
class Value:
    """One cell as it was written and as it was understood.

    `raw` is the text of the cell; `data` is what it means: exact decimals for numbers (18 % is the number 18 with kind
    "percent"), dates and times, text for text and codes, None for missing. Compared with plain data, a Value stands
    for its data; sums and quotients of values keep the addresses of the cells that they were made from. `repair` says
    how the number was put right, where it was; `marks` what footnotes say of it, such as "provisional".
    """

    raw: str
    data: ValueData = None
    kind: ValueKind = "text"
    unit: str = ""
    cell: Cell | None = None
    repair: Repair | None = None
    marks: tuple[MarkStatus, ...] = ()

    @property
    def missing(self) -> bool:
        """Tell whether the cell holds no value."""
        return self.kind == "missing"

    def __bool__(self) -> bool:
        """Tell whether there is a value; the number 0 is one, so that templates never hide it."""
        return not self.missing and self.data is not False and self.data != ""

    def __str__(self) -> str:
        """Return the raw text."""
        return self.raw

    def __index__(self) -> int:
        """Return a whole number as Python counts with it, such as in slices; raises TypeError for anything else."""
        if not isinstance(self.data, Decimal) or self.data != int(self.data):
            raise TypeError(f"'{self.raw}' is no whole number")
        return int(self.data)

    def __eq__(self, other: object) -> bool:
        """Compare the data, with another Value or with plain data."""
        return self.data == (other.data if isinstance(other, Value) else other)

    def __hash__(self) -> int:
        """Hash the data, so that a Value finds what its data would find."""
        return hash(self.data)

    def __lt__(self, other: Value | ValueData) -> bool:
        """Compare the data; raises TypeError for data of different kinds."""
        return self._compare(other, "<", lambda a, b: a < b)

    def __le__(self, other: Value | ValueData) -> bool:
        """Compare the data; raises TypeError for data of different kinds."""
        return self._compare(other, "<=", lambda a, b: a <= b)

    def __gt__(self, other: Value | ValueData) -> bool:
        """Compare the data; raises TypeError for data of different kinds."""
        return self._compare(other, ">", lambda a, b: a > b)

    def __ge__(self, other: Value | ValueData) -> bool:
        """Compare the data; raises TypeError for data of different kinds."""
        return self._compare(other, ">=", lambda a, b: a >= b)

    def __add__(self, other: Value | Number) -> Value:
        """Return the sum of two numbers."""
        return self._derive(other, "+", lambda a, b: a + b)

    def __sub__(self, other: Value | Number) -> Value:
        """Return the difference of two numbers."""
        return self._derive(other, "-", lambda a, b: a - b)

    def __mul__(self, other: Value | Number) -> Value:
        """Return the product of two numbers."""
        return self._derive(other, "*", lambda a, b: a * b)

    def __truediv__(self, other: Value | Number) -> Value:
        """Return the quotient of two numbers; raises ZeroDivisionError."""
        return self._derive(other, "/", lambda a, b: a / b)

    def __radd__(self, other: Number) -> Value:
        """Return the sum of two numbers; a sum over values starts at 0, which adds nothing to the addresses."""
        return self if other == 0 and isinstance(self.data, Decimal) else self._derive(other, "+", _sum, reverse=True)

    def __rsub__(self, other: Number) -> Value:
        """Return the difference of two numbers."""
        return self._derive(other, "-", lambda a, b: a - b, reverse=True)

    def __rmul__(self, other: Number) -> Value:
        """Return the product of two numbers."""
        return self._derive(other, "*", lambda a, b: a * b, reverse=True)

    def __rtruediv__(self, other: Number) -> Value:
        """Return the quotient of two numbers; raises ZeroDivisionError."""
        return self._derive(other, "/", lambda a, b: a / b, reverse=True)

    def __neg__(self) -> Value:
        """Return the number with the other sign."""
        return self._derive(-1, "*", lambda a, b: a * b, reverse=True)

    def __abs__(self) -> Value:
        """Return the number without its sign."""
        return -self if isinstance(self.data, Decimal) and self.data < 0 else self

    def _compare(self, other: Value | ValueData, sign: str, apply: Callable[[Any, Any], bool]) -> bool:
        try:
            return apply(self.data, other.data if isinstance(other, Value) else other)
        except TypeError:
            shown = [f"'{side}'" if str(side) else "an empty cell" for side in (self, other)]
            raise TypeError(f"{shown[0]} {sign} {shown[1]} does not compare two values of one kind") from None

    def _derive(self, other: Value | Number, sign: str, apply: Arithmetic, reverse: bool = False) -> Value:
        data = other.data if isinstance(other, Value) else _decimal(other)
        names = (self, other) if not reverse else (other, self)
        if not isinstance(self.data, Decimal) or not isinstance(data, Decimal):
            shown = [f"'{side}'" if str(side) else "an empty cell" for side in names]
            raise TypeError(f"{shown[0]} {sign} {shown[1]} is not arithmetic between two numbers")
        result = apply(data, self.data) if reverse else apply(self.data, data)
        first, second = (_operand(side) for side in names)
        marks = self.marks
        if isinstance(other, Value) and other.marks != marks:
            marks = tuple(dict.fromkeys((*marks, *other.marks)))
        return Value(str(result), result, "number", "", operation(first, sign, second), marks=marks)


Arithmetic = Callable[[Decimal, Decimal], Decimal]


def _sum(first: Decimal, second: Decimal) -> Decimal:
    return first + second


def _decimal(number: object) -> Decimal | None:
    plain = isinstance(number, (int, float, Decimal)) and not isinstance(number, bool)
    return Decimal(str(number)) if plain else None


def _operand(side: Value | Number) -> Cell | Number:
    """Return what stands for an operand in the address of a result: its cell, else its number."""
    if not isinstance(side, Value):
        return side
    return side.cell or (side.data if isinstance(side.data, Decimal) else 0)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: the name that people see, and the key that expressions use.

    Where the file counts in thousands or more, `scale` is the factor that values were multiplied by, `unit` what they
    count now, and `written_unit` what the file says.
    """

    key: str
    name: str
    header: tuple[str, ...]
    kind: ValueKind
    letter: str
    unit: str = ""
    style: str = ""
    written_unit: str = ""
    scale: int = 1


RowRole = Literal["data", "total", "subtotal", "group", "nation", "average", "heading"]


@dataclass(frozen=True, slots=True)
class RowPlace:
    """Where a row stands in its table: what it is about, its level from 1 at the top, and the row that it is part of.

    `parent` is the number of that row in the sheet, `parent_label` what it is about; a row without parts is a `leaf`.
    Rows that are no data of their own (totals, groups of islands, the nation) say so in `role`.
    """

    label: str = ""
    level: int = 1
    parent: int | None = None
    parent_label: str = ""
    leaf: bool = True
    role: RowRole = "data"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its values by column key, its number in the sheet, and its place among the others."""

    number: int
    values: Mapping[str, Value]
    place: RowPlace = RowPlace()

    def __getitem__(self, key: str) -> Value:
        """Return the value of a column."""
        return self.values[key]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that reading noticed and a person should know: what was decided, and where."""

    code: str
    message: str
    cells: tuple[str, ...] = ()
    severity: Literal["info", "warning"] = "info"


@dataclass(frozen=True, slots=True)
class Mark:
    """A footnote mark of a table: its sign (empty where all figures are meant), its words, and what it says of figures.

    `areas` are the cells that carry it, as A1 references and ranges.
    """

    sign: str
    text: str
    status: MarkStatus
    areas: tuple[str, ...] = ()


@dataclass(frozen=True)
class Grid:
    """The cells of one sheet before they are understood; row 1 is `texts[0]`, every row has the same width.

    `texts` holds what a person sees. `natives` (same shape, or empty) holds the typed values of formats that have
    them: Decimal, date, time, datetime, bool; None for text and empty cells. `currencies` names the currency of cells
    whose format shows one. `merges` are (top, left, bottom, right), counted from 0, ends included. `indents` are
    the steps by which the format of a cell indents its text. `decimals` are columns whose format asks for decimals.
    `header` is the
    number of header rows where the format fixes it (records, frames), else None.
    """

    name: str | None
    texts: Sequence[Sequence[str]]
    natives: Sequence[Sequence[ValueData]] = ()
    percents: frozenset[tuple[int, int]] = frozenset()
    currencies: Mapping[tuple[int, int], str] = field(default_factory=dict)
    merges: tuple[tuple[int, int, int, int], ...] = ()
    indents: Mapping[tuple[int, int], int] = field(default_factory=dict)
    decimals: frozenset[int] = frozenset()
    header: int | None = None
    hidden: bool = False
    encoding: str = ""
    delimiter: str = ""
    remarks: tuple[Remark, ...] = ()

    def __post_init__(self) -> None:
        """Hold the cells by column, however they were given."""
        object.__setattr__(self, "texts", Lines.of(self.texts))
        object.__setattr__(self, "natives", Lines.of(self.natives))

    def column(self, column: int, rows: Sequence[int]) -> list[str]:
        """Return the texts of a column in rows that ascend, counted from 0."""
        return Lines.of(self.texts).column(column, rows)

    def typed_column(self, column: int, rows: Sequence[int]) -> list[ValueData]:
        """Return the typed values of a column in rows that ascend, counted from 0; nothing where there are none."""
        return Lines.of(self.natives).column(column, rows) if self.natives else []

    def with_texts(self, texts: Mapping[tuple[int, int], str]) -> Grid:
        """Return a grid with other texts at some places, by (row, column)."""
        return replace(self, texts=Lines.of(self.texts).with_cells(texts)) if texts else self

    def with_natives(self, natives: Mapping[tuple[int, int], ValueData]) -> Grid:
        """Return a grid with other typed values at some places, by (row, column)."""
        blank: Sequence[Sequence[ValueData]] = Lines([[None] * len(self.texts) for _ in self.texts[0]], len(self.texts))
        return replace(self, natives=Lines.of(self.natives or blank).with_cells(natives))


@dataclass(frozen=True, slots=True)
class Table:
    """A table found in a sheet: columns, data rows, and kept apart the title, unit line, totals and notes.

    `repairs` are the cells that were put right, `proved` the numbers of the rows whose every number is proved (read
    right, or put right), `refused` the addresses of cells in damaged columns that nothing proves: they stay in doubt.
    `marks` are the footnote marks of its figures, which must be shown with them.
    """

    file: str
    sheet: str | None
    columns: tuple[Column, ...]
    rows: Sequence[Row]
    totals: Sequence[Row] = ()
    title: tuple[str, ...] = ()
    unit_line: str = ""
    notes: tuple[str, ...] = ()
    header_rows: tuple[int, ...] = ()
    encoding: str = ""
    delimiter: str = ""
    number_style: str = ""
    remarks: tuple[Remark, ...] = ()
    repairs: tuple[Repair, ...] = ()
    proved: tuple[int, ...] = ()
    refused: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """What one asset is made from: the fields of a layout, filled."""

    slug: str
    fields: Mapping[str, object]
    row: int | None = None
