"""Place labels on a map: out at sea with a leader line, or inside a province that has room; never on one another."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from assetgen.charts._kit.canvas import Canvas, Placed
from assetgen.charts._kit.chart import ChartKit
from assetgen.charts._kit.colours import readable
from assetgen.charts._kit.rows import Label
from assetgen.charts._kit.text import LEAST, Text, fit, one_line
from assetgen.charts._map.frame import Frame
from assetgen.charts._map.regions import Place
from assetgen.charts._map.shapes import centre, rings_of
from assetgen.geography.atlas import ring_area
from assetgen.look import TextStyle
from assetgen.model import Rectangle

Point = tuple[float, float]
Line = tuple[Point, Point]
# One cell of the raster that tells land from sea, in pixels.
CELL = 4
FARTHEST = 210
# What a label that is left out costs, in pixels of leader line.
DROPPED = 900.0
# What a leader line over discs costs and how long it may be; from which share of the width a name is long.
OVER_DISCS, NEAR = 300.0, 90.0
LONG = 0.3
# Notes are set in lines of at most this share of the width.
NOTE = 0.34
# The number under which discs are noted; no mark has it.
DISCS = 1_000_000
TURNS = 32
GAP = 6.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """A label that is wanted: the place, its mark, the colour that it stands on, and its lines."""

    place: Place
    mark: int
    fill: str
    lines: tuple[Text, ...]
    radius: float = 0
    noted: bool = False

    @property
    def width(self) -> float:
        """Return the width of the longest line."""
        return max(line.width for line in self.lines)

    @property
    def height(self) -> float:
        """Return the height of all lines."""
        return sum(line.height for line in self.lines)


@dataclass(frozen=True, slots=True)
class Marked:
    """What a label belongs to: the number of a mark, the colour that it is filled with, the radius of a disc."""

    number: int
    fill: str
    radius: float = 0


def wanted(place: Place, mark: Marked, value: Label | None, kit: ChartKit, note: str = "") -> Wanted:
    """Return the label of a place: its name, its number below where one is given, and its note below that."""
    size = max(LEAST, kit.size - 6)
    bold = TextStyle(size, kit.look.weight("body", 700 if value else 600))
    lines = [one_line(Label.plain(_name(place, bold, kit)), kit.ruler, bold)]
    if value:
        lines.append(one_line(value, kit.ruler, TextStyle(size, kit.look.weight("body", 500))))
    written = fit(Label.plain(note), NOTE * kit.width, kit.ruler, TextStyle(size, bold.weight), 4) if note else None
    if written:
        quiet = TextStyle(size, kit.look.weight("body", 500))
        lines += [one_line(Label.plain(line.unescape()), kit.ruler, quiet) for line in written.lines]
    return Wanted(place, mark.number, mark.fill, tuple(lines), mark.radius, written is not None)


def _name(place: Place, style: TextStyle, kit: ChartKit) -> str:
    """Return the name for a map: the usual short form of one that is long for its width."""
    long = kit.ruler.width(place.name, style) > LONG * kit.width
    return place.short if long and kit.language != "en" else place.name


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a label stands: its area, and its leader line unless it stands inside of its place."""

    label: Wanted
    area: Rectangle
    line: Line | None
    cost: float


