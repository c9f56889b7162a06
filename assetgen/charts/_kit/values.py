"""Colour and label single values: what is highlighted, what is missing, and where a line of comparison runs."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from assetgen.charts._kit.canvas import Canvas, Placed
from assetgen.charts._kit.chart import ChartKit
from assetgen.charts._kit.numbers import Writer
from assetgen.charts._kit.options import Options
from assetgen.charts._kit.rows import Category, Data, Label, Point
from assetgen.charts._kit.scales import Linear
from assetgen.charts._kit.text import LEAST, Text, fit, one_line
from assetgen.charts._kit.words import word
from assetgen.look import TextStyle
from assetgen.model import Rectangle


def colour_of(category: Category, data: Data, kit: ChartKit) -> str:
    """Return the colour of a bar: the highlighted one in the data colour and the rest grey, else all alike.

    What was added up is always grey; below zero the accent, where nothing is highlighted.
    """
    if category.rest or (data.highlighted and not category.mine):
        return kit.palette.soft
    return kit.palette.accent if (category.number or 0) < 0 and not category.mine else kit.palette.data


def number_labels(data: Data, writer: Writer, kit: ChartKit) -> list[Label]:
    """Return what stands at each first number: the number, the unit behind the first one, or that it is missing."""
    labels: list[Label] = []
    unit = True
    for category in data.categories:
        if category.number is None:
            labels.append(Label.plain(word("not-available", kit.language)))
            continue
        labels.append(writer.label(category.point, unit))
        unit = False
    return labels


@dataclass(frozen=True, slots=True)
class Reference:
    """A value that the others are compared with, and its label."""

    number: Decimal
    label: Text

    @classmethod
    def of(cls, options: Options, kit: ChartKit, writer: Writer) -> Reference | None:
        """Return the line that the options ask for, if any: its label holds its number as a fact."""
        value = options.number("reference")
        if value is None or not isinstance(value.data, Decimal):
            return None
        number = writer.label(Point(value))
        words = options.text("reference_label")
        label = Label(f"{words} {number.text}", Markup("{} {}").format(words, number.markup)) if words else number
        style = TextStyle(max(LEAST, kit.size - 4), kit.look.weight("body", 600))
        text = one_line(label, kit.ruler, style)
        if text.width > kit.width and (above := fit(Label.plain(words), kit.width, kit.ruler, style)):
            below = one_line(number, kit.ruler, style)
            text = Text((*above.lines, *below.lines), max(above.width, below.width), style)
        return cls(value.data, text)

    @property
    def head(self) -> float:
        """Return the height that its label needs above the chart."""
        return self.label.height + 10

    def draw_label(self, canvas: Canvas, x: float, kit: ChartKit) -> None:
        """Write the label above the line at `x`, as near as the edges of the chart allow."""
        left = min(max(0.0, x - self.label.width / 2), kit.width - self.label.width)
        canvas.text(Placed(self.label, left, 0, kit.palette.ink))


@dataclass(frozen=True, slots=True)
class Level:
    """A value that columns or lines are compared with: a line across the plot, its label at the right end."""

    number: Decimal
    text: Text

    @classmethod
    def of(cls, options: Options, kit: ChartKit, writer: Writer) -> Level | None:
        """Return the line that the options ask for, if any; its label takes at most a quarter of the width."""
        value = options.number("reference")
        if value is None or not isinstance(value.data, Decimal):
            return None
        style = TextStyle(LEAST, kit.look.weight("body", 600))
        number = one_line(writer.label(Point(value)), kit.ruler, style)
        words = fit(Label.plain(options.text("reference_label")), 0.25 * kit.width, kit.ruler, style, 3)
        if words is None or not options.text("reference_label"):
            return cls(value.data, number)
        return cls(value.data, Text((*words.lines, *number.lines), max(words.width, number.width), style))

    def draw(self, canvas: Canvas, scale: Linear, ends: tuple[float, float], kit: ChartKit) -> None:
        """Draw the line over the marks, from the left to the right end of the plot, and its label beside it."""
        y = scale(self.number)
        canvas.over(Rectangle(ends[0], y - 1.5, ends[1], y + 1.5), kit.palette.ink)
        top = min(max(0.0, y - self.text.height / 2), kit.height - self.text.height)
        canvas.text(Placed(self.text, ends[1] + 10, top, kit.palette.ink))
