"""Address cells, and calculations over cells: `apbd.xlsx!2026!B7`, `apbd.xlsx!2026!((B7-C7)/C7*100)`.

A calculation is written in the small language of `assetgen.derive`, which can evaluate it again. References without a
sheet are of the sheet that the address names; others carry it as spreadsheets write it: `'2025'!B7` for another sheet
of the same file, `'[lama.xlsx]2025'!B7` for another file, `'[data.csv]'!B7` for one without sheets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

# A calculation that would be longer or deeper than this only tells among which cells its numbers are.
LONGEST = 4_000
DEEPEST = 48
QUOTED = r"'(?:[^']|'')*'"
REFERENCE = re.compile(
    rf"(?P<prefix>{QUOTED}!)?(?<![A-Za-z0-9_])(?P<first>[A-Z]{{1,3}}\d{{1,7}})(?P<last>:[A-Z]{{1,3}}\d{{1,7}})?(?![\w(])"
)
_PLACE = re.compile(rf"({QUOTED}|[^'!]+)!")
_A1 = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_SINGLE = re.compile(rf"(?P<prefix>{QUOTED}!)?([A-Z]{{1,3}})(\d{{1,7}})")
_SUM = re.compile(r"SUM\(([A-Z0-9:,]+)\)")
_PAIR = re.compile(r"\(([A-Z]{1,3}\d{1,7})\+([A-Z]{1,3}\d{1,7})\)")


@dataclass(frozen=True, slots=True)
class Cell:
    """The address of a cell, or of a calculation over cells: file, sheet, and A1 reference or formula."""

    file: str
    sheet: str | None
    address: str

    def __str__(self) -> str:
        """Write `apbd.xlsx!2026!B7`, or `data.csv!B7` where a file has no sheets."""
        return "!".join([*(_quoted_if_needed(part) for part in (self.file, self.sheet) if part), self.address])


def parse_cell(text: str) -> Cell:
    """Return the address that `str(cell)` wrote; raises ValueError for text that is none."""
    places: list[str] = []
    rest = text
    while len(places) < 2 and (found := _PLACE.match(rest)):
        places.append(_bare(found[1]))
        rest = rest[found.end() :]
    if not places or not rest:
        raise ValueError(f"'{text[:60]}' is no address of a cell")
    return Cell(places[0], places[1] if len(places) > 1 else None, rest)


def resolve(found: re.Match[str], home: Cell) -> tuple[str, str | None]:
    """Return file and sheet of a reference that `REFERENCE` found in the formula of `home`."""
    if not found["prefix"]:
        return home.file, home.sheet
    name = _bare(found["prefix"][:-1])
    if name.startswith("[") and "]" in name:
        file, _, sheet = name[1:].partition("]")
        return file, sheet or None
    return home.file, name or None


def operation(first: Cell | Number, sign: str, second: Cell | Number) -> Cell | None:
    """Return the address of `first sign second`; None when neither is a cell."""
    home = next((side for side in (first, second) if isinstance(side, Cell)), None)
    if home is None:
        return None
    one, two = (_seen_from(side, home) if isinstance(side, Cell) else _constant(side) for side in (first, second))
    longer = _longer_sum(one, two) if sign == "+" else None
    return _bounded(home, longer or f"({one}{sign}{two})")


def call(function: str, cells: Sequence[Cell], *more: Cell | Number | Sequence[Cell]) -> Cell | None:
    """Return the address of a function over cells, which stand as ranges where they can; None when there are none.

    `call("SUM", cells)` gives `SUM(I2:I39)`; further arguments follow, lists of cells as ranges too.
    """
    if not cells:
        return None
    home = cells[0]
    arguments = [
        ",".join(_ranges([_seen_from(cell, home) for cell in one]))
        if isinstance(one, Sequence)
        else _argument(one, home)
        for one in (cells, *more)
    ]
    return _bounded(home, f"{function}({','.join(arguments)})")


Number = int | float | Decimal


def _argument(value: Cell | Number, home: Cell) -> str:
    return _seen_from(value, home) if isinstance(value, Cell) else _constant(value)


def _constant(value: Number) -> str:
    return format(Decimal(str(value)), "f")


def _seen_from(cell: Cell, home: Cell) -> str:
    """Return the formula of a cell as it is written in the sheet of `home`."""
    if (cell.file, cell.sheet) == (home.file, home.sheet):
        return cell.address

    def qualify(found: re.Match[str]) -> str:
        return _prefix(*resolve(found, cell), home) + found["first"] + (found["last"] or "")

    return REFERENCE.sub(qualify, cell.address)


def _prefix(file: str, sheet: str | None, home: Cell) -> str:
    if (file, sheet) == (home.file, home.sheet):
        return ""
    name = f"[{file}]{sheet or ''}" if file != home.file or sheet is None else sheet
    return "'" + name.replace("'", "''") + "'!"


def _quoted_if_needed(part: str) -> str:
    return "'" + part.replace("'", "''") + "'" if "!" in part or "'" in part else part


def _bare(part: str) -> str:
    return part[1:-1].replace("''", "'") if part.startswith("'") else part


# --- ranges -----------------------------------------------------------------------------------------------------------


def _longer_sum(first: str, second: str) -> str | None:
    """Return the sum of two operands as one SUM over ranges, where the first is a sum already; None elsewhere."""
    if found := _SUM.fullmatch(first):
        kept = found[1].split(",")
    elif pair := _PAIR.fullmatch(first):
        kept = _ranges([pair[1], pair[2]])
    else:
        return None
    if _A1.fullmatch(second):
        begin, _, end = kept[-1].rpartition(":")
        letters, row = split_address(end)
        follows = second == f"{letters}{row + 1}" and (not begin or begin.startswith(letters))
        kept = [*kept[:-1], f"{begin or end}:{second}"] if follows else [*kept, second]
        return f"SUM({','.join(kept)})"
    more = _SUM.fullmatch(second)
    return f"SUM({','.join(kept)},{more[1]})" if more else None


def _ranges(written: Iterable[str]) -> list[str]:
    """Return references as the fewest ranges, by column and row; formulas stay as they are, behind them."""
    by_place: dict[str, list[tuple[int, int]]] = {}
    others: list[str] = []
    for text in written:
        if found := _SINGLE.fullmatch(text):
            by_place.setdefault(found["prefix"] or "", []).append((column_number(found[2]), int(found[3])))
        else:
            others.append(text)
    return [prefix + text for prefix, places in by_place.items() for text in _runs(sorted(places))] + others


def _runs(places: Sequence[tuple[int, int]]) -> Iterator[str]:
    """Yield `A1` or `A1:A9` for each run down a column, else for each run along a row."""
    if len(places) > 1 and len({row for _, row in places}) == 1:
        runs = _consecutive([column for column, _ in places])
        row = places[0][1]
        yield from (_span((first, row), (last, row)) for first, last in runs)
        return
    for column in dict.fromkeys(column for column, _ in places):
        rows = [row for one, row in places if one == column]
        yield from (_span((column, first), (column, last)) for first, last in _consecutive(rows))


def _consecutive(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    first = last = numbers[0]
    for number in numbers[1:]:
        if number != last + 1:
            yield first, last
            first = number
        last = number
    yield first, last


def _span(first: tuple[int, int], last: tuple[int, int]) -> str:
    begin, end = (f"{column_letters(column)}{row}" for column, row in (first, last))
    return begin if begin == end else f"{begin}:{end}"


def _bounded(home: Cell, formula: str) -> Cell:
    """Return the address of a formula; of one that is too long or deep, only the area in which its cells lie."""
    if len(formula) > LONGEST or _depth(formula) > DEEPEST:
        formula = f"AMONG({','.join(_areas(formula))})"
    return Cell(home.file, home.sheet, formula)


def _depth(formula: str) -> int:
    deepest = depth = 0
    for bracket in re.findall(r"[()]", re.sub(QUOTED, "", formula)):
        depth += 1 if bracket == "(" else -1
        deepest = max(deepest, depth)
    return deepest


def _areas(formula: str) -> Iterator[str]:
    """Yield the smallest upright area around all references to each sheet."""
    corners: dict[str, list[tuple[int, int]]] = {}
    for found in REFERENCE.finditer(formula):
        for address in (found["first"], (found["last"] or "").lstrip(":")):
            if address:
                letters, row = split_address(address)
                corners.setdefault(found["prefix"] or "", []).append((column_number(letters), row))
    for prefix, places in corners.items():
        columns, rows = zip(*places, strict=True)
        yield prefix + _span((min(columns), min(rows)), (max(columns), max(rows)))


def column_number(letters: str) -> int:
    """Return the number of a column, from 1: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """Return the letters of a column by its number, from 1."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def split_address(address: str) -> tuple[str, int]:
    """Return letters and row number of an A1 reference; raises ValueError for anything else."""
    found = _A1.fullmatch(address)
    if not found:
        raise ValueError(f"'{address[:60]}' is no reference such as B7")
    return found[1], int(found[2])
