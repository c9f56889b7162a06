"""Find places for the labels of points, so that none covers another, a point, a line, or leaves the picture."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assetgen.model import Rectangle

# Where a label may stand about its point, the best first (after Imhof 1962): sides as (horizontal, vertical) steps.
SIDES = ((1, 0), (0, -1), (0, 1), (-1, 0), (1, -1), (1, 1), (-1, -1), (-1, 1))


@dataclass(frozen=True, slots=True)
class Spot:
    """A point that wants a label: its middle, its radius, and the width and height of the label."""

    x: float
    y: float
    radius: float
    width: float
    height: float

    def box(self, side: tuple[int, int], gap: float) -> Rectangle:
        """Return where the label stands on one side of the point."""
        reach = self.radius + gap
        across, down = side
        diagonal = 0.75 if across and down else 1.0
        middle_x = self.x + across * (reach * diagonal + self.width / 2)
        middle_y = self.y + down * (reach * diagonal + self.height / 2)
        return Rectangle(
            middle_x - self.width / 2, middle_y - self.height / 2, middle_x + self.width / 2, middle_y + self.height / 2
        )

    @property
    def mark(self) -> Rectangle:
        """Return the square about the point."""
        return Rectangle(self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius)


def place_labels(
    spots: Sequence[Spot],
    bounds: Rectangle,
    obstacles: Iterable[Rectangle] = (),
    segments: Sequence[tuple[float, float, float, float]] = (),
    gap: float = 6,
) -> list[Rectangle | None]:
    """Return a place for each label, or None where there is none; earlier spots choose first.

    `segments` are lines (x1, y1, x2, y2) that no label may cross.
    """
    taken = list(obstacles)
    places: list[Rectangle | None] = []
    for spot in spots:
        others = [*taken, *(other.mark for other in spots if other is not spot and other.radius)]
        chosen = next((box for box in _candidates(spot, gap) if _free(box, bounds, others, segments)), None)
        places.append(chosen)
        if chosen:
            taken.append(chosen)
    return places


def _candidates(spot: Spot, gap: float) -> Iterable[Rectangle]:
    return (spot.box(side, gap * more) for more in (1, 2.5) for side in SIDES)


def _free(
    box: Rectangle,
    bounds: Rectangle,
    taken: Sequence[Rectangle],
    segments: Sequence[tuple[float, float, float, float]],
) -> bool:
    if box.outside(bounds) > 0.01 or any(box.overlap(other) for other in taken):
        return False
    return not any(crosses(box, segment) for segment in segments)


def crosses(box: Rectangle, segment: tuple[float, float, float, float]) -> bool:
    """Tell whether a line passes through a rectangle (Liang and Barsky 1984)."""
    x1, y1, x2, y2 = segment
    enter, leave = 0.0, 1.0
    for delta, room in (
        (x1 - x2, x1 - box.left),
        (x2 - x1, box.right - x1),
        (y1 - y2, y1 - box.top),
        (y2 - y1, box.bottom - y1),
    ):
        if delta == 0:
            if room < 0:
                return False
        elif delta < 0:
            enter = max(enter, room / delta)
        else:
            leave = min(leave, room / delta)
    return enter <= leave
