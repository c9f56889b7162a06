"""Kawung: four palm fruits around a point, in a lattice; the oldest of the Javanese court motifs.

Each fruit is a rounded lens on a diagonal, its tips near two crossings; within it lies a fine second contour with two
seeds. A small diamond stands at each crossing, dots where four groups meet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy

from assetgen.backgrounds._canvas import Canvas, lens, repeated

if TYPE_CHECKING:
    from assetgen.backgrounds._canvas import Plane

STRENGTH = 0.055
SIZE = 150
OPTIONS = {"size": "the distance of two groups of four fruits, in pixels (150)"}


def draw(canvas: Canvas, size: float = SIZE) -> Plane:
    """Return the cover of the motif; the period is `size` CSS pixels."""
    tile = canvas.tile(size, size)
    across, down = tile.places()
    one = tile.size[0]
    x, y = (repeated(place, one) for place in (across, down))
    # Both halves of a cell mirror each other: one fruit, on the diagonal of the first quarter, stands for all.
    x, y = numpy.abs(x), numpy.abs(y)
    along = (x + y) / numpy.float32(numpy.sqrt(2)) - one * 0.3536
    aside = (x - y) / numpy.float32(numpy.sqrt(2))
    rounding = one * 0.05
    fruit = lens(aside, along, one * 0.505, one * 0.225) - rounding
    thin = max(1.5, one * 0.014)
    cover = tile.fill(fruit)
    cover -= 0.75 * tile.stroke(fruit + one * 0.045, thin)
    seed = lens(aside, numpy.abs(along) - one * 0.088, one * 0.11, one * 0.035)
    cover -= tile.fill(seed)
    diamond = (x + y) / numpy.float32(numpy.sqrt(2))
    cover += tile.fill(diamond - one * 0.035)
    corner = (numpy.abs(x - one / 2) + numpy.abs(y - one / 2)) / numpy.float32(numpy.sqrt(2))
    cover += tile.fill(corner - one * 0.035)
    for middle in (numpy.hypot(x - one / 2, y), numpy.hypot(x, y - one / 2)):
        cover += tile.fill(middle - one * 0.022) + tile.stroke(middle - one * 0.058, thin)
    return canvas.tiled(numpy.clip(cover, 0, 1))
