"""A symbol map: a disc on each region whose area is as large as its number, for counts and amounts.

Areas, not radii, are in proportion; the legend shows three discs. The 38 provinces are built in; any GeoJSON or
TopoJSON serves through a field of type map. Regions without a number carry no disc and are hatched; negative numbers
are refused. Large discs lie below small ones, so none is hidden. `map_credit` says whose map it is.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal

from markupsafe import Markup

from assetgen.charts._kit.alt import sentences
from assetgen.charts._kit.canvas import Canvas, Placed
from assetgen.charts._kit.chart import Chart, ChartKit
from assetgen.charts._kit.colours import contrast, mix
from assetgen.charts._kit.notes import finished
from assetgen.charts._kit.numbers import Writer, writer_for
from assetgen.charts._kit.options import Options
from assetgen.charts._kit.rest import Kept
from assetgen.charts._kit.rows import Label, Row
from assetgen.charts._kit.text import LEAST, Text, one_line
from assetgen.charts._map.compose import VIEW_OPTIONS, Needs, Plan, compose
from assetgen.charts._map.foot import foot_of, remarks_of
from assetgen.charts._map.frame import Frame
from assetgen.charts._map.labels import Marked, Sheet, put_all
from assetgen.charts._map.naming import labels_of, name_spots, told_with_note
from assetgen.charts._map.regions import Place, Story, noted, tell
from assetgen.charts._map.sample import PEOPLE_AND_AREA
from assetgen.charts._map.scale import edge_writer
from assetgen.charts._map.shapes import Paint, anchor_of, draw_land, size_of
from assetgen.charts._map.table import draw_ranked
from assetgen.charts._map.words import map_sentence, map_word
from assetgen.geography.classes import rounded_down
from assetgen.look import TextStyle
from assetgen.model import Rectangle

OPTIONS = {**VIEW_OPTIONS, "largest": "radius of the largest disc in pixels; that of the map decides when left out"}
SAMPLE = {
    "rows": [{"label": name, "value": people} for name, (people, _) in PEOPLE_AND_AREA.items()],
    "options": {"style": "short", "decimals": 1, "subject": "Penduduk menurut provinsi, 2024", "unit": "jiwa"},
}
SHARE = 0.042
LEAST_RADIUS = 3.0


def draw(rows: Sequence[Row], options: Options, kit: ChartKit) -> Chart:
    """Return the map; raises LayoutError for negative numbers and for rows that are no region of it."""
    story = _story(rows, options, kit)
    options = noted(story, options, kit)
    writer = writer_for(story.data.numbers, options, kit.language)
    largest = float(options.count("largest", round(kit.width * SHARE), 8, 200))
    most = max(story.data.numbers)
    key = _key(most, largest, story.without, writer, kit)
    below = foot_of(story, kit)
    plan = compose(story, options, kit, Needs(writer, key.height, below.height))
    canvas = kit.canvas()
    _draw(canvas, story, plan, options, (writer, largest, kit))
    key.draw(canvas, plan.legend_top)
    canvas.keep_clear(Rectangle(0, 0, kit.width, kit.height))
    if plan.table:
        draw_ranked(canvas, plan.table, plan.table_top, None, writer, kit)
    below.draw(canvas, kit.height - below.height + 18, kit.palette.muted)
    return finished(canvas, _alt(story, options, writer), options, kit)


def say(rows: Sequence[Row], options: Options, kit: ChartKit) -> tuple[Markup, ...]:
    """Return the map in words, without drawing it."""
    story = _story(rows, options, kit)
    options = noted(story, options, kit)
    told = _alt(story, options, writer_for(story.data.numbers, options, kit.language))
    return told_with_note(told, options, kit)


def _story(rows: Sequence[Row], options: Options, kit: ChartKit) -> Story:
    story = tell(rows, options, kit)
    if any(number < 0 for number in story.data.numbers) or not any(story.data.numbers):
        raise kit.refuse("a symbol map shows amounts above zero", "use the chart 'map' for rates and changes")
    return story


def _alt(story: Story, options: Options, writer: Writer) -> tuple[Markup, ...]:
    """Return the map in words: what it shows, highest and lowest, how many without data."""
    told = list(sentences(map_word("symbols", writer.language), Kept(story.data), options, writer))
    if story.without:
        told.append(map_sentence("without", writer.language, n=story.without, all=len(story.places)))
    return (*told, *remarks_of(story))


def radius(number: Decimal, most: Decimal, largest: float) -> float:
    """Return the radius of the disc of a number: areas are in proportion, so radii grow with the square root."""
    return largest * math.sqrt(float(number / most))


def _draw(
    canvas: Canvas, story: Story, plan: Plan, options: Options, with_what: tuple[Writer, float, ChartKit]
) -> None:
    writer, largest, kit = with_what
    palette, most = kit.palette, max(story.data.numbers)
    land = Paint(mix(palette.line, palette.ground, 0.7), palette.ground)
    blank = Paint(palette.soft, palette.ground, hatched=True)
    for number, (frame, places) in enumerate(plan.frames):
        sheet = Sheet(kit.width, plan.legend_top - 8)
        # The land is one drawing of the frame: what is revealed are the discs.
        for place in sorted(places, key=size_of, reverse=True):
            draw_land(canvas, place, frame, blank if place.number is None else land)
            sheet.add_land(place, frame, 10_000)
        marks: dict[str, Marked] = {}
        for place in sorted((one for one in places if one.number), key=lambda one: -(one.number or 0)):
            size = max(radius(place.number or Decimal(0), most, largest), LEAST_RADIUS)
            if spot := anchor_of(place, frame):
                marks[place.name] = Marked(_disc(canvas, place, spot, size, kit), palette.ground, size)
                sheet.add_disc(*spot, size)
        _keep_off(sheet, plan, frame)
        name_spots(canvas, plan.named_in(number, places), frame, {name: mark.number for name, mark in marks.items()})
        inside = plan.named_in(number, [one for one in places if one.name in marks])
        put_all(canvas, sheet, labels_of(story, plan, options, (inside, marks, writer), kit), frame, kit)


def _keep_off(sheet: Sheet, plan: Plan, frame: Frame) -> None:
    for other, _ in plan.frames:
        if other is not frame:
            sheet.keep_off(other.area)


def _disc(canvas: Canvas, place: Place, spot: tuple[float, float], size: float, kit: ChartKit) -> int:
    x, y = spot
    palette = kit.palette
    fill = palette.accent if place.mine and contrast(palette.accent, palette.ground) > 1.5 else palette.data
    ring = f'stroke="{palette.ground}" stroke-width="1.5"'
    shape = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}" fill="{fill}" fill-opacity="0.88" {ring}/>'
    return canvas.drawing(Rectangle(x - size - 2, y - size - 2, x + size + 2, y + size + 2), shape, grow="fade")


class _Key:
    """The legend of discs: three round numbers with discs of their size, and the sign of missing values."""

    def __init__(self, discs: Sequence[tuple[float, Text]], missing: Text | None, kit: ChartKit) -> None:
        self.discs, self.missing, self.kit = discs, missing, kit
        self.height = max(2 * max(size for size, _ in discs), discs[0][1].height) + 8

    def draw(self, canvas: Canvas, top: float) -> None:
        """Draw the legend from `top` downwards."""
        palette, left, middle = self.kit.palette, 0.0, top + self.height / 2
        for size, text in self.discs:
            x = left + size + 2
            shape = (
                f'<circle cx="{x:.1f}" cy="{middle:.1f}" r="{size:.1f}" stroke="{palette.data}" stroke-width="2.5"/>'
            )
            canvas.frame_drawing(Rectangle(left, middle - size - 2, left + 2 * size + 4, middle + size + 2), shape)
            left += 2 * size + 16
            canvas.middle(Placed(text, left, middle, palette.muted))
            left += text.width + 32
        if self.missing:
            canvas.swatch(Rectangle(left, middle - 12, left + 24, middle + 12), palette.soft, hatched=True)
            canvas.middle(Placed(self.missing, left + 36, middle, palette.ink))


def _key(most: Decimal, largest: float, without: int, writer: Writer, kit: ChartKit) -> _Key:
    style = TextStyle(max(LEAST, kit.size - 6), kit.look.weight("body", 500))
    numbers = dict.fromkeys(rounded_down(most * share) for share in (Decimal("0.02"), Decimal("0.25"), Decimal(1)))
    writer = edge_writer(tuple(numbers), writer)
    texts = [one_line(Label.plain(writer.full(number)), kit.ruler, style) for number in numbers]
    missing = one_line(Label.plain(map_word("no-data", kit.language)), kit.ruler, style) if without else None
    discs = [
        (max(radius(number, most, largest), LEAST_RADIUS), text) for number, text in zip(numbers, texts, strict=True)
    ]
    room = kit.width - (missing.width + 68 if missing else 0)
    while len(discs) > 1 and sum(2 * size + 48 + text.width for size, text in discs) > room:
        discs = discs[1:]
    return _Key(discs, missing, kit)
