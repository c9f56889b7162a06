"""Hold cells by column and give them out by row, since a hundred thousand rows cost more than twelve columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Generic, TypeVar, overload

Held = TypeVar("Held")


class Lines(Sequence[tuple[Held, ...]], Generic[Held]):
    """Rows of cells that are made where somebody asks for them; row and column are counted from 0."""

    __slots__ = ("_height", "columns")

    def __init__(self, columns: Sequence[Sequence[Held]], height: int | None = None) -> None:
        self.columns = columns
        self._height = height if height is not None else len(columns[0]) if columns else 0

    @classmethod
    def of(cls, rows: Sequence[Sequence[Held]]) -> Lines[Held]:
        """Return the lines of rows of the same width."""
        return rows if isinstance(rows, cls) else cls(list(map(list, zip(*rows, strict=True))), len(rows))

    def column(self, column: int, rows: Sequence[int]) -> list[Held]:
        """Return the cells of a column in rows that ascend; the list is not to be changed."""
        cells = self.columns[column]
        if len(rows) == self._height and isinstance(cells, list):
            return cells
        if rows and rows[-1] - rows[0] == len(rows) - 1:
            return list(cells[rows[0] : rows[-1] + 1])
        return [cells[row] for row in rows]

    def with_cells(self, cells: Mapping[tuple[int, int], Held]) -> Lines[Held]:
        """Return lines with other cells at some places, by (row, column)."""
        columns = list(self.columns)
        for column in {column for _, column in cells}:
            columns[column] = list(columns[column])
        for (row, column), cell in cells.items():
            columns[column][row] = cell  # type: ignore[index]  # the columns that change are lists, as just made
        return Lines(columns, self._height)

    def __len__(self) -> int:
        """Return how many rows there are."""
        return self._height

    @overload
    def __getitem__(self, key: int) -> tuple[Held, ...]: ...

    @overload
    def __getitem__(self, key: slice) -> Lines[Held]: ...

    def __getitem__(self, key: int | slice) -> tuple[Held, ...] | Lines[Held]:
        """Return one row, or the rows of a slice."""
        if isinstance(key, slice):
            return Lines([cells[key] for cells in self.columns], len(range(*key.indices(self._height))))
        if not -self._height <= key < self._height:
            raise IndexError(key)
        return tuple([cells[key] for cells in self.columns])

    def __iter__(self) -> Iterator[tuple[Held, ...]]:
        """Yield the rows from top to bottom."""
        return zip(*self.columns, strict=True) if self.columns else iter([()] * self._height)

    def __eq__(self, other: object) -> bool:
        """Compare row by row, also with a tuple or list of rows."""
        if not isinstance(other, Sequence) or isinstance(other, str):
            return NotImplemented
        return len(self) == len(other) and all(one == tuple(two) for one, two in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]  # it is compared by its cells, which are lists

    def __repr__(self) -> str:
        """Return the rows as they would be written."""
        return repr(tuple(self))
