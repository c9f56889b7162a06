"""A ring of few parts, for what share of the whole each has: clockwise from twelve o'clock, the largest first.

Every part carries its share and its name, joined to it by a line; in low and wide shapes they stand in a list with the
colours of the ring. At most six parts are shown, the others added up as "Lainnya (n)". A part that is missing is
hatched, where `whole` says what all parts add up to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import hypot

from assetgen.charts._kit.arcs import Ring
from assetgen.charts._kit.canvas import Canvas, Placed
from assetgen.charts._kit.chart import Chart, ChartKit
from assetgen.charts._kit.foot import Legend, foot
from assetgen.charts._kit.notes import finished
from assetgen.charts._kit.options import Options
from assetgen.charts._kit.part_alt import part_sentences
from assetgen.charts._kit.part_labels import PartLabel, part_colours, part_label, sizes_of
from assetgen.charts._kit.placing import spread
from assetgen.charts._kit.rest import Kept
from assetgen.charts._kit.rows import Label, Point, Row
from assetgen.charts._kit.shares import PARTS, Whole, read_whole
from assetgen.charts._kit.text import LEAST, Text, fit, one_line, under
from assetgen.charts._kit.words import word
from assetgen.look import TextStyle
from assetgen.model import Rectangle

OPTIONS = {**PARTS, "centre": "words below the total in the middle; 'Total' when left out"}
SAMPLE = {
    "rows": [
        {"label": "Pendidikan", "value": 1284600000000},
        {"label": "Kesehatan", "value": 812400000000},
        {"label": "Pekerjaan umum", "value": 655200000000},
        {"label": "Perlindungan sosial", "value": 318900000000},
        {"label": "Ketertiban umum", "value": 204300000000},
        {"label": "Lingkungan hidup", "value": 141800000000},
        {"label": "Pariwisata", "value": 96100000000},
        {"label": "Ekonomi kreatif", "value": 58700000000},
    ],
    "options": {
        "style": "short-rupiah",
        "highlight": "Kesehatan",
        "centre": "Belanja 2026",
        "subject": "Belanja daerah menurut fungsi, 2026",
    },
}
MOST, LEAST_PARTS = 6, 2
HOLE, HOLE_ASIDE, LEADER, ELBOW, BETWEEN, SLICE_GAP = 0.6, 0.66, 12.0, 16.0, 14.0, 5.0
# The radius, as a share of half the width, at most nearly half the height; how much a larger type counts against it.
LARGEST, SMALLEST, STEP, TYPE = 0.66, 0.3, 0.03, 0.5
TURNS = (0, 12, -12, 24, -24, 40, -40, 60, -60, 90, -90)
KEY, KEY_GAP, ASIDE = 24.0, 14.0, 40.0
Angles = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Name:
    """The label of a part, where it stands, and the points of the line that joins it to the ring (none in a list)."""

    label: PartLabel
    x: float
    top: float
    right: bool
    line: tuple[tuple[float, float], ...] = ()

    @property
    def area(self) -> Rectangle:
        """Return the area of the label."""
        left = self.x if self.right else self.x - self.label.width
        return Rectangle(left, self.top, left + self.label.width, self.top + self.label.height)


@dataclass(frozen=True, slots=True)
class Plan:
    """Where the ring stands, the angles of each part, and its name."""

    ring: Ring
    angles: Angles
    names: tuple[Name, ...]

    @property
    def listed(self) -> bool:
        """Tell whether the names stand in a list with a key of colours."""
        return not self.names[0].line


def draw(rows: Sequence[Row], options: Options, kit: ChartKit) -> Chart:
    """Return the chart; raises LayoutError when not even two parts have room for their labels."""
    whole, plan, below = _planned(read_whole(rows, options, kit), kit)
    canvas, colours = kit.canvas(), part_colours(whole, kit, plan.listed)
    marks = _draw_ring(canvas, whole, (plan, colours), kit)
    for part, mark, colour, name in zip(whole.parts, marks, colours, plan.names, strict=True):
        if name.line:
            _draw_line(canvas, name, kit)
        else:
            top = name.top + name.label.texts[0].leading / 2 - KEY / 2
            left = name.x - KEY - KEY_GAP
            canvas.swatch(Rectangle(left, top, left + KEY, top + KEY), colour, hatched=bool(part.missing))
        ink = kit.palette.muted if whole.highlighted and not part.mine else kit.palette.ink
        name.label.draw(canvas, (name.x, name.top, "left" if name.right else "right"), (ink, ink), mark)
        canvas.spot(part.label, name.area, mark, None)
    _draw_centre(canvas, whole, plan.ring, kit)
    below.draw(canvas, kit.height - below.height + 18, kit.palette.muted)
    kind = "Diagram donat" if kit.language == "id" else "Donut chart"
    return finished(canvas, part_sentences(kind, whole), options, kit)


def _planned(whole: Whole, kit: ChartKit) -> tuple[Whole, Plan, Legend]:
    """Return as many parts as have room, the ring and their names, and the foot."""
    known = len(whole.known)
    most = min(whole.options.count("most", MOST, LEAST_PARTS, MOST), known)
    for count in range(most, min(known, LEAST_PARTS) - 1, -1):
        kept = whole.at_most(count, kit)
        below = foot(Kept(kept.data), kit, kept.notes(kit), hatched=False)
        room = kit.height - below.height
        plan = (None if kit.flat else _around(kept, room, kit)) or _aside(kept, room, kit)
        if plan:
            return kept, plan, below
    raise kit.refuse("the labels of its parts have no room beside the ring")


# --- names around the ring --------------------------------------------------------------------------------------------


def _around(whole: Whole, room: float, kit: ChartKit) -> Plan | None:
    """Return the ring with names on both sides: the best bargain of a large ring and large type that fits."""
    shares = [LARGEST - step * STEP for step in range(int((LARGEST - SMALLEST) / STEP) + 1)]
    tries = [(share / LARGEST + TYPE * size / kit.size, share, size) for share in shares for size in sizes_of(kit)]
    for _, share, size in sorted(tries, reverse=True):
        radius = float(round(min(share * kit.width / 2, 0.48 * room)))
        width = kit.width / 2 - radius - LEADER - ELBOW - 4
        labels = [label for part in whole.parts if (label := part_label(part, whole, kit, (width, size)))]
        if len(labels) < len(whole.parts):
            continue
        ring = Ring(kit.width / 2, room / 2, radius, float(round(HOLE * radius)))
        for turn in TURNS:
            angles = _angles(whole, turn)
            if names := _beside(ring, angles, labels, room):
                return Plan(ring, angles, names)
    return None


def _angles(whole: Whole, turn: float = 0) -> Angles:
    sizes = [float(part.size) for part in whole.parts]
    start = turn if len(sizes) > 1 else -90
    return tuple(pairwise(accumulate((360 * size / sum(sizes) for size in sizes), initial=start)))


def _beside(ring: Ring, angles: Angles, labels: Sequence[PartLabel], room: float) -> tuple[Name, ...]:
    """Return the names in a column on each side, at the height of their parts; none when lines would cross the ring."""
    found: dict[int, Name] = {}
    middles = [sum(pair) / 2 for pair in angles]
    for right in (True, False):
        members = [number for number, middle in enumerate(middles) if (middle % 360 < 180) == right]
        wanted = [ring.at(middles[number], ring.outer + LEADER)[1] for number in members]
        heights = [labels[number].height + BETWEEN for number in members]
        centres = spread(wanted, heights, -BETWEEN / 2, room + BETWEEN / 2)
        for number, centre in zip(members, centres or (), strict=centres is not None):
            x = ring.x + (ring.outer + LEADER + ELBOW) * (1 if right else -1)
            line = _line(ring, middles[number], (x, centre))
            if _clear(ring, line):
                found[number] = Name(labels[number], x, centre - labels[number].height / 2, right, line)
    return tuple(found[number] for number in range(len(labels))) if len(found) == len(labels) else ()


def _line(ring: Ring, angle: float, end: tuple[float, float]) -> tuple[tuple[float, float], ...]:
    x, y = end
    inwards = 1 if x < ring.x else -1
    return (
        ring.at(angle, ring.outer + 3),
        ring.at(angle, ring.outer + LEADER),
        (x + inwards * ELBOW, y),
        (x + inwards * 8, y),
    )


def _clear(ring: Ring, line: Sequence[tuple[float, float]]) -> bool:
    """Tell whether a line stays off the ring on its way from part to name."""
    (x1, y1), (x2, y2) = line[1], line[2]
    steps = [(x1 + (x2 - x1) * step / 12, y1 + (y2 - y1) * step / 12) for step in range(13)]
    return all(hypot(x - ring.x, y - ring.y) >= ring.outer + 5 for x, y in steps)


# --- names in a list --------------------------------------------------------------------------------------------------


def _aside(whole: Whole, room: float, kit: ChartKit) -> Plan | None:
    """Return the ring at the left and a list of names at its right, in the largest size that fits."""
    for share in (0.5, 0.46, 0.42, 0.38):
        radius = float(int(min(share * kit.width, room) / 2))
        left = 2 * radius + ASIDE + KEY + KEY_GAP
        for size in sizes_of(kit):
            labels = [
                label for part in whole.parts if (label := part_label(part, whole, kit, (kit.width - left, size), 2))
            ]
            used = sum(label.height for label in labels)
            gap = min((room - used) / max(len(labels) - 1, 1), 0.9 * size)
            if len(labels) == len(whole.parts) and gap >= min(0.3 * size, BETWEEN):
                top = (room - used - gap * (len(labels) - 1)) / 2
                ring = Ring(radius, room / 2, radius, float(round(HOLE_ASIDE * radius)))
                return Plan(ring, _angles(whole), tuple(_stacked(labels, left, top, gap)))
    return None


def _stacked(labels: Sequence[PartLabel], left: float, top: float, gap: float) -> Iterator[Name]:
    for label in labels:
        yield Name(label, left, top, right=True)
        top += label.height + gap


# --- drawing ----------------------------------------------------------------------------------------------------------


def _draw_ring(canvas: Canvas, whole: Whole, look: tuple[Plan, Sequence[str]], kit: ChartKit) -> list[int]:
    (plan, colours), marks = look, []
    for part, colour, (start, end) in zip(whole.parts, colours, plan.angles, strict=True):
        path = plan.ring.sector(start, end, SLICE_GAP if len(whole.parts) > 1 else 0)
        shape = f'<path d="{path}" fill="{colour}" fill-rule="evenodd"/>'
        if part.missing:
            strokes = path + plan.ring.hatching(start + 1.2, end - 1.2)
            shape = f'<path d="{strokes}" stroke="{kit.palette.muted}" stroke-width="2"/>'
        marks.append(canvas.drawing(plan.ring.area(start, end), shape))
    return marks


def _draw_line(canvas: Canvas, name: Name, kit: ChartKit) -> None:
    xs, ys = zip(*name.line, strict=True)
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in name.line)
    shape = f'<path d="M{path}" stroke="{kit.palette.muted}" stroke-width="2" stroke-linejoin="round"/>'
    canvas.frame_drawing(Rectangle(min(xs) - 3, min(ys) - 3, max(xs) + 3, max(ys) + 3), shape)


def _draw_centre(canvas: Canvas, whole: Whole, ring: Ring, kit: ChartKit) -> None:
    """Write the total in the hole, in the largest size that fits; a whole of 100 percent needs no telling."""
    percent, unit = whole.writer.style == "percent", whole.writer.unit
    words = whole.options.text(
        "centre", "" if percent else ", ".join(filter(None, (word("total", kit.language), unit)))
    )
    style = TextStyle(LEAST, kit.look.weight("body", 500))
    below = fit(Label.plain(words), 1.5 * ring.inner, kit.ruler, style, 2) if words else None
    number = None if percent else _total(whole, ring, kit)
    space = max(12.0, under(number, kit.ruler)) if number and below else 0.0
    capitals = kit.ruler.capitals(number.style) if number else 0.0
    base = ring.y - (capitals + space + (below.height if below else 0)) / 2 + capitals
    if number:
        canvas.on_baseline(Placed(number, ring.x, base, kit.palette.ink, "center"))
    if below and (number or percent):
        canvas.text(Placed(below, ring.x, base + space, kit.palette.muted, "center"))


def _total(whole: Whole, ring: Ring, kit: ChartKit) -> Text | None:
    label = whole.writer.label(Point(whole.total, whole.sign))
    for size in range(int(0.6 * ring.inner), int(LEAST), -2):
        text = one_line(label, kit.ruler, TextStyle(float(size), kit.look.weight("number", 700), "number"))
        if text.width <= 1.64 * ring.inner:
            return text
    return None
