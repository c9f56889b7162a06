"""Doubt columns that may have lost their marks where nothing tells: columns go in; those in doubt come out.

Where no text kept its marks and everything was divided by a thousand, a damaged table adds up and looks clean. What it
cannot hide is that all its fractions lie between 1 and 1,000 and that nine of ten show three decimals, since the tenth
lost a zero. True decimals have values below 1, or fractions of 1,000 and more, or fewer or more digits.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import comb
from typing import Literal

from assetgen.locale import format_number
from assetgen.model import Remark
from assetgen.read.evidence import ColumnCells
from assetgen.read.header import Heading
from assetgen.read.repair.marks import Marks
from assetgen.read.repair.seen import Seen, places_of, see
from assetgen.sources._cells import address

SHORT, SAMPLE = 2_000, 500
# How rarely so many of the fractions would have lost a zero by accident.
RARE, LOSES_ZERO = 1e-5, 0.1
# A fraction among so many whole numbers, some of them of 1,000 and more, is no decimal either.
MANY_WHOLE, SOME_LARGE, FEW_AMONG = 10, 5, 0.1
MANY_SMALL = 20
# Three of thousands, and two of decimals that lost their own mark.
MOST_PLACES = 5

Verdict = Literal["lost", "open", "large", "real", "clear"]

# Their numbers have decimals and seldom thousands.
_RATE = re.compile(
    r"%|\b(?:persen\w*|percent\w*|pct|share|porsi|proporsi|laju|growth|pertumbuhan|ras[it]o|ratio|rate|inde(?:ks|x)"
    r"|gini|ipm|ikm|skor|score|magnitud[eo]?|suhu|temperature?|inflasi|inflation|per \d[\d.]*)\b",
    re.IGNORECASE,
)
TOTAL = re.compile(r"\W*(?:grand|sub)?\s*-?\s*(?:total|jumlah|jml)\b", re.IGNORECASE)
# A program that takes a text for a number writes no zeros behind its decimals, at most one behind a whole number.
_KEPT_ZERO = re.compile(r"\d[.,]\d\d+0$", re.ASCII)
_LONG = re.compile(r"-?\d+[.,]\d{9,40}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Look:
    """What a column looks like: it may have `lost` its marks; it is `open` to having lost them where others did.

    `large` is open only to having lost decimal marks besides, as 2345 that was 234,5. `real` is one with decimals that
    no damage leaves, `clear` one that holds nothing which damage could have left. `example` is a cell that makes it
    look so, with its number, `dropped` how many decimals lost their mark then.
    """

    verdict: Verdict
    example: tuple[str, Decimal] = ("", Decimal(0))
    dropped: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a table: columns that were `told` of, those that are `shown` with decimals, rows of `totals`.

    A total may have been added up after the damage: 1.486,53 of what had been thousands.
    """

    told: Collection[int]
    shown: Collection[int]
    totals: Collection[int]


def lost_marks(columns: Sequence[tuple[ColumnCells, Heading]], marks: Marks, known: Known) -> tuple[Remark, ...]:
    """Return the remark that doubts columns whose marks may be lost, if there are any."""
    looks = {
        cells.column: Look("real") if cells.column in known.shown else _look(cells, head, marks, known.totals)
        for cells, head in columns
    }
    # Decimals that are real elsewhere show that the whole file was not damaged: a column that was pasted may still be.
    whole_file = all(look.verdict != "real" for look in looks.values())
    lost = {at for at, look in looks.items() if look.verdict == "lost" and (whole_file or not look.dropped)} - {
        *known.told
    }
    if not lost:
        return ()
    open_ = {"open", *(["large"] if any(look.dropped for look in looks.values()) else [])} if whole_file else set()
    doubted = {at for at, look in looks.items() if at in lost or look.verdict in open_}
    told_of = [pair for pair in columns if pair[0].column in doubted and pair[0].column not in known.told]
    return (_remark(told_of, looks),)


def _remark(columns: Sequence[tuple[ColumnCells, Heading]], looks: Mapping[int, Look]) -> Remark:
    ranges = tuple(
        f"{address(cells.rows[0], cells.column)}:{address(cells.rows[-1], cells.column)}" for cells, _ in columns
    )
    lost = [(head.name, look) for cells, head in columns if (look := looks[cells.column]).verdict == "lost"]
    cell, number = lost[0][1].example
    listed = ", ".join(f"'{head.name}'" for _, head in columns)
    pins = ", ".join(f'"{name}"' for name, _ in lost)
    before = format_number(number * 1000, "en", grouping=False)
    message = (
        f"the numbers in {listed} may be thousands that lost their marks ({number:f} in {cell} may have been "
        f"{before}), and nothing tells. Correct them in the file; where the decimals are real, pin "
        f"decimal_columns = [{pins}]"
    )
    return Remark("suspect-decimals", message, ranges, "warning")


