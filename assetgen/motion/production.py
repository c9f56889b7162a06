"""Make a film of painted pages, and files of the film: every page is a scene, and what a scene says sets its length."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from assetgen import parts
from assetgen.engines import Engine
from assetgen.engines._memory import compact_memory
from assetgen.errors import EncodeError, LayoutError, Place
from assetgen.model import Direction, File, Placement, Screening, Size, VideoLimits
from assetgen.model.films import DEFAULT_TRANSITION
from assetgen.motion.captioning import Captioning, CaptionLook, caption_files, overlays
from assetgen.motion.film import Film, Shot
from assetgen.motion.progress_bar import progress
from assetgen.motion.screening import Looked, screen
from assetgen.motion.shoot import Crew, shoot
from assetgen.motion.showing import Showing
from assetgen.motion.soundtrack import Soundtrack
from assetgen.motion.sting import STING, Sting
from assetgen.motion.take import Take, words_of
from assetgen.paint import Painted
from assetgen.sound import EncodedSound, Speaker
from assetgen.video.encoder import Settings
from assetgen.video.moving import Moving

# The search for a smaller file: each step takes about a quarter of the bytes.
_FACTOR_STEP, _WORST_FACTOR = 2.5, 34.0
BEST_FACTOR, DRAFT_FACTOR = 18.0, 26.0
_COVER_QUALITY = 92


@dataclass(frozen=True)
class Manner:
    """How a film is made: what the user wishes, the styles of captions, who speaks, and by whom."""

    direction: Direction = field(default_factory=Direction)
    place: Place = field(default_factory=Place)
    caption_styles: str = ""
    progress_styles: str = ""
    speaker: Speaker | None = None
    language: str = "id"
    sting: Sting | None = None
    draft: bool = False
    crew: Crew = field(default_factory=Crew)

    @cached_property
    def soundtrack(self) -> Soundtrack:
        """Return the sound that goes with it."""
        return Soundtrack(self.direction, self.place, self.speaker, self.language, self.sting)

    @property
    def transition(self) -> str:
        """Return how scenes come in that do not say so themselves."""
        return self.direction.transition or DEFAULT_TRANSITION


def film_of(pages: Sequence[Painted], engine: Engine, placement: Placement, manner: Manner) -> Film:
    """Return the film of some pages; raises LayoutError for wishes that cannot be followed."""
    limits = limits_of(placement)
    language = pages[0].page.language
    captioning = Captioning(manner.direction, manner.soundtrack, placement, language, manner.place)
    takes = [
        Take(painted, number, max(manner.soundtrack.spoken(number), captioning.spoken(number)), words_of(before))
        for number, (before, painted) in enumerate(zip((None, *pages), pages, strict=False), 1)
    ]
    if (sting := manner.sting) and sting.between:
        passed = [take.number > 1 and take.transition(manner.transition) == STING for take in takes]
        takes = [replace(take, covered=sting.covering if one else 0.0) for take, one in zip(takes, passed, strict=True)]
    film = Film(_shots(takes, engine, limits, manner), limits.frames_per_second)
    cues = captioning.cues(film)
    page, direction = pages[0].page, manner.direction
    above = overlays(cues, CaptionLook(page, manner.caption_styles, direction.highlight), engine)
    if direction.progress:
        above = (*above, *progress(film, page, manner.progress_styles, engine))
    return replace(film, cues=cues, overlays=above)


def _shots(takes: Sequence[Take], engine: Engine, limits: VideoLimits, manner: Manner) -> tuple[Shot, ...]:
    seconds = [take.seconds for take in takes]
    # What is too short for the platform stays longer on its last scene: the call, the source.
    seconds[-1] += max(0.0, limits.duration_min - sum(seconds), limits.duration_advised[0] - sum(seconds))
    shots = tuple(
        Shot(
            take.scene(engine),
            length,
            take.transition(manner.transition) if take.number > 1 else "cut",
            needed=take.needed,
        )
        for take, length in zip(takes, seconds, strict=True)
    )
    return _with_sting(shots, engine, limits, manner)


def _with_sting(shots: tuple[Shot, ...], engine: Engine, limits: VideoLimits, manner: Manner) -> tuple[Shot, ...]:
    """Return the shots with what the brand shows between them, and behind them where the placement has the time."""
    sting = manner.sting
    if any(shot.transition == STING for shot in shots):
        if sting is None or not sting.between:
            raise LayoutError("the brand has no sting that passes between scenes", manner.place, "brand.toml: [sting]")
        shots = sting.between_scenes(shots)
    longest = limits.duration_max or math.inf
    if sting is None or not sting.end or sum(shot.seconds for shot in shots) + sting.end > longest:
        return shots
    return (*shots, sting.behind(Take(sting.painted, len(shots) + 1).scene(engine)))


def limits_of(placement: Placement) -> VideoLimits:
    """Return what a placement wants of a video."""
    return placement.video or VideoLimits()


def make_video(film: Film, cover: Painted, placement: Placement, manner: Manner) -> tuple[tuple[File, ...], Screening]:
    """Return the video, its cover picture and its captions as files, and what was seen of it.

    Raises EncodeError when the placement's length or bytes cannot be kept, or its format cannot be made.
    """
    limits = limits_of(placement)
    _check_length(film, placement, limits, manner.place)
    data, footage, note = _within(film, placement, limits, manner)
    name = format_of(placement)
    module = parts.load("formats", name)
    video = File(f"01{module.SUFFIX}", name, module.MEDIA_TYPE, data, film.size, len(film.shots), note)
    starts = tuple(round(start / film.frames_per_second, 3) for start in film.starts)
    video = replace(video, scenes=starts, frames_per_second=film.frames_per_second)
    # What lies over other pictures is no post of its own: nothing stands for it before it plays.
    covers = () if placement.transparent else (_cover(cover, film.size),)
    return (video, *covers, *caption_files(film.cues, film.size)), screen(film, footage)


def format_of(placement: Placement) -> str:
    """Return the format of a placement's video: the first that it takes and we make; raises EncodeError for none."""
    made = set(parts.names("formats"))
    for name in placement.formats:
        if name in made and getattr(parts.load("formats", name), "MOVING", False):
            return name
    raise EncodeError(f"no format of {placement.name} can be made: {', '.join(placement.formats)}")


