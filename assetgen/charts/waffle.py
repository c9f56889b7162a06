"""A hundred squares, each one percent of the whole: for few parts, and readers who count rather than compare angles.

Squares are shared out by largest remainders, so that they always make a hundred; the exact share stands beside each
name. At most five parts are shown, the others added up as "Lainnya (n)".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assetgen.charts._kit.canvas import Canvas
from assetgen.charts._kit.chart import Chart, ChartKit
from assetgen.charts._kit.colours import categorical
from assetgen.charts._kit.foot import Legend, foot
from assetgen.charts._kit.notes import finished
from assetgen.charts._kit.options import Options
from assetgen.charts._kit.part_alt import part_sentences
from assetgen.charts._kit.part_labels import PartLabel, part_colours, part_label, sizes_of
from assetgen.charts._kit.placing import spread
from assetgen.charts._kit.rest import Kept
from assetgen.charts._kit.rows import Row
from assetgen.charts._kit.shares import PARTS, Whole, read_whole, remainders
from assetgen.charts._kit.words import word
from assetgen.model import Rectangle

OPTIONS = {**PARTS}
SAMPLE = {
    "rows": [
        {"label": "Air ledeng", "value": 38.4},
        {"label": "Sumur terlindung", "value": 27.1},
        {"label": "Air kemasan isi ulang", "value": 21.7},
        {"label": "Mata air", "value": 8.3},
        {"label": "Sungai dan air hujan", "value": 4.5},
    ],
    "options": {
        "style": "percent",
        "highlight": "Air ledeng",
        "subject": "Rumah tangga menurut sumber air minum utama, 2025",
    },
}
SIDE, MOST = 10, 5
KEY, KEY_GAP, ASIDE, BETWEEN, BELOW = 24.0, 14.0, 44.0, 16.0, 28.0
# Names stand below a grid that becomes this much larger by it.
WORTH = 1.2


@dataclass(frozen=True, slots=True)
class Plan:
    """Where the grid stands, and each name with its left and top."""

    grid: Rectangle
    names: tuple[tuple[PartLabel, float, float], ...]


def draw(rows: Sequence[Row], options: Options, kit: ChartKit) -> Chart:
    """Return the chart; raises LayoutError when not even two parts have room for their names."""
    whole, plan, below = _planned(read_whole(rows, options, kit), kit)
    canvas, colours = kit.canvas(), _colours(whole, kit)
    marks = _draw_squares(canvas, whole, (plan.grid, colours), kit)
    for part, mark, colour, (label, x, top) in zip(whole.parts, marks, colours, plan.names, strict=True):
        middle = top + label.texts[0].leading / 2
        key = Rectangle(x - KEY - KEY_GAP, middle - KEY / 2, x - KEY_GAP, middle + KEY / 2)
        canvas.swatch(key, colour, hatched=bool(part.missing))
        ink = kit.palette.muted if whole.highlighted and not part.mine else kit.palette.ink
        label.draw(canvas, (x, top, "left"), (ink, ink), mark)
        canvas.spot(part.label, Rectangle(key.left, top, x + label.width, top + label.height), mark, None)
    below.draw(canvas, kit.height - below.height + 18, kit.palette.muted)
    name = "Diagram wafel" if kit.language == "id" else "Waffle chart"
    return finished(canvas, part_sentences(name, whole), options, kit)


def _colours(whole: Whole, kit: ChartKit) -> tuple[str, ...]:
    """Return colours that are told apart without a gap between them: those of the brand, or one and greys."""
    if whole.highlighted:
        return part_colours(whole, kit, keyed=True)
    colours = iter(categorical(kit.look, kit.palette, len(whole.parts)))
    return tuple(kit.palette.soft if part.missing else next(colours) for part in whole.parts)


def _planned(whole: Whole, kit: ChartKit) -> tuple[Whole, Plan, Legend]:
    known = len(whole.known)
    most = min(whole.options.count("most", MOST, 2, MOST), known)
    for count in range(most, min(known, 2) - 1, -1):
        kept = whole.at_most(count, kit)
        exact = all(part.percent == int(part.percent) for part in kept.parts)
        notes = (word("square-exact" if exact else "square", kit.language), *kept.notes(kit))
        below = foot(Kept(kept.data), kit, notes, hatched=False)
        room = kit.height - below.height
        aside = _aside(kept, room, kit)
        under = None if kit.flat else _under(kept, room, kit)
        if aside and under:
            aside = aside if aside.grid.width * WORTH > under.grid.width else under
        if plan := aside or under:
            return kept, plan, below
    raise kit.refuse("the names of its parts have no room beside the squares")


def _aside(whole: Whole, room: float, kit: ChartKit) -> Plan | None:
    """Return the grid at the left, and each name at the height of its squares."""
    for share in (0.6, 0.56, 0.52, 0.48, 0.44, 0.4):
        grid = _whole_cells(min(share * kit.width, room))
        left = grid + ASIDE + KEY + KEY_GAP
        top = (room - grid) / 2
        for size in sizes_of(kit):
            labels = [
                label for part in whole.parts if (label := part_label(part, whole, kit, (kit.width - left, size)))
            ]
            if len(labels) < len(whole.parts):
                continue
            wanted = [top + grid * middle for middle in _middles(whole)]
            centres = spread(wanted, [label.height + BETWEEN for label in labels], 0, room)
            if centres:
                tops = [centre - label.height / 2 for label, centre in zip(labels, centres, strict=True)]
                names = tuple((label, left, y) for label, y in zip(labels, tops, strict=True))
                return Plan(Rectangle(0, top, grid, top + grid), names)
    return None


def _under(whole: Whole, room: float, kit: ChartKit) -> Plan | None:
    """Return the grid at the top, and the names in two columns below it."""
    width = (kit.width - ASIDE) / 2
    for size in sizes_of(kit):
        room_each = (width - KEY - KEY_GAP, size)
        labels = [label for part in whole.parts if (label := part_label(part, whole, kit, room_each, 2))]
        if len(labels) < len(whole.parts):
            continue
        rows = [labels[number : number + 2] for number in range(0, len(labels), 2)]
        heights = [max(label.height for label in row) + BETWEEN for row in rows]
        grid = _whole_cells(min(kit.width, room - sum(heights) - BELOW))
        if grid < 0.4 * kit.width:
            continue
        left = (kit.width - grid) / 2 if grid > 0.8 * kit.width else 0
        return Plan(Rectangle(left, 0, left + grid, grid), tuple(_columns(rows, heights, grid + BELOW, width + ASIDE)))
    return None


def _columns(
    rows: Sequence[Sequence[PartLabel]], heights: Sequence[float], top: float, pitch: float
) -> Iterator[tuple[PartLabel, float, float]]:
    for row, height in zip(rows, heights, strict=True):
        for column, label in enumerate(row):
            yield label, column * pitch + KEY + KEY_GAP, top
        top += height


def _whole_cells(side: float) -> float:
    """Return the side of a grid whose squares are whole pixels."""
    return float(int(side / SIDE) * SIDE)


def _counts(whole: Whole) -> list[int]:
    return remainders([part.size for part in whole.parts], SIDE * SIDE)


def _middles(whole: Whole) -> list[float]:
    """Return how far down the grid the middle of each part is, from 0 to 1."""
    middles, passed = [], 0
    for count in _counts(whole):
        middles.append((passed + count / 2) / (SIDE * SIDE))
        passed += count
    return middles


def _draw_squares(
    canvas: Canvas, whole: Whole, place: tuple[Rectangle, Sequence[str]], kit: ChartKit
) -> list[int | None]:
    """Draw the squares of each part as one mark, row by row; a part without a square has no mark."""
    (grid, colours), first = place, 0
    marks: list[int | None] = []
    pitch = grid.width / SIDE
    gap = max(3, round(0.08 * pitch))
    radius = round(min(kit.look.pixels("radius-bar", 0), 0.3 * pitch))
    for part, colour, count in zip(whole.parts, colours, _counts(whole), strict=True):
        squares = range(first, first + count)
        first += count
        if not count:
            marks.append(None)
            continue
        top, bottom = squares[0] // SIDE, squares[-1] // SIDE + 1
        area = Rectangle(grid.left, grid.top + top * pitch, grid.right, grid.top + bottom * pitch)
        shapes = [
            _square(grid.left + number % SIDE * pitch, grid.top + number // SIDE * pitch, pitch - gap, radius)
            for number in squares
        ]
        look = f'fill="{colour}"'
        if part.missing:
            look = f'stroke="{kit.palette.muted}" stroke-width="2"'
            shapes += [_stroke(grid, number, pitch, gap) for number in squares]
        marks.append(canvas.drawing(area, f"<g {look}>{''.join(shapes)}</g>", "fade"))
    return marks


def _square(left: float, top: float, side: float, radius: float) -> str:
    x, y = round(left), round(top)
    return f'<rect x="{x}" y="{y}" width="{side:g}" height="{side:g}" rx="{radius}"/>'


def _stroke(grid: Rectangle, number: int, pitch: float, gap: float) -> str:
    """Return the two strokes that hatch a square."""
    left, top = round(grid.left + number % SIDE * pitch), round(grid.top + number // SIDE * pitch)
    side = pitch - gap
    return (
        f'<path d="M{left} {top + side * 0.6:g}L{left + side * 0.6:g} {top}'
        f'M{left + side * 0.4:g} {top + side:g}L{left + side:g} {top + side * 0.4:g}"/>'
    )
