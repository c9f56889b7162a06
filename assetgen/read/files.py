"""Read data files: a path, or bytes, goes in; the tables that its sheets hold come out."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

from assetgen import parts
from assetgen.errors import DataError, Place, Problem, UsageError, did_you_mean
from assetgen.model import Grid, Remark, Table
from assetgen.paths import read_bytes
from assetgen.read.dates import dates_in_notes
from assetgen.read.frame import grid_from, grid_from_rows
from assetgen.read.options import ReadOptions
from assetgen.read.understand import understand

SURE = 0.9


def read_table(
    source: Path | str, sheet: str | None = None, options: ReadOptions = ReadOptions(), data: bytes | None = None
) -> Table:
    """Read one table: of the named sheet, else of the first visible sheet that holds one.

    `data` are the bytes when they are at hand already; with the source `-` (standard input) they must be given.
    Raises DataError when the file, sheet or table cannot be read, UsageError for a sheet that does not exist.
    """
    file, grids = _grids(source, options, data)
    if sheet is not None:
        return understand(_named(grids, sheet, file), file, options)
    candidates = [grid for grid in grids if not grid.hidden and any(map(any, grid.texts))] or list(grids[:1])
    problems: list[Problem] = []
    for grid in candidates:
        try:
            table = _telling_others(understand(grid, file, options), [other.name for other in candidates])
            return _with_remarks(table, dates_in_notes(other for other in candidates if other is not grid))
        except DataError as error:
            problems.extend(error.problems)
    raise DataError(problems or f"'{file}' holds no cells")


def read_tables(
    source: Path | str, options: ReadOptions = ReadOptions(), data: bytes | None = None
) -> tuple[Table, ...]:
    """Read the tables of all visible sheets that hold one; sheets without are skipped.

    Raises DataError when no sheet holds a table.
    """
    file, grids = _grids(source, options, data)
    tables: list[Table] = []
    notes: list[Grid] = []
    problems: list[Problem] = []
    for grid in grids:
        if not grid.hidden:
            try:
                tables.append(understand(grid, file, options))
            except DataError as error:
                problems.extend(error.problems)
                notes.append(grid)
    if not tables:
        raise DataError(problems or f"'{file}' holds no cells")
    return (_with_remarks(tables[0], dates_in_notes(notes)), *tables[1:])


def sheet_names(source: Path | str, options: ReadOptions = ReadOptions(), data: bytes | None = None) -> tuple[str, ...]:
    """Return the names of the visible sheets that are not empty; nothing for formats without sheets."""
    _, grids = _grids(source, options, data)
    return tuple(grid.name for grid in grids if grid.name and not grid.hidden and any(map(any, grid.texts)))


def table_from_rows(rows: Iterable[Mapping[str, Any]], name: str = "data") -> Table:
    """Return the table of mappings; cells are addressed as if the keys stood in row 1 of a sheet."""
    return understand(grid_from_rows(rows, name), name, ReadOptions())


def table_from(data: Any, name: str = "data", options: ReadOptions = ReadOptions()) -> Table:
    """Return the table of a polars or pandas frame, a mapping of columns, rows, or a path; a Table is returned as is.

    Raises UsageError when it is none of these.
    """
    if isinstance(data, Table):
        return data
    if isinstance(data, (str, Path)):
        return read_table(data, options=options)
    return understand(grid_from(data, name), name, options)


# --- formats ----------------------------------------------------------------------------------------------------------


def _grids(source: Path | str, options: ReadOptions, data: bytes | None) -> tuple[str, tuple[Grid, ...]]:
    file = "stdin" if str(source) == "-" else Path(source).name
    if data is None:
        if str(source) == "-":
            raise UsageError("the bytes of standard input were not handed over", Place("-"))
        data = read_bytes(Path(source), place=Place(str(source)))
    if not data.strip():
        raise DataError("the file is empty", Place(file))
    modules = [parts.load("sources", name) for name in parts.names("sources")]
    module, remarks = _module(file, data, modules, guess=str(source) == "-")
    pins = {"encoding": options.encoding, "delimiter": options.delimiter}
    taken = inspect.signature(module.read).parameters
    grids = module.read(data, file, **{key: value for key, value in pins.items() if key in taken and value})
    return file, tuple(replace(grid, remarks=remarks + grid.remarks) for grid in grids)


def _module(file: str, data: bytes, modules: list[ModuleType], guess: bool) -> tuple[ModuleType, tuple[Remark, ...]]:
    """Return the part for a file, by its suffix; by its bytes where there is none, or where they clearly differ."""
    suffix = "" if guess else Path(file).suffix.lower()
    named = next((module for module in modules if suffix in module.SUFFIXES), None)
    sure = max(modules, key=lambda module: float(module.confidence(data)))
    confidence = sure.confidence(data)
    if named is None:
        if not guess or not confidence:
            allowed = sorted(suffix for module in modules for suffix in module.SUFFIXES)
            what = "the bytes are of no known format" if guess else f"'{suffix or file}' files are not read as data"
            raise DataError(what, Place(file), _advice(suffix, allowed))
        return sure, ()
    if named is not sure and confidence >= SURE and not named.confidence(data):
        kind = sure.__name__.rpartition(".")[2]
        message = f"the file is named {suffix} but holds {kind}: read as such"
        return sure, (Remark("other-format", message, (), "warning"),)
    return named, ()


def _advice(suffix: str, allowed: list[str]) -> str:
    if suffix in (".xml", ".cap", ".rss", ".kml", ".html", ".htm", ".pdf", ".docx"):
        return f"save the table as .xlsx or .csv; read are {', '.join(allowed)}"
    return did_you_mean(suffix, allowed)


def _named(grids: tuple[Grid, ...], sheet: str, file: str) -> Grid:
    found = next((grid for grid in grids if grid.name == sheet), None)
    if found is None:
        names = [grid.name for grid in grids if grid.name]
        hint = did_you_mean(sheet, names) if names else "this file has no sheets"
        raise UsageError(f"there is no sheet '{sheet}'", Place(file), hint)
    return found


def _with_remarks(table: Table, remarks: tuple[Remark, ...]) -> Table:
    return replace(table, remarks=(*table.remarks, *remarks)) if remarks else table


def _telling_others(table: Table, names: list[str | None]) -> Table:
    others = [name for name in names if name and name != table.sheet]
    if not others:
        return table
    message = f"sheet '{table.sheet}' was read; the file also has {', '.join(repr(name) for name in others[:8])}"
    return replace(table, remarks=(Remark("other-sheets", message), *table.remarks))
