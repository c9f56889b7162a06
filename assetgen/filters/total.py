"""Add up a column of rows: `{{ rows | total("penduduk") }}`; the sum carries the addresses of its cells.

Options: `column`, the key of the column. Missing values are an error, never zero, and so are rows of
which one is part of another, since it would count twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from assetgen.errors import LayoutError
from assetgen.filters._levels import refuse_parts
from assetgen.model import Cell, MarkStatus, Value
from assetgen.model.cells import call
from assetgen.template import FilterKit

SAMPLE = "{{ [{'n': 1}, {'n': 2}] | total('n') }}"
EXAMPLES = ("[{'n': 1}, {'n': 2}] | total('n') | number",)


def apply(value: object, kit: FilterKit, column: str = "") -> Value:  # noqa: ARG001 — every filter takes a kit
    """Return the sum as a Value; raises LayoutError when a row lacks the column or holds no number there."""
    if not isinstance(value, Iterable) or isinstance(value, (str, Mapping)):
        raise LayoutError("the filter 'total' takes rows")
    rows = list(value)
    refuse_parts(rows, "total")
    cells: list[Cell] = []
    amount, unit = Decimal(0), ""
    for number, row in enumerate(rows, 1):
        part = row.get(column) if isinstance(row, Mapping) else None
        data = part.data if isinstance(part, Value) else part
        if isinstance(data, bool) or not isinstance(data, (int, Decimal)):
            where = part.cell if isinstance(part, Value) and part.cell else f"row {number}"
            raise LayoutError(f"total('{column}') meets no number in {where}")
        amount += data
        if isinstance(part, Value):
            unit = unit or part.unit
            cells += [part.cell] if part.cell else []
    marks = tuple(dict.fromkeys(mark for row in rows for mark in _marks(row, column)))
    return Value(str(amount), amount, "number", unit, call("SUM", cells), marks=marks)


def _marks(row: object, column: str) -> tuple[MarkStatus, ...]:
    part = row.get(column) if isinstance(row, Mapping) else None
    return part.marks if isinstance(part, Value) else ()