@dataclass(frozen=True, slots=True)
class Added:
    """What may have been added up after the damage: `rows`, or a whole column."""

    rows: Collection[int]
    column: bool

    def is_none(self, row: int) -> bool:
        """Tell whether a cell of the column is no total."""
        return not self.column and row not in self.rows


# --- one column -------------------------------------------------------------------------------------------------------


def _look(cells: ColumnCells, head: Heading, marks: Marks, totals: Collection[int]) -> Look:
    rows = range(len(cells.rows))
    sample = list(_seen(cells, rows[:: 1 if len(rows) <= SHORT else len(rows) // SAMPLE], marks))
    if cells.percents or _RATE.search(f"{head.name} {head.unit}".replace("_", " ")):
        return Look(
            "real" if any(one.kind == "fraction" and places_of(one.plain) != 3 for _, one in sample) else "clear"
        )
    if any(map(_KEPT_ZERO.search, cells.first_distinct(SAMPLE))) and not any(_is_below_one(one) for _, one in sample):
        return Look("clear")
    added = Added(totals, bool(TOTAL.match(head.name)))
    look = _judged(cells, sample, added)
    # What the sample of a long column leaves in doubt, all of it may acquit.
    return (
        _judged(cells, list(_seen(cells, rows, marks)), added) if look.verdict == "lost" and len(rows) > SHORT else look
    )


def _seen(cells: ColumnCells, places: Sequence[int], marks: Marks) -> Iterator[tuple[int, Seen]]:
    for place in places:
        typed = cells.natives[place]
        if (seen := see(cells.texts[place], typed, marks)) is not None:
            yield place, seen
        elif isinstance(typed, Decimal) or _LONG.fullmatch(cells.texts[place]):
            # A computed number of many digits.
            yield place, Seen(typed if isinstance(typed, Decimal) else Decimal(".1"), "fraction")


def _is_below_one(one: Seen) -> bool:
    return one.kind == "fraction" and abs(one.plain) < 1


def _judged(cells: ColumnCells, held: Sequence[tuple[int, Seen]], added: Added) -> Look:
    """Judge the numbers of a column; totals may be large fractions though what was added up is lost."""
    numbers = [one for _, one in held]
    fractions = [(place, one) for place, one in held if one.kind == "fraction"]
    most = max((places_of(one.plain) for _, one in fractions), default=0)
    large = [place for place, one in fractions if abs(one.plain) >= 1000]
    if any(map(_is_below_one, numbers)) or most > MOST_PLACES or any(added.is_none(cells.rows[at]) for at in large):
        return Look("real")
    if large and added.column:
        return Look("open")
    fractions = [(place, one) for place, one in fractions if place not in large]
    dropped = max(0, most - 3)
    exact = [(place, one) for place, one in fractions if places_of(one.plain) == 3 + dropped]
    if exact and _may_lose_zeros(len(fractions), len(fractions) - len(exact)):
        return _lost(cells, exact[0], dropped)
    if fractions and not dropped and _is_odd(numbers, len(fractions)):
        return _lost(cells, fractions[0], dropped)
    return Look(_openness(numbers))


def _lost(cells: ColumnCells, held: tuple[int, Seen], dropped: int) -> Look:
    return Look("lost", (address(cells.rows[held[0]], cells.column), held[1].plain), dropped)


def _may_lose_zeros(count: int, losing: int) -> bool:
    """Tell whether so many of some random numbers may end in zero."""
    one, zero = 1 - LOSES_ZERO, LOSES_ZERO
    tail = sum(comb(count, more) * zero**more * one ** (count - more) for more in range(losing, count + 1))
    return tail >= RARE


def _is_odd(numbers: Sequence[Seen], fractions: int) -> bool:
    """Tell whether a few fractions stand among whole numbers, large ones too: decimals would stand behind all."""
    whole = len(numbers) - fractions
    large = sum(one.kind == "large" for one in numbers)
    return whole >= MANY_WHOLE and large >= SOME_LARGE and fractions <= FEW_AMONG * len(numbers)


def _openness(numbers: Sequence[Seen]) -> Verdict:
    """Tell whether others that lost their marks put a column into doubt; years and running numbers never."""
    small = {one.plain for one in numbers if one.kind == "small"}
    if all(one.kind in ("small", "sure") for one in numbers) and (
        len(small) >= MANY_SMALL or small == set(map(Decimal, range(1, len(small) + 1)))
    ):
        return "large" if len(small) >= MANY_SMALL else "clear"
    if any(one.kind in ("small", "fraction") for one in numbers):
        return "open"
    large = any(one.kind == "large" for one in numbers)
    return "large" if large and not all(1800 <= one.plain < 2200 for one in numbers) else "clear"
