"""Hold layers as pictures that can be drawn, in the pixels of video (see `assetgen.video.colour`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy

from assetgen.model import Frame, Rectangle
from assetgen.video.colour import video_pixels

if TYPE_CHECKING:
    import skia


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
        return Rectangle(self.left, self.top, self.left + self.picture.width(), self.top + self.picture.height())


def layer_of(frame: Frame) -> Layer:
    """Return a painted frame as a layer, cut to what is not transparent."""
    pixels = frame.array
    alpha = pixels[..., 3]
    rows, columns = numpy.flatnonzero(alpha.any(axis=1)), numpy.flatnonzero(alpha.any(axis=0))
    if not len(rows):
        return Layer(None, 0, 0)
    top, bottom, left, right = int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1
    converted = video_pixels(pixels[top:bottom, left:right])
    return Layer(image_of(converted), left, top)


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
