"""Turn frames into PIL images that an encoder takes as they are: opaque, one page, full chroma where it shows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from assetgen.errors import EncodeError
from assetgen.model import Frame

if TYPE_CHECKING:
    import numpy
    from PIL.Image import Image

# A step of 96 in red-minus-green or blue-minus-green inside a block of 2×2 moves Cb or Cr by 48 of 255 or more, which
# averaging turns into a fringe that the eye sees on letters; photographs and soft gradients stay below 40.
CHROMA_STEP = 96
CHROMA_SHARE = 0.0005
# Coloured letters are soon met: the rows are looked at in this many parts, spread over the picture.
PARTS = 4
# The bytes of a pixel as one number, red lowest, without alpha; of two pixels it leaves those of the first.
_COLOURS = 0x00FFFFFF


@cache
def srgb_profile() -> bytes:
    """Return the ICC profile that files carry: sRGB from Little CMS, 588 bytes, with a fixed date."""
    return Path(__file__).with_name("srgb.icc").read_bytes()


def only(frames: Sequence[Frame], name: str) -> Frame:
    """Return the one frame; raises EncodeError when there are none or several."""
    if len(frames) != 1:
        raise EncodeError(f"a {name} file holds one page, got {len(frames)}", hint="write one file a page")
    return frames[0]


def opaque_image(frame: Frame, background: str | None, name: str) -> Image:
    """Return a frame as an RGBX image, without a copy where it is opaque.

    A transparent frame is laid on `background`, a colour written `#rrggbb`. Raises EncodeError when there is none.
    """
    from PIL import Image

    size = (frame.size.width, frame.size.height)
    if frame.opaque:
        return Image.frombuffer("RGBX", size, frame.pixels, "raw", "RGBX", 0, 1)
    if background is None:
        raise EncodeError(
            f"the page is transparent and {name} cannot be", hint="choose png, or give the page a background colour"
        )
    return Image.alpha_composite(Image.new("RGBA", size, (*rgb(background), 255)), frame.image()).convert("RGBX")


def rgb(colour: str) -> tuple[int, int, int]:
    """Return the channels of a colour written `#rrggbb`; raises EncodeError for anything else."""
    digits = colour.removeprefix("#")
    if len(digits) != 6 or not all(digit in "0123456789abcdefABCDEF" for digit in digits):
        raise EncodeError(f"'{colour}' is not a background colour", hint="write it as #rrggbb")
    return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def needs_full_chroma(frame: Frame) -> bool:
    """Tell whether halving the colour resolution (4:2:0) would show, as on thin coloured letters.

    Looks at every fourth row of 2×2 blocks and asks whether more than `CHROMA_SHARE` of them hold a step of
    `CHROMA_STEP` in red minus green or in blue minus green, of which Cb and Cr are sums (ITU-R BT.601).
    """
    rows, columns = frame.size.height // 2 * 2, frame.size.width // 2 * 2
    if not rows or not columns:
        return True
    pairs = frame.array[:rows].reshape(rows // 2, 2, -1, 4)[::4, :, :columns]
    most, found = CHROMA_SHARE * (pairs.shape[0] * columns // 2), 0
    return any((found := found + _strong_blocks(pairs[start::PARTS])) > most for start in range(PARTS))


def _strong_blocks(pairs: numpy.ndarray) -> int:
    """Return how many 2×2 blocks in pairs of rows hold a strong step.

    A difference of two channels moves by a step only where one of them moves by half of it: blocks in which none does
    are passed over, and those are nearly all.
    """
    import numpy

    above, below = (numpy.ascontiguousarray(pairs[:, row]).reshape(-1) for row in (0, 1))
    high, low = numpy.maximum(above, below), numpy.minimum(above, below)
    # Of a pixel and the one beside it: whole rows of bytes are compared fastest. Then those that begin one count.
    span = numpy.maximum(high[:-4], high[4:]) - numpy.minimum(low[:-4], low[4:])
    moved = numpy.zeros(high.size, bool)
    numpy.greater_equal(span, CHROMA_STEP // 2, out=moved[:-4])
    first = 2 * numpy.flatnonzero((moved.view("<u8") & _COLOURS) != 0)
    pixels = numpy.stack([row.view("<u4")[first + column] for row in (above, below) for column in (0, 1)])
    red, green, blue = ((pixels >> shift & 255).astype(numpy.int16) for shift in (0, 8, 16))
    return int(((_span(red - green) >= CHROMA_STEP) | (_span(blue - green) >= CHROMA_STEP)).sum())


def _span(pixels: numpy.ndarray) -> numpy.ndarray:
    """Return the span of each block, whose pixels lie along the first axis."""
    found: numpy.ndarray = pixels.max(axis=0) - pixels.min(axis=0)
    return found
