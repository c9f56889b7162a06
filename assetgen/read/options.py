"""Hold what a caller pins about a data file instead of having it found out; split `file#sheet` references."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assetgen.locale import NumberStyle


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What is pinned; None and empty values are found out. Rows are counted from 1, as the sheet shows them.

    `header_row` is the first header row, `header_rows` how many there are. `unit` is that of all numbers without one of
    their own, such as "juta rupiah"; `scale` what they are multiplied by: 1 leaves them as they are written. `totals`
    are the rows to keep apart: an empty tuple means that no row is a total. `text_columns` are the names or keys of
    columns to keep as text, `decimal_columns` of those whose decimals are real: no thousands that lost their marks.
    """

    header_row: int | None = None
    header_rows: int | None = None
    number_style: NumberStyle | None = None
    day_first: bool | None = None
    encoding: str = ""
    delimiter: str = ""
    unit: str | None = None
    scale: int | None = None
    totals: tuple[int, ...] | None = None
    text_columns: tuple[str, ...] = ()
    decimal_columns: tuple[str, ...] = ()

    @classmethod
    def of(cls, pins: Mapping[str, Any]) -> ReadOptions:
        """Return options from names and plain values, as JSON and TOML hold them; raises TypeError for others."""
        given: dict[str, Any] = {name: tuple(one) if isinstance(one, list) else one for name, one in pins.items()}
        return cls(**given)


def split_reference(reference: str) -> tuple[str, str | None]:
    """Split `apbd.xlsx#2026` into the file and the sheet; None where no sheet is named."""
    path, mark, sheet = reference.rpartition("#")
    return (path, sheet or None) if mark and path else (reference, None)
