"""Take photos from a page that was painted before, where no text comes near: they look the same there on both.

The engine takes a photo byte by byte with every page, and draws it again: a quarter of the time of painting. A patch is
all that stands around one in a page without its text, so scrims, frames and round corners come with it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assetgen.engines import Engine
from assetgen.model import Box, Frame, Page, Rectangle

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

# How near, in pixels, an area is to a text when letters or their edges may reach into it.
NEAR = 8
# The engine draws the edges of a photo up to a pixel beyond its box.
EDGE = 2
# What lets a text paint far from where it stands.
_REACHING = re.compile(r"text-shadow|filter|reflect")


@dataclass(frozen=True)
class Patch:
    """The pixels around a photo; `area` is on whole pixels, inside the page."""

    source: str
    area: Rectangle
    pixels: NDArray[numpy.uint8]


def cut_patches(page: Page, boxes: Sequence[Box], backdrop: Frame) -> tuple[Patch, ...]:
    """Return the photos of a page as its backdrop shows them, painted in full size; none where text may reach far.

    Photos that an icon comes near are left out: it may stand elsewhere on the next page.
    """
    if _REACHING.search(page.html) or any(map(_REACHING.search, page.stylesheets)):
        return ()
    placed = list(_photos(page, boxes))
    held = {source for source, area in placed if _near_icon(area, boxes)}
    free = [(source, area) for source, area in placed if source not in held]
    return tuple(Patch(source, area, backdrop.array[_within(area)].copy()) for source, area in free)


def _photos(page: Page, boxes: Sequence[Box]) -> Iterator[tuple[str, Rectangle]]:
    """Yield the photos with the areas in which they are drawn, on whole pixels."""
    size = page.size
    for box in boxes:
        area, source = box.rectangle, box.attributes.get("src", "")
        if box.tag == "img" and source in page.photos and area.overlap(Rectangle(0, 0, size.width, size.height)):
            left, top = max(0, math.floor(area.left) - EDGE), max(0, math.floor(area.top) - EDGE)
            right, bottom = math.ceil(area.right) + EDGE, math.ceil(area.bottom) + EDGE
            yield source, Rectangle(left, top, min(size.width, right), min(size.height, bottom))


def _within(area: Rectangle) -> tuple[slice, slice]:
    """Return the rows and columns of an area."""
    return slice(int(area.top), int(area.bottom)), slice(int(area.left), int(area.right))


def paint_patched(page: Page, boxes: Sequence[Box], patches: Sequence[Patch], engine: Engine) -> Frame:
    """Return the pixels of a page whose backdrop the patches are of; photos that texts or icons come near are drawn."""
    import numpy

    held = {one.source for one in patches if near_text(one.area, boxes) or _near_icon(one.area, boxes)}
    free = [one for one in patches if one.source not in held]
    if not free:
        return engine.paint(page)
    left_out = {one.source for one in free}
    pictures = {name: data for name, data in page.pictures.items() if name not in left_out}
    pixels = bytearray(engine.paint(replace(page, pictures=pictures)).pixels)
    array = numpy.frombuffer(pixels, numpy.uint8).reshape(page.size.height, page.size.width, 4)
    for one in free:
        array[_within(one.area)] = one.pixels
    return Frame(page.size, pixels)


def near_text(area: Rectangle, boxes: Sequence[Box]) -> bool:
    """Tell whether a text lies on an area, or so near that it may reach into it."""
    return any(_near(run.rectangle, area) for box in boxes for run in box.runs)


def _near_icon(area: Rectangle, boxes: Sequence[Box]) -> bool:
    """Tell whether a drawing comes near an area: icons follow the text beside them."""
    return any(_near(box.rectangle, area) for box in boxes if box.tag == "svg")


def _near(one: Rectangle, other: Rectangle) -> bool:
    return (
        one.left - NEAR < other.right
        and other.left < one.right + NEAR
        and one.top - NEAR < other.bottom
        and other.top < one.bottom + NEAR
    )
