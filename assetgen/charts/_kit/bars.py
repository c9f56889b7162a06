"""Draw charts of one bar a row: rows and options go in, bars with names and numbers from a line at zero come out.

What stands for a value, a bar or a dot on a stem, is drawn by the chart itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from assetgen.charts._kit.alt import sentences
from assetgen.charts._kit.canvas import Canvas, Placed
from assetgen.charts._kit.chart import Chart, ChartKit
from assetgen.charts._kit.lanes import GAP, STUB, Lanes, Need, fit_lanes, value_style, widest, widest_of
from assetgen.charts._kit.notes import finished
from assetgen.charts._kit.numbers import writer_for
from assetgen.charts._kit.options import Options
from assetgen.charts._kit.rows import Category, Data, Row, read_data
from assetgen.charts._kit.scales import Linear, linear
from assetgen.charts._kit.text import Text, one_line
from assetgen.charts._kit.values import Reference, colour_of, number_labels
from assetgen.model import Rectangle

# The longest bar has at least this length, in pixels: shorter ones could not be compared.
LEAST_LENGTH = 40.0


Side = Literal["left", "right"]


def nothing(_: float) -> float:
    """Return that no room is needed beyond the end of a mark."""
    return 0.0


@dataclass(frozen=True, slots=True)
class Mark:
    """How a value is drawn: `draw(canvas, area, negative, colour)` returns the number of its mark.

    `tip` is how far the mark reaches beyond the end of its value, for lanes of a thickness; `thick` is the share of a
    row that it takes, `least` its least height in font sizes, `name` the kind of the chart in Indonesian and English.
    """

    draw: Callable[[Canvas, Rectangle, bool, str], int]
    name: tuple[str, str]
    thick: float = 0.62
    least: float = 0.36
    tip: Callable[[float], float] = nothing


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where everything of the chart is."""

    data: Data
    lanes: Lanes
    scale: Linear
    numbers: tuple[Text, ...]
    tip: float
    line: float | None

    @property
    def zero(self) -> float:
        return self.scale.zero


def draw_bars(rows: Sequence[Row], options: Options, kit: ChartKit, mark: Mark) -> Chart:
    """Return the chart; raises LayoutError when not even two names fit with their bars."""
    data = read_data(rows, options, "highest")
    writer = writer_for(data.numbers, options, kit.language)
    reference = Reference.of(options, kit, writer)
    every = number_labels(data, writer, kit)
    room, room_above = widest(every, data, kit), widest_of(every, kit)
    head = reference.head if reference else 0
    need = Need(room, head, thick=mark.thick, least=mark.least, reserve_above=room_above)
    kept, lanes, below = fit_lanes(data, options, kit, need)
    data, labels = kept.data, number_labels(kept.data, writer, kit)
    numbers = tuple(
        one_line(label, kit.ruler, value_style(lanes, kit, one.mine))
        for label, one in zip(labels, data.categories, strict=True)
    )
    tip = mark.tip(lanes.thickness)
    scale = _scale(data, numbers, lanes, (reference, tip), kit)
    line = scale(reference.number) if reference else None
    canvas = kit.canvas()
    lanes.draw_names(canvas, data.categories, kit, data.highlighted)
    crossed = _draw_rows(canvas, _Plan(data, lanes, scale, numbers, tip, line), mark, kit)
    if reference:
        _draw_reference(canvas, reference, lanes, (scale, crossed), kit)
    below.draw(canvas, kit.height - below.height + 18, kit.palette.muted)
    name = mark.name[0 if kit.language == "id" else 1]
    return finished(canvas, sentences(name, kept, options, writer), options, kit)


def _scale(
    data: Data, numbers: Sequence[Text], lanes: Lanes, beyond: tuple[Reference | None, float], kit: ChartKit
) -> Linear:
    """Return the scale of a chart; where names stand above, the numbers beside them leave the bars all of the width."""
    reference, tip = beyond
    ends = []
    for one, text in zip(data.categories, numbers, strict=True):
        width = text.width + GAP if lanes.beside else 0
        stub = STUB / 2 if one.number is None else max(tip, 2)
        ends.append((one.number or Decimal(0), width + stub))
    more = [(reference.number, 0.0)] if reference else []
    more.append((Decimal(0), tip))  # a dot just below zero reaches beyond the line
    return scale_between([*ends, *more], lanes.left + (0 if lanes.beside else tip), lanes.right, kit)


