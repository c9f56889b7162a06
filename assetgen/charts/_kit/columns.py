"""Lay out charts of columns: names below, numbers above or an axis beside them; a plot with its scale comes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assetgen.charts._kit.alt import is_series
from assetgen.charts._kit.canvas import Canvas, Placed
from assetgen.charts._kit.chart import ChartKit
from assetgen.charts._kit.numbers import Writer
from assetgen.charts._kit.rows import Data, Label
from assetgen.charts._kit.scales import Band, Linear, linear, with_ticks
from assetgen.charts._kit.text import LEAST, Text, fit, one_line
from assetgen.look import TextStyle
from assetgen.model import Rectangle

GAP = 12.0
# From here on the numbers of an axis take a scale word.
LARGE = 100_000
# Names below columns are this share of their size apart.
AIR = 0.4


@dataclass(frozen=True, slots=True)
class Names:
    """What stands below the columns: a text for each, or None where there is no room for all of them."""

    texts: tuple[Text | None, ...]

    @property
    def height(self) -> float:
        """Return the height of the highest one."""
        return max((text.height for text in self.texts if text), default=0)

    def draw(self, canvas: Canvas, band: Band, top: float, inks: Sequence[str]) -> None:
        """Write each name below the middle of its column; the outermost stay inside the chart."""
        for number, (text, ink) in enumerate(zip(self.texts, inks, strict=True)):
            if text:
                half = text.width / 2
                x = min(max(band.centre(number), half), canvas.width - half)
                canvas.text(Placed(text, x, top, ink, "center"))


def names_for(data: Data, pitch: float, kit: ChartKit) -> Names | None:
    """Return the names of columns that are `pitch` apart, in the largest size that fits.

    Where the categories follow one another in time, every second, third … is enough; else None when one does not fit.
    """
    for size in sizes(kit):
        styles = [TextStyle(size, kit.look.weight("body", 700 if one.mine else 500)) for one in data.categories]
        room = pitch - AIR * size
        texts = [fit(one.label, room, kit.ruler, style) for one, style in zip(data.categories, styles, strict=True)]
        if None not in texts:
            return Names(tuple(texts))
    return _every(data, pitch, kit) if is_series(data) else None


def _every(data: Data, pitch: float, kit: ChartKit) -> Names:
    """Return the first name, the last, and as many between them, at even steps, as have room."""
    style = TextStyle(LEAST, kit.look.weight("body", 500))
    texts = [one_line(one.label, kit.ruler, style) for one in data.categories]
    step = max(1, int(max(text.width for text in texts) * 1.25 / pitch) + 1)
    last = len(texts) - 1
    return Names(tuple(text if (last - number) % step == 0 else None for number, text in enumerate(texts)))


def sizes(kit: ChartKit) -> tuple[float, ...]:
    """Return the sizes of labels to be tried, the largest first."""
    return tuple(float(size) for size in range(round(kit.size - 2), int(LEAST) - 1, -2))


@dataclass(frozen=True, slots=True)
class Plot:
    """The area of the columns: their bands, the scale of heights, and the ticks of its axis, if it has one."""

    band: Band
    scale: Linear
    area: Rectangle
    ticks: tuple[tuple[Decimal, Text], ...] = ()

    @property
    def zero(self) -> float:
        """Return the height of the line at zero."""
        return self.scale.zero

    def draw_frame(self, canvas: Canvas, kit: ChartKit) -> None:
        """Draw gridlines with their numbers at the left edge, and the line at zero."""
        for tick, text in self.ticks:
            y = self.scale(tick)
            canvas.middle(Placed(text, self.area.left - GAP, y, kit.palette.muted, "right"))
            if tick != 0:
                canvas.rule(Rectangle(self.area.left, y - 1, self.area.right, y + 1), kit.palette.line)
        canvas.rule(Rectangle(self.area.left, self.zero - 1, self.area.right, self.zero + 1), kit.palette.muted)


def plot_for(numbers: Sequence[Decimal], count: int, area: Rectangle, gap: float = 0.34) -> Plot:
    """Return the plot of columns in an area, without an axis: its scale holds zero and all numbers."""
    return Plot(Band(count, area.left, area.right, gap), linear(numbers, area.bottom, area.top), area)


def plot_with_axis(plot: Plot, writer: Writer, kit: ChartKit) -> Plot:
    """Return a plot with an axis at its left: a scale of round ticks, written alike, the unit behind the topmost."""
    scale, ticks = with_ticks(plot.scale, 5 if plot.area.height > 300 else 4)
    style = TextStyle(LEAST, kit.look.weight("body", 500))
    words = axis_writer(ticks, writer)
    texts = [one_line(Label.plain(words.text(tick)), kit.ruler, style) for tick in ticks]
    left = plot.area.left + max(text.width for text in texts) + GAP
    area = Rectangle(left, plot.area.top, plot.area.right, plot.area.bottom)
    band = Band(plot.band.count, left, area.right, plot.band.gap)
    return Plot(band, scale, area, tuple(zip(ticks, texts, strict=True)))


def axis_width(numbers: Sequence[Decimal], writer: Writer, kit: ChartKit) -> float:
    """Return the width that an axis will take at the left, whatever the height of its plot."""
    style = TextStyle(LEAST, kit.look.weight("body", 500))
    widths = [0.0]
    for most in (4, 5):
        _, ticks = with_ticks(linear(numbers, 0, 1), most)
        words = axis_writer(ticks, writer)
        widths += [kit.ruler.width(words.text(tick), style) for tick in ticks]
    return max(widths) + GAP


def axis_writer(ticks: Sequence[Decimal], writer: Writer) -> Writer:
    """Return the writer of ticks: as few decimals as tell them apart, large numbers with a scale word."""
    largest = max(abs(tick) for tick in ticks)
    style = {"rupiah": "short-rupiah", "number": "short" if largest >= LARGE else "number"}.get(
        writer.style, writer.style
    )
    behind = max(max(0, -int(tick.normalize().as_tuple().exponent)) for tick in ticks)
    return replace(writer, style=style, decimals=behind if style in {"number", "percent"} else 2, fixed=False)
