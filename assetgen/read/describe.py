"""Tell what was understood: a table goes in; a JSON-ready dictionary or plain rows of words come out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from assetgen.locale import format_money, format_number
from assetgen.model import Column, Mark, Remark, Repair, Row, Table, Value, ValueData

EXAMPLES = 3
MAX_EXAMPLE = 28


@dataclass(frozen=True, slots=True)
class ColumnSummary:
    """One column in words, as a person checks it."""

    letter: str
    name: str
    key: str
    kind: str
    unit: str
    examples: str
    missing: int


@dataclass(frozen=True, slots=True)
class Description:
    """A table in words: `facts` are pairs of a label and a text; the rest are lines."""

    facts: tuple[tuple[str, str], ...]
    columns: tuple[ColumnSummary, ...]
    totals: tuple[str, ...]
    notes: tuple[str, ...]
    warnings: tuple[str, ...]
    remarks: tuple[str, ...]
    marks: tuple[str, ...] = ()


def describe_table(table: Table) -> Description:
    """Describe a table so that a person can judge whether it was understood."""
    return Description(
        tuple(pair for pair in _facts(table) if pair[1]),
        tuple(_summary(column, table.rows) for column in table.columns),
        tuple(f"row {row.number} ({row.place.role}): {_row_in_words(row)}" for row in table.totals),
        table.notes,
        tuple(_sentence(remark) for remark in table.remarks if remark.severity == "warning"),
        tuple(_sentence(remark) for remark in table.remarks if remark.severity == "info"),
        tuple(map(_mark_in_words, table.marks)),
    )


def _facts(table: Table) -> Iterable[tuple[str, str]]:
    delimiters = {"\t": "tab", ",": "comma", ";": "semicolon", "|": "bar"}
    styles = {"id": "Indonesian (1.234,5)", "en": "English (1,234.5)", "mixed": "differs by column"}
    yield "File", table.file + (f", sheet {table.sheet}" if table.sheet else "")
    yield "Title", " / ".join(table.title)
    yield "Unit", table.unit_line
    yield "Scale", "; ".join(_scales(table))
    yield "Size", f"{len(table.rows):,} rows, {len(table.columns):,} columns"
    yield "Header", _span(table.header_rows)
    yield "Levels", _levels(table.rows)
    yield "Numbers", styles.get(table.number_style, "")
    encoding = ", ".join(part for part in (table.encoding, delimiters.get(table.delimiter, table.delimiter)) if part)
    yield "Text", encoding
    yield "Repairs", repairs_in_words(table)


def repairs_in_words(table: Table) -> str:
    """Count what was proved, repaired and refused; empty where no damage was found."""
    if not table.proved and not table.refused:
        return ""
    return f"{len(table.proved):,} rows proved, {len(table.repairs):,} cells repaired, {len(table.refused):,} refused"


def _scales(table: Table) -> Iterator[str]:
    """Yield what one number of the file means: `2746300 in C8 (Juta Rupiah) is Rp2.746.300.000.000`; once a factor."""
    seen: set[tuple[str, int]] = set()
    for column in table.columns:
        if column.scale == 1 or (column.written_unit, column.scale) in seen:
            continue
        value = next((row[column.key] for row in table.rows if isinstance(row[column.key].data, Decimal)), None)
        if value is not None:
            seen.add((column.written_unit, column.scale))
            unit = f" ({column.written_unit})" if column.written_unit else ""
            yield f"{value.raw.strip()} in {value.cell and value.cell.address}{unit} is {_amount(value)}"


def _amount(value: Value) -> str:
    assert isinstance(value.data, Decimal)
    if value.kind == "money":
        return format_money(value.data, "id", value.unit, None)
    return f"{format_number(value.data, 'id')} {value.unit}".strip()


def _levels(rows: Sequence[Row]) -> str:
    counts = Counter(row.place.level for row in rows)
    listed = ", ".join(f"{counts[level]:,} rows on level {level}" for level in sorted(counts))
    return listed if len(counts) > 1 else ""


def _span(rows: tuple[int, ...]) -> str:
    if not rows:
        return "none"
    return f"row {rows[0]}" if len(rows) == 1 else f"rows {rows[0]} to {rows[-1]}"


def _summary(column: Column, rows: Sequence[Row]) -> ColumnSummary:
    values = [row[column.key] for row in rows]
    shown = list(dict.fromkeys(value.raw.strip() for value in values if not value.missing))[:EXAMPLES]
    kind = {"code": "code", "year": "year", "month": "month", "index": "row number"}.get(column.style, column.kind)
    examples = " | ".join(text if len(text) <= MAX_EXAMPLE else text[: MAX_EXAMPLE - 1] + "…" for text in shown)
    missing = sum(value.missing for value in values)
    unit = (
        f"{_spoken(column.unit)} (file: {column.written_unit or 'pinned'})"
        if column.scale != 1
        else _spoken(column.unit)
    )
    return ColumnSummary(column.letter, column.name, column.key, kind, unit, examples, missing)


def _mark_in_words(mark: Mark) -> str:
    words = ": ".join(part for part in (mark.sign, mark.text) if part)
    more = f" and {len(mark.areas) - 8} more" if len(mark.areas) > 8 else ""
    return f"{words} ({mark.status}) on {', '.join(mark.areas[:8])}{more}"


def _spoken(unit: str) -> str:
    return "Rp" if unit == "IDR" else unit


def _row_in_words(row: Row) -> str:
    return ", ".join(value.raw.strip() for value in row.values.values() if not value.missing)[:120]


def _sentence(remark: Remark) -> str:
    if not remark.cells:
        return remark.message
    more = len(remark.cells) - 8
    return f"{remark.message} [{', '.join(remark.cells[:8])}{f' and {more} more' if more > 0 else ''}]"


def table_as_dict(table: Table, limit: int | None = None) -> dict[str, object]:
    """Return a table as JSON-ready values; at most `limit` rows. Numbers are exact decimals written as text."""
    return {
        "file": table.file,
        "sheet": table.sheet,
        "title": list(table.title),
        "unit_line": table.unit_line,
        "header_rows": list(table.header_rows),
        "encoding": table.encoding,
        "delimiter": table.delimiter,
        "number_style": table.number_style,
        "columns": [_column(column) for column in table.columns],
        "row_count": len(table.rows),
        "rows": [_row(row) for row in table.rows[:limit]],
        "totals": [_row(row) for row in table.totals],
        "notes": list(table.notes),
        "marks": [
            {"sign": mark.sign, "text": mark.text, "status": mark.status, "areas": list(mark.areas)}
            for mark in table.marks
        ],
        "remarks": [_remark(remark) for remark in table.remarks],
        "repairs": [_repair(repair) for repair in table.repairs],
        "proved_rows": list(table.proved),
        "refused_cells": list(table.refused),
    }


def _column(column: Column) -> dict[str, object]:
    return {
        "key": column.key,
        "name": column.name,
        "header": list(column.header),
        "kind": column.kind,
        "letter": column.letter,
        "unit": column.unit,
        "style": column.style,
        "written_unit": column.written_unit,
        "scale": column.scale,
    }


def _row(row: Row) -> dict[str, object]:
    place = row.place
    return {
        "number": row.number,
        "label": place.label,
        "level": place.level,
        "parent": place.parent,
        "leaf": place.leaf,
        "role": place.role,
        "values": {key: _value(value) for key, value in row.values.items()},
    }


def _value(value: Value) -> dict[str, object]:
    return {
        "raw": value.raw,
        "value": _plain(value.data),
        "kind": value.kind,
        "unit": value.unit,
        "cell": value.cell.address if value.cell else None,
        **({"marks": list(value.marks)} if value.marks else {}),
    }


def _plain(data: ValueData) -> str | bool | None:
    if isinstance(data, Decimal):
        return f"{data:f}"
    return data.isoformat() if isinstance(data, (date, time)) else data


def _repair(repair: Repair) -> dict[str, object]:
    return {
        "cell": repair.cell.address,
        "raw": repair.raw,
        "was": _plain(repair.was),
        "became": _plain(repair.became),
        "proof": repair.proof,
    }


def _remark(remark: Remark) -> dict[str, object]:
    return {
        "code": remark.code,
        "severity": remark.severity,
        "message": remark.message,
        "cells": list(remark.cells),
    }
