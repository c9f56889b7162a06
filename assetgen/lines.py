"""Tell on which lines the text of boxes stands, and by how much it sticks out of another box."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assetgen.model import Box, Rectangle, Run

# How far a line may reach below its box, as a share of its size: tight headlines and hero numbers are set in boxes that
# end at the baseline, and what hangs below it takes no room from anybody.
DESCENT = 0.32
# Shares of the font size. Above the capitals and below the baseline a run's rectangle is mostly empty: the bundled
# families put the baseline 0.72 to 0.80 below its top.
ASCENT_GAP = 0.08
DESCENT_GAP = 0.26


def family(number: int, boxes: Sequence[Box]) -> list[Box]:
    """Return the box of an element and those of all elements inside it; boxes come in document order."""
    members = {number}
    found = []
    for box in boxes:
        if box.element == number or box.parent in members:
            members.add(box.element)
            found.append(box)
    return found


def around(areas: Iterable[Rectangle]) -> Rectangle:
    """Return the smallest rectangle around at least one other."""
    first, *others = areas
    for other in others:
        first = first.union(other)
    return first


def shown(box: Box) -> bool:
    """Tell whether an element takes room on the page."""
    return box.rectangle.width >= 1 and box.rectangle.height >= 1


def letters(run: Run, scale: float) -> Rectangle:
    """Return the part of a run between the top of its capitals and its baseline."""
    area, size = run.rectangle, run.font_size * scale
    return Rectangle(area.left, area.top + ASCENT_GAP * size, area.right, area.bottom - DESCENT_GAP * size)


def is_inline(box: Box) -> bool:
    """Tell whether an element has no box of its own, only the rectangle around its text."""
    return bool(box.runs) and box.rectangle == around(run.rectangle for run in box.runs)


def lines_of(boxes: Sequence[Box]) -> list[Rectangle]:
    """Return the lines that the text of some boxes stands on, from the top."""
    return lines_among(run for box in boxes for run in box.runs)


def lines_among(runs: Iterable[Run]) -> list[Rectangle]:
    """Return the lines on which pieces of text stand, from the top: those of one line have about one bottom."""
    lines: list[tuple[Rectangle, float]] = []
    for run in sorted(runs, key=lambda run: run.rectangle.bottom):
        height = run.rectangle.height
        if lines and run.rectangle.bottom - lines[-1][1] < 0.5 * height:
            lines[-1] = (lines[-1][0].union(run.rectangle), lines[-1][1])
        else:
            lines.append((run.rectangle, run.rectangle.bottom))
    return [line for line, _ in lines]


def overhang(inner: Rectangle, outer: Rectangle, size: float) -> tuple[float, float]:
    """Return how far text of a font size (in output pixels) reaches over the sides and below; room is negative.

    The top is left out: lines that overflow grow downwards, and tight headlines reach above their first line box.
    """
    aside = max(inner.right - outer.right, outer.left - inner.left)
    return aside, inner.bottom - outer.bottom - DESCENT * size


def sticks_out(inner: Rectangle, outer: Rectangle, size: float) -> float:
    """Return by how many pixels text of a font size (in output pixels) sticks out; 0 when it does not."""
    return max(0.0, *overhang(inner, outer, size))
