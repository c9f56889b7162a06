"""Understand a sheet: a grid of cells goes in; a table with named, typed columns and traced values comes out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from assetgen.errors import Place, Problem, UsageError, did_you_mean
from assetgen.model import Grid, Remark, Table
from assetgen.read.arrange import arrange
from assetgen.read.dates import impossible_dates
from assetgen.read.evidence import ColumnCells, file_evidence, style_remark, suspect_decimals
from assetgen.read.find import NOTHING, Region, find
from assetgen.read.footnotes import with_footnotes
from assetgen.read.header import Heading, headings
from assetgen.read.kinds import Plan, plan_column, tells_no_style
from assetgen.read.marks import without_marks
from assetgen.read.noise import noise_remarks
from assetgen.read.options import ReadOptions
from assetgen.read.repair import Mended, repair
from assetgen.read.scale import column_of, scale_remarks, scaled, table_unit, with_unit
from assetgen.read.values import body_of

ALIKE = 4


def understand(grid: Grid, file: str, options: ReadOptions) -> Table:
    """Return the table of a grid.

    Raises DataError when the sheet holds none.
    """
    region = find(grid, options, Place(file, sheet=grid.name))
    grid = _with_merged_labels(grid, region)
    heads, shared = headings(grid, region)
    _check_pinned_columns(heads, options, Place(file, sheet=grid.name))
    marked = without_marks(grid, region, heads)
    mended = repair(marked.grid, region, heads, options, file)
    grid, cells = mended.grid, mended.cells
    marked = replace(marked, grid=grid)
    plans, remarks = _plans(cells, heads, options, mended)
    unit, rival = table_unit(region, shared, options)
    plans = [with_unit(plan, head, unit, options) for head, plan in zip(heads, plans, strict=True)]
    columns = [column_of(head, plan) for head, plan in zip(heads, plans, strict=True)]
    body, marks, unexplained = with_footnotes(body_of(marked, region, columns, plans, file), marked, region, heads)
    body = replace(body, repairs=mended.repairs)
    context = (*region.title, *shared, grid.name or "", *(part for head in heads for part in head.parts[:-1]))
    arrangement = arrange(body, context, options)
    amounts = scaled(body, columns, options)
    rows, totals = arrangement.split(amounts)
    told = (*impossible_dates(grid, remarks), *unexplained, *arrangement.remarks)
    told += (*noise_remarks(body), *scale_remarks(body, amounts, options, rival))
    table = Table(
        file,
        grid.name,
        tuple(filled.column for filled in amounts.columns),
        rows,
        totals,
        title=(*region.title, *shared),
        unit_line=region.unit_line,
        notes=region.notes,
        header_rows=tuple(row + 1 for row in region.header),
        encoding=grid.encoding,
        delimiter=grid.delimiter,
        number_style=_common_style(plans),
        marks=marks,
        remarks=(*grid.remarks, *region.remarks, *remarks, *mended.remarks, *_missing_marks(cells, plans), *told),
    )
    return mended.table(table)


def _with_merged_labels(grid: Grid, region: Region) -> Grid:
    """Repeat labels over the rows that they are merged across; merged numbers stay one number."""
    inside = set(region.body)
    tall = [merge for merge in grid.merges if merge[2] > merge[0] and merge[1] == merge[3] and merge[0] in inside]
    if not tall:
        return grid
    texts: dict[tuple[int, int], str] = {}
    for top, column, bottom, _ in tall:
        if not grid.natives or grid.natives[top][column] is None:
            texts.update(((row, column), grid.texts[top][column]) for row in range(top + 1, bottom + 1))
    return grid.with_texts(texts)


def _check_pinned_columns(heads: Sequence[Heading], options: ReadOptions, place: Place) -> None:
    known = {word for head in heads for word in (head.key, head.name)}
    unknown = [word for word in (*options.text_columns, *options.decimal_columns) if word not in known]
    if unknown:
        keys = [head.key for head in heads]
        raise UsageError([Problem(f"there is no column '{word}'", place, did_you_mean(word, keys)) for word in unknown])


def _plans(
    columns: Sequence[ColumnCells], heads: Sequence[Heading], options: ReadOptions, mended: Mended
) -> tuple[list[Plan], tuple[Remark, ...]]:
    codes = {head.column for head in heads if tells_no_style(head.name)}
    evidence = file_evidence(columns, codes)
    plans: list[Plan] = []
    remarks: list[Remark] = []
    for cells, head in zip(columns, heads, strict=True):
        plan, told = plan_column(cells, head, evidence, options)
        plans.append(plan)
        remarks.extend(mended.told(head.column, told))
    open_ = [pair for pair in zip(columns, heads, strict=True) if pair[1].column not in mended.settled]
    remarks.extend(suspect_decimals([cells for cells, _ in open_], [head for _, head in open_], remarks))
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


def _common_style(plans: Sequence[Plan]) -> str:
    styles = {plan.number_style for plan in plans if plan.number_style}
    return str(styles.pop()) if len(styles) == 1 else "mixed" if styles else ""


def _missing_marks(columns: Sequence[ColumnCells], plans: Sequence[Plan]) -> tuple[Remark, ...]:
    """Count what was read as missing; a dash among words is a word."""
    marks: Counter[str] = Counter()
    for cells, plan in zip(columns, plans, strict=True):
        marks.update(mark for mark in cells.marks if plan.kind != "text" or mark in NOTHING)
        if plan.missing:
            marks.update(text for text in cells.written if text in plan.missing)
    if not marks:
        return ()
    listed = ", ".join(f"'{mark}' ({count} times)" for mark, count in marks.most_common())
    return (Remark("missing-marks", f"read as missing, not as zero: {listed}"),)
