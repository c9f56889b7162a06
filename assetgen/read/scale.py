"""Scale amounts: a unit line such as `(Dalam Ribuan Rupiah)` and the plans go in; exact amounts in rupiah come out.

What the file says is kept: the raw text of every cell, and on the column the written unit and the factor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Context, Decimal

from assetgen.locale import format_money, format_number
from assetgen.model import Column, Remark, ValueKind
from assetgen.read.body import Body, Filled, Odd
from assetgen.read.find import Region
from assetgen.read.header import Heading
from assetgen.read.kinds import Plan
from assetgen.read.options import ReadOptions
from assetgen.read.units import (
    Unit,
    counts_something_else,
    has_own_unit,
    is_scaled,
    is_unit,
    parse_unit,
    unit_in,
    unit_of_line,
)
from assetgen.sources._cells import letters

# Enough digits for any number that a cell can hold, so that scaling never rounds.
_EXACT = Context(prec=400)
_NUMERIC = ("number", "money")
_UNIT_COLUMN = re.compile(r"(?:satuan|unit|uom|satuan ukur\w*|unit of measure\w*)", re.IGNORECASE)
_NOTE_WORD = re.compile(r"\W*(?:catatan|keterangan|ket|notes?)\.?\s*:\s*", re.IGNORECASE)
# More than the yearly turnover of a nation's banks; more people than there are.
_MOST_MONEY, _MOST = Decimal(10) ** 17, Decimal(10) ** 11


def table_unit(region: Region, shared: Sequence[str], options: ReadOptions) -> tuple[str, str]:
    """Return the unit that is pinned, or that the unit line, a title or a note names for all columns; and its rival."""
    if options.unit is not None:
        return options.unit, ""
    lines = (region.unit_line, *region.title, *shared, *(_NOTE_WORD.sub("", note) for note in region.notes))
    named = [unit for line in lines if (unit := unit_of_line(line) or unit_in(line))]
    counted = [unit for unit in named if is_scaled(unit)]
    rival = next((unit for unit in counted if parse_unit(unit).scale != parse_unit(counted[0]).scale), "")
    return (counted or named or [""])[0], rival if options.scale is None else ""


def with_unit(plan: Plan, head: Heading, unit: str, options: ReadOptions) -> Plan:
    """Give the unit of the whole table to a column of numbers that has none, but not to years and running numbers."""
    if plan.kind not in _NUMERIC or plan.style in ("year", "index") or has_own_unit(head.name):
        return plan
    plan = _with_table_unit(plan, head, unit)
    return replace(plan, scale=_factor(plan, head, options))


def _with_table_unit(plan: Plan, head: Heading, unit: str) -> Plan:
    if not unit or counts_something_else(head.name, parse_unit(unit)):
        return plan
    if plan.kind == "money":
        # A cell that shows `Rp` in a table of millions counts in millions; a header that says `(Rp)` does not.
        return replace(plan, kind="number", unit=unit) if is_scaled(unit) and not head.unit else plan
    if plan.unit:
        # A header that says `(ribu)` counts thousands of what the table counts.
        bare = parse_unit(plan.unit)
        return plan if bare.base or is_scaled(unit) else replace(plan, unit=f"{plan.unit} {unit}")
    if unit.lower() in ("persen", "percent", "%"):
        return replace(plan, kind="percent", unit="%")
    return replace(plan, unit=unit)


def _factor(plan: Plan, head: Heading, options: ReadOptions) -> int:
    if plan.kind not in _NUMERIC:
        return 1
    if options.scale is not None:
        alone = not head.unit and not counts_something_else(head.name, Unit("", "IDR"))
        return options.scale if is_scaled(plan.unit) or alone else 1
    return parse_unit(plan.unit).scale if plan.unit else 1


def column_of(head: Heading, plan: Plan) -> Column:
    """Return a column as it counts after scaling."""
    column = Column(head.key, head.name, head.parts, plan.kind, letters(head.column), plan.unit, plan.style)
    if plan.scale == 1:
        return column
    unit = parse_unit(plan.unit)
    kind: ValueKind = "money" if unit.money else plan.kind
    return replace(column, kind=kind, unit=unit.base, written_unit=plan.unit, scale=plan.scale)


def scaled(body: Body, columns: Sequence[Column], options: ReadOptions) -> Body:
    """Return a body in which the columns that count in thousands or more count in their units."""
    filled = [_scaled(one, column) for one, column in zip(body.columns, columns, strict=True)]
    if options.unit is None and options.scale is None:
        filled = _by_row(filled)
    return replace(body, columns=tuple(filled))


def _scaled(filled: Filled, column: Column) -> Filled:
    if column.scale == 1:
        return replace(filled, column=column)
    factor = Decimal(column.scale)
    data = [
        _EXACT.multiply(value, factor) if isinstance(value, Decimal) and filled.kind_of(index) != "percent" else value
        for index, value in enumerate(filled.data)
    ]
    return replace(filled, column=column, data=data, kind=column.kind)


# --- a unit for each row ----------------------------------------------------------------------------------------------


def _by_row(filled: list[Filled]) -> list[Filled]:
    """Apply a column of units, `Satuan`, to the numbers of its rows that have no unit of their own."""
    units = next((one for one in filled if _UNIT_COLUMN.fullmatch(one.column.name.strip())), None)
    if units is None or not any(is_unit(text) for text in set(units.raws)):
        return filled
    known = {text: parse_unit(text) for text in set(units.raws) if is_unit(text.strip())}
    return [
        _of_rows(one, [known.get(text) for text in units.raws])
        if one.column.kind == "number" and _takes_unit(one.column)
        else one
        for one in filled
    ]


def _takes_unit(column: Column) -> bool:
    return not column.unit and column.style not in ("year", "index") and not has_own_unit(column.name)


def _of_rows(filled: Filled, units: Sequence[Unit | None]) -> Filled:
    data, odd = list(filled.data), dict(filled.odd)
    for index, (value, unit) in enumerate(zip(filled.data, units, strict=True)):
        if unit is not None and isinstance(value, Decimal) and index not in odd:
            data[index] = value if unit.scale == 1 else _EXACT.multiply(value, Decimal(unit.scale))
            odd[index] = _odd(unit)
    only = set(units)
    if len(only) == 1 and (unit := only.pop()) is not None:
        kind, base = _odd(unit)
        column = replace(filled.column, kind=kind, unit=base, written_unit=unit.written, scale=unit.scale)
        return Filled(column, filled.raws, data, kind, filled.odd)
    return replace(filled, data=data, odd=odd)


def _odd(unit: Unit) -> Odd:
    if unit.base.lower() in ("persen", "percent", "%"):
        return "percent", "%"
    return ("money" if unit.money else "number"), unit.base


# --- what is told -----------------------------------------------------------------------------------------------------


def scale_remarks(before: Body, after: Body, options: ReadOptions, rival: str = "") -> Iterator[Remark]:
    """Say which columns were scaled, with one number as an example; warn of two units, and of amounts beyond belief."""
    groups: dict[tuple[str, int], list[tuple[Filled, Filled]]] = {}
    for one, two in zip(before.columns, after.columns, strict=True):
        if two.column.scale != 1:
            groups.setdefault((two.column.written_unit, two.column.scale), []).append((one, two))
        elif one.data is not two.data:
            yield Remark("scaled", f"'{two.column.name}' counts in the unit that each row names")
    for (unit, factor), columns in groups.items():
        names = ", ".join(f"'{two.column.name}'" for _, two in columns[:4])
        more = f" and {len(columns) - 4} more" if len(columns) > 4 else ""
        said = f"as '{unit}' says" if unit else "as pinned"
        message = (
            f"{names}{more}: multiplied by {factor:,} {said}; {example(after, columns[0][1])}. Pin `scale = 1` if not"
        )
        yield Remark("scaled", message)
    if rival and groups:
        message = f"the sheet also names the unit '{rival}': which one holds? Pin `unit` or `scale`"
        cells = tuple(_range(after, two) for columns in groups.values() for _, two in columns)
        yield Remark("doubtful-scale", message, cells, "warning")
    if options.scale is None:
        yield from _beyond(after)


def _range(body: Body, filled: Filled) -> str:
    return f"{filled.column.letter}{body.numbers[0]}:{filled.column.letter}{body.numbers[-1]}"


def example(body: Body, filled: Filled) -> str:
    """Return the first scaled number in words: `C8 2746300 is Rp2.746.300.000.000`."""
    for index, value in enumerate(filled.data):
        if isinstance(value, Decimal) and value:
            unit = filled.column.unit
            shown = format_money(value, "id", unit, None) if filled.kind == "money" else format_number(value, "id")
            counted = "" if filled.kind == "money" or not unit else f" {unit}"
            return f"{filled.column.letter}{body.numbers[index]} {filled.raws[index].strip()} is {shown}{counted}"
    return "it holds no numbers"


def _beyond(body: Body) -> Iterator[Remark]:
    for filled in body.columns:
        most = _MOST_MONEY if filled.column.kind == "money" else _MOST
        if filled.column.scale == 1:
            continue
        cells = [
            f"{filled.column.letter}{body.numbers[index]}"
            for index, value in enumerate(filled.data)
            if isinstance(value, Decimal) and abs(value) > most
        ]
        if cells:
            message = (
                f"'{filled.column.name}' holds amounts beyond belief after scaling by {filled.column.scale:,}: is it "
                f"written in '{filled.column.unit}' already? Pin `scale = 1`, or `scale = {filled.column.scale}`"
            )
            yield Remark("doubtful-scale", message, tuple(cells), "warning")
