"""Search the largest size at which one text fits its box: told how it came out at one size, it names the next."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from assetgen.errors import LayoutError
from assetgen.lines import DESCENT, is_inline, lines_among, lines_of
from assetgen.model import Box, Run

# How much of a line stays empty because the next word does not fit, on average.
GAP = 0.06
HALVINGS = 7


@dataclass(frozen=True)
class Search:
    """Look for the largest whole size that fits: `bottom` does (or is the floor), `top` does not; try `size` next.

    `over_bottom` and `over_top` tell by how much the text sticks out at those sizes (less than nothing: room is left),
    `before` is the size and the overflow of the top before. The next size is where the line through two of them crosses
    zero, and the middle when that closes in from one side only.
    """

    bottom: int
    top: int
    size: int
    over_top: float
    over_bottom: float | None = None
    before: tuple[int, float] | None = None
    same_side: int = 0
    step: int = 1

    @classmethod
    def start(cls, text: Sequence[Box], floor: float, asked: float, over: float, alone: bool = True) -> Search:
        """Return a search between two sizes, at the size that the lines of the largest one suggest.

        `text` holds the box of the element and those inside it, at the size asked for. Where a text is not searched
        `alone`, others on the page get smaller too and make room.
        """
        bottom, top = math.floor(floor), max(math.ceil(asked), math.floor(floor) + 1)
        share = _lines_share(text) if alone else _area_share(text)
        step = _step(text[0])
        return cls(bottom, top, _between(bottom, top, math.floor(asked * share), step), over, step=step)

    @property
    def done(self) -> bool:
        """Tell whether nothing is left to try."""
        return self.bottom // self.step * self.step + self.step >= self.top

    def told(self, over: float) -> Search:
        """Return the search after its size was tried, and left room or stuck out by `over`."""
        fits = over <= 0
        bottom, top = (self.size, self.top) if fits else (self.bottom, self.size)
        over_bottom, over_top = (over, self.over_top) if fits else (self.over_bottom, over)
        turns = max(1, self.same_side + 1) if fits else min(-1, self.same_side - 1)
        before = self.before if fits else (self.top, self.over_top)
        other = before if over_bottom is None else (bottom, over_bottom)
        if other is None or abs(turns) > 2 or other[1] == over_top:
            size = (bottom + top) // 2
        else:
            size = math.floor(top - over_top * (other[0] - top) / (other[1] - over_top))
        size = _between(bottom, top, size, self.step)
        return Search(bottom, top, size, over_top, over_bottom, before, turns, self.step)


def _area_share(text: Sequence[Box]) -> float:
    """Return about how large a text may be, as a share of its size, when it flows as one paragraph."""
    wide, high = _room(text, 0.0)
    return min(1.0, wide, high if len(lines_of(text)) == 1 else math.sqrt(high))


def _lines_share(text: Sequence[Box]) -> float:
    """Return about how large a text may be, as a share of its size: its paragraphs get lower, and some lose lines."""
    wide, high = _room(text, DESCENT)
    paragraphs = [_filled(box, runs) for box, runs in _paragraphs(text)]
    most = sum(count for count, _ in paragraphs)

    def height(share: float) -> float:
        return share * sum(min(count, math.ceil(filled * share)) for count, filled in paragraphs) / most

    low, above = 0.0, min(1.0, wide)
    for _ in range(HALVINGS):
        middle = (low + above) / 2
        low, above = (middle, above) if height(middle) <= high else (low, middle)
    return low


def _room(text: Sequence[Box], hanging: float) -> tuple[float, float]:
    """Return the width and height of an element as shares of what its lines take, less what hangs below the last."""
    area, lines = text[0].rectangle, lines_of(text)
    below = lines[-1].bottom - area.top - hanging * lines[-1].height
    return area.width / max(1.0, max(line.right for line in lines) - area.left), area.height / max(1.0, below)


def _paragraphs(text: Sequence[Box]) -> list[tuple[Box, list[Run]]]:
    """Return the boxes in which lines stand, each with its text; what is inline counts to the box around it."""
    found: dict[int, tuple[Box, list[Run]]] = {}
    for box in text:
        if box.runs:
            around = found.get(box.parent) if box.parent is not None and is_inline(box) else None
            found[box.element] = around or (box, [])
            found[box.element][1].extend(box.runs)
    return [(box, runs) for number, (box, runs) in found.items() if number == box.element]


def _filled(box: Box, runs: Sequence[Run]) -> tuple[int, float]:
    """Return the lines of a paragraph, and how many it would fill: words leave a gap at the end of all but the last."""
    lines = lines_among(runs)
    total = sum(line.width for line in lines)
    return len(lines), total / max(1.0, box.rectangle.width) + GAP * (len(lines) - 1)


def _between(bottom: int, top: int, size: int, step: int) -> int:
    """Return the multiple of `step` nearest below `size` that lies between two sizes, as far as there is one."""
    least, most = bottom // step * step + step, (top - 1) // step * step
    return max(least, min(size // step * step, most))


def _step(box: Box) -> int:
    """Return the grid of an element's font sizes, `data-step` in pixels: lengths in em stay whole pixels on it."""
    text = box.attributes.get("data-step", "1")
    if not text.isdigit() or not 1 <= int(text) <= 64:
        raise LayoutError(f"data-step takes a whole number of pixels, got '{text}'")
    return int(text)
