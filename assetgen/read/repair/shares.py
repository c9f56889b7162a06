"""Prove the scale of cells by percentages: columns and rows go in; the cells whose quotient alone closes come out.

A percentage P = A / B × 100 tells 487.030 from 487,03, a thousand times less, and nothing of their digits: so it only
chooses between the readings of a cell. It stands in its own column, which says that it holds percentages; A and B are
columns, or B is the total row of column A.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import permutations, product
from math import log10

from assetgen.locale import NumberStyle, format_number
from assetgen.read.repair.seen import Damage, Seen, Sheet, Spot
from assetgen.read.repair.sums import MAX_CHANCE, Sum, close
from assetgen.sources._cells import address

FEWEST_ROWS = 3
MOST_PERCENT = 1000
MOST_DIGITS = 4
EATEN = Damage(True)


@dataclass(frozen=True, slots=True)
class Share:
    """An equation between cells: `percent` is the share of `part` in `whole`, rounded to the digits that it shows."""

    percent: Spot
    part: Spot
    whole: Spot


@dataclass(frozen=True, slots=True)
class Quotient:
    """What became of a share: the values of its cells, and how often a wrong reading would close it by accident."""

    share: Share
    percent: Decimal
    part: Decimal
    whole: Decimal
    chance: float
    choices: int

    @property
    def cells(self) -> Iterator[tuple[Spot, Decimal]]:
        """Yield each cell with its number."""
        yield self.share.percent, self.percent
        yield self.share.part, self.part
        yield self.share.whole, self.whole

    def sentence(self, style: NumberStyle) -> str:
        """Write `E9 = C9 / D9: 12,03 % = 487.030 / 4.047.191` in the style of the file."""
        names = [address(*cell) for cell in (self.share.percent, self.share.part, self.share.whole)]
        percent = format_number(self.percent, style, max(0, -int(self.percent.as_tuple().exponent)))
        part, whole = format_number(self.part, style), format_number(self.whole, style)
        return f"{names[0]} = {names[1]} / {names[2]}: {percent} % = {part} / {whole}"


Found = dict[Spot, tuple[Decimal, Quotient]]


def prove_by_shares(
    sheet: Sheet, percents: Sequence[int], totals: Sequence[int], known: Mapping[Spot, Decimal]
) -> Found:
    """Return the cells that percentages prove, among them those that were right as they stood.

    `percents` are the columns that say that they hold percentages, `totals` the rows that are called so, `known` what
    sums proved. Where two percentages tell two numbers for a cell, neither is taken.
    """
    found: Found = {}
    against: set[Spot] = set()
    for shares in _structures(sheet, percents, totals):
        for quotient in _proofs(sheet, shares, known):
            for cell, value in quotient.cells:
                if found.setdefault(cell, (value, quotient))[0] != value:
                    against.add(cell)
    if against:
        # What hangs together with a contradiction falls with it.
        found = {cell: one for cell, one in found.items() if not against & {spot for spot, _ in one[1].cells}}
    return _without_mixed_columns(sheet, found)


def changed(sheet: Sheet, found: Found) -> Found:
    """Return the proved cells that stand in the file as another number."""
    return {cell: one for cell, one in found.items() if one[0] != sheet.numbers[cell].plain}


def without_contradicted(found: Found, sums: Sequence[Sum], sheet: Sheet, known: Mapping[Spot, Decimal]) -> Found:
    """Return what no sum contradicts: a sum that closes with no reading beside a proved cell refuses it."""
    told = {**{cell: value for cell, (value, _) in found.items()}, **known}
    refused: set[Spot] = set()
    for equation in sums:
        if not found.keys().isdisjoint(equation.cells):
            closing = close(equation, sheet.numbers, EATEN, told)
            refused |= set(equation.cells) if closing is not None and not closing.ways else set()
    return {cell: one for cell, one in found.items() if not refused & {spot for spot, _ in one[1].cells}}


def _structures(sheet: Sheet, percents: Sequence[int], totals: Sequence[int]) -> Iterator[Iterator[Share]]:
    """Yield all that may be shares of each other, row by row, made only as far as they are looked at."""
    others = [column for column in sheet.columns if column not in percents]
    for percent in percents:
        cells = [(row, percent) for row in sheet.rows if (row, percent) in sheet.numbers]
        cells = [cell for cell in cells if _is_evidence(sheet.numbers[cell])]
        if len(cells) > FEWEST_ROWS:
            for part, whole in permutations(others, 2):
                yield (Share(cell, (cell[0], part), (cell[0], whole)) for cell in cells)
            for part, total in product(others, totals):
                yield (Share(cell, (cell[0], part), (total, part)) for cell in cells)


def _proofs(sheet: Sheet, shares: Iterable[Share], known: Mapping[Spot, Decimal]) -> list[Quotient]:
    """Return the quotients that close in one way; none unless enough rows whose reading is sure show the structure."""
    found: list[Quotient] = []
    for share in shares:
        closings = _closings(sheet, share, known)
        if closings == []:
            return []  # A row that closes with no reading: the columns are no share of each other.
        if closings is not None and len(closings) == 1:
            found.append(closings[0])
    # Equal percentages are one piece of evidence, since rows are often copied; the 100 % of a total row is none.
    sure = {
        one.percent
        for one in found
        if one.choices == 1 and one.chance <= MAX_CHANCE and one.share.part != one.share.whole
    }
    if len(sure) < FEWEST_ROWS:
        return []
    return [one for one in found if one.choices == 1 or one.chance <= MAX_CHANCE]


def _closings(sheet: Sheet, share: Share, known: Mapping[Spot, Decimal]) -> list[Quotient] | None:
    """Return the readings that close a share; None where there is nothing to divide.

    A wrong reading gives another percentage, a thousand times more or less: it falls within the rounding as often as
    that is wide beside the percentage. Where this is less than one in 500, the wrong ones are 999 roundings off.
    """
    numbers = sheet.numbers
    if share.part not in numbers or share.whole not in numbers:
        return None
    percent = numbers[share.percent]
    parts, wholes = (_readings(numbers[cell], known.get(cell)) for cell in (share.part, share.whole))
    if not wholes[0]:
        return None
    unit = Decimal(1).scaleb(min(0, int(percent.plain.as_tuple().exponent)))
    pairs = list(product(parts, wholes)) if share.part != share.whole else list(zip(parts, wholes, strict=True))
    accident = float(unit / percent.plain) if percent.plain else 1.0
    chance = min(1.0, max(1, len(pairs) - 1) * accident)
    return [
        Quotient(share, percent.plain, part, whole, chance, len(pairs))
        for part, whole in pairs
        if abs(100 * part / whole - percent.plain) <= unit / 2
    ]


def _readings(seen: Seen, known: Decimal | None) -> tuple[Decimal, ...]:
    return (known,) if known is not None else tuple(dict.fromkeys((seen.plain, *EATEN.readings(seen))))


def _is_evidence(percent: Seen) -> bool:
    """Tell whether a percentage is undamaged: short, in bounds, and no thousands whose mark was eaten.

    Zeros at the end of decimals do not count as digits: `100,00` is as good as `98,75`.
    """
    if not 0 <= percent.plain <= MOST_PERCENT:
        return False
    number = percent.plain.normalize()
    exponent = int(number.as_tuple().exponent)
    shown = max(len(number.as_tuple().digits) + max(0, exponent), -exponent)
    return shown <= MOST_DIGITS and (percent.kind != "fraction" or 0 < -exponent < 3)


def _without_mixed_columns(sheet: Sheet, found: Found) -> Found:
    """Leave out columns in which a fraction is proved to be one beside another number that lost its marks."""
    altered = {cell[1] for cell in changed(sheet, found)}
    whole = {
        cell[1]
        for cell, (value, _) in found.items()
        if sheet.numbers[cell].kind == "fraction" and value == sheet.numbers[cell].plain
    }
    return {cell: one for cell, one in found.items() if not altered & whole & {spot[1] for spot, _ in one[1].cells}}


def digits(found: Found, sheet: Sheet) -> float:
    """Return how many digits of evidence the changed cells give together."""
    quotients = {one[1].share: one[1] for one in changed(sheet, found).values()}
    return sum(-log10(quotient.chance) for quotient in quotients.values())
