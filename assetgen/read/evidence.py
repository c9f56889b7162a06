"""Gather what the cells of a column tell: a grid goes in; texts, typed values and the evidence for a style come out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from assetgen.locale import StyleEvidence, style_evidence
from assetgen.model import Grid, Remark
from assetgen.read.find import MISSING
from assetgen.read.header import Heading
from assetgen.read.options import ReadOptions
from assetgen.sources._cells import address


class ColumnCells:
    """The data cells of one column that hold something."""

    def __init__(self, grid: Grid, rows: Sequence[int], column: int) -> None:
        self.column = column
        stripped = [(row, grid.texts[row][column].strip()) for row in rows]
        held = [(row, text) for row, text in stripped if text not in MISSING]
        self.marks = [text for _, text in stripped if text and text in MISSING] if len(held) < len(rows) else []
        self.rows = [row for row, _ in held]
        self.texts = [text for _, text in held]
        self.natives = [grid.natives[row][column] if grid.natives else None for row in self.rows]
        self.written = [text for text, value in zip(self.texts, self.natives, strict=True) if value is None]
        self.evidence = style_evidence(self.written)
        self.percents = sum((row, column) in grid.percents for row in self.rows) if grid.percents else 0
        self.currencies = Counter(grid.currencies[row, column] for row in self.rows if (row, column) in grid.currencies)

    def where(self, wanted: Iterable[str]) -> tuple[str, ...]:
        """Return the addresses of the cells that hold one of the texts."""
        texts = set(wanted)
        pairs = zip(self.rows, self.texts, self.natives, strict=True)
        return tuple(address(row, self.column) for row, text, value in pairs if value is None and text in texts)


def file_evidence(columns: Iterable[ColumnCells], codes: set[int]) -> StyleEvidence:
    """Return what all columns but the codes tell about the number style of the file."""
    total = StyleEvidence()
    for cells in columns:
        if cells.column not in codes:
            total = total + cells.evidence
    return total


def style_remark(evidence: StyleEvidence, options: ReadOptions) -> tuple[Remark, ...]:
    """Say how the style of the numbers in the file was found."""
    names = {"id": "Indonesian, as in 1.234,5", "en": "English, as in 1,234.5"}
    if options.number_style:
        return (Remark("number-style", f"numbers are read as pinned: {names[options.number_style]}"),)
    if evidence.style is None:
        return ()
    count = evidence.indonesian or evidence.english
    return (Remark("number-style", f"numbers are {names[evidence.style]}: {count:,} cells can only be read so"),)


def suspect_decimals(
    columns: Sequence[ColumnCells], heads: Sequence[Heading], remarks: Sequence[Remark]
) -> tuple[Remark, ...]:
    """Warn of columns beside a damaged one whose fractions may be thousands too: 214.052 that was 214052."""
    damaged = [remark for remark in remarks if remark.code == "mixed-number-styles"]
    if not damaged:
        return ()
    clear = {cell for remark in damaged for cell in remark.cells}
    found = [
        (head, cells)
        for head, cells in zip(heads, columns, strict=True)
        if not any(address(row, cells.column) in clear for row in cells.rows) and _may_be_thousands(cells)
    ]
    if not found:
        return ()
    names = ", ".join(f"'{head.name}'" for head, _ in found)
    ranges = tuple(
        f"{address(cells.rows[0], cells.column)}:{address(cells.rows[-1], cells.column)}" for _, cells in found
    )
    message = f"the fractions in {names} may be thousands whose dots were eaten, as in the damaged columns beside them"
    return (Remark("suspect-decimals", message, ranges, "warning"),)


def _may_be_thousands(cells: ColumnCells) -> bool:
    numbers = [value for value in cells.natives if isinstance(value, Decimal)]
    places = [max(0, -int(number.as_tuple().exponent)) for number in numbers]
    return bool(places) and max(places) == 3
