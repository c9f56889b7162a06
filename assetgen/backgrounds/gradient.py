"""Gradient: one colour that fades along the page, softly at both ends and without steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy

from assetgen.backgrounds._canvas import Canvas, hashed

if TYPE_CHECKING:
    from assetgen.backgrounds._canvas import Plane

STRENGTH = 0.1
OPTIONS = {
    "towards": "where it is strongest: bottom, top, left, right or corner (bottom right)",
    "start": "the share of the way that stays clear (0)",
}


def draw(canvas: Canvas, towards: str = "bottom", start: float = 0) -> Plane:
    """Return the cover of the fade; a hashed dither of one step keeps it from banding."""
    across, down = canvas.places()
    x, y = across / canvas.size[0], down / canvas.size[1]
    ways = {"bottom": y, "top": 1 - y, "right": x, "left": 1 - x, "corner": (x + y) / 2}
    if towards not in ways:
        raise ValueError(f"towards takes {', '.join(ways)}; got '{towards}'")
    share = numpy.clip((ways[towards] - start) / max(1 - start, 0.01), 0, 1)
    eased = numpy.broadcast_to(share * share * (3 - 2 * share), (canvas.height, canvas.width))
    rows, columns = numpy.indices((64, 64))
    dither = canvas.tiled(hashed(columns, rows) - 0.5) / 255
    return numpy.clip(eased + dither, 0, 1).astype(numpy.float32)
