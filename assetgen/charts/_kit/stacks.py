"""Draw bars that are stacked: series of each row end to end, their numbers inside, their names above."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from assetgen.charts._kit.bars import scale_between
from assetgen.charts._kit.canvas import Canvas, Placed
from assetgen.charts._kit.chart import ChartKit
from assetgen.charts._kit.colours import contrast, readable
from assetgen.charts._kit.foot import Legend
from assetgen.charts._kit.lanes import GAP, Lanes, Need, fit_lanes
from assetgen.charts._kit.notes import within
from assetgen.charts._kit.options import Options
from assetgen.charts._kit.rest import Kept, sum_of
from assetgen.charts._kit.rows import MISSING, Category, Data, Label, Point
from assetgen.charts._kit.scales import Linear
from assetgen.charts._kit.series import series_colours, series_legend
from assetgen.charts._kit.text import LEAST, one_line
from assetgen.charts._kit.words import word
from assetgen.look import TextStyle
from assetgen.model import Rectangle

# Segments are parted by this many pixels of the ground; numbers keep so far from their edges.
PARTED, INSIDE = 3.0, 6.0


@dataclass(frozen=True, slots=True)
class Stack:
    """One row: the width of each segment in data units with its number, and the number behind its end.

    `known` is False where a part is missing, so that the whole is not known.
    """

    parts: tuple[tuple[Decimal, Label], ...]
    total: Label | None = None
    known: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """What a chart of stacked bars is made of: how a row is stacked, room for totals, sentences for the foot."""

    stack: Callable[[Category], Stack]
    reserve: Callable[[float], float]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stacked:
    """The rows of a chart with their lanes, colours and scale, ready to be drawn."""

    stacks: tuple[Stack, ...]
    lanes: Lanes
    scale: Linear
    colours: tuple[str, ...]
    data: Data

    def segments(self, row: int) -> list[Rectangle]:
        """Return the areas of the segments of a row, whole pixels apart."""
        top = self.lanes.middle(row) - self.lanes.thickness / 2
        edges, sum_so_far = [self.scale(Decimal(0))], Decimal(0)
        for share, _ in self.stacks[row].parts:
            sum_so_far += share
            edges.append(self.scale(sum_so_far))
        gaps = [PARTED if right - left > 2 * PARTED else 0 for left, right in pairwise(edges)]
        gaps[-1:] = [0.0]
        areas = zip(pairwise(edges), gaps, strict=True)
        return [Rectangle(left, top, right - gap, top + self.lanes.thickness) for (left, right), gap in areas]

    def draw(self, canvas: Canvas, kit: ChartKit) -> None:
        """Draw all rows: segments with the numbers that fit inside them, and what stands behind their ends."""
        for row, stack in enumerate(self.stacks):
            if stack.known:
                self._draw_row(canvas, row, kit)
            else:
                self._draw_unknown(canvas, row, kit)

    def _draw_row(self, canvas: Canvas, row: int, kit: ChartKit) -> None:
        areas, stack, middle = self.segments(row), self.stacks[row], self.lanes.middle(row)
        one = self.data.categories[row]
        last = max((at for at, (share, _) in enumerate(stack.parts) if share), default=-1)
        mark = 0
        for at, (area, (share, label), colour) in enumerate(zip(areas, stack.parts, self.colours, strict=True)):
            if not share:
                continue
            radius = kit.radius(self.lanes.thickness, "right") if at == last else "0"
            mark = canvas.box(area, colour, "right", radius if area.width > 12 else "0")
            for name in (one.label, within(one.label, self.data.series[at])):
                canvas.spot(name, area, mark)
            text = one_line(label, kit.ruler, self._style(kit, at))
            if text.width + 2 * INSIDE <= area.width and text.style.size <= self.lanes.thickness:
                ink = ink_on(colour, kit)
                x = (area.left + area.right) / 2
                canvas.middle(Placed(text, x, middle, ink, "center", mark))
        if stack.total:
            text = one_line(stack.total, kit.ruler, TextStyle(self.lanes.size, kit.look.weight("body", 700)))
            x = areas[-1].right + GAP if areas else self.lanes.left
            canvas.middle(Placed(text, x, middle, kit.palette.ink, "left", mark or None))

    def _draw_unknown(self, canvas: Canvas, row: int, kit: ChartKit) -> None:
        text = one_line(
            Label.plain(word("not-available", kit.language)),
            kit.ruler,
            TextStyle(max(LEAST, self.lanes.size - 2), kit.look.weight("body", 500)),
        )
        middle, half = self.lanes.middle(row), self.lanes.thickness / 2
        right = self.lanes.right - text.width - GAP
        area = Rectangle(self.lanes.left, middle - half, min(right, self.lanes.left + 240), middle + half)
        mark = canvas.hatch(area, kit.palette.muted)
        canvas.spot(self.data.categories[row].label, area, mark)
        canvas.middle(Placed(text, area.right + GAP, middle, kit.palette.muted, "left", mark))

    def _style(self, kit: ChartKit, at: int) -> TextStyle:
        return TextStyle(max(LEAST, self.lanes.size - 2), kit.look.weight("body", 700 if at == self.data.mine else 600))


UNKNOWN = Stack((), None, known=False)


def refuse_negative(data: Data, kit: ChartKit) -> None:
    """Raise LayoutError when a part is negative."""
    if any(number < 0 for number in data.numbers):
        raise kit.refuse("a part of a whole cannot be negative", "use grouped for values below zero")


def total_of(category: Category) -> Point:
    """Return the sum of a row, with the signs of its parts; missing when one of them is."""
    if any(point.number is None for point in category.points):
        return Point(MISSING)
    return Point(sum_of([point.value for point in category.points]), max(point.sign for point in category.points))


def ink_on(colour: str, kit: ChartKit) -> str:
    """Return the ink of a number on a mark: the brand's own where it can be read, else black or white."""
    brand = [kit.palette.ink, kit.palette.ground, kit.look.colors["text"], kit.look.colors["on-data"]]
    best = readable(colour, brand)
    return best if contrast(best, colour) >= 4.5 else readable(colour, ("#ffffff", "#000000"))


