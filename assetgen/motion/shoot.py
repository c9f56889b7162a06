"""Encode a film: its frames are drawn and encoded in segments side by side; frames that repeat are not encoded."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import pairwise
from threading import Event, local
from typing import TypeVar

import numpy

from assetgen.cache import Cache
from assetgen.engines._memory import compact_memory
from assetgen.errors import CancelledError
from assetgen.inspect.flashes import shrunk
from assetgen.model import Rectangle
from assetgen.motion.film import Film, Projector
from assetgen.motion.identity import Identities
from assetgen.motion.pixels import surface_on
from assetgen.video.colour import rgb_pixels
from assetgen.video.encoder import SegmentEncoder, Settings
from assetgen.video.h264 import Stream
from assetgen.video.planes import Planes
from assetgen.video.reel import Reel, Segment, Streams
from assetgen.watch import Watch

Result = TypeVar("Result")
# A frame that holds is encoded so many times more, in which the encoder makes good what it left out while it moved.
SETTLING = 2
# So many segments a worker are made before the first of them is taken: enough that none waits for work.
AHEAD = 2


@dataclass(frozen=True)
class Footage:
    """A film that was shot, on a reel: its encoded segments, and its looks, with the frames that each stands.

    `encoded` counts the segments that were not taken from a cache.
    """

    reel: Reel
    encoded: int

    @property
    def streams(self) -> Sequence[Stream]:
        """Return the encoded segments."""
        return Streams(self.reel)

    @property
    def looks(self) -> Iterator[tuple[numpy.ndarray, int]]:
        """Yield what was seen, small in RGB."""
        return self.reel.looks


class Splitter:
    """Keep the planes of the frame that a projector draws; only what changed is copied."""

    def __init__(self, film: Film) -> None:
        """Take a film; a projector of its own will draw it."""
        size = film.size
        self.projector = Projector(film)
        self._half = numpy.zeros((size.height // 2, size.width // 2, 4), numpy.uint8)
        self._surface = surface_on(self._half)
        self._shifted = numpy.zeros(self._half.shape[:2], numpy.uint32)
        self.planes = Planes(
            numpy.zeros((size.height, size.width), numpy.uint8),
            numpy.zeros(self._half.shape[:2], numpy.uint8),
            numpy.zeros(self._half.shape[:2], numpy.uint8),
        )

    def draw(self, frame: int) -> Planes:
        """Return the planes of a frame; they are those of the next one when that is drawn."""
        area = self.projector.draw(frame)
        if area is not None:
            self._split(area)
        return self.planes

    def look(self) -> numpy.ndarray:
        """Return what the frame looks like, small in RGB."""
        # Averaged first and turned into colours then: both are sums, and a thousandth of the pixels is left.
        return rgb_pixels(shrunk(self._half))

    def _split(self, area: Rectangle) -> None:
        import skia

        size_down, size_across = self.planes.luma.shape
        left, top = max(0, int(area.left) // 2 * 2), max(0, int(area.top) // 2 * 2)
        right, bottom = min(size_across, -(-int(area.right) // 2) * 2), min(size_down, -(-int(area.bottom) // 2) * 2)
        luma = slice(top, bottom), slice(left, right)
        chroma = slice(top // 2, bottom // 2), slice(left // 2, right // 2)
        _copy(self.projector.pixels.view("<u4")[..., 0], luma, self.planes.luma)
        canvas = self._surface.getCanvas()
        canvas.save()
        canvas.clipRect(skia.Rect.MakeLTRB(left // 2, top // 2, right // 2, bottom // 2), doAntiAlias=False)
        canvas.scale(0.5, 0.5)
        canvas.drawImage(self.projector.picture, 0, 0, skia.SamplingOptions(skia.FilterMode.kLinear))
        canvas.restore()
        for channel, plane in ((1, self.planes.blue), (2, self.planes.red)):
            numpy.right_shift(self._half.view("<u4")[..., 0][chroma], 8 * channel, out=self._shifted[chroma])
            _copy(self._shifted, chroma, plane)


def _copy(pixels: numpy.ndarray, area: tuple[slice, slice], plane: numpy.ndarray) -> None:
    """Copy the lowest byte of whole pixels into a plane: four times as fast as picking bytes."""
    numpy.copyto(plane[area], pixels[area], casting="unsafe")


def segments(film: Film, settings: Settings) -> tuple[range, ...]:
    """Return the frames of each segment: none goes over the border of a scene, none is longer than allowed."""
    found = []
    for start, end in zip(film.starts, (*film.starts[1:], film.length), strict=True):
        count = -(-(end - start) // settings.most_frames)
        edges = [start + (end - start) * number // count for number in range(count + 1)]
        found += [range(first, last) for first, last in pairwise(edges)]
    return tuple(found)


@dataclass(frozen=True)
class Crew:
    """Who shoots a film: how many threads (the machine's cores), where segments are kept, and who watches."""

    workers: int | None = None
    cache: Cache | None = None
    watch: Watch = field(default_factory=Watch)


def shoot(film: Film, settings: Settings, crew: Crew = Crew()) -> Footage:
    """Encode a film and return it in the order of its frames; the same bytes for any count of workers.

    Segments that a cache holds are taken from there. Raises CancelledError when the one who watches wants no more,
    EncodeError when the disk is full.
    """
    todo, reel = segments(film, settings), Reel()
    worker = _Worker(film, settings, crew)
    count = crew.workers or os.cpu_count() or 1
    done = encoded = 0
    with compact_memory(), ThreadPoolExecutor(count, thread_name_prefix="assetgen-video") as pool:
        try:
            for frames, (packed, new) in zip(todo, _in_order(pool, worker.segment, todo, count * AHEAD), strict=True):
                reel.add(packed)
                done += len(frames)
                film.forget_before(min(done, film.length - 1))
                encoded += new
                crew.watch.tell(done, film.length, "frames")
        finally:
            worker.stop()  # what goes on after an error, or after Ctrl-C, ends with its next picture
    return Footage(reel, encoded)


def _in_order(
    pool: ThreadPoolExecutor, work: Callable[[range], Result], todo: Sequence[range], most: int
) -> Iterator[Result]:
    """Yield what is made of each, in their order; no more than some are begun before the first is taken."""
    waiting: deque[Future[Result]] = deque()
    try:
        for one in todo:
            waiting.append(pool.submit(work, one))
            if len(waiting) >= most:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()


class _Worker:
    """Make segments on any thread: taken from a cache, or drawn and encoded."""

    def __init__(self, film: Film, settings: Settings, crew: Crew) -> None:
        self._film, self._settings, self._crew = film, settings, crew
        self._identities = Identities(film, settings) if crew.cache else None
        self._own = local()
        self._stopped = Event()

    def stop(self) -> None:
        self._stopped.set()

    def segment(self, frames: range) -> tuple[bytes, bool]:
        """Return a segment, packed, and whether it had to be encoded."""
        cache = self._crew.cache
        key = self._identities.key(frames) if self._identities else None
        self._check()
        if cache and key and (kept := cache.get(key)):
            return kept, False
        packed = self._encoded(frames).packed()
        if cache and key:
            cache.put(key, packed)
        return packed, True

    def _encoded(self, frames: range) -> Segment:
        if not hasattr(self._own, "splitter"):
            self._own.splitter = Splitter(self._film)
        splitter: Splitter = self._own.splitter
        encoder = SegmentEncoder(self._settings)
        repeats: list[int] = []
        looks: list[tuple[numpy.ndarray, int]] = []
        for number, count in _looks(self._film, frames):
            self._check()
            planes = splitter.draw(number)
            looks.append((splitter.look(), count))
            again = min(count - 1, SETTLING)
            for _ in range(1 + again):
                encoder.add(planes)
                repeats.append(0)
            repeats[-1] += count - 1 - again
        return Segment(encoder.finish().held(tuple(repeats)), tuple(looks))

    def _check(self) -> None:
        self._crew.watch.check()
        if self._stopped.is_set():
            raise CancelledError("another part of the video failed")


def _looks(film: Film, frames: range) -> Iterator[tuple[int, int]]:
    """Yield the first frame of each look, and how many frames it stands."""
    start, look = frames[0], film.signature(frames[0])
    for number in frames[1:]:
        if (found := film.signature(number)) != look:
            yield start, number - start
            start, look = number, found
    yield start, frames[-1] + 1 - start
