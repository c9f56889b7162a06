"""Turn a film into an MP4: H.264, or HEVC where it is wanted, and AAC; `moov` first, no edit list, BT.709, no date.

Stills become a slide show, each shown for `seconds`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assetgen.errors import EncodeError
from assetgen.model import Frame

if TYPE_CHECKING:
    from assetgen.sound import EncodedSound
    from assetgen.video.h264 import Stream
    from assetgen.video.moving import Moving

SUFFIX = ".mp4"
MEDIA_TYPE = "video/mp4"
MANY_PAGES = True
VECTOR = False
LOSSY = True
MOVING = True
OPTIONS = {"seconds": "how long each picture is shown: 3"}
BEST_FACTOR, WORST_FACTOR = 14.0, 34.0
HEVC_FACTORS = (20, 23, 26, 29, 32, 35)


def encode(frames: Sequence[Frame], quality: int | None = None, seconds: float = 3.0) -> bytes:
    """Return a slide show; `quality` is 1 to 100. Raises EncodeError for pages of several sizes or odd sides."""
    from assetgen.video.container import join
    from assetgen.video.encoder import Settings, encode_planes
    from assetgen.video.planes import planes_of

    size = frames[0].size
    if any(frame.size != size for frame in frames) or size.width % 2 or size.height % 2:
        raise EncodeError("a video has pages of one size, with even sides", hint="choose a placement for videos")
    settings = Settings(size, rate_factor=factor_of(quality))
    streams = []
    for frame in frames:
        planes = planes_of(frame)
        rest = round(seconds * settings.frames_per_second)
        while rest > 0:
            count = min(rest, settings.most_frames)
            streams.append(encode_planes([planes], settings).held((count - 1,)))
            rest -= count
    return join(streams, settings.frames_per_second)


def factor_of(quality: int | None) -> float:
    """Return the encoder's rate factor of a quality, 1 to 100; 18 where none is given."""
    if quality is None:
        return 18.0
    return WORST_FACTOR + (BEST_FACTOR - WORST_FACTOR) * min(max(quality, 1), 100) / 100


def joined(streams: Sequence[Stream], frames_per_second: int, sound: EncodedSound | None = None) -> bytes:
    """Return the file of some segments, with sound beside them."""
    from assetgen.video.container import join

    return join(streams, frames_per_second, sound)


def film(moving: Moving) -> bytes:
    """Return a film as HEVC; raises EncodeError when it cannot keep the bytes of its placement."""
    from assetgen.video.hevc import hevc_file
    from assetgen.video.moving import smallest_loss

    steps = HEVC_FACTORS[2:] if moving.draft else HEVC_FACTORS
    return smallest_loss(moving, steps, lambda factor: hevc_file(moving, factor), "video")
