"""Make one asset from start to finish: a layout, a brand and a wish go in, a finished and checked asset comes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from importlib import import_module
from multiprocessing import parent_process
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal

from assetgen import parts
from assetgen.bind import Binder, Composition, shorten_caption, with_hash
from assetgen.brand import Brand
from assetgen.cache import Cache
from assetgen.check import Subject, check
from assetgen.encode import encode
from assetgen.errors import LayoutError, Place
from assetgen.facts import Words, said_beside, shown_text, words_of
from assetgen.layout import Layout
from assetgen.model import Direction, File, Finding, Frame, Placement, Remark, Screening, Severity, Table
from assetgen.package import Asset, collect_facts, with_marks, with_repairs
from assetgen.paint import Painted, Painter
from assetgen.parts import built_in, find_kit
from assetgen.read import Lookup, lookup_in
from assetgen.spoken import alt_texts
from assetgen.watch import Watch

if TYPE_CHECKING:
    from assetgen.motion.production import Manner
    from assetgen.motion.sting import Sting
    from assetgen.sound import Speaker

DRAFT_QUALITY = 75
MOST_LOOKUPS = 16


@dataclass(frozen=True)
class Wish:
    """What one asset is to be made from: field values, placement, language, and what the caller says of it.

    `table` is where the values were read, so that checks can look them up again. Words that are markup keep the facts
    in them.
    """

    given: Mapping[str, Any]
    placement: Placement
    language: str = "id"
    slug: str = "asset"
    format: str | None = None
    folder: Path = Path()
    place: Place = field(default_factory=Place)
    draft: bool = False
    remarks: tuple[Remark, ...] = ()
    table: Table | None = None
    caption: str | None = None
    alt_text: str | None = None
    hashtags: tuple[str, ...] | None = None
    direction: Direction = field(default_factory=Direction)

    def say(self, composition: Composition) -> Composition:
        """Return the composition with the caller's own words, and a caption and hashtags that the placement takes."""
        hashtags = composition.hashtags if self.hashtags is None else with_hash(self.hashtags)
        if hashtags and not composition.layout.takes_hashtags:
            raise LayoutError(f"the layout '{composition.layout.slug}' takes no hashtags", hint="leave them out")
        hashtags = hashtags[: self.placement.text.hashtags]
        alt = self._words("alt", self.alt_text, composition.alt_text, composition)
        caption = self._words("caption", self.caption, composition.caption, composition)
        text = shorten_caption(caption.text, hashtags, self.placement)
        kept = shown_text(text)
        said = (*alt.facts, *(fact for fact in caption.facts if fact.text in kept))
        return replace(composition, caption=text, alt_text=alt.text, hashtags=hashtags, said=said)

    @staticmethod
    def _words(where: Literal["alt", "caption"], own: str | None, default: str, composition: Composition) -> Words:
        """Return the caller's own words, with the facts of markup; else those of the layout."""
        if own is None:
            return Words(default, tuple(fact for fact in composition.said if fact.where == where))
        return words_of(own, where) if hasattr(own, "__html__") else Words(own)


@dataclass(frozen=True)
class Measured:
    """The pages of an asset that was not painted, and what the rules say of how its texts fit."""

    pages: tuple[Painted, ...]
    findings: tuple[Finding, ...]


