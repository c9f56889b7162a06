"""Turn numbers, categories and dates into places: a domain and its pixels go in, positions and ticks come out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240)
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Linear:
    """A linear scale: `low` lands on `start`, `high` on `end`; for heights `start` is the lower edge."""

    low: Decimal
    high: Decimal
    start: float
    end: float

    def __call__(self, number: Decimal) -> float:
        """Return the position of a number."""
        span = self.high - self.low
        return self.start + float((number - self.low) / span if span else ZERO) * (self.end - self.start)

    @property
    def zero(self) -> float:
        """Return the position of zero, or the nearest end of the scale."""
        return self(min(max(ZERO, self.low), self.high))


def linear(numbers: Iterable[Decimal], start: float, end: float, zero: bool = True) -> Linear:
    """Return the scale that holds all numbers, and zero: bars and areas always start there."""
    known = [*numbers, *([ZERO] if zero else [])] or [ZERO]
    low, high = min(known), max(known)
    return Linear(low, high if high > low else low + 1, start, end)


def with_ticks(scale: Linear, most: int) -> tuple[Linear, tuple[Decimal, ...]]:
    """Return the scale widened to round ticks, and those ticks: at most `most`, 1, 2, 2.5 or 5 times a power of ten."""
    ticks = nice_ticks(scale.low, scale.high, most)
    return Linear(ticks[0], ticks[-1], scale.start, scale.end), ticks


def nice_ticks(low: Decimal, high: Decimal, most: int) -> tuple[Decimal, ...]:
    """Return round numbers at even steps, from at or below `low` to at or above `high`."""
    rough = (high - low) / max(most - 1, 1)
    power = Decimal(1).scaleb(rough.adjusted() if rough else 0)
    for step in (factor * power for factor in (*STEPS, *(10 * one for one in STEPS))):
        first = (low / step).to_integral_value(ROUND_FLOOR)
        last = (high / step).to_integral_value(ROUND_CEILING)
        if last - first + 1 <= most:
            break
    return tuple((first + number) * step for number in range(int(last - first) + 1))


@dataclass(frozen=True, slots=True)
class Band:
    """Equal bands for categories: each gets a place as wide as all others; `gap` is the share left empty between."""

    count: int
    start: float
    end: float
    gap: float = 0.35

    @property
    def pitch(self) -> float:
        """Return the distance from one band to the next."""
        return (self.end - self.start) / max(self.count, 1)

    @property
    def width(self) -> float:
        """Return the width of what stands in a band."""
        return self.pitch * (1 - self.gap)

    def centre(self, number: int) -> float:
        """Return the middle of a band, counted from 0."""
        return self.start + (number + 0.5) * self.pitch

    def __iter__(self) -> Iterator[tuple[float, float]]:
        """Yield the two edges of what stands in each band."""
        for number in range(self.count):
            yield self.centre(number) - self.width / 2, self.centre(number) + self.width / 2


@dataclass(frozen=True, slots=True)
class Time:
    """A scale of dates: `first` lands on `start`, `last` on `end`."""

    first: date
    last: date
    start: float
    end: float

    def __call__(self, moment: date | datetime) -> float:
        """Return the position of a date."""
        span = self.last.toordinal() - self.first.toordinal()
        passed = moment.toordinal() - self.first.toordinal()
        return self.start + (passed / span if span else 0.5) * (self.end - self.start)

    def ticks(self, most: int) -> tuple[date, ...]:
        """Return at most `most` first days of months or years, at even steps."""
        months = range(self.first.year * 12 + self.first.month - 1, self.last.year * 12 + self.last.month)
        for step in MONTH_STEPS:
            days = [date(month // 12, month % 12 + 1, 1) for month in months if month % step == 0]
            inside = tuple(day for day in days if self.first <= day <= self.last)
            if len(inside) <= most:
                return inside
        return ()
