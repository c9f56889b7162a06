"""Hold what all formats share: limits, addresses, typed values as text, and rows of values as a grid."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from itertools import islice
from typing import Any

from assetgen.errors import DataError, Place, Problem
from assetgen.model import Grid, Lines, Remark, ValueData

MAX_ROWS = 1_000_000
MAX_COLUMNS = 2_000
MAX_CELLS = 20_000_000
MAX_TEXT = 100_000
MAX_POWER = 300

# Everything that draws nothing or moves the cursor, except tab and line feed; also the marks that reverse text.
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")


def letters(column: int) -> str:
    """Return the name of a column, counted from 0: A, B, …, Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_index(letters: bytes) -> int:
    """Return the number of a column, counted from 0."""
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    return column - 1


def address(row: int, column: int) -> str:
    """Return the A1 address of a cell, both counted from 0."""
    return f"{letters(column)}{row + 1}"


def check_size(rows: int, columns: int, place: Place) -> None:
    """Raise DataError when a sheet is larger than the limits."""
    problems = []
    if rows > MAX_ROWS:
        problems.append(Problem(f"the sheet has {rows:,} rows; at most {MAX_ROWS:,} are read", place))
    if columns > MAX_COLUMNS:
        problems.append(Problem(f"the sheet has {columns:,} columns; at most {MAX_COLUMNS:,} are read", place))
    if not problems and rows * columns > MAX_CELLS:
        problems.append(Problem(f"the sheet has {rows * columns:,} cells; at most {MAX_CELLS:,} are read", place))
    if problems:
        raise DataError(problems)


def native(value: object) -> ValueData:
    """Return a value of a foreign library as one of ours: Decimal, date, time, datetime, bool, text or None."""
    if value is None or isinstance(value, (bool, str, date, time)):
        return value
    if isinstance(value, timedelta):
        return str(value)
    try:
        number = Decimal(repr(value).removesuffix(".0") if isinstance(value, float) else str(value))
    except (InvalidOperation, ValueError):  # also whole numbers of more digits than Python writes out
        return (
            value if isinstance(value, str) else f"<{type(value).__name__}>" if isinstance(value, int) else str(value)
        )
    if number.is_nan():
        return None
    return number if number.is_finite() and abs(number.adjusted()) <= MAX_POWER else str(value)


def text_of(value: ValueData) -> str:
    """Write a typed value as a person would type it: 18 and not 18.0, dates as 2026-11-23."""
    if isinstance(value, Decimal):
        whole = value == value.to_integral_value()
        return f"{value.quantize(Decimal(1)) if whole and abs(value.adjusted()) < 27 else value:f}"
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, (date, time)):
        return value.isoformat()
    return "" if value is None else str(value)


def typed_columns(columns: Iterable[Sequence[object]]) -> tuple[list[list[str]], list[list[ValueData]]]:
    """Return the cells of columns as text, and as values of ours with None for text and empty cells."""
    texts: list[list[str]] = []
    natives: list[list[ValueData]] = []
    for cells in columns:
        shown, typed = _plain_column(cells) or _any_column(cells)
        texts.append(shown)
        natives.append(typed)
    return texts, natives


def _plain_column(cells: Sequence[object]) -> tuple[list[str], list[ValueData]] | None:
    """Write the numbers of a column all at once, and put them back between the words; None where that cannot be."""
    types = set(map(type, cells))
    if not types <= {str, float, int, type(None)}:
        return None
    if types <= {str}:
        return list(map(str, cells)), [None] * len(cells)
    if types <= {float, int}:
        shown = _shown_numbers(cells)
        return None if shown is None else (shown, list(map(Decimal, shown)))
    words = _words(cells)
    last = max(words, default=-1) + 1
    numbers = _shown_numbers([*(cell for place, cell in enumerate(cells[:last]) if place not in words), *cells[last:]])
    if numbers is None:
        return None
    texts = _between(numbers, {place: "" if cell is None else str(cell) for place, cell in words.items()})
    return texts, _between(list(map(Decimal, numbers)), dict.fromkeys(words))


