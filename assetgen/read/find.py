"""Find the table in a sheet: a grid goes in; its header rows, data rows, title, unit line and notes come out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assetgen.errors import DataError, Place, UsageError
from assetgen.locale import parse_amount, parse_moment
from assetgen.model import Grid, Remark
from assetgen.read.legends import split_note
from assetgen.read.options import ReadOptions
from assetgen.read.signs import RAISED_DIGITS, RAISED_LETTERS, split_cell
from assetgen.read.units import is_unit, is_unit_line

# What stands for nothing in a column of words; a dash or dots may be words there.
NOTHING = frozenset(("", "n/a", "N/A", "NA", "N.A.", "null", "NULL", "NaN", "nan", "#N/A"))
MISSING = NOTHING | frozenset(("-", "--", "–", "—", "−", "...", "…"))
NOTE = re.compile(
    r"\s*(?:catatan|sumber|source|keterangan|ket\.|notes?|penjelasan|update data|data per|per tanggal|\*+\)?|\d\)\s"
    rf"|[rep]\)\s|[rep]\s*[:=]\s|[{RAISED_DIGITS}{RAISED_LETTERS}])",
    re.IGNORECASE,
)
SAMPLE = 300
LOOK_DOWN = 60
MAX_HEADER = 20

Look = Literal["empty", "missing", "number", "period", "text"]


@dataclass(frozen=True, slots=True)
class Region:
    """Where a table lies in a grid; rows and columns are counted from 0."""

    header: tuple[int, ...]
    body: tuple[int, ...]
    columns: tuple[int, ...]
    title: tuple[str, ...] = ()
    unit_line: str = ""
    notes: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()


def look(text: str, typed: object = None) -> Look:
    """Tell what a cell looks like; years and dates are periods, which stand in headers as well as in data."""
    text = text.strip()
    if text in MISSING:
        return "missing" if text else "empty"
    if typed is None and (marked := split_cell(text, {})):
        text = marked[0]
    if isinstance(typed, date) or re.fullmatch(r"(?:19|20)\d\d", text) or (typed is None and parse_moment(text)):
        return "period"
    if typed is not None:
        return "number"
    return "number" if parse_amount(text, "id") or parse_amount(text, "en") else "text"


class Scan:
    """The looks of the cells of a grid, computed where they are asked for."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.height = len(grid.texts)
        self.width = len(grid.texts[0]) if grid.texts else 0
        whole = tuple(range(self.width))
        self.filled = [whole] * self.height
        for row in _rows_with_blanks(grid):
            self.filled[row] = tuple(column for column, text in enumerate(grid.texts[row]) if text.strip())
        sample = [*range(min(SAMPLE, self.height)), *range(max(SAMPLE, self.height - LOOK_DOWN), self.height)]
        self.looks = {row: self._row(row) for row in sample}
        self.numeric = {column for column in range(self.width) if self._share(column, ("number", "period")) >= 0.3}
        self.periods = {column for column in self.numeric if self._share(column, ("period",)) >= 0.6}

    def _row(self, row: int) -> tuple[Look, ...]:
        typed = self.grid.natives[row] if self.grid.natives else (None,) * self.width
        return tuple(map(look, self.grid.texts[row], typed))

    def row(self, row: int) -> tuple[Look, ...]:
        """Return the looks of a row."""
        return self.looks.get(row) or self._row(row)

    def _share(self, column: int, wanted: tuple[str, ...]) -> float:
        seen = [looks[column] for looks in self.looks.values() if looks[column] not in ("empty", "missing")]
        return sum(one in wanted for one in seen) / len(seen) if seen else 0.0

    def is_data(self, row: int) -> bool:
        """Tell whether a row holds a number, date or missing mark where its column holds numbers or dates."""
        looks = self.row(row)
        if len(self.filled[row]) < min(2, self.width):
            return False
        return self._under_header(row) or any(
            looks[column] in ("number", "missing") or (looks[column] == "period" and column in self.periods)
            for column in self.numeric
        )

    def _under_header(self, row: int) -> bool:
        """Tell whether a row of labels and numbers like 2013 stands right under words that name its columns."""
        higher = next((other for other in range(row - 1, -1, -1) if self.filled[other]), None)
        if higher is None:
            return False
        looks, names = self.row(row), self.row(higher)
        labels = [column for column in self.filled[row] if looks[column] == "text" and column not in self.numeric]
        periods = [column for column in self.numeric if looks[column] == "period"]
        one, other = self.grid.texts[row], self.grid.texts[higher]
        differs = any(one[column] != other[column] for column in labels)
        return bool(periods) and differs and all(names[column] == "text" for column in (*labels, *periods))

    def is_numbering(self, row: int) -> bool:
        """Tell whether a row only counts its columns: (1) (2) (3)."""
        line = self.grid.texts[row]
        texts = [line[column].strip() for column in self.filled[row]]
        plain = [text.strip("()[]") for text in texts]
        counts = len(plain) >= 3 and plain == [str(number) for number in range(1, len(plain) + 1)]
        return counts and (texts != plain or any(column not in self.numeric for column in self.filled[row]))


