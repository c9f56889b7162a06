"""Find the place of a note: what stands on a canvas and a mark go in, a free area and the line to it come out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import ceil
from typing import Any

from assetgen.charts._kit.canvas import Anchor, Canvas, Placed, Spot
from assetgen.charts._kit.chart import ChartKit
from assetgen.charts._kit.colours import readable
from assetgen.charts._kit.rows import Label
from assetgen.charts._kit.text import LEAST, Text, fit
from assetgen.look import TextStyle
from assetgen.model import Rectangle

Point = tuple[float, float]
# One cell of the raster that tells what is free, in pixels.
CELL = 4
# How far a note keeps off all else, above and below it, off its mark; its farthest place; and its line off it.
CLEAR, AIR, OFF, FARTHEST, BESIDE_LINE = 14.0, 6.0, 26.0, 140.0, 8.0
# A note is set in lines of about these shares of the width, whichever comes nearest to its mark.
WIDTHS = (0.3, 0.38, 0.48, 0.62)
WIDEST, LINES, PADDING = 560.0, 4, 14.0
# The nearest places that are tried for one whose line is free.
TRIES = 600
# What a slanting line costs more than one that runs level or upright, in pixels.
SLANTED = 20.0


@dataclass(frozen=True, slots=True)
class Found:
    """Where a note stands: its lines, their area and side, the line from its mark to it, and its ink on a mark."""

    text: Text
    area: Rectangle
    anchor: Anchor = "left"
    line: tuple[Point, Point] | None = None
    ink: str = ""


def note_style(kit: ChartKit) -> TextStyle:
    """Return the style of notes."""
    return TextStyle(max(LEAST, kit.size - 4), kit.look.weight("body", 500))


def inside(canvas: Canvas, spot: Spot, words: Label, kit: ChartKit) -> Found | None:
    """Return the place of a note in its mark, below what is written there; None where there is no room."""
    texts = [one.area for one in canvas.labels if one.area.overlap(spot.area)]
    room = Rectangle(
        spot.area.left + PADDING,
        max((area.bottom for area in texts), default=spot.area.top) + PADDING,
        spot.area.right - PADDING,
        spot.area.bottom - PADDING,
    )
    text = fit(words, room.width, kit.ruler, note_style(kit), LINES)
    if text is None or text.height > room.height:
        return None
    area = Rectangle(room.left, room.top, room.left + text.width, room.top + text.height)
    return Found(
        text,
        area,
        ink=readable(spot.fill or kit.palette.ground, (kit.palette.ink, kit.palette.ground, kit.palette.on_data)),
    )


def beside(canvas: Canvas, spot: Spot, words: Label, kit: ChartKit) -> Found | None:
    """Return the nearest place of a note beside its mark to which a line is free; None where there is none."""
    body = _body(canvas.labels, spot)
    things = [*canvas.taken, *(one.area for one in canvas.labels)]
    free = _Raster([_grown(one, CLEAR, AIR) for one in things] + [_grown(body, OFF)], kit, canvas.near)
    apart = _Raster([_grown(one, 6) for one in things if not one.overlap(_grown(body, 3))], kit)
    texts = (fit(words, min(share * kit.width, WIDEST), kit.ruler, note_style(kit), LINES) for share in WIDTHS)
    found = [
        (cost, Found(text, area, _anchor(body, area), line))
        for text in dict.fromkeys(text for text in texts if text)
        for cost, area, line in _nearest(text, body, free, apart)
    ]
    return min(found, key=lambda one: one[0])[1] if found else None


def pin_place(canvas: Canvas, spot: Spot, reach: float, kit: ChartKit) -> Point | None:
    """Return where a pin of that radius stands at a mark, over no text; None where it would cover one."""
    bounds = Rectangle(0, 0, kit.width, kit.height)
    texts = [_inked(one) for one in canvas.labels]
    for x, y in _pins(spot.area, reach + 4):
        area = Rectangle(x - reach, y - reach, x + reach, y + reach)
        if area.outside(bounds) <= 0 and not any(area.overlap(text) for text in texts):
            return x, y
    return None


def _pins(area: Rectangle, aside: float) -> Iterator[Point]:
    """Yield the points for a pin, the best first: the middle of what is small, inside, at the edges, just outside."""
    middle, level = (area.left + area.right) / 2, (area.top + area.bottom) / 2
    wide, high = area.width > 3 * aside, area.height > 3 * aside
    if not wide and not high:
        yield middle, level
    xs = (area.right - aside, area.left + aside) if wide else (middle,)
    ys = (area.top + aside, area.bottom - aside) if high else (level,)
    yield from ((x, y) for y, x in product(ys, xs))
    yield from ((area.right, level), (area.left, level), (middle, area.top), (middle, area.bottom))
    yield from ((area.right + aside, level), (area.left - aside, level))
    yield from ((middle, area.top - aside), (middle, area.bottom + aside))


def _inked(label: Placed) -> Rectangle:
    area, air = label.area, 0.12 * label.text.leading
    return Rectangle(area.left - 2, area.top + air, area.right + 2, area.bottom - air)


def _body(labels: Sequence[Placed], spot: Spot) -> Rectangle:
    """Return a mark with the number that stands at its end, from which the line starts."""
    body = spot.area
    for one in labels:
        area = one.area
        near = area.overlap(_grown(spot.area, 24))
        level = spot.area.top <= (area.top + area.bottom) / 2 <= spot.area.bottom
        above = spot.area.left <= (area.left + area.right) / 2 <= spot.area.right
        if one.of in spot.marks and near and (level or above):
            body = body.union(area)
    return body


def _grown(area: Rectangle, by: float, high: float | None = None) -> Rectangle:
    """Return an area that is larger on every side; `high` is by how much above and below."""
    up = by if high is None else high
    return Rectangle(area.left - by, area.top - up, area.right + by, area.bottom + up)


class _Raster:
    """What is taken of a picture, by cells. It lives for one note."""

    def __init__(self, areas: Sequence[Rectangle], kit: ChartKit, near: float = 0) -> None:
        """Take what is taken, the chart, and how far above or below its mark a note may stand."""
        import numpy

        self.near = near
        self.shape = int(kit.height / CELL), int(kit.width / CELL)
        self.cells: Any = numpy.zeros(self.shape, dtype=numpy.int32)
        for area in areas:
            left, top = max(0, int(area.left / CELL)), max(0, int(area.top / CELL))
            self.cells[top : max(0, ceil(area.bottom / CELL)), left : max(0, ceil(area.right / CELL))] = 1

    def free(self, width: float, height: float) -> Any:
        """Return rows of left and top edges, in pixels, at which an area of that size is free."""
        import numpy

        across, down = ceil(width / CELL), ceil(height / CELL)
        if across >= self.shape[1] or down >= self.shape[0]:
            return numpy.zeros((0, 2))
        sums = numpy.pad(self.cells.cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))
        held = sums[down:, across:] - sums[:-down, across:] - sums[down:, :-across] + sums[:-down, :-across]
        return numpy.argwhere(held == 0)[:, ::-1] * float(CELL)

    def crossed(self, line: tuple[Point, Point]) -> bool:
        """Tell whether a line runs over something."""
        import numpy

        (x1, y1), (x2, y2) = line
        steps = numpy.linspace(0, 1, 2 + int(max(abs(x2 - x1), abs(y2 - y1)) / 2))
        columns = numpy.clip(((x1 + (x2 - x1) * steps) / CELL).astype(int), 0, self.shape[1] - 1)
        rows = numpy.clip(((y1 + (y2 - y1) * steps) / CELL).astype(int), 0, self.shape[0] - 1)
        return bool(self.cells[rows, columns].any())


def _nearest(
    text: Text, body: Rectangle, free: _Raster, apart: _Raster
) -> Iterator[tuple[float, Rectangle, tuple[Point, Point]]]:
    """Yield the cost, the area and the line of the nearest place of a text, if there is one."""
    import numpy

    places = free.free(text.width, text.height)
    left, top = places[:, 0], places[:, 1]
    right, bottom = left + text.width, top + text.height
    aside = numpy.maximum(numpy.maximum(left - body.right, body.left - right), 0)
    above = numpy.maximum(numpy.maximum(top - body.bottom, body.top - bottom), 0)
    off = numpy.abs((top + bottom - body.top - body.bottom) / 2) * (above == 0)
    off = off + numpy.abs((left + right - body.left - body.right) / 2) * ((aside == 0) & (above > 0)) / 2
    slant = numpy.minimum(aside, above)
    distance = numpy.hypot(aside, above)
    slant = 0.7 * slant + SLANTED * (slant > 0)
    cost = numpy.where((distance <= FARTHEST) & (above <= free.near), distance + 0.3 * off + slant, numpy.inf)
    for number in numpy.argsort(cost, kind="stable")[:TRIES]:
        if not numpy.isfinite(cost[number]):
            return
        area = Rectangle(float(left[number]), float(top[number]), float(right[number]), float(bottom[number]))
        line = _line(body, area)
        if not apart.crossed(line):
            yield float(cost[number]) + 8 * (len(text.lines) > 2), area, line
            return


def _line(body: Rectangle, area: Rectangle) -> tuple[Point, Point]:
    """Return the line from the edge of a mark to near its note: level or upright where it can be."""
    x = _start((area.left, area.right), (body.left, body.right))
    y = _start((area.top, area.bottom), (body.top, body.bottom))
    near = _grown(area, BESIDE_LINE)
    return (x, y), (min(max(x, near.left), near.right), min(max(y, near.top), near.bottom))


def _start(there: tuple[float, float], here: tuple[float, float]) -> float:
    """Return where a line starts along one side: the middle of a mark if its note reaches it, else the nearest."""
    middle = (here[0] + here[1]) / 2
    if there[0] + 4 <= middle <= there[1] - 4:
        return middle
    return min(max((there[0] + there[1]) / 2, here[0]), here[1])


def _anchor(body: Rectangle, area: Rectangle) -> Anchor:
    if area.left >= body.right:
        return "left"
    return "right" if area.right <= body.left else "center"
