"""Compose a map for the shape that it stands in: windows, legend and list get their rooms, from top to bottom.

Indonesia is 2.7 times as wide as high. In upright shapes the whole country stands at the full width and a list of the
highest and lowest regions below; `halves` puts the western half over the eastern one, a third larger.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from assetgen.charts._kit.chart import ChartKit
from assetgen.charts._kit.numbers import Writer
from assetgen.charts._kit.options import Options
from assetgen.charts._map.frame import Frame, extent, filled, fitted
from assetgen.charts._map.regions import Place, Story
from assetgen.charts._map.table import Ranked, ranked, row_height
from assetgen.geography import Ring
from assetgen.model import Rectangle
from assetgen.regions import provinces

VIEW_OPTIONS: Mapping[str, str] = MappingProxyType(
    {
        "map": "a map of the user's own, from a field of type map; the 38 provinces when left out",
        "highlight": "region, or list of regions, with an outline and a label",
        "labels": "which regions are named: extremes (default), none, or all that find a place",
        "focus": "one region, zoomed to, with its neighbours; the others are muted",
        "zoom": "an island group (Jawa, Sumatera, …) or a list of regions that fill the map",
        "inset": "an island group or a list of regions, enlarged below the map",
        "compose": "whole (default) or halves: the western half of the country over the eastern one",
        "list": "whether the highest and lowest are listed below: auto (default, where there is room) or none",
    }
)
GAP = 26.0
# Between a map and its legend there is room for labels, such as those of Java.
SHORE = 46.0
# In a low shape a note below takes some of it.
SHORE_OVER_NOTE = 24.0
SIDE = 6.0
# The least height of a map.
LOW = 80


@dataclass(frozen=True, slots=True)
class Needs:
    """What else needs room: the heights of legend and foot, and the writer of the numbers in the list."""

    writer: Writer
    legend: float
    foot: float


@dataclass(frozen=True)
class Plan:
    """Where everything stands: frames with the places that they show, the legend's top, the list and its top."""

    frames: tuple[tuple[Frame, tuple[Place, ...]], ...]
    legend_top: float
    table: Ranked | None
    table_top: float
    caption_top: float = 0
    near: frozenset[str] = frozenset()
    focus: str = ""
    enlarged: frozenset[str] = frozenset()

    @property
    def listed(self) -> frozenset[str]:
        """Return the names in the list below the map, whose numbers stand there."""
        return frozenset(one.name for one in (*self.table.highest, *self.table.lowest)) if self.table else frozenset()

    def named_in(self, number: int, places: Sequence[Place]) -> list[Place]:
        """Return the places that are named in a frame: an enlarged part names its own, the map all others."""
        return [one for one in places if not self.enlarged or (one.name in self.enlarged) == (number == 1)]


def compose(story: Story, options: Options, kit: ChartKit, needs: Needs) -> Plan:
    """Return the plan of a map; raises LayoutError when there is no room for it."""
    room = Rectangle(SIDE, 10, kit.width - SIDE, kit.height - needs.legend - shore_of(kit) - needs.foot)
    if room.height < LOW:
        raise kit.refuse("there is no room for the map above its legend")
    if "focus" in options or "zoom" in options:
        return _close(story, options, kit, room)
    if options.choice("compose", ("whole", "halves")) == "halves":
        return _halves(story, room, kit)
    return _whole(story, options, kit, room, needs)


def shore_of(kit: ChartKit) -> float:
    """Return the room for labels between a map and its legend."""
    return SHORE_OVER_NOTE if kit.strip and kit.flat else SHORE


def _whole(story: Story, options: Options, kit: ChartKit, room: Rectangle, needs: Needs) -> Plan:
    main = fitted(extent(story.places), room)
    frames = [(main, story.places)]
    bottom, caption = main.area.bottom, 0.0
    enlarged: frozenset[str] = frozenset()
    if "inset" in options:
        places = group(options, "inset", story, kit)
        enlarged = frozenset(one.name for one in places)
        caption = bottom + GAP
        inset = fitted(extent(places, 0.04), Rectangle(room.left, caption + 50, room.right, room.bottom))
        frames.append((inset, story.places))
        bottom = inset.area.bottom
    legend_top = bottom + shore_of(kit)
    table_top = legend_top + needs.legend + GAP
    table = None
    if options.choice("list", ("auto", "none")) == "auto":
        table = ranked(story, room.bottom + shore_of(kit) + needs.legend - table_top, needs.writer, kit)
    spare = room.bottom - bottom - ((table.rows + 1) * row_height(kit) + GAP if table else 0)
    # Room that is left goes to where labels are short of it: below the coast, then above and below the whole.
    shore = min(max(0.0, spare / 2), SHORE) if not table else 0.0
    shift = max(0.0, (spare - shore) / 2) if not table else 0.0
    moved = tuple((_down(frame, shift), places) for frame, places in frames)
    caption += shift if caption else 0
    return Plan(moved, legend_top + shift + shore, table, table_top, caption, enlarged=enlarged)


