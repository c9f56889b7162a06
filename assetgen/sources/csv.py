"""Read delimited text: the bytes of a CSV file go in, one grid comes out; encoding and delimiter are found out."""

from __future__ import annotations

import csv
import io
from collections import Counter
from itertools import islice, zip_longest

from assetgen.errors import DataError, Place
from assetgen.model import Grid, Lines, Remark
from assetgen.sources._cells import CONTROLS, MAX_TEXT, check_size, clean_columns

SUFFIXES: tuple[str, ...] = (".csv", ".tsv", ".tab", ".txt")

ROWS_AT_ONCE = 500
DELIMITERS = ("\t", ";", "|", ",")
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def confidence(data: bytes) -> float:
    """Tell how likely bytes are delimited text; never as sure as a format with a mark of its own."""
    head = data[:4096]
    if head.startswith(tuple(mark for mark, _ in _MARKS)):
        return 0.5
    if head.lstrip()[:1] == b"<" or (head.count(0) and _guess_utf16(head) is None):
        return 0.0
    return 0.1


def read(data: bytes, name: str, encoding: str = "", delimiter: str = "") -> tuple[Grid, ...]:
    """Read a delimited text file.

    Raises DataError when the bytes are no text, a quote is never closed, or a limit is passed.
    """
    place = Place(name)
    text, encoding, remarks = _decoded(data, encoding, place)
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.strip()) == 5:  # Excel's own way to name the delimiter
        delimiter, text = delimiter or first[4], rest
    delimiter = delimiter or _delimiter(text[:100_000])
    (columns, height), broken = _columns(text, delimiter, place)
    if not _is_clean(text):
        remarks += clean_columns(columns, place)
    lines = Lines(columns, height)
    return (Grid(None, lines, encoding=encoding, delimiter=delimiter, remarks=remarks + broken),)


def _is_clean(text: str) -> bool:
    """Tell whether no line is longer than a cell may be, and no control character is in the text."""
    flat = text.replace("\r\n", " ").replace("\n", " ").replace("\t", " ")
    short = len(text) <= MAX_TEXT or max(map(len, text.split("\n"))) <= MAX_TEXT
    return short and (flat.isprintable() or not CONTROLS.search(text))


def _guess_utf16(head: bytes) -> str | None:
    even, odd = head[::2].count(0), head[1::2].count(0)
    if len(head) >= 4 and max(even, odd) > len(head) // 4 and min(even, odd) <= len(head) // 50:
        return "utf-16-le" if odd > even else "utf-16-be"
    return None


def _decoded(data: bytes, encoding: str, place: Place) -> tuple[str, str, tuple[Remark, ...]]:
    if encoding:
        return _strict(data, encoding, place), encoding, ()
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "") or _guess_utf16(data[:4096]) or ""
    if encoding:
        return _strict(data, encoding, place), encoding, ()
    if data.count(0) > 0 and data[:4096].count(0) > 8:
        raise DataError("this is no text file", place, "save the data as .csv or .xlsx")
    try:
        return data.decode("utf-8"), "utf-8", ()
    except UnicodeDecodeError:
        encoding, text = _legacy(data)
    message = f"the file is not UTF-8; it was read as {encoding}. Check names with accents; pin `encoding` if wrong"
    return text, encoding, (Remark("encoding-guessed", message, (), "warning"),)


def _strict(data: bytes, encoding: str, place: Place) -> str:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise DataError(f"the text is not valid {encoding}: {error}", place, "save it again as UTF-8") from error


def _legacy(data: bytes) -> tuple[str, str]:
    for encoding in ("cp1252", "latin-1"):
        try:
            return encoding, data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise AssertionError("latin-1 reads any bytes")


def _delimiter(sample: str) -> str:
    """Return the delimiter that splits most records into the same number (at least two) of fields."""
    scores = {delimiter: _evenness(sample, delimiter) for delimiter in DELIMITERS}
    best = max(scores.values())
    return next(delimiter for delimiter in DELIMITERS if scores[delimiter] >= best - 0.05) if best else ","


def _evenness(sample: str, delimiter: str) -> float:
    if delimiter not in sample:
        return 0.0
    counts: Counter[int] = Counter()
    try:
        for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
            if row:
                counts[len(row)] += 1
    except csv.Error:
        return 0.0
    split = {width: count for width, count in counts.items() if width > 1}
    return max(split.values(), default=0) / max(1, counts.total())


def _columns(text: str, delimiter: str, place: Place) -> tuple[tuple[list[list[str]], int], tuple[Remark, ...]]:
    try:
        return _parsed(text, delimiter, True, place), ()
    except csv.Error as error:
        if "unexpected end" in str(error) or "field larger" in str(error):
            line = _last_record(text, delimiter)
            message = "a quote is opened and never closed" if "end" in str(error) else "a cell is far too long"
            raise DataError(message, Place(place.file, line=line), "close the quote, or double it inside") from error
    message = "quotes inside cells are not doubled as the format asks; check the cells that hold quotes"
    return _parsed(text, delimiter, False, place), (Remark("loose-quotes", message, (), "warning"),)


def _parsed(text: str, delimiter: str, strict: bool, place: Place) -> tuple[list[list[str]], int]:
    """Return the columns of a text, short rows filled up, and its height; rows are taken a few at a time."""
    columns: list[list[str]] = []
    height = 0
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    while some := list(islice(rows, ROWS_AT_ONCE)):
        check_size(height + len(some), max(len(columns), *map(len, some)), place)
        across = list(zip_longest(*some, fillvalue=""))
        columns.extend([""] * height for _ in range(len(across) - len(columns)))
        across.extend([("",) * len(some)] * (len(columns) - len(across)))
        for column, cells in zip(columns, across, strict=True):
            column.extend(cells)
        height += len(some)
    return columns, height


def _last_record(text: str, delimiter: str) -> int:
    line = 1
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for _ in reader:
            line = reader.line_num + 1
    except csv.Error:
        pass
    return line
