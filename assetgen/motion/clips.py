"""Play the clips of a page: an element and the number of a picture go in, a layer comes out.

A timeline tells the number as it tells opacity: `--picture` is one more property that changes. So a clip is a layer
among layers, and frames that show the same picture are the same frames.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from io import BytesIO
from math import ceil, floor
from threading import Lock, local
from typing import TYPE_CHECKING

import numpy

from assetgen.clips import ClipReader
from assetgen.model import Box, Clip, Frame, Page, Photo, Rectangle, Size
from assetgen.motion.timeline import State, Timeline
from assetgen.video.colour import rgb_pixels

if TYPE_CHECKING:
    from assetgen.motion.pixels import Layer

PICTURE = "--picture"


@dataclass(frozen=True)
class PlayingTimeline(Timeline):
    """The animations of a page and the clips that play on it, by element."""

    clips: Mapping[int, Clip] = field(default_factory=dict)

    @cached_property
    def elements(self) -> Mapping[int, frozenset[str]]:
        """Return the properties that change, by element."""
        found = dict(super().elements)
        for number in self.clips:
            found[number] = found.get(number, frozenset()) | {PICTURE}
        return found

    def state(self, time: float) -> State:
        """Return what the animations say at a time in seconds, and which pictures are seen, by element."""
        found = super().state(time)
        for number, clip in self.clips.items():
            found.setdefault(number, {})[PICTURE] = str(clip.picture(time))
        return found


def playing(timeline: Timeline, page: Page, boxes: Sequence[Box]) -> Timeline:
    """Return a timeline with the clips of a page; the same where it has none."""
    clips = {box.element: photo.clip for box, photo in _playing(page, boxes) if photo.clip}
    return PlayingTimeline(timeline.animations, timeline.natural, clips=clips) if clips else timeline


def clips_of(page: Page, boxes: Sequence[Box]) -> tuple[Clip, ...]:
    """Return the clips that play on a page."""
    return tuple(photo.clip for _, photo in _playing(page, boxes) if photo.clip)


def _playing(page: Page, boxes: Sequence[Box]) -> list[tuple[Box, Photo]]:
    return [(box, page.photos[box.attributes["src"]]) for box in boxes if plays(box, page)]


def plays(box: Box, page: Page) -> bool:
    """Tell whether an element plays a clip."""
    photo = page.photos.get(box.attributes.get("src") or "") if box.tag == "img" else None
    return photo is not None and photo.clip is not None


def shown(state: State) -> tuple[int, int] | None:
    """Return the element of a state that plays, and the number of its picture; None where none does."""
    return next(((number, int(values[PICTURE])) for number, values in state.items() if PICTURE in values), None)


@dataclass(frozen=True)
class _Mask:
    """Where a clip is seen: an area in output pixels, and the pixels of it that are not opaque, with their alpha."""

    area: tuple[int, int, int, int]
    edges: tuple[numpy.ndarray, ...]
    alpha: numpy.ndarray


class ClipLayers:
    """The pictures of a page's clips as layers. Safe to use from several threads: each one decodes for itself."""

    def __init__(self, page: Page, boxes: Sequence[Box]) -> None:
        """Take a page; files are opened when their pictures are asked for."""
        self._playing = {box.element: (box, photo) for box, photo in _playing(page, boxes)}
        self._masks: dict[int, _Mask] = {}
        self._lock = Lock()
        self._own = local()

    def layer(self, number: int, picture: int, paint: Callable[[], Frame]) -> Layer:
        """Return a picture of a clip as a layer; `paint` paints its element alone, which tells what is seen of it."""
        from assetgen.motion.pixels import Layer, image_of

        known: dict[int, tuple[int, Layer]] = self._own.__dict__.setdefault("layers", {})
        if number not in known or known[number][0] != picture:
            mask = self._mask(number, paint)
            left, top, right, bottom = mask.area
            if right <= left or bottom <= top:
                return Layer(None, 0, 0)
            frame = self._reader(number).pixels(picture)
            across, down, _, _ = _whole(self._playing[number][0].rectangle)
            pixels = frame[top - down : bottom - down, left - across : right - across]
            if len(mask.alpha):
                pixels[mask.edges] = _thinned(pixels[mask.edges], mask.alpha)
            known[number] = picture, Layer(image_of(pixels), left, top)
        return known[number][1]

    def onto(self, page: Page, state: State) -> Page:
        """Return a page whose photos are the pictures that play at a state: to be painted whole."""
        from PIL import Image

        pictures = dict(page.pictures)
        for number, (box, _) in self._playing.items():
            picture = int(state[number][PICTURE])
            stream = BytesIO()
            Image.fromarray(rgb_pixels(self._reader(number).pixels(picture))).save(stream, "PNG", compress_level=1)
            pictures[box.attributes["src"]] = stream.getvalue()
        return replace(page, pictures=pictures)

    def _reader(self, number: int) -> ClipReader:
        readers: dict[int, ClipReader] = self._own.__dict__.setdefault("readers", {})
        if number not in readers:
            box, photo = self._playing[number]
            assert photo.clip is not None
            left, top, right, bottom = _whole(box.rectangle)
            readers[number] = ClipReader(photo.clip, Size(right - left, bottom - top), photo.focus)
        return readers[number]

    def _mask(self, number: int, paint: Callable[[], Frame]) -> _Mask:
        with self._lock:
            if number not in self._masks:
                self._masks[number] = _mask(paint().array[..., 3], _whole(self._playing[number][0].rectangle))
            return self._masks[number]


def _whole(area: Rectangle) -> tuple[int, int, int, int]:
    """Return the whole pixels that hold an area."""
    return floor(area.left), floor(area.top), ceil(area.right), ceil(area.bottom)


def _mask(alpha: numpy.ndarray, box: tuple[int, int, int, int]) -> _Mask:
    left, top, right, bottom = max(box[0], 0), max(box[1], 0), min(box[2], alpha.shape[1]), min(box[3], alpha.shape[0])
    seen = alpha[top:bottom, left:right]
    edges = numpy.nonzero(seen < 255)
    return _Mask((left, top, right, bottom), edges, seen[edges])


def _thinned(pixels: numpy.ndarray, alpha: numpy.ndarray) -> numpy.ndarray:
    """Return opaque pixels with an alpha, premultiplied."""
    found = (pixels.astype(numpy.uint16) * alpha[:, None] + 127) // 255
    found[:, 3] = alpha
    opaque: numpy.ndarray = found.astype(numpy.uint8)
    return opaque
