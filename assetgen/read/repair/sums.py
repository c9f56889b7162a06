"""Close sums: the readings of a total and its parts go in; the one combination that adds up, or none, comes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import log10, prod

import numpy

from assetgen.read.repair.seen import Damage, Seen, Spot

# Above it a sum has too many readings for its digits to tell them apart, whatever they are.
MOST_READINGS = 1 << 22
# Sums up to here are exact as machine integers; beyond it Python's own take over.
MOST_EXACT = 1 << 61
# A sum proves nothing when a wrong reading would close it by accident more often than this.
MAX_CHANCE = 1 / 500


@dataclass(frozen=True, slots=True)
class Sum:
    """An equation between cells: the total is the sum of the parts, each rounded by less than one unit."""

    total: Spot
    parts: tuple[Spot, ...]

    @property
    def cells(self) -> tuple[Spot, ...]:
        """Return all cells, the total first."""
        return (self.total, *self.parts)


@dataclass(frozen=True, slots=True)
class Closing:
    """What became of a sum: how many readings close it (2 stands for more), the values of the one, and the chance.

    `difference` is what the total has more than its parts; `chance` how often a reading would come so near by accident.
    """

    ways: int
    values: tuple[Decimal, ...] = ()
    difference: Decimal = Decimal(0)
    chance: float = 1.0

    @property
    def proves(self) -> bool:
        """Tell whether the closing is proof: unique, and no accident."""
        return self.ways == 1 and self.chance <= MAX_CHANCE

    @property
    def digits(self) -> float:
        """Return how many digits of evidence the closing is."""
        return -log10(self.chance) if self.ways else 0.0


OPEN = Closing(0)


def close(
    equation: Sum, numbers: Mapping[Spot, Seen], damage: Damage, known: Mapping[Spot, Decimal] | None = None
) -> Closing | None:
    """Return how a sum closes under a damage; None when it cannot be tried: a side is empty, or readings too many."""
    known = known or {}
    cells = [cell for cell in equation.parts if cell in numbers]
    if equation.total not in numbers or not cells:
        return None
    readings = [
        (known[cell],) if cell in known else damage.readings(numbers[cell]) for cell in (equation.total, *cells)
    ]
    count = prod(map(len, readings))
    if count > MOST_READINGS:
        return None
    places = max(max(0, -int(number.as_tuple().exponent)) for options in readings for number in options)
    scaled = [[int(number.scaleb(places)) for number in options] for options in readings]
    found = _closings(scaled, len(cells))
    if not found:
        return OPEN
    chosen = found[0]
    values = tuple(options[choice] for options, choice in zip(readings, chosen, strict=True))
    difference = scaled[0][chosen[0]] - sum(
        options[choice] for options, choice in zip(scaled[1:], chosen[1:], strict=True)
    )
    size = max(abs(scaled[0][chosen[0]]), 1)
    chance = min(1.0, max(1, count - 1) * (2 * abs(difference) + 1) / size)
    return Closing(len(found), values, Decimal(difference).scaleb(-places), chance)


def _closings(scaled: Sequence[Sequence[int]], slack: int) -> list[tuple[int, ...]]:
    """Return at most two choices of readings for which the total is the sum of the parts, up to `slack` units."""
    signed = [[-number for number in scaled[0]], *scaled[1:]]
    open_ = [place for place, options in enumerate(signed) if len(set(options)) > 1]
    fixed = sum(options[0] for options in signed) - sum(signed[place][0] for place in open_)
    # Meet in the middle: the sums of one half are looked up among those of the other.
    half = len(open_) // 2
    left, right = _half(signed, open_[:half]), _half(signed, open_[half:])
    order = left.argsort(kind="stable")
    keys = left[order]
    first = keys.searchsorted(-fixed - right - slack, "left")
    behind = keys.searchsorted(-fixed - right + slack, "right")
    found: list[tuple[int, ...]] = []
    for place in (behind > first).nonzero()[0]:
        for index in range(first[place], behind[place]):
            choices = (*_choices(signed, open_[:half], int(order[index])), *_choices(signed, open_[half:], int(place)))
            chosen = dict(zip(open_, choices, strict=True))
            found.append(tuple(chosen.get(one, 0) for one in range(len(signed))))
            if len(found) == 2:
                return found
    return found


def _half(signed: Sequence[Sequence[int]], places: Sequence[int]) -> numpy.ndarray:
    """Return the sums of every combination of readings, the last place turning fastest."""
    largest = sum(max(map(abs, options)) for options in signed)
    totals = numpy.zeros(1, numpy.int64 if largest < MOST_EXACT else object)
    for place in places:
        totals = (totals[:, None] + numpy.array(signed[place], totals.dtype)).ravel()
    return totals


def _choices(signed: Sequence[Sequence[int]], places: Sequence[int], number: int) -> tuple[int, ...]:
    """Return the readings of the combination with a number, as `_half` counts them."""
    found: list[int] = []
    for place in reversed(places):
        number, choice = divmod(number, len(signed[place]))
        found.append(choice)
    return tuple(reversed(found))