def _cover(cover: Painted, size: Size) -> File:
    """Return the picture that stands for the video before it plays: the first scene, complete."""
    for name in parts.names("formats"):
        module = parts.load("formats", name)
        if module.LOSSY and not module.MANY_PAGES and not module.VECTOR:
            data = module.encode([cover.frame], quality=_COVER_QUALITY)
            return File(f"cover{module.SUFFIX}", name, module.MEDIA_TYPE, data, size, role="cover")
    raise EncodeError("no format for the cover picture is there")


def _check_length(film: Film, placement: Placement, limits: VideoLimits, place: Place) -> None:
    if limits.duration_max is not None and film.seconds > limits.duration_max:
        length, number = max((shot.seconds, -number) for number, shot in enumerate(film.shots, 1))
        raise EncodeError(
            f"the video is {film.seconds:.1f} s long; {placement.name} takes {limits.duration_max:g} s",
            place,
            f"use fewer scenes, or set data-duration on them; the longest is scene {-number} with {length:.1f} s",
        )
    if film.size.width % 2 or film.size.height % 2:
        raise EncodeError(f"a video of {film.size} has an odd side", hint="choose a size with even sides")


def _settings(size: Size, limits: VideoLimits, draft: bool) -> Settings:
    return Settings(
        size,
        frames_per_second=limits.frames_per_second,
        rate_factor=DRAFT_FACTOR if draft else BEST_FACTOR,
        profile=limits.profile,
        rate_limit=limits.bitrate_max or 3 * limits.bitrate,
        key_seconds=min(limits.keyframe_seconds, 2.0),
    )


def _within(film: Film, placement: Placement, limits: VideoLimits, manner: Manner) -> tuple[bytes, Looked, str]:
    """Return the file at the best quality that keeps the bytes, what it shows, and what to know about it."""
    if limits.codec != "h264":
        return _shown(film, placement, limits, manner)
    settings = _settings(film.size, limits, manner.draft)
    module = parts.load("formats", format_of(placement))
    sound = _sound(film, limits, manner)
    smallest = 0
    while settings.rate_factor <= _WORST_FACTOR:
        footage = shoot(film, settings, manner.crew)
        data: bytes = module.joined(footage.streams, settings.frames_per_second, sound)
        if placement.max_bytes is None or len(data) <= placement.max_bytes:
            lower = settings.rate_factor > BEST_FACTOR and not manner.draft
            return data, footage, f"rate factor {settings.rate_factor:g} to stay within its bytes" if lower else ""
        smallest = len(data)
        settings = replace(settings, rate_factor=settings.rate_factor + _FACTOR_STEP)
    raise EncodeError(
        f"the video needs {smallest:,} bytes at the lowest quality that is used; {placement.name} takes "
        f"{placement.max_bytes:,}",
        hint="use fewer or shorter scenes, or calmer photographs",
    )


def _sound(film: Film, limits: VideoLimits, manner: Manner) -> EncodedSound | None:
    manner.crew.watch.tell(0, film.length, "sound")
    with compact_memory():
        sound = manner.soundtrack.encoded(film, limits)
        return sound.without_samples() if sound else None


def _shown(film: Film, placement: Placement, limits: VideoLimits, manner: Manner) -> tuple[bytes, Looked, str]:
    """Return the file in a format that takes a film picture by picture, and what it shows."""
    sound = _sound(film, limits, manner)
    showing = Showing(film, manner.crew.watch)
    moving = Moving(
        film.size,
        film.frames_per_second,
        film.length,
        showing.play,
        limits,
        placement.max_bytes,
        placement.transparent,
        manner.draft,
        sound,
    )
    data: bytes = parts.load("formats", format_of(placement)).film(moving)
    return data, showing, ""
