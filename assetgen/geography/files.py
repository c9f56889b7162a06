"""Read GeoJSON (RFC 7946) and TopoJSON 1.0: bytes go in, areas come out; every broken area is told at once.

Rings that cross themselves are taken as they are and drawn by the even-odd rule. Areas across the antimeridian are not
joined.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assetgen.errors import DataError, Place, Problem
from assetgen.geography import topology
from assetgen.geography.atlas import Area, Atlas, Ring
from assetgen.regions import Gazetteer, provinces

MAX_MAP_BYTES = 50_000_000
MAX_POINTS = 2_000_000
MAX_AREAS = 5_000
# Properties that name areas in files of Indonesian agencies and of common collections, the likeliest first.
_USUAL_KEYS = ("name", "nama", "provinsi", "wadmpr", "wadmkk", "kabkot", "namobj", "propinsi", "name_1", "name_2")


@dataclass(frozen=True)
class MapFile:
    """A map of the user's own: its bytes, its name, and the property that names its areas ("": found by the data)."""

    data: bytes = field(repr=False)
    name: str
    key: str = ""
    _read: dict[tuple[str, ...], Atlas] = field(default_factory=dict, repr=False, compare=False)

    def atlas(self, labels: tuple[str, ...]) -> Atlas:
        """Return the projected areas, named by the property in which most labels are found; raises as `read_atlas`."""
        if labels not in self._read:
            self._read[labels] = read_atlas(self.data, self.name, self.key, labels).projected()
        return self._read[labels]


class BrokenError(ValueError):
    """A geometry that cannot be drawn; caught where the name of its area is known."""


def read_atlas(data: bytes, file: str, key: str = "", labels: Sequence[str] = ()) -> Atlas:
    """Return the areas of a GeoJSON or TopoJSON file.

    `key` is the property that names them; without it, the one is taken by whose names most `labels` are found. Raises
    DataError for what is no such file, is too large, or holds areas that cannot be drawn.
    """
    document = _document(data, file)
    features = _features(document, file)
    problems: list[Problem] = []
    areas: list[Area] = []
    budget = [MAX_POINTS]
    for number, feature in enumerate(features, 1):
        properties = _properties(feature)
        try:
            areas.append(Area(properties, _polygons(feature, budget)))
        except BrokenError as broken:
            name = next(iter(properties.values()), "")
            problems.append(Problem(f"area {number}{f' ({name[:60]})' if name else ''} {broken}", Place(file)))
    if problems:
        raise DataError(problems[:20])
    return Atlas.of(areas, key or _best_key(areas, labels, file), file)


def _document(data: bytes, file: str) -> Mapping[str, Any]:
    if len(data) > MAX_MAP_BYTES:
        raise DataError(f"is too large for a map: {len(data):,} bytes, at most {MAX_MAP_BYTES:,} are read", Place(file))
    try:
        document = json.loads(data)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        raise DataError(f"is not valid JSON: {str(error)[:120]}", Place(file, line)) from None
    if not isinstance(document, dict):
        raise DataError("is neither GeoJSON nor TopoJSON: it holds no object", Place(file))
    return document


def _features(document: Mapping[str, Any], file: str) -> Sequence[Mapping[str, Any]]:
    kind = document.get("type")
    try:
        features = topology.features(document, MAX_POINTS) if kind == "Topology" else document.get("features")
    except ValueError as error:
        raise DataError(f"is broken TopoJSON: {error}", Place(file)) from None
    if kind not in ("Topology", "FeatureCollection") or not isinstance(features, list):
        hint = "a map is a FeatureCollection or a Topology"
        raise DataError(f"is neither GeoJSON nor TopoJSON with areas: its type is {kind!r:.60}", Place(file), hint)
    if not 1 <= len(features) <= MAX_AREAS or not all(isinstance(feature, dict) for feature in features):
        raise DataError(f"holds {len(features):,} features, 1 to {MAX_AREAS:,} areas are taken", Place(file))
    return features


def _properties(feature: Mapping[str, Any]) -> dict[str, str]:
    """Return the properties that can be names: texts and whole numbers."""
    given = feature.get("properties")
    plain = given if isinstance(given, dict) else {}
    return {
        str(key): str(value)
        for key, value in plain.items()
        if isinstance(value, (str, int)) and not isinstance(value, bool)
    }


def _polygons(feature: Mapping[str, Any], budget: list[int]) -> tuple[tuple[Ring, ...], ...]:
    geometry = feature.get("geometry")
    if not isinstance(geometry, dict):
        raise BrokenError("has no geometry")
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon"):
        raise BrokenError(f"is a {str(kind)[:30]}; areas are of type Polygon or MultiPolygon")
    polygons = [coordinates] if kind == "Polygon" else coordinates
    if not isinstance(polygons, list) or not polygons:
        raise BrokenError("has no coordinates")
    if not all(isinstance(polygon, list) and polygon for polygon in polygons):
        raise BrokenError("has a polygon without rings")
    return tuple(tuple(_ring(ring, budget) for ring in polygon) for polygon in polygons)


def _ring(points: Any, budget: list[int]) -> Ring:
    import numpy

    if not isinstance(points, (list, numpy.ndarray)) or len(points) < 4:
        raise BrokenError("has a ring of fewer than 4 points")
    budget[0] -= len(points)
    if budget[0] < 0:
        raise BrokenError(f"brings the map over {MAX_POINTS:,} points: simplify it first")
    try:
        ring = numpy.array([point[:2] for point in points], numpy.float64)
    except (TypeError, ValueError, OverflowError, KeyError, IndexError):
        raise BrokenError("has a point that is not two numbers") from None
    if ring.ndim != 2 or ring.shape[1] != 2 or not numpy.isfinite(ring).all():
        raise BrokenError("has a point that is not two numbers")
    if abs(ring[:, 0]).max() > 360 or abs(ring[:, 1]).max() > 90:
        raise BrokenError("has coordinates that are no degrees: save the map in WGS 84 (EPSG:4326)")
    if not (ring[0] == ring[-1]).all():
        ring = numpy.vstack([ring, ring[:1]])
    ring.setflags(write=False)
    return ring


def _best_key(areas: Sequence[Area], labels: Sequence[str], file: str) -> str:
    """Return the property by whose values most labels are found; of equals the usual one."""
    keys = list(dict.fromkeys(key for area in areas for key in area.properties))
    if not keys:
        raise DataError("has areas without names: it holds no properties", Place(file))
    usual = sorted(keys, key=lambda key: _USUAL_KEYS.index(key.lower()) if key.lower() in _USUAL_KEYS else 99)
    if not labels:
        return usual[0]
    return max(usual, key=lambda key: _found([area.properties.get(key, "") for area in areas], labels))


def _found(names: Sequence[str], labels: Sequence[str]) -> int:
    """Count the labels that name one of the names; slips are left out, which are slow to look for."""
    lists = [Gazetteer.of([name for name in names if name], provinces().words)]
    regions = {found.region for name in names if (found := provinces().match_exactly(name)) and found.region}
    direct = sum(bool((found := lists[0].match_exactly(label)) and found.region) for label in labels)
    through = sum(bool((found := provinces().match_exactly(label)) and found.region in regions) for label in labels)
    return max(direct, through)
