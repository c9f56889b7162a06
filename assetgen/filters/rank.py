"""Tell the place of a value in a column of rows: `{{ all_rows | rank("penduduk", penduduk) }}` is 1 for the highest.

Options: `column`, the key of the column; `value`, the value that is ranked; `order`, highest (the highest value comes
first) or lowest. Equal values share a place, and missing values have none. Where rows stand on several levels, a value
is ranked among those of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from assetgen.errors import LayoutError
from assetgen.facts import require_number
from assetgen.filters._levels import on_level_of
from assetgen.model import Cell, Value
from assetgen.model.cells import call
from assetgen.template import FilterKit

SAMPLE = "{{ [{'n': 3}, {'n': 5}] | rank('n', 3) }}"
EXAMPLES = ("[{'n': 3}, {'n': 5}] | rank('n', 3) | number",)


def apply(value: object, kit: FilterKit, column: str = "", ranked: object = None, order: str = "highest") -> Value:  # noqa: ARG001 — every filter takes a kit
    """Return the place as a Value; raises LayoutError for rows without the column, or when `ranked` is no number."""
    if not isinstance(value, Iterable) or isinstance(value, (str, Mapping)):
        raise LayoutError("the filter 'rank' takes rows")
    if order not in {"highest", "lowest"}:
        raise LayoutError(f"rank knows the orders highest and lowest, got '{order}'")
    number, amount = require_number(ranked, "rank")
    better = 0
    cells: list[Cell] = []
    for row in on_level_of(number, list(value), column):
        part = row.get(column)
        if part is None:
            raise LayoutError(f"rank('{column}') meets a row without that column")
        data = part.data if isinstance(part, Value) else part
        if isinstance(data, (int, Decimal)) and not isinstance(data, bool):
            better += data > amount if order == "highest" else data < amount
            cells += [part.cell] if isinstance(part, Value) and part.cell else []
    return Value(str(better + 1), Decimal(better + 1), "number", "", _address(number.cell, cells, order))


def _address(own: Cell | None, cells: list[Cell], order: str) -> Cell | None:
    """Return `RANK(I5,I2:I39)`, with a 1 behind it where the lowest comes first, as spreadsheets write it."""
    if own is None:
        return None
    return call("RANK", [own], cells, *([1] if order == "lowest" else []))
