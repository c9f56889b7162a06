"""Parang: blades that follow one another down the slope like waves at a cliff, with rows of diamonds between.

Across each band runs the phase of a wave along an S, and its threshold rises from one edge to the other: what is inside
is a blade, what is outside is the same blade turned by half, so that they lock into each other. Contours within the
blades are further levels of that wave. The rows of diamonds are called mlinjon, after the seeds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy

from assetgen.backgrounds._canvas import Canvas, repeated

if TYPE_CHECKING:
    from assetgen.backgrounds._canvas import Plane

STRENGTH = 0.055
SIZE = 170
OPTIONS = {"size": "the distance of two bands, in pixels (170)"}
# A tile holds so many bands that go round; they lie at 45°.
ROUND = 2**0.5


def draw(canvas: Canvas, size: float = SIZE) -> Plane:
    """Return the cover of the motif; bands are `size` CSS pixels apart and rise to the right at 45°."""
    tile = canvas.tile(size * ROUND, size * ROUND)
    across, down = tile.places()
    band = tile.size[0] / ROUND
    # Along a band, and across it: both go round with the tile, since a step of the tile is a whole band each way.
    along, aside = (across - down) / ROUND, repeated((across + down) / ROUND, band)
    blade = band / 2
    inner = band * 0.4
    cover = _blades(tile, along, aside, (blade, inner))
    edge = numpy.abs(aside) - inner
    thin = max(1.5, band * 0.012)
    cover = cover * tile.fill(edge + band * 0.012)
    cover = numpy.maximum(cover, tile.stroke(edge, thin))
    beside = band / 2 - numpy.abs(aside)
    seed = (numpy.abs(repeated(along, blade / 2)) * 0.62 + beside * 0.95) - band * 0.05
    return canvas.tiled(numpy.maximum(cover, tile.fill(seed)).astype(numpy.float32))


def _blades(tile: Canvas, along: Plane, aside: Plane, sizes: tuple[float, float]) -> Plane:
    """Return the blades of a band whose middle is at 0."""
    length, inner = sizes
    up = numpy.clip(aside / inner, -1, 1)
    # The wave leans by half a blade over the band, most in its middle: that is the S.
    lean = 0.32 * numpy.sin(up * numpy.pi / 2) + 0.16 * numpy.sin(up * numpy.pi)
    phase = 2 * numpy.pi * (along / length + lean)
    level = numpy.cos(phase) - 0.78 * numpy.sin(up * numpy.pi / 2)
    distance = _distance(tile, level, length)
    thin = max(1.5, length * 0.026)
    cover = tile.fill(-distance)
    cover -= 0.8 * tile.stroke(distance - length * 0.075, thin)
    cover += 0.8 * tile.stroke(distance + length * 0.075, thin)
    return numpy.clip(cover, 0, 1)


def _distance(tile: Canvas, level: Plane, length: float) -> Plane:
    """Return about how far the edge of the blades is; slopes are held from below, where the wave turns."""
    down, across = numpy.gradient(level)
    slope = numpy.hypot(across, down) * tile.scale
    distance: Plane = level / numpy.maximum(slope, 2.2 / length)
    return distance
