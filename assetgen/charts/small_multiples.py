"""The same small chart many times, one a series, on one scale: to compare courses that would tangle in one picture.

Each panel has its name, and its last number at the end of its line. A missing value is a hatched gap. The axes are told
once: values at the left of each row, moments below the lowest panels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assetgen.charts._kit.canvas import Canvas, Placed
from assetgen.charts._kit.chart import Chart, ChartKit
from assetgen.charts._kit.foot import Legend, foot
from assetgen.charts._kit.notes import finished, within
from assetgen.charts._kit.numbers import Writer, writer_for
from assetgen.charts._kit.options import MANY_SERIES, Options
from assetgen.charts._kit.placing import Taken
from assetgen.charts._kit.rest import Kept
from assetgen.charts._kit.rows import Data, Label, Row
from assetgen.charts._kit.text import LEAST, Text, fit, one_line
from assetgen.charts._series.courses import BASELINE, extra_notes, filling
from assetgen.charts._series.moments import Moments
from assetgen.charts._series.notes import Room, draw_values_at, placed_values
from assetgen.charts._series.plot import Plot, gutter, note_style
from assetgen.charts._series.reading import course_sentences, read_courses
from assetgen.charts._series.steps import Axis, axis_of
from assetgen.charts._series.strokes import Dot, Strokes, along, around_dot, gaps, ring, series_points, strokes_of
from assetgen.look import TextStyle
from assetgen.model import Rectangle

OPTIONS = {
    **MANY_SERIES,
    **BASELINE,
    "form": "what each panel holds: line (default), area or column",
    "columns": "panels beside one another; chosen by the shape when left out",
}
DISTRICTS = ("Sagara", "Lentera", "Tanjung", "Rimba", "Kenari", "Cendana")
SAMPLE = {
    "rows": [
        {"label": year, **dict(zip(DISTRICTS, values, strict=True))}
        for year, *values in (
            (2019, 7.1, 9.4, 11.2, 14.8, 12.1, 10.3),
            (2020, 8.2, 10.1, 12.6, 15.9, 12.9, 11.4),
            (2021, 8.0, 9.9, 12.1, 16.4, 13.4, 11.2),
            (2022, 7.3, 9.2, 11.0, 15.2, 13.8, None),
            (2023, 6.9, 8.8, 10.1, 13.9, 14.2, 10.1),
            (2024, 6.4, 8.1, 9.3, 12.7, 14.9, 9.8),
            (2025, 5.9, 7.6, 8.8, 11.9, 15.3, 9.1),
        )
    ],
    "options": {
        "series": list(DISTRICTS),
        "highlight": "Kenari",
        "style": "percent",
        "note": "Satu-satunya yang terus naik",
        "subject": "Penduduk miskin menurut kabupaten, 2019–2025",
    },
}
BETWEEN, ABOVE_LINE, RADIUS = 30.0, 12.0, 8.0
LEAST_WIDTH, LEAST_HEIGHT, MOST = 120.0, 52.0, 16
# A note below takes some of their height.
LOWEST = 34.0
# Panels look best when they are this much wider than high.
ASPECT = 1.5


@dataclass(frozen=True)
class Wall:
    """The panels: their areas with their names, the scale that all share, and what is written around them."""

    areas: tuple[Rectangle, ...]
    titles: tuple[Text, ...]
    across: int
    axis: Axis
    moments: Moments
    foot: Legend

    def plot(self, number: int) -> Plot:
        """Return the plot of a panel, below its name."""
        area, title = self.areas[number], max(text.height for text in self.titles)
        inside = Rectangle(area.left, area.top + title + ABOVE_LINE, area.right, area.bottom)
        return Plot(inside, self.axis, self.moments)


@dataclass(frozen=True)
class Last:
    """The last number of a panel: its text, its point and mark, what is free around it, and whether it fits there."""

    text: Text
    dot: Dot
    mark: int
    room: Room
    fits: bool


def draw(rows: Sequence[Row], options: Options, kit: ChartKit) -> Chart:
    """Return the chart; raises LayoutError for more panels than have room."""
    data, moments = read_courses(rows, options, kit.language)
    writer = writer_for(data.numbers, options, kit.language)
    form = options.choice("form", ("line", "area", "column"))
    baseline = options.choice("baseline", ("auto", "zero", "data")) if form == "line" else "zero"
    wall = _wall(data, moments, axis_of(data.numbers, 4, writer, baseline), options, kit)
    canvas = kit.canvas()
    lasts: dict[int, Last] = {}
    for number in range(len(data.series)):
        _draw_frame(canvas, wall, number, data, kit)
        last = _draw_panel(canvas, wall.plot(number), number, (data, writer), (form, kit))
        lasts |= {number: last} if last else {}
    _draw_lasts(canvas, lasts, data, kit)
    wall.foot.draw(canvas, kit.height - wall.foot.height + 18, kit.palette.muted)
    name = "Diagram kecil berulang" if kit.language == "id" else "Small multiples"
    return finished(canvas, course_sentences(name, data, options, writer), options, kit)


def _wall(data: Data, moments: Moments, axis: Axis, options: Options, kit: ChartKit) -> Wall:
    """Return the panels in the grid whose panels come nearest to a good shape; raises LayoutError where none fits."""
    count = len(data.series)
    low = foot(Kept(data), kit, extra_notes(axis, 0, kit))
    below = note_style(kit).size * 1.18 + 10
    left, height = gutter(axis, kit), kit.height - low.height - below
    given = options.count("columns", 0, 1, MOST)
    walls = []
    for across in [given] if given else range(1, min(count, MOST) + 1):
        down = -(-count // across)
        size = ((kit.width - left - BETWEEN * (across - 1)) / across, (height - BETWEEN * (down - 1)) / down)
        titles = _titles(data, size[0], kit)
        inner = size[1] - max(text.height for text in titles) - ABOVE_LINE if titles else 0
        if titles and size[0] >= LEAST_WIDTH and inner >= (LOWEST if kit.strip else LEAST_HEIGHT):
            areas = tuple(_area(number, across, size, left) for number in range(count))
            walls.append((min(size[0] / ASPECT, inner), Wall(areas, titles, across, axis, moments, low)))
    if not walls:
        raise kit.refuse(f"{count} panels have no room", "show fewer series")
    return max(walls, key=lambda one: one[0])[1]


def _area(number: int, across: int, size: tuple[float, float], left: float) -> Rectangle:
    row, column = divmod(number, across)
    x, y = left + column * (size[0] + BETWEEN), row * (size[1] + BETWEEN)
    return Rectangle(x, y, x + size[0], y + size[1])


def _titles(data: Data, width: float, kit: ChartKit) -> tuple[Text, ...] | None:
    texts = []
    for number, label in enumerate(data.series):
        weight = 700 if data.mine in (None, number) else 600
        text = fit(label, width, kit.ruler, TextStyle(max(LEAST, kit.size - 4), kit.look.weight("body", weight)))
        if text is None:
            return None
        texts.append(text)
    return tuple(texts)


def _draw_frame(canvas: Canvas, wall: Wall, number: int, data: Data, kit: ChartKit) -> None:
    """Draw the name of a panel, its gridlines, values at the left of the first, and moments below the lowest."""
    plot, style, colours = wall.plot(number), note_style(kit), kit.palette
    ink = colours.ink if data.mine in (None, number) else colours.muted
    title = Placed(wall.titles[number], plot.area.left, wall.areas[number].top, ink)
    canvas.spot(data.series[number], canvas.text(title), None, None)
    canvas.keep_clear(wall.areas[number])
    room = style.size * 1.25
    written = plot.area.bottom + room
    for tick, label in zip(wall.axis.ticks, wall.axis.labels, strict=True):
        y = round(plot.y(tick))
        line = Rectangle(plot.area.left, y - 1, plot.area.right, y + 1)
        canvas.rule(line, colours.muted if tick == 0 else colours.line)
        if number % wall.across == 0 and y <= written - room + 1:
            text = one_line(Label.plain(label), kit.ruler, style)
            canvas.middle(Placed(text, plot.area.left - 16, y, colours.muted, "right"))
            written = y
    if number + wall.across >= len(data.series):
        _draw_moments(canvas, plot, data, kit)


def _draw_moments(canvas: Canvas, plot: Plot, data: Data, kit: ChartKit) -> None:
    """Write the first and the last moment below a panel; the last alone where both have no room."""
    style, top = note_style(kit), plot.area.bottom + 10
    first, last = (one_line(data.categories[at].label, kit.ruler, style) for at in (0, -1))
    width = plot.area.width
    if last.width <= width:
        canvas.text(Placed(last, plot.area.right, top, kit.palette.muted, "right"))
    if len(data.categories) > 1 and first.width + last.width + 20 <= width:
        canvas.text(Placed(first, plot.area.left, top, kit.palette.muted))


def _draw_panel(
    canvas: Canvas, plot: Plot, number: int, given: tuple[Data, Writer], way: tuple[str, ChartKit]
) -> Last | None:
    """Draw the line or the columns of a panel, and return its last number; None when it has none."""
    (data, writer), (form, kit) = given, way
    points = series_points(data, number)
    line = strokes_of(points, _inset(plot, form, len(points)))
    colour = kit.palette.data if data.mine in (None, number) else kit.palette.soft
    if not line.dots:
        canvas.hatch(plot.area, kit.palette.soft)
        return None
    lacking = [gap for gap in gaps(line, points, plot) if gap.width > 4] if form != "column" else []
    for gap in lacking:
        canvas.hatch(gap, kit.palette.soft)
    if form == "column":
        mark = _draw_columns(canvas, line, plot, colour)
    else:
        mark = _draw_line(canvas, line, plot, (colour, form), kit)
    for dot in line.dots:
        canvas.spot(within(data.series[number], data.categories[dot.index].label), around_dot(dot, 2), mark)
    label = writer.label(points[line.dots[-1].index])
    dots = line.dots if form == "column" else line.dots[-1:]
    taken = (*lacking, *(around_dot(dot, 4) for dot in dots))
    return _last((plot, line, taken), label, mark, kit)


def _inset(plot: Plot, form: str, count: int) -> Plot:
    """Return the plot with room at both sides for the ends of lines, or for half a column."""
    aside = plot.area.width / (2 * count) if form == "column" else RADIUS + 2
    area = plot.area
    return Plot(Rectangle(area.left + aside, area.top, area.right - aside, area.bottom), plot.axis, plot.moments)


def _draw_line(canvas: Canvas, line: Strokes, plot: Plot, way: tuple[str, str], kit: ChartKit) -> int:
    colour, form = way
    shapes = filling(line, plot, colour, kit) if form == "area" else ""
    shapes += line.paths(colour, 5)
    shapes += "".join(
        ring(dot, RADIUS - 1, colour, kit.palette.ground) for dot in dict.fromkeys((*line.lone, line.dots[-1]))
    )
    area = line.area(RADIUS + 4)
    mark = canvas.drawing(Rectangle(area.left, area.top, area.right, max(area.bottom, plot.area.bottom + 2)), shapes)
    if form == "line":
        canvas.covers((*along(line.segments), *(around_dot(dot, 4) for dot in line.dots)))
    return mark


def _draw_columns(canvas: Canvas, line: Strokes, plot: Plot, colour: str) -> int:
    width = plot.area.width / max(len(plot.moments.places), 1) * 0.7
    mark = canvas.next_mark()
    for dot in line.dots:
        top, bottom = sorted((dot.y, plot.y.zero))
        canvas.box(Rectangle(dot.x - width / 2, top, dot.x + width / 2, max(bottom, top + 1)), colour, "up", mark=mark)
    return mark


def _last(around: tuple[Plot, Strokes, tuple[Rectangle, ...]], label: Label, mark: int, kit: ChartKit) -> Last:
    """Return the last number of a panel with the place that its line leaves for it."""
    plot, line, taken = around
    text = one_line(label, kit.ruler, TextStyle(max(LEAST, kit.size - 4), kit.look.weight("body", 700)))
    bounds = Rectangle(plot.area.left, plot.area.top - 6, plot.area.right + 4, plot.area.bottom - 2)
    room = Room(Taken(bounds, taken), line.segments)
    place = placed_values(kit.ruler, replace(room), line.dots[-1:], [text])[0][1]
    return Last(text, line.dots[-1], mark, room, place is not None)


def _draw_lasts(canvas: Canvas, lasts: dict[int, Last], data: Data, kit: ChartKit) -> None:
    """Write the last numbers where all have room, else that of the highlighted panel; the alt text has them all."""
    every = all(last.fits for last in lasts.values())
    for number, last in lasts.items():
        if every or number == data.mine:
            ink = kit.palette.ink if data.mine in (None, number) else kit.palette.muted
            draw_values_at(canvas, last.room, [last.dot], [last.text], (ink, last.mark))
