"""Print figures as plain tables: rows and bars go in, aligned lines come out."""

from __future__ import annotations

import os
from collections.abc import Sequence


def show(rows: Sequence[Sequence[object]]) -> None:
    """Print rows in aligned columns: the first to the left, the others to the right."""
    texts = [[str(cell) for cell in row] for row in rows]
    widths = [max(len(row[place]) for row in texts) for place in range(len(texts[0]))]
    for row in texts:
        first, *others = (cell.rjust(width) for cell, width in zip(row, widths, strict=True))
        print("  ".join([first.strip().ljust(widths[0]), *others]).rstrip(), flush=True)


def verdict(figure: float, bar: float, at_most: bool) -> str:
    """Return `met` or `MISSED` with the bar."""
    met = figure <= bar if at_most else figure >= bar
    return f"{'met' if met else 'MISSED'} (bar {'≤' if at_most else '≥'} {bar:g})"


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
