"""Name the columns: the header rows of a grid go in; names, keys and units of columns come out."""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from assetgen.model import Grid
from assetgen.read.find import Region
from assetgen.read.signs import without_raised
from assetgen.read.units import is_scaled, is_unit, unit_in, without_unit
from assetgen.sources._cells import letters

JOIN = " · "
MAX_KEY = 60
SHARED_LENGTH = 30

# Words that mean something else in expressions: Jinja's, then SQL's.
_RESERVED = frozenset(
    (
        *("true", "false", "none", "loop", "self", "super", "block", "macro", "call", "filter", "set", "do", "include"),
        *("extends", "caller", "varargs", "kwargs", "select", "where", "group", "order", "by", "having", "limit"),
        *("offset", "join", "on", "union", "case", "when", "then", "end", "null", "all", "any", "distinct", "like"),
        *("between", "exists", "cast", "desc", "asc", "table", "index", "values"),
    )
)


@dataclass(frozen=True, slots=True)
class Heading:
    """What the header says about one column."""

    column: int
    parts: tuple[str, ...]
    name: str
    key: str
    unit: str


def headings(grid: Grid, region: Region) -> tuple[tuple[Heading, ...], tuple[str, ...]]:
    """Return a heading for every column, and the long texts above all numbers, which belong to the title."""
    filled = _filled(grid, region)
    stacks = [_unique([row[column] for row in filled]) for column in region.columns]
    shared = _shared(stacks)
    names, units = [], []
    for column, stack in zip(region.columns, stacks, strict=True):
        own = [part for part in stack if part not in shared] or stack
        names.append(JOIN.join(own) or f"Kolom {letters(column)}")
        units.append(_unit(stack))
    keys = unique_keys([_without_units(name, unit) for name, unit in zip(names, units, strict=True)])
    found = zip(region.columns, stacks, names, keys, units, strict=True)
    return tuple(Heading(c, tuple(s), n, k, u) for c, s, n, k, u in found), tuple(shared)


def _without_units(name: str, unit: str) -> str:
    parts = (without_unit(part).strip() for part in name.split(JOIN) if part != unit)
    return without_raised(JOIN.join(filter(None, parts)) or name)


def _unit(stack: Sequence[str]) -> str:
    """Return the unit that the header of a column names: in brackets, or as a header row of its own."""
    named = next((unit for part in reversed(stack) if (unit := unit_in(part))), "")
    return named or next((part for part in stack[1:] if is_unit(part) and (is_scaled(part) or part == stack[-1])), "")


def unique_keys(names: Sequence[str]) -> list[str]:
    """Return identifiers for names: lower case, ASCII, underscores; repeated ones get _2, _3 and so on."""
    taken: set[str] = set()
    keys = []
    for name in names:
        base = key = key_of(name)
        number = 1
        while key in taken:
            number += 1
            key = f"{base}_{number}"
        taken.add(key)
        keys.append(key)
    return keys


def key_of(name: str) -> str:
    """Return a name as an identifier of Python, Jinja and SQL."""
    plain = unicodedata.normalize("NFKD", name.replace("%", " persen ")).encode("ascii", "ignore").decode().lower()
    key = re.sub(r"[^a-z0-9]+", "_", plain).strip("_") or "kolom"
    if len(key) > MAX_KEY:
        key = key[:MAX_KEY].rpartition("_")[0] or key[:MAX_KEY]
    if key[0].isdigit():
        key = f"kolom_{key}"
    return f"{key}_" if key in _RESERVED or keyword.iskeyword(key) else key


def _filled(grid: Grid, region: Region) -> list[list[str]]:
    """Return the header rows with the text of merged or continued cells repeated."""
    rows = [[" ".join(text.split()) for text in grid.texts[row]] for row in region.header]
    merges = [merge for merge in grid.merges if set(range(merge[0], merge[2] + 1)) & set(region.header)]
    for top, left, bottom, right in merges:
        if top in region.header:
            text = rows[region.header.index(top)][left]
            for index, row in enumerate(region.header):
                if top <= row <= bottom:
                    rows[index][left : right + 1] = [text] * (right + 1 - left)
    if not merges:
        for index in range(len(rows) - 1):
            _continue(rows, index)
    return rows


def _continue(rows: list[list[str]], index: int) -> None:
    """Repeat group names over the blank cells to their right, as in exports that lost their merged cells."""
    row = rows[index]
    above = rows[:index]
    for column in range(1, len(row)):
        is_group = any(below[column - 1] for below in rows[index + 1 :])
        is_member = any(below[column] for below in rows[index + 1 :])
        same_parent = all(other[column] == other[column - 1] for other in above)
        if not row[column] and row[column - 1] and is_group and is_member and same_parent:
            row[column] = row[column - 1]


def _unique(parts: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(part for part in parts if part))


def _shared(stacks: Sequence[Sequence[str]]) -> list[str]:
    """Return the long texts that stand above all columns but those of the labels: they say what the table is."""
    deep = [stack for stack in stacks if len(stack) > 1]
    if len(deep) < 2 or len(deep) < len(stacks) / 2:
        return []
    return [part for part in deep[0] if len(part) > SHARED_LENGTH and all(part in stack[:-1] for stack in deep)]