class Sheet:
    """Where there is land, sea and text on a chart of maps. It lives for one drawing."""

    def __init__(self, width: float, height: float) -> None:
        """Take the size of the chart."""
        from PIL import Image

        self.bounds = Rectangle(0, 0, width, height)
        self._image = Image.new("I", (math.ceil(width / CELL), math.ceil(height / CELL)), 0)
        self._sums: Any = None
        self._kept_off: list[Rectangle] = []
        self._texts: list[Rectangle] = []
        self._lines: list[Line] = []
        self._discs: list[tuple[float, float, float]] = []

    def clear(self) -> None:
        """Forget labels and leader lines; land and areas to keep off stay."""
        self._texts, self._lines = list(self._kept_off), []

    def add_land(self, place: Place, frame: Frame, number: int) -> None:
        """Note the land of a place under its number."""
        from PIL import ImageDraw

        draw = ImageDraw.Draw(self._image)
        for rings in rings_of(place, frame):
            points = [(x / CELL, y / CELL) for x, y in rings[0].tolist()]
            if len(points) > 1:
                draw.polygon(points, fill=number, outline=number)
        self._sums = None

    def add_disc(self, x: float, y: float, radius: float) -> None:
        """Note a disc, which labels stay off as off land."""
        from PIL import ImageDraw

        box = [(x - radius) / CELL, (y - radius) / CELL, (x + radius) / CELL, (y + radius) / CELL]
        ImageDraw.Draw(self._image).ellipse(box, fill=DISCS)
        self._discs.append((x, y, radius))
        self._sums = None

    def keep_off(self, area: Rectangle) -> None:
        """Note an area that labels stay off."""
        self._kept_off.append(area)

    def own(self, area: Rectangle, number: int) -> bool:
        """Tell whether all that lies under an area is the land of one place."""
        import numpy

        left, top, right, bottom = _cells(area)
        under = numpy.asarray(self._image)[max(top, 0) : bottom, max(left, 0) : right]
        return bool(under.size and (under == number).all())

    def at_sea(self, areas: Any) -> Any:
        """Tell which areas (rows of left, top, right, bottom) lie inside the chart with no land under them."""
        import numpy

        if self._sums is None:
            land = (numpy.asarray(self._image) > 0).cumsum(axis=0).cumsum(axis=1)
            self._sums = numpy.pad(land, ((1, 1), (1, 1)), mode="edge")
            self._sums[0], self._sums[:, 0] = 0, 0
        sums, bounds = self._sums, self.bounds
        within = (areas[:, :2] >= 0).all(axis=1) & (areas[:, 2] <= bounds.right) & (areas[:, 3] <= bounds.bottom)
        cells = numpy.concatenate([numpy.floor(areas[:, :2] / CELL), numpy.ceil(areas[:, 2:] / CELL)], axis=1)
        left, top, right, bottom = numpy.clip(cells.astype(int), 0, [*sums.shape[::-1], *sums.shape[::-1]]).T
        right, bottom = numpy.minimum(right, sums.shape[1] - 1), numpy.minimum(bottom, sums.shape[0] - 1)
        left, top = numpy.minimum(left, right), numpy.minimum(top, bottom)
        return within & (sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left] == 0)

    def free(self, area: Rectangle) -> bool:
        """Tell whether an area is inside the chart and touches no text and no leader line."""
        wide = Rectangle(area.left - GAP, area.top - GAP, area.right + GAP, area.bottom + GAP)
        return (
            area.outside(self.bounds) <= 0
            and not any(wide.overlap(one) for one in self._texts)
            and not any(_crosses(line, wide) for line in self._lines)
        )

    def line_is_free(self, line: Line, over_discs: bool = False) -> bool:
        """Tell whether a leader line would run through no text, over no disc and across no other leader line."""
        return not (
            any(_crosses(line, one) for one in self._texts)
            or any(_meet(line, other) for other in self._lines)
            or (not over_discs and any(_distance(line, (x, y)) < radius - 1 for x, y, radius in self._discs))
        )

    def take(self, area: Rectangle, line: Line | None) -> None:
        """Note a label and its leader line."""
        self._texts.append(area)
        if line:
            self._lines.append(line)


def put_all(canvas: Canvas, sheet: Sheet, labels: Sequence[Wanted], frame: Frame, kit: ChartKit) -> int:
    """Set labels where they read best, and return how many found a place; the first ones are the most important.

    The labels that come first take the best places, so several orders are tried and the one is taken that drops the
    fewest, the least important ones, and has the shortest leader lines.
    """
    spotted = [_spots(sheet, label, frame) for label in labels]
    spots: list[Spot] = []
    least = math.inf
    for order in _orders(len(labels)):
        sheet.clear()
        tried = [_find(sheet, spotted[number]) for number in order]
        cost = sum(spot.cost if spot else DROPPED * (2 - n / len(labels)) for n, spot in zip(order, tried, strict=True))
        if cost < least - 1e-6:
            least, spots = cost, [spot for spot in tried if spot]
    for spot in spots:
        _draw(canvas, spot, kit)
        canvas.noted = canvas.noted or spot.label.noted
    return len(spots)


def _orders(count: int) -> list[list[int]]:
    """Return orders to try: as given, and each label in front of the others; of many labels only the given one."""
    given = list(range(count))
    if count > 8:
        return [given]
    moved = [[number, *(other for other in given if other != number)] for number in given[1:]]
    return [given, *moved, given[::-1], *(order[:1] + order[:0:-1] for order in moved)]


@dataclass(frozen=True)
class Spots:
    """Where one label may stand as far as the land goes, the best first; `inside` is its place inside of its region."""

    label: Wanted
    inside: Rectangle | None
    outside: tuple[tuple[Rectangle, Line], ...]


def _spots(sheet: Sheet, label: Wanted, frame: Frame) -> Spots:
    polygons = [rings[0] for rings in rings_of(label.place, frame)]
    x, y = centre(max(polygons, key=ring_area))
    inside = Rectangle(x - label.width / 2, y - label.height / 2, x + label.width / 2, y + label.height / 2)
    return Spots(label, inside if sheet.own(inside, label.mark) else None, tuple(_outside(sheet, label, x, y)))


def _find(sheet: Sheet, spots: Spots) -> Spot | None:
    """Return the best free spot of a label and take it; None when there is none."""
    if spots.inside and sheet.free(spots.inside):
        sheet.take(spots.inside, None)
        return Spot(spots.label, spots.inside, None, 0)
    for over_discs in (False, True):
        for area, line in spots.outside:
            if over_discs and math.dist(*line) > NEAR:
                continue
            if sheet.free(area) and sheet.line_is_free(line, over_discs):
                sheet.take(area, line)
                return Spot(spots.label, area, line, math.dist(*line) + over_discs * OVER_DISCS)
    return None


