"""Take pictures from a page that was painted before, where no text comes near: they look the same there on both.

The engine takes photos and logos byte by byte with every page, and draws them again: a quarter of the time of painting.
A patch is all that stands around one in a page without its text, so scrims, frames and round corners come with it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assetgen.engines import Engine
from assetgen.model import Box, Frame, Page, Rectangle
from assetgen.pictures import DRAWING, empty_drawing, is_svg

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

# How near, in pixels, an area is to a text when letters or their edges may reach into it.
NEAR = 8
# The engine draws the edges of a picture up to a pixel beyond its box.
EDGE = 2
# What lets a text paint far from where it stands.
_REACHING = re.compile(r"text-shadow|filter|reflect")


@dataclass(frozen=True)
class Patch:
    """The pixels around a picture, whose bytes are `picture`; `area` is on whole pixels, inside the page."""

    source: str
    picture: bytes
    area: Rectangle
    pixels: NDArray[numpy.uint8]


def cut_patches(page: Page, boxes: Sequence[Box], backdrop: Frame) -> tuple[Patch, ...]:
    """Return the pictures of a page as its backdrop shows them, painted in full size; none where text may reach far.

    Those that a text or an icon comes near are left out: most will on the next page too, and icons move with texts.
    """
    if _REACHING.search(page.html) or any(map(_REACHING.search, page.stylesheets)):
        return ()
    placed = list(_pictures(page, boxes))
    held = {source for source, area in placed if _is_held(area, boxes)}
    free = [(source, area) for source, area in placed if source not in held]
    return tuple(
        Patch(source, page.pictures[source], area, backdrop.array[_within(area)].copy()) for source, area in free
    )


def _pictures(page: Page, boxes: Sequence[Box]) -> Iterator[tuple[str, Rectangle]]:
    """Yield the pictures with the areas in which they are drawn, on whole pixels."""
    size = page.size
    for box in boxes:
        area, source = box.rectangle, box.attributes.get("src", "")
        if box.tag == "img" and source in page.pictures and area.overlap(Rectangle(0, 0, size.width, size.height)):
            left, top = max(0, math.floor(area.left) - EDGE), max(0, math.floor(area.top) - EDGE)
            right, bottom = math.ceil(area.right) + EDGE, math.ceil(area.bottom) + EDGE
            yield source, Rectangle(left, top, min(size.width, right), min(size.height, bottom))


def _within(area: Rectangle) -> tuple[slice, slice]:
    """Return the rows and columns of an area."""
    return slice(int(area.top), int(area.bottom)), slice(int(area.left), int(area.right))


def paint_patched(page: Page, boxes: Sequence[Box], patches: Sequence[Patch], engine: Engine) -> Frame:
    """Return the pixels of a page whose backdrop the patches are of; what texts or icons come near is drawn."""
    import numpy

    held = {one.source for one in patches if page.pictures[one.source] != one.picture or _is_held(one.area, boxes)}
    free = [one for one in patches if one.source not in held]
    if not free:
        return engine.paint(page)
    pictures = dict(page.pictures)
    for source in {one.source for one in free}:
        if is_svg(drawing := pictures.pop(source)):
            pictures[source] = empty_drawing(drawing)  # its size may decide where others stand
    pixels = bytearray(engine.paint(replace(page, pictures=pictures)).pixels)
    array = numpy.frombuffer(pixels, numpy.uint8).reshape(page.size.height, page.size.width, 4)
    for one in free:
        array[_within(one.area)] = one.pixels
    return Frame(page.size, pixels)


def near_text(area: Rectangle, boxes: Sequence[Box]) -> bool:
    """Tell whether a text lies on an area, or so near that it may reach into it."""
    return any(_near(run.rectangle, area) for box in boxes for run in box.runs)


def _is_held(area: Rectangle, boxes: Sequence[Box]) -> bool:
    """Tell whether a text or an icon comes near an area."""
    return near_text(area, boxes) or any(_near(box.rectangle, area) for box in boxes if box.tag == DRAWING)


def _near(one: Rectangle, other: Rectangle) -> bool:
    return (
        one.left - NEAR < other.right
        and other.left < one.right + NEAR
        and one.top - NEAR < other.bottom
        and other.top < one.bottom + NEAR
    )
