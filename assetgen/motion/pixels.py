"""Hold layers as video sees them: premultiplied luma, two chromas and alpha, so that composing needs no conversion.

BT.709 turns colours into luma and chroma by sums and an offset; laying one picture over another is a sum, too. So the
picture may be turned once, before it is composed, and the result is the same. Limited range (16–235, 16–240), as in
ITU-R BT.709-6. In memory a pixel is (luma, blue chroma, red chroma, alpha).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy

from assetgen.model import Frame, Rectangle

if TYPE_CHECKING:
    import skia

# Rows give luma, blue and red chroma of red, green and blue; all in 0 to 255.
_RED, _BLUE = 0.2126, 0.0722
_GREEN = 1 - _RED - _BLUE
_LUMA = numpy.array([_RED, _GREEN, _BLUE]) * (219 / 255)
_BLUE_CHROMA = numpy.array([-_RED, -_GREEN, 1 - _BLUE]) / (2 * (1 - _BLUE)) * (224 / 255)
_RED_CHROMA = numpy.array([1 - _RED, -_GREEN, -_BLUE]) / (2 * (1 - _RED)) * (224 / 255)
_MATRIX = numpy.stack([_LUMA, _BLUE_CHROMA, _RED_CHROMA]).astype(numpy.float32)
_OFFSET = numpy.array([16, 128, 128], numpy.float32)
_BAND = 128  # rows at a time: what is worked on stays in the cache


@dataclass(frozen=True)
class Layer:
    """A picture and where its left upper corner stands, in output pixels; `None` where nothing was painted."""

    picture: skia.Image | None
    left: int
    top: int

    @property
    def area(self) -> Rectangle | None:
        """Return where it lies while nothing moves it."""
        if self.picture is None:
            return None
        return Rectangle(
            self.left, self.top, self.left + self.picture.width(), self.top + self.picture.height()
        )


def layer_of(frame: Frame) -> Layer:
    """Return a painted frame as a layer, cut to what is not transparent."""
    pixels = frame.array
    alpha = pixels[..., 3]
    rows, columns = numpy.flatnonzero(alpha.any(axis=1)), numpy.flatnonzero(alpha.any(axis=0))
    if not len(rows):
        return Layer(None, 0, 0)
    top, bottom, left, right = int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1
    converted = converted_pixels(pixels[top:bottom, left:right])
    return Layer(image_of(converted), left, top)


def converted_pixels(pixels: numpy.ndarray) -> numpy.ndarray:
    """Return straight RGBA of shape (height, width, 4) as premultiplied luma, chromas and alpha."""
    found = numpy.empty(pixels.shape, numpy.uint8)
    for start in range(0, len(pixels), _BAND):
        band = pixels[start : start + _BAND]
        video = band[..., :3].astype(numpy.float32) @ _MATRIX.T + _OFFSET
        alpha = band[..., 3]
        if alpha.min() < 255:
            video *= alpha[..., None].astype(numpy.float32) / 255
        found[start : start + _BAND, :, :3] = numpy.rint(video)
        found[start : start + _BAND, :, 3] = alpha
    return found


def colour_of(red: int, green: int, blue: int) -> tuple[int, int, int]:
    """Return luma and both chromas of an opaque colour."""
    luma, first, second = numpy.rint(_MATRIX @ numpy.array([red, green, blue], numpy.float32) + _OFFSET)
    return int(luma), int(first), int(second)


def image_of(pixels: numpy.ndarray) -> skia.Image:
    """Return premultiplied pixels as a picture that keeps them."""
    import skia

    height, width, _ = pixels.shape
    opaque = bool(pixels[..., 3].min() == 255)
    pixels = numpy.ascontiguousarray(pixels)
    return skia.Image.MakeRasterCopy(skia.Pixmap(_info(width, height, opaque), pixels, width * 4))


def surface_on(pixels: numpy.ndarray) -> skia.Surface:
    """Return a surface that draws into an array of shape (height, width, 4)."""
    import skia

    height, width, _ = pixels.shape
    return skia.Surface.MakeRasterDirect(_info(width, height, False), pixels)


def _info(width: int, height: int, opaque: bool) -> Any:
    import skia

    # The channels are only numbers here: blue, green and red stand for luma and chroma.
    alpha = skia.kOpaque_AlphaType if opaque else skia.kPremul_AlphaType
    return skia.ImageInfo.Make(width, height, skia.kBGRA_8888_ColorType, alpha)
