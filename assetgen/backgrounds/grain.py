"""Grain: the faint unrest of film or paper, which takes the hardness from flat colour and hides steps of a gradient."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy

from assetgen.backgrounds._canvas import Canvas, hashed

if TYPE_CHECKING:
    from assetgen.backgrounds._canvas import Plane

STRENGTH = 0.08
SIZE = 2
OPTIONS = {"size": "the size of a grain, in pixels (2)", "seed": "a whole number: another one gives other grain"}
TILE = 360


def draw(canvas: Canvas, size: float = SIZE, seed: int = 0) -> Plane:
    """Return the cover of the grain, in four steps, so that the picture stays small."""
    tile = canvas.tile(TILE, TILE)
    across, down = (numpy.floor(place / max(size, 1)).astype(numpy.int64) for place in tile.places())
    noise = hashed(across, down, seed)
    return canvas.tiled((numpy.floor(noise * 4) / 3).astype(numpy.float32))
