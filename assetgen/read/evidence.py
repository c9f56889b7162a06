"""Gather what the cells of a column tell: a grid goes in; texts, typed values and the evidence for a style come out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cached_property

from assetgen.locale import NumberStyle, StyleEvidence, style_evidence
from assetgen.model import Grid, Remark, ValueData
from assetgen.read.find import MISSING
from assetgen.read.header import Heading
from assetgen.read.options import ReadOptions
from assetgen.sources._cells import address

# Columns of plain numbers are read at once: one text a line.
_PLAIN: Mapping[NumberStyle | None, re.Pattern[str]] = {
    None: re.compile(r"(?:\d{1,40}(?:\n|\Z))+", re.ASCII),
    "en": re.compile(r"(?:(?:\d{1,40}|-?\d{1,40}\.\d{1,40})(?:\n|\Z))+", re.ASCII),
    "id": re.compile(r"(?:(?:\d{1,40}|-?\d{1,40},\d{1,40})(?:\n|\Z))+", re.ASCII),
}
_AMBIGUOUS = re.compile(r"^-?[1-9]\d{0,2}\.\d{3}$", re.MULTILINE | re.ASCII)
_CURRENCIES = frozenset({"rp", "id", "us", "eu"})
# Also the letters that become one of these in lower case.
_CURRENCY_LETTERS = frozenset("riueRIUE\u0130")


class ColumnCells:
    """The data cells of one column that hold something."""

    def __init__(self, grid: Grid, rows: Sequence[int], column: int) -> None:
        self.column = column
        texts = list(map(str.strip, grid.column(column, rows)))
        gone = MISSING.intersection(texts)
        self.gaps = bool(gone)
        self.marks = [text for text in texts if text and text in gone] if gone else []
        self.rows = [row for row, text in zip(rows, texts, strict=True) if text not in gone] if gone else rows
        self.texts = [text for text in texts if text not in gone] if gone else texts
        self.natives: Sequence[ValueData] = grid.typed_column(column, self.rows) or (None,) * len(self.rows)
        self.types = frozenset(map(type, self.natives))
        self.written = self._written()
        self.firsts = {text[0] for text in self.texts}
        joined = "\n".join(self.written)
        # Plain English numbers, as most programs export them, are told from all others at once.
        self.plain = bool(_PLAIN["en"].fullmatch(joined))
        self.pointed = "." in joined
        self.evidence = _of_plain(joined) if self.plain else _evidence(self.distinct, self.candidates)
        self.percents = sum((row, column) in grid.percents for row in self.rows) if grid.percents else 0
        shown = grid.currencies
        self.currencies = (
            Counter(shown[row, column] for row in self.rows if (row, column) in shown) if shown else Counter()
        )

    @cached_property
    def distinct(self) -> Counter[str]:
        """Return how often each text stands in a cell that has no typed value."""
        return Counter(self.written)

    @cached_property
    def candidates(self) -> list[str]:
        """Return the different texts that may be numbers."""
        if self.plain:
            return list(self.distinct)
        if all(map(str.isalpha, self.firsts)) and _CURRENCY_LETTERS.isdisjoint(self.firsts):
            return []
        return [text for text in self.distinct if may_be_number(text)]

    def first_distinct(self, most: int) -> list[str]:
        """Return the first texts that differ, at most so many."""
        found: dict[str, None] = {}
        for text in self.written:
            found[text] = None
            if len(found) == most:
                break
        return list(found)

    def _written(self) -> list[str]:
        if type(None) not in self.types:
            return []
        if len(self.types) == 1:
            return self.texts
        return [text for text, value in zip(self.texts, self.natives, strict=True) if value is None]

    def where(self, wanted: Iterable[str]) -> tuple[str, ...]:
        """Return the addresses of the cells that hold one of the texts."""
        texts = set(wanted)
        pairs = zip(self.rows, self.texts, self.natives, strict=True)
        return tuple(address(row, self.column) for row, text, value in pairs if value is None and text in texts)


def may_be_number(text: str) -> bool:
    """Tell cheaply whether a text may be a number: it begins with no letter, except those of currencies."""
    return not text[0].isalpha() or text[:2].lower() in _CURRENCIES


def plain_numbers(cells: ColumnCells, style: NumberStyle | None) -> dict[str, Decimal] | None:
    """Return the numbers of texts that are all plain ones, digits with at most a minus and one mark; else None."""
    held = cells.candidates
    if len(held) < len(cells.distinct) or not (
        cells.plain if style == "en" else _PLAIN[style].fullmatch("\n".join(held))
    ):
        return None
    shown = (text.replace(",", ".") for text in held) if style == "id" else held
    return dict(zip(held, map(Decimal, shown), strict=True))


def _of_plain(joined: str) -> StyleEvidence:
    ambiguous = len(_AMBIGUOUS.findall(joined))
    return StyleEvidence(0, joined.count(".") - ambiguous, ambiguous)


def every_number(cells: ColumnCells, style: NumberStyle | None) -> list[Decimal]:
    """Return the numbers of a column of nothing but plain ones, from top to bottom; nothing for any other column."""
    if not cells.plain or cells.gaps or len(cells.written) < len(cells.texts) or (cells.pointed and style != "en"):
        return []
    return list(map(Decimal, cells.written))


def _evidence(distinct: Counter[str], candidates: Iterable[str]) -> StyleEvidence:
    """Return what the texts of a column tell; equal ones are read once, and words are not read at all."""
    once, more = [], StyleEvidence()
    for text in candidates:
        count = distinct[text]
        if count == 1:
            once.append(text)
        else:
            one = style_evidence((text,))
            more += StyleEvidence(one.indonesian * count, one.english * count, one.ambiguous * count)
    return more + style_evidence(once)


def file_evidence(columns: Iterable[ColumnCells], codes: set[int]) -> StyleEvidence:
    """Return what all columns but the codes tell about the number style of the file."""
    total = StyleEvidence()
    for cells in columns:
        if cells.column not in codes:
            total = total + cells.evidence
    return total


def style_remark(evidence: StyleEvidence, options: ReadOptions) -> tuple[Remark, ...]:
    """Say how the style of the numbers in the file was found."""
    names = {"id": "Indonesian, as in 1.234,5", "en": "English, as in 1,234.5"}
    if options.number_style:
        return (Remark("number-style", f"numbers are read as pinned: {names[options.number_style]}"),)
    if evidence.style is None:
        return ()
    count = evidence.indonesian or evidence.english
    return (Remark("number-style", f"numbers are {names[evidence.style]}: {count:,} cells can only be read so"),)


def suspect_decimals(
    columns: Sequence[ColumnCells], heads: Sequence[Heading], remarks: Sequence[Remark]
) -> tuple[Remark, ...]:
    """Warn of columns beside a damaged one whose fractions may be thousands too: 214.052 that was 214052."""
    damaged = [remark for remark in remarks if remark.code == "mixed-number-styles"]
    if not damaged:
        return ()
    clear = {cell for remark in damaged for cell in remark.cells}
    found = [
        (head, cells)
        for head, cells in zip(heads, columns, strict=True)
        if not any(address(row, cells.column) in clear for row in cells.rows) and _may_be_thousands(cells)
    ]
    if not found:
        return ()
    names = ", ".join(f"'{head.name}'" for head, _ in found)
    ranges = tuple(
        f"{address(cells.rows[0], cells.column)}:{address(cells.rows[-1], cells.column)}" for _, cells in found
    )
    message = f"the fractions in {names} may be thousands whose dots were eaten, as in the damaged columns beside them"
    return (Remark("suspect-decimals", message, ranges, "warning"),)


def _may_be_thousands(cells: ColumnCells) -> bool:
    numbers = [value for value in cells.natives if isinstance(value, Decimal)]
    places = [max(0, -int(number.as_tuple().exponent)) for number in numbers]
    return bool(places) and max(places) == 3
