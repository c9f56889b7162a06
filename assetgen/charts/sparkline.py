"""A line the size of a word, without axes, ending in its last number: for beside a figure, or for a row of a table.

It tells the shape of a course, not its size, so it has no scale; the first and last moment stand below it where there
is height for them.
"""

from __future__ import annotations

from collections.abc import Sequence

from assetgen.charts._kit.canvas import Canvas, Placed
from assetgen.charts._kit.chart import Chart, ChartKit
from assetgen.charts._kit.notes import finished
from assetgen.charts._kit.numbers import writer_for
from assetgen.charts._kit.options import Options
from assetgen.charts._kit.rows import Data, Row
from assetgen.charts._kit.text import one_line
from assetgen.charts._series.moments import Moments
from assetgen.charts._series.plot import Plot, note_style
from assetgen.charts._series.reading import course_sentences, read_courses
from assetgen.charts._series.steps import Axis
from assetgen.charts._series.strokes import along, around_dot, gaps, ring, series_points, strokes_of
from assetgen.look import TextStyle
from assetgen.model import Rectangle

OPTIONS: dict[str, str] = {}
SAMPLE = {
    "rows": [
        {"label": f"2025-{month:02}", "value": value}
        for month, value in enumerate((0.76, -0.09, 1.03, 1.95, 1.6, 1.87, 2.37, 2.31, 2.65, 2.86, 2.72, 2.92), 1)
    ],
    "options": {"style": "percent", "subject": "Inflasi tahunan, 2025", "height": 200},
}
RADIUS, PEN, GAP = 9.0, 6.0, 16.0
# Below this height there is only the line.
WITH_MOMENTS = 150


def draw(rows: Sequence[Row], options: Options, kit: ChartKit) -> Chart:
    """Return the line with its last number; raises LayoutError where the number leaves no room for the line."""
    data, moments = read_courses(rows, options, kit.language)
    writer = writer_for(data.numbers, options, kit.language)
    known = [number for number in range(len(data.categories)) if data.categories[number].number is not None]
    canvas = kit.canvas()
    if known:
        _draw(canvas, data, moments, kit, writer.label(data.categories[known[-1]].point))
    else:
        canvas.hatch(Rectangle(0, 0, kit.width, kit.height), kit.palette.muted)
    name = "Garis kecil" if kit.language == "id" else "Sparkline"
    return finished(canvas, course_sentences(name, data, options, writer), options, kit)


def _draw(canvas: Canvas, data: Data, moments: Moments, kit: ChartKit, number: object) -> None:
    text = one_line(number, kit.ruler, TextStyle(kit.size + 4, kit.look.weight("body", 700)))  # type: ignore[arg-type]  # a Label
    named = kit.height >= WITH_MOMENTS
    foot = one_line(data.categories[0].label, kit.ruler, note_style(kit)).leading + 10 if named else 0.0
    area = Rectangle(RADIUS + 2, RADIUS + 6, kit.width - text.width - GAP - RADIUS, kit.height - foot - RADIUS - 6)
    if area.width < 80 or area.height < 24:
        raise kit.refuse("there is no room for its line")
    low, high = min(data.numbers), max(data.numbers)
    room = 0 if high > low else 1
    plot = Plot(area, Axis((low - room, high + room), ("", ""), ""), moments)
    line, colours = strokes_of(series_points(data, 0), plot), kit.palette
    for gap in gaps(line, series_points(data, 0), plot):
        canvas.hatch(gap, colours.soft)
    dots = "".join(ring(dot, RADIUS - 2, colours.data, colours.ground) for dot in line.lone)
    last = line.dots[-1]
    mark = canvas.drawing(
        Rectangle(0, 0, area.right + RADIUS + 4, kit.height - foot),
        line.paths(colours.data, PEN) + dots + ring(last, RADIUS, colours.data, colours.ground),
    )
    canvas.covers((*along(line.segments), *(around_dot(dot, 4) for dot in line.dots)))
    for dot in line.dots:
        canvas.spot(data.categories[dot.index].label, around_dot(dot, RADIUS - 4), mark)
    half = 0.62 * text.height
    height = min(max(last.y, half), kit.height - half)
    canvas.middle(Placed(text, area.right + RADIUS + GAP, height, colours.ink, of=mark))
    if named:
        _draw_ends(canvas, data, area, kit)


def _draw_ends(canvas: Canvas, data: Data, area: Rectangle, kit: ChartKit) -> None:
    texts = [one_line(data.categories[at].label, kit.ruler, note_style(kit)) for at in (0, -1)]
    top = kit.height - texts[0].leading
    if len(data.categories) > 1 and sum(text.width for text in texts) + 24 <= kit.width:
        canvas.text(Placed(texts[0], 0, top, kit.palette.muted))
        right = min(max(area.right + RADIUS, texts[0].width + 24 + texts[1].width), kit.width)
        canvas.text(Placed(texts[1], right, top, kit.palette.muted, "right"))
    else:
        canvas.text(Placed(texts[1], min(area.right, kit.width), top, kit.palette.muted, "right"))
