"""A table with a bar in each cell, for many rows with a few measures each, every column on its own scale from zero.

Numbers stand in columns, with a bar beside each of them. `styles` gives the columns different units. A missing value is
hatched; rows that do not fit are counted below.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assetgen.charts._kit.alt import many_sentences
from assetgen.charts._kit.bars import seen
from assetgen.charts._kit.canvas import Canvas, Placed
from assetgen.charts._kit.chart import Chart, ChartKit
from assetgen.charts._kit.lanes import GAP, Lanes, Need, fit_lanes, value_style
from assetgen.charts._kit.notes import finished, within
from assetgen.charts._kit.numbers import STYLES, Writer, writer_for
from assetgen.charts._kit.options import MANY_SERIES, Options
from assetgen.charts._kit.rows import Data, Label, Row, read_many
from assetgen.charts._kit.scales import Linear, linear
from assetgen.charts._kit.text import LEAST, Text, fit, one_line
from assetgen.errors import did_you_mean
from assetgen.look import TextStyle
from assetgen.model import Rectangle

OPTIONS = {
    **MANY_SERIES,
    "styles": "how the numbers of each column are written, in the order of the columns; else all as `style` says",
    "highlight": "label, or list of labels, in the data colour; the rest is grey",
    "rest": "what happens to rows that do not fit: cut (default) and say how many, or refuse",
}
SAMPLE = {
    "rows": [
        {"label": "Jawa Barat", "penduduk": 50759, "miskin": 7.02},
        {"label": "Jawa Timur", "penduduk": 41814, "miskin": 9.5},
        {"label": "Jawa Tengah", "penduduk": 37892, "miskin": 9.48},
        {"label": "Sumatera Utara", "penduduk": 15588, "miskin": 7.36},
        {"label": "Banten", "penduduk": 12431, "miskin": 5.63},
        {"label": "DKI Jakarta", "penduduk": 10672, "miskin": 4.28},
    ],
    "options": {
        "series": ["penduduk", "miskin"],
        "names": ["Penduduk (ribu)", "Penduduk miskin"],
        "styles": ["number", "percent"],
        "highlight": "Jawa Tengah",
        "subject": "Enam provinsi berpenduduk terbanyak",
    },
}
MARKS = 0.2
# Columns are so far apart; a bar has at least this length beside its number, and is this share of a line high.
BETWEEN, LEAST_BAR, HIGH = 36.0, 36.0, 0.62
BETWEEN_FLAT, LEAST_BAR_FLAT = 22.0, 26.0


@dataclass(frozen=True, slots=True)
class _Column:
    """One measure: its head, its writer, its left edge, and the scale of its bars."""

    head: Text
    writer: Writer
    left: float
    scale: Linear


def draw(rows: Sequence[Row], options: Options, kit: ChartKit) -> Chart:
    """Return the chart; raises LayoutError when the numbers leave no room for bars, and when not even two rows fit."""
    data = read_many(rows, options, "rows")
    writers = _writers(data, options, kit)
    style = TextStyle(LEAST, kit.look.weight("body", 600))
    head = 2 * round(LEAST * 1.18) + 18
    need = Need(lambda size: _least_width(data, writers, size, kit), head, 0.5, 0.7, 1.0, MARKS, hatched=True)
    kept, lanes, below = fit_lanes(data, options, kit, need)
    columns = _columns(kept.data, writers, lanes, style, kit)
    canvas = kit.canvas()
    for column in columns:
        canvas.text(Placed(column.head, column.left, head - 18 - column.head.height, kit.palette.muted))
    lanes.draw_names(canvas, kept.data.categories, kit, kept.data.highlighted)
    for row in range(len(kept.data.categories)):
        y = lanes.top + row * lanes.pitch
        canvas.rule(Rectangle(0, y - 1, kit.width, y + 1), kit.palette.line)
        for at, column in enumerate(columns):
            _draw_cell(canvas, kept.data, (row, at), (column, lanes), kit)
    canvas.keep_clear(Rectangle(0, lanes.top, kit.width, lanes.bottom))
    below.draw(canvas, kit.height - below.height + 18, kit.palette.muted)
    name = "Tabel dengan batang" if kit.language == "id" else "Table with bars"
    return finished(canvas, many_sentences(name, kept, options, *writers), options, kit)


def _writers(data: Data, options: Options, kit: ChartKit) -> tuple[Writer, ...]:
    """Return the writer of each column; raises LayoutError for a style that there is not."""
    styles = options.names("styles") or ("",) * len(data.series)
    if len(styles) != len(data.series):
        raise kit.refuse(f"{len(data.series)} columns have {len(styles)} styles", "write one style for each column")
    for style in styles:
        if style and style not in STYLES:
            raise kit.refuse(f"there is no style '{style[:60]}'", did_you_mean(style, STYLES))
    return tuple(
        writer_for([one.points[at].number or Decimal(0) for one in data.categories], options, kit.language, style)
        for at, style in enumerate(styles)
    )


def _number_widths(data: Data, writers: Sequence[Writer], size: float, kit: ChartKit) -> list[float]:
    style = TextStyle(size, kit.look.weight("body", 700))
    return [
        max((kit.ruler.width(label.text, style) for label in _labels(data, at, writer)), default=0)
        for at, writer in enumerate(writers)
    ]


def _labels(data: Data, at: int, writer: Writer) -> list[Label]:
    points = [one.points[at] for one in data.categories]
    return [writer.label(point) for point in points if point.number is not None]


def _least_width(data: Data, writers: Sequence[Writer], size: float, kit: ChartKit) -> float:
    """Return the width that all cells need, less the share that lanes keep for marks anyway."""
    between, bar = (BETWEEN_FLAT, LEAST_BAR_FLAT) if kit.flat else (BETWEEN, LEAST_BAR)
    cells = sum(width + GAP + bar for width in _number_widths(data, writers, size, kit))
    return cells + between * (len(writers) - 0.5) - MARKS * kit.width


def _columns(
    data: Data, writers: Sequence[Writer], lanes: Lanes, style: TextStyle, kit: ChartKit
) -> tuple[_Column, ...]:
    """Return the columns side by side: each as wide as its numbers and an equal share of what is left for bars."""
    widths = _number_widths(data, writers, lanes.size, kit)
    between, least = (BETWEEN_FLAT, LEAST_BAR_FLAT) if kit.flat else (BETWEEN, LEAST_BAR)
    left = lanes.left + (between / 2 if lanes.beside else 0)
    bar = (lanes.right - left - sum(widths) - len(widths) * GAP - between * (len(widths) - 1)) / len(widths)
    if bar < least - 1:
        raise kit.refuse("the numbers leave no room for the bars", "show fewer columns")
    columns = []
    for at, (writer, width) in enumerate(zip(writers, widths, strict=True)):
        head = fit(data.series[at], width + GAP + bar, kit.ruler, style, 2)
        if head is None:
            raise kit.refuse(f"the head '{data.series[at].text[:60]}' does not fit above its column", "shorten it")
        zero = left + width + GAP
        known = [one.points[at].number for one in data.categories]
        columns.append(_Column(head, writer, left, linear([n for n in known if n is not None], zero, zero + bar)))
        left = zero + bar + between
    return tuple(columns)


def _draw_cell(canvas: Canvas, data: Data, place: tuple[int, int], where: tuple[_Column, Lanes], kit: ChartKit) -> None:
    (row, at), (column, lanes) = place, where
    category, middle, half = data.categories[row], lanes.middle(row), HIGH * lanes.size / 2
    point, start = category.points[at], column.scale.start
    if point.number is None:
        sign = Rectangle(start, middle - half, start + LEAST_BAR_FLAT, middle + half)
        _name(canvas, data, (row, at), (sign, canvas.hatch(sign, kit.palette.muted)))
        return
    strong = not data.highlighted or category.mine
    end, zero = column.scale(point.number), column.scale.zero
    left, right = seen(min(end, zero), max(end, zero), kit)
    area = Rectangle(left, middle - half, right, middle + half)
    colour = kit.palette.data if strong else kit.palette.soft
    mark = canvas.box(area, colour, "right", kit.radius(2 * half, "right")) if point.number else None
    text = one_line(column.writer.label(point), kit.ruler, value_style(lanes, kit, category.mine))
    ink = kit.palette.ink if strong else kit.palette.muted
    canvas.middle(Placed(text, start - GAP, middle, ink, "right", mark))
    _name(canvas, data, (row, at), (area, mark))


def _name(canvas: Canvas, data: Data, place: tuple[int, int], what: tuple[Rectangle, int | None]) -> None:
    """Say what a cell is called, for notes: it is part of its row."""
    row = data.categories[place[0]].label
    for name in (row, within(row, data.series[place[1]])):
        canvas.spot(name, *what)
