"""Horizontal bars, for comparing and ranking: sorted, each with its name and number, from a line at zero.

Names stand beside the bars, or above them where they are long. A missing value is hatched and says so; the bars that do
not fit are counted below, or added up with `rest="sum"`.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assetgen.charts._kit.alt import sentences
from assetgen.charts._kit.canvas import Canvas, Placed
from assetgen.charts._kit.chart import Chart, ChartKit
from assetgen.charts._kit.lanes import GAP, STUB, Lanes, Need, fit_lanes, value_style, widest
from assetgen.charts._kit.numbers import writer_for
from assetgen.charts._kit.options import ONE_SERIES, REFERENCE, Options
from assetgen.charts._kit.rows import Category, Data, Row, read_data
from assetgen.charts._kit.scales import Linear, linear
from assetgen.charts._kit.text import Text, one_line
from assetgen.charts._kit.values import Reference, colour_of, number_labels
from assetgen.model import Rectangle

OPTIONS = {**ONE_SERIES, "reference": REFERENCE["reference"], "reference_label": REFERENCE["reference_label"]}
SAMPLE = {
    "rows": [
        {"label": "Papua", "value": 26.8},
        {"label": "Nusa Tenggara Timur", "value": 19.02},
        {"label": "Maluku", "value": 15.78},
        {"label": "Aceh", "value": 12.64},
        {"label": "Jawa Tengah", "value": 9.58},
        {"label": "Bali", "value": 3.8},
        {"label": "Papua Pegunungan", "value": None},
    ],
    "options": {
        "style": "percent",
        "highlight": "Aceh",
        "reference": 8.57,
        "reference_label": "Rata-rata Indonesia",
        "subject": "Penduduk miskin menurut provinsi",
    },
}


def draw(rows: Sequence[Row], options: Options, kit: ChartKit) -> Chart:
    """Return the chart; raises LayoutError when not even two names fit with their bars."""
    data = read_data(rows, options, "highest")
    writer = writer_for(data.numbers, options, kit.language)
    reference = Reference.of(options, kit, writer)
    need = Need(widest(number_labels(data, writer, kit), data, kit), reference.head if reference else 0)
    kept, lanes, below = fit_lanes(data, options, kit, need)
    labels = number_labels(kept.data, writer, kit)
    numbers = [
        one_line(label, kit.ruler, value_style(lanes, kit, one.mine))
        for label, one in zip(labels, kept.data.categories, strict=True)
    ]
    scale = bar_scale(kept.data, numbers, lanes, reference)
    canvas = kit.canvas()
    lanes.draw_names(canvas, kept.data.categories, kit, kept.data.highlighted)
    _draw_bars(canvas, kept.data, numbers, (lanes, scale, reference), kit)
    if reference:
        _draw_reference(canvas, reference, lanes, scale, kit)
    below.draw(canvas, kit.height - below.height + 18, kit.palette.muted)
    name = "Diagram batang" if kit.language == "id" else "Bar chart"
    return Chart(canvas.markup(kit.kind), sentences(name, kept, options, writer), canvas.marks)


def bar_scale(data: Data, numbers: Sequence[Text], lanes: Lanes, reference: Reference | None) -> Linear:
    """Return the scale on which every bar and the number behind its end have room; names above leave all of it."""
    known = [one.number for one in data.categories if one.number is not None]
    more = [reference.value.data] if reference and isinstance(reference.value.data, Decimal) else []
    ends = [(float(n), 0.0) for n in more]
    if lanes.beside:
        pairs = zip(data.categories, numbers, strict=True)
        ends += [(float(one.number), text.width + GAP) for one, text in pairs if one.number is not None]
    right = [(value, width) for value, width in ends if value >= 0] or [(0.0, 0.0)]
    left = [(-value, width) for value, width in ends if value < 0] or [(0.0, 0.0)]
    room = lanes.right - lanes.left
    if not lanes.beside:
        return linear([*known, *more], lanes.left, lanes.right)
    step = min((room - a - b) / (up + down) if up + down else room for up, a in right for down, b in left)
    zero = lanes.left + max(down * step + b for down, b in left)
    whole = linear([*known, *more], 0, 0)
    return Linear(whole.low, whole.high, zero + float(whole.low) * step, zero + float(whole.high) * step)


def _draw_bars(
    canvas: Canvas,
    data: Data,
    numbers: Sequence[Text],
    place: tuple[Lanes, Linear, Reference | None],
    kit: ChartKit,
) -> None:
    lanes, scale, reference = place
    line = scale(reference.value.data) if reference and isinstance(reference.value.data, Decimal) else None
    for number, (category, text) in enumerate(zip(data.categories, numbers, strict=True)):
        middle = lanes.middle(number)
        area, mark = _bar(canvas, category, data, (lanes, scale, text, middle), kit)
        ink = kit.palette.ink if category.mine or not data.highlighted else kit.palette.muted
        if not lanes.beside:
            canvas.middle(Placed(text, lanes.right, lanes.name_middle(number), ink, "right", mark))
        elif (category.number or 0) < 0:
            canvas.middle(Placed(text, area.left - GAP, middle, ink, "right", mark))
        else:
            x = area.right + GAP
            if line is not None and x - 8 < line < x + text.width + 8 and line + 12 + text.width <= lanes.right:
                x = line + 12
            canvas.middle(Placed(text, x, middle, ink, "left", mark))
    if lanes.beside:
        zero = scale.zero
        canvas.rule(Rectangle(zero - 1, lanes.top, zero + 1, lanes.bottom), kit.palette.muted)


def _bar(
    canvas: Canvas, category: Category, data: Data, place: tuple[Lanes, Linear, Text, float], kit: ChartKit
) -> tuple[Rectangle, int]:
    """Draw one bar, or the hatched stub of a missing value, and return where it is and the number of its mark."""
    lanes, scale, text, middle = place
    top, zero = middle - lanes.thickness / 2, scale.zero
    if category.number is None:
        stub = min(STUB, lanes.right - zero - GAP - text.width) if lanes.beside else STUB
        area = Rectangle(zero, top, zero + stub, top + lanes.thickness)
        return area, canvas.hatch(area, kit.palette.muted)
    end = scale(category.number)
    least = 2 if category.number else 0  # a small value is still seen; zero has no bar
    negative = category.number < 0
    area = Rectangle(
        min(end, zero - least) if negative else zero,
        top,
        zero if negative else max(end, zero + least),
        top + lanes.thickness,
    )
    radius = kit.radius(lanes.thickness, "left" if negative else "right")
    if not least:
        return area, canvas.next_mark()
    return area, canvas.box(area, colour_of(category, data, kit), "left" if negative else "right", radius)


def _draw_reference(canvas: Canvas, reference: Reference, lanes: Lanes, scale: Linear, kit: ChartKit) -> None:
    """Draw the line of comparison: through all bars, or where names stand above, across each of them."""
    x = scale(reference.value.data) if isinstance(reference.value.data, Decimal) else 0
    reference.draw_label(canvas, x, kit)
    if lanes.beside:
        canvas.over(Rectangle(x - 1.5, lanes.top - 6, x + 1.5, lanes.bottom), kit.palette.ink)
        return
    for number in range(len(lanes.names)):
        half = lanes.thickness / 2 + 5
        middle = lanes.middle(number)
        canvas.over(Rectangle(x - 1.5, middle - half, x + 1.5, middle + half), kit.palette.ink)
