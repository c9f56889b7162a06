"""Turn pixels into luma and chroma as video has them: BT.709, limited range (16–235, 16–240), after ITU-R BT.709-6.

The turn is a sum with an offset, and so is laying one picture over another: pictures may be turned once, before they
are composed. In memory a pixel is (luma, blue chroma, red chroma, alpha), premultiplied.
"""

from __future__ import annotations

import numpy

_RED, _BLUE = 0.2126, 0.0722
_GREEN = 1 - _RED - _BLUE
_LUMA = numpy.array([_RED, _GREEN, _BLUE]) * (219 / 255)
_BLUE_CHROMA = numpy.array([-_RED, -_GREEN, 1 - _BLUE]) / (2 * (1 - _BLUE)) * (224 / 255)
_RED_CHROMA = numpy.array([1 - _RED, -_GREEN, -_BLUE]) / (2 * (1 - _RED)) * (224 / 255)
# Rows give luma, blue and red chroma of red, green and blue; all in 0 to 255.
_MATRIX = numpy.stack([_LUMA, _BLUE_CHROMA, _RED_CHROMA]).astype(numpy.float32)
_OFFSET = numpy.array([16, 128, 128], numpy.float32)
_BACK = numpy.linalg.inv(_MATRIX.astype(numpy.float64)).astype(numpy.float32)
_BAND = 128  # rows at a time: what is worked on stays in the processor's cache


def video_pixels(pixels: numpy.ndarray) -> numpy.ndarray:
    """Return straight RGBA of shape (height, width, 4) as premultiplied luma, chromas and alpha."""
    found = numpy.empty(pixels.shape, numpy.uint8)
    for start in range(0, len(pixels), _BAND):
        band = pixels[start : start + _BAND]
        video = band[..., :3].astype(numpy.float32) @ _MATRIX.T + _OFFSET
        alpha = band[..., 3]
        if alpha.min(initial=255) < 255:
            video *= alpha[..., None].astype(numpy.float32) / 255
        found[start : start + _BAND, :, :3] = numpy.rint(video)
        found[start : start + _BAND, :, 3] = alpha
    return found


def rgb_pixels(pixels: numpy.ndarray) -> numpy.ndarray:
    """Return opaque luma and chromas of shape (height, width, at least 3) as RGB, 8 bits a channel."""
    colours = (pixels[..., :3].astype(numpy.float32) - _OFFSET) @ _BACK.T
    return numpy.clip(numpy.rint(colours), 0, 255).astype(numpy.uint8)
