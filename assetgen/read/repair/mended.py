"""Hold what repair gives to the rest of reading: the grid put right, and what is told of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from assetgen.locale import parse_amount
from assetgen.model import Grid, Remark, Repair, Table
from assetgen.read.evidence import ColumnCells
from assetgen.read.repair.seen import Spot

# Remarks that put whole columns into doubt: too much where each cell was proved or refused on its own.
COLUMN_DOUBTS = frozenset(
    (
        "ambiguous-number",
        "mixed-number-styles",
        "numbers-and-words",
        "style-from-other-columns",
        "suspect-decimals",
        "text-in-numbers",
    )
)


@dataclass(frozen=True)
class Mended:
    """A grid in which proved numbers are typed.

    `settled` are the columns whose every cell is proved or refused, `suspects` those that `remarks` put into doubt.
    """

    grid: Grid
    cells: Sequence[ColumnCells] = ()
    repairs: Mapping[str, Repair] = field(default_factory=dict)
    proved: tuple[int, ...] = ()
    refused: tuple[str, ...] = ()
    settled: frozenset[int] = frozenset()
    suspects: frozenset[int] = frozenset()
    remarks: tuple[Remark, ...] = ()

    def told(self, column: int, remarks: Sequence[Remark]) -> Sequence[Remark]:
        """Return what is still to be told of a column."""
        if column not in self.settled:
            return remarks
        return [remark for remark in remarks if remark.code not in COLUMN_DOUBTS]

    def table(self, table: Table) -> Table:
        """Return a table that tells its repairs."""
        repairs = tuple(self.repairs.values())
        return replace(table, repairs=repairs, proved=self.proved, refused=self.refused) if self.settled else table


def patched(grid: Grid, numbers: Mapping[Spot, Decimal]) -> Grid:
    """Return a grid that holds the numbers as typed values; texts stay as they are."""
    currencies = dict(grid.currencies)
    percents = set(grid.percents)
    for row, column in numbers:
        text = grid.column(column, (row,))[0].strip()
        amount = parse_amount(text, "id") or parse_amount(text, "en")
        if amount and amount.currency:
            currencies.setdefault((row, column), amount.currency)
        if amount and amount.percent:
            percents.add((row, column))
    return replace(grid.with_natives(numbers), currencies=currencies, percents=frozenset(percents))
