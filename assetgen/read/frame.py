"""Take tables from a caller's program: rows or a data frame go in, a grid comes out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from assetgen.errors import Place, UsageError
from assetgen.model import Grid
from assetgen.sources._cells import grid_of_columns, grid_of_rows


def grid_from_rows(rows: Iterable[Mapping[str, Any]], name: str) -> Grid:
    """Return the grid of mappings; the columns are all keys in the order in which they first appear."""
    records = list(rows)
    if not records or not all(isinstance(record, Mapping) for record in records):
        raise UsageError("rows must be mappings of column names to values, and at least one", Place(name))
    keys = list(dict.fromkeys(key for record in records for key in record))
    return grid_of_rows(None, [str(key) for key in keys], ([r.get(key) for key in keys] for r in records), Place(name))


def grid_from(data: Any, name: str) -> Grid:
    """Return the grid of a polars or pandas frame, a mapping of columns, or rows; no frame library is imported.

    Raises UsageError for anything else.
    """
    if hasattr(data, "collect_schema") and hasattr(data, "collect"):
        data = data.collect()
    if hasattr(data, "iter_rows") and hasattr(data, "columns"):
        columns = [data[column].to_list() for column in data.columns]
        return grid_of_columns(None, [str(column) for column in data.columns], columns, Place(name))
    if hasattr(data, "itertuples") and hasattr(data, "columns"):
        rows = ([_plain(value) for value in row] for row in data.itertuples(index=False, name=None))
        return grid_of_rows(None, [str(column) for column in data.columns], rows, Place(name))
    if isinstance(data, Mapping):
        return _of_columns(data, name)
    if isinstance(data, Iterable) and not isinstance(data, (str, bytes)):
        return grid_from_rows(data, name)
    raise UsageError(f"a table cannot be made from {type(data).__name__}", Place(name), "give rows, or a data frame")


def _of_columns(data: Mapping[str, Any], name: str) -> Grid:
    if data and all(isinstance(value, Sequence) and not isinstance(value, (str, bytes)) for value in data.values()):
        return grid_of_columns(None, list(map(str, data)), list(data.values()), Place(name))
    return grid_from_rows([data], name)


def _plain(value: Any) -> Any:
    """Return a scalar of pandas or numpy as one of Python; None for its missing marks."""
    if value != value or type(value).__name__ in ("NAType", "NaTType"):
        return None
    if hasattr(value, "to_pydatetime"):
        moment = value.to_pydatetime()
        return moment.date() if (moment.hour, moment.minute, moment.second, moment.microsecond) == (0,) * 4 else moment
    return value.item() if hasattr(value, "item") else value
