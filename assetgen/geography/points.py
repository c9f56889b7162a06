"""Read latitudes and longitudes as people write them, and find the point on a projected map."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from typing import Literal

from assetgen.geography.atlas import Atlas, bounds

Axis = Literal["latitude", "longitude"]

# Lintang utara and selatan, bujur timur and barat, and the English letters; those of the second half are negative.
_SIDES = {"latitude": ({"LU", "N"}, {"LS", "S"}), "longitude": ({"BT", "E"}, {"BB", "W"})}
_LIMIT = {"latitude": 90, "longitude": 180}
_FORM = re.compile(r"([+\u2212-]?)(\d{1,3}(?:[.,]\d{1,9})?)\s*\u00b0?\s*([A-Za-z]{0,2})")


def read_coordinate(text: str, axis: Axis) -> Decimal | None:
    """Return degrees, north and east positive, of `6.89 LS`, `109,67° BT`, `6.89 S` or `-6.89`; None for else."""
    found = _FORM.fullmatch(" ".join(text.split()))
    if not found:
        return None
    sign, digits, side = found[1], Decimal(found[2].replace(",", ".")), found[3].upper()
    ahead, behind = _SIDES[axis]
    if digits > _LIMIT[axis] or (side and side not in ahead | behind) or (side and sign):
        return None
    return -digits if side in behind or sign in {"-", "\u2212"} else digits


def on_plane(atlas: Atlas, latitude: float, longitude: float) -> tuple[float, float]:
    """Return where a point stands on a projected atlas, which is equirectangular: see `Atlas.projected`."""
    top, bottom = bounds([ring for area in atlas.areas for polygon in area.polygons for ring in polygon])[1::2]
    return longitude * math.cos(math.radians((top + bottom) / 2)), -latitude
