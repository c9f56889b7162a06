"""Sort numbers into classes for a map: numbers go in, the edges between the classes come out.

An edge is the roundest number between the highest value of one class and the lowest of the next, so that a legend can
be read and no value changes its class by rounding. A value on an edge belongs to the class above it.
"""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assetgen.errors import LayoutError

METHODS = ("natural", "quantile", "equal")
MOST_CLASSES = 7


@dataclass(frozen=True, slots=True)
class Classes:
    """The edges between classes, ascending, and the least and greatest number; there is one class more than edges."""

    edges: tuple[Decimal, ...]
    low: Decimal
    high: Decimal

    @property
    def count(self) -> int:
        """Return how many classes there are."""
        return len(self.edges) + 1

    def of(self, number: Decimal) -> int:
        """Return the class of a number, from 0."""
        return bisect.bisect_right(self.edges, number)


def classify(numbers: Sequence[Decimal], method: str, count: int) -> Classes:
    """Return classes by method: `natural` breaks, `quantile`, or `equal` intervals; fewer where values are few."""
    values = sorted(numbers)
    distinct = sorted(set(values))
    count = max(1, min(count, len(distinct), MOST_CLASSES))
    if method == "equal":
        return Classes(_equal(values[0], values[-1], count), values[0], values[-1])
    starts = _natural(values, count) if method == "natural" else _quantile(values, count)
    edges = tuple(_roundest(values[start - 1], values[start]) for start in starts)
    return Classes(edges, values[0], values[-1])


def given_classes(numbers: Sequence[Decimal], edges: Sequence[Decimal]) -> Classes:
    """Return classes between edges that are given; raises LayoutError for edges that do not rise or are too many."""
    if any(low >= high for low, high in itertools.pairwise(edges)):
        raise LayoutError(f"the edges of a map rise from one to the next; got {', '.join(map(str, edges))}")
    if len(edges) >= MOST_CLASSES:
        raise LayoutError(f"a map has at most {MOST_CLASSES} classes, {len(edges)} edges make {len(edges) + 1}")
    return Classes(tuple(edges), min(numbers), max(numbers))


def diverging_classes(numbers: Sequence[Decimal], method: str, count: int, middle: Decimal) -> tuple[Classes, int]:
    """Return classes on both sides of a middle value, and how many of them lie below it."""
    below = [number for number in numbers if number < middle]
    above = [number for number in numbers if number >= middle]
    each = max(1, count // 2)
    low = classify(below, method, each).edges if below else ()
    high = classify(above, method, each).edges if above else ()
    high = tuple(edge for edge in high if edge > middle)
    edges = (*low, *((middle,) if below and above else ()), *high)
    return Classes(edges, min(numbers), max(numbers)), len(low) + 1 if below else 0


def rounded_down(number: Decimal) -> Decimal:
    """Return the largest of 1, 2 and 5 times a power of ten that is at most a number above zero."""
    power = Decimal(1).scaleb(number.adjusted())
    found = max(step * power for step in (Decimal(1), Decimal(2), Decimal(5)) if step * power <= number)
    return found.quantize(Decimal(1)) if found >= 1 else found


def _equal(low: Decimal, high: Decimal, count: int) -> tuple[Decimal, ...]:
    step = (high - low) / count
    # Two digits more than the step has: exact enough that classes are equal, short enough to be read.
    digits = Decimal(1).scaleb(step.adjusted() - 2) if step else Decimal(1)
    return tuple((low + step * number).quantize(digits) for number in range(1, count))


def _quantile(values: Sequence[Decimal], count: int) -> list[int]:
    """Return where classes of about equally many values start; equal values stay together."""
    starts: list[int] = []
    for number in range(1, count):
        wanted = number * len(values) / count
        joints = [at for at in range(1, len(values)) if values[at - 1] != values[at] and at not in starts]
        after = [at for at in joints if not starts or at > starts[-1]]
        if after:
            starts.append(min(after, key=lambda at: (abs(at - wanted), at)))
    return starts


def _natural(values: Sequence[Decimal], count: int) -> list[int]:
    """Return where classes start whose squared distances from their means are least (Fisher 1958, Jenks 1977).

    Exact, by dynamic programming over sorted values: `cost[j]` is the least sum for the first j values.
    """
    import numpy

    spread = float(values[-1] - values[0]) or 1.0
    numbers = numpy.array([float(value - values[0]) / spread for value in values])
    sums = numpy.concatenate([[0.0], numpy.cumsum(numbers)])
    squares = numpy.concatenate([[0.0], numpy.cumsum(numbers * numbers)])
    size = len(values)
    joint = numpy.array([True, *(a != b for a, b in itertools.pairwise(values))])

    def within(end: int) -> numpy.ndarray:
        """Return the squared distances from the mean of values i to end, for every start i below end."""
        start = numpy.arange(end)
        total = sums[end] - sums[start]
        return numpy.asarray(squares[end] - squares[start] - total * total / (end - start))

    cost = numpy.array([0.0, *(within(end)[0] for end in range(1, size + 1))])
    chosen: list[list[int]] = []
    for parts in range(2, count + 1):
        best, starts = numpy.full(size + 1, numpy.inf), [0] * (size + 1)
        for end in range(parts, size + 1):
            totals = numpy.where(joint[:end], cost[:end] + within(end), numpy.inf)
            totals[: parts - 1] = numpy.inf
            starts[end] = int(totals.argmin())
            best[end] = totals[starts[end]]
        cost = best
        chosen.append(starts)
    end, found = size, []
    for starts in reversed(chosen):
        end = starts[end]
        found.append(end)
    return found[::-1]


def _roundest(below: Decimal, above: Decimal) -> Decimal:
    """Return the roundest number that is greater than `below` and at most `above`."""
    for exponent in range(max(below.copy_abs(), above.copy_abs()).adjusted() + 1, -31, -1):
        for step in (Decimal(5), Decimal(2), Decimal(1)):
            unit = step.scaleb(exponent)
            candidate = (above / unit).to_integral_value("ROUND_FLOOR") * unit
            if below < candidate <= above:
                return candidate.quantize(Decimal(1)) if exponent >= 0 else candidate
    return above
