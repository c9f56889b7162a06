"""Bars on a track, for how much of its own whole each row has reached: budgets spent, targets met.

`whole` is a column, or one number for all rows (100 for style percent). A bar may pass its whole: the track then ends
where the whole is. Rows keep their order unless `order` says otherwise, which sorts them by what they have reached.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assetgen.charts._kit.alt import sentences
from assetgen.charts._kit.canvas import Canvas
from assetgen.charts._kit.chart import Chart, ChartKit
from assetgen.charts._kit.colours import mix
from assetgen.charts._kit.lanes import Lanes, Need, fit_lanes, value_style, widest_of
from assetgen.charts._kit.notes import finished
from assetgen.charts._kit.numbers import Writer, writer_for
from assetgen.charts._kit.options import ONE_SERIES, REFERENCE, Options
from assetgen.charts._kit.rows import Category, Data, Label, Point, Row, as_value, read_data
from assetgen.charts._kit.scales import Linear
from assetgen.charts._kit.text import one_line
from assetgen.charts._kit.values import Reference, colour_of
from assetgen.charts._kit.words import sentence, word
from assetgen.errors import did_you_mean
from assetgen.model import Rectangle, Value

OPTIONS = {
    **ONE_SERIES,
    "rest": "what happens to more rows than fit: cut (default) and say how many, or refuse",
    "whole": "column with the number that is the whole of each row, or one number; 100 for style percent",
    "show": "what stands at each bar: share (default) or value, which writes '820 dari 1.000'",
    "reference": "a share in percent at which each track is marked, such as how much of the year has passed",
    "reference_label": REFERENCE["reference_label"],
}
SAMPLE = {
    "rows": [
        {"label": "Dinas Pendidikan", "value": 812, "pagu": 1284},
        {"label": "Dinas Kesehatan", "value": 655, "pagu": 812},
        {"label": "Dinas Pekerjaan Umum", "value": 298, "pagu": 655},
        {"label": "Dinas Sosial", "value": 231, "pagu": 319},
        {"label": "Dinas Perhubungan", "value": None, "pagu": 204},
    ],
    "options": {
        "whole": "pagu",
        "highlight": "Dinas Pekerjaan Umum",
        "reference": 66.7,
        "reference_label": "Waktu berjalan",
        "subject": "Realisasi anggaran terhadap pagu, Agustus 2026",
    },
}
HUNDRED = Decimal(100)


def draw(rows: Sequence[Row], options: Options, kit: ChartKit) -> Chart:
    """Return the chart; raises LayoutError for wholes that are missing or zero, and when not even two rows fit."""
    options.choice("rest", ("cut", "refuse"))
    values, wholes = read_data(rows, options), _wholes(rows, options, kit)
    data = _shares(values, wholes, options, kit)
    writer = Writer(kit.language, "percent", _decimals(data, options))
    labels = _labels(values, wholes, data, options, writer)
    reference = Reference.of(options, kit, writer)
    texts = list(labels.values())
    need = Need(widest_of(texts, kit), reference.head if reference else 0, above=True, least=0.42, most=2.6)
    kept, lanes, below = fit_lanes(data, options, kit, need)
    most = max(HUNDRED, *kept.data.numbers) if kept.data.numbers else HUNDRED
    scale = Linear(Decimal(0), most, lanes.left, lanes.right)
    canvas = kit.canvas()
    lanes.draw_names(canvas, kept.data.categories, kit, kept.data.highlighted)
    for number, one in enumerate(kept.data.categories):
        mark = _draw_bar(canvas, (one, kept.data), lanes.middle(number), (lanes, scale), kit)
        middle, half = lanes.middle(number), lanes.thickness / 2
        end = scale(one.number or Decimal(0))
        canvas.spot(one.label, Rectangle(lanes.left, middle - half, max(end, lanes.left + 40), middle + half), mark)
        text = one_line(labels[id(one.label)], kit.ruler, value_style(lanes, kit, one.mine))
        ink = kit.palette.ink if one.number is not None and (one.mine or not data.highlighted) else kit.palette.muted
        lanes.draw_number(canvas, number, text, ink, mark)
    if reference:
        _draw_reference(canvas, reference, (lanes, scale, kept.data), kit)
    below.draw(canvas, kit.height - below.height + 18, kit.palette.muted)
    name = "Diagram kemajuan" if kit.language == "id" else "Progress chart"
    return finished(canvas, sentences(name, kept, options, writer), options, kit)


def _wholes(rows: Sequence[Row], options: Options, kit: ChartKit) -> list[Value]:
    """Return the whole of each row; raises LayoutError where it is missing, zero or negative."""
    given = options.given.get("whole")
    if given is None and options.text("style") == "percent":
        return [Value("100", HUNDRED, "percent")] * len(rows)
    if isinstance(given, str):
        lacking = next((row for row in rows if given not in row), None)
        if lacking is not None:
            raise kit.refuse(f"a row has no column '{given[:60]}'", did_you_mean(given, lacking))
        found = [as_value(row[given]) for row in rows]
    else:
        number = options.number("whole")
        if number is None:
            raise kit.refuse("it needs whole=…", "name the column with the whole of each row, or give one number")
        found = [number] * len(rows)
    wrong = [one for one in found if not isinstance(one.data, Decimal) or one.data <= 0]
    if wrong:
        at = f" ({wrong[0].cell})" if wrong[0].cell else ""
        raise kit.refuse(f"nothing is a share of '{wrong[0].raw[:40]}'{at}", "each whole must be above zero")
    return found


def _shares(values: Data, wholes: Sequence[Value], options: Options, kit: ChartKit) -> Data:
    """Return the shares as a chart's data, in order."""
    negative = [one for one in values.categories if one.number is not None and one.number < 0]
    if negative:
        raise kit.refuse(f"'{negative[0].label.text[:60]}' is {negative[0].number}, below zero", "use bar")
    shares = [_share(one, whole) for one, whole in zip(values.categories, wholes, strict=True)]
    order = options.choice("order", ("given", "highest", "lowest"))
    if order != "given":
        sign = -1 if order == "highest" else 1
        shares.sort(key=lambda one: (one.number is None, sign * (one.number or 0)))
    return replace(values, categories=tuple(shares))


