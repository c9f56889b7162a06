"""Bars in groups, for comparing two or three series in each category: 2023 beside 2024, women beside men.

The series stand in the legend above in the order of the bars; every bar has its number. A missing value is hatched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assetgen.charts._kit.alt import many_sentences
from assetgen.charts._kit.bars import scale_between
from assetgen.charts._kit.canvas import Canvas, Placed
from assetgen.charts._kit.chart import Chart, ChartKit
from assetgen.charts._kit.lanes import GAP, STUB, Lanes, Need, fit_lanes, widest_of
from assetgen.charts._kit.notes import finished, within
from assetgen.charts._kit.numbers import Writer, writer_for
from assetgen.charts._kit.options import MANY_SERIES, Options
from assetgen.charts._kit.rows import Category, Data, Label, Point, Row, read_many
from assetgen.charts._kit.scales import Linear
from assetgen.charts._kit.series import COLOURS, series_colours, series_legend
from assetgen.charts._kit.text import LEAST, Text, one_line
from assetgen.charts._kit.words import word
from assetgen.look import TextStyle
from assetgen.model import Rectangle

OPTIONS = {
    **MANY_SERIES,
    "colours": COLOURS,
    "rest": "what happens to groups that do not fit: cut (default), sum or refuse",
}
SAMPLE = {
    "rows": [
        {"label": "Perkotaan", "2019": 6.69, "2025": 6.73},
        {"label": "Perdesaan", "2019": 12.85, "2025": 11.03},
        {"label": "Indonesia", "2019": 9.41, "2025": 8.47},
    ],
    "options": {
        "series": ["2019", "2025"],
        "highlight": "2025",
        "style": "percent",
        "note": "Selisih dengan kota menyempit",
        "note_at": "Perdesaan, 2025",
        "subject": "Penduduk miskin di kota dan desa, Maret 2019 dan Maret 2025",
    },
}
# Bars of a group are this many pixels apart.
APART = 4.0


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where everything of the chart is."""

    data: Data
    lanes: Lanes
    scale: Linear
    colours: tuple[str, ...]
    numbers: tuple[tuple[Text, ...], ...]


def draw(rows: Sequence[Row], options: Options, kit: ChartKit) -> Chart:
    """Return the chart; raises LayoutError when not even two groups fit with their numbers."""
    data = read_many(rows, options)
    writer, count = writer_for(data.numbers, options, kit.language), len(data.series)
    colours = series_colours(data, options, kit)
    above = series_legend(data, colours, kit)
    labels = [_label(point, writer, kit) for point in data.points]
    need = Need(widest_of(labels, kit), above.height, 0.8, count * 1.08, count * 1.5)
    kept, lanes, below = fit_lanes(data, options, kit, need)
    numbers = tuple(
        tuple(_number(one, at, (lanes, kept.data, writer), kit) for at in range(count)) for one in kept.data.categories
    )
    ends = [
        (point.number, text.width + GAP)
        for category, texts in zip(kept.data.categories, numbers, strict=True)
        for point, text in zip(category.points, texts, strict=True)
        if point.number is not None
    ]
    plan = _Plan(kept.data, lanes, scale_between(ends, lanes.left, lanes.right, kit), colours, numbers)
    canvas = kit.canvas()
    above.draw(canvas, 0, kit.palette.ink)
    lanes.draw_names(canvas, kept.data.categories, kit, False)
    for row in range(len(kept.data.categories)):
        _draw_group(canvas, plan, row, kit)
    if lanes.beside:
        canvas.rule(Rectangle(plan.scale.zero - 1, lanes.top, plan.scale.zero + 1, lanes.bottom), kit.palette.muted)
    below.draw(canvas, kit.height - below.height + 18, kit.palette.muted)
    name = "Diagram batang berkelompok" if kit.language == "id" else "Grouped bar chart"
    return finished(canvas, many_sentences(name, kept, options, writer), options, kit)


def _label(point: Point, writer: Writer, kit: ChartKit) -> Label:
    return Label.plain(word("not-available", kit.language)) if point.number is None else writer.label(point)


def _number(category: Category, at: int, place: tuple[Lanes, Data, Writer], kit: ChartKit) -> Text:
    """Return the number of one bar, as high as the bar allows."""
    lanes, data, writer = place
    size = max(LEAST, min(lanes.size, lanes.thickness / len(data.series)))
    style = TextStyle(size, kit.look.weight("body", 700 if at == data.mine else 600))
    return one_line(_label(category.points[at], writer, kit), kit.ruler, style)


def _draw_group(canvas: Canvas, plan: _Plan, row: int, kit: ChartKit) -> None:
    lanes, count = plan.lanes, len(plan.data.series)
    thickness = (lanes.thickness - APART * (count - 1)) / count
    top, zero = lanes.middle(row) - lanes.thickness / 2, plan.scale.zero
    one = plan.data.categories[row]
    for at, (point, text) in enumerate(zip(one.points, plan.numbers[row], strict=True)):
        middle = top + thickness / 2
        ink = kit.palette.ink if plan.data.mine in (None, at) else kit.palette.muted
        if point.number is None:
            area = Rectangle(zero, top, zero + min(STUB, lanes.right - zero - GAP - text.width), top + thickness)
            mark = canvas.hatch(area, kit.palette.muted)
        else:
            end = plan.scale(point.number)
            area = Rectangle(min(end, zero), top, max(end, zero), top + thickness)
            mark = _bar(canvas, area, (plan.colours[at], point.number < 0), kit)
        canvas.spot(one.label, area, mark)
        canvas.spot(within(one.label, plan.data.series[at]), area, mark)
        if (point.number or 0) < 0:
            canvas.middle(Placed(text, area.left - GAP, middle, ink, "right", mark))
        else:
            canvas.middle(Placed(text, area.right + GAP, middle, ink, "left", mark))
        top += thickness + APART


def _bar(canvas: Canvas, area: Rectangle, look: tuple[str, bool], kit: ChartKit) -> int:
    colour, negative = look
    if area.width < 1:
        return canvas.next_mark()
    radius = kit.radius(area.height, "left" if negative else "right")
    return canvas.box(area, colour, "left" if negative else "right", radius)
