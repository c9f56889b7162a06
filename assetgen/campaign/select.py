"""Select rows of a table: a condition in SQL, an order, a limit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assetgen.errors import DataError, Place, did_you_mean
from assetgen.model import Column, Row, Table, Value, ValueData

MAX_CONDITION = 2_000
MAX_BRACKETS = 40
# Functions that cannot ask for memory or time: `lpad` and kin would end the whole process.
FUNCTIONS = frozenset(
    {"abs", "avg", "ceil", "coalesce", "count", "max", "median", "min", "sum"}
    | {"date_part", "ends_with", "floor", "greatest", "least", "left", "length", "lower"}
    | {"nullif", "right", "round", "starts_with", "trim", "upper"}
)
_PLACES = ("label", "level", "parent", "leaf", "role")
_WORDS = frozenset({"and", "or", "not", "in", "case", "when", "then", "else", "between", "like", "ilike", "is"})


def select_rows(table: Table, where: str | None, sort: str | None, place: Place = Place()) -> tuple[Row, ...]:
    """Return the rows for which `where` (an SQL condition such as `persen < 60`) holds, in the order of `sort`.

    A condition may also use what `places_of` tells of a row, such as `level = 2`. `sort` names columns, each with `asc`
    or `desc`: `penduduk desc, provinsi`. Missing values come last. Raises DataError for conditions that are not valid
    and for unknown columns.
    """
    rows: Sequence[Row] = table.rows if where is None else _filter(table, where, place)
    for key, descending in reversed(_order(table, sort, place) if sort else ()):
        present = [row for row in rows if not row[key].missing]
        present.sort(key=lambda row, key=key: _sortable(row[key]), reverse=descending)  # type: ignore[misc]  # a default binds the loop variable
        rows = (*present, *(row for row in rows if row[key].missing))
    return tuple(rows)


def places_of(row: Row) -> dict[str, ValueData | int]:
    """Return what conditions and templates may ask of a row beside its columns; a column of the same name hides it.

    `label` is what the row is about, `level` counts from 1 at the top, `parent` is what the row is part of (None at the
    top), `leaf` tells that it has no parts, and `role` what it is: data, total, subtotal, group, nation, average.
    """
    place = row.place
    parent = place.parent_label if place.parent is not None else None
    return {"label": place.label, "level": place.level, "parent": parent, "leaf": place.leaf, "role": place.role}


def _filter(table: Table, where: str, place: Place) -> tuple[Row, ...]:
    import polars

    _check_condition(where, place)
    rows = tuple(table.rows)
    columns = {column.key: _series(column, rows) for column in table.columns}
    places = {key: polars.Series(key, [places_of(row)[key] for row in rows], strict=False) for key in _PLACES}
    frame = polars.DataFrame(list({**places, **columns}.values()))
    try:
        kept = frame.select(polars.sql_expr(where).alias("kept"))["kept"]
    except (Exception, polars.exceptions.PanicException) as error:
        reason = _first_line(error).partition("; valid columns")[0]
        raise DataError(f"the condition '{where}' is not valid: {reason}", place, _hint(error, table)) from None
    if kept.dtype != polars.Boolean or len(kept) not in (1, len(rows)):
        raise DataError(f"the condition '{where}' is not true or false for each row", place, "compare: persen < 60")
    flags = kept.to_list() * (len(rows) if len(kept) == 1 else 1)
    return tuple(row for row, flag in zip(rows, flags, strict=True) if flag)


def _check_condition(where: str, place: Place) -> None:
    """Raise DataError for a condition that is longer, deeper or does more than choosing rows needs."""
    bare = re.sub(r"'[^']*'|\"[^\"]*\"", "''", where)
    if len(where) > MAX_CONDITION or bare.count("(") > MAX_BRACKETS:
        limits = f"at most {MAX_CONDITION:,} characters and {MAX_BRACKETS} brackets are taken"
        raise DataError(f"the condition '{where[:60]}…' is too long: {limits}", place)
    for name in re.findall(r"(\w+)\s*\(", bare):
        if name.lower() not in FUNCTIONS | _WORDS:
            raise DataError(f"a condition cannot use '{name}(…)'", place, did_you_mean(name, FUNCTIONS))


def _series(column: Column, rows: Sequence[Row]):  # type: ignore[no-untyped-def]  # noqa: ANN202 — polars is imported late
    import polars

    data = [row[column.key].data for row in rows]
    if any(isinstance(item, Decimal) for item in data):
        return polars.Series(column.key, [float(item) if isinstance(item, Decimal) else None for item in data])
    kinds = {type(item) for item in data if item is not None}
    if len(kinds) > 1:
        data = [None if item is None else str(item) for item in data]
    return polars.Series(column.key, data, strict=False)


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)[:200]


def _hint(error: BaseException, table: Table) -> str:
    keys = [column.key for column in table.columns]
    unknown = re.search(r'column "([^"]+)"', str(error))
    return did_you_mean(unknown[1] if unknown else "", keys)


def _order(table: Table, sort: str, place: Place) -> tuple[tuple[str, bool], ...]:
    keys = [column.key for column in table.columns]
    order = []
    for part in sort.split(","):
        name, _, direction = part.strip().partition(" ")
        if name not in keys:
            raise DataError(f"cannot sort by '{name}': there is no such column", place, did_you_mean(name, keys))
        if direction.strip().lower() not in {"", "asc", "desc"}:
            raise DataError(
                f"the order '{part.strip()}' is not understood", place, "write 'column desc' or 'column asc'"
            )
        order.append((name, direction.strip().lower() == "desc"))
    return tuple(order)


def _sortable(value: Value) -> tuple[str, object]:
    """Return a key that orders values of one kind, and never compares text with numbers."""
    data = value.data
    return ("text", str(data).casefold()) if isinstance(data, (str, bool)) else (type(data).__name__, data)
