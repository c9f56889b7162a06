"""Write numbers and remarks beside the points of lines, where they cover neither a line nor one another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from assetgen.charts._kit.canvas import Canvas, Placed
from assetgen.charts._kit.chart import ChartKit
from assetgen.charts._kit.notes import words_of
from assetgen.charts._kit.numbers import Writer
from assetgen.charts._kit.options import Options
from assetgen.charts._kit.placing import Taken, around
from assetgen.charts._kit.rows import Data, Label
from assetgen.charts._kit.text import Text, fit, one_line
from assetgen.charts._series.plot import Plot, note_style
from assetgen.charts._series.strokes import Dot, Segment, Strokes, around_dot, crosses, ring
from assetgen.look import Ruler, TextStyle
from assetgen.model import Rectangle

RADIUS = 10.0
STEP = 14
# A highest or lowest point this near to an end, as a share of the whole height of its line, is not told apart.
ALIKE = 0.12
# A remark is set narrow and high if it can, else wider and lower: shares of the plot's width.
NOTE_WIDTHS = (0.45, 0.6, 0.34, 0.8, 1.0)


@dataclass
class Room:
    """What is free beside lines while a chart is being drawn."""

    taken: Taken
    segments: Sequence[Segment]
    pen: float = 8
    areas: list[Rectangle] = field(default_factory=list)

    def free(self, area: Rectangle, gap: float = 8) -> bool:
        """Tell whether nothing stands in an area and no line passes through it."""
        wide = Rectangle(
            area.left - self.pen, area.top - self.pen / 2, area.right + self.pen, area.bottom + self.pen / 2
        )
        return self.taken.free(area, gap) and not any(crosses(wide, segment) for segment in self.segments)

    def take(self, areas: Iterable[Rectangle]) -> Rectangle | None:
        """Return the first free area and keep others off it."""
        found = next((area for area in areas if self.free(area)), None)
        if found:
            self.taken = self.taken.with_area(found)
        return found


def draw_values_at(
    canvas: Canvas, room: Room, dots: Sequence[Dot], texts: Sequence[Text], ink: tuple[str, int]
) -> list[Dot]:
    """Write texts beside their dots, the most important first; return the dots of those that found room."""
    shown = []
    for (dot, area), text in zip(placed_values(canvas.ruler, room, dots, texts), texts, strict=True):
        if area:
            canvas.text(Placed(text, area.left, area.top - _lift(canvas.ruler, text), ink[0], of=ink[1]))
            shown.append(dot)
    return shown


def placed_values(
    ruler: Ruler, room: Room, dots: Sequence[Dot], texts: Sequence[Text]
) -> list[tuple[Dot, Rectangle | None]]:
    """Return where the figures of each text may stand beside its dot, None where they cannot."""
    found = []
    for dot, text in zip(dots, texts, strict=True):
        height = text.height - 2 * _lift(ruler, text)
        flush = [
            Rectangle(start, top, start + text.width, top + height)
            for top in (dot.y - RADIUS - 12 - height, dot.y + RADIUS + 12)
            for start in (dot.x + RADIUS - text.width, dot.x - RADIUS)
        ]
        found.append((dot, room.take([*around(dot.x, dot.y, text.width, height, RADIUS + 12), *flush])))
    return found


def _lift(ruler: Ruler, text: Text) -> float:
    """Return what a line leaves empty above its figures, and about as much below them."""
    return ruler.capitals(text.style) * 0.2


def telling(data: Data, series: int, strokes: Strokes, writer: Writer, kit: ChartKit) -> tuple[list[Dot], list[Text]]:
    """Return the first, highest and lowest point of a series with their numbers; what is like an end is left out."""
    dots = strokes.dots
    highest, lowest, last = min(dots, key=lambda dot: dot.y), max(dots, key=lambda dot: dot.y), dots[-1]
    least = (max(dot.y for dot in dots) - min(dot.y for dot in dots)) * ALIKE
    chosen = [dots[0]] if dots[0] is not last else []
    for dot in (highest, lowest):
        if all(abs(dot.y - other.y) > least for other in (*chosen, last)):
            chosen.append(dot)
    style = TextStyle(kit.size, kit.look.weight("body", 700))
    return chosen, [
        one_line(writer.label(data.categories[dot.index].points[series]), kit.ruler, style) for dot in chosen
    ]


def draw_note(canvas: Canvas, room: Room, plot: Plot, dot: Dot | None, options: Options, kit: ChartKit) -> None:
    """Write the note of the options near its point, joined to it by a thin line, where there is room for it."""
    words = words_of(options)
    if not words or dot is None or kit.strip or kit.unwritten:
        return
    style = TextStyle(note_style(kit).size, kit.look.weight("body", 500))
    room_for_notes = Rectangle(plot.area.left, 0, kit.width, plot.area.bottom)
    for share in NOTE_WIDTHS:
        text = fit(Label.plain(words), min(plot.area.width * share, 560), kit.ruler, style, 4)
        area = room.take(_by_distance(dot, room_for_notes, text)) if text else None
        if text and area:
            break
    else:
        return
    canvas.noted = True
    _join(canvas, dot, area, kit)
    canvas.text(Placed(text, area.left, area.top, kit.palette.ink))
    canvas.drawing(around_dot(dot, RADIUS + 2), ring(dot, RADIUS, kit.palette.ink, kit.palette.ground), "fade")


def _join(canvas: Canvas, dot: Dot, area: Rectangle, kit: ChartKit) -> None:
    x = min(max(dot.x, area.left + 8), area.right - 8)
    y = area.bottom + 4 if area.bottom < dot.y else area.top - 4
    shape = f'<path d="M{x:.1f} {y:.1f}L{dot.x:.1f} {dot.y:.1f}" stroke="{kit.palette.ink}" stroke-width="2"/>'
    canvas.frame_drawing(Rectangle(min(x, dot.x) - 2, min(y, dot.y) - 2, max(x, dot.x) + 2, max(y, dot.y) + 2), shape)


def _by_distance(dot: Dot, bounds: Rectangle, text: Text) -> list[Rectangle]:
    """Return all places for a text above or below a point, the nearest first."""
    places = []
    for top in range(int(bounds.top), int(bounds.bottom - text.height), STEP):
        clear = max(top - dot.y, dot.y - top - text.height)
        if clear < RADIUS + 12:
            continue
        for left in range(int(bounds.left), int(bounds.right - text.width), STEP):
            aside = max(left - dot.x, dot.x - left - text.width, 0)
            off = abs(left + text.width / 2 - dot.x) * 0.2
            places.append((clear + 2 * aside + off, Rectangle(left, top, left + text.width, top + text.height)))
    return [area for _, area in sorted(places, key=lambda one: (one[0], one[1].left, one[1].top))]
