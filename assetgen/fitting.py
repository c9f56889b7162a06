"""Shrink text to its boxes and balance its lines: a page goes in, the page with other sizes and widths comes out.

Both are searched by measuring, so that what is measured is what is painted, with any engine.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assetgen.engines import Engine
from assetgen.errors import LayoutError
from assetgen.model import Box, Page, Rectangle, Run

# How far a line may reach below its box, as a share of its size: tight headlines and hero numbers are set in boxes that
# end at the baseline, and what hangs below it takes no room from anybody.
DESCENT = 0.32
SIDE_TOLERANCE = 0.0
# Headlines are balanced, and what carries `data-balance`: they are set in the narrowest of these widths (as
# multiples of the average line) that keeps the number of lines.
# A longest line that is this much longer than the average makes a ragged block.
UNEVEN = 1.08
BALANCED_TAGS = frozenset({"h1", "h2", "h3", "blockquote"})
BALANCED_WIDTHS = (1.03, 1.12, 1.22, 1.36)


@dataclass(frozen=True)
class Fit:
    """What happened to a text that may shrink: the sizes asked for and used, in CSS pixels, and whether it fits."""

    asked: float
    used: float
    floor: float
    fits: bool


def fit_text(page: Page, engine: Engine) -> tuple[Page, tuple[Box, ...], dict[int, Fit]]:
    """Return the page with every `data-fit` text at the largest size that fits its box, its boxes, and the sizes.

    The size is searched between what the styles ask for and the floor in `data-fit` (CSS pixels), in whole pixels; all
    texts of the page are searched at once. A text that overflows at its floor keeps the floor and is marked.
    """
    boxes = engine.measure(page)
    asked = {box.element: size for box in boxes if (size := _asked(box, boxes))}
    low = {number: min(size, _floor(boxes, number)) for number, size in asked.items()}
    tight = [number for number in asked if _overflows(number, boxes, page.scale)]
    searches = {number: _Search.start(number, low[number], asked[number], boxes) for number in tight}
    while open_ones := [number for number, search in searches.items() if not search.done]:
        tries = {number: float(search.bottom if search.done else search.size) for number, search in searches.items()}
        boxes = engine.measure(replace(page, sizes=tries))
        for number in open_ones:
            searches[number] = searches[number].told(not _overflows(number, boxes, page.scale))
    used = {number: max(float(search.bottom), low[number]) for number, search in searches.items()}
    if used:
        page = replace(page, sizes=used)
        boxes = engine.measure(page)
    fits = {
        number: Fit(size, used.get(number, size), low[number], not _overflows(number, boxes, page.scale))
        for number, size in asked.items()
    }
    return page, boxes, fits


@dataclass(frozen=True)
class _Search:
    """Look for the largest whole size that fits: `bottom` does (or is the floor), `top` does not; try `size` next.

    It starts at a guess and goes on in steps that double, since a good guess is a few pixels off.
    """

    bottom: int
    top: int
    size: int
    step: int = 1

    @classmethod
    def start(cls, number: int, floor: float, asked: float, boxes: Sequence[Box]) -> _Search:
        """Return a search between two sizes, at the size that the overflow of the largest one suggests."""
        bottom, top = math.floor(floor), max(math.ceil(asked), math.floor(floor) + 1)
        outer = next(box.rectangle for box in boxes if box.element == number)
        lines = lines_of(family(number, boxes))
        wide = outer.width / max(1.0, max(line.right for line in lines) - outer.left)
        high = outer.height / max(1.0, lines[-1].bottom - outer.top)
        share = min(1.0, wide, high if len(lines) == 1 else math.sqrt(high))
        return cls(bottom, top, min(max(math.floor(asked * share), bottom + 1), top - 1))

    @property
    def done(self) -> bool:
        """Tell whether nothing is left to try."""
        return self.top - self.bottom <= 1

    def told(self, fits: bool) -> _Search:
        """Return the search after its size was tried."""
        bottom, top = (self.size, self.top) if fits else (self.bottom, self.size)
        size = self.size + self.step if fits else self.size - self.step
        if not bottom < size < top:
            size = (bottom + top) // 2
        return _Search(bottom, top, size, self.step * 2)


def _asked(box: Box, boxes: Sequence[Box]) -> float | None:
    """Return the font size that the styles ask for, of an element that may shrink; None for all others."""
    if "data-fit" not in box.attributes:
        return None
    if "data-size" in box.attributes:
        return _pixels(box.attributes["data-size"], "data-size takes a font size in pixels")
    runs = box.runs or [run for inner in family(box.element, boxes) for run in inner.runs]
    return float(max((run.font_size for run in runs), default=0)) or None


def _floor(boxes: Sequence[Box], number: int) -> float:
    text = next(box.attributes["data-fit"] for box in boxes if box.element == number)
    return _pixels(text, "data-fit takes the smallest font size in pixels")


def _pixels(text: str, rule: str) -> float:
    try:
        size = float(text)
    except ValueError:
        size = math.nan
    if not 0 < size < 10_000:
        raise LayoutError(f"{rule}, got '{text}'")
    return size


def _overflows(number: int, boxes: Sequence[Box], scale: float) -> bool:
    """Tell whether text or boxes inside an element stick out of it."""
    outer = next(box for box in boxes if box.element == number)
    inner = family(number, boxes)
    return any(
        sticks_out(area, outer.rectangle, run.font_size * scale) > scale
        for box in inner
        for run in box.runs
        for area in (run.rectangle, box.rectangle)
    )


def sticks_out(inner: Rectangle, outer: Rectangle, size: float) -> float:
    """Return by how many pixels text of a font size (in output pixels) sticks out at the right, left or bottom.

    The top is left out: lines that overflow grow downwards, and tight headlines reach above their first line box.
    """
    side = SIDE_TOLERANCE * size
    return max(
        0.0,
        inner.right - outer.right - side,
        outer.left - inner.left - side,
        inner.bottom - outer.bottom - DESCENT * size,
    )


def family(number: int, boxes: Sequence[Box]) -> list[Box]:
    """Return the box of an element and those of all elements inside it; boxes come in document order."""
    members = {number}
    found = []
    for box in boxes:
        if box.element == number or box.parent in members:
            members.add(box.element)
            found.append(box)
    return found


def balance_lines(page: Page, boxes: tuple[Box, ...], engine: Engine) -> tuple[Page, tuple[Box, ...]]:
    """Return the page with the lines of its headlines about equally long, and its boxes.

    The browsers' own `text-wrap: balance` breaks the lines differently in each engine, and is not measured by all.
    Centred and right-aligned text is left as it is.
    """
    wanted = {box.element: _average(box, boxes) for box in boxes if _balances(box, boxes)}
    found: dict[int, float] = {}
    for factor in BALANCED_WIDTHS:
        tries = {
            number: average * factor / page.scale for number, (average, _) in wanted.items() if number not in found
        }
        if not tries:
            break
        measured = engine.measure(replace(page, widths={**found, **tries}))
        for number, width in tries.items():
            inner = family(number, measured)
            if len(lines_of(inner)) == wanted[number][1] and not _overflows(number, measured, page.scale):
                found[number] = width
    if not found:
        return page, boxes
    page = replace(page, widths=found)
    return page, engine.measure(page)


def _balances(box: Box, boxes: Sequence[Box]) -> bool:
    """Tell whether the lines of an element are to be balanced, and are uneven enough to gain from it."""
    setting = box.attributes.get("data-balance", "on" if box.tag in BALANCED_TAGS else "off")
    if setting == "off" or box.rotated:
        return False
    lines = lines_of(family(box.element, boxes))
    if len(lines) < 2 or max(line.left for line in lines) - min(line.left for line in lines) > 2:
        return False
    widths = [line.width for line in lines]
    return max(widths) > UNEVEN * sum(widths) / len(widths)


def _average(box: Box, boxes: Sequence[Box]) -> tuple[float, int]:
    """Return the average length of the lines with what stands before them, in output pixels, and their number."""
    lines = lines_of(family(box.element, boxes))
    indent = max(0.0, min(line.left for line in lines) - box.rectangle.left)
    return sum(line.width for line in lines) / len(lines) + 2 * indent, len(lines)


def lines_of(boxes: Sequence[Box]) -> list[Rectangle]:
    """Return the lines that the text of some boxes stands on, from the top: runs of one line have about one bottom."""
    runs: list[Run] = sorted((run for box in boxes for run in box.runs), key=lambda run: run.rectangle.bottom)
    lines: list[tuple[Rectangle, float]] = []
    for run in runs:
        height = run.rectangle.height
        if lines and run.rectangle.bottom - lines[-1][1] < 0.5 * height:
            lines[-1] = (lines[-1][0].union(run.rectangle), lines[-1][1])
        else:
            lines.append((run.rectangle, run.rectangle.bottom))
    return [line for line, _ in lines]
