"""Layouts, warm: a still of 1080×1350 from its record to the bytes of its JPEG, all checks included.

Each round writes another title, as the rows of a campaign do. Layouts that take a photo are given one that is hard to
write on; their bar is that of a still of text and photo, the others have that of the richest layout.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from statistics import median
from typing import Any

from assetgen import parts, placement
from assetgen.brand import Brand
from assetgen.layout import Layout
from assetgen.stress import Stress
from assetgen.studio import Studio, Wish
from benchmarks._table import show, verdict

BRAND, PLACE, BAR_PHOTO, BAR, ROUNDS = "lentera", "instagram/feed-portrait", 60, 120, 9


def run() -> None:
    """Print the median time of a still of each layout, slowest first."""
    brand, place = Brand.load(BRAND), placement.load(PLACE)
    found: list[tuple[float, float, str, bool]] = []
    with Studio() as studio:
        for layout in map(Layout.load, sorted(parts.kit_names("layouts"))):
            if place.shape in layout.shapes:
                given, photo = _given(layout)
                wishes = [Wish(_titled(given, number), place, folder=layout.folder) for number in range(ROUNDS + 2)]
                times = [_timed(studio, layout, brand, wish) for wish in wishes][2:]
                found.append((*(median(one) for one in zip(*times, strict=True)), layout.slug, photo))  # type: ignore[arg-type]  # two medians
    rows: list[tuple[object, ...]] = [("layout", "photo", "ms", "CPU ms", "")]
    for wall, processor, name, photo in sorted(found, reverse=True):
        bar = BAR_PHOTO if photo else BAR
        rows.append((name, "yes" if photo else "", f"{wall:.0f}", f"{processor:.0f}", verdict(wall, bar, True)))
    show(rows)


def _timed(studio: Studio, layout: Layout, brand: Brand, wish: Wish) -> tuple[float, float]:
    """Return the milliseconds of the clock and of the processor that a still took."""
    start, used = time.perf_counter(), time.process_time()
    studio.make(layout, brand, wish)
    return (time.perf_counter() - start) * 1000, (time.process_time() - used) * 1000


def _given(layout: Layout) -> tuple[Mapping[str, Any], bool]:
    """Return the example, with a photo where the layout takes one, and whether it does."""
    stress = Stress(layout, "id")
    example = dict(stress.records()["example"])
    photos = [name for name, spec in layout.fields.items() if spec.type == "image"]
    return {**example, **{name: stress.photo for name in photos if name not in example}}, bool(photos)


def _titled(given: Mapping[str, Any], number: int) -> Mapping[str, Any]:
    """Return the record with another title, no longer than the example's; layouts without one stay as they are."""
    title = given.get("title")
    return {**given, "title": f"{title[:-1]}{number % 10}"} if isinstance(title, str) else given


if __name__ == "__main__":
    run()
