"""Look up the values of cells in tables that were read: areas go in, values come out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence

from assetgen.derive import Area, FormulaError, OtherSheet, evaluate
from assetgen.model import Row, Table, Value, parse_cell
from assetgen.model.cells import column_number, split_address

MOST_KNOWN = 20_000


class Lookup:
    """A source of values for formulas: the data rows and the totals of tables, by file and sheet.

    `find(file, sheet)` returns a table, or raises FormulaError; it is asked once for each sheet.
    """

    def __init__(self, find: Callable[[str, str | None], Table]) -> None:
        """Take where tables come from."""
        self._find = find
        self._tables: dict[tuple[str, str | None], Table] = {}
        self._known: dict[str, Value | FormulaError] = {}

    def evaluate(self, address: str) -> Value:
        """Return what an address gives, as `derive.evaluate` does; the same address is worked out once.

        Raises FormulaError, also for text that is no address.
        """
        if address not in self._known:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            try:
                self._known[address] = evaluate(parse_cell(address), self)
            except FormulaError as error:
                self._known[address] = error
            except ValueError as error:
                self._known[address] = FormulaError(str(error))
        found = self._known[address]
        if isinstance(found, FormulaError):
            raise found
        return found

    def values(self, area: Area) -> Sequence[Value]:
        """Return the values of all cells of an area; raises FormulaError when a cell is in no row of the table."""
        key = (area.file, area.sheet)
        if key not in self._tables:
            self._tables[key] = self._find(*key)
        table = self._tables[key]
        (left, top), (right, bottom) = split_address(area.first), split_address(area.last)
        first, last = column_number(left), column_number(right)
        columns = [column.key for column in table.columns if first <= column_number(column.letter) <= last]
        rows = [*_between(table.rows, top, bottom), *_between(table.totals, top, bottom)]
        if len(columns) != last - first + 1 or len(rows) != bottom - top + 1:
            raise FormulaError(f"{area} is not in the table any more")
        return [row.values[key] for key in columns for row in rows]


def lookup_in(table: Table) -> Lookup:
    """Return a lookup in one table, which knows no other."""

    def find(file: str, sheet: str | None) -> Table:
        if (file, sheet) != (table.file, table.sheet):
            raise OtherSheet(f"'{sheet or file}' is another sheet")
        return table

    return Lookup(find)


def _between(rows: Sequence[Row], top: int, bottom: int) -> Sequence[Row]:
    """Return the rows of a range of sheet rows; rows stand in the order of the sheet."""
    first = bisect_left(rows, top, key=lambda row: row.number)
    return rows[first : bisect_left(rows, bottom + 1, lo=first, key=lambda row: row.number)]
