"""Read spreadsheets: the bytes of an Excel or OpenDocument file go in, one grid a sheet comes out.

Values of formulas are those that the spreadsheet program stored. Percentages, leading zeros and currencies are shown
as the number format of the cell shows them. Legacy .xls files keep their formats to themselves: 12,5 % reads as 0.125.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from itertools import islice
from typing import Any

from assetgen.errors import DataError, Place
from assetgen.model import Grid, Lines, Remark, ValueData
from assetgen.sources._archive import SheetFacts, open_archive, xlsx_facts
from assetgen.sources._cells import address, check_size, clean_columns, typed_columns
from assetgen.sources._ods import ods_facts
from assetgen.sources._raised import raised_strings

SUFFIXES: tuple[str, ...] = (".xlsx", ".xlsm", ".xls", ".ods")

ROWS_AT_ONCE = 500

_ZIP, _COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ERRORS = frozenset({"#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#N/A", "#SPILL!", "#CALC!"})
_DECIMALS_SHOWN = re.compile(
    r"-?\d{1,3}(?:\.\d{3})+,\d+|-?\d{1,3}(?:,\d{3})+\.\d+|-?\d+[.,](?:0|\d0|\d{3,}0)", re.ASCII
)
_CURRENCY = re.compile(r'(?:\[\$|"?)\s*(Rp|IDR|US\$|USD|\$|€|EUR)', re.IGNORECASE)
_CODES = {"rp": "IDR", "idr": "IDR", "us$": "USD", "usd": "USD", "$": "USD", "€": "EUR", "eur": "EUR"}


def confidence(data: bytes) -> float:
    """Tell whether bytes are a zip with the parts of a workbook, or a compound file."""
    if data.startswith(_ZIP):
        return 1.0 if b"xl/" in data or b"content.xml" in data else 0.0
    return 1.0 if data.startswith(_COMPOUND) else 0.0


def read(data: bytes, name: str) -> tuple[Grid, ...]:
    """Read a workbook.

    Raises DataError when it is damaged, protected or too large, SecurityError when it is a bomb or declares entities.
    """
    place = Place(name)
    facts = _facts_reader(data, place)
    book = _guarded(lambda: _open(data), place)
    hidden = {sheet.name for sheet in book.sheets_metadata if str(sheet.visible).rpartition(".")[2] != "Visible"}
    charts = {sheet.name for sheet in book.sheets_metadata if str(sheet.typ).rpartition(".")[2] != "WorkSheet"}
    names = [sheet for sheet in book.sheet_names if sheet not in charts]
    grids = tuple(_grid(book, sheet, facts(sheet), place, sheet in hidden) for sheet in names)
    return tuple(map(_warn_of_fractions, grids)) if data.startswith(_COMPOUND) else grids


def _warn_of_fractions(grid: Grid) -> Grid:
    """Warn where a legacy file holds fractions: those that it shows as percentages cannot be told from others."""
    cells = tuple(
        address(row, column)
        for row, line in enumerate(grid.natives)
        for column, value in enumerate(line)
        if isinstance(value, Decimal) and 0 < abs(value) < 1
    )
    message = "an .xls file does not tell which numbers it shows as percent: 0.125 may be 12,5%. Save it as .xlsx"
    return (
        replace(grid, remarks=(*grid.remarks, Remark("hidden-percent", message, cells, "warning"))) if cells else grid
    )


def _open(data: bytes) -> Any:
    import python_calamine

    return python_calamine.load_workbook(io.BytesIO(data))


def _facts_reader(data: bytes, place: Place) -> Callable[[str], SheetFacts]:
    if data.startswith(_ZIP):
        archive = open_archive(data, place)
        if "content.xml" in archive.namelist():
            known = ods_facts(archive, place)
            return lambda sheet: known.get(sheet, SheetFacts())
        strings = raised_strings(archive, place)
        return lambda sheet: xlsx_facts(archive, sheet, strings, place)
    if not data.startswith(_COMPOUND):
        looks = "a web page" if data[:1000].lstrip()[:1] == b"<" else "something else"
        hint = "open it in a spreadsheet program and save it as .xlsx"
        raise DataError(f"the file is named like a spreadsheet but holds {looks}", place, hint)
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise DataError("the file is protected by a password", place, "save a copy without a password")
    return lambda _: SheetFacts()


def _guarded(work: Callable[[], Any], place: Place) -> Any:
    """Run a call of the spreadsheet library; its panics derive from BaseException and are told as damage."""
    import python_calamine

    try:
        return work()
    except python_calamine.PasswordError as error:
        raise DataError("the file is protected by a password", place, "save a copy without a password") from error
    except (Exception, BaseExceptionGroup) as error:
        reason = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        raise DataError(f"the spreadsheet is damaged: {reason}", place, "open it and save it again") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise DataError("the spreadsheet is damaged", place, "open it and save it again") from error


def _grid(book: Any, name: str, facts: SheetFacts, place: Place, hidden: bool) -> Grid:
    place = Place(place.file, sheet=name)
    sheet = _guarded(lambda: book.get_sheet_by_name(name), place)
    check_size(sheet.total_height, sheet.total_width, place)
    texts, natives = typed_columns(_guarded(lambda: _columns(sheet), place))
    _raise(texts, natives, facts)
    percents, currencies = _show(texts, natives, facts)
    remarks = clean_columns(texts, place)
    errors = _drop_errors(texts, natives, facts)
    return Grid(
        name,
        Lines(texts),
        Lines(natives),
        percents=percents,
        currencies=currencies,
        indents=facts.indents,
        decimals=facts.decimals | _decimals_shown(facts),
        merges=tuple((top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()),
        hidden=hidden,
        remarks=(*remarks, *errors, *_uncomputed(facts)),
    )


def _columns(sheet: Any) -> list[list[object]]:
    """Return the cells of a sheet by column, from A1 on; rows are taken a few at a time, since each is a list."""
    if sheet.start is None:
        return []
    blank = sheet.start[1]
    columns: list[list[object]] = [[] for _ in range(sheet.width)]
    rows = sheet.iter_rows()
    while some := list(islice(rows, ROWS_AT_ONCE)):
        for column, cells in zip(columns, zip(*some, strict=True), strict=True):
            column.extend(cells)
    empty: list[list[object]] = [[""] * len(columns[0]) for _ in range(blank)]
    return empty + columns


def _raise(texts: list[list[str]], natives: list[list[ValueData]], facts: SheetFacts) -> None:
    """Keep raised characters apart, so that no footnote mark is read as a digit."""
    height = len(texts[0]) if texts else 0
    for (row, column), text in facts.raised.items():
        if row < height and column < len(texts):
            natives[column][row], texts[column][row] = None, text


def _show(
    texts: list[list[str]], natives: list[list[ValueData]], facts: SheetFacts
) -> tuple[frozenset[tuple[int, int]], dict[tuple[int, int], str]]:
    """Apply number formats: percentages times 100, zero-padded codes as text; return where currencies are shown."""
    percents: set[tuple[int, int]] = set()
    currencies: dict[tuple[int, int], str] = {}
    height = len(texts[0]) if texts else 0
    for (row, column), code in facts.formats.items():
        value = natives[column][row] if row < height and column < len(natives) else None
        if not isinstance(value, Decimal):
            continue
        plain = code.partition(";")[0]
        if "%" in plain:
            percents.add((row, column))
            natives[column][row] = share = (value * 100).normalize() + 0
            # All digits that are stored, not only those that the format shows: none may be lost.
            texts[column][row] = facts.shown.get((row, column)) or f"{share:f}%"
        elif re.fullmatch(r"0{2,}", plain) and value == value.to_integral_value():
            natives[column][row], texts[column][row] = None, f"{int(value):0{len(plain)}d}"
        elif found := _CURRENCY.match(plain):
            currencies[row, column] = _CODES[found[1].lower()]
    for (row, column), shown in facts.shown.items():
        if re.fullmatch(r"0\d+", shown) and row < height and column < len(natives):
            natives[column][row], texts[column][row] = None, shown
    return frozenset(percents), currencies


def _decimals_shown(facts: SheetFacts) -> frozenset[int]:
    """Return the columns that show decimals which no number has by itself: `12,50`, `1.234,5`."""
    found = Counter(column for (_, column), text in facts.shown.items() if _DECIMALS_SHOWN.fullmatch(text))
    return frozenset(column for column, count in found.items() if count > 1)


def _drop_errors(texts: list[list[str]], natives: list[list[ValueData]], facts: SheetFacts) -> tuple[Remark, ...]:
    found: dict[str, list[str]] = {}
    for (row, column), error in facts.errors.items():
        if column < len(texts) and row < len(texts[column]):
            texts[column][row], natives[column][row] = error, None
    for column, cells in enumerate(texts):
        if "#" not in "".join(cells):
            continue
        for error in _ERRORS & set(cells):
            for row, text in enumerate(cells):
                if text == error:
                    found.setdefault(error, []).append(address(row, column))
                    natives[column][row] = None
    return tuple(
        Remark("error-value", f"{error} is no value: treated as missing", tuple(sorted(cells, key=_by_row)), "warning")
        for error, cells in found.items()
    )


def _by_row(cell: str) -> tuple[int, int, str]:
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :]), len(letters), letters


def _uncomputed(facts: SheetFacts) -> tuple[Remark, ...]:
    if not facts.uncomputed:
        return ()
    cells = tuple(address(row, column) for row, column in facts.uncomputed)
    message = "formulas without a stored result are missing: open the file in a spreadsheet program and save it"
    return (Remark("uncomputed-formula", message, cells, "warning"),)
