"""Truntum: small stars strewn over the night, the motif that parents wear at a wedding.

Flowers of eight petals, long and short in turn, stand in a lattice whose every second row is shifted by half; a ring
lies around each heart, and trails of dots lead from flower to flower.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy

from assetgen.backgrounds._canvas import Canvas, lens, repeated, turned

if TYPE_CHECKING:
    from assetgen.backgrounds._canvas import Plane

STRENGTH = 0.1
SIZE = 156
OPTIONS = {"size": "the distance of two flowers of a row, in pixels (156)"}


def draw(canvas: Canvas, size: float = SIZE) -> Plane:
    """Return the cover of the motif; two flowers stand in a square of `size` CSS pixels."""
    tile = canvas.tile(size, size)
    across, down = tile.places()
    one = tile.size[0]
    cover = numpy.zeros((tile.height, tile.width), numpy.float32)
    for shift, tilt in ((0.25, 0.0), (0.75, 45.0)):
        x, y = repeated(across - one * shift, one), repeated(down - one * shift, one)
        cover = numpy.maximum(cover, _flower(tile, (x, y), one * 0.235, tilt))
    x, y = repeated(across - one * 0.75, one), repeated(down - one * 0.25, one)
    cover = numpy.maximum(cover, _dots(tile, numpy.abs(x), numpy.abs(y), one))
    return canvas.tiled(cover)


def _flower(tile: Canvas, place: tuple[Plane, Plane], radius: float, tilt: float) -> Plane:
    """Return a flower around 0."""
    cover = numpy.zeros((tile.height, tile.width), numpy.float32)
    for number in range(8):
        x, y = turned(*place, tilt + 45 * number)
        long = number % 2 == 0
        length = radius * (0.68 if long else 0.46)
        petal = lens(x, y + radius * 0.3 + length / 2, length, radius * (0.3 if long else 0.2))
        cover = numpy.maximum(cover, tile.fill(petal))
    middle = numpy.hypot(*place)
    heart = tile.fill(middle - radius * 0.1)
    ring = tile.stroke(middle - radius * 0.22, max(1.2, radius * 0.05))
    return numpy.maximum(cover, numpy.maximum(heart, ring))


def _dots(tile: Canvas, x: Plane, y: Plane, one: float) -> Plane:
    """Return what lies between four flowers: a dot within four, and smaller ones on the way to each flower."""
    cover = tile.fill(numpy.hypot(x, y) - one * 0.02)
    for reach, size in ((0.08, 0.013), (0.15, 0.01)):
        for ahead, aside in ((x, y), (y, x)):
            cover = numpy.maximum(cover, tile.fill(numpy.hypot(ahead - one * reach, aside) - one * size))
    return cover
