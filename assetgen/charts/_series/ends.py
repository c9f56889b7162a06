"""Name series at the ends of their lines: blocks of name and last value, moved apart, never covering one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assetgen.charts._kit.canvas import Canvas, Placed
from assetgen.charts._kit.chart import ChartKit
from assetgen.charts._kit.colours import readable
from assetgen.charts._kit.numbers import Writer
from assetgen.charts._kit.placing import spread
from assetgen.charts._kit.rows import Data, Point
from assetgen.charts._kit.text import LEAST, Text, fit, one_line
from assetgen.charts._series.plot import Plot
from assetgen.charts._series.strokes import Strokes
from assetgen.look import TextStyle
from assetgen.model import Rectangle

GAP, BETWEEN = 18.0, 8.0
# A label that moved farther than this from its line's end is joined to it.
MOVED = 14.0


@dataclass(frozen=True, slots=True)
class End:
    """The label of a series: its name, its last value, and how both stand: on one line, or one below the other."""

    series: int
    name: Text | None
    value: Text | None
    beside: bool

    @property
    def width(self) -> float:
        """Return the width of the block."""
        widths = [text.width for text in (self.name, self.value) if text]
        return (sum(widths) + 10 * (len(widths) - 1)) if self.beside else max(widths, default=0)

    @property
    def height(self) -> float:
        """Return the height of the block."""
        heights = [text.height for text in (self.name, self.value) if text]
        return max(heights, default=0) if self.beside else sum(heights)


@dataclass(frozen=True, slots=True)
class Ends:
    """The labels of all series that are named, and how many are not."""

    blocks: tuple[End, ...]
    unnamed: int = 0

    @property
    def width(self) -> float:
        """Return the width of the widest block with its distance from the lines."""
        return max((block.width for block in self.blocks), default=0) + (GAP if self.blocks else 0)


def last_known(data: Data, series: int) -> Point | None:
    """Return the last point of a series that is there."""
    points = [category.points[series] for category in data.categories]
    return next((point for point in reversed(points) if point.number is not None), None)


def plan_ends(data: Data, kit: ChartKit, writer: Writer, height: float) -> Ends:
    """Return labels that fit beside one another in `height`; raises LayoutError where not even names do.

    The ladder: names and values; the value of the highlighted series only; only the highlighted series is named, and
    the foot counts the others.
    """
    known = [number for number in range(len(data.series)) if last_known(data, number)]
    for valued, share in ((True, 0.24), (True, 0.34), (False, 0.26), (False, 0.34)):
        room = kit.width * share
        blocks = [
            _block(data, number, kit, writer if valued or number == data.mine else None, room) for number in known
        ]
        fitting = [block for block in blocks if block]
        height_of_all = sum(block.height for block in fitting) + BETWEEN * (len(known) - 1)
        if len(fitting) == len(known) and height_of_all <= height:
            return Ends(tuple(fitting))
    if data.mine is None or (mine := _block(data, data.mine, kit, writer, kit.width * 0.34)) is None:
        raise kit.refuse(f"{len(known)} series have no room for their names", "highlight one, or show fewer")
    return Ends((mine,) if data.mine in known else (), len(known) - (data.mine in known))


def plan_end(data: Data, kit: ChartKit, writer: Writer, size: float) -> Ends:
    """Return the last number of an only series as its label: what it is, the title of the chart says."""
    point = last_known(data, 0)
    style = TextStyle(size, kit.look.weight("body", 700))
    return Ends((End(0, None, one_line(writer.label(point), kit.ruler, style), False),) if point else ())


def _block(data: Data, series: int, kit: ChartKit, writer: Writer | None, room: float) -> End | None:
    """Return the label of a series within a width; None where its name does not fit."""
    strong = data.mine in (None, series)
    size = kit.size if strong else max(LEAST, kit.size - 4)
    style = TextStyle(size, kit.look.weight("body", 700 if strong else 500))
    name = fit(data.series[series], room, kit.ruler, style, 3)
    point = last_known(data, series)
    value = one_line(writer.label(point), kit.ruler, style) if writer and point else None
    if name is None or (value and value.width > room):
        return None
    beside = bool(value and len(name.lines) == 1 and name.width + 10 + value.width <= room)
    return End(series, name, value, beside)


def draw_ends(
    canvas: Canvas, ends: Ends, plot: Plot, lines: dict[int, Strokes], colours: Sequence[str], kit: ChartKit
) -> None:
    """Set the blocks beside the plot, each as near as can be to the end of its line."""
    wanted = [lines[block.series].dots[-1].y for block in ends.blocks]
    heights = [block.height + BETWEEN for block in ends.blocks]
    middles = spread(wanted, heights, -BETWEEN / 2, plot.area.bottom + BETWEEN)
    if middles is None:
        raise kit.refuse("the series have no room for their names", "highlight one, or show fewer")
    for block, middle in zip(ends.blocks, middles, strict=True):
        last = lines[block.series].dots[-1]
        left = plot.area.right + GAP
        if abs(middle - last.y) > MOVED:
            shape = f'<path d="M{last.x + 10:.1f} {last.y:.1f}L{left - 4:.1f} {middle:.1f}" stroke-width="2"'
            area = Rectangle(last.x, min(last.y, middle) - 2, left, max(last.y, middle) + 2)
            canvas.frame_drawing(area, f'{shape} stroke="{kit.palette.soft}"/>')
        ink = readable(kit.palette.ground, (colours[block.series], kit.palette.ink))
        _draw_block(canvas, block, left, middle - block.height / 2, ink)


def _draw_block(canvas: Canvas, block: End, left: float, top: float, ink: str) -> None:
    number = block.series + 1
    for text in (block.name, block.value):
        if text:
            canvas.text(Placed(text, left, top, ink, of=number))
            if block.beside:
                left += text.width + 10
            else:
                top += text.height
