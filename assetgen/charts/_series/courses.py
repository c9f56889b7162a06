"""Draw series over time, as lines or as one area: the whole chart, from its rows to its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from assetgen.charts._kit.canvas import Canvas, Placed
from assetgen.charts._kit.chart import Chart, ChartKit
from assetgen.charts._kit.colours import categorical, mix
from assetgen.charts._kit.foot import Legend, foot
from assetgen.charts._kit.notes import finished, note_at, within
from assetgen.charts._kit.numbers import Writer, writer_for
from assetgen.charts._kit.options import Options
from assetgen.charts._kit.placing import Taken
from assetgen.charts._kit.rest import Kept
from assetgen.charts._kit.rows import Data, Row
from assetgen.charts._kit.text import Text, one_line
from assetgen.charts._kit.values import Reference
from assetgen.charts._series.ends import Ends, draw_ends, plan_end, plan_ends
from assetgen.charts._series.moments import Moments
from assetgen.charts._series.notes import RADIUS, Room, draw_note, draw_values_at, placed_values, telling
from assetgen.charts._series.plot import Plot, above, below, draw_moments, draw_values, gutter, last_tick
from assetgen.charts._series.reading import course_sentences, read_courses
from assetgen.charts._series.steps import Axis, axis_of
from assetgen.charts._series.strokes import Dot, Strokes, around_dot, gaps, ring, series_points, strokes_of
from assetgen.look import TextStyle
from assetgen.model import Rectangle

BASELINE: Mapping[str, str] = MappingProxyType(
    {"baseline": "where the axis of values starts: auto (default), zero, or data; without zero the chart says so"}
)
WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "broken": ("Sumbu tegak tidak mulai dari nol", "The vertical axis does not start at zero"),
        "unnamed": ("Garis abu-abu: {n} lainnya", "Grey lines: {n} others"),
    }
)
# Lines of colour side by side that can still be followed; more need one that is highlighted.
MOST_COLOURS = 5
THICK, THIN = 7.0, 4.0
# The last number of an only series is the news: it is set this much larger than labels.
LARGER = 6
# What a line of text leaves empty above its figures, at most.
HEAD = 8


@dataclass(frozen=True)
class Courses:
    """Everything that is known before the first stroke: data, places, colours and labels."""

    data: Data
    plot: Plot
    writer: Writer
    ends: Ends
    foot: Legend
    colours: tuple[str, ...]
    lines: dict[int, Strokes]

    @property
    def main(self) -> int | None:
        """Return the series that the chart is about: the highlighted one, or the only one."""
        return 0 if len(self.data.series) == 1 else self.data.mine


def draw_courses(name: str, rows: Sequence[Row], options: Options, kit: ChartKit, filled: bool = False) -> Chart:
    """Return a chart of lines; `filled` draws one series as an area, from zero."""
    courses = plan(rows, options, kit, "zero" if filled else options.choice("baseline", ("auto", "zero", "data")))
    canvas = kit.canvas()
    plot, data = courses.plot, courses.data
    draw_values(canvas, plot, kit)
    draw_moments(canvas, plot, data, kit)
    _draw_gaps(canvas, courses, kit)
    draw_ends(canvas, courses.ends, plot, courses.lines, courses.colours, kit)
    taken = tuple(label.area for label in canvas.labels)
    room = Room(Taken(Rectangle(0, HEAD, kit.width, plot.area.bottom - 4), taken), _segments(courses))
    _draw_lines(canvas, courses, kit, filled)
    _draw_reference(canvas, courses, room, options, kit)
    named = _name_dots(canvas, courses)
    if courses.main in courses.lines:
        _draw_main(canvas, courses, room, named.get(note_at(options).lower()), options, kit)
    else:
        draw_note(canvas, room, plot, named.get(note_at(options).lower()), options, kit)
    courses.foot.draw(canvas, kit.height - courses.foot.height + 18, kit.palette.muted)
    return finished(canvas, course_sentences(name, data, options, courses.writer), options, kit)


def plan(rows: Sequence[Row], options: Options, kit: ChartKit, baseline: str) -> Courses:
    """Return where everything stands; raises LayoutError for what has no room or cannot be told apart.

    The last number of an only series stands above or below its point where the line leaves room, else beside it.
    """
    data, moments = read_courses(rows, options, kit.language)
    if len(data.series) > 1:
        return _plan((data, moments), options, kit, baseline)
    courses = _plan((data, moments), options, kit, baseline)
    area = Rectangle(courses.plot.area.left, HEAD, kit.width, courses.plot.area.bottom - 4)
    room = Room(Taken(area), _segments(courses))
    if not courses.lines or placed_values(kit.ruler, room, *_last(courses, kit))[0][1]:
        return courses
    return _plan((data, moments), options, kit, baseline, beside=True)


def _plan(given: tuple[Data, Moments], options: Options, kit: ChartKit, baseline: str, beside: bool = False) -> Courses:
    data, moments = given
    writer = writer_for(data.numbers, options, kit.language)
    reference = options.number("reference")
    numbers = [*data.numbers, *([reference.data] if reference and not isinstance(reference.data, str) else [])]
    axis = axis_of(numbers, max(3, min(6, int(kit.height / 120))), writer, baseline)  # type: ignore[arg-type]  # numbers only
    height = kit.height - below(moments, kit)
    if len(data.series) > 1:
        ends = plan_ends(data, kit, writer, height - above(axis, kit))
    else:
        ends = plan_end(data, kit, writer, kit.size + LARGER) if beside else Ends(())
    legend = foot(Kept(data), kit, extra_notes(axis, ends.unnamed, kit))
    left, right = gutter(axis, kit), kit.width - max(ends.width, RADIUS + 4, last_tick(moments, kit) / 2)
    area = Rectangle(left, above(axis, kit), right, height - legend.height)
    if area.width < 160 or area.height < 90:
        raise kit.refuse("there is no room for its lines")
    plot = Plot(area, axis, moments)
    lines = {number: strokes_of(series_points(data, number), plot) for number in range(len(data.series))}
    lines = {number: line for number, line in lines.items() if line.dots}
    return Courses(data, plot, writer, ends, legend, _colours(data, kit), lines)


def extra_notes(axis: Axis, unnamed: int, kit: ChartKit) -> tuple[str, ...]:
    """Return what the foot has to say of an axis without zero, and of lines without names."""
    place = 0 if kit.language == "id" else 1
    told = [WORDS["broken"][place]] if axis.broken else []
    return (*told, *([WORDS["unnamed"][place].format(n=kit.plain(unnamed))] if unnamed else []))


def _colours(data: Data, kit: ChartKit) -> tuple[str, ...]:
    count = len(data.series)
    if data.mine is not None:
        return tuple(kit.palette.data if number == data.mine else kit.palette.soft for number in range(count))
    if count > MOST_COLOURS:
        raise kit.refuse(f"{count} lines in colours cannot be followed", "highlight one: the others become grey")
    return categorical(kit.look, kit.palette, count)


def _segments(courses: Courses) -> list[tuple[float, float, float, float]]:
    return [segment for line in courses.lines.values() for segment in line.segments]


def _draw_gaps(canvas: Canvas, courses: Courses, kit: ChartKit) -> None:
    """Hatch where a line has no values."""
    for number, line in courses.lines.items():
        for area in gaps(line, series_points(courses.data, number), courses.plot):
            if area.width > 4:
                canvas.hatch(area, kit.palette.soft)


def _draw_lines(canvas: Canvas, courses: Courses, kit: ChartKit, filled: bool) -> None:
    """Draw the grey lines first and the one that matters last, each one mark."""
    for number in sorted(courses.lines, key=lambda one: one == courses.main):
        line, colour = courses.lines[number], courses.colours[number]
        thin = courses.data.mine is not None and number != courses.data.mine
        shapes = line.paths(colour, THIN if thin else THICK)
        shapes += "".join(ring(dot, 7 if thin else RADIUS, colour, kit.palette.ground) for dot in line.lone)
        if not thin and line.dots[-1] not in line.lone:
            shapes += ring(line.dots[-1], RADIUS, colour, kit.palette.ground)
        if filled:
            shapes = filling(line, courses.plot, colour, kit) + shapes
        area = line.area(RADIUS + 6)
        zero = courses.plot.y.zero
        area = Rectangle(area.left, min(area.top, zero), area.right, max(area.bottom, zero)) if filled else area
        canvas.drawing(area, shapes)


def filling(line: Strokes, plot: Plot, colour: str, kit: ChartKit) -> str:
    """Return the area between a line and zero as SVG, in a tint of its colour."""
    zero = plot.y.zero
    paths = []
    for piece in (one for one in line.pieces if len(one) > 1):
        top = "L".join(f"{dot.x:.1f} {dot.y:.1f}" for dot in piece)
        paths.append(f"M{piece[0].x:.1f} {zero:.1f}L{top}L{piece[-1].x:.1f} {zero:.1f}Z")
    return f'<path d="{"".join(paths)}" fill="{mix(colour, kit.palette.ground, 0.22)}"/>' if paths else ""


def _name_dots(canvas: Canvas, courses: Courses) -> dict[str, Dot]:
    """Say what the points are called, and return them: a moment is a point of the main series, else the topmost."""
    names: dict[str, Dot] = {}
    for number, line in courses.lines.items():
        for dot in line.dots:
            label, area = courses.data.categories[dot.index].label, around_dot(dot, RADIUS)
            inner = within(label, courses.data.series[number])
            canvas.spot(inner, area)
            names[inner.text.lower()] = dot
            others = [other for other in courses.lines.values() if any(one.index == dot.index for one in other.dots)]
            tops = [one.y for other in others for one in other.dots if one.index == dot.index]
            if number == courses.main or (courses.main is None and dot.y == min(tops)):
                canvas.spot(label, area)
                names |= {" ".join(name.split()).lower(): dot for name in (label.key, label.text)}
    return names


def _draw_main(
    canvas: Canvas, courses: Courses, room: Room, noted: Dot | None, options: Options, kit: ChartKit
) -> None:
    """Write the first, highest and lowest number of the series that the chart is about, and the remark."""
    assert courses.main is not None
    line, colour = courses.lines[courses.main], courses.colours[courses.main]
    dots, texts = telling(courses.data, courses.main, line, courses.writer, kit)
    for dot in (*dots, line.dots[-1]):
        room.taken = room.taken.with_area(around_dot(dot, RADIUS - 4))
    ink = (kit.palette.ink, courses.main + 1)
    if len(courses.data.series) == 1 and not courses.ends.blocks:
        draw_values_at(canvas, room, *_last(courses, kit), ink)
    draw_note(canvas, room, courses.plot, noted, options, kit)
    for dot in draw_values_at(canvas, room, dots, texts, ink):
        canvas.drawing(around_dot(dot, RADIUS), ring(dot, RADIUS, colour, kit.palette.ground), "fade")


def _last(courses: Courses, kit: ChartKit) -> tuple[list[Dot], list[Text]]:
    """Return the last point of the only series, and its number: the news."""
    last = courses.lines[0].dots[-1]
    style = TextStyle(kit.size + LARGER, kit.look.weight("body", 700))
    return [last], [one_line(courses.writer.label(courses.data.categories[last.index].points[0]), kit.ruler, style)]


def _draw_reference(canvas: Canvas, courses: Courses, room: Room, options: Options, kit: ChartKit) -> None:
    reference = Reference.of(options, kit, courses.writer)
    if reference is None:
        return
    plot, number = courses.plot, options.number("reference")
    assert number is not None
    height = plot.y(number.data)  # type: ignore[arg-type]  # an option that is a number
    canvas.rule(Rectangle(plot.area.left, height - 1.5, plot.area.right, height + 1.5), kit.palette.ink)
    text = reference.label
    sides = [height - text.height - 4, height + 4]
    lefts = [plot.area.left + 8 + step * (plot.area.width - text.width - 16) / 8 for step in range(9)]
    area = room.take(Rectangle(left, top, left + text.width, top + text.height) for top in sides for left in lefts)
    if area is None:
        raise kit.refuse("the label of the reference line has no room", "write a shorter label")
    room.taken = room.taken.with_area(Rectangle(plot.area.left, height - 2, plot.area.right, height + 2))
    canvas.text(Placed(text, area.left, area.top, kit.palette.ink))
