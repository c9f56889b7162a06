"""Lay out charts of rows: names and the room for them go in, lanes with names beside or above the marks come out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assetgen.charts._kit.canvas import Canvas, Placed
from assetgen.charts._kit.chart import ChartKit
from assetgen.charts._kit.foot import Legend, foot
from assetgen.charts._kit.options import Options
from assetgen.charts._kit.rest import Kept, keep
from assetgen.charts._kit.rows import Category, Data, Label
from assetgen.charts._kit.text import LEADING, LEAST, WANTED, Text, fit_all, fit_beneath
from assetgen.errors import LayoutError
from assetgen.look import TextStyle
from assetgen.model import Rectangle

GAP = 14.0
STUB = 88.0
# A note farther above or below its mark than this would stand at another row.
NEAR = 64.0
# Names take at most this share of the width beside their marks, and marks keep at least the other one.
NAMES, MARKS = 0.4, 0.3
BONUS = 6.0
NAMES_FLAT, MARKS_FLAT = 0.5, 0.17


@dataclass(frozen=True, slots=True)
class Lanes:
    """Rows from `top` downwards, `pitch` apart; marks lie between `left` and `right`, `thickness` high."""

    names: tuple[Text, ...]
    beside: bool
    left: float
    right: float
    top: float
    pitch: float
    thickness: float
    size: float

    def middle(self, number: int) -> float:
        """Return the middle of the marks of a row, counted from 0."""
        start = self.top + number * self.pitch
        return start + self.pitch / 2 if self.beside else start + self._name_height + self.thickness / 2

    @property
    def bottom(self) -> float:
        """Return the lower edge of the last row."""
        return self.top + len(self.names) * self.pitch

    @property
    def _name_height(self) -> float:
        return max(text.height for text in self.names) + 0.2 * self.size

    def draw_number(self, canvas: Canvas, row: int, text: Text, ink: str, of: int | None = None) -> None:
        """Write a number at the right end of the line of a name that stands above its marks."""
        canvas.text(Placed(text, self.right, self.top + row * self.pitch, ink, "right", of))

    def draw_names(self, canvas: Canvas, categories: Sequence[Category], kit: ChartKit, lively: bool) -> None:
        """Write the names; `lively` sets those that are not highlighted in the quiet ink.

        Notes stay off what is above the rows and off the column of names: there they would seem to be about others.
        """
        canvas.near = NEAR
        canvas.keep_clear(Rectangle(0, 0, canvas.width, self.top))
        canvas.keep_clear(Rectangle(0, 0, self.left, self.bottom))
        for number, (text, category) in enumerate(zip(self.names, categories, strict=True)):
            quiet = lively and not category.mine
            colour = kit.palette.muted if quiet else kit.palette.ink
            placed = Placed(text, 0, self.middle(number), colour)
            if self.beside:
                canvas.middle(placed)
            else:
                self._draw_above(canvas, text, self.top + number * self.pitch, colour)

    @staticmethod
    def _draw_above(canvas: Canvas, text: Text, top: float, colour: str) -> None:
        """Write a name above its marks, each line by itself: the second may run below the number of the first."""
        for line in text.lines:
            width = canvas.ruler.width(line.unescape(), text.style) if len(text.lines) > 1 else text.width
            canvas.text(Placed(Text((line,), width, text.style), 0, top, colour))
            top += text.leading


@dataclass(frozen=True, slots=True)
class Need:
    """What a chart wants of its lanes: room at the top, room for numbers, and how thick its marks are.

    `reserve` tells the width of the widest number for a font size, `reserve_above` where it stands on the line of a
    name; `thick` is a share of the pitch. Marks take at
    least the share `marks` of the width, and are at least `least` and about at most `most` font sizes high. `above`
    asks for names above the marks, whatever their length; `extra` holds sentences for the foot.
    """

    reserve: Callable[[float], float]
    head: float = 0
    thick: float = 0.62
    least: float = 0.36
    most: float = 2.2
    marks: float = 0
    reserve_above: Callable[[float], float] | None = None
    above: bool = False
    hatched: bool = False
    extra: tuple[str, ...] = ()


def fit_lanes(data: Data, options: Options, kit: ChartKit, need: Need) -> tuple[Kept, Lanes, Legend]:
    """Return as many rows as fit in order, their lanes, and the foot below; raises LayoutError when not even two do."""
    count = len(data.categories)
    for room in range(min(count, int(kit.height / (LEAST * LEADING))), min(count, 2) - 1, -1):
        try:
            kept = keep(data, room, options, kit.language)
        except LayoutError:
            if options.text("rest") == "refuse" or room < 2:
                raise
            continue
        below = foot(kept, kit, need.extra, need.hatched)
        lanes = lanes_for(kept.data, kit, need, kit.height - below.height)
        if lanes:
            return kept, lanes, below
    raise kit.refuse("not even two rows fit with their names")


def lanes_for(data: Data, kit: ChartKit, need: Need, bottom: float) -> Lanes | None:
    """Return the lanes between the head and `bottom` in the largest size that fits; None when the least does not."""
    sizes = _sizes(len(data.categories), kit)
    # Names beside their marks are read faster: they may be a little smaller than names above them.
    tries = [(size + BONUS, True, size) for size in sizes if not need.above] + [(size, False, size) for size in sizes]
    for _, beside, size in sorted(tries, reverse=True):
        lanes = (_beside if beside else _above)(data, kit, need, bottom, size)
        if lanes:
            return lanes
    return None


def _sizes(count: int, kit: ChartKit) -> list[float]:
    largest = kit.size + (8 if count <= 3 else 4 if count <= 5 else 0)
    sizes = [largest - 2 * step for step in range(int((largest - WANTED) / 2) + 1)]
    return [*sizes, LEAST] if WANTED in sizes else [*sizes, WANTED, LEAST]


def _set(data: Data, kit: ChartKit, width: float, size: float, lines: int) -> tuple[Text, ...] | None:
    style = TextStyle(size, kit.look.weight("body", 500))
    strong = TextStyle(size, kit.look.weight("body", 700))
    texts: list[Text] = []
    for category in data.categories:
        text = fit_all([category.label], width, kit.ruler, strong if category.mine else style, lines)
        if text is None:
            return None
        texts += text
    return tuple(texts)


def _beneath(data: Data, kit: ChartKit, width: float, size: float) -> tuple[Text, ...] | None:
    """Return names whose second lines run below the numbers, over the whole width; None when one does not fit."""
    texts: list[Text] = []
    for one in data.categories:
        style = TextStyle(size, kit.look.weight("body", 700 if one.mine else 500))
        text = fit_beneath(one.label, (width, kit.width), kit.ruler, style)
        if text is None:
            return None
        texts.append(text)
    return tuple(texts)


def _too_high(data: Data, need: Need, bottom: float, least: float) -> bool:
    """Tell whether not even rows of the least height fit, before their names are set."""
    return len(data.categories) * least > bottom - need.head + len(data.categories)


def _beside(data: Data, kit: ChartKit, need: Need, bottom: float, size: float) -> Lanes | None:
    if _too_high(data, need, bottom, max(LEADING, need.least) * size + 0.3 * size):
        return None
    names = _set(data, kit, (NAMES_FLAT if kit.flat else NAMES) * kit.width, size, 2)
    if names is None:
        return None
    left, share = round(max(text.width for text in names)) + GAP + 4, MARKS_FLAT if kit.flat else MARKS
    room = bottom - need.head
    pitch = min(room / len(names), (2.4 + 1.3 * need.most) * size)
    if max(*(text.height for text in names), need.least * size) + 0.3 * size > pitch:
        return None
    if kit.width - left - need.reserve(size) < (need.marks or share) * kit.width:
        return None
    thickness = round(min(max(need.thick * pitch, need.least * size), 1.25 * need.most * size))
    return Lanes(names, True, left, kit.width, need.head, pitch, thickness, size)


def _above(data: Data, kit: ChartKit, need: Need, bottom: float, size: float) -> Lanes | None:
    if _too_high(data, need, bottom + 0.3 * size, (LEADING - 0.05 + need.least + 0.5) * size):
        return None
    width = kit.width - (need.reserve_above or need.reserve)(size) - 24
    names = _set(data, kit, width, size, 1) or _set(data, kit, width, size, 2) or _beneath(data, kit, width, size)
    if names is None:
        return None
    pitch = min((bottom - need.head + 0.3 * size) / len(names), (2.8 + 0.6 * need.most + need.least) * size)
    height = max(text.height for text in names) + 0.2 * size
    if height + need.least * size + 0.3 * size > pitch:
        return None
    thickness = round(min(max(need.least * size, 0.6 * (pitch - height)), max(0.5 * need.most, need.least) * size))
    return Lanes(names, False, 0, kit.width, need.head, pitch, thickness, size)


def value_style(lanes: Lanes, kit: ChartKit, strong: bool = False) -> TextStyle:
    """Return the style of numbers in lanes."""
    return TextStyle(lanes.size, kit.look.weight("body", 700 if strong else 600))


def widest_of(labels: Sequence[Label], kit: ChartKit) -> Callable[[float], float]:
    """Return what tells the width of the widest of any labels for a font size, with the gap in front of it."""
    style = TextStyle(1, kit.look.weight("body", 700))
    width = max((kit.ruler.width(label.text, style) for label in labels), default=0)
    return lambda size: width * size + GAP


def widest(labels: Sequence[Label], data: Data, kit: ChartKit) -> Callable[[float], float]:
    """Return what tells the width of the widest number for a font size, with the gap in front of it.

    The words of a missing value stand where its bar would be, behind a short stub, and so need less.
    """
    style = TextStyle(1, kit.look.weight("body", 700))
    widths = [
        (kit.ruler.width(label.text, style), one.number) for label, one in zip(labels, data.categories, strict=True)
    ]
    there = max((width for width, number in widths if number is not None), default=0)
    missing = max((width for width, number in widths if number is None), default=0)
    stub = STUB / 2 + GAP - MARKS_FLAT * kit.width
    return lambda size: max(there * size + GAP, missing * size + stub)
