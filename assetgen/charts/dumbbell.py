"""Two dots and the line between them, for the gap between two values of each row: before and after, women and men.

Both dots carry their number, outside of the gap. The scale need not start at zero: places are compared, not lengths. A
row of which one value is missing shows the other one and says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assetgen.charts._kit.alt import many_sentences
from assetgen.charts._kit.canvas import Canvas, Placed
from assetgen.charts._kit.chart import Chart, ChartKit
from assetgen.charts._kit.colours import mix
from assetgen.charts._kit.foot import legend
from assetgen.charts._kit.lanes import GAP, Lanes, Need, fit_lanes, value_style, widest_of
from assetgen.charts._kit.notes import finished
from assetgen.charts._kit.numbers import Writer, writer_for
from assetgen.charts._kit.options import MANY_SERIES, Options
from assetgen.charts._kit.rows import Category, Label, Row, read_many
from assetgen.charts._kit.scales import Linear
from assetgen.charts._kit.text import LEAST, one_line
from assetgen.charts._kit.words import word
from assetgen.look import TextStyle
from assetgen.model import Rectangle

OPTIONS = {
    **MANY_SERIES,
    "highlight": "label, or list of labels, in the accent colour; the rest is grey",
    "rest": "what happens to rows that do not fit: cut (default) and say how many, or refuse",
}
SAMPLE = {
    "rows": [
        {"label": "Nusa Tenggara Timur", "2015": 62.67, "2024": 69.14},
        {"label": "Papua Barat", "2015": 61.73, "2024": 67.69},
        {"label": "Jawa Timur", "2015": 68.95, "2024": 75.35},
        {"label": "Bali", "2015": 73.27, "2024": 79.37},
        {"label": "DKI Jakarta", "2015": 78.99, "2024": 84.15},
    ],
    "options": {
        "series": ["2015", "2024"],
        "decimals": 1,
        "note": "Naik paling banyak",
        "note_at": "Nusa Tenggara Timur",
        "subject": "Indeks Pembangunan Manusia, 2015 dan 2024",
    },
}
LINE, SIGN, LEAST_RADIUS = 8.0, 28.0, 9.0


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where everything of the chart is; `inks` are the colours of both dots and of the line."""

    lanes: Lanes
    scale: Linear
    writer: Writer
    inks: tuple[str, str, str]
    narrowest: float

    @property
    def radius(self) -> float:
        return max(LEAST_RADIUS, min(self.lanes.thickness / 2, 0.42 * self.lanes.size, self.narrowest / 2.2))


def draw(rows: Sequence[Row], options: Options, kit: ChartKit) -> Chart:
    """Return the chart; raises LayoutError unless there are two series, and when not even two rows fit."""
    data = read_many(rows, options, "rows")
    if len(data.series) != 2:
        raise kit.refuse(f"two series are compared, got {len(data.series)}", "write series=['2015', '2024']")
    writer = writer_for(data.numbers, options, kit.language)
    inks = (kit.palette.soft, kit.palette.data, mix(kit.palette.soft, kit.palette.ground, 0.5))
    names = [(name, ink, False) for name, ink in zip(data.series, inks, strict=False)]
    above = legend(names, kit, 600)
    reserve = widest_of([writer.label(point) for point in data.points if point.number is not None], kit)
    kept, lanes, below = fit_lanes(
        data, options, kit, Need(lambda size: 2 * reserve(size), above.height, 0.5, 0.8, 1.1, 0.14)
    )
    known, room = kept.data.numbers or (Decimal(0),), reserve(lanes.size) + lanes.size / 2
    low, high = min(known), max(known)
    scale = Linear(low, high if high > low else low + 1, lanes.left + room, lanes.right - room)
    canvas = kit.canvas()
    above.draw(canvas, 0, kit.palette.ink)
    lanes.draw_names(canvas, kept.data.categories, kit, kept.data.highlighted)
    plan = _Plan(lanes, scale, writer, inks, _narrowest(kept.data.categories, scale))
    for row, category in enumerate(kept.data.categories):
        _draw_row(canvas, plan, row, (category, kept.data.highlighted), kit)
    below.draw(canvas, kit.height - below.height + 18, kit.palette.muted)
    name = "Diagram dumbel" if kit.language == "id" else "Dumbbell chart"
    return finished(canvas, many_sentences(name, kept, options, writer), options, kit)


def _narrowest(categories: Sequence[Category], scale: Linear) -> float:
    """Return the smallest gap between two dots that are not at the same place."""
    pairs = [[scale(point.number) for point in one.points if point.number is not None] for one in categories]
    gaps = [abs(pair[0] - pair[1]) for pair in pairs if len(pair) == 2]
    return min((gap for gap in gaps if gap > 2 * LEAST_RADIUS), default=2.2 * LEAST_RADIUS)


def _draw_row(canvas: Canvas, plan: _Plan, row: int, what: tuple[Category, bool], kit: ChartKit) -> None:
    category, lively = what
    middle, quiet = plan.lanes.middle(row), lively and not category.mine
    ends = sorted(
        (plan.scale(point.number), at) for at, point in enumerate(category.points) if point.number is not None
    )
    if len(ends) == 2:
        bar = Rectangle(ends[0][0], middle - LINE / 2, ends[1][0], middle + LINE / 2)
        canvas.box(bar, plan.inks[2], "right" if ends[0][1] == 0 else "left")
    for place, (x, at) in enumerate(ends):
        radius = round(plan.radius)
        dot = Rectangle(x - radius, middle - radius, x + radius, middle + radius)
        mark = canvas.box(dot, kit.palette.soft if quiet else plan.inks[at], "fade", f"{radius}px")
        canvas.spot(category.label, dot, mark)
        text = one_line(plan.writer.label(category.points[at]), kit.ruler, value_style(plan.lanes, kit, category.mine))
        ink = kit.palette.ink if at == 1 and not quiet else kit.palette.muted
        if place == 0 and len(ends) == 2:
            canvas.middle(Placed(text, x - radius - GAP, middle, ink, "right", mark))
        else:
            canvas.middle(Placed(text, x + radius + GAP, middle, ink, "left", mark))
    if len(ends) < 2:
        _say_missing(canvas, plan, (category.label, middle, ends[0][0] if ends else None), kit)


def _say_missing(canvas: Canvas, plan: _Plan, row: tuple[Label, float, float | None], kit: ChartKit) -> None:
    """Write that a value is missing, beside a hatched sign, at the side of the known dot that has room."""
    style = TextStyle(LEAST, kit.look.weight("body", 500))
    text = one_line(Label.plain(word("not-available", kit.language)), kit.ruler, style)
    (name, middle, x), lanes, width = row, plan.lanes, SIGN + GAP + text.width
    room = lanes.right - lanes.left - 2 * (plan.radius + GAP)
    if x is None or x - plan.radius - GAP - width >= lanes.left:
        left = lanes.left
    elif width <= room and lanes.right - width >= x + plan.radius + GAP + lanes.size * 4:
        left = lanes.right - width
    else:
        raise kit.refuse("a row with a missing value has no room to say so")
    half = SIGN / 2
    sign = Rectangle(left, middle - half, left + SIGN, middle + half)
    mark = canvas.hatch(sign, kit.palette.muted)
    canvas.spot(name, sign, mark)
    canvas.middle(Placed(text, left + SIGN + GAP, middle, kit.palette.muted, "left", mark))
