"""Make films the ways that are compared in this process: ours whole, and x264 alone on frames that are finished."""

from __future__ import annotations

import io
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from assetgen import placement
from assetgen.bind import Binder, Composition
from assetgen.brand import Brand
from assetgen.layout import Layout
from assetgen.model import Direction, File, Frame, Placement, Size
from assetgen.model.films import SILENT
from assetgen.motion.film import Film
from assetgen.motion.production import Manner, film_of, limits_of, make_video
from assetgen.motion.shoot import Splitter
from assetgen.paint import Painter
from assetgen.video.encoder import SegmentEncoder, Settings
from assetgen.video.planes import Planes

# The measure of likeness is of the tests; it is no part of the package.
sys.path.append(str(Path(__file__).parent.parent / "tests"))
from similarity import similarity

BRAND, LANGUAGE, PLACEMENT = "lentera", "id", "instagram/reel"


@dataclass(frozen=True)
class Spent:
    """What one run took: seconds on the clock, and seconds of all processors, children included."""

    clock: float
    processors: float

    @classmethod
    def by(cls, work: Callable[[], object]) -> Spent:
        """Do some work and return what it took."""
        start, before = time.perf_counter(), _processors()
        work()
        return cls(time.perf_counter() - start, _processors() - before)


def _processors() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


@dataclass(frozen=True)
class Studio:
    """A layout with what fills it, bound once: what the benchmark makes a film of again and again."""

    folder: Path
    painter: Painter
    given: dict[str, Any] = field(default_factory=dict)
    beside: Path = Path()
    music: str = SILENT

    @cached_property
    def placement(self) -> Placement:
        """Return where the film goes."""
        return placement.load(PLACEMENT)

    @cached_property
    def composition(self) -> Composition:
        """Return the bound pages."""
        binder = Binder.of(Layout.load(self.folder), Brand.load(BRAND))
        return binder.bind(self.given, self.placement, LANGUAGE, self.beside)

    def film(self) -> Film:
        """Return the film of the pages: measured and painted, nothing moved yet."""
        return film_of(self.painter.lay(self.composition), self.painter.engine, self.placement, self.manner)

    @property
    def manner(self) -> Manner:
        """Return how the film is made."""
        return Manner(direction=Direction(music=self.music))

    def make(self) -> File:
        """Return the MP4: from bound pages to bytes, all of it."""
        pages = self.painter.lay(self.composition)
        film = film_of(pages, self.painter.engine, self.placement, self.manner)
        return make_video(film, pages[0], self.placement, self.manner)[0][0]

    @cached_property
    def settings(self) -> Settings:
        """Return how it is encoded."""
        limits = limits_of(self.placement)
        rate = limits.bitrate_max or 3 * limits.bitrate
        return Settings(self.placement.size, limits.frames_per_second, rate_limit=rate)


def finished_frames(film: Film) -> list[Planes]:
    """Return every frame of a film as the encoder takes it; a frame that repeats is kept once."""
    splitter, found, last = Splitter(film), [], None
    for number in range(film.length):
        if (look := film.signature(number)) != last:
            planes = splitter.draw(number)
            kept = Planes(planes.luma.copy(), planes.blue.copy(), planes.red.copy())
        found.append(kept)
        last = look
    return found


class WholeEncoder(SegmentEncoder):
    """The same encoder with the same settings, left to itself: one stream, as many threads as it likes."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self._context.thread_count = 0


def encode_alone(frames: list[Planes], settings: Settings) -> None:
    """Encode all frames with x264."""
    encoder = WholeEncoder(settings)
    for planes in frames:
        encoder.add(planes)
    encoder.finish()


def likeness(studio: Studio, data: bytes, times: int) -> list[float]:
    """Return how alike frames of our video and pages painted whole are, at random times, the same every run."""
    film = studio.film()
    wanted = random.Random(7).sample(range(film.length), times)
    found = []
    for number, frame in _decoded(data, set(wanted)):
        scene, time_in = film.place(number)
        assert film.entering(scene, time_in) is None, "a transition has no page to compare with"
        whole = studio.painter.engine.paint(film.shots[scene].scene.stage.at(time_in))
        found.append(similarity(frame, whole))
    return found


def _decoded(data: bytes, wanted: set[int]) -> Iterator[tuple[int, Frame]]:
    import av

    with av.open(io.BytesIO(data)) as container:
        for number, picture in enumerate(container.decode(video=0)):
            if number in wanted:
                pixels = picture.to_ndarray(format="rgba", src_colorspace="ITU709", dst_colorspace="ITU709")
                yield number, Frame(Size(pixels.shape[1], pixels.shape[0]), pixels.tobytes())
