"""Draw the frame of a chart along an axis: gridlines with their values, and the moments or names below them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import escape

from assetgen.charts._kit.canvas import Canvas, Placed
from assetgen.charts._kit.chart import ChartKit
from assetgen.charts._kit.rows import Data, Label
from assetgen.charts._kit.scales import Linear
from assetgen.charts._kit.text import LEAST, Text, one_line
from assetgen.charts._series.moments import Moments, Tick
from assetgen.charts._series.steps import Axis
from assetgen.facts import fact
from assetgen.look import TextStyle
from assetgen.model import Rectangle

TICK, TICK_GAP, BESIDE, APART = 10.0, 8.0, 16.0, 22.0


@dataclass(frozen=True)
class Plot:
    """Where a chart is drawn: the area between its axes, the scale of values and the place of every category."""

    area: Rectangle
    axis: Axis
    moments: Moments

    @property
    def y(self) -> Linear:
        """Return the scale of values."""
        return Linear(self.axis.low, self.axis.high, self.area.bottom, self.area.top)

    def x(self, index: int) -> float:
        """Return where a category stands."""
        return self.area.left + self.moments.places[index] * self.area.width


def note_style(kit: ChartKit) -> TextStyle:
    """Return the style of what stands along axes."""
    return TextStyle(max(LEAST, kit.size - 4), kit.look.weight("body", 500))


def gutter(axis: Axis, kit: ChartKit) -> float:
    """Return the width that the labels of an axis of values take, with their distance."""
    style = note_style(kit)
    return max(kit.ruler.width(label, style) for label in axis.labels) + BESIDE


def last_tick(moments: Moments, kit: ChartKit) -> float:
    """Return the width of the last label below the plot, half of which reaches beyond its end."""
    tick = moments.ticks(2)[-1]
    widths = (kit.ruler.width(text, note_style(kit)) for text in (tick.label, tick.below))
    return max(widths) if tick.place > 0.9 else 0


def above(axis: Axis, kit: ChartKit) -> float:
    """Return the height that the caption of an axis takes, or half a label of its top tick."""
    line = one_line(Label.plain("0"), kit.ruler, note_style(kit)).leading
    return line * 1.5 + 10 if axis.caption else line / 2


def below(moments: Moments, kit: ChartKit) -> float:
    """Return the height that the labels of the moments take."""
    line = one_line(Label.plain("0"), kit.ruler, note_style(kit)).leading
    return TICK + TICK_GAP + line * (2 if any(tick.below for tick in moments.ticks(6)) else 1)


def draw_values(canvas: Canvas, plot: Plot, kit: ChartKit) -> None:
    """Draw a gridline at each tick, its label beside it, and the caption above; zero is drawn stronger."""
    style, colours = note_style(kit), kit.palette
    for tick, label in zip(plot.axis.ticks, plot.axis.labels, strict=True):
        height = round(plot.y(tick))
        zero = tick == 0
        thick = 3 if zero else 2
        area = Rectangle(plot.area.left, height - thick / 2, plot.area.right, height + thick / 2)
        canvas.rule(area, colours.muted if zero else colours.line)
        text = one_line(Label.plain(label), kit.ruler, style)
        canvas.middle(Placed(text, plot.area.left - BESIDE, height, colours.muted, "right"))
    if plot.axis.caption:
        text = one_line(Label.plain(plot.axis.caption), kit.ruler, style)
        canvas.text(Placed(text, 0, 0, colours.muted))


def draw_moments(canvas: Canvas, plot: Plot, data: Data, kit: ChartKit) -> None:
    """Draw a tick and a label at each moment that has room, the last one first; the same year is said once."""
    style, colours = note_style(kit), kit.palette
    taken = plot.area.right + 10 * plot.area.width
    for tick in reversed(_fitting(plot, kit)):
        middle = plot.area.left + tick.place * plot.area.width
        lines = [_tick_label(tick, data)] + ([Label.plain(tick.below)] if tick.below else [])
        texts = [one_line(label, kit.ruler, style) for label in lines]
        width = max(text.width for text in texts)
        left = min(max(middle - width / 2, 0), canvas.width - width)
        if left + width + APART > taken:
            continue
        taken = left
        centre = left + width / 2
        canvas.rule(Rectangle(middle - 1, plot.area.bottom, middle + 1, plot.area.bottom + TICK), colours.line)
        _stack(canvas, texts, centre, plot.area.bottom + TICK + TICK_GAP, colours.muted)


def _stack(canvas: Canvas, texts: Sequence[Text], centre: float, top: float, colour: str) -> None:
    for text in texts:
        canvas.text(Placed(text, centre, top, colour, "center"))
        top += text.leading


def _fitting(plot: Plot, kit: ChartKit) -> tuple[Tick, ...]:
    """Return as many ticks as have room beside one another."""
    style = note_style(kit)
    for most in range(min(13, len(plot.moments.places) or 1), 1, -1):
        ticks = plot.moments.ticks(most)
        widths = [kit.ruler.width(tick.label, style) for tick in ticks]
        places = [tick.place * plot.area.width for tick in ticks]
        rooms = [
            after - before - (first + second) / 2
            for before, after, first, second in zip(places, places[1:], widths, widths[1:], strict=False)
        ]
        if not rooms or min(rooms) >= APART:
            return ticks
    return plot.moments.ticks(2)


def _tick_label(tick: Tick, data: Data) -> Label:
    """Return the label of a tick; where it stands at a point of the data it is a fact of that cell."""
    if tick.index is None:
        return Label.plain(tick.label)
    own = data.categories[tick.index].label
    if own.value.kind in {"text", "boolean"}:
        return Label(tick.label, escape(tick.label), own.value)
    return Label(tick.label, fact(tick.label, own.value), own.value)
