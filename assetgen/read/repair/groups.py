"""Sort sums by the columns that they tie together: patterns go in; groups of columns with their sums come out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assetgen.read.repair.seen import Sheet
from assetgen.read.repair.structure import Pattern
from assetgen.read.repair.sums import Sum


@dataclass
class Group:
    """Columns that add up together, or one column alone, and all sums over their cells."""

    columns: tuple[int, ...]
    sums: list[Sum] = field(default_factory=list)


def group_columns(sheet: Sheet, patterns: Sequence[Pattern]) -> list[Group]:
    """Return all columns of a table in groups, with the sums of their rows."""
    home = {column: column for column in sheet.columns}
    for pattern in patterns:
        old = {home[column] for column in (pattern.total, *pattern.parts)}
        home = {column: min(old) if at in old else at for column, at in home.items()}
    groups = {at: Group(tuple(column for column in home if home[column] == at)) for at in dict.fromkeys(home.values())}
    for pattern in patterns:
        groups[home[pattern.total]].sums += list(_row_sums(sheet, pattern))
    return list(groups.values())


def _row_sums(sheet: Sheet, pattern: Pattern) -> Iterator[Sum]:
    for row in sheet.rows:
        parts = [(row, column) for column in pattern.parts]
        if (row, pattern.total) in sheet.numbers and not any(cell in sheet.broken for cell in parts):
            held = tuple(cell for cell in parts if cell in sheet.numbers)
            if held:
                yield Sum((row, pattern.total), held)


def column_sums(sheet: Sheet, group: Group, patterns: Sequence[Pattern]) -> Iterator[Sum]:
    """Yield the sums down the columns of a group; `patterns` are of rows."""
    for pattern in patterns:
        for column in group.columns:
            parts = [(row, column) for row in pattern.parts]
            held = tuple(cell for cell in parts if cell in sheet.numbers)
            if (pattern.total, column) in sheet.numbers and held and not any(cell in sheet.broken for cell in parts):
                yield Sum((pattern.total, column), held)
