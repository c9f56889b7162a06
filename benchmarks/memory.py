"""Memory over a thousand stills in one process."""

from __future__ import annotations

import os
import resource
import sys
from pathlib import Path

from assetgen.studio import Studio, Wish
from benchmarks._stills import BAR_LAYOUT, LANGUAGE, subjects
from benchmarks._table import show

STILLS, EVERY, GROWTH = 1000, 100, 0.10
# By then the caches of the engine, which have limits, are full.
WARM = 500


def run() -> None:
    (subject,) = subjects(BAR_LAYOUT)
    print(subject.describe())
    rows: list[tuple[object, ...]] = [("stills", "MB")]
    found: list[float] = []
    with Studio() as studio:
        for number in range(1, STILLS + 1):
            studio.make(
                subject.layout,
                subject.brand,
                Wish(subject.variation(number), subject.placement, LANGUAGE, folder=subject.folder),
            )
            if number % EVERY == 0:
                found.append(_megabytes())
                rows.append((number, f"{found[-1]:.0f}"))
    show(rows)
    growth = found[-1] / found[WARM // EVERY - 1] - 1
    print(f"first {found[0]:.0f} MB, last {found[-1]:.0f} MB")
    print(f"after the first {WARM}: {growth:+.1%}, {'flat' if growth < GROWTH else 'GROWING'} (bar < {GROWTH:.0%})")


def _megabytes() -> float:
    """Return the resident memory of this process; its highest so far where the system does not tell the present one."""
    pages = Path("/proc/self/statm")
    if pages.is_file():
        return int(pages.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak / 1e3
