"""Turn series into strokes: whole lines, dashed where they are provisional, broken where a value is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assetgen.charts._kit.rows import Data, Point
from assetgen.charts._series.plot import Plot
from assetgen.model import Rectangle

# How far the sign of a gap reaches above and below the ends of a line, and how far it keeps off them.
GAP_ROOM, GAP_ASIDE = 16.0, 8.0
# The length of the pieces by which a slanting line is covered.
STEP = 16
Segment = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Dot:
    """A known point of a series on the canvas; `index` is its category."""

    index: int
    x: float
    y: float
    provisional: bool


@dataclass(frozen=True, slots=True)
class Strokes:
    """A series on the canvas: its known points, in pieces between which values are missing."""

    pieces: tuple[tuple[Dot, ...], ...]

    @property
    def dots(self) -> tuple[Dot, ...]:
        """Return all known points."""
        return tuple(dot for piece in self.pieces for dot in piece)

    @property
    def segments(self) -> tuple[Segment, ...]:
        """Return the straight lines between neighbours."""
        return tuple((a.x, a.y, b.x, b.y) for piece in self.pieces for a, b in pairwise(piece))

    @property
    def lone(self) -> tuple[Dot, ...]:
        """Return points without a neighbour, which no line shows."""
        return tuple(piece[0] for piece in self.pieces if len(piece) == 1)

    def area(self, room: float) -> Rectangle:
        """Return the rectangle around all points, wider by `room`."""
        xs, ys = [dot.x for dot in self.dots], [dot.y for dot in self.dots]
        return Rectangle(min(xs) - room, min(ys) - room, max(xs) + room, max(ys) + room)

    def paths(self, colour: str, width: float) -> str:
        """Return the lines as SVG: whole for final values, dashed where either end is provisional."""
        whole = "".join(_path(run) for piece in self.pieces for run in _runs(piece, provisional=False))
        dashed = "".join(_path(run) for piece in self.pieces for run in _runs(piece, provisional=True))
        pen = f'stroke="{colour}" stroke-width="{width:g}" stroke-linejoin="round" fill="none"'
        dash = f"{width * 1.6:g} {width * 1.5:g}"
        lines = f'<path d="{whole}" stroke-linecap="round" {pen}/>' if whole else ""
        return lines + (f'<path d="{dashed}" stroke-dasharray="{dash}" {pen}/>' if dashed else "")


def along(segments: Iterable[Segment], pen: float = 6) -> Iterator[Rectangle]:
    """Yield small areas that cover straight lines, which notes stay off."""
    for x1, y1, x2, y2 in segments:
        steps = 1 + int(max(abs(x2 - x1), abs(y2 - y1)) / STEP)
        for step in range(steps):
            a, b = step / steps, (step + 1) / steps
            xs, ys = sorted((x1 + (x2 - x1) * a, x1 + (x2 - x1) * b)), sorted((y1 + (y2 - y1) * a, y1 + (y2 - y1) * b))
            yield Rectangle(xs[0] - pen, ys[0] - pen, xs[1] + pen, ys[1] + pen)


def strokes_of(points: Sequence[Point], plot: Plot) -> Strokes:
    """Return the strokes of one series."""
    pieces: list[list[Dot]] = [[]]
    for index, point in enumerate(points):
        if point.number is None:
            pieces.append([])
        else:
            pieces[-1].append(Dot(index, plot.x(index), plot.y(point.number), bool(point.sign)))
    return Strokes(tuple(tuple(piece) for piece in pieces if piece))


def series_points(data: Data, series: int) -> tuple[Point, ...]:
    """Return the points of one series, one a category."""
    return tuple(category.points[series] for category in data.categories)


def gaps(line: Strokes, points: Sequence[Point], plot: Plot) -> Iterator[Rectangle]:
    """Yield the areas in which a line lacks values: from the point before to the one behind, about their height."""
    if not line.pieces:
        return
    if line.dots[0].index > 0:
        yield _gap(plot.area.left, line.dots[0], line.dots[0], plot)
    for before, behind in pairwise(line.pieces):
        yield _gap(before[-1].x, before[-1], behind[0], plot, behind[0].x)
    if line.dots[-1].index < len(points) - 1:
        yield _gap(line.dots[-1].x, line.dots[-1], line.dots[-1], plot, plot.area.right)


def _gap(left: float, first: Dot, last: Dot, plot: Plot, right: float | None = None) -> Rectangle:
    top = max(min(first.y, last.y) - GAP_ROOM, plot.area.top)
    bottom = min(max(first.y, last.y) + GAP_ROOM, plot.area.bottom)
    return Rectangle(left + GAP_ASIDE, top, (first.x if right is None else right) - GAP_ASIDE, bottom)


def ring(dot: Dot, radius: float, colour: str, ground: str) -> str:
    """Return a point as SVG, parted from its line by the ground; hollow when it is provisional."""
    place = f'cx="{dot.x:.1f}" cy="{dot.y:.1f}"'
    if dot.provisional:
        return f'<circle {place} r="{radius - 1.5:g}" fill="{ground}" stroke="{colour}" stroke-width="4"/>'
    return f'<circle {place} r="{radius:g}" fill="{colour}" stroke="{ground}" stroke-width="3"/>'


def around_dot(dot: Dot, radius: float) -> Rectangle:
    """Return the area that a point needs."""
    room = radius + 3
    return Rectangle(dot.x - room, dot.y - room, dot.x + room, dot.y + room)


def crosses(box: Rectangle, segment: Segment) -> bool:
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


def _runs(piece: Sequence[Dot], provisional: bool) -> Iterator[list[Dot]]:
    """Yield the stretches of a piece whose segments are all provisional, or all final."""
    run: list[Dot] = []
    for before, behind in pairwise(piece):
        if (before.provisional or behind.provisional) == provisional:
            run = [*(run or [before]), behind]
        elif run:
            yield run
            run = []
    if run:
        yield run


def _path(run: Sequence[Dot]) -> str:
    return "M" + "L".join(f"{dot.x:.1f} {dot.y:.1f}" for dot in run)
