"""Put a chart on its canvas: marks as boxes and small drawings, labels as text at measured places; markup comes out.

Every element is placed absolutely and styled in itself, so that a chart looks the same in any layout. Marks carry
`data-mark` (their number in the order of reveal) and `data-grow` (from where they grow), labels `data-frame`, and where
a label belongs to a mark `data-of`. Boxes lie on whole pixels, so that both engines draw them alike. A canvas
knows what stands where, and which marks have a name (`spot`): that is what notes are placed by.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from markupsafe import Markup

from assetgen.charts._kit.rows import Label
from assetgen.charts._kit.text import Text
from assetgen.errors import LayoutError
from assetgen.look import Ruler
from assetgen.model import Rectangle

Grow = Literal["right", "left", "up", "down", "fade", "draw"]
Anchor = Literal["left", "center", "right"]
# A text box is wider than its text, for kerning and rounding; the text itself keeps its place.
SLACK = 0.03
HATCH_STEP = 12
# How far above or below its mark a note may stand; in charts of rows it is less.
FAR = 140.0


@dataclass(frozen=True, slots=True)
class Placed:
    """A text, where it stands, and in which colour; `of` is the mark that it belongs to."""

    text: Text
    x: float
    y: float
    colour: str
    anchor: Anchor = "left"
    of: int | None = None

    @property
    def area(self) -> Rectangle:
        """Return the rectangle that the lines fill."""
        left = self.x - {"left": 0.0, "center": 0.5, "right": 1.0}[self.anchor] * self.text.width
        return Rectangle(left, self.y, left + self.text.width, self.y + self.text.height)


@dataclass(frozen=True, slots=True)
class Spot:
    """What a note can be about: its name, its area, its marks, and the colour of one that a note may stand in.

    `fill` is None where the area is that of a label, on which no pin has a place; `several` says that it joins areas.
    """

    name: Label
    area: Rectangle
    marks: tuple[int, ...] = ()
    fill: str | None = ""
    several: bool = False


class Canvas:
    """Collect what a chart draws. It lives for one drawing; `markup` is the whole chart."""

    def __init__(self, width: float, height: float, ruler: Ruler) -> None:
        """Take the size of the chart, in CSS pixels, and the ruler of its fonts."""
        self.width, self.height, self.ruler = width, height, ruler
        self.marks = 0
        self.labels: list[Placed] = []
        self.spots: dict[str, Spot] = {}
        self.taken: list[Rectangle] = []
        self.noted = False
        self.unwritten = ""
        self.near = FAR
        self._under: list[Markup] = []
        self._shapes: list[Markup] = []
        self._texts: list[Markup] = []

    def next_mark(self) -> int:
        """Return the number of a new mark."""
        self.marks += 1
        return self.marks

    def spot(self, name: Label, area: Rectangle, mark: int | None = None, fill: str | None = "") -> None:
        """Say what a mark is called, so that a note finds it; areas of the same name are joined."""
        marks = (mark,) if mark else ()
        known = self.spots.get(name.text)
        joined = known and replace(known, area=known.area.union(area), marks=(*known.marks, *marks), several=True)
        self.spots[name.text] = joined or Spot(name, area, marks, fill)

    def keep_clear(self, area: Rectangle) -> None:
        """Keep notes off an area."""
        self.taken.append(area)

    def covers(self, areas: Iterable[Rectangle]) -> None:
        """Say that the last drawing fills only these areas, as a thin line does."""
        self.taken[-1:] = areas

    def rule(self, area: Rectangle, colour: str) -> None:
        """Draw a line of the frame, below all marks."""
        self._under.append(self._div(area, f"background:{colour}", 'data-frame="rule"'))

    def over(self, area: Rectangle, colour: str) -> None:
        """Draw a line of the frame above the marks drawn so far, such as a value that they are compared with."""
        self.taken.append(area)
        self._shapes.append(self._div(area, f"background:{colour}", 'data-frame="rule"'))

    def field(self, area: Rectangle, colour: str, radius: str = "0") -> None:
        """Draw an area of the frame, below all marks: the track of a bar, a band in the background."""
        self.taken.append(area)
        self._under.append(self._div(area, f"background:{colour};border-radius:{radius}", 'data-frame="field"'))

    def box(
        self, area: Rectangle, colour: str, grow: Grow = "right", radius: str = "0", mark: int | None = None
    ) -> int:
        """Draw a mark that is a box, and return its number; `radius` is CSS, `mark` joins it to an earlier one."""
        self.taken.append(area)
        number = mark or self.next_mark()
        style = f"background:{colour}" + (f";border-radius:{radius}" if radius != "0" else "")
        self._shapes.append(self._div(area, style, _as_mark(number, grow)))
        return number

    def hatch(self, area: Rectangle, colour: str, grow: Grow = "fade") -> int:
        """Draw the sign of a missing value, hatched and outlined, and return the number of its mark."""
        self.taken.append(area)
        number = self.next_mark()
        self._shapes.append(self._hatched(area, colour, _as_mark(number, grow)))
        return number

    def swatch(self, area: Rectangle, colour: str, hatched: bool = False) -> None:
        """Draw the sample of a legend entry, as part of the frame."""
        self.taken.append(area)
        if hatched:
            self._shapes.append(self._hatched(area, colour, 'data-frame="legend"'))
        else:
            self._shapes.append(self._div(area, f"background:{colour}", 'data-frame="legend"'))

    def drawing(self, area: Rectangle, shapes: str, grow: Grow = "draw", mark: int | None = None) -> int:
        """Draw SVG shapes as one mark, and return its number.

        Shapes have their coordinates on the canvas; only `area` of it is painted, so keep it close around them.
        Colours are attributes: CSS does not reach into inline SVG.
        """
        self.taken.append(area)
        number = mark or self.next_mark()
        self._shapes.append(self._svg(area, shapes, _as_mark(number, grow)))
        return number

    def over_drawing(self, area: Rectangle, shapes: str) -> None:
        """Draw SVG shapes as part of the frame, above the marks drawn so far."""
        self.taken.append(area)
        self._shapes.append(self._svg(area, shapes, 'data-frame="drawing"'))

    def frame_drawing(self, area: Rectangle, shapes: str) -> None:
        """Draw SVG shapes as part of the frame, below all marks: leader lines, brackets, outlines."""
        self._under.append(self._svg(area, shapes, 'data-frame="drawing"'))

    def text(self, placed: Placed) -> Rectangle:
        """Set a text and return the area of its lines; raises LayoutError when it would leave the chart."""
        area = placed.area
        if area.outside(Rectangle(0, 0, self.width, self.height)) > 1:
            words = " ".join(Markup(line).striptags() for line in placed.text.lines)
            raise LayoutError(
                f"the chart has no room for '{words[:60]}'", hint="give it a larger box, or shorter names"
            )
        self.labels.append(placed)
        slack = max(4.0, placed.text.width * SLACK)
        left = {"left": 0.0, "center": 0.5, "right": 1.0}[placed.anchor]
        box = Rectangle(area.left - left * slack, area.top, area.right + (1 - left) * slack, area.bottom)
        style = placed.text.style
        css = (
            f"margin:0;white-space:nowrap;font-family:var(--font-{style.role});font-size:{style.size:g}px;"
            f"font-weight:{style.weight};line-height:{placed.text.leading:g}px;letter-spacing:0;"
            f"text-align:{placed.anchor};color:{placed.colour};font-variant-numeric:lining-nums tabular-nums"
        )
        role = f'data-frame="label"{f" data-of={chr(34)}{placed.of}{chr(34)}" if placed.of else ""}'
        lines = Markup("<br>").join(placed.text.lines)
        self._texts.append(Markup(f'<p {role} style="{_place(box, whole=False)};{css}">{{}}</p>').format(lines))
        return area

    def middle(self, placed: Placed) -> Rectangle:
        """Set a text whose `y` is the middle of its capitals and figures, as the eye sees it."""
        text = placed.text
        first = self.ruler.baseline(text.style, text.leading) - self.ruler.capitals(text.style) / 2
        centre = first + text.leading * (len(text.lines) - 1) / 2
        return self.text(Placed(text, placed.x, placed.y - centre, placed.colour, placed.anchor, placed.of))

    def on_baseline(self, placed: Placed) -> Rectangle:
        """Set a text whose `y` is the baseline of its first line."""
        text = placed.text
        top = placed.y - self.ruler.baseline(text.style, text.leading)
        return self.text(Placed(text, placed.x, top, placed.colour, placed.anchor, placed.of))

    def markup(self, kind: str) -> Markup:
        """Return the whole chart as one element."""
        inside = Markup("").join((*self._under, *self._shapes, *self._texts))
        style = f"position:relative;flex:0 0 auto;width:{self.width:g}px;height:{self.height:g}px"
        role = Markup(' data-unwritten="{}"').format(self.unwritten) if self.unwritten else ""
        return Markup(f'<div class="chart chart-{kind}" data-chart="{kind}"{role} style="{style}">{inside}</div>')

    @staticmethod
    def _div(area: Rectangle, style: str, role: str) -> Markup:
        return Markup(f'<div {role} style="{_place(area)};{style}"></div>')

    @staticmethod
    def _svg(area: Rectangle, shapes: str, role: str) -> Markup:
        left, top, width, height = _whole(area)
        view = f'viewBox="{left} {top} {width} {height}" width="{width}" height="{height}"'
        return Markup(
            f'<svg xmlns="http://www.w3.org/2000/svg" {role} {view} fill="none" aria-hidden="true" '
            f'style="{_place(area)};display:block">{shapes}</svg>'
        )

    def _hatched(self, area: Rectangle, colour: str, role: str) -> Markup:
        left, top, width, height = _whole(area)
        right, bottom = left + width, top + height
        lines = []
        for offset in range(HATCH_STEP // 2, width + height, HATCH_STEP):
            x1, y1 = (left + offset, top) if offset <= width else (right, top + offset - width)
            x2, y2 = (left, top + offset) if offset <= height else (left + offset - height, bottom)
            lines.append(f"M{x1} {y1}L{x2} {y2}")
        outline = f'<rect x="{left + 1}" y="{top + 1}" width="{max(width - 2, 1)}" height="{max(height - 2, 1)}"/>'
        shapes = f'<g stroke="{colour}" stroke-width="2"><path d="{"".join(lines)}"/>{outline}</g>'
        return self._svg(area, shapes, role)


def _as_mark(number: int, grow: Grow) -> str:
    return f'data-mark="{number}" data-grow="{grow}"'


def _whole(area: Rectangle) -> tuple[int, int, int, int]:
    left, top = round(area.left), round(area.top)
    return left, top, max(1, round(area.right) - left), max(1, round(area.bottom) - top)


def _place(area: Rectangle, whole: bool = True) -> str:
    if whole:
        left, top, width, height = _whole(area)
        return f"position:absolute;left:{left}px;top:{top}px;width:{width}px;height:{height}px"
    places = (round(area.left, 1), round(area.top), round(area.width, 1), round(area.height))
    return "position:absolute;left:{:g}px;top:{:g}px;width:{:g}px;height:{:g}px".format(*places)
