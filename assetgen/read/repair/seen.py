"""See what a cell may have been before the damage: its text and typed value go in; the readings come out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from assetgen.locale import clean, parse_amount
from assetgen.model import Grid, ValueData
from assetgen.read.find import MISSING
from assetgen.read.repair.marks import Marks

Spot = tuple[int, int]
Kind = Literal["sure", "survivor", "small", "large", "fraction"]
MAX_PLACES = 8

_ONE = {mark: re.compile(rf"(\D*)(\d+){re.escape(mark)}(\d+)(\D*)", re.ASCII) for mark in ".,"}


@dataclass(frozen=True, slots=True)
class Seen:
    """A number as it stands in a cell.

    `plain` is what it is without repair. A "survivor" kept its marks of thousands; a "small" whole number below 1,000
    may have lost `.000`; a "large" one may have lost its decimal mark; a "fraction" may be thousands; "sure" is none.
    """

    plain: Decimal
    kind: Kind


@dataclass(frozen=True, slots=True)
class Damage:
    """What a program did to the numbers of a table.

    `eaten`: a mark of thousands was taken for a decimal one. `dropped`: so many decimals lost their mark besides, as
    when `234,5` becomes 2345; 0 when decimals were left alone. Without both, nothing happened. `zeros`: `4.000` lost
    its zeros; where it kept them nothing is damaged, the marks alone could be read two ways.
    """

    eaten: bool = False
    dropped: int = 0
    zeros: bool = True

    def readings(self, seen: Seen) -> tuple[Decimal, ...]:
        """Return all numbers that a cell may have been."""
        plain = seen.plain
        if not self.eaten or seen.kind in ("sure", "survivor"):
            return (plain,)
        if seen.kind == "fraction":
            eaten = places_of(plain) <= 3 + self.dropped and 1 <= abs(plain) < 1000
            return (_plain(plain * 1000),) if eaten else (plain,)
        found = (plain, plain * 1000) if seen.kind == "small" and self.zeros else (plain,)
        return (*found, plain.scaleb(-self.dropped)) if self.dropped else found


UNTOUCHED = Damage()


def places_of(number: Decimal) -> int:
    """Return how many decimals a number has."""
    return max(0, -int(number.as_tuple().exponent))


def see(text: str, typed: ValueData, marks: Marks) -> Seen | None:
    """Return the number in a cell; None when it holds none."""
    if typed is not None:
        return _seen(clean(typed)) if isinstance(typed, Decimal) else None
    text = text.strip()
    if text.isdigit() and text.isascii():
        return _seen(Decimal(text)) if len(text) <= 15 else None
    if one := _ONE[marks.group].fullmatch(text):
        return _one_mark(text, one, marks)
    amount = parse_amount(text, marks.style)
    if amount is None:
        return None
    if amount.number == amount.number.to_integral_value() and marks.group not in text:
        return _seen(amount.number)
    return Seen(amount.number, "survivor" if marks.group in text else "sure")


def _one_mark(text: str, one: re.Match[str], marks: Marks) -> Seen | None:
    before, whole, tail, behind = one.groups()
    if marks.intact and len(tail) == 3 and len(whole) <= 3 and whole[0] != "0":
        amount = parse_amount(text, marks.style)
        return Seen(amount.number, "sure") if amount else None
    amount = parse_amount(f"{before}{whole}.{tail}{behind}" if tail else text, "en")
    if amount is None:
        # A currency before three digits: rupiah have no thousandths.
        amount = parse_amount(text, marks.style)
        return Seen(amount.number, "sure") if amount else None
    number = amount.number
    if len(tail) == 3 and number == number.to_integral_value() and number:
        # `4.000` still has its zeros: a fraction like those around it, and never the number 4 alone.
        return Seen(number, "fraction")
    return _seen(number)


def _seen(number: Decimal) -> Seen | None:
    number = _plain(number)
    if places_of(number) > MAX_PLACES:
        return None
    if not number:
        return Seen(number, "sure")
    if places_of(number):
        return Seen(number, "fraction")
    return Seen(number, "small" if abs(number) < 1000 else "large")


def _plain(number: Decimal) -> Decimal:
    if number == number.to_integral_value():
        return number.quantize(Decimal(1)) if abs(number.adjusted()) < 27 else number
    return number.normalize()


@dataclass(frozen=True)
class Sheet:
    """The numbers of a table by row and column; `broken` are cells that hold something else."""

    rows: Sequence[int]
    columns: Sequence[int]
    marks: Marks
    numbers: Mapping[Spot, Seen]
    broken: frozenset[Spot] = field(default_factory=frozenset)


def look_at(grid: Grid, rows: Sequence[int], columns: Iterable[int], marks: Marks) -> Sheet:
    """Return the numbers of rows; columns in which less than four of five cells are numbers are left out."""
    numbers: dict[Spot, Seen] = {}
    broken: set[Spot] = set()
    kept = []
    for column in columns:
        found, other = _column(grid, rows, column, marks)
        if len(found) >= 2 and len(other) * 4 <= len(found):
            kept.append(column)
            numbers.update(found)
            broken.update(other)
    return Sheet(rows, kept, marks, numbers, frozenset(broken))


def _column(grid: Grid, rows: Sequence[int], column: int, marks: Marks) -> tuple[dict[Spot, Seen], set[Spot]]:
    found: dict[Spot, Seen] = {}
    other: set[Spot] = set()
    known: dict[str, Seen | None] = {}
    natives = grid.typed_column(column, rows) or [None] * len(rows)
    for row, text, typed in zip(rows, map(str.strip, grid.column(column, rows)), natives, strict=True):
        if typed is None and text in MISSING:
            continue
        if typed is None and text in known:
            seen = known[text]
        else:
            seen = see(text, typed, marks)
            if typed is None:
                known[text] = seen
        if seen is None:
            other.add((row, column))
        else:
            found[row, column] = seen
    return found, other