def _rows_with_blanks(grid: Grid) -> set[int]:
    """Return the rows in which a cell is blank."""
    found: set[int] = set()
    every = range(len(grid.texts))
    for column in range(len(grid.texts[0]) if grid.texts else 0):
        texts = grid.column(column, every)
        if not all(texts) or any(map(str.isspace, texts)):
            found.update(row for row, text in enumerate(texts) if not text or text.isspace())
    return found


def find(grid: Grid, options: ReadOptions, place: Place) -> Region:
    """Find the table of a grid.

    Raises DataError when the sheet is empty or holds notes instead of a table.
    """
    scan = Scan(grid)
    if not any(scan.filled):
        raise DataError("the sheet is empty", place)
    _check_pins(options, scan.height, place)
    start = _first_data_row(scan, options)
    header = _header_rows(scan, start, options)
    start = header[-1] + 1 if header else start
    body, notes, late = _body(scan, start)
    columns = tuple(
        column for column in range(scan.width) if any(map(str.strip, grid.column(column, (*header, *body))))
    )
    if not body or (len(columns) == 1 and _is_prose(grid, body, columns[0])):
        raise DataError("no table was found: there are no data rows under a header", place, "pin `header_row`")
    remarks: tuple[Remark, ...] = ()
    title, unit_line = _above(scan, header[0] if header else body[0])
    if not header:
        message = "no header row was found: columns are named by their letters. Pin `header_row` if there is one"
        remarks = (Remark("no-header", message, (), "warning"),)
    return Region(header, body, columns, title, unit_line, notes, remarks + late)


def _check_pins(options: ReadOptions, height: int, place: Place) -> None:
    if options.header_row is not None and not 1 <= options.header_row <= height:
        raise UsageError(f"`header_row` is {options.header_row}, but the sheet has rows 1 to {height}", place)
    if options.header_rows is not None and not 1 <= options.header_rows <= MAX_HEADER:
        raise UsageError(f"`header_rows` is {options.header_rows}; allowed are 1 to {MAX_HEADER}", place)


# --- header -----------------------------------------------------------------------------------------------------------


def _first_data_row(scan: Scan, options: ReadOptions) -> int:
    if scan.grid.header is not None and options.header_row is None:
        return scan.grid.header
    if options.header_row is not None and options.header_rows is not None:
        return options.header_row - 1 + options.header_rows
    first = (options.header_row or 1) - 1 + (options.header_row is not None)
    candidates = (row for row in range(first, scan.height) if scan.is_data(row) and not scan.is_numbering(row))
    start = next(candidates, -1)
    if start < 0:
        start = _first_text_row(scan, first) + (options.header_row is None)
    elif not any(len(filled) > 1 for filled in scan.filled[:start]) and _is_periods(scan, start):
        start += 1
    return start


