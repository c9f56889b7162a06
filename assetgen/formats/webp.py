"""Turn one frame into a WebP: lossy at a quality, or with the very same pixels; sRGB, no metadata. A film moves in it.

Effort 2 of 6: effort 4, the library's default, takes 1.9 times as long for 2 % fewer bytes (1080×1350).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from assetgen.formats._pixels import only, opaque_image, srgb_profile
from assetgen.model import Frame

if TYPE_CHECKING:
    from assetgen.video.moving import Moving

SUFFIX = ".webp"
MEDIA_TYPE = "image/webp"
MANY_PAGES = False
VECTOR = False
LOSSY = True
MOVING = True
OPTIONS = {
    "background": "the colour (#rrggbb) that a transparent page is laid on; without it the page stays transparent",
    "lossless": "true for the very same pixels at any quality",
    "compact": "true for the slowest and smallest compression",
}
QUALITY = 92
# Of films: quality, pictures a second.
STEPS = ((88, 30), (80, 20), (75, 15), (65, 12), (55, 10), (45, 10), (35, 8), (25, 6))


def encode(
    frames: Sequence[Frame],
    quality: int | None = None,
    background: str | None = None,
    lossless: bool = False,
    compact: bool = False,
) -> bytes:
    """Return the bytes of a WebP file; `quality` is libwebp's, 1 to 100. Raises EncodeError for several pages."""
    frame = only(frames, "webp")
    image = frame.image() if background is None or frame.opaque else opaque_image(frame, background, "webp")
    stream = io.BytesIO()
    image.convert("RGB" if image.mode == "RGBX" else image.mode).save(
        stream,
        "WEBP",
        quality=75 if lossless else QUALITY if quality is None else quality,
        lossless=lossless,
        exact=lossless,
        method=6 if compact else 2,
        icc_profile=srgb_profile(),
    )
    return stream.getvalue()


def film(moving: Moving) -> bytes:
    """Return a film as an animation without end; raises EncodeError when it cannot keep the bytes of its placement."""
    from assetgen.video.moving import smallest_loss

    return smallest_loss(moving, STEPS[3:] if moving.draft else STEPS, lambda step: _animated(moving, *step), "WebP")


def _animated(moving: Moving, quality: int, rate: float) -> bytes:
    import av

    from assetgen.video.moving import picture

    stream, clock = io.BytesIO(), Fraction(1, 1000)
    options = {"quality": str(quality), "compression_level": "4"}
    with av.open(stream, "w", format="webp", options={"loop": "0"}) as container:
        track: Any = container.add_stream("libwebp_anim", rate=1000, options=options)
        track.width, track.height = moving.size.width, moving.size.height
        track.pix_fmt = "bgra"
        count = 0
        for pixels, begins in moving.sampled(rate):
            count, last = count + 1, picture(pixels, moving.transparent)
            _put(container, track, last, begins, clock)
        # The library lets the last picture stand for the mean of all: one more of it comes where that ends the film.
        if (again := moving.seconds * count / (count + 1)) > begins + 0.02:
            _put(container, track, last, again, clock)
        container.mux(track.encode(None))
    return stream.getvalue()


def _put(container: Any, track: Any, frame: Any, second: float, clock: Fraction) -> None:
    frame = frame.reformat(format="bgra", src_colorspace="ITU709", src_color_range="MPEG")
    frame.pts, frame.time_base = round(second / clock), clock
    container.mux(track.encode(frame))
