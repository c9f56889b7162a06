"""A choropleth map: regions coloured by classes of their numbers, for rates and shares, never for plain counts alone.

The 38 provinces are built in; any GeoJSON or TopoJSON serves through a field of type map. Rows are joined by name, in
any spelling that tables use; what names no region is refused. Missing values are hatched. `map_credit` says whose map
it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assetgen.charts._kit.alt import sentences
from assetgen.charts._kit.canvas import Canvas, Placed
from assetgen.charts._kit.chart import Chart, ChartKit
from assetgen.charts._kit.colours import mix
from assetgen.charts._kit.notes import finished
from assetgen.charts._kit.numbers import Writer, writer_for
from assetgen.charts._kit.options import Options
from assetgen.charts._kit.rest import Kept
from assetgen.charts._kit.rows import Label, Row
from assetgen.charts._kit.text import LEAST, one_line
from assetgen.charts._map.compose import VIEW_OPTIONS, Needs, Plan, compose
from assetgen.charts._map.foot import foot_of, remarks_of
from assetgen.charts._map.frame import Frame
from assetgen.charts._map.labels import Marked, Sheet, put_all
from assetgen.charts._map.naming import labels_of, name_spots, told_with_note
from assetgen.charts._map.regions import Place, Story, noted, tell
from assetgen.charts._map.sample import PEOPLE_AND_AREA
from assetgen.charts._map.scale import SCALE_OPTIONS, ColourScale, band_legend, colour_scale, edge_writer
from assetgen.charts._map.shapes import Paint, draw_place, size_of
from assetgen.charts._map.table import draw_ranked
from assetgen.charts._map.words import map_sentence, map_word
from assetgen.look import TextStyle
from assetgen.model import Rectangle

OPTIONS = {**VIEW_OPTIONS, **SCALE_OPTIONS}
SAMPLE = {
    "rows": [{"label": name, "value": round(people / area)} for name, (people, area) in PEOPLE_AND_AREA.items()],
    "options": {
        "subject": "Kepadatan penduduk menurut provinsi, 2024",
        "unit": "jiwa/km²",
        "highlight": "DKI Jakarta",
        "note": "Terpadat di Indonesia",
    },
}


@dataclass(frozen=True)
class Look:
    """What colours the places of one map."""

    scale: ColourScale
    kit: ChartKit
    near: frozenset[str]
    focus: str = ""

    def paint(self, place: Place) -> Paint:
        """Return how a place is filled; outside of a focus it is muted."""
        palette = self.kit.palette
        if self.near and place.name not in self.near:
            return Paint(mix(palette.line, palette.ground, 0.55), palette.ground)
        outline = palette.ink if place.mine or place.name == self.focus else ""
        if place.number is None:
            return Paint(palette.soft, palette.ground, hatched=True, outline=outline)
        return Paint(self.scale.colour(place.number), palette.ground, outline=outline)


def draw(rows: Sequence[Row], options: Options, kit: ChartKit) -> Chart:
    """Return the map; raises LayoutError for rows that are no region of it, and when there is no room."""
    story = tell(rows, options, kit)
    options = noted(story, options, kit)
    writer = writer_for(story.data.numbers, options, kit.language)
    scale = colour_scale(story.data.numbers, options, kit)
    band = band_legend(scale, writer, story.without, kit)
    below = foot_of(story, kit)
    plan = compose(story, options, kit, Needs(writer, band.height, below.height))
    look = Look(scale, kit, plan.near, plan.focus)
    canvas = kit.canvas()
    draw_frames(canvas, story, plan, look, (options, writer))
    band.draw(canvas, 0, plan.legend_top, kit)
    canvas.keep_clear(Rectangle(0, 0, kit.width, kit.height))
    if plan.table:
        draw_ranked(canvas, plan.table, plan.table_top, scale.colour, writer, kit)
    below.draw(canvas, kit.height - below.height + 18, kit.palette.muted)
    return finished(canvas, _alt(story, scale, options, writer), options, kit)


def say(rows: Sequence[Row], options: Options, kit: ChartKit) -> tuple[Markup, ...]:
    """Return the map in words, without drawing it."""
    story = tell(rows, options, kit)
    options = noted(story, options, kit)
    writer = writer_for(story.data.numbers, options, kit.language)
    told = _alt(story, colour_scale(story.data.numbers, options, kit), options, writer)
    return told_with_note(told, options, kit)


def draw_frames(canvas: Canvas, story: Story, plan: Plan, look: Look, with_what: tuple[Options, Writer]) -> None:
    """Draw the places of every frame, then its labels; a place that two frames show is one mark."""
    kit, (options, writer) = look.kit, with_what
    marks: dict[str, int] = {}
    for number, (frame, places) in enumerate(plan.frames):
        sheet = Sheet(kit.width, plan.legend_top - 8)
        # The smallest come last, so that their discs lie on their neighbours.
        for place in sorted(places, key=lambda one: (one.mine, -size_of(one))):
            mark = draw_place(canvas, place, frame, look.paint(place), marks.get(place.name))
            if mark:
                marks[place.name] = mark
                sheet.add_land(place, frame, mark)
        for other, _ in plan.frames:
            if other is not frame:
                sheet.keep_off(other.area)
        if plan.caption_top and number == 1:
            sheet.keep_off(_caption(canvas, plan, frame, options, kit))
        name_spots(canvas, plan.named_in(number, places), frame, marks)
        inside = plan.named_in(number, [one for one in places if one.name in marks])
        marked = {one.name: Marked(marks[one.name], look.paint(one).fill) for one in inside}
        put_all(canvas, sheet, labels_of(story, plan, options, (inside, marked, writer), kit), frame, kit)


def _caption(canvas: Canvas, plan: Plan, frame: Frame, options: Options, kit: ChartKit) -> Rectangle:
    """Name the enlarged part, above it, and frame it on the map; return the area of its name."""
    style = TextStyle(max(LEAST, kit.size - 6), kit.look.weight("body", 600))
    name = " · ".join(options.names("inset"))
    text = one_line(Label.plain(map_word("enlarged", kit.language, name=name)), kit.ruler, style)
    named = canvas.text(Placed(text, 0, plan.caption_top, kit.palette.ink))
    main = plan.frames[0][0]
    left, top = (
        main.area.left + (frame.window.left - main.window.left) * main.scale,
        main.area.top + (frame.window.top - main.window.top) * main.scale,
    )
    area = Rectangle(left, top, left + frame.window.width * main.scale, top + frame.window.height * main.scale)
    shape = (
        f'<rect x="{area.left:.1f}" y="{area.top:.1f}" width="{area.width:.1f}" height="{area.height:.1f}" '
        f'stroke="{kit.palette.muted}" stroke-width="2"/>'
    )
    canvas.frame_drawing(Rectangle(area.left - 2, area.top - 2, area.right + 2, area.bottom + 2), shape)
    return named


def _alt(story: Story, scale: ColourScale, options: Options, writer: Writer) -> tuple[Markup, ...]:
    """Return the map in words: what it shows, highest and lowest, how many without data, the classes."""
    language, classes = writer.language, scale.classes
    told = list(sentences(map_word("map", language), Kept(story.data), options, writer))
    if story.without:
        told.append(map_sentence("without", language, n=story.without, all=len(story.places)))
    known = story.known
    low, high = (writer.label(one.category.point, unit=True).markup for one in (known[-1], known[0]) if one.category)
    told.append(map_sentence("classes", language, n=classes.count, low=low, high=high))
    if classes.edges:
        edges = edge_writer(classes.edges, writer)
        told.append(map_sentence("edges", language, edges="; ".join(edges.full(edge) for edge in classes.edges)))
    return (*told, *remarks_of(story))
