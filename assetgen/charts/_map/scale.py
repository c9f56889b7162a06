"""Colour a map by classes: numbers and options go in, a colour for each number and their legend come out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from types import MappingProxyType

from assetgen.charts._kit.canvas import Canvas, Placed
from assetgen.charts._kit.chart import ChartKit
from assetgen.charts._kit.colours import Palette, diverging, sequential, told_apart
from assetgen.charts._kit.numbers import Writer
from assetgen.charts._kit.options import Options
from assetgen.charts._kit.rows import Label
from assetgen.charts._kit.text import LEAST, Text, one_line
from assetgen.charts._map.words import map_word
from assetgen.facts import number_value
from assetgen.geography.classes import METHODS, MOST_CLASSES, Classes, classify, diverging_classes, given_classes
from assetgen.look import TextStyle
from assetgen.model import Rectangle

SCALE_OPTIONS: Mapping[str, str] = MappingProxyType(
    {
        "method": "how numbers are sorted into classes: natural (breaks, default), quantile or equal",
        "classes": "number of classes, 2 to 7; 5 when left out",
        "edges": "numbers between the classes, instead of a method; a value on an edge belongs above it",
        "middle": "a number at which two ramps of colour meet: 0 for growth and decline, the average of the nation",
    }
)
BAND, BESIDE, BETWEEN = 24.0, 28.0, 16.0


@dataclass(frozen=True)
class ColourScale:
    """Classes and their colours, low to high."""

    classes: Classes
    colours: tuple[str, ...]

    def colour(self, number: Decimal) -> str:
        """Return the colour of a number."""
        return self.colours[self.classes.of(number)]


def colour_scale(numbers: tuple[Decimal, ...], options: Options, kit: ChartKit) -> ColourScale:
    """Return the scale that the options ask for; raises LayoutError when there are no numbers."""
    if not numbers:
        raise kit.refuse("no region has a number", "a map needs at least one")
    method, count = options.choice("method", METHODS), options.count("classes", 5, 2, MOST_CLASSES)
    middle = options.number("middle")
    if "edges" in options:
        classes = given_classes(numbers, _edges(options, kit))
        return ColourScale(classes, sequential(kit.palette, classes.count))
    if middle is None or not isinstance(middle.data, Decimal):
        classes = classify(numbers, method, count)
        return ColourScale(classes, sequential(kit.palette, classes.count))
    classes, below = diverging_classes(numbers, method, count, middle.data)
    above = classes.count - below
    ramp = two_sided(kit.palette, 2 * max(below, above))
    half = len(ramp) // 2
    return ColourScale(classes, ramp[half - below : half + above])


def two_sided(palette: Palette, count: int) -> tuple[str, ...]:
    """Return a diverging ramp whose ends all eyes tell apart; some brands have one colour for data and accent."""
    ends = (palette.accent, palette.ink, palette.soft)
    below = next((one for one in ends if told_apart((one, palette.data))), palette.ink)
    return diverging(replace(palette, accent=below), count)


def _edges(options: Options, kit: ChartKit) -> list[Decimal]:
    given = options.given["edges"]
    numbers = [number_value(one) for one in given] if isinstance(given, (list, tuple)) else [None]
    if None in numbers:
        raise kit.refuse("edges takes a list of numbers", "edges=[10, 20, 50]")
    return [one.data for one in numbers if one and isinstance(one.data, Decimal)]


def edge_writer(edges: tuple[Decimal, ...], writer: Writer) -> Writer:
    """Return the writer with as many decimals as show every edge exactly, six at most."""
    exact = replace(writer, decimals=6)
    behind = [re.search(r"[.,](\d{6})(?!\d)", exact.text(edge)) for edge in edges]
    return replace(writer, decimals=max((len(found[1].rstrip("0")) for found in behind if found), default=0))


@dataclass(frozen=True)
class BandLegend:
    """The classes as a band of colours with their edges below the joints, and a swatch for missing values."""

    scale: ColourScale
    numbers: tuple[Text, ...]
    missing: Text | None
    unit: Text | None
    steps: tuple[float, ...]

    @property
    def height(self) -> float:
        """Return the height of the legend."""
        return BAND + 6 + max(text.height for text in self.numbers)

    def draw(self, canvas: Canvas, left: float, top: float, kit: ChartKit) -> Rectangle:
        """Draw the legend and return its area."""
        colours = self.scale.colours
        joints = [left + sum(self.steps[:number]) for number in range(len(colours) + 1)]
        right = joints[-1]
        for colour, (start, end) in zip(colours, pairwise(joints), strict=True):
            canvas.swatch(Rectangle(start, top, end, top + BAND), colour)
        for number, text in enumerate(self.numbers):
            if not text.lines:
                continue
            anchor = "left" if number == 0 else "right" if number == len(colours) else "center"
            canvas.text(Placed(text, joints[number], top + BAND + 6, kit.palette.muted, anchor))  # type: ignore[arg-type]  # one of three words
        if self.unit:
            canvas.text(Placed(self.unit, right + BESIDE, top + BAND + 6, kit.palette.muted))
        if self.missing:
            start = right + BESIDE
            canvas.swatch(Rectangle(start, top, start + BAND, top + BAND), kit.palette.soft, hatched=True)
            canvas.middle(Placed(self.missing, start + BAND + 12, top + BAND / 2, kit.palette.ink))
        return Rectangle(left, top, kit.width, top + self.height)


def band_legend(scale: ColourScale, writer: Writer, without: int, kit: ChartKit) -> BandLegend:
    """Return the legend of a scale, as wide as its edges need and the chart allows."""
    style = TextStyle(max(LEAST, kit.size - 6), kit.look.weight("body", 500))
    classes = scale.classes
    edges = edge_writer(classes.edges, writer) if classes.edges else writer
    ends = [writer.text(classes.low), *(edges.text(edge) for edge in classes.edges), writer.text(classes.high)]
    numbers = tuple(one_line(Label.plain(text), kit.ruler, style) for text in ends)
    nothing = Text((), 0, style)
    missing = one_line(Label.plain(map_word("no-data", kit.language)), kit.ruler, style) if without else None
    unit = one_line(Label.plain(writer.unit), kit.ruler, style) if writer.unit else None
    beside = max(missing.width + BAND + 12 if missing else 0, unit.width if unit else 0)
    room = kit.width - (beside + BESIDE if beside else 0)
    halves = [text.width / 2 for text in numbers]
    halves[0], halves[-1] = numbers[0].width, numbers[-1].width
    least = [one + other + BETWEEN for one, other in pairwise(halves)]
    if sum(least) > room and len(least) > 2:
        # Without the two ends the edges still tell the classes.
        numbers = (nothing, *numbers[1:-1], nothing)
        least = [24 + halves[1], *least[1:-1], 24 + halves[-2]]
    if sum(least) > room:
        raise kit.refuse("the edges of the classes are too long for the legend", "use fewer classes, or style='short'")
    even = min(room / len(least), max(*least, 96.0))
    steps = (even,) * len(least) if max(least) <= even else least
    return BandLegend(scale, numbers, missing, unit, tuple(steps))