def _first_text_row(scan: Scan, first: int) -> int:
    """Return the header row of a table without numbers: the first of its widest rows."""
    widest = max((len(filled) for filled in scan.filled[first:]), default=0)
    enough = max(1, min(widest, 2), round(widest * 0.7))
    return next((row for row in range(first, scan.height) if len(scan.filled[row]) >= enough), first)


def _is_periods(scan: Scan, row: int) -> bool:
    """Tell whether all numbers of a row are different years or dates, as in a header `Provinsi, 2024, 2025`."""
    looks = scan.row(row)
    line = scan.grid.texts[row]
    periods = [line[column] for column in scan.filled[row] if looks[column] == "period"]
    return len(set(periods)) == len(periods) >= 2 and "number" not in looks


def _header_rows(scan: Scan, start: int, options: ReadOptions) -> tuple[int, ...]:
    if scan.grid.header is not None and options.header_row is None:
        return tuple(range(scan.grid.header))
    if options.header_row is not None:
        bottom = options.header_row - 1 + (options.header_rows or max(1, start - options.header_row + 1))
        rows_below = range(options.header_row - 1, min(bottom, scan.height))
        return tuple(row for row in rows_below if not scan.is_numbering(row))
    lowest = _header_bottom(scan, start)
    if lowest is None:
        return ()
    wanted = {column for row in range(start, min(start + LOOK_DOWN, scan.height)) for column in scan.filled[row]}
    rows: list[int] = []
    for row in range(lowest, -1, -1):
        if scan.is_numbering(row):
            continue
        if not _belongs(scan, row, rows, wanted) or (options.header_rows and len(rows) == options.header_rows):
            break
        rows.insert(0, row)
    return tuple(rows)


def _header_bottom(scan: Scan, start: int) -> int | None:
    """Return the last header row: rows without anything above the numbers are data whose cells are blank."""
    lowest = max((bottom for _, _, bottom, _ in scan.grid.merges if bottom < start), default=-1)
    data = scan.numeric or set(range(scan.width))
    for row in range(start - 1, -1, -1):
        filled = set(scan.filled[row])
        if not filled or scan.is_numbering(row):
            continue
        names_data = filled & data and (len(filled) > 1 or 0 not in filled or scan.width == 1)
        if names_data or row == lowest:
            return row
    return None


def _belongs(scan: Scan, row: int, rows: list[int], wanted: set[int]) -> bool:
    """Tell whether a row above the header rows found so far is one more of them."""
    filled = scan.filled[row]
    if not rows:
        return bool(filled)
    if not filled or _names_unit(scan, row) or _is_banner(scan, row):
        return False
    named = {column for below in rows for column in _covered(scan, below)}
    if wanted - named:
        return bool(set(filled) & (wanted - named)) or len(filled) > 1 or filled[0] > 0
    return len(filled) > 1 or (filled[0] > 0 and (not scan.grid.merges or _spans(scan, row, filled[0])))


def _names_unit(scan: Scan, row: int) -> bool:
    """Tell whether a row is the unit line; a row of several cells may be the units of the columns."""
    filled = scan.filled[row]
    text = " ".join(scan.grid.texts[row][filled[0]].split())
    return is_unit_line(text) and (len(filled) == 1 or not is_unit(text.strip("()[] ")))


def _covered(scan: Scan, row: int) -> set[int]:
    """Return the columns that a header row names, its merged cells included."""
    found = set(scan.filled[row])
    for top, left, bottom, right in scan.grid.merges:
        if top <= row <= bottom and left in scan.filled[top]:
            found |= set(range(left, right + 1))
    return found


def _spans(scan: Scan, row: int, column: int) -> bool:
    return any(top == row and left == column and right > left for top, left, _, right in scan.grid.merges)


