"""Find out which marks a table wrote its numbers with: the cells of its columns go in; the marks, or None, come out.

A program with another locale takes `487.030` for 487.03 and `4.000` for 4, and leaves `4.047.191` and `1.234,5` as
text, since they are no numbers to it. Those survivors tell how all numbers were written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from assetgen.locale import NumberStyle, StyleEvidence
from assetgen.read.evidence import ColumnCells

SAMPLE = 300
MOST_SURVIVORS = 1_000
# All are searched in the texts of a column joined by line feeds, which is several times faster than text by text.
_LINE = r"^[^\d\n]*{}[^\d\n]*$"
_SURVIVOR = {
    mark: re.compile(
        _LINE.format(rf"\d{{1,3}}(?:(?:{m}\d{{3}}){{2,}}(?:{p}\d+)?|{m}\d{{3}}{p}\d+)"), re.ASCII | re.MULTILINE
    )
    for mark, m, p in ((".", r"\.", ","), (",", ",", r"\."))
}
_ONE = {mark: re.compile(_LINE.format(rf"\d+{re.escape(mark)}(\d+)"), re.ASCII | re.MULTILINE) for mark in ".,"}


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
    joined = "\n".join(
        "\n".join(cells.written if cells.plain else cells.distinct)
        for cells in columns
        if cells.evidence != StyleEvidence()
    )
    dots, commas = (_survivors(joined, mark) if wanted else [] for mark, wanted in _sought(evidence))
    if dots and commas:
        return None
    if dots or commas:
        group = "." if dots else ","
        style: NumberStyle = "id" if dots else "en"
        places = _dropped(dots or commas, joined, "," if dots else ".")
        contradicted = evidence.style != style or _has_eaten_numbers(columns, 3 + places)
        return Marks(group, True, evidence.style == style, places, contradicted)
    group = "." if _has_eaten_numbers(columns, 6) else _single_mark(joined)
    return Marks(group, False, False, _dropped_with(columns, joined, group)) if group else None


def _sought(evidence: StyleEvidence) -> tuple[tuple[str, int], ...]:
    return ((".", evidence.indonesian), (",", evidence.english))


def _survivors(joined: str, mark: str) -> list[str]:
    return [found[0] for found in islice(_SURVIVOR[mark].finditer(joined), MOST_SURVIVORS)]


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))


def _dropped(survivors: Iterable[str], joined: str, point: str) -> int:
    """Return the decimals that may have lost their mark: none where numbers such as `234,5` kept theirs."""
    if any(len(found[1]) != 3 for found in _ONE[point].finditer(joined)):
        return 0
    tails = (text.rpartition(point)[2] for text in survivors if point in text)
    return min(max(map(_digits, tails), default=0), 3)


def _dropped_with(columns: Sequence[ColumnCells], joined: str, group: str) -> int:
    """Return the decimals that may have lost their mark where nothing survived: `1.234,5` has become 1.2345."""
    tails = [len(found[1]) for found in islice(_ONE[group].finditer(joined), SAMPLE)]
    tails += [-int(value.as_tuple().exponent) for value in _sampled(columns)]
    most = max(tails, default=0)
    return most - 3 if 3 < most <= 6 else 0


def _sampled(columns: Iterable[ColumnCells]) -> Iterator[Decimal]:
    """Yield typed numbers from all over each column."""
    for cells in columns:
        step = max(1, len(cells.natives) // SAMPLE)
        yield from (value for value in cells.natives[::step] if isinstance(value, Decimal))


def _has_eaten_numbers(columns: Sequence[ColumnCells], places: int) -> bool:
    """Tell whether there is a fraction among typed numbers that could be thousands whose dot was eaten."""
    return any(0 < -int(value.as_tuple().exponent) <= places and 1 <= abs(value) < 1000 for value in _sampled(columns))


def _single_mark(joined: str) -> str:
    """Return the mark of texts with one mark and three to six digits behind it, when it is the only one."""
    found = [
        mark
        for mark, pattern in _ONE.items()
        if any(3 <= len(one[1]) <= 6 for one in islice(pattern.finditer(joined), MOST_SURVIVORS))
    ]
    return found[0] if len(found) == 1 else ""