def _draw(canvas: Canvas, spot: Spot, kit: ChartKit) -> None:
    label, area = spot.label, spot.area
    if spot.line is None:
        inks = (kit.palette.ink, kit.palette.ground, kit.palette.on_data)
        _write(canvas, label, area, "center", readable(label.fill, inks))
        return
    start = spot.line[0]
    anchor = "left" if start[0] < area.left else "right" if start[0] > area.right else "center"
    _leader(canvas, label, spot.line, kit)
    _write(canvas, label, area, anchor, kit.palette.ink)


def _cells(area: Rectangle) -> tuple[int, int, int, int]:
    return int(area.left / CELL), int(area.top / CELL), math.ceil(area.right / CELL), math.ceil(area.bottom / CELL)


def _outside(sheet: Sheet, label: Wanted, x: float, y: float) -> Iterator[tuple[Rectangle, Line]]:
    """Yield the areas around a point that lie at sea, the nearest first, each with its leader line."""
    import numpy

    width, height = label.width, label.height
    distance = numpy.repeat(numpy.arange(14 + round(label.radius), FARTHEST, 8), TURNS)
    angle = numpy.tile(2 * math.pi * numpy.arange(TURNS) / TURNS, len(distance) // TURNS)
    across, down = numpy.cos(angle), numpy.sin(angle)
    # The box hangs off the tip on the side that it points to.
    left = x + distance * across - width * (1 - across) / 2
    top = y + distance * down - height * (1 - down) / 2
    grown = numpy.stack([left - 4, top, left + width + 4, top + height], axis=1)
    for place in numpy.flatnonzero(sheet.at_sea(grown)):
        area = Rectangle(float(left[place]), float(top[place]), float(left[place]) + width, float(top[place]) + height)
        end = (min(max(x, area.left - 4), area.right + 4), min(max(y, area.top), area.bottom))
        yield area, (_edge((x, y), end, label.radius), end)


def _edge(start: Point, end: Point, radius: float) -> Point:
    """Return where the line from the middle of a disc to a label leaves the disc."""
    length = math.dist(start, end)
    share = min(1.0, radius / length) if length else 0.0
    return (start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share)


def _leader(canvas: Canvas, label: Wanted, line_of: Line, kit: ChartKit) -> None:
    (start, end), plain, mark = line_of, label.radius > 0, label.mark
    area = Rectangle(
        min(start[0], end[0]) - 5, min(start[1], end[1]) - 5, max(start[0], end[0]) + 5, max(start[1], end[1]) + 5
    )
    line = f'x1="{start[0]:.1f}" y1="{start[1]:.1f}" x2="{end[0]:.1f}" y2="{end[1]:.1f}"'
    halo = f'<line {line} stroke="{kit.palette.ground}" stroke-width="5" stroke-linecap="round"/>'
    ink = f'<line {line} stroke="{kit.palette.ink}" stroke-width="2"/>'
    dot = "" if plain else f'<circle cx="{start[0]:.1f}" cy="{start[1]:.1f}" r="3.5" fill="{kit.palette.ink}"/>'
    canvas.drawing(area, halo + ink + dot, grow="fade", mark=mark)


def _write(canvas: Canvas, label: Wanted, area: Rectangle, anchor: Any, ink: str) -> None:
    x = {"left": area.left, "center": (area.left + area.right) / 2, "right": area.right}[anchor]
    top = area.top
    for line in label.lines:
        canvas.text(Placed(line, x, top, ink, anchor, label.mark))
        top += line.height


def _crosses(line: Line, area: Rectangle) -> bool:
    """Tell whether a line runs through a rectangle (clipping after Liang and Barsky 1984)."""
    (x, y), (end_x, end_y) = line
    first, last = 0.0, 1.0
    for step, room in (
        (x - end_x, x - area.left),
        (end_x - x, area.right - x),
        (y - end_y, y - area.top),
        (end_y - y, area.bottom - y),
    ):
        if step == 0:
            if room < 0:
                return False
        elif step < 0:
            first = max(first, room / step)
        else:
            last = min(last, room / step)
    return first <= last


def _distance(line: Line, point: Point) -> float:
    """Return the distance of a point from a line between two ends."""
    (x1, y1), (x2, y2) = line
    across, down = x2 - x1, y2 - y1
    length = across * across + down * down
    share = ((point[0] - x1) * across + (point[1] - y1) * down) / length if length else 0.0
    share = min(1.0, max(0.0, share))
    return math.dist(point, (x1 + share * across, y1 + share * down))


def _meet(one: Line, other: Line) -> bool:
    def side(a: Point, b: Point, c: Point) -> float:
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    (a, b), (c, d) = one, other
    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0