def _is_banner(scan: Scan, row: int) -> bool:
    """Tell whether one merged cell spans nearly the whole width: a title."""
    filled = scan.filled[row]
    return len(filled) == 1 and any(
        top <= row <= bottom and left <= filled[0] <= right and left == 0 and right - left + 1 >= scan.width * 0.8
        for top, left, bottom, right in scan.grid.merges
    )


def _above(scan: Scan, top: int) -> tuple[tuple[str, ...], str]:
    """Return the title lines and the unit line above the header."""
    titles: list[str] = []
    unit = ""
    for row in range(top):
        line = scan.grid.texts[row]
        for column in scan.filled[row]:
            text = " ".join(line[column].split())
            if is_unit_line(text) and not unit:
                unit = text
            else:
                titles.append(text)
    return tuple(titles), unit


# --- body -------------------------------------------------------------------------------------------------------------


def _body(scan: Scan, start: int) -> tuple[tuple[int, ...], tuple[str, ...], tuple[Remark, ...]]:
    """Return the data rows, the notes below them, and what was left out."""
    end = scan.height
    while end > start and not scan.filled[end - 1]:
        end -= 1
    stop = _second_table(scan, start, end)
    remarks: tuple[Remark, ...] = ()
    if stop < end:
        message = f"the rows from {stop + 1} on look like a second table and are left out: put each table on a sheet"
        remarks = (Remark("second-table", message, (f"A{stop + 1}",), "warning"),)
    last = _last_data_row(scan, start, stop)
    notes = tuple(
        note
        for row in range(last + 1, stop)
        for text in scan.grid.texts[row]
        if text.strip()
        for note in split_note(" ".join(text.split()))
    )
    body = tuple(row for row in range(start, last + 1) if scan.filled[row] and not _numbering_on_top(scan, row, start))
    for row in range(start, min(start + 2, last + 1)):
        if _numbering_on_top(scan, row, start):
            remarks += (Remark("numbering-row", f"row {row + 1} only numbers the columns: skipped", (f"A{row + 1}",)),)
    return body, notes, remarks


def _numbering_on_top(scan: Scan, row: int, start: int) -> bool:
    return row <= start + 1 and scan.is_numbering(row)


def _second_table(scan: Scan, start: int, end: int) -> int:
    """Return the row where, after a blank row, another header begins; `end` when there is none."""
    if scan.grid.header is not None or not scan.numeric:
        return end
    for row in range(start + 1, end):
        if scan.filled[row - 1] or len(scan.filled[row]) < 2:
            continue
        looks = scan.row(row)
        words = sum(looks[column] == "text" for column in scan.numeric)
        below = range(row + 1, min(row + 4, end))
        if words >= 2 and "number" not in looks and any(map(scan.is_data, below)):
            return row
    return end


def _last_data_row(scan: Scan, start: int, end: int) -> int:
    if scan.grid.header is not None:
        return end - 1
    last = end - 1
    for row in range(end - 1, max(start, end - LOOK_DOWN) - 1, -1):
        if not scan.filled[row]:
            continue
        if not _is_note(scan, row, start):
            return max(row, last) if row == last else row
        last = row - 1
    return last


def _is_note(scan: Scan, row: int, start: int) -> bool:
    filled = scan.filled[row]
    looks = scan.row(row)
    if scan.width < 2 or any(looks[column] in ("number", "missing") for column in scan.numeric & set(filled)):
        return False
    text = scan.grid.texts[row][filled[0]]
    if NOTE.match(text):
        return len(filled) <= 2
    blank_before = any(not scan.filled[above] for above in range(max(start, row - 3), row))
    in_numbers = filled[0] in scan.numeric and looks[filled[0]] == "text"
    return len(filled) == 1 and (len(text) > 60 or blank_before or in_numbers)


def _is_prose(grid: Grid, body: tuple[int, ...], column: int) -> bool:
    """Tell whether a single column holds notes and sentences rather than values."""
    texts = grid.column(column, body)
    return any(NOTE.match(text) for text in texts) or sum(len(text) > 60 for text in texts) > len(texts) / 3
