"""Keep labels apart: wanted places go in, places that neither touch one another nor leave the picture come out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assetgen.model import Rectangle


@dataclass(frozen=True, slots=True)
class Taken:
    """The areas of a chart that labels must stay off; adding one returns a copy."""

    bounds: Rectangle
    areas: tuple[Rectangle, ...] = ()

    def with_area(self, area: Rectangle) -> Taken:
        """Return a copy in which an area is taken too."""
        return Taken(self.bounds, (*self.areas, area))

    def free(self, area: Rectangle, gap: float = 4) -> bool:
        """Tell whether an area is inside the picture and at least `gap` pixels from everything taken."""
        wide = Rectangle(area.left - gap, area.top - gap, area.right + gap, area.bottom + gap)
        return area.outside(self.bounds) <= 0 and not any(wide.overlap(one) for one in self.areas)

    def first_free(self, areas: Iterable[Rectangle], gap: float = 4) -> Rectangle | None:
        """Return the first of several wanted areas that is free; None when none is, and the label is dropped."""
        return next((area for area in areas if self.free(area, gap)), None)


def around(x: float, y: float, width: float, height: float, distance: float) -> tuple[Rectangle, ...]:
    """Return the areas around a point where its label may stand, the best first: above, below, right, left, corners."""
    left, right = x - distance - width, x + distance
    above, below = y - distance - height, y + distance
    middle, level = x - width / 2, y - height / 2
    corners = [(middle, above), (middle, below), (right, level), (left, level)]
    corners += [(right, above), (left, above), (right, below), (left, below)]
    return tuple(Rectangle(x1, y1, x1 + width, y1 + height) for x1, y1 in corners)


def spread(wanted: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float] | None:
    """Return centres as near as can be to the wanted ones, so that labels of those heights do not overlap.

    Groups that touch are moved together to their mean, the least movement there is (pool of adjacent violators).
    None when they are higher together than the room from `low` to `high`.
    """
    if sum(heights) > high - low + 1e-6:
        return None
    order = sorted(range(len(wanted)), key=lambda number: wanted[number])
    groups: list[tuple[list[int], float, float]] = []  # members, wanted top, height
    for number in order:
        members, height = [number], heights[number]
        top = wanted[number] - height / 2
        while groups and groups[-1][1] + groups[-1][2] > min(max(top, low), high - height) - 1e-9:
            before, before_top, before_height = groups.pop()
            weight, own = len(before), len(members)
            top = (before_top * weight + (top - before_height) * own) / (weight + own)
            members, height = [*before, *members], before_height + height
            top = min(max(top, low), high - height)
        groups.append((members, min(max(top, low), high - height), height))
    centres = [0.0] * len(wanted)
    for members, top, _ in groups:
        for number in members:
            centres[number] = top + heights[number] / 2
            top += heights[number]
    return centres
