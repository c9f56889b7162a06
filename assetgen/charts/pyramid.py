"""A population pyramid: two groups back to back on one scale, by age, with the youngest at the bottom.

It takes two series, such as men and women. The ages stand between them; where bars are too thin for every age, every
second or third one is named. A missing value is hatched.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from markupsafe import Markup

from assetgen.charts._kit.alt import closing, opening
from assetgen.charts._kit.canvas import Anchor, Canvas, Placed
from assetgen.charts._kit.chart import Chart, ChartKit
from assetgen.charts._kit.colours import categorical
from assetgen.charts._kit.foot import Legend, foot
from assetgen.charts._kit.notes import finished, within
from assetgen.charts._kit.numbers import Writer, writer_for
from assetgen.charts._kit.options import MANY_SERIES, Options
from assetgen.charts._kit.rest import Kept
from assetgen.charts._kit.rows import Data, Label, Point, Row, read_many
from assetgen.charts._kit.scales import nice_ticks
from assetgen.charts._kit.shares import add
from assetgen.charts._kit.text import LEAST, Text, fit, one_line
from assetgen.charts._kit.words import sentence
from assetgen.look import TextStyle
from assetgen.model import Rectangle, Value

OPTIONS = {
    **MANY_SERIES,
    "highlight": "label, or list of labels, of the ages in colour; the rest is grey",
    "order": "given (default): the first row at the bottom; or down: the first row at the top",
}
SAMPLE = {
    "rows": [
        {"label": "0–4", "L": 11240, "P": 10760},
        {"label": "5–9", "L": 11390, "P": 10870},
        {"label": "10–14", "L": 11350, "P": 10720},
        {"label": "15–19", "L": 11410, "P": 10790},
        {"label": "20–24", "L": 11500, "P": 10980},
        {"label": "25–29", "L": 11420, "P": 11010},
        {"label": "30–34", "L": 11150, "P": 10830},
        {"label": "35–39", "L": 10640, "P": 10420},
        {"label": "40–44", "L": 10230, "P": 10080},
        {"label": "45–49", "L": 9530, "P": 9450},
        {"label": "50–54", "L": 8480, "P": 8510},
        {"label": "55–59", "L": 7240, "P": 7350},
        {"label": "60–64", "L": 5860, "P": 6010},
        {"label": "65–69", "L": 4420, "P": 4630},
        {"label": "70–74", "L": 2870, "P": 3170},
        {"label": "75+", "L": 2410, "P": 3260},
    ],
    "options": {
        "series": ["L", "P"],
        "names": ["Laki-laki", "Perempuan"],
        "unit": "ribu jiwa",
        "highlight": ["15–19", "20–24", "25–29"],
        "subject": "Penduduk menurut kelompok umur dan jenis kelamin, 2025",
    },
}
LEAST_PITCH, ASIDE, GAP, MISSING, AXIS = 7.0, 16.0, 10.0, 0.12, 36.0
HEAD, UNDER, LINE = 0.4, 18.0, 56.0
# Numbers stand at the bars where these have this pitch, else an axis stands below.
PITCH_NUMBERS = 1.25 * LEAST


@dataclass(frozen=True, slots=True)
class Plan:
    """The two halves (inner edges at `left` and `right`, `length` long), the rows from top to bottom, their ages."""

    left: float
    right: float
    length: float
    top: float
    bottom: float
    pitch: float
    most: Decimal
    ages: dict[int, Text]
    numbers: bool

    def middle(self, row: int) -> float:
        """Return the middle of a row, counted from the top."""
        return self.top + (row + 0.5) * self.pitch


def draw(rows: Sequence[Row], options: Options, kit: ChartKit) -> Chart:
    """Return the chart; raises LayoutError for other than two series, negative numbers, and too many ages."""
    data = _read(rows, options, kit)
    writer = writer_for(data.numbers, options, kit.language)
    below = foot(Kept(data), kit)
    heads = _heads(data, writer, kit)
    plan = _planned(data, writer, (max(head.height for head in heads), below), kit)
    canvas, colours = kit.canvas(), _colours(data, kit)
    _draw_heads(canvas, heads, (plan, colours), kit)
    if not plan.numbers:
        _draw_axis(canvas, plan, writer, kit)
    for row in range(len(data.categories)):
        _draw_row(canvas, (data, row), (plan, colours, writer), kit)
    below.draw(canvas, kit.height - below.height + 18, kit.palette.muted)
    name = "Piramida penduduk" if kit.language == "id" else "Population pyramid"
    told = (opening(name, options), *_sentences(data, writer), *closing(Kept(data), options, kit.language))
    return finished(canvas, told, options, kit)


def _colours(data: Data, kit: ChartKit) -> tuple[str, ...]:
    """Return the colours of both sides; where ages are highlighted the sides are told by their place alone."""
    return (kit.palette.data,) * 2 if data.highlighted else categorical(kit.look, kit.palette, 2)


def _read(rows: Sequence[Row], options: Options, kit: ChartKit) -> Data:
    """Return the two series, the row at the top first, with the highlighted ages marked."""
    data = read_many(rows, options, highlight="rows")
    if len(data.series) != 2:
        raise kit.refuse(f"it takes two series, got {len(data.series)}", "use grouped or stacked for others")
    for one in data.categories:
        for point in one.points:
            if point.number is not None and point.number < 0:
                at = f" ({point.value.cell})" if point.value.cell else ""
                raise kit.refuse(f"'{one.label.text[:60]}' has {point.number}{at}, below zero", "correct the figure")
    upward = options.choice("order", ("given", "down")) == "given"
    return replace(data, categories=tuple(reversed(data.categories)) if upward else data.categories)


# --- places -----------------------------------------------------------------------------------------------------------


def _planned(data: Data, writer: Writer, place: tuple[float, Legend], kit: ChartKit) -> Plan:
    """Return where everything stands; raises LayoutError where bars would be too thin, or ages too long."""
    head, below = place
    count, room = len(data.categories), kit.height - below.height - head - UNDER
    numbers = room / count >= PITCH_NUMBERS
    room -= 0 if numbers else AXIS
    pitch = min(room / count, 3.2 * kit.size)
    if pitch < LEAST_PITCH:
        raise kit.refuse(f"{count} ages are too many rows", "join ages to groups, or give it a larger box")
    style = TextStyle(min(kit.size, max(LEAST, 0.7 * pitch)), kit.look.weight("body", 500))
    ages = [fit(one.label, 0.3 * kit.width, kit.ruler, style, 1) for one in data.categories]
    named = [age for age in ages if age is not None]
    if len(named) < count:
        raise kit.refuse("the names between the bars are too long", "shorten them: '0–4', '75+'")
    wide = max(age.width for age in named) + 2 * ASIDE
    left, right = kit.width / 2 - wide / 2, kit.width / 2 + wide / 2
    reserve = max(_width(point, writer, kit) for point in data.points) + GAP if numbers else 0.0
    most = max(data.numbers, default=Decimal(0)) or Decimal(1)
    chosen = dict(_named(named, pitch))
    return Plan(
        round(left),
        round(right),
        left - reserve,
        head + UNDER,
        head + UNDER + pitch * count,
        pitch,
        most,
        chosen,
        numbers,
    )


def _width(point: Point, writer: Writer, kit: ChartKit) -> float:
    style = TextStyle(LEAST, kit.look.weight("body", 700))
    return kit.ruler.width(writer.label(point).text, style) if point.number is not None else 0.0


def _named(ages: Sequence[Text], pitch: float) -> Iterator[tuple[int, Text]]:
    """Yield the rows that are named: all, or every second, third … from the bottom, whatever leaves them apart."""
    step = next(step for step in range(1, 99) if step * pitch >= ages[0].leading * 0.92)
    last = len(ages) - 1
    for row, age in enumerate(ages):
        if (last - row) % step == 0:
            yield row, age


# --- drawing ----------------------------------------------------------------------------------------------------------


def _heads(data: Data, writer: Writer, kit: ChartKit) -> tuple[Text, ...]:
    """Return the name of each side, with its total where nothing is missing: on one line, else both on two."""
    style = TextStyle(max(LEAST, kit.size - 4), kit.look.weight("body", 700))
    totals = [_total(data, number) for number in range(2)]
    amounts = [writer.label(Point(total), unit=True) if total else None for total in totals]
    joined = [
        Label(f"{name.text}  {amount.text}", Markup("{}\u2002{}").format(name.markup, amount.markup))
        if amount
        else name
        for name, amount in zip(data.series, amounts, strict=True)
    ]
    lines = [one_line(label, kit.ruler, style) for label in joined]
    if all(line.width <= HEAD * kit.width for line in lines):
        return tuple(lines)
    return tuple(_stacked(name, amount, style, kit) for name, amount in zip(data.series, amounts, strict=True))


def _stacked(name: Label, amount: Label | None, style: TextStyle, kit: ChartKit) -> Text:
    text = fit(name, kit.width / 2 - ASIDE, kit.ruler, style, 2)
    if text is None:
        raise kit.refuse(f"'{name.text[:60]}' does not fit above its side")
    more = [one_line(amount, kit.ruler, style)] if amount else []
    more = [one for one in more if one.width <= kit.width / 2 - ASIDE]
    return Text(
        (*text.lines, *(line for one in more for line in one.lines)), max(one.width for one in (text, *more)), style
    )


def _total(data: Data, number: int) -> Value | None:
    values = [one.points[number].value for one in data.categories]
    return None if any(value.missing for value in values) else add(values)


def _draw_heads(canvas: Canvas, heads: Sequence[Text], look: tuple[Plan, Sequence[str]], kit: ChartKit) -> None:
    """Write the name of each side above it, towards the middle, underlined in its colour."""
    plan, colours = look
    ends = (max(plan.left, heads[0].width), min(plan.right, kit.width - heads[1].width))
    for text, colour, x, side in zip(heads, colours, ends, (-1, 1), strict=True):
        anchor: Anchor = "right" if side < 0 else "left"
        canvas.text(Placed(text, x, plan.top - UNDER - text.height, kit.palette.ink, anchor))
        inner = plan.left if side < 0 else plan.right
        outer = inner + side * LINE
        canvas.rule(Rectangle(min(inner, outer), plan.top - UNDER + 3, max(inner, outer), plan.top - UNDER + 9), colour)


def _draw_axis(canvas: Canvas, plan: Plan, writer: Writer, kit: ChartKit) -> None:
    """Draw the scale of both sides below: zero is the inner edge, the same length on both."""
    style = TextStyle(LEAST, kit.look.weight("body", 400))
    ticks = [tick for tick in nice_ticks(Decimal(0), plan.most, 4) if tick <= plan.most]
    for side in (-1, 1):
        taken: list[Rectangle] = []
        for tick in (ticks[0], *reversed(ticks[1:])):
            label = one_line(Label.plain(writer.text(tick)), kit.ruler, style)
            x = (plan.left, plan.right)[side > 0] + side * float(tick / plan.most) * plan.length
            canvas.rule(Rectangle(x - 1, plan.top, x + 1, plan.bottom), kit.palette.line)
            middle = min(max(x, label.width / 2), kit.width - label.width / 2)
            placed = Placed(label, middle, plan.bottom + 4, kit.palette.muted, "center")
            wide = Rectangle(placed.area.left - 12, placed.area.top, placed.area.right + 12, placed.area.bottom)
            if not any(wide.overlap(other) for other in taken):
                taken.append(canvas.text(placed))


def _draw_row(
    canvas: Canvas,
    what: tuple[Data, int],
    look: tuple[Plan, Sequence[str], Writer],
    kit: ChartKit,
) -> None:
    """Draw both bars of an age, its numbers where there is room, and its name."""
    (data, row), (plan, colours, writer) = what, look
    one = data.categories[row]
    half = max(1.0, min(0.41 * plan.pitch, plan.pitch / 2 - 1))
    middle, quiet = plan.middle(row), data.highlighted and not one.mine
    ink = kit.palette.muted if quiet else kit.palette.ink
    for side, (point, colour) in enumerate(zip(one.points, colours, strict=True)):
        area = _bar(plan, side, point, (middle - half, middle + half))
        mark = canvas.hatch(area, kit.palette.muted) if point.number is None else canvas.next_mark()
        canvas.spot(one.label, area, mark)
        canvas.spot(within(one.label, data.series[side]), area, mark)
        if point.number is None:
            continue
        if point.number:
            sides = "left" if side == 0 else "right"
            radius = kit.radius(min(2 * half, area.width), sides)
            canvas.box(area, kit.palette.soft if quiet else colour, "left" if side == 0 else "right", radius, mark)
        if plan.numbers:
            style = TextStyle(LEAST, kit.look.weight("body", 700 if one.mine else 500))
            text = one_line(writer.label(point), kit.ruler, style)
            x = area.left - GAP if side == 0 else area.right + GAP
            canvas.middle(Placed(text, x, middle, ink, "right" if side == 0 else "left", mark))
    if row in plan.ages:
        canvas.middle(Placed(plan.ages[row], kit.width / 2, middle, ink, "center"))


def _bar(plan: Plan, side: int, point: Point, edges: tuple[float, float]) -> Rectangle:
    share = MISSING if point.number is None else float(point.number / plan.most)
    length = max(share * plan.length, 2.0 if point.number else 0.0)
    if side == 0:
        return Rectangle(plan.left - length, edges[0], plan.left, edges[1])
    return Rectangle(plan.right, edges[0], plan.right + length, edges[1])


def _sentences(data: Data, writer: Writer) -> Iterator[Markup]:
    """Yield for each side its total, its largest and its smallest age."""
    for number, series in enumerate(data.series):
        total = _total(data, number)
        if total:
            amount = writer.label(Point(total), unit=True).markup
            yield sentence("own", writer.language, label=series.markup, value=amount)
        known = [one for one in data.categories if one.points[number].number is not None]
        for key, choose in (("most-at", max), ("least-at", min)) if known else ():
            one = choose(known, key=lambda one: one.points[number].number or Decimal(0))
            value = writer.label(one.points[number], unit=True).markup
            yield sentence(key, writer.language, series=series.markup, label=one.label.markup, value=value)
