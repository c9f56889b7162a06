"""Bring rows and map together: each area of the map gets its number and its name as it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assetgen.charts._kit.chart import ChartKit
from assetgen.charts._kit.notes import note_at, words_of
from assetgen.charts._kit.options import Options
from assetgen.charts._kit.rows import Category, Data, Label, Row, read_data
from assetgen.charts._map.words import map_word
from assetgen.geography import Area, Atlas, MapFile, provinces_atlas
from assetgen.regions import Joined, Region, join


@dataclass(frozen=True, eq=False)
class Place:
    """One region on the map: its areas, its row, and whether it is asked to stand out."""

    name: str
    short: str
    areas: tuple[Area, ...]
    category: Category | None
    mine: bool = False

    @property
    def number(self) -> Decimal | None:
        """Return the number; None when there is no row for it, or its value is missing."""
        return self.category.number if self.category else None


@dataclass(frozen=True, eq=False)
class Story:
    """All places of a map in its order, the data that they show, and what has to be said of them."""

    places: tuple[Place, ...]
    data: Data
    remarks: tuple[str, ...]

    @property
    def known(self) -> tuple[Place, ...]:
        """Return the places that have a number, highest first; equal ones keep the order of the map."""
        return tuple(sorted((one for one in self.places if one.number is not None), key=lambda one: -(one.number or 0)))

    @property
    def without(self) -> int:
        """Return how many places have no number."""
        return sum(one.number is None for one in self.places)

    def named(self, name: str, options: Options, kit: ChartKit) -> Place:
        """Return the place that an option names; raises LayoutError with the nearest names."""
        return _named(name, self.places, _atlas(options, ()), kit)


def noted(story: Story, options: Options, kit: ChartKit) -> Options:
    """Return the options with the shown name of the place that the note is about; the highlighted one if none is said.

    Raises LayoutError with the nearest names where it is no region of the map.
    """
    at = note_at(options)
    mine = [one.name for one in story.places if one.mine]
    name = story.named(at, options, kit).name if at else mine[0] if len(mine) == 1 else None
    return replace(options, given={**options.given, "note_at": name or ""}) if words_of(options) else options


def tell(rows: Sequence[Row], options: Options, kit: ChartKit) -> Story:
    """Return the places of the map with the numbers of the rows.

    Raises LayoutError that names every row that is no region of the map, and regions that are there twice.
    """
    # Names are compared by what they mean, so a highlight may be written otherwise than its row.
    plain = Options(options.kind, {key: value for key, value in options.given.items() if key != "highlight"})
    data = read_data(rows, plain)
    labels = [one.label.text for one in data.categories]
    atlas = _atlas(options, labels)
    joined = join(({"label": one.label.text, "row": one} for one in data.categories), "label", atlas.gazetteer)
    edition = len(joined.rows) if joined.stale else None
    if problems := joined.problems(partial=True, edition=edition):
        raise kit.refuse("; ".join(problems), "every row is a region of the map; totals are left out")
    places = _places(atlas, joined, kit)
    wanted = {_named(name, places, atlas, kit).name for name in options.names("highlight")}
    places = tuple(replace(one, mine=one.name in wanted) for one in places)
    shown = {id(one.category): one for one in places}
    categories = tuple(
        replace(one, label=Label.plain(shown[id(one)].name), mine=shown[id(one)].mine) if id(one) in shown else one
        for one in data.categories
    )
    return Story(places, replace(data, categories=categories), _remarks(joined, kit))


def _atlas(options: Options, labels: Sequence[str]) -> Atlas:
    given = options.given.get("map")
    return given.atlas(tuple(labels)) if isinstance(given, MapFile) else provinces_atlas()


def _places(atlas: Atlas, joined: Joined, kit: ChartKit) -> tuple[Place, ...]:
    areas = {area.name: area for area in atlas.areas}
    part_of = {child.name: parent for parent, children in joined.covers.items() for child in children}
    found = []
    for region in atlas.gazetteer.regions:
        if region.name not in areas or region.name in part_of:
            continue
        own = [areas[region.name], *(areas[name] for name, parent in part_of.items() if parent == region)]
        row = joined.rows.get(region)
        found.append(Place(_shown(region, kit), region.short or region.name, tuple(own), row["row"] if row else None))
    return tuple(found)


def _shown(region: Region, kit: ChartKit) -> str:
    return region.label(kit.language)


def _named(name: str, places: Sequence[Place], atlas: Atlas, kit: ChartKit) -> Place:
    match = atlas.gazetteer.match(name)
    by_name = {one.areas[0].name: one for one in places}
    if match.region is None or match.region.name not in by_name:
        near = f"; nearest: {', '.join(match.nearest)}" if match.nearest else ""
        raise kit.refuse(f"'{name[:60]}' is no region of the map{near}", "name a region of the map")
    return by_name[match.region.name]


def _remarks(joined: Joined, kit: ChartKit) -> tuple[str, ...]:
    """Return what must stand below a map of an older list: which areas are shown with their former borders."""
    years: dict[int, list[str]] = {}
    for parent, children in joined.covers.items():
        years.setdefault(min(child.since for child in children), []).append(parent.label(kit.language))
    return tuple(
        map_word("older", kit.language, names=", ".join(names), year=year) for year, names in sorted(years.items())
    )
