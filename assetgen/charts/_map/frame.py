"""Lay out windows onto a map: a part of the plane and a room go in, a frame that places rings comes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assetgen.charts._map.regions import Place
from assetgen.geography import Ring
from assetgen.geography.atlas import bounds
from assetgen.model import Rectangle


@dataclass(frozen=True)
class Frame:
    """A window of the plane (left, top, right, bottom in map units) as it stands in an area of the chart.

    The area has the shape of the window, so one scale holds in both directions.
    """

    window: Rectangle
    area: Rectangle

    @property
    def scale(self) -> float:
        """Return how many pixels a map unit is."""
        return self.area.width / self.window.width

    def ring(self, ring: Ring) -> Ring:
        """Return a ring in pixels of the chart, on a grid of a fifth of a pixel, without points that fall together."""
        import numpy

        corner = numpy.array([self.window.left, self.window.top])
        origin = numpy.array([self.area.left, self.area.top])
        placed = numpy.round(((ring - corner) * self.scale + origin) * 5) / 5
        moved = numpy.concatenate([[True], (placed[1:] != placed[:-1]).any(axis=1)])
        return numpy.asarray(placed[moved])

    def sees(self, ring: Ring) -> bool:
        """Tell whether any of a ring lies in the window."""
        left, top, right, bottom = bounds([ring])
        window = self.window
        return left < window.right and right > window.left and top < window.bottom and bottom > window.top


def extent(places: Sequence[Place], pad: float = 0.0) -> Rectangle:
    """Return the part of the plane that holds places, with a margin that is a share of its size."""
    rings = [polygon[0] for place in places for area in place.areas for polygon in area.polygons]
    left, top, right, bottom = bounds(rings)
    across, down = (right - left) * pad, (bottom - top) * pad
    return Rectangle(left - across, top - down, right + across, bottom + down)


def fitted(window: Rectangle, room: Rectangle) -> Frame:
    """Return the frame of a window as large as it fits a room: full width and at the top, else in the middle."""
    scale = min(room.width / window.width, room.height / window.height)
    width, height = window.width * scale, window.height * scale
    left = room.left + (room.width - width) / 2
    return Frame(window, Rectangle(left, room.top, left + width, room.top + height))


def filled(window: Rectangle, room: Rectangle) -> Frame:
    """Return a frame that fills a room, its window widened to the shape of the room."""
    scale = min(room.width / window.width, room.height / window.height)
    across, down = room.width / scale - window.width, room.height / scale - window.height
    wider = Rectangle(
        window.left - across / 2, window.top - down / 2, window.right + across / 2, window.bottom + down / 2
    )
    return Frame(wider, room)
