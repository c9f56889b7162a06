"""Columns, for a few values side by side or over time: from a line at zero, with their numbers on top.

Where all have room, each carries its number; else there is an axis, and only the highlighted, the highest, the lowest
and the last one are named. A missing value is hatched, and the foot says so. `note_at` puts a remark at a column.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assetgen.charts._kit.alt import is_series, sentences
from assetgen.charts._kit.canvas import Canvas, Placed
from assetgen.charts._kit.chart import Chart, ChartKit
from assetgen.charts._kit.columns import GAP, Names, Plot, axis_width, names_for, plot_for, plot_with_axis, sizes
from assetgen.charts._kit.foot import Legend, foot
from assetgen.charts._kit.note_head import HeadNote
from assetgen.charts._kit.notes import finished
from assetgen.charts._kit.numbers import Writer, writer_for
from assetgen.charts._kit.options import ONE_SERIES, REFERENCE, Options
from assetgen.charts._kit.rest import Kept, keep
from assetgen.charts._kit.rows import Data, Label, Row, read_data
from assetgen.charts._kit.text import LEAST, Text, one_line
from assetgen.charts._kit.values import Level, colour_of
from assetgen.errors import LayoutError
from assetgen.look import TextStyle
from assetgen.model import Rectangle

OPTIONS = {**ONE_SERIES, **REFERENCE}
SAMPLE = {
    "rows": [
        {"label": "2019", "value": 9.41},
        {"label": "2020", "value": 9.78},
        {"label": "2021", "value": 10.14},
        {"label": "2022", "value": 9.54},
        {"label": "2023", "value": 9.36},
        {"label": "2024", "value": 9.03},
        {"label": "2025", "value": 8.47},
    ],
    "options": {
        "style": "percent",
        "highlight": "2025",
        "note": "Puncak pandemi",
        "note_at": "2021",
        "subject": "Penduduk miskin Indonesia, Maret 2019–2025",
    },
}
# A missing column is this share of the plot high, never zero and never as high as a value could be taken for.
MISSING = 0.16
LEAST_PITCH = 14
# More numbers than these on the columns are not read any more.
MOST_NUMBERS = 12


def draw(rows: Sequence[Row], options: Options, kit: ChartKit) -> Chart:
    """Return the chart; raises LayoutError when the names have no room below their columns."""
    data = read_data(rows, options)
    writer = writer_for(data.numbers, options, kit.language)
    reference = Level.of(options, kit, writer)
    right = kit.width - (reference.text.width + GAP if reference else 0)
    kept, texts, names, below = _fitted(data, options, (writer, right), kit)
    data, note = kept.data, HeadNote.of(kept.data, options, kit)
    bottom = kit.height - below.height - names.height - GAP
    high, low = _heads(data, texts)
    area = Rectangle(0, high + (note.height if note else 0), right, bottom - low)
    plot = plot_for([*data.numbers, *([reference.number] if reference else [])], len(data.categories), area)
    plot = plot_with_axis(plot, writer, kit) if _needs_axis(data, texts) else plot
    canvas = kit.canvas()
    plot.draw_frame(canvas, kit)
    tops = _draw_columns(canvas, data, texts, plot, kit)
    quiet = [kit.palette.muted if data.highlighted and not one.mine else kit.palette.ink for one in data.categories]
    names.draw(canvas, plot.band, bottom + GAP, quiet)
    if reference:
        reference.draw(canvas, plot.scale, (plot.area.left, right), kit)
    if note:
        note.draw(canvas, plot.band.centre(note.at), tops[note.at] - 8, kit)
    below.draw(canvas, kit.height - below.height + 18, kit.palette.muted)
    name = "Diagram kolom" if kit.language == "id" else "Column chart"
    return finished(canvas, sentences(name, kept, options, writer, is_series(data)), options, kit)


Fitted = tuple[Kept, list[Text | None], Names, Legend]


def _fitted(data: Data, options: Options, place: tuple[Writer, float], kit: ChartKit) -> Fitted:
    """Return as many columns as have room for their names, their numbers, those names, and the foot.

    Columns that follow one another in time are never cut: one of them gone would be a gap.
    """
    (writer, right), count = place, len(data.categories)
    most = min(count, int(kit.width / LEAST_PITCH))
    for room in range(most, count - 1 if is_series(data) else min(count, 2) - 1, -1):
        try:
            kept = keep(data, room, options, kit.language)
        except LayoutError:
            if options.text("rest") == "refuse":
                raise
            continue
        shown = len(kept.data.categories)
        texts = numbers_above(kept.data, writer, right / shown, kit)
        axis = axis_width(kept.data.numbers, writer, kit) if _needs_axis(kept.data, texts) else 0
        names = names_for(kept.data, (right - axis) / shown, kit)
        if names:
            return kept, texts, names, foot(kept, kit)
    raise kit.refuse(f"{count} columns have no room for their names", "use bar, whose names stand beside the bars")


def _needs_axis(data: Data, texts: Sequence[Text | None]) -> bool:
    """Tell whether a column stands without its number."""
    return sum(text is None for text in texts) > data.missing


def numbers_above(data: Data, writer: Writer, pitch: float, kit: ChartKit) -> list[Text | None]:
    """Return the number of each column in the largest size in which all fit; else only of those that tell the story."""
    labels = [writer.label(one.point) if one.number is not None else None for one in data.categories]
    for size in sizes(kit) if len(labels) <= MOST_NUMBERS else ():
        styles = [TextStyle(size, kit.look.weight("body", 700 if one.mine else 600)) for one in data.categories]
        texts = [
            one_line(label, kit.ruler, style) if label else None for label, style in zip(labels, styles, strict=True)
        ]
        if all(text is None or text.width <= pitch - 6 for text in texts):
            return list(texts)
    return _few_numbers(data, labels, pitch, kit)


def _few_numbers(data: Data, labels: Sequence[Label | None], pitch: float, kit: ChartKit) -> list[Text | None]:
    """Return the numbers of the highlighted, the highest, the lowest and the last column that do not touch."""
    known = [number for number, one in enumerate(data.categories) if one.number is not None]
    style = TextStyle(LEAST + 2, kit.look.weight("body", 600))
    chosen: dict[int, Text] = {}
    value = {number: data.categories[number].number or Decimal(0) for number in known}
    mine = [number for number in known if data.categories[number].mine]
    for number in (*mine, *(pick(known, key=lambda one: value[one]) for pick in (max, min) if known), *known[-1:]):
        label = labels[number]
        text = one_line(label, kit.ruler, style) if label else None
        if text and all(
            abs(number - other) * pitch > (text.width + one.width) / 2 + 8 for other, one in chosen.items()
        ):
            chosen[number] = text
    return [chosen.get(number) for number in range(len(labels))]


def _heads(data: Data, texts: Sequence[Text | None]) -> tuple[float, float]:
    """Return the room that numbers need above the highest and below the lowest column."""
    height = max((text.height for text in texts if text), default=0) + GAP / 2
    return height, height if any(number < 0 for number in data.numbers) else 0


def _draw_columns(canvas: Canvas, data: Data, texts: Sequence[Text | None], plot: Plot, kit: ChartKit) -> list[float]:
    """Draw the columns with their numbers, and return the upper edge of what stands at each."""
    areas, marks = [], []
    for (left, right), category in zip(plot.band, data.categories, strict=True):
        if category.number is None:
            high = MISSING * plot.area.height
            below = high if plot.zero - high < plot.area.top else 0  # where all values are negative
            areas.append(Rectangle(left, plot.zero - high + below, right, plot.zero + below))
            marks.append(canvas.hatch(areas[-1], kit.palette.muted))
            continue
        areas.append(_column(left, right, plot, category.number))
        negative = category.number < 0
        radius = kit.radius(0.5 * (right - left), "bottom" if negative else "top")
        marks.append(canvas.box(areas[-1], colour_of(category, data, kit), "down" if negative else "up", radius))
    tops, taken = [area.top for area in areas], list[Rectangle]()
    for number in sorted(range(len(areas)), key=lambda one: not data.categories[one].mine):
        text, category = texts[number], data.categories[number]
        canvas.spot(category.label, areas[number], marks[number])
        place = _number_place(text, number, (category.number or Decimal(0)) < 0, (plot, areas)) if text else None
        if text is None or place is None or any(place.overlap(other) for other in taken):
            continue
        taken.append(Rectangle(place.left - 6, place.top, place.right + 6, place.bottom))
        ink = kit.palette.muted if data.highlighted and not category.mine else kit.palette.ink
        canvas.text(Placed(text, place.left, place.top, ink, "left", marks[number]))
        if areas[number].top - place.bottom > 6:  # raised above its neighbours: a line leads down to its column
            middle = plot.band.centre(number)
            canvas.over(Rectangle(middle - 1, place.bottom, middle + 1, areas[number].top), kit.palette.muted)
        tops[number] = min(tops[number], place.top)
    return tops


def _number_place(text: Text, number: int, negative: bool, where: tuple[Plot, Sequence[Rectangle]]) -> Rectangle:
    """Return where the number of a column stands: at its end, and beyond those neighbours that it is wider than."""
    plot, areas = where
    middle = plot.band.centre(number)
    left = min(max(middle - text.width / 2, plot.area.left), plot.area.right - text.width)
    under = [area for area in areas if area.left < left + text.width and area.right > left]
    if negative:
        top = max(area.bottom for area in under) + 2
        return Rectangle(left, top, left + text.width, top + text.height)
    bottom = min(area.top for area in under) - 2
    return Rectangle(left, bottom - text.height, left + text.width, bottom)


def _column(left: float, right: float, plot: Plot, value: Decimal) -> Rectangle:
    """Return the box of a value: from zero, and at least two pixels high unless it is zero, so that it is seen."""
    end, least = plot.scale(value), 2 if value else 0
    if value < 0:
        return Rectangle(left, plot.zero, right, max(end, plot.zero + least))
    return Rectangle(left, min(end, plot.zero - least), right, plot.zero)
