"""Mega mendung: the rain clouds of Cirebon, contour within contour, pale at the rim and deep within.

A cloud is a union of discs: heads above and below, a body, and on both sides a tail that winds up into a curl. Its
contours lie at equal distances from its edge, as they are drawn with wax; each step inwards is a tone deeper. Rows of
clouds are shifted by half and look the other way in turn.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy

from assetgen.backgrounds._canvas import Canvas, repeated

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assetgen.backgrounds._canvas import Plane

STRENGTH = 0.1
SIZE = 560
OPTIONS = {"size": "the width of a cloud with the space around it, in pixels (560)"}
# Heads of a cloud whose half width is about 1: where they are, and how large.
HEADS = (
    ((-0.46, -0.02), 0.15),
    ((-0.24, -0.13), 0.19),
    ((0.08, -0.17), 0.23),
    ((0.37, -0.06), 0.17),
    ((0.55, 0.03), 0.11),
    ((-0.33, 0.12), 0.12),
    ((-0.08, 0.14), 0.15),
    ((0.20, 0.13), 0.13),
    ((0.42, 0.10), 0.10),
)
STEPS, STEP = 6, 0.041
# Distances change slowly: they are worked out for every third pixel.
COARSE = 3
NEAR = 0.025


def draw(canvas: Canvas, size: float = SIZE) -> Plane:
    """Return the cover of the motif; rows of clouds are about 0.31 of `size` apart."""
    tile = canvas.tile(size, size * 0.62)
    wide, high = tile.size
    unit = wide * 0.47
    across, down = tile.coarse(COARSE).places()
    deep = _depth(*numpy.broadcast_arrays((across - wide / 2) / unit, (down - high / 2) / unit))
    cloud = _cloud(tile, tile.enlarged(deep), unit)
    other = numpy.roll(cloud[:, ::-1], (tile.height // 2, tile.width // 2), axis=(0, 1))
    return canvas.tiled(numpy.maximum(cloud, other))


def _cloud(tile: Canvas, deep: Plane, unit: float) -> Plane:
    """Return a cloud: the deeper inside, the stronger, and a fine line left free at each step."""
    line = max(1.5, unit * 0.009)
    steps = deep / STEP
    tone = numpy.clip(numpy.floor(steps), 0, STEPS - 1) / (STEPS - 1)
    ridge = numpy.where((steps > 0.5) & (steps < STEPS - 1.5), repeated(deep, STEP) * unit, line * 9)
    inside = (0.28 + 0.72 * tone) * (1 - tile.stroke(ridge, line)) * tile.fill(-deep * unit)
    cloud: Plane = numpy.maximum(inside, 0.9 * tile.stroke(deep * unit, line * 1.5))
    return cloud


def _depth(x: Plane, y: Plane) -> Plane:
    """Return how far inside the edge of the cloud a place lies, negative outside."""
    middles, radii, edge = _shape()
    places = numpy.stack((x.ravel(), y.ravel()), axis=1).astype(numpy.float32)
    # Near the edge the discs tell it exactly; deeper inside, where they overlap, the nearest point of the edge does.
    own = (radii - numpy.sqrt(numpy.maximum(_squares(places, middles), 0))).max(axis=1)
    deep = own.copy()
    inside = own > 0
    nearest = numpy.sqrt(numpy.maximum(_squares(places[inside], edge).min(axis=1), 0))
    share = numpy.clip(own[inside] / NEAR, 0, 1)
    deep[inside] = own[inside] * (1 - share) + nearest * share
    shaped: Plane = deep.reshape(x.shape)
    return shaped


def _squares(places: Plane, others: Plane) -> Plane:
    """Return the squared distances of all places from all others; as one product of matrices."""
    squares: Plane = (places**2).sum(1)[:, None] + (others**2).sum(1)[None, :] - 2 * places @ others.T
    return squares


@lru_cache(maxsize=1)
def _shape() -> tuple[Plane, Plane, Plane]:
    """Return the discs of a cloud (middles and radii), and points along the edge of their union."""
    discs = [(*middle, radius) for middle, radius in HEADS]
    discs += [(x, 0.075 + 0.03 * x * x, 0.13 * (1 - x * x) ** 1.2 + 0.012) for x in numpy.linspace(-0.88, 0.88, 70)]
    discs += [(side * x, y, radius) for side in (-1, 1) for x, y, radius in _tail()]
    whole: NDArray[numpy.float32] = numpy.array(discs, dtype=numpy.float32)
    middles, radii = whole[:, :2], whole[:, 2]
    points = []
    for x, y, radius in discs:
        angle = numpy.linspace(0, 2 * numpy.pi, max(12, int(radius * 300)), endpoint=False)
        around = numpy.stack((x + radius * numpy.cos(angle), y + radius * numpy.sin(angle)), axis=1)
        outside = (_squares(around.astype(numpy.float32), middles) >= (radii * radii)[None, :] - 3e-4).all(axis=1)
        points.append(around[outside])
    return middles, radii, numpy.concatenate(points).astype(numpy.float32)


def _tail() -> list[tuple[float, float, float]]:
    """Return the discs of the right tail: from the tip of the body it winds up and inwards, thinner and thinner."""
    shares = numpy.linspace(0, 1, 70)
    angle = numpy.pi / 2 - shares * 1.55 * 2 * numpy.pi
    reach = 0.118 * (1 - shares) ** 0.8 + 0.016
    x, y = 0.83 + reach * numpy.cos(angle), -0.02 + reach * numpy.sin(angle)
    return list(zip(x.tolist(), y.tolist(), (0.030 * (1 - 0.6 * shares)).tolist(), strict=True))
