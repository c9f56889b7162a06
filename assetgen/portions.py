"""Part rows over slides: heights and rooms go in, the rows of each slide come out, in order and evenly filled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import inf

# Costs that differ by less are equal: the fuller slide then comes first.
EQUAL = 1e-6
# Half a pixel is lost in rounding.
SPARE = 0.5


@dataclass(frozen=True, slots=True)
class Line:
    """Children of a container that stand side by side: where they lie (output pixels), and their elements.

    `keep` tells that the line never begins a slide.
    """

    top: float
    bottom: float
    elements: tuple[int, ...] = ()
    keep: bool = False


Portion = tuple[int, int]


def portions(
    lines: Sequence[Line], rooms: Sequence[float], extra: float = 0, strict: bool = True
) -> tuple[Portion, ...] | None:
    """Return which lines stand on each slide, as (first, behind the last), or None when they do not fit.

    `rooms` are the heights that the slides have for lines, `extra` is what a repeated header takes on each. Every slide
    gets at least one line. Slides are filled evenly: the sum of the squares of their fill is the least, and of equal
    ways the one with the fuller slides first is taken. Without `strict` a line that is higher than its slide stands
    there alone.
    """
    if not lines or len(rooms) > len(lines):
        return None
    parting = _Parting(lines, rooms, extra, strict)
    if parting.best(0, 0)[0] == inf:
        return None
    found, start = [], 0
    for slide in range(len(rooms)):
        end = parting.best(slide, start)[1]
        found.append((start, end))
        start = end
    return tuple(found)


def fewest_slides(
    lines: Sequence[Line], room: Callable[[int, int], float], extra: float = 0, strict: bool = True
) -> int | None:
    """Return on how few slides lines fit; None when a line is higher than its slide.

    `room(slide, slides)` is the height that a slide of so many has for lines.
    """
    for slides in range(1, len(lines) + 1):
        rooms = [room(slide, slides) for slide in range(slides)]
        if portions(lines, rooms, extra, strict) is not None:
            return slides
    return None


@dataclass
class _Parting:
    """The ways to part lines over slides, the best one from each line on worked out once."""

    lines: Sequence[Line]
    rooms: Sequence[float]
    extra: float
    strict: bool
    known: dict[Portion, tuple[float, int]] = field(default_factory=dict)

    def best(self, slide: int, start: int) -> tuple[float, int]:
        """Return the least cost of the lines from `start` on the slides from `slide`, and where the first one ends."""
        if (slide, start) not in self.known:
            self.known[slide, start] = self._best(slide, start)
        return self.known[slide, start]

    def _best(self, slide: int, start: int) -> tuple[float, int]:
        count, after = len(self.lines), len(self.rooms) - slide - 1
        if not after:
            return self._cost(slide, start, count), count
        found = (inf, count)
        for end in range(start + 1, count - after + 1):
            own = self._cost(slide, start, end)
            if own == inf:
                break
            if not self.lines[end].keep and (cost := own + self.best(slide + 1, end)[0]) <= found[0] + EQUAL:
                found = (cost, end)
        return found

    def _cost(self, slide: int, start: int, end: int) -> float:
        """Return the square of how full a slide is with some lines; infinite when they do not fit."""
        need = self.lines[end - 1].bottom - self.lines[start].top + self.extra
        room = self.rooms[slide]
        if need > room + SPARE and (self.strict or end - start > 1):
            return inf
        return float((need / max(room, 1)) ** 2)
