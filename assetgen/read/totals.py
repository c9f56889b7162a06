"""Tell total rows from data rows: the rows of a table go in; the totals come out, with the reason for each."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from assetgen.model import Column, Remark, Row, Value

SAMPLE = 50

_TOTAL = re.compile(
    r"\W*(?:grand\s*total|sub\s*-?\s*total|total|jumlah|jml\.?|rata\s*-?\s*rata|average"
    r"|(?:total|jumlah)\s+(?:total|seluruh\w*|keseluruhan|umum|provinsi|nasional|indonesia|kab\S*|kota|semua|akhir))\W*",
    re.IGNORECASE,
)
_AT_THE_EDGE = re.compile(r"\W*(?:(?:grand\s+)?total|jumlah|rata\s*-?\s*rata)\b.{0,40}", re.IGNORECASE)
_PRODUCT = re.compile(
    r"(?:produk domestik (?:regional )?bruto|pdrb|pdb|gdp|gross (?:regional )?domestic product)\b.{0,20}", re.IGNORECASE
)
_NATION = re.compile(r"\W*(?:indonesia|nasional|national)\W*", re.IGNORECASE)
_COUNTRIES = re.compile(r"negara|countr|nation", re.IGNORECASE)


def split_totals(
    columns: Sequence[Column], rows: Sequence[Row], context: Sequence[str]
) -> tuple[list[Row], list[Row], list[Remark]]:
    """Split rows into data and totals; `context` are the texts above the table, which may name the whole."""
    labels = [column.key for column in columns]
    kept: list[Row] = []
    totals: list[Row] = []
    remarks: list[Remark] = []
    for index, row in enumerate(rows):
        edge = index in (0, len(rows) - 1) and len(rows) > 2
        reason = _reason(row, labels, edge, columns, context, rows)
        if reason and len(rows) > 1:
            totals.append(row)
            cell = next(iter(row.values.values())).cell
            where = (cell.address,) if cell else ()
            remarks.append(Remark("total-row", f"row {row.number} '{_label(row, labels)}' is a total: {reason}", where))
        else:
            kept.append(row)
    return kept, totals, remarks + (_check(columns, kept, totals) if len(totals) == 1 else [])


def _label(row: Row, labels: Sequence[str]) -> str:
    """Return the first text of a row that has a letter: what the row is about."""
    texts = (row[key].raw.strip() for key in labels if row[key].kind == "text")
    return next((text for text in texts if any(map(str.isalpha, text))), "")


def _reason(
    row: Row, labels: Sequence[str], edge: bool, columns: Sequence[Column], context: Sequence[str], rows: Sequence[Row]
) -> str:
    text = _label(row, labels)
    if not text:
        return ""
    if _TOTAL.fullmatch(text) or (edge and _AT_THE_EDGE.fullmatch(text)):
        return "its name says so"
    if not edge:
        return ""
    if _PRODUCT.fullmatch(text):
        return "the domestic product is the sum of the lines above"
    label_name = next((column.name for column in columns if column.kind == "text" and column.style != "code"), "")
    if _NATION.fullmatch(text) and not _COUNTRIES.search(label_name):
        return "the nation is the sum of its regions"
    others = [other for other in rows if other is not row]
    if any(_label(other, labels) == text for other in others):
        return ""
    if matches := [name for name in _sums(columns, row, others) if _is_telling(row, columns, name)]:
        return f"it equals the sum of the other rows in {', '.join(matches[:3])}"
    return _named_above(text, label_name, context)


def _is_telling(row: Row, columns: Sequence[Column], name: str) -> bool:
    """Tell whether a number has enough digits that its being the sum of others is no accident: 6 = 1 + 2 + 3 may be."""
    value = next(row[column.key].data for column in columns if f"'{column.name}'" == name)
    return isinstance(value, Decimal) and abs(value).scaleb(_decimals(value)) >= 1000


def _decimals(value: Decimal) -> int:
    return max(0, -int(value.as_tuple().exponent))


def _named_above(text: str, label_name: str, context: Sequence[str]) -> str:
    pattern = re.compile(rf"\b{re.escape(text)}\b", re.IGNORECASE)
    if 4 <= len(text) <= 100 and not pattern.search(label_name) and any(pattern.search(line) for line in context):
        return "the title names it as the whole"
    return ""


def _numbers(rows: Sequence[Row], key: str) -> list[Decimal]:
    return [value.data for row in rows if isinstance((value := row[key]).data, Decimal)]


def _sums(columns: Sequence[Column], row: Row, others: Sequence[Row]) -> list[str]:
    """Return the columns in which a row is the sum of at least three others, up to rounding of each."""
    return [f"'{column.name}'" for column in columns if _is_sum(column, row, others)]


def _is_sum(column: Column, row: Row, others: Sequence[Row]) -> bool:
    value = row[column.key].data
    if column.kind not in ("number", "money", "percent") or column.style == "year" or not isinstance(value, Decimal):
        return False
    first = _numbers(others[:SAMPLE], column.key)
    if min(first, default=0) >= 0 and max(first, default=0) > max(value, Decimal(0)):
        return False
    parts = _numbers(others, column.key)
    # A float tells cheaply that a sum is far off; only what is near is added up exactly.
    if len(parts) < 3 or not math.isclose(math.fsum(map(float, parts)), float(value), rel_tol=0.01, abs_tol=len(parts)):
        return False
    return len(set(parts)) > 2 and abs(sum(parts) - value) <= _slack([value, *parts])


def _slack(values: Sequence[Decimal]) -> Decimal:
    """Return how far a sum may be off when each number was rounded to the decimals that it shows."""
    decimals = max(map(_decimals, values))
    if decimals:
        return Decimal(len(values)) / 2 * Decimal(1).scaleb(-decimals)
    return Decimal(2) if abs(values[0]) >= 1000 else Decimal(0)


def _check(columns: Sequence[Column], rows: Sequence[Row], totals: Sequence[Row]) -> list[Remark]:
    """Say where a row named total is not the sum of its table, when it is the sum in most columns."""
    total = totals[0]
    numeric = [c for c in columns if c.kind in ("number", "money") and isinstance(total[c.key].data, Decimal)]
    right = {name.strip("'") for name in _sums(columns, total, rows)}
    wrong = [column for column in numeric if column.name not in right and len(_numbers(rows, column.key)) >= 3]
    if not right or not wrong or len(wrong) > len(right):
        return []
    cells = tuple(_address(total.values, column.key) for column in wrong)
    names = ", ".join(f"'{column.name}'" for column in wrong)
    return [Remark("total-differs", f"the total is not the sum of the rows in {names}", cells, "warning")]


def _address(values: Mapping[str, Value], key: str) -> str:
    cell = values[key].cell
    return cell.address if cell else key