def _down(frame: Frame, shift: float) -> Frame:
    area = frame.area
    return Frame(frame.window, Rectangle(area.left, area.top + shift, area.right, area.bottom + shift))


def _halves(story: Story, room: Rectangle, kit: ChartKit) -> Plan:
    """Return the western half above and the eastern one below, at one scale."""
    whole = extent(story.places)
    cut = (whole.left + whole.right) / 2
    west = tuple(one for one in story.places if _middle(one) < cut)
    east = tuple(one for one in story.places if _middle(one) >= cut)
    windows = [extent(half) for half in (west, east) if half]
    width = max(window.width for window in windows)
    scale = min(room.width / width, (room.height - GAP) / sum(window.height for window in windows))
    frames, top = [], room.top
    for number, (window, half) in enumerate(zip(windows, (west, east), strict=True)):
        # The western half stands left and the eastern right, as on the whole map.
        left = room.left if number == 0 else room.right - window.width * scale
        area = Rectangle(left, top, left + window.width * scale, top + window.height * scale)
        frames.append((Frame(window, area), half))
        top = area.bottom + GAP
    legend_top = top - GAP + shore_of(kit)
    return Plan(tuple(frames), legend_top, None, legend_top)


def _middle(place: Place) -> float:
    box = extent([place])
    return (box.left + box.right) / 2


def _close(story: Story, options: Options, kit: ChartKit, room: Rectangle) -> Plan:
    """Return a map of one region and its surroundings, or of a group, over the whole room."""
    if "focus" in options:
        place = story.named(options.text("focus"), options, kit)
        frame = filled(_wide_enough(extent([place], 0.45), extent(story.places)), room)
        beside = [one for one in story.places if _touch(place, one)]
        # An island has no neighbours by land: those in sight take their place.
        beside = beside or [one for one in story.places if any(frame.sees(ring) for ring in _outlines(one))]
        near = frozenset(one.name for one in (place, *beside))
    else:
        places = group(options, "zoom", story, kit)
        frame = filled(extent(places, 0.05), room)
        near = frozenset(one.name for one in places)
    focus = place.name if "focus" in options else ""
    return Plan(((frame, story.places),), room.bottom + shore_of(kit), None, 0, near=near, focus=focus)


def group(options: Options, key: str, story: Story, kit: ChartKit) -> tuple[Place, ...]:
    """Return the places that an option names: an island group of provinces, or a list of regions."""
    names = options.names(key)
    islands = {region.island.casefold() for region in provinces().regions}
    if len(names) == 1 and names[0].casefold() in islands:
        inside = {one.name for one in provinces().regions if one.island.casefold() == names[0].casefold()}
        found = tuple(place for place in story.places if place.areas[0].name in inside)
        if found:
            return found
    return tuple(story.named(name, options, kit) for name in names)


def _wide_enough(window: Rectangle, whole: Rectangle) -> Rectangle:
    """Return a window at least an eighth as wide as the map: closer than that, simplified borders look broken."""
    more = max(0.0, whole.width / 8 - window.width) / 2
    return Rectangle(window.left - more, window.top, window.right + more, window.bottom)


def _outlines(place: Place) -> list[Ring]:
    return [polygon[0] for area in place.areas for polygon in area.polygons]


def _touch(one: Place, other: Place) -> bool:
    """Tell whether two places share at least two points of their borders."""
    return one is not other and len(_points(one) & _points(other)) >= 2


def _points(place: Place) -> frozenset[tuple[float, float]]:
    return frozenset(
        (x, y) for area in place.areas for polygon in area.polygons for ring in polygon for x, y in ring.tolist()
    )
