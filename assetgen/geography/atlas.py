"""Hold the areas of a map in degrees, find their names, and bring them onto a plane."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from assetgen.errors import DataError, did_you_mean
from assetgen.regions import Gazetteer, provinces

if TYPE_CHECKING:
    import numpy

    Ring = numpy.ndarray[tuple[int, int], numpy.dtype[numpy.float64]]
else:
    Ring = object

# What is said beside every picture that shows the built-in map; CC BY 4.0 asks for it. NOTICE has the long form.
CREDIT = {
    "id": "Peta: Denyherianto (CC BY 4.0), disederhanakan",
    "en": "Map: Denyherianto (CC BY 4.0), simplified",
}


@dataclass(frozen=True, eq=False)
class Area:
    """One area: what its file says of it, and its polygons, each an outline followed by its holes.

    Rings are arrays of longitude and latitude in degrees, or of x and y once an atlas has been projected.
    """

    properties: Mapping[str, str]
    polygons: tuple[tuple[Ring, ...], ...]
    name: str = ""


@dataclass(frozen=True, eq=False)
class Atlas:
    """The areas of a map, in the order of its file; `gazetteer` finds them by what a table calls them."""

    areas: tuple[Area, ...]
    gazetteer: Gazetteer

    @classmethod
    def of(cls, areas: Sequence[Area], key: str, file: str) -> Atlas:
        """Return an atlas whose areas are named by a property; areas of the same name become one.

        Where every name is one of a province, the areas take the names of the provinces and are found by all their
        aliases. Raises DataError for an unknown property and for areas without a name.
        """
        known = list(dict.fromkeys(name for area in areas for name in area.properties))
        if key not in known:
            raise DataError(f"'{file}' has no property '{key}' to name its areas by", hint=did_you_mean(key, known))
        grouped: dict[str, Area] = {}
        for number, area in enumerate(areas, 1):
            name = area.properties.get(key, "").strip()
            if not name:
                raise DataError(f"area {number} of '{file}' has no name in '{key}'", hint="choose another property")
            polygons = (*grouped[name].polygons, *area.polygons) if name in grouped else area.polygons
            grouped[name] = replace(area, polygons=polygons, name=name)
        found = {name: provinces().match(name).region for name in grouped}
        if all(found.values()) and len(set(found.values())) == len(found):
            pairs = zip(grouped.values(), found.values(), strict=True)
            return cls(tuple(replace(area, name=region.name) for area, region in pairs if region), provinces())
        return cls(tuple(grouped.values()), Gazetteer.of(grouped, provinces().words))

    def projected(self) -> Atlas:
        """Return the atlas on a plane, x to the right and y down, in degrees at its standard parallel.

        Equirectangular, with the standard parallel in the middle of the map: along the equator, from 6° N to 11° S,
        lengths are true within 2 % and north stays up; Mercator does no better there, conic projections bend.
        """
        import numpy

        low, high = bounds([ring for area in self.areas for polygon in area.polygons for ring in polygon])[1::2]
        shrink = math.cos(math.radians((low + high) / 2))
        scale = numpy.array([shrink, -1.0])
        areas = tuple(
            replace(area, polygons=tuple(tuple(ring * scale for ring in polygon) for polygon in area.polygons))
            for area in self.areas
        )
        return replace(self, areas=areas)


def bounds(rings: Sequence[Ring]) -> tuple[float, float, float, float]:
    """Return the least x and y and the greatest x and y of rings."""
    lows = [ring.min(axis=0) for ring in rings]
    highs = [ring.max(axis=0) for ring in rings]
    return (
        float(min(low[0] for low in lows)),
        float(min(low[1] for low in lows)),
        float(max(high[0] for high in highs)),
        float(max(high[1] for high in highs)),
    )


def ring_area(ring: Ring) -> float:
    """Return the area inside a ring, by the shoelace formula; never negative."""
    x, y = ring[:, 0], ring[:, 1]
    return float(abs((x[:-1] * y[1:] - x[1:] * y[:-1]).sum()) / 2)


@cache
def provinces_atlas() -> Atlas:
    """Return the 38 provinces of Indonesia, projected; see CREDIT for what has to be said beside them."""
    from assetgen.geography.files import read_atlas

    file = Path(__file__).with_name("provinces.topo.json")
    return read_atlas(file.read_bytes(), file.name, "name").projected()
