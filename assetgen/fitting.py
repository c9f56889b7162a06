"""Shrink text to its boxes and balance its lines: a page goes in, the page with other sizes and widths comes out.

Both are searched by measuring, so that what is measured is what is painted, with any engine.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
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
    low = {number: _floor(boxes, number) for number in asked}
    used = dict(asked)
    tight = {number for number in asked if _overflows(number, boxes, page.scale)}
    # Whole numbers: between a size and the next one, nothing is left to try.
    searching = {number: (math.floor(low[number]), math.ceil(asked[number])) for number in tight}
    while searching:
        tries = {number: (bounds[0] + bounds[1]) // 2 for number, bounds in searching.items()}
        boxes = engine.measure(with_sizes(page, {**used, **tries}, asked))
        for number, size in tries.items():
            bottom, top = searching[number]
            bottom, top = (bottom, size) if _overflows(number, boxes, page.scale) else (size, top)
            searching[number] = (bottom, top)
            if top - bottom <= 1:
                used[number] = max(float(bottom), low[number])
                del searching[number]
    if tight:
        page = with_sizes(page, used, asked)
        boxes = engine.measure(page)
    fits = {
        number: Fit(asked[number], used[number], low[number], not _overflows(number, boxes, page.scale))
        for number in asked
    }
    return page, boxes, fits


def with_sizes(page: Page, used: Mapping[int, float], asked: Mapping[int, float]) -> Page:
    """Return the page with other font sizes for the elements whose size was changed."""
    changed = {number: size for number, size in used.items() if size != asked[number]}
    rules = "".join(f'[data-n="{number}"]{{font-size:{size:g}px !important}}' for number, size in changed.items())
    return replace(page, stylesheets=(*page.stylesheets, rules)) if rules else page


def _asked(box: Box, boxes: Sequence[Box]) -> float | None:
    """Return the font size that the styles ask for, of an element that may shrink; None for all others."""
    if "data-fit" not in box.attributes:
        return None
    if "data-size" in box.attributes:
        return float(box.attributes["data-size"])
    runs = box.runs or [run for inner in family(box.element, boxes) for run in inner.runs]
    return float(max((run.font_size for run in runs), default=0)) or None


def _floor(boxes: Sequence[Box], number: int) -> float:
    text = next(box.attributes["data-fit"] for box in boxes if box.element == number)
    try:
        return float(text)
    except ValueError:
        raise LayoutError(f"data-fit takes the smallest font size in pixels, got '{text}'") from None


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
        tries = {number: average * factor for number, (average, _) in wanted.items() if number not in found}
        if not tries:
            break
        measured = engine.measure(_with_widths(page, {**found, **tries}))
        for number, width in tries.items():
            inner = family(number, measured)
            if len(lines_of(inner)) == wanted[number][1] and not _overflows(number, measured, page.scale):
                found[number] = width
    if not found:
        return page, boxes
    page = _with_widths(page, found)
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


def _with_widths(page: Page, widths: Mapping[int, float]) -> Page:
    rules = "".join(
        f'[data-n="{number}"]{{max-width:{width / page.scale:.1f}px !important}}' for number, width in widths.items()
    )
    return replace(page, stylesheets=(*page.stylesheets, rules))


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
