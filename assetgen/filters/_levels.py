"""Keep wholes and their parts apart where rows of several levels come together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assetgen.errors import LayoutError
from assetgen.model import Value


def refuse_parts(rows: Sequence[object], asker: str) -> None:
    """Raise LayoutError when one of the rows is part of another: added up, it would count twice."""
    places = [row for row in rows if isinstance(row, Mapping) and isinstance(row.get("level"), int)]
    if len({row["level"] for row in places}) < 2:
        return
    wholes = {row.get("label"): row for row in places if not row.get("leaf", True)}
    for row in places:
        if (parent := row.get("parent")) in wholes and row["level"] > wholes[parent]["level"]:
            message = f"'{asker}' would count twice: '{row.get('label')}' is part of '{parent}', and both are there"
            raise LayoutError(message, hint='choose with where = "level = 1", or where = "leaf"')


def on_level_of(value: Value, rows: Sequence[object], column: str) -> list[Mapping[str, Any]]:
    """Return the rows on the level of the row that holds a value; all of them when none does."""
    held = [row for row in rows if isinstance(row, Mapping)]
    own = next((row for row in held if value.cell and _cell(row.get(column)) == value.cell), None)
    level = own.get("level") if own is not None else None
    return held if not isinstance(level, int) else [row for row in held if row.get("level") == level]


def _cell(part: object) -> object:
    return part.cell if isinstance(part, Value) else None
