"""Read JSON: the bytes of a file go in, one grid a list of records comes out; fields are columns, row 1 their names.

Understood are a list of objects, an object that holds such lists somewhere inside, a single object (one row), GeoJSON
and TopoJSON (the properties of the features), and one object a line. Objects inside a record are flattened with
dots. A list of objects inside records is a sheet of its own, where the fields of the outer record are repeated.
Addresses count the fields as columns: the second field of the first record is B2.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from assetgen.errors import DataError, Place
from assetgen.model import Grid, Remark
from assetgen.sources._cells import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, check_size, grid_of_rows

SUFFIXES: tuple[str, ...] = (".json", ".jsonl", ".ndjson", ".geojson")

MAX_DEPTH = 40
Record = dict[str, object]


def confidence(data: bytes) -> float:
    """Tell how likely bytes are JSON, by their first character."""
    return 0.9 if data[:200].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[") else 0.0


def read(data: bytes, name: str) -> tuple[Grid, ...]:
    """Read a JSON file.

    Raises DataError with the line when the text is no JSON, or when it holds no records.
    """
    place = Place(name)
    document = _parsed(_text(data, place), place)
    try:
        grids = _grids(document, place)
    except RecursionError as error:
        raise DataError("the JSON is nested too deeply", place) from error
    if not grids:
        raise DataError("the JSON holds no list of objects and no object", place, 'a table is [{"name": "…"}, …]')
    return grids


def _grids(document: object, place: Place) -> tuple[Grid, ...]:
    found = dict(_lists(document, ""))
    if not found and isinstance(document, dict) and document:
        found = {"": [_unwrapped(document)]}
    return tuple(_grid(path, records, place, alone=len(found) == 1) for path, records in found.items())


def _unwrapped(document: Record) -> Record:
    """Return the object inside wrappers that hold nothing else, as in {"Infogempa": {"gempa": {…}}}."""
    while len(document) == 1 and isinstance(only := next(iter(document.values())), dict) and only:
        document = only
    return document


def _text(data: bytes, place: Place) -> str:
    try:
        return data.decode(json.detect_encoding(data))
    except UnicodeDecodeError as error:
        raise DataError(f"the JSON is not valid UTF-8: {error}", place, "save it again as UTF-8") from error


def _parsed(text: str, place: Place) -> object:
    text = text.removeprefix("\ufeff")
    try:
        return _loads(text)
    except json.JSONDecodeError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) > 1 and error.lineno > 1 and error.msg == "Extra data":
            return _each_line(text, place)
        where = Place(place.file, line=error.lineno)
        raise DataError(f"this is no valid JSON: {error.msg} (column {error.colno})", where) from error
    except (RecursionError, ValueError) as error:
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise DataError(f"this is no valid JSON: {reason}", place) from error


def _each_line(text: str, place: Place) -> list[object]:
    records = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                records.append(_loads(line))
            except (ValueError, RecursionError) as error:
                message = f"this line is no valid JSON: {getattr(error, 'msg', error)}"
                raise DataError(message, Place(place.file, line=number)) from error
    return records


def _loads(text: str) -> object:
    return json.loads(text, parse_float=Decimal, parse_int=Decimal, parse_constant=_refuse)


def _refuse(word: str) -> object:
    raise ValueError(f"{word} is no JSON number")


def _lists(node: object, path: str, depth: int = 0) -> Iterator[tuple[str, list[Record]]]:
    """Yield every list of objects with its path; lists inside records follow the list that holds them."""
    if depth > MAX_DEPTH:
        return
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _lists(value, f"{path}.{key}" if path else str(key), depth + 1)
    elif isinstance(node, list) and node and all(isinstance(item, dict) for item in node):
        records = [_feature(item) for item in node]
        yield path, records
        yield from _inner_lists(records, path, depth)


def _inner_lists(records: list[Record], path: str, depth: int) -> Iterator[tuple[str, list[Record]]]:
    gathered: dict[str, list[Record]] = {}
    for record in records:
        outer = dict(_flat(record))
        for key, value in _nested(record, ""):
            inner = [{**outer, **dict(_flat(_feature(item)))} for item in _objects(value)]
            gathered.setdefault(f"{path}.{key}" if path else key, []).extend(inner)
            if sum(map(len, gathered.values())) > MAX_ROWS or len(inner) * len(outer) > MAX_CELLS:
                return
    yield from ((key, rows) for key, rows in gathered.items() if rows and depth < MAX_DEPTH)


def _feature(item: Mapping[str, Any]) -> Record:
    """Return the properties of a geographic feature, and any other object as it is."""
    properties = item.get("properties")
    if isinstance(properties, dict) and ("geometry" in item or "arcs" in item):
        return {**({"id": item["id"]} if "id" in item and "id" not in properties else {}), **properties}
    return dict(item)


def _flat(record: Mapping[str, object], path: str = "", depth: int = 0) -> Iterator[tuple[str, object]]:
    if depth > MAX_DEPTH:
        raise RecursionError
    for key, value in record.items():
        name = f"{path}.{key}" if path else str(key)
        if isinstance(value, dict):
            yield from _flat(value, name, depth + 1)
        elif not isinstance(value, list):
            yield name, value
        elif value and not any(isinstance(item, (dict, list)) for item in value) and len(value) <= 20:
            yield name, ", ".join("" if item is None else str(item) for item in value)


def _nested(record: Mapping[str, object], path: str) -> Iterator[tuple[str, list[object]]]:
    for key, value in record.items():
        name = f"{path}.{key}" if path else str(key)
        if isinstance(value, dict):
            yield from _nested(value, name)
        elif isinstance(value, list):
            yield name, value


def _objects(value: object, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """Yield the objects in a list, also those in lists of lists."""
    if isinstance(value, dict):
        yield value
    elif isinstance(value, list) and depth < 4:
        for item in value:
            yield from _objects(item, depth + 1)


def _grid(path: str, records: list[Record], place: Place, alone: bool) -> Grid:
    flat = [dict(_flat(record)) for record in records]
    headers = list(dict.fromkeys(key for record in flat for key in record))
    check_size(len(flat) + 1, len(headers), place)
    if len(headers) > MAX_COLUMNS or not headers:
        raise DataError("the records hold no plain values", place)
    lists = {key for record in records for key, value in record.items() if isinstance(value, list)}
    left_out = sorted(lists - set(headers))
    sheet = None if alone or not path else path
    grid = grid_of_rows(sheet, headers, ([record.get(key) for key in headers] for record in flat), place)
    if not left_out:
        return grid
    from dataclasses import replace

    message = f"lists inside records are no columns: {', '.join(left_out)}"
    return replace(grid, remarks=(*grid.remarks, Remark("nested-lists", message)))
