"""Find what adds up in a table: its numbers go in; patterns of a total and its parts, by column or by row, come out.

A total stands beside its parts: to their left or right, above or below; or, where columns come in turns (target,
realised, target, realised), beside those of its own turn. Parts that were found are left out of the next look, so that
totals of totals are found too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

import numpy as np

from assetgen.read.repair.bounds import MOST_LINES_CLOSE, Bounds
from assetgen.read.repair.seen import UNTOUCHED, Damage, Sheet, Spot
from assetgen.read.repair.sums import Sum, close

# Digits of evidence that all lines together must give, and those that a name such as "Jumlah" leaves to give.
ENOUGH, NAMED, WEAK = 8.0, 3.0, 2.0
MOST_TRIES = 400
ENOUGH_TRIED = 8


@dataclass(frozen=True, slots=True)
class Pattern:
    """A total and its parts: numbers of columns, or of rows."""

    total: int
    parts: tuple[int, ...]


@dataclass(frozen=True)
class Axis:
    """Columns looked at along their rows, or rows along their columns.

    `turns`: items may stand in turns, as columns do. `named` items are called totals.
    """

    sheet: Sheet
    items: Sequence[int]
    lines: Sequence[int]
    spot: Callable[[int, int], Spot]
    damages: Sequence[Damage]
    known: Mapping[Spot, Decimal]
    turns: bool = False
    named: frozenset[int] = frozenset()

    def equation(self, pattern: Pattern, line: int) -> Sum | None:
        """Return the sum of a pattern in a line; None where a cell is broken or fewer than two parts are not zero."""
        parts = tuple(self.spot(item, line) for item in pattern.parts)
        total = self.spot(pattern.total, line)
        numbers, broken = self.sheet.numbers, self.sheet.broken
        if total not in numbers or any(cell in broken for cell in parts):
            return None
        held = tuple(cell for cell in parts if cell in numbers)
        return Sum(total, held) if sum(bool(numbers[cell].plain) for cell in held) >= 2 else None

    def bounds(self, damage: Damage) -> Bounds:
        """Return the least and the greatest that each item may be in each line under a damage."""
        low = np.full((len(self.items), len(self.lines)), np.nan)
        high = low.copy()
        for row, item in enumerate(self.items):
            for column, line in enumerate(self.lines):
                cell = self.spot(item, line)
                if (seen := self.sheet.numbers.get(cell)) is not None:
                    known = self.known.get(cell) if damage.eaten else None
                    readings = (known,) if known is not None else damage.readings(seen)
                    low[row, column], high[row, column] = float(min(readings)), float(max(readings))
        return Bounds(low, high)


def find_patterns(axis: Axis, enough: float = ENOUGH) -> list[Pattern]:
    """Return the patterns of an axis, those of single items before those of totals."""
    bounds = [axis.bounds(damage) for damage in (UNTOUCHED, *axis.damages)]
    index = {item: place for place, item in enumerate(axis.items)}
    left = list(axis.items)
    found: list[Pattern] = []
    while len(left) >= 3:
        scored = []
        for pattern in _plausible(left, index, bounds, axis.turns):
            needed = min(enough, NAMED) if pattern.total in axis.named else enough
            if (score := _score(axis, pattern, needed))[0]:
                scored.append((score, len(pattern.parts), pattern))
        taken = _disjoint([pattern for *_, pattern in sorted(scored, key=lambda one: one[:2], reverse=True)], found)
        if not taken:
            return found
        found.extend(taken)
        parts = {part for pattern in taken for part in pattern.parts}
        left = [item for item in left if item not in parts]
    return found


def _disjoint(patterns: Sequence[Pattern], found: Sequence[Pattern]) -> list[Pattern]:
    """Return the best patterns that share no part and no total; a total may be a part of another."""
    totals = {pattern.total for pattern in found}
    taken: list[Pattern] = []
    used: set[int] = set()
    for pattern in patterns:
        if pattern.total not in totals and not used.intersection(pattern.parts):
            taken.append(pattern)
            totals.add(pattern.total)
            used.update(pattern.parts)
    return taken


def _plausible(
    left: Sequence[int], index: Mapping[int, int], bounds: Sequence[Bounds], turns: bool
) -> Iterable[Pattern]:
    """Return the sums of neighbours that their bounds allow in most lines, under one damage or without."""
    places = [index[item] for item in left]
    found: dict[Pattern, None] = {}
    for one in bounds:
        for total, parts in islice(Bounds(one.low[places], one.high[places]).fitting(turns), MOST_TRIES):
            found[Pattern(left[total], tuple(left[part] for part in parts))] = None
    return found


def _score(axis: Axis, pattern: Pattern, needed: float) -> tuple[float, float]:
    """Return the share of lines that close, in tenths, and their digits, under the damage that fits best; else zeros.

    The share comes first: a sum that lacks a part which is mostly zero closes often, but the whole one always.
    """
    equations = [equation for line in axis.lines if (equation := axis.equation(pattern, line))]
    scores = (_score_under(axis, equations, damage) for damage in (UNTOUCHED, *axis.damages))
    return max(score if score[1] >= needed else (0.0, 0.0) for score in scores)


def _score_under(axis: Axis, equations: Sequence[Sum], damage: Damage) -> tuple[float, float]:
    tried = closed = 0
    digits = 0.0
    for equation in equations:
        closing = close(equation, axis.sheet.numbers, damage, axis.known if damage is not UNTOUCHED else None)
        if closing is None:
            continue
        tried += 1
        closed += bool(closing.ways)
        digits += closing.digits
        if tried >= ENOUGH_TRIED and closed < MOST_LINES_CLOSE * tried:
            return 0.0, 0.0
    return (round(closed / tried, 1), digits) if tried and closed >= MOST_LINES_CLOSE * tried else (0.0, 0.0)