def draw_stacks(data: Data, options: Options, kit: ChartKit, plan: Plan) -> tuple[Canvas, Kept]:
    """Draw the rows that fit, and return the canvas and what was kept; raises LayoutError when not even two do."""
    colours = series_colours(data, options, kit)
    above = series_legend(data, colours, kit)
    need = Need(plan.reserve, above.height, 0.66, 1.2, 2.4, extra=plan.notes)
    kept, lanes, below = fit_lanes(data, options, kit, need)
    stacks = tuple(plan.stack(category) for category in kept.data.categories)
    style = TextStyle(lanes.size, kit.look.weight("body", 700))
    ends = [
        (
            sum((share for share, _ in one.parts), Decimal(0)),
            kit.ruler.width(one.total.text, style) + GAP if one.total else 0,
        )
        for one in stacks
        if one.known
    ]
    scale = scale_between(ends, lanes.left, lanes.right, kit)
    stacked = Stacked(stacks, lanes, scale, colours, kept.data)
    canvas = kit.canvas()
    lanes.draw_names(canvas, kept.data.categories, kit, False)
    stacked.draw(canvas, kit)
    _name(canvas, stacked, kept.data, above, kit)
    below.draw(canvas, kit.height - below.height + 18, kit.palette.muted)
    return canvas, kept


def _name(canvas: Canvas, stacked: Stacked, data: Data, above: Legend, kit: ChartKit) -> None:
    """Write the names of the series above the segments of the first row; where one is too wide, the legend instead."""
    style = TextStyle(max(LEAST, kit.size - 4), kit.look.weight("body", 600))
    texts = [one_line(name, kit.ruler, style) for name in data.series]
    areas = stacked.segments(0) if stacked.stacks[0].known and stacked.lanes.beside else []
    if not areas or any(text.width > area.width - 6 for text, area in zip(texts, areas, strict=True)):
        above.draw(canvas, 0, kit.palette.ink)
        return
    top = areas[0].top - texts[0].height - 6
    for at, (text, area) in enumerate(zip(texts, areas, strict=True)):
        ink = kit.palette.ink if data.mine in (None, at) else kit.palette.muted
        canvas.text(Placed(text, area.left, top, ink))
