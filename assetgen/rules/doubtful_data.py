"""Report a shown number whose cell or column could not be read beyond doubt.

A spreadsheet that went through a program with another locale holds text `4.047.191`, the number 487.03 (meaning
487.030) and the number 4 (meaning 4.000) in one column; a column of `1.234` alone can be a thousand or a little more
than one. Reading tells such columns and cells in its remarks; a number from them is never published unseen.

Why: a wrong digit is the worst that an official post can carry, and such damage gives bars that are a thousand times
too long while every cell looks like a number.

What to do: look at `assetgen read FILE` and repair the cells in the file. Where one reading is right for all of them,
pin it under `[data.NAME]` of the campaign: `number_style`, or `decimal_columns = ["…"]` for decimals that are real.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from assetgen.check import Subject
from assetgen.derive import areas
from assetgen.model import Finding, Remark, Severity, parse_cell
from assetgen.model.cells import column_number, split_address

# Remarks that put a whole column into doubt, and those that speak of single cells.
COLUMN_DOUBTS = frozenset({"ambiguous-number", "doubtful-scale", "mixed-number-styles", "suspect-decimals"})
CELL_DOUBTS = frozenset({"error-value", "lost-digits", "text-in-numbers", "uncomputed-formula", "unproved-number"})
_CELL = re.compile(r"\b([A-Z]{1,3})(\d+)\b")


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each number on the pages that stands in a doubtful column or cell."""
    columns = _columns(subject.remarks)
    cells = {
        found[0]: remark
        for remark in subject.remarks
        if remark.code in CELL_DOUBTS
        for cell in remark.cells
        for found in _CELL.finditer(cell)
    }
    if not columns and not cells:
        return
    for page in subject.pages:
        for box in page.boxes:
            address = box.attributes.get("data-cell")
            if address and (doubt := _doubt(address, columns, cells)):
                where, remark = doubt
                message = f"'{box.text or address}' comes from {where}, which is in doubt: {remark.message}"
                hint = "see assetgen read FILE; repair the cells, or pin number_style or decimal_columns"
                yield Finding("", Severity.ERROR, message, hint, page.number, box.rectangle)


def _doubt(address: str, columns: Mapping[str, Remark], cells: Mapping[str, Remark]) -> tuple[str, Remark] | None:
    """Return the first doubtful cell of an address, also one inside of a range, and what is said of it."""
    try:
        found = areas(parse_cell(address))
    except ValueError:
        return None
    for area in found:
        (left, top), (right, bottom) = split_address(area.first), split_address(area.last)
        low, high = column_number(left), column_number(right)
        for letters, remark in columns.items():
            if low <= column_number(letters) <= high:
                return f"{letters}{top}", remark
        for cell, remark in cells.items():
            letters, row = split_address(cell)
            if low <= column_number(letters) <= high and top <= row <= bottom:
                return cell, remark
    return None


def _columns(remarks: tuple[Remark, ...]) -> dict[str, Remark]:
    """Return the columns in doubt by their letters."""
    return {
        found[1]: remark
        for remark in remarks
        if remark.code in COLUMN_DOUBTS
        for cell in remark.cells
        for found in _CELL.finditer(cell)
    }
