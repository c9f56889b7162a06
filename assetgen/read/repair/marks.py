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
    already. `places` are the decimals that may have lost their mark, as surviving texts show; 0 for none.
    `contradicted`: other cells of the table cannot be written so, which no hand does.
    """

    group: str
    survivors: bool
    intact: bool
    places: int = 0
    contradicted: bool = False

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
        places = _dropped(dots or commas, marked, point)
        contradicted = evidence.style != style or _has_eaten_numbers(columns, 3 + places)
        return Marks(group, True, evidence.style == style, places, contradicted)
    group = "." if _has_eaten_numbers(columns, 6) else _single_mark(marked)
    return Marks(group, False, False, _dropped_with(columns, group)) if group else None


def _matching(columns: Iterable[ColumnCells], pattern: re.Pattern[str]) -> set[str]:
    return {text for cells in columns for text in set(cells.written) if pattern.fullmatch(text)}


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))


def _dropped(survivors: Iterable[str], columns: Sequence[ColumnCells], point: str) -> int:
    """Return the decimals that may have lost their mark: none where numbers such as `234,5` kept theirs."""
    pattern = _ONE_COMMA if point == "," else _ONE_DOT
    if any(pattern.fullmatch(text) and _digits(text.rpartition(point)[2]) != 3 for text in _texts(columns)):
        return 0
    tails = (text.strip("()%").rpartition(point)[2] for text in survivors if point in text)
    return min(max(map(_digits, tails), default=0), 3)


def _dropped_with(columns: Sequence[ColumnCells], group: str) -> int:
    """Return the decimals that may have lost their mark where nothing survived: `1.234,5` has become 1.2345."""
    texts = (text for cells in columns for text in islice(cells.written, SAMPLE) if group in text)
    tails = [_digits(text.rpartition(group)[2]) for text in texts]
    numbers = (value for cells in columns for value in islice(cells.natives, SAMPLE) if isinstance(value, Decimal))
    tails += [-int(value.as_tuple().exponent) for value in numbers]
    most = max(tails, default=0)
    return most - 3 if 3 < most <= 6 else 0


def _texts(columns: Iterable[ColumnCells]) -> set[str]:
    return {text for cells in columns for text in cells.written}


def _has_eaten_numbers(columns: Sequence[ColumnCells], places: int) -> bool:
    """Tell whether there is a fraction among typed numbers that could be thousands whose dot was eaten."""
    return any(
        isinstance(value, Decimal) and 0 < -int(value.as_tuple().exponent) <= places and 1 <= abs(value) < 1000
        for cells in columns
        for value in islice(cells.natives, SAMPLE)
    )


def _single_mark(columns: Sequence[ColumnCells]) -> str:
    """Return the mark of texts with one mark and three to six digits behind it, when it is the only one."""
    found = set()
    for cells in columns:
        for text in islice(cells.written, SAMPLE):
            for mark, pattern in ((".", _ONE_DOT), (",", _ONE_COMMA)):
                if pattern.fullmatch(text) and 3 <= _digits(text.rpartition(mark)[2]) <= 6:
                    found.add(mark)
    return found.pop() if len(found) == 1 else ""