def _words(cells: Sequence[object]) -> dict[int, object]:
    """Return the texts and empty cells between numbers, by place; mostly they stand at the top."""
    kinds: list[type] = list(map(type, cells))
    wanted: tuple[type, ...] = (str, type(None))
    found = ((place, cells[place]) for place, kind in enumerate(kinds) if kind in wanted)
    return dict(islice(found, sum(kinds.count(kind) for kind in wanted)))


def _between(cells: list[Any], others: Mapping[int, Any]) -> list[Any]:
    """Return cells with others put at the places where they shall stand, in ascending order."""
    whole: list[Any] = []
    for at, (place, other) in enumerate(others.items()):
        whole += cells[len(whole) - at : place - at]
        whole.append(other)
    return whole + cells[len(whole) - len(others) :]


def _shown_numbers(numbers: Sequence[object]) -> list[str] | None:
    """Return numbers as text; None where one is written with an exponent, or is not a number."""
    if not numbers:
        return []
    held: Sequence[float] = numbers  # type: ignore[assignment]  # they are int and float
    # Written with an exponent are numbers from 1e16 on, and those below 0.0001; not a number is unlike itself.
    if not (min(held) > -1e15 and max(held) < 1e15):
        return None
    plain = held if set(map(type, held)) == {float} else list(map(float, held))
    if all(map(float.is_integer, plain)):
        return list(map(str, map(int, plain)))
    total = sum(plain)
    if total != total or min(filter(None, map(abs, plain))) < 1e-4:
        return None
    return [text.removesuffix(".0") for text in map(repr, numbers)]


def _any_column(cells: Sequence[object]) -> tuple[list[str], list[ValueData]]:
    typed = [None if cell == "" else native(cell) for cell in cells]
    texts = [text_of(value) for value in typed]
    return texts, [None if isinstance(value, str) else value for value in typed]


def clean_columns(columns: list[list[str]], place: Place) -> tuple[Remark, ...]:
    """Take control characters out of columns of texts, in place; return a remark that names the cells that held some.

    Raises DataError with the address of every cell that is longer than MAX_TEXT characters.
    """
    dirty: list[tuple[int, int]] = []
    problems: list[Problem] = []
    for column, cells in enumerate(columns):
        if max(map(len, cells), default=0) <= MAX_TEXT and "".join(cells).isprintable():
            continue
        bad = {text for text in set(cells) if len(text) > MAX_TEXT or not text.isprintable()}
        for row, text in enumerate(cells) if bad else ():
            if text in bad and len(text) > MAX_TEXT:
                where = Place(place.file, sheet=place.sheet, cell=address(row, column))
                message = f"the cell holds {len(text):,} characters; at most {MAX_TEXT:,} are read"
                problems.append(Problem(message, where))
            elif text in bad:
                text = text.replace("\r\n", "\n").replace("\r", "\n")
                if CONTROLS.search(text):
                    dirty.append((row, column))
                    text = CONTROLS.sub("", text)
                cells[row] = text
    if problems:
        raise DataError(problems)
    message = f"invisible control characters were removed from {len(dirty)} cell(s)"
    cells_told = tuple(address(row, column) for row, column in sorted(dirty))
    return (Remark("control-characters", message, cells_told, "warning"),) if dirty else ()


def grid_of_rows(name: str | None, headers: Sequence[str], rows: Iterable[Sequence[object]], place: Place) -> Grid:
    """Return the grid of records: one header row, then typed rows."""
    columns = list(zip(*rows, strict=True)) or [()] * len(headers)
    return grid_of_columns(name, headers, columns, place)


def grid_of_columns(
    name: str | None, headers: Sequence[str], columns: Sequence[Sequence[object]], place: Place
) -> Grid:
    """Return the grid of columns: one header row, then typed rows."""
    height = 1 + max(map(len, columns), default=0)
    check_size(height, len(headers), place)
    texts, natives = typed_columns(columns)
    texts = [[header, *cells] for header, cells in zip(headers, texts, strict=True)]
    remarks = clean_columns(texts, place)
    blank: list[ValueData] = [None]
    return Grid(
        name, Lines(texts, height), Lines([blank + cells for cells in natives], height), header=1, remarks=remarks
    )
