"""Sort out sums that cannot be: the least and greatest that numbers may be go in; totals that may fit come out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MOST_LINES_CLOSE = 0.6
STRIDES = 6
FEW_ITEMS, MANY_ITEMS = 60, 600
EDGE = 3

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Bounds:
    """The least and the greatest that each item may be in each line (items × lines); missing is not a number."""

    low: Floats
    high: Floats

    def fitting(self, turns: bool) -> Iterator[tuple[int, range]]:
        """Yield each total and the neighbours whose sum it may be in most lines; and of neighbours in turns."""
        count = len(self.low)
        for step in range(1, STRIDES + 1 if turns and count <= FEW_ITEMS else 2):
            for turn in range(step):
                rows = range(turn, count, step)
                for total, first, last in self._runs(rows):
                    yield rows[total], rows[first : last + 1]

    def _runs(self, rows: range) -> Iterator[tuple[int, int, int]]:
        low, high = self.low[list(rows)], self.high[list(rows)]
        sums = [_running(low), _running(high), _running((np.nan_to_num(high) != 0) | (np.nan_to_num(low) != 0))]
        count = len(low)
        for total in range(count):
            tested = ~np.isnan(low[total])
            if not tested.any() or (EDGE <= total < count - EDGE and count > MANY_ITEMS):
                continue
            for first, last in (
                (np.full(max(0, count - total - 2), total + 1), np.arange(total + 2, count)),
                (np.arange(total - 1), np.full(max(0, total - 1), total - 1)),
            ):
                least, most, held = (one[last + 1] - one[first] for one in sums)
                used = tested & (held >= 2)
                slack = count + 1e-9 * np.maximum(np.abs(least), np.abs(most))
                with np.errstate(invalid="ignore"):
                    fits = used & (low[total] <= most + slack) & (high[total] >= least - slack)
                enough = used.any(axis=1) & (fits.sum(axis=1) >= MOST_LINES_CLOSE * used.sum(axis=1))
                for place in np.flatnonzero(enough)[::-1]:
                    yield total, int(first[place]), int(last[place])


def _running(values: NDArray[np.generic]) -> Floats:
    """Return running sums over the items, with a zero in front."""
    plain = np.nan_to_num(values.astype(float))
    return np.vstack([np.zeros((1, plain.shape[1])), np.cumsum(plain, axis=0)])
