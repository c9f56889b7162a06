"""Steps from one amount to another: where Rp100 goes, how a budget changed. Each bar starts where the last one ended.

Values are changes; `totals` names the rows that are amounts by themselves, such as the first one. They must agree with
the changes before them. With `total_label` the amount that is left is worked out and shown last.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assetgen.charts._kit.alt import closing, opening, own_sentence
from assetgen.charts._kit.bars import scale_between, seen
from assetgen.charts._kit.canvas import Canvas, Placed
from assetgen.charts._kit.chart import Chart, ChartKit
from assetgen.charts._kit.colours import mix
from assetgen.charts._kit.lanes import GAP, Lanes, Need, fit_lanes, value_style, widest_of
from assetgen.charts._kit.notes import finished
from assetgen.charts._kit.numbers import Writer, writer_for
from assetgen.charts._kit.options import Options
from assetgen.charts._kit.rest import sum_of
from assetgen.charts._kit.rows import Category, Data, Label, Point, Row, read_data
from assetgen.charts._kit.scales import Linear
from assetgen.charts._kit.text import one_line
from assetgen.model import Rectangle

OPTIONS = {
    "totals": "labels of the rows that are amounts by themselves, not changes; the first row is one when left out",
    "total_label": "name of a last row with the amount that is left",
    "highlight": "label, or list of labels, in the data colour; the rest is grey",
}
SAMPLE = {
    "rows": [
        {"label": "Setiap Rp100", "value": 100},
        {"label": "Pendidikan", "value": -31},
        {"label": "Kesehatan", "value": -18},
        {"label": "Jalan dan jembatan", "value": -22},
        {"label": "Gaji dan kantor", "value": -17},
    ],
    "options": {
        "style": "rupiah",
        "total_label": "Layanan lain",
        "note": "Minimal 20% menurut UUD 1945",
        "note_at": "Pendidikan",
        "subject": "Ke mana setiap Rp100 belanja daerah pergi",
    },
}


@dataclass(frozen=True, slots=True)
class _Step:
    """One row: from which amount to which it leads, and whether it is an amount by itself."""

    category: Category
    start: Decimal
    end: Decimal
    total: bool


def draw(rows: Sequence[Row], options: Options, kit: ChartKit) -> Chart:
    """Return the chart; raises LayoutError for missing values, totals that do not agree, and rows that do not fit."""
    data = read_data(rows, options)
    steps = _steps(data, options, kit)
    data = replace(data, categories=tuple(step.category for step in steps))
    writer = writer_for(data.numbers, options, kit.language)
    labels = [_label(step, writer) for step in steps]
    need = Need(widest_of(labels, kit), thick=0.74)
    whole = Options(options.kind, {**options.given, "rest": "refuse"})
    kept, lanes, below = fit_lanes(data, whole, kit, need)
    texts = [
        one_line(label, kit.ruler, value_style(lanes, kit, step.total))
        for label, step in zip(labels, steps, strict=True)
    ]
    widths = [text.width + GAP if lanes.beside else 0 for text in texts]
    ends = [(max(step.start, step.end), width) for step, width in zip(steps, widths, strict=True)]
    scale = scale_between([*ends, *((min(step.start, step.end), 0.0) for step in steps)], lanes.left, lanes.right, kit)
    canvas = kit.canvas()
    lanes.draw_names(canvas, data.categories, kit, data.highlighted)
    for row, (step, text) in enumerate(zip(steps, texts, strict=True)):
        area, mark = _draw_step(canvas, steps, row, (lanes, scale), kit)
        canvas.spot(step.category.label, area, mark)
        quiet = data.highlighted and not step.category.mine
        ink = kit.palette.muted if quiet else kit.palette.ink
        if lanes.beside:
            canvas.middle(Placed(text, area.right + GAP, lanes.middle(row), ink, "left", mark))
        else:
            lanes.draw_number(canvas, row, text, ink, mark)
    below.draw(canvas, kit.height - below.height + 18, kit.palette.muted)
    name = "Diagram air terjun" if kit.language == "id" else "Waterfall chart"
    told = [own_sentence(step.category, _signed(step, writer)) for step in steps]
    alt = (opening(name, options), *told, *closing(kept, options, kit.language))
    return finished(canvas, alt, options, kit)


def _steps(data: Data, options: Options, kit: ChartKit) -> list[_Step]:
    """Return the rows as steps; raises LayoutError where the amounts between are not known or do not agree."""
    if data.missing:
        raise kit.refuse("a missing value leaves all amounts after it unknown", "leave the chart out until it is there")
    totals = {name.lower() for name in options.names("totals")} or {data.categories[0].label.text.lower()}
    level, steps, since = Decimal(0), list[_Step](), list[Point]()
    for number, category in enumerate(data.categories):
        amount = category.number or Decimal(0)
        total = category.label.text.lower() in totals
        if total and number and amount != level:
            message = f"'{category.label.text}' is {amount}, and the rows before it make {level}"
            raise kit.refuse(message, "correct the data, or leave it out of totals")
        steps.append(_Step(category, Decimal(0) if total else level, amount if total else level + amount, total))
        level = steps[-1].end
        since = [category.point] if total else [*since, category.point]
    if words := options.text("total_label"):
        left = Point(sum_of([point.value for point in since]), max(point.sign for point in since))
        steps.append(_Step(Category(Label.plain(words), (left,)), Decimal(0), level, total=True))
    return steps


def _signed(step: _Step, writer: Writer) -> Writer:
    return writer if step.total else replace(writer, signed=True)


def _label(step: _Step, writer: Writer) -> Label:
    return _signed(step, writer).label(step.category.point)


def _draw_step(
    canvas: Canvas, steps: Sequence[_Step], row: int, place: tuple[Lanes, Linear], kit: ChartKit
) -> tuple[Rectangle, int]:
    """Draw a bar, and the line that leads from its end to the next bar."""
    (lanes, scale), step = place, steps[row]
    middle, half = lanes.middle(row), lanes.thickness / 2
    start, end = scale(step.start), scale(step.end)
    left, right = seen(min(start, end), max(start, end), kit)
    area = Rectangle(left, middle - half, right, middle + half)
    falling = step.end < step.start
    side = "left" if falling else "right"
    radius = kit.radius(lanes.thickness, side) if step.total and area.width > lanes.thickness else "0"
    mark = canvas.box(area, _colour(step, steps, kit), "left" if falling else "right", radius)
    if row + 1 < len(steps) and lanes.beside:
        canvas.rule(Rectangle(end - 1, middle, end + 1, lanes.middle(row + 1) + half), kit.palette.muted)
    return area, mark


def _colour(step: _Step, steps: Sequence[_Step], kit: ChartKit) -> str:
    if any(one.category.mine for one in steps):
        return kit.palette.data if step.category.mine else kit.palette.soft
    if step.total:
        return kit.palette.data
    falling = kit.palette.accent if kit.palette.accent != kit.palette.data else kit.palette.ink
    return falling if step.end < step.start else mix(kit.palette.data, kit.palette.ground, 0.5)
