"""Hand a film to a format that encodes it picture by picture, and find the best file that keeps the bytes.

H.264 has a faster way of its own (`assetgen.motion.shoot`); all other formats take this one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, log
from typing import Any, TypeVar

import numpy

from assetgen.errors import EncodeError
from assetgen.model import Frame, Size, VideoLimits
from assetgen.sound import EncodedSound
from assetgen.video.colour import video_pixels

# Luma, chromas and alpha of shape (height, width, 4), premultiplied, and the frames that they stand.
Look = tuple[numpy.ndarray, int]
Step = TypeVar("Step")
BIT_EXACT = 0x0400  # AVFMT_FLAG_BITEXACT: no version, no date, no chance
_NOTHING = 0x00808010  # transparent black: luma 16, chromas 128
# A step of a search makes a file about so much smaller.
_SMALLER = 0.75


@dataclass(frozen=True)
class Moving:
    """A film as formats take it: `looks` yields its pictures from the first, as often as it is called."""

    size: Size
    frames_per_second: int
    length: int
    looks: Callable[[], Iterator[Look]]
    limits: VideoLimits = field(default_factory=VideoLimits)
    max_bytes: int | None = None
    transparent: bool = False
    draft: bool = False
    sound: EncodedSound | None = None

    @property
    def seconds(self) -> float:
        """Return how long it is."""
        return self.length / self.frames_per_second

    def frames(self, form: str) -> Iterator[Any]:
        """Yield every frame for an encoder, in a pixel format of FFmpeg, with its number as its time."""
        number = 0
        for frame, count in self.pictures(form):
            for _ in range(count):
                frame.pts = number
                yield frame
                number += 1

    def pictures(self, form: str) -> Iterator[tuple[Any, int]]:
        """Yield every look in a pixel format of FFmpeg, with the count of its frames."""
        for pixels, count in self.looks():
            frame = picture(pixels, form.startswith("yuva")).reformat(format=form)
            frame.colorspace, frame.color_range, frame.color_primaries, frame.color_trc = 1, 1, 1, 1
            frame.time_base = Fraction(1, self.frames_per_second)
            yield frame, count

    def sampled(self, rate: float) -> Iterator[tuple[numpy.ndarray, float]]:
        """Yield the pictures that are seen when only `rate` a second are shown, each with the second it comes."""
        step = max(self.frames_per_second / rate, 1.0)
        at, following = 0, 0.0
        for pixels, count in self.looks():
            if following < at + count:
                yield pixels, max(following, at) / self.frames_per_second
                following = ceil((at + count) / step) * step
            at += count


def slides(frames: Sequence[Frame], seconds: float, **more: Any) -> Moving:
    """Return finished pictures as a film, each shown for some seconds; raises EncodeError for several sizes."""
    size = frames[0].size
    if any(frame.size != size for frame in frames):
        raise EncodeError("a video has pages of one size", hint="choose a placement for videos")
    count = max(1, round(seconds * 30))
    transparent = not all(frame.opaque for frame in frames)

    def looks() -> Iterator[Look]:
        for frame in frames:
            yield video_pixels(frame.array), count

    return Moving(size, 30, count * len(frames), looks, transparent=transparent, **more)


def picture(pixels: numpy.ndarray, transparent: bool = False) -> Any:
    """Return pixels as a frame of FFmpeg in 4:4:4, BT.709 and limited range; alpha is straight, as formats keep it."""
    import av

    height, width, _ = pixels.shape
    frame: Any = av.VideoFrame(width, height, "yuva444p" if transparent else "yuv444p")
    # Cutting down whole pixels is four times as fast as picking bytes.
    whole = numpy.ascontiguousarray(_straight(pixels) if transparent else pixels).view("<u4")[..., 0]
    for channel, plane in enumerate(frame.planes):
        rows = numpy.frombuffer(plane, numpy.uint8).reshape(-1, plane.line_size)[:height, :width]
        numpy.copyto(rows, whole >> 8 * channel if channel else whole, casting="unsafe")
    frame.colorspace, frame.color_range, frame.color_primaries, frame.color_trc = 1, 1, 1, 1
    return frame


def _straight(pixels: numpy.ndarray) -> numpy.ndarray:
    """Return premultiplied pixels with their full colours; what is not seen at all is black."""
    # As whole numbers: ten times as fast as picking bytes.
    whole = numpy.ascontiguousarray(pixels).view("<u4")[..., 0]
    alpha = whole >> 24
    found = numpy.where(alpha == 0, numpy.uint32(_NOTHING), whole).view(numpy.uint8).reshape(pixels.shape)
    partly = alpha - 1 < 254
    colours = pixels[partly].astype(numpy.uint16)
    found[partly, :3] = numpy.minimum((colours[:, :3] * 255 + colours[:, 3:] // 2) // colours[:, 3:], 255)
    return found


def smallest_loss(moving: Moving, steps: Sequence[Step], encode: Callable[[Step], bytes | None], name: str) -> bytes:
    """Return the file of the first of some steps, best first, that keeps the bytes; None of `encode` is no file.

    Steps that cannot be small enough are passed over. Raises EncodeError when the last one is too large.
    """
    number, smallest = 0, 0
    while number < len(steps):
        data = encode(steps[number])
        if data is not None and (moving.max_bytes is None or len(data) <= moving.max_bytes):
            return data
        smallest = len(data) if data else smallest
        ahead = log(smallest / moving.max_bytes) / -log(_SMALLER) if data and moving.max_bytes else 1
        last = len(steps) - 1
        number = last if number < last < number + ahead else number + max(1, int(ahead))
    raise EncodeError(
        f"the {name} needs {smallest:,} bytes at the lowest quality that is used; {moving.max_bytes or 0:,} are taken",
        hint="use fewer or shorter scenes, or calmer photographs",
    )


def tagged(track: Any) -> None:
    """Tell the colours of what a stream will hold: BT.709, limited range."""
    context = track.codec_context
    context.colorspace, context.color_range, context.color_primaries, context.color_trc = 1, 1, 1, 1
