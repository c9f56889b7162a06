"""The default engine paints every built-in layout as Chromium does: alike to the eye, and with the same line breaks."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

import pytest
from similarity import other_line_breaks, similarity

from assetgen import parts, placement
from assetgen.bind import Binder
from assetgen.brand import Brand
from assetgen.engines import chromium
from assetgen.layout import Layout
from assetgen.paint import Painter

PLACEMENTS = {
    "square": "instagram/feed-square",
    "portrait": "instagram/feed-portrait",
    "story": "instagram/story",
    "wide": "x/post",
    "landscape": "facebook/link",
}
LANGUAGE = "id"
WORST, MEDIAN = 0.93, 0.97
# Pages known to be below the bar, as far as 0.80: the engine rounds the height of each line up to a whole pixel, which
# adds up to 2 to 6 pixels down their lists of small text. Nothing breaks or is cut; they are to come off this list.
BELOW = frozenset(
    {
        *("agenda portrait", "agenda square", "agenda wide", "faq portrait", "price-board portrait"),
        *("price-board story", "recruitment portrait", "recruitment square", "safety wide", "scam-warning square"),
        *("table landscape", "traffic portrait"),
    }
)


@dataclass(frozen=True)
class Comparison:
    """How one page of a layout differs between the engines."""

    name: str
    similarity: float
    pixels: float | None
    breaks: list[tuple[str, list[str], list[str]]]

    def __str__(self) -> str:
        """Write one row, and the lines that differ below it."""
        rows = [f"{self.name:48} {self.similarity:.4f}" + (f" {self.pixels:.4f}" if self.pixels else "")]
        rows += [f"    {box}: {' | '.join(ours)}  ≠  {' | '.join(theirs)}" for box, ours, theirs in self.breaks]
        return "\n".join(rows)


def compare_all(
    reference: chromium.Chromium, by_pixel: bool = False, brands_each: int | None = None
) -> Iterator[Comparison]:
    """Yield a comparison for every page of every built-in layout, in each brand and each of the layout's shapes.

    `by_pixel` adds the likeness at full size, which takes five times as long to tell. `brands_each` compares each shape
    of a layout in so many brands only; they take turns, so that each brand meets each shape.
    """
    brands = [Brand.load(name) for name in sorted(parts.kit_names("brand"))]
    with Painter() as painter:
        for row, layout in enumerate(map(Layout.load, sorted(parts.kit_names("layouts")))):
            binders = [Binder.of(layout, brand) for brand in brands]
            for column, shape in enumerate(shape for shape in layout.shapes if shape in PLACEMENTS):
                for turn in range(brands_each or len(brands)):
                    binder = binders[(row + column + turn) % len(brands)]
                    yield from _compare(painter, reference, binder, shape, by_pixel)


def _compare(
    painter: Painter, reference: chromium.Chromium, binder: Binder, shape: str, by_pixel: bool
) -> Iterator[Comparison]:
    layout = binder.layout
    given, place = layout.example()[LANGUAGE], placement.load(PLACEMENTS[shape])
    for painted in painter.paint(binder.bind(given, place, LANGUAGE, layout.folder)):
        frame, boxes = reference.paint(painted.page), reference.measure(painted.page)
        yield Comparison(
            f"{layout.slug} {shape} {binder.brand.slug} {painted.number}",
            similarity(painted.frame, frame),
            similarity(painted.frame, frame, factor=1) if by_pixel else None,
            other_line_breaks(painted.boxes, boxes),
        )


def table(found: list[Comparison]) -> str:
    """Write every comparison, least alike first, and the median and worst below."""
    rows = [str(one) for one in sorted(found, key=lambda one: one.similarity)]
    for title, figures in (
        ("to the eye", [x.similarity for x in found]),
        ("by the pixel", [x.pixels for x in found if x.pixels]),
    ):
        if figures:
            rows.append(f"{title}: {len(figures)} pages, median {median(figures):.4f}, worst {min(figures):.4f}")
    rows.append(f"pages with other line breaks: {sum(bool(one.breaks) for one in found)}")
    return "\n".join(rows)


# All pages are painted twice before the first test: several minutes on a small machine.
pytestmark = pytest.mark.timeout(1200)


@pytest.fixture(scope="module")
def found() -> list[Comparison]:
    pytest.importorskip("playwright", reason="Playwright is not installed")
    if not any(map(shutil.which, chromium.PROGRAMS)):
        pytest.skip("Chromium is not installed (apt-get install chromium)")
    engine = chromium.open_engine()
    try:
        return list(compare_all(engine, brands_each=2))
    finally:
        engine.close()


def test_every_built_in_layout_looks_like_it_does_in_chromium(found: list[Comparison]):
    figures = [one.similarity for one in found if " ".join(one.name.split()[:2]) not in BELOW]
    assert min(figures) >= WORST and median(figures) >= MEDIAN, "\n" + table(found)


def test_every_built_in_layout_breaks_its_lines_as_chromium_does(found: list[Comparison]):
    other = [str(one) for one in found if one.breaks]
    assert not other, "\n" + "\n".join(other)


def test_every_shape_of_a_built_in_layout_is_compared():
    shapes = {shape for name in parts.kit_names("layouts") for shape in Layout.load(name).shapes}
    assert shapes <= PLACEMENTS.keys(), "name a placement for the new shape"