class Studio:
    """Make assets with one engine, keeping fonts, templates and photos warm. Safe to use from several threads.

    Use it as a context manager, or close it. Kits are read once: open a new studio after their files have changed.
    """

    def __init__(self, engine: str = "takumi", cache: Cache | None = None) -> None:
        """Open an engine by name; raises UsageError when there is none, EngineError when it cannot start.

        A cache keeps what takes long to make and may be the same next time: the segments of videos.
        """
        self._painter = Painter(engine)
        self._cache = cache
        self._binders: dict[tuple[Path, Path, str], Binder] = {}
        self._lookups: dict[int, tuple[Table, Lookup]] = {}
        self._lock, self._filming = Lock(), Lock()

    def __enter__(self) -> Studio:
        """Return the studio; leaving the block closes it."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the engine."""
        self.close()

    def close(self) -> None:
        """Give back the engine, templates and photos, and what the cache has too much."""
        self._painter.close()
        if self._cache:
            self._cache.trim()
        self._binders.clear()
        self._lookups.clear()

    @staticmethod
    def preload() -> None:
        """Import the parts and libraries that assets need, before processes that share them are forked."""
        from PIL import Image

        import_module("numpy")
        Image.preinit()
        for kind in ("rules", "filters", "formats"):
            for name in parts.names(kind):
                parts.load(kind, name)

    def make(self, layout: Layout, brand: Brand, wish: Wish, watch: Watch = Watch()) -> Asset:
        """Return one asset, finished and checked; who watches is told of the frames of a video.

        Raises AssetgenError subclasses for what keeps it from being made, CancelledError where it is not wanted any
        more; what only keeps it from being ready is among its findings.
        """
        watch.check()
        binder = self._binder(layout, brand)
        composition = wish.say(binder.bind(wish.given, _place_of(wish), wish.language, wish.folder, wish.place))
        frames: tuple[Frame, ...] = ()
        screening = Screening()
        if wish.placement.moving:
            pages = self._painter.lay(composition, ahead=not wish.draft)
            files, screening = self._film(pages, wish, (layout, brand), watch)
        else:
            pages = self._painter.paint(composition, ahead=not wish.draft)
            frames = tuple(page.frame for page in pages)
            files = self._stills(pages, wish)
        facts = collect_facts(pages)
        findings = (
            _DRAFT
            if wish.draft
            else check(
                Subject(composition, pages, files, wish.remarks, wish.table, self._lookup(wish.table), screening)
            )
        )
        return Asset(
            slug=wish.slug,
            layout=layout.slug,
            brand=brand.slug,
            theme=brand.theme,
            placement=wish.placement,
            language=wish.language,
            files=files,
            alt_text=composition.alt_text,
            caption=composition.caption,
            hashtags=composition.hashtags,
            facts=with_marks(with_repairs((*facts, *said_beside(facts, composition.said)), wish.table), wish.table),
            findings=findings,
            frames=frames,
            alt_texts=alt_texts(pages, wish.placement.text.alt_text),
        )

    def _stills(self, pages: tuple[Painted, ...], wish: Wish) -> tuple[File, ...]:
        options = {"quality": DRAFT_QUALITY} if wish.draft and _is_lossy(wish) else {}
        frames = tuple(page.frame for page in pages)
        return encode(frames, wish.placement, wish.format, lambda: self._painter.vectors(pages), options)

    def _film(
        self, pages: tuple[Painted, ...], wish: Wish, kits: tuple[Layout, Brand], watch: Watch
    ) -> tuple[tuple[File, ...], Screening]:
        """Return the files of a video, and what was seen of it."""
        from assetgen.motion.production import film_of, make_video
        from assetgen.motion.shoot import Crew

        # One film at a time takes all cores; in a process among others it takes one.
        crew = Crew(1 if parent_process() else None, self._cache, watch)
        manner = replace(_manner(pages, wish, *kits), crew=crew, sting=self._sting(wish, *kits))
        with self._filming:
            watch.check()
            film = film_of(pages, self._painter.engine, wish.placement, manner)
            return make_video(film, pages[0], wish.placement, manner)

    def _sting(self, wish: Wish, layout: Layout, brand: Brand) -> Sting | None:
        """Return what the brand shows between scenes, and behind the last one where the layout takes that."""
        given = brand.sting
        if given is None:
            return None
        from assetgen.motion.sting import Sting

        own = sting_layout(brand)
        language = wish.language if wish.language in own.languages else own.languages[0]
        page = self._painter.paint(self._binder(own, brand).bind({}, wish.placement, language, brand.folder))[0]
        end = given.end if layout.takes_sting else 0.0
        return Sting(page, given.between or "", given.seconds, end, given.sound, brand.folder)

    def measure(self, layout: Layout, brand: Brand, wish: Wish) -> Measured:
        """Return where everything of an asset lands and whether its texts fit, without painting; raises as `make`."""
        binder = self._binder(layout, brand)
        composition = wish.say(binder.bind(wish.given, wish.placement, wish.language, wish.folder, wish.place))
        pages = self._painter.measure(composition)
        subject = Subject(composition, pages, (), wish.remarks, wish.table, self._lookup(wish.table))
        return Measured(pages, check(subject, fit=True))

    def _lookup(self, table: Table | None) -> Lookup | None:
        """Return the lookup of a table; those of the last few tables are kept, with what was worked out in them."""
        if table is None:
            return None
        with self._lock:
            if id(table) not in self._lookups:
                while len(self._lookups) >= MOST_LOOKUPS:
                    del self._lookups[next(iter(self._lookups))]
                self._lookups[id(table)] = (table, lookup_in(table))
            return self._lookups[id(table)][1]

    def _binder(self, layout: Layout, brand: Brand) -> Binder:
        key = (layout.folder.resolve(), brand.folder.resolve(), brand.theme)
        with self._lock:
            if key not in self._binders:
                self._binders[key] = Binder.of(layout, brand)
            return self._binders[key]


def sting_layout(brand: Brand) -> Layout:
    """Return the layout of a brand's sting: its own, beside the brand's folder, or the kit's; raises UsageError."""
    named = brand.sting.layout if brand.sting else ""
    root = brand.folder.parent.parent
    return Layout.load(find_kit("layouts", named, (root,)) if named else built_in("layouts") / "_sting")


def speaker_of(brand: Brand, language: str) -> Speaker | None:
    """Return who speaks for a brand in a language; None for a brand without a voice."""
    from assetgen.sound import Speaker

    voice = brand.voice
    if voice is None:
        return None
    name, place = voice.names.get(language, language), Place(str(brand.folder / "brand.toml"))
    return Speaker(voice.command, name, folder=brand.folder, seconds=voice.seconds, place=place)


def _place_of(wish: Wish) -> Placement:
    """Return where a wish goes: layouts leave room for what lies over a film."""
    place, direction = wish.placement, wish.direction
    if not place.moving:
        return place
    from assetgen.motion import captioning, progress_bar

    place = captioning.with_room(place) if direction.captioned else place
    return progress_bar.with_room(place) if direction.progress else place


def _manner(pages: tuple[Painted, ...], wish: Wish, layout: Layout, brand: Brand) -> Manner:
    """Return how a film is made: the user's wishes, completed by the layout's words and the brand's voice."""
    from assetgen.motion.captioning import with_own_words
    from assetgen.motion.production import Manner
    from assetgen.motion.take import Take

    sections = [Take(page, number).wishes for number, page in enumerate(pages, 1)]
    folder = wish.folder if wish.direction.folder == Path() else wish.direction.folder
    direction = with_own_words(replace(wish.direction, folder=folder), sections, wish.place)
    kit = layout.component_stylesheets
    return Manner(
        direction,
        wish.place,
        kit.get("kit-captions", ""),
        kit.get("kit-film-progress", ""),
        speaker_of(brand, wish.language),
        wish.language,
        draft=wish.draft,
    )


def _is_lossy(wish: Wish) -> bool:
    """Tell whether the file of a wish will be in a format that knows quality."""
    name = wish.format or wish.placement.formats[0]
    return name in parts.names("formats") and bool(parts.load("formats", name).LOSSY)


_DRAFT = (Finding("draft", Severity.ERROR, "this is a draft: it was not checked", "build without --draft"),)
