"""Search the largest size at which one text fits its box: told how it came out at one size, it names the next."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assetgen.errors import LayoutError
from assetgen.lines import lines_of
from assetgen.model import Box
from assetgen.wrapping import Forecast

# A text that fits is not tried larger where it would grow by more than its room, and this share of that is sure.
SURE = 0.7
# A forecast is right when its text ends as far from the edge as it does, to this share of the font size.
RIGHT = 0.3


@dataclass(frozen=True)
class Search:
    """Look for the largest whole size that fits: `bottom` does (or is the floor), `top` does not; try `size` next.

    `over_bottom` and `over_top` tell by how much the text sticks out at those sizes (less than nothing: room is left),
    `before` is the size and the overflow of the top before. The next size is where the line through two of them crosses
    zero, and the middle when that closes in from one side only. A text that is searched alone has a `forecast`.
    """

    bottom: int
    top: int
    size: int
    over_top: float
    over_bottom: float | None = None
    before: tuple[int, float] | None = None
    same_side: int = 0
    step: int = 1
    forecast: Forecast | None = None

    @classmethod
    def start(cls, text: Sequence[Box], floor: float, asked: float, over: float, alone: bool = True) -> Search:
        """Return a search between two sizes, at the size that the lines of the largest one suggest.

        `text` holds the box of the element and those inside it, at the size asked for. Where a text is not searched
        `alone`, others on the page get smaller too and make room.
        """
        bottom, top = math.floor(floor), max(math.ceil(asked), math.floor(floor) + 1)
        step = _step(text[0])
        forecast = Forecast.of(text, asked) if alone else None
        size = _foretold(forecast, bottom, top, step) if forecast else math.floor(asked * _area_share(text))
        return cls(bottom, top, _between(bottom, top, size, step), over, step=step, forecast=forecast)

    @property
    def done(self) -> bool:
        """Tell whether nothing is left to try."""
        return self.bottom // self.step * self.step + self.step >= self.top or self._filled

    @property
    def _filled(self) -> bool:
        """Tell whether the text would surely stick out at the next size, even if no line of it became two."""
        if self.forecast is None or self.over_bottom is None:
            return False
        growth = self.forecast.height_at(self.bottom) / self.bottom * self.step
        return self.over_bottom + SURE * growth > 0

    def _is_right(self, over: float) -> bool:
        """Tell whether the text came out at the size as it was foretold."""
        return self.forecast is not None and abs(over - self.forecast.over_at(self.size)) < RIGHT * self.size

    def told(self, over: float) -> Search:
        """Return the search after its size was tried, and left room or stuck out by `over`."""
        fits = over <= 0
        bottom, top = (self.size, self.top) if fits else (self.bottom, self.size)
        over_bottom, over_top = (over, self.over_top) if fits else (self.over_bottom, over)
        turns = max(1, self.same_side + 1) if fits else min(-1, self.same_side - 1)
        before = self.before if fits else (self.top, self.over_top)
        other = before if over_bottom is None else (bottom, over_bottom)
        if fits and self.over_bottom is None and self._is_right(over):
            size = bottom + self.step  # which should not fit, as was foretold too
        elif other is None or abs(turns) > 2 or other[1] == over_top:
            size = (bottom + top) // 2
        else:
            size = math.floor(top - over_top * (other[0] - top) / (other[1] - over_top))
        size = _between(bottom, top, size, self.step)
        return replace(
            self,
            bottom=bottom,
            top=top,
            size=size,
            over_top=over_top,
            over_bottom=over_bottom,
            before=before,
            same_side=turns,
        )


def _foretold(forecast: Forecast, bottom: int, top: int, step: int) -> int:
    """Return the largest size on the grid between two others at which a text should fit, or the lower one."""
    low, high = bottom // step, (top - 1) // step
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if forecast.fits(middle * step) else (low, middle - 1)
    return low * step


def _area_share(text: Sequence[Box]) -> float:
    """Return about how large a text may be, as a share of its size, when it flows as one paragraph."""
    area, lines = text[0].rectangle, lines_of(text)
    wide = area.width / max(1.0, max(line.right for line in lines) - area.left)
    high = area.height / max(1.0, lines[-1].bottom - area.top)
    return min(1.0, wide, high if len(lines) == 1 else math.sqrt(high))


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
