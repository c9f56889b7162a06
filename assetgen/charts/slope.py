"""Two moments, joined: how each one's number changed, with names and numbers at both ends instead of an axis.

The highlighted ones are in colour, the rest is grey. Who has a number at one moment only stands there without a line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from assetgen.charts._kit.alt import closing, opening
from assetgen.charts._kit.canvas import Canvas, Placed
from assetgen.charts._kit.chart import Chart, ChartKit
from assetgen.charts._kit.colours import readable
from assetgen.charts._kit.foot import Legend, foot
from assetgen.charts._kit.notes import finished
from assetgen.charts._kit.numbers import Writer, writer_for
from assetgen.charts._kit.options import Options
from assetgen.charts._kit.placing import spread
from assetgen.charts._kit.rest import Kept
from assetgen.charts._kit.rows import Category, Data, Row
from assetgen.charts._kit.scales import Linear
from assetgen.charts._kit.text import LEAST, Text, fit, one_line
from assetgen.charts._kit.words import sentence
from assetgen.charts._series.plot import note_style
from assetgen.charts._series.reading import read_columns
from assetgen.charts._series.strokes import along
from assetgen.look import TextStyle
from assetgen.model import Rectangle

OPTIONS = {
    "series": "the two columns with numbers, the earlier one first",
    "names": "shown names of both moments: ['2020', '2025']",
    "highlight": "label, or list of labels, in the accent colour; the rest is grey",
}
SAMPLE = {
    "rows": [
        {"label": "Papua", "a": 26.55, "b": 17.7},
        {"label": "Nusa Tenggara Timur", "a": 21.2, "b": 18.6},
        {"label": "Aceh", "a": 15.4, "b": 12.3},
        {"label": "Jawa Tengah", "a": 11.8, "b": 9.5},
        {"label": "DKI Jakarta", "a": 4.7, "b": 4.3},
    ],
    "options": {
        "series": ["a", "b"],
        "names": ["2020", "2025"],
        "highlight": "Papua",
        "style": "percent",
        "decimals": 1,
        "subject": "Penduduk miskin menurut provinsi, 2020 dan 2025",
    },
}
GAP, RADIUS, BETWEEN, LEAST_MIDDLE = 20.0, 9.0, 6.0, 100.0


@dataclass(frozen=True)
class Plan:
    """Where a slope chart stands: its ends, its scale, and the names and numbers at the left and at the right."""

    left: float
    right: float
    scale: Linear
    names: tuple[Text | None, ...]
    foot: Legend


def draw(rows: Sequence[Row], options: Options, kit: ChartKit) -> Chart:
    """Return the chart; raises LayoutError for other than two moments, and when the labels have no room."""
    columns = options.names("series")
    names = options.names("names") or columns
    if len(columns) != 2 or len(names) != 2:
        raise kit.refuse(f"a slope joins two moments, got {len(columns)}", "give series=['before', 'after']")
    data = read_columns(rows, columns, names, options)
    writer = writer_for(data.numbers, options, kit.language)
    plan = _plan(data, writer, kit)
    canvas = kit.canvas()
    _draw_moments(canvas, data, plan, kit)
    _draw_lines(canvas, data, plan, kit)
    for side in (0, 1):
        _draw_side(canvas, data, plan, side, (writer, kit))
    plan.foot.draw(canvas, kit.height - plan.foot.height + 18, kit.palette.muted)
    title = "Diagram lereng" if kit.language == "id" else "Slope chart"
    return finished(canvas, _sentences(title, data, options, writer), options, kit)


def _plan(data: Data, writer: Writer, kit: ChartKit) -> Plan:
    legend = foot(Kept(data), kit)
    top = note_style(kit).size * 1.18 + 22
    numbers = data.numbers or (Decimal(0),)
    scale = Linear(min(numbers), max(numbers), kit.height - legend.height - 26, top + 26)
    values = max(
        (
            _value(one, side, writer, kit).width
            for one in data.categories
            for side in (0, 1)
            if one.points[side].number is not None
        ),
        default=0,
    )
    for share in (0.28, 0.36, 0.44):
        names = tuple(
            fit(one.label, kit.width * share, kit.ruler, _style(one, data, kit), 2) for one in data.categories
        )
        left = max((text.width for text in names if text), default=0) + 12 + values + GAP
        right = kit.width - values - GAP
        if None not in names and right - left >= LEAST_MIDDLE and _fits(names, scale):
            return Plan(left, right, scale, names, legend)
    raise kit.refuse(f"{len(data.categories)} names have no room beside one another")


def _fits(names: Sequence[Text | None], scale: Linear) -> bool:
    room = scale.start - scale.end + 52
    return sum(text.height + BETWEEN for text in names if text) <= room


def _style(one: Category, data: Data, kit: ChartKit) -> TextStyle:
    strong = one.mine or not data.highlighted
    return TextStyle(max(LEAST, kit.size - (2 if strong else 4)), kit.look.weight("body", 700 if one.mine else 500))


def _value(one: Category, side: int, writer: Writer, kit: ChartKit) -> Text:
    style = TextStyle(_style(one, Data((one,), (), None), kit).size, kit.look.weight("body", 700))
    return one_line(writer.label(one.points[side]), kit.ruler, style)


def _draw_moments(canvas: Canvas, data: Data, plan: Plan, kit: ChartKit) -> None:
    style = TextStyle(note_style(kit).size, kit.look.weight("body", 700))
    top = style.size * 1.18 + 14
    for x, label in zip((plan.left, plan.right), data.series, strict=True):
        canvas.rule(Rectangle(x - 1, top, x + 1, plan.scale.start + 26), kit.palette.line)
        text = one_line(label, kit.ruler, style)
        half = text.width / 2
        canvas.text(Placed(text, min(max(x, half), kit.width - half), 0, kit.palette.muted, "center"))


def _draw_lines(canvas: Canvas, data: Data, plan: Plan, kit: ChartKit) -> None:
    for one in sorted(data.categories, key=lambda one: one.mine):
        strong = one.mine or not data.highlighted
        colour = kit.palette.data if strong else kit.palette.soft
        ends = [
            (x, plan.scale(point.number), bool(point.sign))
            for x, point in zip((plan.left, plan.right), one.points, strict=True)
            if point.number is not None
        ]
        if not ends:
            continue
        width = 7 if one.mine else 5 if strong else 4
        dash = ' stroke-dasharray="11 10"' if any(end[2] for end in ends) else ""
        shapes = ""
        if len(ends) == 2:
            path = f"M{ends[0][0]:.1f} {ends[0][1]:.1f}L{ends[1][0]:.1f} {ends[1][1]:.1f}"
            shapes = f'<path d="{path}" stroke="{colour}" stroke-width="{width}"{dash}/>'
        ground = kit.palette.ground
        for x, y, provisional in ends:
            fill, line = (ground, colour) if provisional else (colour, ground)
            shapes += f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{RADIUS}" fill="{fill}" stroke="{line}" stroke-width="3"/>'
        ys = [end[1] for end in ends]
        area = Rectangle(ends[0][0] - 14, min(ys) - 14, ends[-1][0] + 14, max(ys) + 14)
        canvas.drawing(area, shapes)
        if len(ends) == 2:
            canvas.covers(along([(ends[0][0], ends[0][1], ends[1][0], ends[1][1])], RADIUS))


def _draw_side(canvas: Canvas, data: Data, plan: Plan, side: int, tools: tuple[Writer, ChartKit]) -> None:
    """Write the numbers of one side; at the left with their names, so that each name is read once."""
    writer, kit = tools
    shown = [
        (one, plan.names[number])
        for number, one in enumerate(data.categories)
        if one.points[side].number is not None or (side == 0 and one.points[1].number is not None)
    ]
    wanted = [plan.scale(one.points[side].number or one.points[1].number or Decimal(0)) for one, _ in shown]
    heights = [(name.height if name and side == 0 else kit.size * 1.18) + BETWEEN for _, name in shown]
    middles = spread(wanted, heights, plan.scale.end - 26 - BETWEEN, plan.scale.start + 26 + BETWEEN)
    if middles is None:
        raise kit.refuse(f"{len(shown)} numbers have no room above one another", "show fewer rows")
    x = plan.left - GAP if side == 0 else plan.right + GAP
    for (one, name), middle in zip(shown, middles, strict=True):
        ink = kit.palette.ink if one.mine or not data.highlighted else kit.palette.muted
        ink = readable(kit.palette.ground, (kit.palette.data, ink)) if one.mine else ink
        behind = 0.0
        if one.points[side].number is not None:
            value = _value(one, side, writer, kit)
            area = canvas.middle(Placed(value, x, middle, ink, "right" if side == 0 else "left"))
            if side == 1 or one.points[1].number is None:
                canvas.spot(one.label, area, None, None)
            behind = value.width + 12
        if name and side == 0:
            canvas.middle(Placed(name, x - behind, middle, ink, "right"))


def _sentences(name: str, data: Data, options: Options, writer: Writer) -> tuple[Markup, ...]:
    """Return what changed for the highlighted, and who rose and fell most."""
    known = [one for one in data.categories if all(point.number is not None for point in one.points)]
    by_change = sorted(known, key=lambda one: (one.points[1].number or 0) - (one.points[0].number or 0))
    chosen = {one.label.text: one for one in [*(one for one in known if one.mine), *by_change[-1:], *by_change[:1]]}
    told = [_change(one, data, writer) for one in chosen.values()]
    return (opening(name, options), *told, *closing(Kept(data), options, writer.language))


def _change(one: Category, data: Data, writer: Writer) -> Markup:
    before, behind = (point.number or Decimal(0) for point in one.points)
    key = "rise" if behind > before else "fall" if behind < before else "same"
    first, last = (writer.label(point, unit=True).markup for point in one.points)
    moments = {"from": data.series[0].markup, "to": data.series[1].markup}
    text = sentence(key, writer.language, first=first, last=last, **moments)
    return Markup("{}: {}").format(one.label.markup, text[:1].lower() + text[1:])