def scale_between(ends: Sequence[tuple[Decimal, float]], left: float, right: float, kit: ChartKit) -> Linear:
    """Return the scale from zero on which every value has room, and behind its end so many pixels for its number.

    Raises LayoutError when the numbers leave no room for the bars.
    """
    whole = linear([value for value, _ in ends], 0, 0)
    rising = [(float(value), width) for value, width in ends if value >= 0] or [(0.0, 0.0)]
    falling = [(float(-value), width) for value, width in ends if value < 0] or [(0.0, 0.0)]
    room = right - left
    step = min((room - a - b) / (up + down) if up + down else room for up, a in rising for down, b in falling)
    longest = float(max(whole.high, -whole.low)) if any(value for value, _ in ends) else 0
    if longest and step * longest < LEAST_LENGTH:
        raise kit.refuse("the numbers leave no room for the bars", "give it a larger box, or style='short'")
    zero = left + max(down * step + b for down, b in falling)
    return Linear(whole.low, whole.high, zero + float(whole.low) * step, zero + float(whole.high) * step)


def seen(left: float, right: float, kit: ChartKit) -> tuple[float, float]:
    """Return the ends of a bar that is at least two pixels long, so that a small value is seen, inside of the chart."""
    return (left, right) if right - left >= 2 else (min(left, kit.width - 2), min(left, kit.width - 2) + 2)


def _draw_rows(canvas: Canvas, plan: _Plan, mark: Mark, kit: ChartKit) -> list[int]:
    """Draw the rows, and return those whose words the line of comparison would run through."""
    lanes, line = plan.lanes, plan.line
    crossed: list[int] = []
    for row, (category, text) in enumerate(zip(plan.data.categories, plan.numbers, strict=True)):
        area, number = _draw_value(canvas, category, plan, (mark, row), kit)
        canvas.spot(category.label, area, number)
        middle = lanes.middle(row)
        ink = kit.palette.ink if category.mine or not plan.data.highlighted else kit.palette.muted
        if not lanes.beside:
            lanes.draw_number(canvas, row, text, ink, number)
        elif (category.number or 0) < 0:
            canvas.middle(Placed(text, area.left - plan.tip - GAP, middle, ink, "right", number))
        else:
            x = area.right + plan.tip + GAP
            if line is not None and x - 8 < line < x + text.width + 8:
                x, crossed = (line + 12, crossed) if line + 12 + text.width <= lanes.right else (x, [*crossed, row])
            canvas.middle(Placed(text, x, middle, ink, "left", number))
    if lanes.beside:
        canvas.rule(Rectangle(plan.zero - 1, lanes.top, plan.zero + 1, lanes.bottom), kit.palette.muted)
    return crossed


def _draw_value(
    canvas: Canvas, category: Category, plan: _Plan, place: tuple[Mark, int], kit: ChartKit
) -> tuple[Rectangle, int]:
    """Draw one value, or the hatched stub of a missing one, and return where it is and the number of its mark."""
    (mark, row), lanes, zero = place, plan.lanes, plan.zero
    top = lanes.middle(row) - lanes.thickness / 2
    if category.number is None:
        room = lanes.right - zero - GAP - plan.numbers[row].width - plan.tip
        length = min(STUB, room) if lanes.beside else STUB
        left = zero if lanes.beside else min(zero, lanes.right - STUB)
        area = Rectangle(left, top, left + length, top + lanes.thickness)
        return area, canvas.hatch(area, kit.palette.muted)
    end, negative = plan.scale(category.number), category.number < 0
    least = 2 if category.number else 0  # a small value is still seen; zero has no bar
    most = max(end, lanes.right - plan.tip)  # a dot of almost nothing stays inside, where all others are negative
    left, right = (min(end, zero - least), zero) if negative else (zero, max(end, min(zero + least, most)))
    area = Rectangle(left, top, right, top + lanes.thickness)
    return area, mark.draw(canvas, area, negative, colour_of(category, plan.data, kit))


def _draw_reference(
    canvas: Canvas, reference: Reference, lanes: Lanes, where: tuple[Linear, Sequence[int]], kit: ChartKit
) -> None:
    """Draw the line of comparison: through all bars but the `crossed` rows, or across each where names are above."""
    scale, crossed = where
    x = scale(reference.number)
    reference.draw_label(canvas, x, kit)
    if lanes.beside:
        top = lanes.top - 6
        for row in (*crossed, len(lanes.names)):
            bottom = lanes.top + row * lanes.pitch
            if bottom - top > lanes.size / 2:
                canvas.over(Rectangle(x - 1.5, top, x + 1.5, bottom), kit.palette.ink)
            top = bottom + lanes.pitch
        return
    for number in range(len(lanes.names)):
        half = lanes.thickness / 2 + 5
        middle = lanes.middle(number)
        canvas.over(Rectangle(x - 1.5, middle - half, x + 1.5, middle + half), kit.palette.ink)
