"""Turn one frame into a PNG with the very same pixels: a palette where 256 colours are enough, else RGB or RGBA.

Marked as sRGB; carries no text and no time. Transparency is straight (not premultiplied).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assetgen.formats._pixels import only, opaque_image
from assetgen.model import Frame

if TYPE_CHECKING:
    from PIL.Image import Image

SUFFIX = ".png"
MEDIA_TYPE = "image/png"
MANY_PAGES = False
VECTOR = False
LOSSY = False
OPTIONS = {
    "background": "the colour (#rrggbb) that a transparent page is laid on; without it the page stays transparent",
    "compact": "true for the slowest and smallest compression: about 4 % fewer bytes in six times the time",
}


def encode(
    frames: Sequence[Frame], quality: int | None = None, background: str | None = None, compact: bool = False
) -> bytes:
    """Return the bytes of a PNG file; `quality` says nothing here. Raises EncodeError for several pages."""
    del quality
    from PIL.PngImagePlugin import PngInfo

    frame = only(frames, "png")
    image = frame.image() if background is None or frame.opaque else opaque_image(frame, background, "png")
    chunks = PngInfo()
    chunks.add(b"sRGB", b"\x00")
    stream = io.BytesIO()
    (_with_palette(image) or image).save(stream, "PNG", pnginfo=chunks, compress_level=9 if compact else 6)
    return stream.getvalue()


def _with_palette(image: Image) -> Image | None:
    """Return the same pixels as a palette image, or None where more than 256 colours are needed."""
    import numpy
    from PIL import Image as Pictures

    if image.getcolors(256) is None:
        return None
    pixels = numpy.asarray(image.convert("RGBA")).view(numpy.uint32)[..., 0]
    colours, places = numpy.unique(pixels, return_inverse=True)
    channels = colours.view(numpy.uint8).reshape(-1, 4)
    palette = Pictures.fromarray(places.reshape(pixels.shape).astype(numpy.uint8), "L")
    palette.putpalette(channels[:, :3].tobytes(), "RGB")
    if image.mode == "RGBA":
        palette.info["transparency"] = channels[:, 3].tobytes()
    return palette
