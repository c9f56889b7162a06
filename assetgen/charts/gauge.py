"""Half a ring that fills up, for one value of a known whole: how much of a target is reached.

It takes one row. `whole` is where the ring is full (100 for style percent), `reference` a mark on it, such as a target.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import sqrt

from markupsafe import Markup

from assetgen.charts._kit.alt import closing, opening, own_sentence
from assetgen.charts._kit.arcs import Ring
from assetgen.charts._kit.canvas import Anchor, Canvas, Placed
from assetgen.charts._kit.chart import Chart, ChartKit
from assetgen.charts._kit.colours import mix
from assetgen.charts._kit.foot import foot
from assetgen.charts._kit.notes import finished
from assetgen.charts._kit.numbers import Writer, writer_for
from assetgen.charts._kit.options import REFERENCE, Options
from assetgen.charts._kit.rest import Kept
from assetgen.charts._kit.rows import Category, Data, Label, Point, Row, read_data
from assetgen.charts._kit.text import LEAST, Text, fit, one_line, under
from assetgen.charts._kit.words import sentence, word
from assetgen.look import TextStyle
from assetgen.model import Rectangle, Value

OPTIONS = {
    "whole": "the number at which the ring is full; 100 for style percent when left out",
    "reference": REFERENCE["reference"],
    "reference_label": REFERENCE["reference_label"],
}
SAMPLE = {
    "rows": [{"label": "Cakupan imunisasi dasar lengkap", "value": 83.6}],
    "options": {
        "style": "percent",
        "reference": 95,
        "reference_label": "Target",
        "subject": "Imunisasi dasar lengkap, Januari–September 2026",
    },
}
HUNDRED = Decimal(100)
BAND, MARK_OUT, GAP = 0.26, 12.0, 12.0


@dataclass(frozen=True, slots=True)
class Gauge:
    """What a gauge shows: a category, the whole, both in percent of it, and how its numbers are written."""

    one: Category
    whole: Value
    share: Value | None
    reference: Value | None
    writer: Writer

    @property
    def part(self) -> float:
        """Return how far the ring is full, from 0 to 1."""
        return float(self.share.data) / 100 if self.share and isinstance(self.share.data, Decimal) else 0.0

    @property
    def mark(self) -> float | None:
        """Return where the reference is, from 0 to 1."""
        return float(_amount(self.reference) / _amount(self.whole)) if self.reference else None

    @property
    def percent(self) -> bool:
        """Tell whether the numbers are shares already."""
        return self.writer.style == "percent" and self.whole.data == HUNDRED


@dataclass(frozen=True, slots=True)
class Plan:
    """The ring, the number in it, what stands `drop` below it, the labels of its ends and that of the reference."""

    ring: Ring
    number: Text
    below: tuple[Text, ...]
    drop: float
    ends: tuple[Text, Text]
    reference: Placed | None


def draw(rows: Sequence[Row], options: Options, kit: ChartKit) -> Chart:
    """Return the chart; raises LayoutError for more than one row, and for a value that is no part of the whole."""
    if len(rows) != 1:
        raise kit.refuse(f"it shows one value, got {len(rows)} rows", "use progress, which has a bar for each row")
    data = read_data(rows, options)
    gauge = _read(data, options, kit)
    below = foot(Kept(data), kit, hatched=False)
    plan = _planned(gauge, options, kit.height - below.height, kit)
    canvas = kit.canvas()
    _draw(canvas, gauge, plan, kit)
    below.draw(canvas, kit.height - below.height + 18, kit.palette.muted)
    return finished(canvas, _sentences(gauge, data, options, kit), options, kit)


def _read(data: Data, options: Options, kit: ChartKit) -> Gauge:
    percent = options.text("style") == "percent"
    whole = options.number("whole") or (Value("100", HUNDRED, "percent") if percent else None)
    if whole is None or _amount(whole) <= 0:
        raise kit.refuse("it needs whole=…, the number at which the ring is full", "give it, or use style='percent'")
    reference, point = options.number("reference"), data.categories[0].point
    writer = writer_for([*data.numbers, *([_amount(reference)] if reference else [])], options, kit.language)
    for value in (point.value, reference):
        if value and not 0 <= _amount(value) <= _amount(whole):
            at = f" ({value.cell})" if value.cell else ""
            told = f"{writer.full(_amount(value))}{at} is no part of {writer.full(_amount(whole))}"
            raise kit.refuse(told, "use progress, whose bars may pass their whole, or bar")
    share = None
    if point.number is not None:
        share = point.value if percent and whole.data == HUNDRED else point.value / whole * 100
    return Gauge(data.categories[0], whole, share and replace(share, kind="percent"), reference, writer)


def _amount(value: Value | None) -> Decimal:
    return value.data if value and isinstance(value.data, Decimal) else Decimal(0)


# --- places -----------------------------------------------------------------------------------------------------------


def _planned(gauge: Gauge, options: Options, room: float, kit: ChartKit) -> Plan:
    """Return the largest half ring that leaves room for its words."""
    for radius in range(int(min(kit.width / 2 - MARK_OUT, room)), 60, -6):
        if plan := _plan(gauge, options, (float(radius), room), kit):
            return plan
    raise kit.refuse("its name has no room below the ring")


def _plan(gauge: Gauge, options: Options, place: tuple[float, float], kit: ChartKit) -> Plan | None:
    radius, room = place
    ring = Ring(kit.width / 2, 0, radius, float(round((1 - BAND) * radius)))
    ends = _ends(gauge, kit)
    inside = [max(0.0, end.width - (radius - ring.inner)) for end in ends]
    number = _number(gauge, 1.5 * ring.inner, 0.62 * ring.inner, kit)
    label = _reference_text(gauge, options, kit)
    if number is None or (label and label.width > kit.width):
        return None
    drop = max(2 * GAP, under(number, kit.ruler))
    places = ((2 * (ring.inner - max(inside) - GAP), drop), (kit.width, max(drop, ends[0].height + GAP)))
    tries = [(texts, drop) for width, drop in places if (texts := _below(gauge, width, radius, kit))]
    if not tries:
        return None
    below, drop = min(tries, key=lambda one: one[1] + sum(text.height for text in one[0]))
    placed = _reference(gauge, label, ring, kit) if label else None
    head = max(0.0, -radius - placed.y) if placed else 0.0
    height = radius + head + drop + sum(text.height for text in below)
    if height > room:
        return None
    top = float(round(head + radius + (room - height) / 2))
    return Plan(replace(ring, y=top), number, below, drop, ends, replace(placed, y=placed.y + top) if placed else None)


def _ends(gauge: Gauge, kit: ChartKit) -> tuple[Text, Text]:
    """Return the labels of the two ends: zero and the whole."""
    style = TextStyle(LEAST, kit.look.weight("body", 500))
    zero = Label.plain(replace(gauge.writer, decimals=0).text(Decimal(0)))
    whole = _writer(gauge, gauge.whole).label(Point(gauge.whole))
    return one_line(zero, kit.ruler, style), one_line(whole, kit.ruler, style)


def _writer(gauge: Gauge, value: Value) -> Writer:
    """Return the writer of the gauge, without decimals for round numbers such as 100."""
    short, amount = gauge.writer.style.startswith("short"), _amount(value)
    return replace(gauge.writer, decimals=0) if not short and amount == int(amount) else gauge.writer


def _number(gauge: Gauge, width: float, most: float, kit: ChartKit) -> Text | None:
    """Return the number in the ring: the share, or that it is not known."""
    label = Label.plain(word("not-available", kit.language))
    if gauge.share:
        writer = gauge.writer if gauge.percent else Writer(kit.language, "percent", _decimals(gauge.share))
        label = writer.label(Point(gauge.share, gauge.one.point.sign))
    else:
        most = min(most, kit.size * 1.2)
    for size in range(int(most), int(LEAST) - 1, -2):
        text = one_line(label, kit.ruler, TextStyle(float(size), kit.look.weight("number", 700), "number"))
        if text.width <= width:
            return text
    return None


def _decimals(share: Value) -> int:
    return 0 if _amount(share) == int(_amount(share)) else 1


def _below(gauge: Gauge, width: float, radius: float, kit: ChartKit) -> tuple[Text, ...] | None:
    """Return the name, and where the ring shows a share, the number and its whole."""
    for size in range(int(min(kit.size + 6, max(LEAST, 0.12 * radius))), int(LEAST) - 1, -2):
        name = fit(gauge.one.label, width, kit.ruler, TextStyle(float(size), kit.look.weight("body", 600)), 3)
        detail = _detail(gauge, kit)
        if name and detail is None:
            return (name,)
        text = detail and fit_markup(detail, width, kit)
        if name and text:
            return name, text
    return None


def _detail(gauge: Gauge, kit: ChartKit) -> Label | None:
    if gauge.percent or gauge.share is None:
        return None
    value, whole = gauge.writer.label(gauge.one.point), gauge.writer.label(Point(gauge.whole), unit=True)
    return Label(
        word("of", kit.language, value=value.text, whole=whole.text),
        sentence("of", kit.language, value=value.markup, whole=whole.markup),
    )


def fit_markup(label: Label, width: float, kit: ChartKit) -> Text | None:
    """Return a label with facts in it on one line; None when it does not fit."""
    text = one_line(label, kit.ruler, TextStyle(max(LEAST, kit.size - 4), kit.look.weight("body", 500)))
    return text if text.width <= width else None


def _reference_text(gauge: Gauge, options: Options, kit: ChartKit) -> Text | None:
    if gauge.reference is None:
        return None
    number = _writer(gauge, gauge.reference).label(Point(gauge.reference))
    words = options.text("reference_label", word("target", kit.language))
    label = Label(f"{words} {number.text}", Markup("{} {}").format(words, number.markup))
    return one_line(label, kit.ruler, TextStyle(max(LEAST, kit.size - 4), kit.look.weight("body", 600)))


def _reference(gauge: Gauge, text: Text, ring: Ring, kit: ChartKit) -> Placed:
    """Return the label of the reference above its mark, as low as the ring beneath it and the edges allow."""
    x, _ = ring.at(_angle(gauge.mark or 0), ring.outer + MARK_OUT)
    left = min(max(0.0, x - text.width / 2), kit.width - text.width)
    apart = max(left - ring.x, ring.x - left - text.width, 0.0)
    top = sqrt(max(0.0, (ring.outer + MARK_OUT) ** 2 - apart**2))
    return Placed(text, left, ring.y - top - 8 - text.height, kit.palette.ink)


def _angle(part: float) -> float:
    return -90 + 180 * part


# --- drawing ----------------------------------------------------------------------------------------------------------


def _draw(canvas: Canvas, gauge: Gauge, plan: Plan, kit: ChartKit) -> None:
    ring, end = plan.ring, _angle(gauge.part)
    track = mix(kit.palette.soft, kit.palette.ground, 0.5)
    if gauge.share is None:
        strokes = ring.sector(-90, 90) + ring.hatching(-90, 90, 14)
        shape = f'<path d="{strokes}" stroke="{kit.palette.muted}" stroke-width="2"/>'
        mark = canvas.drawing(ring.area(-90, 90), shape, "fade")
    else:
        canvas.frame_drawing(ring.area(-90, 90), f'<path d="{ring.sector(-90, 90)}" fill="{track}"/>')
        shape = f'<path d="{ring.sector(-90, end)}" fill="{kit.palette.data}"/>' if gauge.part else ""
        mark = canvas.drawing(ring.area(-90, end), shape) if shape else canvas.next_mark()
    canvas.spot(gauge.one.label, ring.area(-90, 90), mark)
    if plan.reference:
        _draw_reference(canvas, plan.reference, ring, _angle(gauge.mark or 0), kit)
    quiet = not gauge.share
    ink = kit.palette.muted if quiet else kit.palette.ink
    canvas.on_baseline(Placed(plan.number, ring.x, ring.y - 2, ink, "center", mark))
    top = ring.y + plan.drop
    for number, text in enumerate(plan.below):
        canvas.text(Placed(text, ring.x, top, kit.palette.muted if number else kit.palette.ink, "center"))
        top += text.height
    band = ring.outer - ring.inner
    for text, side in zip(plan.ends, (-1, 1), strict=True):
        edge: Anchor = "left" if side < 0 else "right"
        narrow = text.width <= band
        x = ring.x + side * (ring.outer - (band / 2 if narrow else 0))
        canvas.text(Placed(text, x, ring.y + GAP / 2, kit.palette.muted, "center" if narrow else edge))


def _draw_reference(canvas: Canvas, label: Placed, ring: Ring, angle: float, kit: ChartKit) -> None:
    """Draw a mark across the ring, and from it a line up to its label."""
    (x1, y1), (x2, y2) = ring.at(angle, ring.inner - 4), ring.at(angle, ring.outer + MARK_OUT)
    area = Rectangle(min(x1, x2) - 4, min(y1, y2) - 4, max(x1, x2) + 4, max(y1, y2) + 4)
    line = f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" stroke="{kit.palette.ink}" stroke-width="4"/>'
    canvas.over_drawing(area, line)
    canvas.text(label)
    if y2 - label.area.bottom > 16:
        x = min(max(x2, label.area.left + 1), label.area.right - 1)
        canvas.over(Rectangle(x - 1, label.area.bottom + 4, x + 1, y2), kit.palette.ink)


def _sentences(gauge: Gauge, data: Data, options: Options, kit: ChartKit) -> tuple[Markup, ...]:
    name = "Diagram meter" if kit.language == "id" else "Gauge"
    told = [own_sentence(gauge.one, gauge.writer)] if gauge.share else []
    if gauge.share and not gauge.percent:
        writer = Writer(kit.language, "percent", _decimals(gauge.share))
        share = writer.label(Point(gauge.share, gauge.one.point.sign))
        whole = gauge.writer.label(Point(gauge.whole), unit=True)
        told.append(sentence("share-of", kit.language, value=share.markup, whole=whole.markup))
    if gauge.reference:
        words = options.text("reference_label", word("target", kit.language))
        number = _writer(gauge, gauge.reference).label(Point(gauge.reference), unit=True)
        told.append(sentence("own", kit.language, label=words, value=number.markup))
    return (opening(name, options), *told, *closing(Kept(data), options, kit.language))
