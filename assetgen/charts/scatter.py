"""Two numbers of each row against one another, as points; with a third number as the area of a bubble.

Highlighted rows are named first, then as many others as have room for their names. Rows that lack a number are counted
below, never drawn at zero.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from markupsafe import Markup

from assetgen.charts._kit.alt import closing, opening
from assetgen.charts._kit.canvas import Canvas, Placed
from assetgen.charts._kit.chart import Chart, ChartKit
from assetgen.charts._kit.colours import mix
from assetgen.charts._kit.foot import Legend, legend
from assetgen.charts._kit.notes import finished
from assetgen.charts._kit.numbers import Writer, writer_for
from assetgen.charts._kit.options import Options
from assetgen.charts._kit.placing import Taken
from assetgen.charts._kit.rest import Kept
from assetgen.charts._kit.rows import Category, Data, Label, Row
from assetgen.charts._kit.scales import Linear
from assetgen.charts._kit.text import LEAST, Text, fit, one_line
from assetgen.charts._kit.words import sentence
from assetgen.charts._series.plot import BESIDE, gutter, note_style
from assetgen.charts._series.reading import read_columns
from assetgen.charts._series.steps import Axis, axis_of
from assetgen.look import TextStyle
from assetgen.model import Rectangle

OPTIONS = {
    "x": "column with the numbers from left to right",
    "y": "column with the numbers from bottom to top",
    "size": "column with the numbers that the areas of bubbles show; all points alike when left out",
    "x_name": "what the numbers from left to right are, with their unit",
    "y_name": "what the numbers from bottom to top are, with their unit",
    "size_name": "what the areas of bubbles are",
    "x_style": "how the numbers from left to right are written; as `style` when left out",
    "highlight": "label, or list of labels, in the accent colour and named; the rest is grey",
}
SAMPLE = {
    "rows": [
        {"label": name, "ipm": ipm, "miskin": miskin, "jiwa": people}
        for name, ipm, miskin, people in (
            ("DKI Jakarta", 84.15, 4.14, 10.7),
            ("DI Yogyakarta", 81.55, 10.4, 3.7),
            ("Kalimantan Timur", 79.2, 5.51, 4.0),
            ("Bali", 78.63, 3.8, 4.4),
            ("Banten", 75.77, 5.7, 12.4),
            ("Jawa Barat", 74.92, 7.08, 50.3),
            ("Jawa Timur", 75.35, 9.56, 41.8),
            ("Jawa Tengah", 73.88, 9.58, 37.9),
            ("Aceh", 75.36, 12.64, 5.6),
            ("Maluku", 73.4, 15.78, 1.9),
            ("NTT", 69.14, 19.02, 5.7),
            ("Papua", 73.83, 18.09, 1.1),
            ("Papua Pegunungan", 54.43, 29.66, 1.5),
        )
    ],
    "options": {
        "x": "ipm",
        "y": "miskin",
        "size": "jiwa",
        "x_name": "Indeks pembangunan manusia",
        "y_name": "Penduduk miskin (%)",
        "size_name": "Luas lingkaran: jumlah penduduk",
        "highlight": ["Papua Pegunungan", "NTT"],
        "subject": "Kemiskinan dan pembangunan manusia menurut provinsi",
    },
}
POINT, LEAST_BUBBLE, GAP = 11.0, 7.0, 6.0
# The least height between the axes, and above a note.
LOW, LOWEST = 90, 76
WORDS = {"left-out": ("{n} tanpa data tidak digambar", "{n} without data are not drawn")}


@dataclass(frozen=True)
class Bubble:
    """A row on the canvas."""

    row: Category
    x: float
    y: float
    radius: float

    @property
    def area(self) -> Rectangle:
        """Return the square around it."""
        return Rectangle(self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius)


@dataclass(frozen=True)
class Plot:
    """The area between both axes, and their scales."""

    area: Rectangle
    across: Axis
    up: Axis

    @property
    def x(self) -> Linear:
        """Return the scale from left to right."""
        return Linear(self.across.low, self.across.high, self.area.left, self.area.right)

    @property
    def y(self) -> Linear:
        """Return the scale from bottom to top."""
        return Linear(self.up.low, self.up.high, self.area.bottom, self.area.top)


def draw(rows: Sequence[Row], options: Options, kit: ChartKit) -> Chart:
    """Return the chart; raises LayoutError without both columns, for negative sizes, and without room for its axes."""
    columns = [options.text("x", "x"), options.text("y", "y"), *options.names("size")]
    names = [options.text(f"{name}_name") or column for name, column in zip(("x", "y", "size"), columns, strict=False)]
    data = read_columns(rows, columns, names, options)
    whole = tuple(one for one in data.categories if all(point.number is not None for point in one.points))
    lacking = len(data.categories) - len(whole)
    data = replace(data, categories=whole)
    writers = _writers(data, options, kit)
    plot, low = _plan(data, writers, lacking, options, kit)
    canvas = kit.canvas()
    _draw_axes(canvas, plot, data, low, kit)
    bubbles = _bubbles(data, plot, kit)
    _draw_bubbles(canvas, bubbles, data, kit)
    _draw_names(canvas, bubbles, data, plot, kit)
    low.draw(canvas, kit.height - low.height + 18, kit.palette.muted)
    name = {"id": "Diagram sebar"}.get(kit.language, "Scatter plot")
    return finished(canvas, _sentences(name, data, options, writers, lacking), options, kit)


def _writers(data: Data, options: Options, kit: ChartKit) -> tuple[Writer, Writer]:
    """Return how the numbers of both axes are written."""
    across = {**options.given, "style": options.text("x_style", options.text("style", "number"))}
    numbers = [[one.points[at].number or Decimal(0) for one in data.categories] for at in (0, 1)]
    return (
        writer_for(numbers[0], Options(options.kind, across), kit.language),
        writer_for(numbers[1], options, kit.language),
    )


def _plan(
    data: Data, writers: tuple[Writer, Writer], lacking: int, options: Options, kit: ChartKit
) -> tuple[Plot, Legend]:
    notes = [options.text("size_name")] if "size" in options and "size_name" in options else []
    notes += [WORDS["left-out"][kit.language != "id"].format(n=kit.plain(lacking))] if lacking else []
    low = legend([(Label.plain(one), "", False) for one in notes], kit)
    line = note_style(kit).size * 1.18
    numbers = [[one.points[at].number or Decimal(0) for one in data.categories] for at in (0, 1)]
    up = axis_of(numbers[1], max(3, min(6, int(kit.height / 130))), writers[1])
    left = gutter(up, kit)
    across = axis_of(numbers[0], max(3, min(6, int((kit.width - left) / 130))), writers[0])
    half = kit.ruler.width(across.labels[-1], note_style(kit)) / 2
    below = low.height if _shares_row(low, data, across, kit) else low.height + line + 8
    area = Rectangle(left, line * 1.5 + 12, kit.width - half - 2, kit.height - below - line - 18)
    if area.width < 160 or area.height < (LOWEST if kit.strip else LOW):
        raise kit.refuse("there is no room for its points")
    return Plot(area, across, up), low


def _draw_axes(canvas: Canvas, plot: Plot, data: Data, low: Legend, kit: ChartKit) -> None:
    style, colours, area = note_style(kit), kit.palette, plot.area
    for tick, label in zip(plot.up.ticks, plot.up.labels, strict=True):
        y = round(plot.y(tick))
        canvas.rule(Rectangle(area.left, y - 1, area.right, y + 1), colours.muted if tick == 0 else colours.line)
        text = one_line(Label.plain(label), kit.ruler, style)
        canvas.middle(Placed(text, area.left - BESIDE, y, colours.muted, "right"))
    for tick, label in zip(plot.across.ticks, plot.across.labels, strict=True):
        x = round(plot.x(tick))
        canvas.rule(Rectangle(x - 1, area.top, x + 1, area.bottom), colours.muted if tick == 0 else colours.line)
        canvas.text(
            Placed(one_line(Label.plain(label), kit.ruler, style), x, area.bottom + 12, colours.muted, "center")
        )
    _draw_titles(canvas, plot, data, low, kit)


def _draw_titles(canvas: Canvas, plot: Plot, data: Data, low: Legend, kit: ChartKit) -> None:
    """Write what both axes are: above the one that goes up, below the end of the other."""
    style = TextStyle(note_style(kit).size, kit.look.weight("body", 600))
    titles = []
    for label, axis in zip(data.series[:2], (plot.across, plot.up), strict=True):
        words = _title(label, axis)
        text = fit(Label.plain(words), kit.width, kit.ruler, style, 1)
        if text is None:
            raise kit.refuse(f"the name of an axis, '{words[:60]}', is too long")
        titles.append(text)
    canvas.text(Placed(titles[1], 0, 0, kit.palette.ink))
    shared = _shares_row(low, data, plot.across, kit)
    bottom = kit.height - (low.height - 18 - titles[0].height if shared else low.height)
    canvas.text(Placed(titles[0], kit.width, bottom - titles[0].height, kit.palette.ink, "right"))


def _title(label: Label, axis: Axis) -> str:
    return f"{label.text} ({axis.caption})" if axis.caption else label.text


def _shares_row(low: Legend, data: Data, across: Axis, kit: ChartKit) -> bool:
    """Tell whether the name of the lower axis has room at the right of the first row of the foot."""
    style = TextStyle(note_style(kit).size, kit.look.weight("body", 600))
    used = sum(entry.width + 36 for entry in low.rows[0]) if low.rows else kit.width
    return bool(low.rows) and used + kit.ruler.width(_title(data.series[0], across), style) <= kit.width


def _bubbles(data: Data, plot: Plot, kit: ChartKit) -> list[Bubble]:
    """Return where each row stands, the largest first, so that small ones stay in sight."""
    sizes = [one.points[2].number for one in data.categories if len(one.points) > 2]
    most = max((size for size in sizes if size is not None), default=None)
    if any(size is not None and size < 0 for size in sizes):
        raise kit.refuse("a bubble has no negative area", "give a column of amounts as size")
    largest = min(plot.area.width, plot.area.height) * 0.09
    found = []
    for one in data.categories:
        size = one.points[2].number if len(one.points) > 2 else None
        share = math.sqrt(float(size / most)) if size is not None and most else 0.0
        radius = max(LEAST_BUBBLE, share * largest) if most is not None else POINT
        found.append(Bubble(one, plot.x(one.points[0].number or 0), plot.y(one.points[1].number or 0), radius))  # type: ignore[arg-type]  # whole rows only
    return sorted(found, key=lambda bubble: (bubble.row.mine, -bubble.radius))


def _draw_bubbles(canvas: Canvas, bubbles: Sequence[Bubble], data: Data, kit: ChartKit) -> None:
    for bubble in bubbles:
        strong = bubble.row.mine or not data.highlighted
        colour = kit.palette.data if strong else kit.palette.soft
        fill = mix(colour, kit.palette.ground, 0.55 if len(bubble.row.points) > 2 else 0.9)
        shape = f'<circle cx="{bubble.x:.1f}" cy="{bubble.y:.1f}" r="{bubble.radius:.1f}" fill="{fill}"'
        area = bubble.area
        around = Rectangle(area.left - 4, area.top - 4, area.right + 4, area.bottom + 4)
        mark = canvas.drawing(around, f'{shape} fill-opacity="0.85" stroke="{colour}" stroke-width="3"/>', "fade")
        canvas.spot(bubble.row.label, area, mark)


def _draw_names(canvas: Canvas, bubbles: Sequence[Bubble], data: Data, plot: Plot, kit: ChartKit) -> None:
    """Name the highlighted rows, then the outermost, then as many more as have room."""
    middle = (plot.area.left + plot.area.right) / 2, (plot.area.top + plot.area.bottom) / 2
    order = sorted(bubbles, key=lambda one: (not one.row.mine, -math.dist((one.x, one.y), middle)))
    bounds = Rectangle(plot.area.left + 4, plot.area.top - note_style(kit).size / 2, kit.width, plot.area.bottom - 4)
    names: tuple[Rectangle, ...] = ()
    for bubble in order:
        others = Taken(bounds, (*names, *(one.area for one in bubbles if one is not bubble)))
        for text in _names(bubble, data, kit):
            area = others.first_free(_places(bubble, text), 3)
            if area:
                names = (*names, area)
                ink = kit.palette.ink if bubble.row.mine or not data.highlighted else kit.palette.muted
                canvas.text(Placed(text, area.left, area.top, ink))
                break
        else:
            if bubble.row.mine:
                raise kit.refuse(f"the name '{bubble.row.label.text[:60]}' has no room")


def _names(bubble: Bubble, data: Data, kit: ChartKit) -> list[Text]:
    """Return the ways in which a name may be set: on two lines if it is long, and on one."""
    size = note_style(kit).size if bubble.row.mine or not data.highlighted else LEAST
    style = TextStyle(size, kit.look.weight("body", 700 if bubble.row.mine else 500))
    broken = fit(bubble.row.label, kit.width * 0.3, kit.ruler, style)
    return [*([broken] if broken else []), one_line(bubble.row.label, kit.ruler, style)]


def _places(bubble: Bubble, text: Text) -> list[Rectangle]:
    """Return where a name may stand: right, left, above, below, then the corners."""
    found = []
    for across, down in ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1)):
        reach = (bubble.radius + GAP) * (0.8 if across and down else 1)
        x = bubble.x + across * (reach + text.width / 2)
        y = bubble.y + down * (reach + text.height / 2)
        found.append(Rectangle(x - text.width / 2, y - text.height / 2, x + text.width / 2, y + text.height / 2))
    return found


def _sentences(
    name: str, data: Data, options: Options, writers: tuple[Writer, Writer], lacking: int
) -> tuple[Markup, ...]:
    """Return the highlighted rows, and who is highest and lowest on the axis that goes up, with both numbers."""
    language = writers[1].language
    by_height = sorted(data.categories, key=lambda one: one.points[1].number or 0)
    chosen = [*(one for one in data.categories if one.mine), *by_height[-1:], *by_height[:1]]
    told = [_both(one, data, writers) for one in {one.label.text: one for one in chosen}.values()]
    end = closing(Kept(data), options, language)
    if lacking:
        end.append(sentence("missing-one" if lacking == 1 else "missing", language, n=lacking))
    return (opening(name, options), *told, *end)


def _both(one: Category, data: Data, writers: tuple[Writer, Writer]) -> Markup:
    numbers = [
        Markup("{} {}").format(data.series[at].markup, writers[at].label(one.points[at]).markup) for at in (1, 0)
    ]
    return Markup("{}: {}, {}.").format(one.label.markup, *numbers)
