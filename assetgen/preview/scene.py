"""Say what there is to show: a layout's example or a campaign goes in, cards that can be made one by one come out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from assetgen import parts, placement
from assetgen.batch import Job, plan, read_data, read_one
from assetgen.brand import Brand
from assetgen.campaign import Campaign
from assetgen.campaign.file import DataSpec
from assetgen.errors import AssetgenError, Place, Problem, UsageError, did_you_mean
from assetgen.layout import Layout
from assetgen.model import Placement, Rectangle, Size, Table
from assetgen.package import Asset, Failure
from assetgen.paths import resolve_inside
from assetgen.pipeline import wish_of
from assetgen.studio import Studio, Wish
from assetgen.watch import Watch

CAMPAIGN = "campaign.toml"
# One of each kind of picture that people post, the most common first; a shape without one takes its first placement.
USUAL = (
    "instagram/feed-square",
    "instagram/feed-portrait",
    "instagram/feed-portrait-3x4",
    "instagram/story",
    "x/post",
    "facebook/link",
    "x/header",
)
# And one video for each shape; made small, since people wait for it.
USUAL_VIDEOS = ("instagram/reel", "youtube/video", "x/video@720x720", "instagram/carousel-video")
SMALL_WIDTH, MOST_VIDEOS = 540, 2
USUAL_SETS = ("instagram/carousel", "tiktok/carousel", "telegram/album", "x/post-four")


@dataclass(frozen=True)
class Card:
    """One asset to show: in which group, for which placement, language and brand, and how it is made.

    `folder` is that of its layout.
    """

    group: str
    slug: str
    placement: Placement
    language: str
    brand: str
    folder: Path
    make: Callable[[Studio, Watch], Asset]

    @property
    def id(self) -> str:
        """Return what the card is called in addresses: the same after every change."""
        name = f"{self.group}\0{self.slug}\0{self.placement.name}\0{self.language}\0{self.brand}"
        return sha256(name.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Scene:
    """All that a page shows: its cards, what keeps others from being made, and the files that it hangs on."""

    title: str
    kind: str
    folder: Path
    watched: tuple[Path, ...]
    cards: tuple[Card, ...] = ()
    problems: tuple[Problem, ...] = ()
    failures: tuple[Failure, ...] = ()


class Subject(Protocol):
    """What a preview is of; the folder of its own files is known before they are read."""

    @property
    def folder(self) -> Path:
        """Return the folder of the layout or campaign."""

    def read(self) -> Scene:
        """Return the scene as its files are now; what is wrong with them is part of it."""


def subject_of(
    target: str, root: Path, brands: tuple[str, ...], placements: tuple[str, ...], languages: tuple[str, ...]
) -> Subject:
    """Return the layout or campaign of a name, file or folder; raises UsageError when it is neither."""
    wanted = _Wanted(brands, tuple(placement.load(name) for name in placements), languages)
    root = root.resolve()
    path = root / target
    if path.is_file() and path.suffix == ".toml" and path.name != "layout.toml":
        return CampaignSubject(path, wanted)
    if (path / CAMPAIGN).is_file():
        return CampaignSubject(path / CAMPAIGN, wanted)
    folder = (path.parent if path.name == "layout.toml" else path).resolve()
    if not (folder / "layout.toml").is_file():
        kits = parts.kit_names("layouts", (root,))
        if target not in kits:
            raise UsageError(f"there is no layout or campaign '{target}'", hint=did_you_mean(target, kits))
        folder = kits[target]
    for name in brands:
        parts.find_kit("brand", name, (root,))
    return LayoutSubject(folder, root, wanted)


@dataclass(frozen=True)
class _Wanted:
    """What is to be shown; all, where nothing is named."""

    brands: tuple[str, ...]
    placements: tuple[Placement, ...]
    languages: tuple[str, ...]

    def takes(self, card: Card) -> bool:
        """Tell whether a card is one of those."""
        return (
            (not self.brands or card.brand in self.brands)
            and (not self.languages or card.language in self.languages)
            and (not self.placements or card.placement.name in {one.name for one in self.placements})
        )


@dataclass(frozen=True)
class LayoutSubject:
    """A layout with its own example: in every shape, brand and language."""

    folder: Path
    root: Path
    wanted: _Wanted

    def read(self) -> Scene:
        """Return the scene: one group for each brand and language."""
        brands = {name: parts.find_kit("brand", name, (self.root,)) for name in self.wanted.brands}
        brands = brands or parts.kit_names("brand", (self.root,))
        kits = (self.folder.parent / "_kit", parts.built_in("layouts") / "_kit", *brands.values())
        scene = Scene(self.folder.name, "layout", self.folder, tuple(dict.fromkeys((self.folder, *kits))))
        try:
            layout = Layout.load(self.folder, (self.root,))
            example = layout.example()
            if not example or not all(isinstance(given, dict) for given in example.values()):
                hint = "write one table for each language, [id] and [en], with values for the fields"
                raise UsageError("the layout has no example to show", Place(str(self.folder / "example.toml")), hint)
        except AssetgenError as error:
            return replace(scene, problems=error.problems)
        cards = tuple(self._cards(layout, example, brands))
        return replace(scene, title=layout.title, cards=tuple(filter(self.wanted.takes, cards)))

    def _cards(self, layout: Layout, example: dict[str, dict[str, object]], brands: Iterable[str]) -> Iterator[Card]:
        usual = (*usual_placements(layout.shapes, layout.carousel), *usual_videos(layout.shapes))
        shown = self.wanted.placements or usual
        for name in brands:
            brand = cache(partial(Brand.load, name, (self.root,)))
            for language, given in example.items():
                for place in shown:
                    wish = _quick(Wish(given, place, language, layout.slug, folder=layout.folder))
                    make = _making(layout, brand, wish)
                    shown_at = wish.placement
                    yield Card(f"{name} · {language}", layout.slug, shown_at, language, name, layout.folder, make)


def _quick(wish: Wish) -> Wish:
    """Return a wish of a video as one that is made quickly, at a size at which people look it through."""
    return replace(wish, placement=smaller(wish.placement), draft=True) if wish.placement.moving else wish


def smaller(place: Placement) -> Placement:
    """Return a placement at half its size or less, with even sides; its zones keep their places on the picture."""
    share = min(1.0, SMALL_WIDTH / min(place.size.width, place.size.height))
    size = Size(round(place.size.width * share / 2) * 2, round(place.size.height * share / 2) * 2)
    across, down = size.width / place.size.width, size.height / place.size.height

    def moved(area: Rectangle) -> Rectangle:
        return Rectangle(area.left * across, area.top * down, area.right * across, area.bottom * down)

    zones = ([replace(zone, rectangle=moved(zone.rectangle)) for zone in one] for one in (place.crops, place.covered))
    crops, covered = map(tuple, zones)
    safe = moved(place.safe) if place.safe else None
    return replace(place, size=size, sizes=(size,), safe=safe, crops=crops, covered=covered)


def _making(layout: Layout, brand: Callable[[], Brand], wish: Wish) -> Callable[[Studio, Watch], Asset]:
    """Return a function that makes a card; the brand is read there, so that a broken one spoils its own cards alone."""
    return lambda studio, watch: studio.make(layout, brand(), wish, watch)


def usual_placements(shapes: Iterable[str], carousel: bool = False) -> tuple[Placement, ...]:
    """Return a few placements for every shape, and for sets of pages where a layout makes them."""
    usual = [placement.load(name) for name in (*USUAL, *(USUAL_SETS if carousel else ()))]
    found = [one for one in usual if one.shape in shapes]
    for shape in set(shapes) - {one.shape for one in usual}:
        found += [one for one in placement.all() if one.shape == shape and one.kind == "image"][:1]
    return tuple(found)


def usual_videos(shapes: Iterable[str]) -> tuple[Placement, ...]:
    """Return a video or two of the shapes."""
    return tuple(one for one in map(placement.load, USUAL_VIDEOS) if one.shape in shapes)[:MOST_VIDEOS]


class CampaignSubject:
    """The assets of a campaign, record by record. Tables are kept: only those of files that changed are read again."""

    def __init__(self, file: Path, wanted: _Wanted) -> None:
        self.file, self.folder, self.wanted = file, file.resolve().parent, wanted
        self._tables: dict[object, Table] = {}

    def read(self) -> Scene:
        """Return the scene: one group for each record; what cannot be made at all is among its failures."""
        folder = self.folder
        scene = Scene(folder.name, "campaign", folder, (folder,))
        try:
            campaign = Campaign.load(self.file)
            used = {folder for one in campaign.layouts.values() for folder in (one.folder, one.kit)}
            used |= {one.folder for one in campaign.brands.values()}
            outside = sorted(path for path in used if not path.resolve().is_relative_to(folder))
            scene = replace(scene, title=campaign.name, watched=(folder, *outside))
            used_now: dict[object, Table] = {}
            todo = plan(campaign, read_data(campaign, partial(self._read_changed, used_now)))
            self._tables = used_now
        except AssetgenError as error:
            return replace(scene, problems=error.problems)
        cards = tuple(
            Card(
                *(job.slug, job.slug, _shown_at(job.placement), job.language, job.brand),
                campaign.layouts[job.spec.layout].folder,
                _job(campaign, job),
            )
            for job in todo.jobs
        )
        return replace(scene, cards=tuple(filter(self.wanted.takes, cards)), failures=todo.failures)

    def _read_changed(self, used: dict[object, Table], campaign: Campaign, name: str, spec: DataSpec) -> Table:
        file = resolve_inside(campaign.folder, spec.file, campaign.place("data", name, "file"))
        stat = file.stat() if file.is_file() else None
        key = (file, stat and (stat.st_mtime_ns, stat.st_size), repr(spec))
        used[key] = self._tables[key] if key in self._tables else read_one(campaign, name, spec)
        return used[key]


def _job(campaign: Campaign, job: Job) -> Callable[[Studio, Watch], Asset]:
    layout, brand = campaign.layouts[job.spec.layout], campaign.brand_for(job.spec)
    return lambda studio, watch: studio.make(layout, brand, _quick(wish_of(campaign, job)), watch)


def _shown_at(place: Placement) -> Placement:
    return smaller(place) if place.moving else place
