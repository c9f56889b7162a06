"""The default engine paints every built-in layout as Chromium does: alike to the eye, and with the same line breaks."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
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
SETS = [
    ("table", "instagram/carousel", "tembikar"),
    ("service-steps", "instagram/carousel", "pasang-surut"),
    ("faq", "linkedin/document", "sagara"),
]
NAMES = sorted(parts.kit_names("layouts"))


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


def compare_all(reference: chromium.Chromium, by_pixel: bool = False) -> Iterator[Comparison]:
    """Yield a comparison for every page of every built-in layout, in each brand and each of the layout's shapes.

    `by_pixel` adds the likeness at full size, which takes five times as long to tell.
    """
    with Painter() as painter:
        engines = Engines(painter, reference, load_brands(), by_pixel)
        for name in NAMES:
            yield from compare_layout(engines, name, every_brand=True)


def load_brands() -> list[Brand]:
    """Return the built-in brands."""
    return [Brand.load(name) for name in sorted(parts.kit_names("brand"))]


@dataclass(frozen=True)
class Engines:
    """What a comparison is made with."""

    painter: Painter
    reference: chromium.Chromium
    brands: list[Brand]
    by_pixel: bool = False


def compare_layout(engines: Engines, name: str, every_brand: bool = False) -> Iterator[Comparison]:
    """Yield a comparison for every page of a layout in each of its shapes; brands take turns unless all are wanted."""
    layout, brands = Layout.load(name), engines.brands
    for column, shape in enumerate(layout.shapes):
        turn = (NAMES.index(name) + column) % len(brands)
        for brand in brands if every_brand else [brands[turn]]:
            yield from _compare(engines, Binder.of(layout, brand), PLACEMENTS[shape])


def _compare(engines: Engines, binder: Binder, place_name: str) -> Iterator[Comparison]:
    layout, place = binder.layout, placement.load(place_name)
    composition = binder.bind(layout.example()[LANGUAGE], place, LANGUAGE, layout.folder)
    for painted in engines.painter.paint(composition, ahead=False):
        # Chromium finds the heights of lines itself.
        page = replace(painted.page, leadings=None)
        page = replace(page, leadings=engines.reference.leadings(page))
        frame, boxes = engines.reference.paint(page), engines.reference.measure(page)
        yield Comparison(
            f"{layout.slug} {place.shape} {binder.brand.slug} {painted.number}",
            similarity(painted.frame, frame),
            similarity(painted.frame, frame, factor=1) if engines.by_pixel else None,
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


@pytest.fixture(scope="module")
def engines() -> Iterator[Engines]:
    pytest.importorskip("playwright", reason="Playwright is not installed")
    if not any(map(shutil.which, chromium.PROGRAMS)):
        pytest.skip("Chromium is not installed (apt-get install chromium)")
    engine = chromium.open_engine()
    try:
        with Painter() as painter:
            yield Engines(painter, engine, load_brands())
    finally:
        engine.close()


# One brand a shape, so that each layout meets all; `python -m benchmarks fidelity` compares every one of them.
@pytest.mark.parametrize("name", NAMES)
def test_a_layout_looks_like_it_does_in_chromium_and_breaks_its_lines_alike(engines: Engines, name: str):
    found = list(compare_layout(engines, name))
    figures = [one.similarity for one in found]
    assert min(figures) >= WORST and median(figures) >= MEDIAN, "\n" + table(found)
    assert not any(one.breaks for one in found), "\n" + table(found)


# The sides of a set: a list that is parted, a table that is parted, a slide a point.
@pytest.mark.parametrize("name, place, brand", SETS)
def test_a_set_of_slides_looks_like_it_does_in_chromium(engines: Engines, name: str, place: str, brand: str):
    found = list(_compare(engines, Binder.of(Layout.load(name), Brand.load(brand)), place))
    assert len(found) > 2
    assert min(one.similarity for one in found) >= WORST, "\n" + table(found)
    assert not any(one.breaks for one in found), "\n" + table(found)


def test_every_shape_of_a_built_in_layout_is_compared():
    shapes = {shape for name in NAMES for shape in Layout.load(name).shapes}
    assert shapes <= PLACEMENTS.keys(), "name a placement for the new shape"
