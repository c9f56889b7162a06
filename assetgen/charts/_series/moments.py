"""Place what stands along a time axis, and label its ticks as people of a language read them."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from assetgen.errors import LayoutError
from assetgen.locale import JOINER, format_date, parse_moment
from assetgen.model import Value

Kind = Literal["category", "year", "month", "day"]
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_YEAR = re.compile(r"(1[5-9]|2[01])\d\d")
# Steps between ticks that people count in: days, months, years.
DAY_STEPS = (1, 2, 7, 14)
MONTH_STEPS = (1, 2, 3, 6)
YEAR_STEPS = (1, 2, 5, 10, 20, 25, 50, 100)


@dataclass(frozen=True)
class Tick:
    """A tick: its place from 0 (first) to 1 (last), its label, what stands below it, such as the year, and its point.

    `index` is the point at which it stands, None between points.
    """

    place: float
    label: str
    below: str = ""
    index: int | None = None


@dataclass(frozen=True)
class Moments:
    """What stands along a horizontal axis: places from 0 to 1, and the kind of steps that lie between them.

    `days` are the ordinals of dates (years and months count by their first day); `labels` are texts as given.
    """

    kind: Kind
    places: tuple[float, ...]
    labels: tuple[str, ...]
    days: tuple[int, ...]
    language: str

    @classmethod
    def of(cls, values: Sequence[object], language: str) -> Moments:
        """Read dates, months and years; anything else, or what does not go forward, becomes evenly spaced names."""
        read = [_read(value) for value in values]
        labels = tuple(_text(value) for value in values)
        kinds = {one[0] for one in read if one}
        days = tuple(one[1].toordinal() for one in read if one)
        if len(days) < len(values) or len(kinds) != 1 or any(a >= b for a, b in pairwise(days)):
            return cls("category", _even(len(values)), labels, (), language)
        kind = kinds.pop()
        if len(days) == 1:
            return cls(kind, (0.5,), labels, days, language)
        # Months and years are as long as they are named, not as many days as they have.
        units = [_units(date.fromordinal(day), kind) for day in days]
        span = units[-1] - units[0]
        return cls(kind, tuple((unit - units[0]) / span for unit in units), labels, days, language)

    def name(self, index: int, short: bool = False) -> str:
        """Return how a point is called in running text: 2024, Maret 2026, 17 Agustus 2026; or its own label."""
        if self.kind == "category":
            return self.labels[index]
        day = date.fromordinal(self.days[index])
        if self.kind == "year":
            return f"{day.year}"
        words = format_date(day, self.language, "short" if short else "long")
        return words if self.kind == "day" else words.partition(JOINER)[2]

    def ticks(self, most: int) -> tuple[Tick, ...]:
        """Return at most `most` ticks, two at least where there are two points; the last point has one if it can."""
        most = max(2, most)
        if self.kind == "category" or len(self.places) <= most or self._far_apart():
            return self._by_stride(most)
        return self._years(most) if self.kind == "year" else self._months_or_days(most)

    def _far_apart(self) -> bool:
        """Tell whether days or months are reported so seldom that ticks stand at the points themselves.

        A figure of 31 December 2025 must not stand beside a tick of January 2026.
        """
        gap = (self.days[-1] - self.days[0]) / max(1, len(self.days) - 1)
        return self.kind != "year" and gap > {"day": 25, "month": 62}.get(self.kind, 0)

    def _by_stride(self, most: int) -> tuple[Tick, ...]:
        count = len(self.places)
        stride = -(-(count - 1) // (most - 1)) if count > 1 else 1
        ticks: list[Tick] = []
        year = ""
        for index in range((count - 1) % stride, count, stride):
            label, below = (self.labels[index], "") if self.kind == "category" else _two_lines(self.name(index, True))
            ticks.append(Tick(self.places[index], label, below if below != year else "", index))
            year = below
        return tuple(ticks)

    def _years(self, most: int) -> tuple[Tick, ...]:
        first, last = (date.fromordinal(day).year for day in (self.days[0], self.days[-1]))
        span = last - first
        step = next((step for step in YEAR_STEPS if span // step + 1 <= most), 100)
        # Counted back from the last year, which is the news; round years where the steps are long.
        years = range(last, first - 1, -step) if step < 5 else range(last - last % step, first - 1, -step)
        return tuple(Tick((year - first) / span, f"{year}", "", self._at(date(year, 1, 1))) for year in sorted(years))

    def _at(self, day: date) -> int | None:
        return self.days.index(day.toordinal()) if day.toordinal() in self.days else None

    def _months_or_days(self, most: int) -> tuple[Tick, ...]:
        first, last = date.fromordinal(self.days[0]), date.fromordinal(self.days[-1])
        starts = _starts(first, last, self.kind, most)
        low, high = _units(first, self.kind), _units(last, self.kind)
        ticks, year = [], 0
        for day in starts:
            name, below = self._named(day, starts)
            place = (_units(day, self.kind) - low) / (high - low)
            ticks.append(Tick(place, name, below if day.year != year else "", self._at(day)))
            year = day.year
        return tuple(ticks)

    def _named(self, day: date, starts: Sequence[date]) -> tuple[str, str]:
        words = format_date(day, self.language, "short").split(JOINER)
        if all(one.month == 1 and one.day == 1 for one in starts) and len(starts) > 1:
            return words[2], ""
        if self.kind == "month" or all(one.day == 1 for one in starts):
            return words[1], words[2]
        return JOINER.join(words[:2]), words[2]


def _starts(first: date, last: date, kind: Kind, most: int) -> list[date]:
    """Return the first days of calendar steps between two days, the shortest steps that are few enough."""
    if kind == "day":
        for step in DAY_STEPS:
            if (last - first).days // step + 1 <= most:
                return [date.fromordinal(day) for day in range(last.toordinal(), first.toordinal() - 1, -step)][::-1]
    for months in (*MONTH_STEPS, *(12 * years for years in YEAR_STEPS)):
        found = [day for day in _month_starts(first, last) if (day.year * 12 + day.month - 1) % months == 0]
        if len(found) <= most:
            return found or [first, last]
    return [first, last]


def _month_starts(first: date, last: date) -> list[date]:
    count = (last.year - first.year) * 12 + last.month - first.month
    months = range(first.year * 12 + first.month - 1, first.year * 12 + first.month + count)
    return [day for day in (date(month // 12, month % 12 + 1, 1) for month in months) if first <= day <= last]


def _units(day: date, kind: Kind) -> float:
    if kind == "year":
        return day.year
    if kind == "month":
        return day.year * 12 + day.month
    return day.year * 12 + day.month + (day.day - 1) / calendar.monthrange(day.year, day.month)[1]


def _read(value: object) -> tuple[Kind, date] | None:
    data = value.data if isinstance(value, Value) else value
    if isinstance(data, datetime):
        return "day", data.date()
    if isinstance(data, date):
        return "day", data
    text = str(value).strip()
    if isinstance(data, (int, Decimal)) and not isinstance(data, bool) and data == int(data):
        text = f"{int(data)}"
    if _YEAR.fullmatch(text):
        return "year", date(int(text), 1, 1)
    if month := _MONTH.fullmatch(text):
        return "month", date(int(month[1]), int(month[2]), 1)
    moment = parse_moment(text)
    if moment is None or not isinstance(moment.data, date) or moment.precision not in ("day", "month"):
        return None
    return ("day" if moment.precision == "day" else "month"), moment.data


def _text(value: object) -> str:
    return str(value).strip()


def _even(count: int) -> tuple[float, ...]:
    return tuple(index / (count - 1) for index in range(count)) if count > 1 else (0.5,) * count


def _two_lines(name: str) -> tuple[str, str]:
    before, _, year = name.rpartition(JOINER)
    return (before, year) if before else (name, "")


def order_in_time(values: Sequence[object]) -> list[int]:
    """Return the order in which values follow one another; as given where they are no dates, months or years.

    Raises LayoutError for a moment that occurs twice.
    """
    read = [_read(value) for value in values]
    if any(one is None for one in read) or len({one[0] for one in read if one}) != 1:
        return list(range(len(values)))
    days = [one[1] for one in read if one]
    order = sorted(range(len(days)), key=days.__getitem__)
    for before, behind in pairwise(order):
        if days[before] == days[behind]:
            raise LayoutError(f"the moment '{_text(values[behind])[:60]}' occurs twice", hint="give one row for each")
    return order
