"""Sort numbers into classes of equal width with round edges, or into given ones."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import pairwise

from assetgen.charts._series.steps import round_step

MOST_BINS = 30


def edges_of(numbers: Sequence[Decimal], rule: str = "freedman-diaconis", most: int = MOST_BINS) -> list[Decimal]:
    """Return round edges for a histogram, the smallest and largest number inside.

    The width follows Freedman and Diaconis 1981 (twice the distance between the quartiles over the cube root of the
    count) or Sturges 1926 (1 + log2 of the count classes), rounded to 1, 2, 2.5 or 5 times a power of ten.
    """
    low, high = min(numbers), max(numbers)
    if low == high:
        step = round_step(abs(low) / 10 if low else Decimal(1))
        return [low - step / 2, low + step / 2]
    width = _width(sorted(numbers), rule)
    width = max(width, (high - low) / most)
    step = round_step(width)
    while _count(low, high, step) > most:
        step = round_step(step * Decimal("1.01"))
    first = (low / step).to_integral_value(ROUND_FLOOR) * step
    return [first + step * number for number in range(_count(low, high, step) + 1)]


def counts_in(numbers: Sequence[Decimal], edges: Sequence[Decimal]) -> list[int]:
    """Return how many numbers lie in each class; a class holds its lower edge, the last one its upper edge too."""
    counts = [0] * (len(edges) - 1)
    for number in numbers:
        for index, (low, high) in enumerate(pairwise(edges)):
            if low <= number < high or (number == high and index == len(counts) - 1):
                counts[index] += 1
                break
    return counts


def _count(low: Decimal, high: Decimal, step: Decimal) -> int:
    first = (low / step).to_integral_value(ROUND_FLOOR)
    last = (high / step).to_integral_value(ROUND_CEILING)
    # The last class holds its upper edge, so a number on it needs no class of its own.
    return max(1, int(last - first))


def _width(ordered: Sequence[Decimal], rule: str) -> Decimal:
    count = len(ordered)
    sturges = (ordered[-1] - ordered[0]) / (1 + math.ceil(math.log2(count)))
    if rule == "sturges":
        return sturges
    spread = _quantile(ordered, 3) - _quantile(ordered, 1)
    if not spread:
        return sturges
    return 2 * spread / Decimal(str(round(count ** (1 / 3), 9)))


def _quantile(ordered: Sequence[Decimal], quarter: int) -> Decimal:
    place = Decimal(quarter * (len(ordered) - 1)) / 4
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
