"""Topographic lines: the contours of hills that are nowhere, every fifth one stronger.

Heights are smooth noise in three sizes; a line runs where they pass a level, everywhere of one width.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy

from assetgen.backgrounds._canvas import Canvas, smooth_noise, turned

if TYPE_CHECKING:
    from assetgen.backgrounds._canvas import Plane

STRENGTH = 0.1
SIZE = 520
OPTIONS = {
    "size": "the distance of two hills, in pixels (520)",
    "levels": "how many lines lie between the deepest and the highest place (22)",
    "seed": "a whole number: another one gives other hills",
}


def draw(canvas: Canvas, size: float = SIZE, levels: int = 22, seed: int = 0) -> Plane:
    """Return the cover of the contours."""
    field = canvas.enlarged(_heights(canvas.coarse(4), size, seed) * levels)
    slope = numpy.hypot(*numpy.gradient(field)) * canvas.scale
    # Where the land is flat a line would swell into a lake: slopes are held from below.
    slope = numpy.maximum(slope, 0.006)
    fine = (field - numpy.round(field)) / slope
    strong = (field - 5 * numpy.round(field / 5)) / slope
    cover: Plane = numpy.maximum(0.6 * canvas.stroke(fine, 2.2), canvas.stroke(strong, 3.6))
    return cover


def _heights(canvas: Canvas, size: float, seed: int) -> Plane:
    """Return heights from 0 to 1: each size of hills is turned and the land is bent, so that no lattice shows."""
    across, down = numpy.broadcast_arrays(*canvas.places())
    bend = size * 0.35 * (smooth_noise(across + 900, down, size * 0.9, seed + 77) - 0.5)
    total = numpy.zeros(across.shape, numpy.float32)
    for number, share in enumerate((0.7, 0.22, 0.08)):
        x, y = turned(across + bend, down - bend, 29 + 37 * number)
        total += share * smooth_noise(x + 4000, y + 4000, size / 2**number, seed * 8 + number)
    return total
