"""Find dates that cannot be, anywhere in a sheet: a grid goes in; remarks that name their cells come out.

"31 Juni 2020" in a note is as wrong on a post as in a column. What cannot be is named, and never turned into another
date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assetgen.locale import parse_moment
from assetgen.model import Grid, Remark
from assetgen.sources._cells import address

# Sheets beside the one that is read are looked through when they are notes, not data.
MOST_NOTE_ROWS = 500

_MONTHS = r"(?:jan|feb|peb|mar|mrt|apr|mei|may|jun|jul|agu|agt|ags|aug|sep|okt|oct|nov|nop|des|dec)[a-z]{0,7}"
_DAYS = r"(?:(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad|(?:mon|tues|wednes|thurs|fri|satur|sun)day),\s*)?"
_DATE = re.compile(
    rf"{_DAYS}(?<![\d.,/])\d{{1,2}}[ \-/]{{1,2}}{_MONTHS}\.?[ \-/]{{1,2}}(?:1[89]|20|21)\d\d(?!\d)"
    rf"|{_DAYS}\b{_MONTHS} \d{{1,2}}, (?:1[89]|20|21)\d\d(?!\d)"
    r"|(?<![\d/-])(?:19|20)\d\d-\d\d-\d\d(?![\d/-])"
    r"|(?:(?<=tanggal )|(?<=tgl )|(?<=tgl\. )|(?<=per ))\d{1,2}[-/]\d{1,2}[-/](?:19|20)\d\d(?!\d)",
    re.IGNORECASE,
)
# A date has a year, and a sign or letter beside it.
_YEAR = re.compile(r"(?:1[89]|20|21)\d\d(?=-)|(?<=[ /,-])(?:1[89]|20|21)\d\d")
_WRONG = {
    "impossible": ("impossible-date", "no such date exists"),
    "weekday": ("wrong-weekday", "the weekday is not that of the date"),
}


def impossible_dates(grid: Grid, known: Iterable[Remark] = ()) -> tuple[Remark, ...]:
    """Return a remark for each kind of date in a grid that cannot be; cells that `known` tells of are left out."""
    told = {cell for remark in known if remark.code in ("impossible-date", "wrong-weekday") for cell in remark.cells}
    found: dict[str, list[tuple[str, str]]] = {}
    for cell, text, fault in _faults(grid):
        if cell not in told:
            found.setdefault(fault, []).append((cell, text))
    remarks = []
    for fault, cells in found.items():
        code, words = _WRONG[fault]
        texts = ", ".join(f"'{text}'" for text in list(dict.fromkeys(text for _, text in cells))[:3])
        addresses = tuple(dict.fromkeys(cell for cell, _ in cells))
        remarks.append(Remark(code, f"{words} ({texts}): correct it before it is quoted", addresses, "warning"))
    return tuple(remarks)


def dates_in_notes(grids: Iterable[Grid]) -> tuple[Remark, ...]:
    """Return the remarks on sheets that hold notes beside the table, with the name of the sheet before each cell."""
    remarks: list[Remark] = []
    for grid in grids:
        if len(grid.texts) <= MOST_NOTE_ROWS:
            for remark in impossible_dates(grid):
                cells = tuple(f"{grid.name}!{cell}" for cell in remark.cells)
                remarks.append(Remark(remark.code, remark.message, cells, remark.severity))
    return tuple(remarks)


def _faults(grid: Grid) -> Iterator[tuple[str, str, str]]:
    """Yield cell, date and fault of every date that cannot be; equal texts are searched once."""
    wrong: dict[str, list[tuple[str, str]]] = {}
    for text in _texts_with_dates(grid):
        if faults := list(_in_text(text)):
            wrong[text] = faults
    if wrong:
        for row, line in enumerate(grid.texts):
            for column, text in enumerate(line):
                for date, fault in wrong.get(text, ()):
                    yield address(row, column), date, fault


def _texts_with_dates(grid: Grid) -> Iterator[str]:
    """Yield the different texts that hold something like a date; numbers and texts without a year are passed over."""
    every = range(len(grid.texts))
    for column in range(len(grid.texts[0]) if grid.texts else 0):
        words = grid.column(column, every)
        if grid.natives:
            natives = grid.typed_column(column, every)
            if len(set(map(type, natives))) > 1:
                words = [text for text, typed in zip(words, natives, strict=True) if typed is None]
            elif natives[0] is not None:
                continue
        different = set(words)
        if not _may_hold_dates("\n".join(different)):
            continue
        for text in different:
            if len(text) > 7 and _YEAR.search(text) and _DATE.search(text):
                yield text


def _may_hold_dates(text: str) -> bool:
    """Tell cheaply whether a long text may hold dates: a date has the name of a month, or a stroke or hyphen."""
    low = text.lower()
    if "/" in low or "-" in low:
        return True
    # Without digits, what is left of columns of numbers is short.
    low = low.encode("utf-8", "replace").translate(None, b"0123456789.,\n").decode()
    return low != low.upper() and any(month in low for month in _MONTHS[3:].partition(")")[0].split("|"))


def _in_text(text: str) -> Iterator[tuple[str, str]]:
    for found in _DATE.finditer(" ".join(text.split())):
        both = [moment for day_first in (True, False) if (moment := parse_moment(found[0], day_first))]
        if len(both) == 2 and all(moment.fault in _WRONG for moment in both):
            yield found[0], both[0].fault
