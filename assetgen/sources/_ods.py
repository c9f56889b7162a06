"""Look into an OpenDocument spreadsheet: an archive goes in; formats, shown and raised texts by cell come out."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assetgen.errors import DataError, Place
from assetgen.sources._archive import SheetFacts
from assetgen.sources._cells import MAX_COLUMNS, check_size
from assetgen.sources._raised import Height, raised_paragraphs, raised_styles, text_of_cell
from assetgen.sources._xml import local, named, parsed

MAX_REPEATED = 1_000_000
_NUMBERS = ("percentage", "currency", "float")


@dataclass(frozen=True, slots=True)
class _Noted:
    """What is told of equal cells side by side."""

    column: int
    repeat: int
    code: str = ""
    shown: str | None = None
    raised: str | None = None


def ods_facts(archive: zipfile.ZipFile, place: Place) -> dict[str, SheetFacts]:
    """Return the facts of every sheet of an ods file.

    Raises DataError when the repeated cells of a sheet span more than the limits.
    """
    root = parsed(archive, "content.xml", place)
    tables = [] if root is None else list(named(root, "table"))
    styles = raised_styles(archive, root, place) if tables else {}
    return {
        name: _sheet(table, styles, Place(place.file, sheet=name))
        for table in tables
        if (name := local(table.attrib, "name"))
    }


def _sheet(table: Any, styles: Mapping[str, Height], place: Place) -> SheetFacts:
    formats: dict[tuple[int, int], str] = {}
    shown: dict[tuple[int, int], str] = {}
    raised: dict[tuple[int, int], str] = {}
    row = repeated = 0
    for element in named(table, "table-row"):
        repeat = _count(element.attrib, "number-rows-repeated")
        filled, noted = _row(element, styles)
        if filled:
            check_size(row + repeat, filled, place)
        repeated += (repeat - 1) * sum(one.repeat for one in noted)
        if repeated > MAX_REPEATED:
            raise DataError(f"more than {MAX_REPEATED:,} cells of the sheet repeat others", place)
        for spot, one in _spread(row, repeat, noted):
            for told, kept in ((one.code, formats), (one.shown, shown), (one.raised, raised)):
                if told:
                    kept[spot] = told
        row += repeat
    return SheetFacts(formats, shown=shown, raised=raised)


def _spread(row: int, repeat: int, noted: list[_Noted]) -> Iterator[tuple[tuple[int, int], _Noted]]:
    for one in noted:
        for down in range(repeat):
            yield from (((row + down, one.column + across), one) for across in range(one.repeat))


def _count(attributes: Mapping[str, str], name: str) -> int:
    text = local(attributes, name)
    return int(text) if text.isdigit() and len(text) < 9 else 1


def _row(row: Any, styles: Mapping[str, Height]) -> tuple[int, list[_Noted]]:
    """Return the number of columns of a row that are filled, and what is told of its cells."""
    column = filled = 0
    noted: list[_Noted] = []
    for cell in row:
        repeat = _count(cell.attrib, "number-columns-repeated")
        kind = local(cell.attrib, "value-type")
        if kind:
            filled = column + repeat
            across = min(repeat, MAX_COLUMNS)
            if kind in _NUMBERS:
                code = {"percentage": "0%", "currency": local(cell.attrib, "currency")}.get(kind, "")
                noted.append(_Noted(column, across, code, shown=text_of_cell(cell).strip()))
            elif styles and (raised := raised_paragraphs(cell, styles)) is not None:
                noted.append(_Noted(column, across, raised=raised))
        column += repeat
    return filled, noted
