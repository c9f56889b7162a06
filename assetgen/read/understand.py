"""Understand a sheet: a grid of cells goes in; a table with named, typed columns and traced values comes out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal

from assetgen.errors import Place, Problem, UsageError, did_you_mean
from assetgen.locale import Amount
from assetgen.model import Cell, Column, Grid, Remark, Row, Table, Value, ValueData, ValueKind
from assetgen.read.evidence import ColumnCells, file_evidence, style_remark, suspect_decimals
from assetgen.read.find import MISSING, Region, find
from assetgen.read.header import Heading, headings, is_scaled, unit_in, unit_of_line
from assetgen.read.kinds import Plan, has_own_unit, plan_column, tells_no_style
from assetgen.read.options import ReadOptions
from assetgen.read.totals import split_totals
from assetgen.sources._cells import letters

ALIKE = 4
Reading = tuple[ValueData, ValueKind, str]


def understand(grid: Grid, file: str, options: ReadOptions) -> Table:
    """Return the table of a grid.

    Raises DataError when the sheet holds none.
    """
    region = find(grid, options, Place(file, sheet=grid.name))
    grid = _with_merged_labels(grid, region)
    heads, shared = headings(grid, region)
    _check_text_columns(heads, options, Place(file, sheet=grid.name))
    columns = [ColumnCells(grid, region.body, column) for column in region.columns]
    plans, remarks = _plans(columns, heads, options)
    unit = _unit(region, shared, options)
    plans = [
        plan if has_own_unit(head.name) else _with_unit(plan, unit) for head, plan in zip(heads, plans, strict=True)
    ]
    described = tuple(_column(head, plan) for head, plan in zip(heads, plans, strict=True))
    rows = _rows(grid, region, described, plans, file)
    context = (*region.title, *shared, grid.name or "", *(part for column in described for part in column.header[:-1]))
    kept, totals, told = _split(described, rows, context, options)
    return Table(
        file,
        grid.name,
        described,
        tuple(kept),
        tuple(totals),
        title=(*region.title, *shared),
        unit_line=region.unit_line,
        notes=region.notes,
        header_rows=tuple(row + 1 for row in region.header),
        encoding=grid.encoding,
        delimiter=grid.delimiter,
        number_style=_common_style(plans),
        remarks=(*grid.remarks, *region.remarks, *remarks, *_missing_marks(columns), *told),
    )


def _with_merged_labels(grid: Grid, region: Region) -> Grid:
    """Repeat labels over the rows that they are merged across; merged numbers stay one number."""
    inside = set(region.body)
    tall = [merge for merge in grid.merges if merge[2] > merge[0] and merge[1] == merge[3] and merge[0] in inside]
    if not tall:
        return grid
    texts = [list(row) for row in grid.texts]
    for top, column, bottom, _ in tall:
        if not grid.natives or grid.natives[top][column] is None:
            for row in range(top + 1, bottom + 1):
                texts[row][column] = texts[top][column]
    return replace(grid, texts=tuple(map(tuple, texts)))


def _check_text_columns(heads: Sequence[Heading], options: ReadOptions, place: Place) -> None:
    known = {word for head in heads for word in (head.key, head.name)}
    unknown = [word for word in options.text_columns if word not in known]
    if unknown:
        keys = [head.key for head in heads]
        raise UsageError([Problem(f"there is no column '{word}'", place, did_you_mean(word, keys)) for word in unknown])


def _plans(
    columns: Sequence[ColumnCells], heads: Sequence[Heading], options: ReadOptions
) -> tuple[list[Plan], tuple[Remark, ...]]:
    codes = {head.column for head in heads if tells_no_style(head.name)}
    evidence = file_evidence(columns, codes)
    plans: list[Plan] = []
    remarks: list[Remark] = []
    for cells, head in zip(columns, heads, strict=True):
        plan, told = plan_column(cells, head, evidence, options)
        plans.append(plan)
        remarks.extend(told)
    remarks.extend(suspect_decimals(columns, heads, remarks))
    remarks.extend(style_remark(evidence, options))
    return plans, _merged(remarks)


def _merged(remarks: Sequence[Remark]) -> tuple[Remark, ...]:
    """Join remarks that say the same of many columns into one."""
    groups: dict[tuple[str, str], list[Remark]] = {}
    for remark in remarks:
        groups.setdefault((remark.code, remark.severity), []).append(remark)
    merged: list[Remark] = []
    for group in groups.values():
        if len(group) <= ALIKE:
            merged.extend(group)
        else:
            message = f"{group[0].message}; likewise in {len(group) - 1} more columns"
            merged.append(replace(group[0], message=message, cells=tuple(cell for one in group for cell in one.cells)))
    return tuple(merged)


def _unit(region: Region, shared: Sequence[str], options: ReadOptions) -> str:
    """Return the unit that is pinned, or that the unit line or a title names for all columns."""
    if options.unit is not None:
        return options.unit
    titles = (unit_in(text) for text in (*region.title, *shared))
    return unit_of_line(region.unit_line) or next((unit for unit in titles if unit), "")


def _with_unit(plan: Plan, unit: str) -> Plan:
    """Give the unit of the whole table to a column of numbers that has none, but not to years and running numbers."""
    if plan.kind == "money" and is_scaled(unit):
        return replace(plan, kind="number", unit=unit)
    if plan.kind != "number" or plan.unit or not unit or plan.style in ("year", "index"):
        return plan
    if unit.lower() in ("persen", "percent", "%"):
        return replace(plan, kind="percent", unit="%")
    return replace(plan, unit=unit)


def _column(head: Heading, plan: Plan) -> Column:
    return Column(head.key, head.name, head.parts, plan.kind, letters(head.column), plan.unit, plan.style)


def _common_style(plans: Sequence[Plan]) -> str:
    styles = {plan.number_style for plan in plans if plan.number_style}
    return str(styles.pop()) if len(styles) == 1 else "mixed" if styles else ""


def _split(
    columns: Sequence[Column], rows: list[Row], context: Sequence[str], options: ReadOptions
) -> tuple[list[Row], list[Row], list[Remark]]:
    if options.totals is not None:
        kept = [row for row in rows if row.number not in options.totals]
        return kept, [row for row in rows if row.number in options.totals], []
    return split_totals(columns, rows, context)


def _missing_marks(columns: Sequence[ColumnCells]) -> tuple[Remark, ...]:
    marks = Counter(mark for cells in columns for mark in cells.marks)
    if not marks:
        return ()
    listed = ", ".join(f"'{mark}' ({count} times)" for mark, count in marks.most_common())
    return (Remark("missing-marks", f"read as missing, not as zero: {listed}"),)


# --- values -----------------------------------------------------------------------------------------------------------


def _rows(grid: Grid, region: Region, columns: Sequence[Column], plans: Sequence[Plan], file: str) -> list[Row]:
    filled = [
        _values(grid, region.body, index, column, plan, file)
        for index, column, plan in zip(region.columns, columns, plans, strict=True)
    ]
    keys = [column.key for column in columns]
    return [
        Row(row + 1, dict(zip(keys, values, strict=True)))
        for row, values in zip(region.body, zip(*filled, strict=True), strict=True)
    ]


def _values(grid: Grid, rows: Sequence[int], index: int, column: Column, plan: Plan, file: str) -> list[Value]:
    """Read one column; equal texts are read once."""
    read = _reader(plan)
    known: dict[str, Reading] = {}
    values = []
    plain = _plain_kind(plan)
    natives, sheet, letter = grid.natives, grid.name, column.letter
    for row in rows:
        text = grid.texts[row][index]
        typed = natives[row][index] if natives else None
        if typed is not None:
            currency = grid.currencies.get((row, index), "")
            data, kind, unit = _typed(typed, text, plan, (row, index) in grid.percents, currency)
        elif (number := plan.numbers.get(text)) is not None:
            data, kind, unit = number, plain, plan.unit
        elif text in known:
            data, kind, unit = known[text]
        else:
            data, kind, unit = known[text] = _untyped(text.strip(), read, grid)
        values.append(Value(text, data, kind, unit, Cell(file, sheet, f"{letter}{row + 1}")))
    return values


def _untyped(text: str, read: Callable[[str], Reading | None], grid: Grid) -> Reading:
    if text in MISSING or (grid.natives and text.startswith("#") and text[1:3].isupper() and text.isupper()):
        return None, "missing", ""
    return read(text) or (text, "text", "")


def _typed(typed: ValueData, text: str, plan: Plan, percent: bool, currency: str) -> Reading:
    if plan.kind == "text":
        return text, "text", ""
    if isinstance(typed, bool):
        return typed, "boolean", ""
    if isinstance(typed, Decimal):
        if percent:
            return typed, "percent", "%"
        return _amount(Amount(typed, currency), plan)
    if isinstance(typed, datetime):
        return typed, "datetime", ""
    return typed, "date" if isinstance(typed, date) else "time" if isinstance(typed, time) else "text", ""


def _reader(plan: Plan) -> Callable[[str], Reading | None]:
    if plan.kind in ("number", "money", "percent"):
        return lambda text: _any_number(text, plan)
    if plan.kind in ("date", "time", "datetime"):
        return lambda text: _moment(text, plan)
    if plan.kind == "boolean":
        return lambda text: (text.lower() == "true", "boolean", "") if text.lower() in ("true", "false") else None
    return lambda text: (text, "text", "")


def _any_number(text: str, plan: Plan) -> Reading | None:
    """Read a number whose cell has spaces around it, a sign, or marks of thousands."""
    if (number := plan.numbers.get(text)) is not None:
        return number, _plain_kind(plan), plan.unit
    return _amount(plan.amounts[text], plan) if text in plan.amounts else None


def _amount(amount: Amount, plan: Plan) -> Reading:
    if amount.percent:
        return amount.number, "percent", "%"
    if amount.currency and not is_scaled(plan.unit):
        return amount.number, "money", amount.currency
    return amount.number, _plain_kind(plan), plan.unit


def _plain_kind(plan: Plan) -> ValueKind:
    return plan.kind if plan.kind in ("money", "percent") else "number"


def _moment(text: str, plan: Plan) -> Reading | None:
    moment = plan.moment(text)
    if moment is None or moment.data is None:
        return None
    clock = moment.data if isinstance(moment.data, (time, datetime)) else None
    kind: ValueKind = "datetime" if isinstance(clock, datetime) else "time" if clock else "date"
    return moment.data, kind, (clock.tzname() or "") if clock and clock.tzinfo else ""
