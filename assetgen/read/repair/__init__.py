"""Repair numbers that a program with another locale damaged: a grid goes in; one put right, with proofs, comes out.

Opened in the wrong locale, `487.030` becomes 487.03 and `4.000` becomes 4, while `4.047.191` and `1.234,5` stay text.
What adds up tells what the numbers were: each cell has a few readings, and where exactly one combination of them closes
a sum, and could hardly do so by accident, its numbers are proved. What nothing proves is left as it was, in doubt.

The steps: `marks` looks for signs of damage, cheaply; `seen` reads cells; `structure` finds what adds up; `judge` tells
what happened to the columns that add up together; `prove` proves cells by sums, which `sums` closes; `shares` proves
by percentages what no sum decides; `lost` doubts what may be damaged though nothing tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assetgen.model import Grid
from assetgen.read.evidence import ColumnCells
from assetgen.read.find import Region
from assetgen.read.header import Heading
from assetgen.read.kinds import tells_no_style
from assetgen.read.options import ReadOptions
from assetgen.read.repair.lost import TOTAL, Known, lost_marks
from assetgen.read.repair.marks import find_marks
from assetgen.read.repair.mended import Mended

__all__ = ["Mended", "repair"]

MOST_COLUMNS = 80


def repair(grid: Grid, region: Region, heads: Sequence[Heading], options: ReadOptions, file: str) -> Mended:
    """Return the grid of a table with the numbers put right that sums prove.

    A table that shows no damage, or whose number style is pinned, is returned as it is.
    """
    cells = [ColumnCells(grid, region.body, column) for column in region.columns]
    numeric = [one for head, one in zip(heads, cells, strict=True) if _may_be_amounts(head, options)]
    marks = None if options.number_style else find_marks(numeric)
    if marks is None or not region.body:
        return Mended(grid, cells)
    mended = Mended(grid)
    if len(numeric) <= MOST_COLUMNS:
        # Only here, since it needs numpy, which most tables do without.
        from assetgen.read.repair.run import mend

        mended = mend(grid, region, heads, [one.column for one in numeric], marks, file)
    if mended.grid is not grid:
        cells = [ColumnCells(mended.grid, region.body, column) for column in region.columns]
    own = {one.column for one in numeric}
    pairs = [pair for pair in zip(cells, heads, strict=True) if pair[0].column in own - mended.settled]
    edges = {row for row in (region.body[0], region.body[-1]) if any(map(TOTAL.match, grid.texts[row]))}
    doubted = lost_marks(pairs, marks, Known(mended.suspects, grid.decimals, edges))
    return replace(mended, cells=cells, remarks=(*mended.remarks, *doubted))


def _may_be_amounts(head: Heading, options: ReadOptions) -> bool:
    pinned = {*options.text_columns, *options.decimal_columns}
    return not tells_no_style(head.name) and pinned.isdisjoint((head.name, head.key))
