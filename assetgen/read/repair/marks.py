"""Find out which marks a table wrote its numbers with: the cells of its columns go in; the marks, or None, come out.

A program with another locale takes `487.030` for 487.03 and `4.000` for 4, and leaves `4.047.191` and `1.234,5` as
text, since they are no numbers to it. Those survivors tell how all numbers were written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from assetgen.locale import NumberStyle, StyleEvidence
from assetgen.read.evidence import ColumnCells

SAMPLE = 300
_DOT = re.compile(r"\D*\d{1,3}(?:(?:\.\d{3}){2,}(?:,\d+)?|\.\d{3},\d+)\D*", re.ASCII)
_COMMA = re.compile(r"\D*\d{1,3}(?:(?:,\d{3}){2,}(?:\.\d+)?|,\d{3}\.\d+)\D*", re.ASCII)
_ONE_DOT = re.compile(r"\D*\d+\.\d+\D*", re.ASCII)
_ONE_COMMA = re.compile(r"\D*\d+,\d+\D*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Marks:
    """How the numbers of a table were written: `group` stands between thousands.

    `survivors` tells whether texts prove that. `intact` tells that one group of three digits is read as thousands
    already. `places` are the decimals that surviving texts show, 0 for whole numbers.
    """

    group: str
    survivors: bool
    intact: bool
    places: int = 0

    @property
    def style(self) -> NumberStyle:
        """Return the style of numbers with these marks."""
        return "id" if self.group == "." else "en"


def find_marks(columns: Sequence[ColumnCells]) -> Marks | None:
    """Return the marks of a table whose numbers may be damaged; None when nothing shows damage.

    None too where both styles have survivors: then no program did it alone.
    """
    evidence = sum((cells.evidence for cells in columns), StyleEvidence())
    marked = [cells for cells in columns if cells.evidence != StyleEvidence()]
    dots, commas = (_matching(marked, pattern) for pattern in (_DOT, _COMMA))
    if dots and commas:
        return None
    if dots or commas:
        group = "." if dots else ","
        point = "," if dots else "."
        style: NumberStyle = "id" if dots else "en"
        tails = (text.strip("()%").rpartition(point)[2] for text in dots or commas if point in text)
        return Marks(group, True, evidence.style == style, min(max(map(_digits, tails), default=0), 3))
    if _eaten_numbers(columns):
        return Marks(".", False, False)
    group = _single_mark(marked)
    return Marks(group, False, False) if group else None


def _matching(columns: Iterable[ColumnCells], pattern: re.Pattern[str]) -> set[str]:
    return {text for cells in columns for text in set(cells.written) if pattern.fullmatch(text)}


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))


def _eaten_numbers(columns: Sequence[ColumnCells]) -> bool:
    """Tell whether the fractions among typed numbers could all be thousands whose dots were eaten."""
    found = False
    for cells in columns:
        for value in islice((value for value in cells.natives if isinstance(value, Decimal)), SAMPLE):
            places = -int(value.as_tuple().exponent)
            if places <= 0 or value == value.to_integral_value():
                continue
            if places <= 3 and 1 <= abs(value) < 1000:
                found = found or places == 3
    return found


def _single_mark(columns: Sequence[ColumnCells]) -> str:
    """Return the mark of texts with one mark and at most three digits behind it, when it is the only one."""
    found = set()
    for cells in columns:
        for text in islice(cells.written, SAMPLE):
            for mark, pattern in ((".", _ONE_DOT), (",", _ONE_COMMA)):
                if pattern.fullmatch(text) and _digits(text.rpartition(mark)[2]) == 3:
                    found.add(mark)
    return found.pop() if len(found) == 1 else ""
