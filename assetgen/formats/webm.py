"""Turn a film into a WebM: VP9, transparent where it is, BT.709 told, without sound, date or name.

What is transparent is kept as a second picture in each (alpha mode 1): browsers, OBS and Telegram show it.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from assetgen.model import Frame

if TYPE_CHECKING:
    from assetgen.video.moving import Moving

SUFFIX = ".webm"
MEDIA_TYPE = "video/webm"
MANY_PAGES = True
VECTOR = False
LOSSY = True
MOVING = True
OPTIONS = {"seconds": "how long each picture is shown: 3"}
# Constant quality of VP9, 0 (best) to 63.
FACTORS = (16, 22, 28, 33, 38, 43, 48, 53, 58)
DRAFT_FACTOR = 40


def encode(frames: Sequence[Frame], quality: int | None = None, seconds: float = 3.0) -> bytes:
    """Return a slide show; `quality` is 1 to 100. Raises EncodeError for pages of several sizes."""
    from assetgen.video.moving import slides

    return _made(slides(frames, seconds), 22 if quality is None else round(58 - 0.48 * min(max(quality, 1), 100)))


def film(moving: Moving) -> bytes:
    """Return a film as a WebM; raises EncodeError when it cannot keep the bytes of its placement."""
    from assetgen.video.moving import smallest_loss

    steps = (DRAFT_FACTOR,) if moving.draft else FACTORS
    return smallest_loss(moving, steps, lambda factor: _made(moving, factor), "WebM")


def _made(moving: Moving, factor: int) -> bytes:
    import av

    from assetgen.video.moving import BIT_EXACT, tagged

    stream, rate = io.BytesIO(), moving.frames_per_second
    options = {"crf": str(factor), "b": "0", "deadline": "realtime", "cpu-used": "6", "row-mt": "1", "threads": "4"}
    # Pictures that are shown at no time of their own are not for players of alpha.
    options |= {"auto-alt-ref": "0", "lag-in-frames": "0"}
    with av.open(stream, "w", format="webm") as container:
        container.flags |= BIT_EXACT
        track: Any = container.add_stream("libvpx-vp9", rate=rate, options=options)
        track.width, track.height = moving.size.width, moving.size.height
        track.pix_fmt = "yuva420p" if moving.transparent else "yuv420p"
        track.codec_context.gop_size = max(1, round(min(moving.limits.keyframe_seconds, 2.0) * rate))
        tagged(track)
        for frame in moving.frames(track.pix_fmt):
            container.mux(track.encode(frame))
        container.mux(track.encode(None))
    return stream.getvalue()
