"""Choose which regions of a map are named, and whether their numbers stand beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from assetgen.charts._kit.canvas import Canvas
from assetgen.charts._kit.chart import ChartKit
from assetgen.charts._kit.notes import note_at, with_note, words_of
from assetgen.charts._kit.numbers import Writer
from assetgen.charts._kit.options import Options
from assetgen.charts._kit.rows import Label
from assetgen.charts._map.compose import Plan
from assetgen.charts._map.frame import Frame
from assetgen.charts._map.labels import Marked, Wanted, wanted
from assetgen.charts._map.regions import Place, Story
from assetgen.charts._map.shapes import anchor_of
from assetgen.model import Rectangle

HIGHEST, LOWEST = 3, 1
# Half the side of what stands for a place when a note points at it.
POINT = 6.0
# What can be named in one frame: its places, their marks, and the writer.
Inside = tuple[Sequence[Place], Mapping[str, Marked], Writer]


def labels_of(story: Story, plan: Plan, options: Options, inside: Inside, kit: ChartKit) -> list[Wanted]:
    """Return the labels of a frame, the most important first; numbers stand on the map where no list has them."""
    places, marks, writer = inside
    here, listed = {one.name for one in places}, plan.listed
    found = []
    for place in _named(story, plan, options):
        if place.name in here:
            value = place.category.point if place.category and place.number is not None else None
            label = writer.label(value) if value and place.name not in listed else None
            written = place.name == note_at(options) and not kit.strip and not kit.unwritten
            note = words_of(options) if written else ""
            found.append(wanted(place, marks[place.name], label, kit, note))
    return found


def name_spots(canvas: Canvas, places: Sequence[Place], frame: Frame, marks: Mapping[str, int]) -> None:
    """Say where each place of a frame is, for notes: by a point in the middle of its largest part."""
    for place in places:
        if spot := anchor_of(place, frame):
            x, y = spot
            area = Rectangle(x - POINT, y - POINT, x + POINT, y + POINT)
            canvas.spot(Label.plain(place.name), area, marks.get(place.name))


def told_with_note(told: Sequence[Markup], options: Options, kit: ChartKit) -> tuple[Markup, ...]:
    """Return what a map says with its note, without drawing it; `options` name the place as the map does."""
    at = note_at(options)
    return with_note(told, words_of(options), Label.plain(at) if at else None, kit.language)


def _named(story: Story, plan: Plan, options: Options) -> tuple[Place, ...]:
    """Return the places that are named: highlighted ones, and those that the options ask for, once each."""
    which = options.choice("labels", ("extremes", "none", "all"))
    mine = [one for one in story.places if one.name == note_at(options)]
    mine += [one for one in story.places if one.mine or one.name == plan.focus]
    if which == "none":
        return tuple(dict.fromkeys(mine))
    if plan.near:
        return tuple(dict.fromkeys([*mine, *(one for one in story.known if one.name in plan.near)]))
    if which == "all":
        return tuple(dict.fromkeys([*mine, *story.known]))
    highest, lowest = (plan.table.highest, plan.table.lowest) if plan.table else (story.known, story.known)
    chosen = [*mine, *highest[:HIGHEST], *lowest[max(0, len(lowest) - LOWEST) :]]
    return tuple(dict.fromkeys([*chosen, *(one for one in story.known if one.name in plan.enlarged)]))
