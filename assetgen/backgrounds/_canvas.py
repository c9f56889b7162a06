"""Give formulas a plane to draw on: pixels as places in CSS pixels, edges without steps, noise without chance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Plane = NDArray[numpy.floating[Any]]


@dataclass(frozen=True)
class Canvas:
    """A rectangle of pixels; `scale` of them make one CSS pixel, in which all lengths of formulas are."""

    width: int
    height: int
    scale: float = 1.0

    def places(self) -> tuple[Plane, Plane]:
        """Return how far across and down each pixel lies, in CSS pixels, as arrays of one row and of one column."""
        across = (numpy.arange(self.width, dtype=numpy.float32) + 0.5) / self.scale
        down = (numpy.arange(self.height, dtype=numpy.float32) + 0.5) / self.scale
        return across[None, :], down[:, None]

    def fill(self, distance: Plane) -> Plane:
        """Return the cover of a shape from the distance to its edge, negative inside, in CSS pixels."""
        cover: Plane = numpy.clip(0.5 - distance * self.scale, 0, 1)
        return cover

    def stroke(self, distance: Plane, width: float) -> Plane:
        """Return the cover of a line of some width along the zero of a distance."""
        return self.fill(numpy.abs(distance) - width / 2)

    def distance(self, field: Plane) -> Plane:
        """Return about how far each pixel is from the zero of a smooth field, by its slope, in CSS pixels."""
        down, across = numpy.gradient(field)
        slope = numpy.hypot(across, down) * self.scale
        distance: Plane = field / numpy.maximum(slope, 1e-6)
        return distance

    def tiled(self, tile: Plane) -> Plane:
        """Return the canvas covered with a tile that joins itself on all sides."""
        rows, columns = -(-self.height // tile.shape[0]), -(-self.width // tile.shape[1])
        return numpy.tile(tile, (rows, columns))[: self.height, : self.width]

    def tile(self, width: float, height: float) -> Canvas:
        """Return a canvas for one tile of about that size: a whole number of pixels, so that it joins itself."""
        across, down = max(8, round(width * self.scale)), max(8, round(height * self.scale))
        return Canvas(across, down, self.scale)

    def coarse(self, share: int) -> Canvas:
        """Return a canvas for what changes slowly, with so many times fewer pixels each way."""
        return Canvas(-(-self.width // share), -(-self.height // share), self.scale / share)

    def enlarged(self, plane: Plane) -> Plane:
        """Return what was drawn on a coarse canvas at the size of this one, smoothly."""
        from PIL import Image

        image = Image.fromarray(plane.astype(numpy.float32), "F")
        return numpy.asarray(image.resize((self.width, self.height), Image.Resampling.BICUBIC), dtype=numpy.float32)

    @property
    def size(self) -> tuple[float, float]:
        """Return width and height in CSS pixels."""
        return self.width / self.scale, self.height / self.scale


def hashed(across: NDArray[numpy.int64], down: NDArray[numpy.int64], seed: int = 0) -> Plane:
    """Return a number from 0 to 1 for each whole place: scattered like chance, and always the same.

    Bits are mixed as in the finaliser of MurmurHash3 (Austin Appleby, public domain).
    """
    bits = across.astype(numpy.uint64) * numpy.uint64(0x9E3779B1) + down.astype(numpy.uint64) * numpy.uint64(0x85EBCA77)
    bits = (bits + numpy.uint64(seed * 0xC2B2AE3D)) & numpy.uint64(0xFFFFFFFF)
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        bits = ((bits ^ (bits >> numpy.uint64(shift))) * numpy.uint64(factor)) & numpy.uint64(0xFFFFFFFF)
    bits ^= bits >> numpy.uint64(16)
    return (bits / numpy.float64(0xFFFFFFFF)).astype(numpy.float32)


def smooth_noise(across: Plane, down: Plane, period: float, seed: int = 0) -> Plane:
    """Return noise that changes smoothly over about `period`, from 0 to 1.

    Hashed values of a lattice, joined by the polynomial whose first and second slopes are 0 at the lattice points
    (Ken Perlin, Improving Noise, 2002), so that its contour lines have no corners.
    """
    shape = numpy.broadcast_shapes(across.shape, down.shape)
    left, top = numpy.floor(across / period), numpy.floor(down / period)
    right, low = (_eased(place / period - start) for place, start in ((across, left), (down, top)))
    whole = [part.astype(numpy.int64) for part in (left, top)]
    corner = [[hashed(whole[0] + x, whole[1] + y, seed) for x in (0, 1)] for y in (0, 1)]
    upper, lower = (row[0] + (row[1] - row[0]) * right for row in corner)
    return numpy.broadcast_to(upper + (lower - upper) * low, shape)


def _eased(share: Plane) -> Plane:
    return share * share * share * (share * (share * 6 - 15) + 10)


def repeated(place: Plane, period: float) -> Plane:
    """Return the place within a period whose middle is 0."""
    return place - period * numpy.round(place / period)


def lens(across: Plane, down: Plane, length: float, width: float) -> Plane:
    """Return the distance to a lens that stands upright around 0: the common part of two equal discs.

    With half its length b and half its width w, the discs have the radius r = (b² + w²) / 2w, and their middles lie
    r − w to the left and to the right.
    """
    half, thick = length / 2, width / 2
    radius = (half * half + thick * thick) / (2 * thick)
    x, y = numpy.abs(across), numpy.abs(down)
    beside = numpy.hypot(x + radius - thick, y) - radius
    tip = numpy.hypot(x, y - half)
    # Beyond the normal of the arcs at the tip, the tip itself is nearest.
    beyond = (y - half) * (radius - thick) > x * half
    return numpy.where(beyond, tip, beside).astype(numpy.float32)


def turned(across: Plane, down: Plane, degrees: float) -> tuple[Plane, Plane]:
    """Return places in axes that are turned clockwise."""
    angle = numpy.float32(numpy.deg2rad(degrees))
    cos, sin = numpy.cos(angle), numpy.sin(angle)
    return across * cos + down * sin, down * cos - across * sin