def _share(one: Category, whole: Value) -> Category:
    point = one.point
    if point.number is None or (whole.kind == "percent" and whole.data == HUNDRED):
        return one
    return replace(one, points=(Point(replace(point.value / whole * 100, kind="percent"), point.sign),))


def _decimals(data: Data, options: Options) -> int:
    """Return no decimals where whole percents tell the rows apart, else one."""
    given = options.count("decimals", -1, 0, 6) if options.text("show", "share") == "share" else -1
    shown = {round(number) for number in data.numbers}
    return given if given >= 0 else 0 if len(shown) == len(set(data.numbers)) and 0 not in shown else 1


def _labels(values: Data, wholes: Sequence[Value], data: Data, options: Options, writer: Writer) -> dict[int, Label]:
    """Return what stands at the bar of each row, by the identity of its name, which survives sorting and cutting."""
    wanted = options.choice("show", ("share", "value"))
    if wanted == "share":
        return {
            id(one.label): writer.label(one.point)
            if one.number is not None
            else Label.plain(word("not-available", writer.language))
            for one in data.categories
        }
    numbers = [*values.numbers, *(whole.data for whole in wholes if isinstance(whole.data, Decimal))]
    own = writer_for(numbers, options, writer.language)
    return {id(one.label): _of(one, whole, own) for one, whole in zip(values.categories, wholes, strict=True)}


def _of(one: Category, whole: Value, writer: Writer) -> Label:
    if one.number is None:
        return Label.plain(word("not-available", writer.language))
    part, all_of_it = writer.label(one.point), writer.label(Point(whole))
    return Label(
        word("of", writer.language, value=part.text, whole=all_of_it.text),
        sentence("of", writer.language, value=part.markup, whole=all_of_it.markup),
    )


def _draw_bar(
    canvas: Canvas, what: tuple[Category, Data], middle: float, place: tuple[Lanes, Linear], kit: ChartKit
) -> int:
    """Draw the track and the bar on it, or the hatched track of a missing value; return the number of the mark."""
    (one, data), (lanes, scale) = what, place
    top, bottom = middle - lanes.thickness / 2, middle + lanes.thickness / 2
    track = Rectangle(lanes.left, top, scale(HUNDRED), bottom)
    if one.number is None:
        return canvas.hatch(track, kit.palette.muted)
    canvas.field(track, mix(kit.palette.soft, kit.palette.ground, 0.45), kit.radius(lanes.thickness))
    if not one.number:
        return canvas.next_mark()
    end = max(scale(one.number), lanes.left + 2)
    radius = kit.radius(min(lanes.thickness, end - lanes.left))
    return canvas.box(Rectangle(lanes.left, top, end, bottom), _colour(one, data, kit), "right", radius)


def _colour(one: Category, data: Data, kit: ChartKit) -> str:
    """Return the colour of a bar; greys are darker than the track."""
    colour = colour_of(one, data, kit)
    return mix(kit.palette.soft, kit.palette.ink, 0.75) if colour == kit.palette.soft else colour


def _draw_reference(canvas: Canvas, reference: Reference, place: tuple[Lanes, Linear, Data], kit: ChartKit) -> None:
    lanes, scale, data = place
    x = scale(reference.number)
    if not 0 <= x <= kit.width:
        raise kit.refuse(f"the reference {reference.number} lies beyond the tracks", "give it in percent")
    reference.draw_label(canvas, x, kit)
    half = lanes.thickness / 2 + 5
    for number, one in enumerate(data.categories):
        if one.number is None:
            continue
        middle = lanes.middle(number)
        canvas.over(Rectangle(x - 1.5, middle - half, x + 1.5, middle + half), kit.palette.ink)
