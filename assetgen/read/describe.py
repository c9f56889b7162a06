"""Tell what was understood: a table goes in; a JSON-ready dictionary or plain rows of words come out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from assetgen.model import Column, Remark, Row, Table, Value, ValueData

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


def describe_table(table: Table) -> Description:
    """Describe a table so that a person can judge whether it was understood."""
    return Description(
        tuple(pair for pair in _facts(table) if pair[1]),
        tuple(_summary(column, table.rows) for column in table.columns),
        tuple(f"row {row.number}: {_row_in_words(row)}" for row in table.totals),
        table.notes,
        tuple(_sentence(remark) for remark in table.remarks if remark.severity == "warning"),
        tuple(_sentence(remark) for remark in table.remarks if remark.severity == "info"),
    )


def _facts(table: Table) -> Iterable[tuple[str, str]]:
    delimiters = {"\t": "tab", ",": "comma", ";": "semicolon", "|": "bar"}
    styles = {"id": "Indonesian (1.234,5)", "en": "English (1,234.5)", "mixed": "differs by column"}
    yield "File", table.file + (f", sheet {table.sheet}" if table.sheet else "")
    yield "Title", " / ".join(table.title)
    yield "Unit", table.unit_line
    yield "Size", f"{len(table.rows):,} rows, {len(table.columns):,} columns"
    yield "Header", _span(table.header_rows)
    yield "Numbers", styles.get(table.number_style, "")
    encoding = ", ".join(part for part in (table.encoding, delimiters.get(table.delimiter, table.delimiter)) if part)
    yield "Text", encoding


def _span(rows: tuple[int, ...]) -> str:
    if not rows:
        return "none"
    return f"row {rows[0]}" if len(rows) == 1 else f"rows {rows[0]} to {rows[-1]}"


def _summary(column: Column, rows: tuple[Row, ...]) -> ColumnSummary:
    values = [row[column.key] for row in rows]
    shown = list(dict.fromkeys(value.raw.strip() for value in values if not value.missing))[:EXAMPLES]
    kind = {"code": "code", "year": "year", "month": "month", "index": "row number"}.get(column.style, column.kind)
    examples = " | ".join(text if len(text) <= MAX_EXAMPLE else text[: MAX_EXAMPLE - 1] + "…" for text in shown)
    missing = sum(value.missing for value in values)
    return ColumnSummary(column.letter, column.name, column.key, kind, column.unit, examples, missing)


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
        "remarks": [_remark(remark) for remark in table.remarks],
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
    }


def _row(row: Row) -> dict[str, object]:
    return {"number": row.number, "values": {key: _value(value) for key, value in row.values.items()}}


def _value(value: Value) -> dict[str, object]:
    return {
        "raw": value.raw,
        "value": _plain(value.data),
        "kind": value.kind,
        "unit": value.unit,
        "cell": value.cell.address if value.cell else None,
    }


def _plain(data: ValueData) -> str | bool | None:
    if isinstance(data, Decimal):
        return f"{data:f}"
    return data.isoformat() if isinstance(data, (date, time)) else data


def _remark(remark: Remark) -> dict[str, object]:
    return {
        "code": remark.code,
        "severity": remark.severity,
        "message": remark.message,
        "cells": list(remark.cells),
    }
