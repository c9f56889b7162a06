"""Tell quickly whether long columns add up as they stand: a grid and patterns go in; yes or no comes out."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from assetgen.model import Grid
from assetgen.read.repair.marks import Marks
from assetgen.read.repair.structure import Pattern


def adds_up(grid: Grid, rows: Sequence[int], patterns: Sequence[Pattern], marks: Marks) -> bool:
    """Tell whether every row closes as it is read now; a cell that is no plain number counts as missing."""
    wanted = {column for pattern in patterns for column in (pattern.total, *pattern.parts)}
    columns = {column: _floats(grid, rows, column, marks) for column in wanted}
    for pattern in patterns:
        total = columns[pattern.total]
        parts = np.sum([np.nan_to_num(columns[part]) for part in pattern.parts], axis=0)
        unit = 1.0 if marks.intact and not marks.places else 10.0 ** -(marks.places or 3)
        slack = len(pattern.parts) * unit + 1e-9 * np.abs(parts)
        if not np.all(np.isnan(total) | (np.abs(total - parts) <= slack)):
            return False
    return True


def _floats(grid: Grid, rows: Sequence[int], column: int, marks: Marks) -> NDArray[np.float64]:
    texts = grid.column(column, rows)
    if grid.natives:
        pairs = zip(grid.typed_column(column, rows), texts, strict=True)
        return np.array([_float(typed, text, marks) for typed, text in pairs])
    return np.array([_text_float(text, marks) for text in texts])


def _float(typed: object, text: str, marks: Marks) -> float:
    return float(typed) if isinstance(typed, Decimal) else _text_float(text, marks)


def _text_float(text: str, marks: Marks) -> float:
    if marks.intact:
        text = text.replace(marks.group, "").replace(",", ".")
    elif marks.group == ",":
        text = text.replace(",", ".")
    try:
        return float(text)
    except ValueError:
        return float("nan")
