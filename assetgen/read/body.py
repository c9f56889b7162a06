"""Hold the cells of a table by column, as they were understood, and give them out as rows when somebody asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import overload

from assetgen.model import Cell, Column, MarkStatus, Repair, Row, RowPlace, Value, ValueData, ValueKind

Odd = tuple[ValueKind, str]


@dataclass(frozen=True)
class Filled:
    """The cells of one column from top to bottom; `odd` tells kind and unit where they are not those of the column.

    `marks` are what footnotes say of single cells, `always` what they say of all its figures.
    """

    column: Column
    raws: Sequence[str]
    data: Sequence[ValueData]
    kind: ValueKind
    odd: Mapping[int, Odd] = field(default_factory=dict)
    indents: Mapping[int, int] = field(default_factory=dict)
    marks: Mapping[int, tuple[MarkStatus, ...]] = field(default_factory=dict)
    always: tuple[MarkStatus, ...] = ()

    def indent(self, index: int) -> int:
        """Return how far a text is indented, in spaces; a step of a spreadsheet's own indentation counts as two."""
        text = self.raws[index]
        space = text[: len(text) - len(text.lstrip())]
        return self.indents.get(index, 0) * 2 + len(space.expandtabs(4))

    def is_missing(self, index: int) -> bool:
        """Tell whether a cell holds no value."""
        return self.data[index] is None

    def kind_of(self, index: int) -> ValueKind:
        """Return the kind of a cell."""
        if self.data[index] is None:
            return "missing"
        return self.odd[index][0] if index in self.odd else self.kind


@dataclass(frozen=True)
class Body:
    """The cells of a table: `numbers` are the numbers of its rows in the sheet, counted from 1.

    `marks` are what footnotes say of the figures of a row, `repairs` what was put right, by address.
    """

    file: str
    sheet: str | None
    numbers: Sequence[int]
    columns: tuple[Filled, ...]
    marks: Mapping[int, tuple[MarkStatus, ...]] = field(default_factory=dict)
    repairs: Mapping[str, Repair] = field(default_factory=dict)

    def value(self, index: int, filled: Filled) -> Value:
        """Return one cell as a value."""
        data, column = filled.data[index], filled.column
        kind, unit = filled.odd.get(index, (filled.kind, column.unit))
        if data is None:
            kind, unit = "missing", ""
        elif column.style == "year" and kind == "number":  # written without marks of thousands
            kind = "year"
        cell = Cell(self.file, self.sheet, f"{column.letter}{self.numbers[index]}")
        repair = self.repairs.get(cell.address) if self.repairs else None
        return Value(filled.raws[index], data, kind, unit, cell, repair, self._marks(index, filled))

    def _marks(self, index: int, filled: Filled) -> tuple[MarkStatus, ...]:
        own = filled.marks.get(index, ())
        if isinstance(filled.data[index], Decimal) and filled.column.style not in ("year", "index"):
            return tuple(dict.fromkeys((*own, *filled.always, *self.marks.get(index, ()))))
        return own

    def row(self, index: int, place: RowPlace) -> Row:
        """Return one row."""
        values = {filled.column.key: self.value(index, filled) for filled in self.columns}
        return Row(self.numbers[index], values, place)

    def address(self, index: int, place: int = 0) -> str:
        """Return the address of a cell of a row, of its first column unless told."""
        return f"{self.columns[place].column.letter}{self.numbers[index]}"


class Rows(Sequence[Row]):
    """Rows of a body that are made where they are asked for: a hundred thousand cost nothing until then."""

    def __init__(
        self, body: Body, picked: Sequence[int], places: Mapping[int, RowPlace], labels: Sequence[str] = ()
    ) -> None:
        self._body = body
        self._picked = picked
        self._places = places
        self._labels = labels

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self._picked)

    @overload
    def __getitem__(self, key: int) -> Row: ...

    @overload
    def __getitem__(self, key: slice) -> Sequence[Row]: ...

    def __getitem__(self, key: int | slice) -> Row | Sequence[Row]:
        """Return a row, or the rows of a slice."""
        if isinstance(key, slice):
            return Rows(self._body, self._picked[key], self._places, self._labels)
        return self._made(self._picked[key])

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows from top to bottom."""
        return map(self._made, self._picked)

    def __eq__(self, other: object) -> bool:
        """Compare row by row, also with a tuple or list of rows."""
        if not isinstance(other, Sequence) or isinstance(other, str):
            return NotImplemented
        return len(self) == len(other) and all(one == two for one, two in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]  # it is compared by its rows, which hold mappings

    def _made(self, index: int) -> Row:
        place = self._places.get(index) or RowPlace(self._labels[index] if self._labels else "")
        return self._body.row(index, place)
