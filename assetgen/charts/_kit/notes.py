"""Finish a chart with its note: a canvas, the options and the words go in; the chart comes out with its note in it.

A note stands beside its mark, joined to it by a line. Where it has no room there, the chart is drawn once more, a
little lower, and the note stands below it with the name of its mark; a pin tells which mark that is. Where it has no
room there either, it is left to the words of the chart, and the rule `left-out-note` says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from assetgen.charts._kit.canvas import Canvas, Placed, Spot
from assetgen.charts._kit.chart import Chart, ChartKit
from assetgen.charts._kit.note_places import Found, beside, inside, note_style, pin_place
from assetgen.charts._kit.options import Options
from assetgen.charts._kit.rows import Label
from assetgen.charts._kit.text import Text, fit, one_line
from assetgen.charts._kit.words import sentence
from assetgen.errors import did_you_mean
from assetgen.look import TextStyle
from assetgen.model import Rectangle
from assetgen.typography import keep_together

# Above the strip; the radius of a pin, and the room for it; between a name and its note; how many lines it may have.
ABOVE, PIN, PIN_ROOM, BEHIND, LINES = 16.0, 7.0, 26.0, 9.0, 4
# The last line has at least this share of the width.
SHORT = 0.3


@dataclass(frozen=True, slots=True)
class Note:
    """The words of a note, and the spot that it is about; None where it is about the whole chart.

    `named` says that there are other spots, so that its name is needed.
    """

    words: str
    spot: Spot | None
    named: bool = True


def finished(canvas: Canvas, told: Sequence[Markup], options: Options, kit: ChartKit) -> Chart:
    """Return the chart with the note that the options ask for, if any, also in its words.

    Raises LayoutError with the nearest name where `note_at` names no mark.
    """
    note = _note(canvas.spots, options, kit)
    if note is None:
        return Chart(canvas.markup(kit.kind), tuple(told), canvas.marks)
    below = 0.0
    if kit.unwritten:
        canvas.unwritten = note.words
    elif kit.strip:
        _strip(note, kit).draw(canvas, note, kit)
    elif not canvas.noted:
        found = _found(canvas, note, kit)
        below = 0.0 if found else _strip(note, kit).height
        if found and note.spot:
            _draw(canvas, found, note.spot, kit)
    alt = with_note(told, note.words, note.spot.name if note.spot else None, kit.language)
    return Chart(canvas.markup(kit.kind), alt, canvas.marks, below)


def words_of(options: Options) -> str:
    """Return the words of the note; empty where there is none."""
    return keep_together(options.text("note"))


def note_at(options: Options) -> str:
    """Return what the note is said to be about; empty where nothing is."""
    return ", ".join(options.names("note_at"))


def with_note(told: Sequence[Markup], words: str, name: Label | None, language: str) -> tuple[Markup, ...]:
    """Return the sentences of a chart with its note as the second one."""
    if not words:
        return tuple(told)
    note = escape(words if words.endswith((".", "!", "?")) else f"{words}.")
    named = {"label": name.markup} if name else {}
    said = sentence("note-at" if name else "note", language, note=note, **named)
    said = said if said.endswith(".") else said + "."
    return (*told[:1], said, *told[1:])


def within(outer: Label, inner: Label) -> Label:
    """Return the name of a mark that is one of several in a row: "Perdesaan, 2025"."""
    return Label(f"{outer.text}, {inner.text}", Markup("{}, {}").format(outer.markup, inner.markup))


def _note(spots: dict[str, Spot], options: Options, kit: ChartKit) -> Note | None:
    words, at = words_of(options), note_at(options)
    if not words:
        return None
    names = {_plain(name).lower(): spot for spot in spots.values() for name in (spot.name.key, spot.name.text)}
    highlight = ", ".join(options.names("highlight"))
    spot = names.get(_plain(at or highlight).lower())
    if at and spot is None:
        hint = did_you_mean(at, [_plain(one.name.text) for one in spots.values()])
        raise kit.refuse(f"note_at names '{at[:60]}', which is not in the chart", hint)
    single = next(iter(spots.values())) if len(spots) == 1 else None
    return Note(words, single or spot, named=single is None)


def _plain(name: str) -> str:
    return " ".join(name.split())


# --- beside its mark --------------------------------------------------------------------------------------------------


def _found(canvas: Canvas, note: Note, kit: ChartKit) -> Found | None:
    """Return where the note has room: in a tile of its own, else near its mark."""
    if note.spot is None:
        return None
    words = Label.plain(note.words)
    own = inside(canvas, note.spot, words, kit) if note.spot.fill else None
    return own or beside(canvas, note.spot, words, kit)


def _draw(canvas: Canvas, found: Found, spot: Spot, kit: ChartKit) -> None:
    """Write a note, and join it to its mark."""
    mark = spot.marks[-1] if spot.marks else None
    if found.line:
        (x, y), (end_x, end_y) = found.line
        area = Rectangle(min(x, end_x) - 6, min(y, end_y) - 6, max(x, end_x) + 6, max(y, end_y) + 6)
        path = f"M{x:.1f} {y:.1f}L{end_x:.1f} {end_y:.1f}"
        shape = f'<path d="{path}" stroke="{kit.palette.ink}" stroke-width="2"/>'
        shape += f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{kit.palette.ink}"/>'
        if mark:
            canvas.drawing(area, shape, "fade", mark)
        else:
            canvas.over_drawing(area, shape)
    area, anchor = found.area, found.anchor
    x = {"left": area.left, "center": (area.left + area.right) / 2, "right": area.right}[anchor]
    canvas.text(Placed(found.text, x, area.top, found.ink or kit.palette.ink, anchor, mark))


# --- below the chart --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Strip:
    """The lines below a chart: the name of the mark, if any, the first words behind it, and the rest of the note."""

    name: Text | None
    first: Text | None
    rest: Text | None
    left: float

    @property
    def height(self) -> float:
        """Return its height, with the space that parts it from the chart."""
        head, more = self.name or self.first, self.rest
        return ABOVE + (head.height if head else 0) + (more.height if more else 0)

    def draw(self, canvas: Canvas, note: Note, kit: ChartKit) -> None:
        """Write it below the chart, with a pin here and at its mark."""
        top, spot, left = kit.height + ABOVE, note.spot, 0.0
        mark = spot.marks[-1] if spot and spot.marks else None
        if self.name and spot and not spot.several and spot.fill is not None:
            place = pin_place(canvas, spot, PIN + 3, kit)
            for x, y in ([place, (PIN + 1, top + self.name.leading / 2)]) if place else ():
                _pin(canvas, x, y, kit)
            left = PIN_ROOM if place else 0.0
        head = self.name or self.first
        texts = (
            (self.name, left, 0.0),
            (self.first, left + self.left, 0.0),
            (self.rest, left, head.height if head else 0),
        )
        for text, x, down in texts:
            if text:
                canvas.text(Placed(text, x, top + down, kit.palette.ink, "left", mark))


def _pin(canvas: Canvas, x: float, y: float, kit: ChartKit) -> None:
    reach = PIN + 3
    ring = f'fill="{kit.palette.ink}" stroke="{kit.palette.ground}" stroke-width="3"'
    shape = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{PIN:g}" {ring}/>'
    canvas.over_drawing(Rectangle(x - reach, y - reach, x + reach, y + reach), shape)


def _strip(note: Note, kit: ChartKit) -> Strip:
    """Return the note as it stands below the chart; raises LayoutError when it is longer than that."""
    style, name, room = note_style(kit), None, kit.width - PIN_ROOM - 4
    if note.spot and note.named:
        label = Label(f"{note.spot.name.text}:", Markup("{}:").format(note.spot.name.markup))
        name = one_line(label, kit.ruler, TextStyle(style.size, kit.look.weight("body", 700)))
    left = name.width + BEHIND if name else 0.0
    lines = _flow(note.words, (room - left, room) if name else (room, room), style, kit)
    if lines is None or left > room:
        raise kit.refuse(f"the note '{note.words[:60]}' is too long", "write a shorter note")
    texts = [Text(part, max(kit.ruler.width(one.unescape(), style) for one in part), style) for part in lines if part]
    first, rest = (texts[0], texts[1:]) if lines[0] else (None, texts)
    return Strip(name, first, rest[0] if rest else None, left)


def _flow(
    words: str, rooms: tuple[float, float], style: TextStyle, kit: ChartKit
) -> tuple[tuple[Markup, ...], ...] | None:
    """Return the words that fit the first room, which may be none, and the lines of the rest."""
    listed, count = words.split(" "), 0
    while count < len(listed) and kit.ruler.width(" ".join(listed[: count + 1]), style) <= rooms[0]:
        count += 1
    if count == len(listed):
        return (escape(words),), ()
    while count > 1 and kit.ruler.width(" ".join(listed[count:]), style) < SHORT * rooms[1]:
        count -= 1  # no single word on the last line
    first = (escape(" ".join(listed[:count])),) if count else ()
    rest = fit(Label.plain(" ".join(listed[count:])), rooms[1], kit.ruler, style, LINES - 1)
    return (first, rest.lines) if rest else None
