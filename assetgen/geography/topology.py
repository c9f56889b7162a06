"""Unfold TopoJSON 1.0: borders that areas share become rings, point for point alike, so that no gap opens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

DEPTH = 8


def features(document: Mapping[str, Any], most_points: int) -> list[dict[str, Any]]:
    """Return the areas of all objects as GeoJSON features; raises ValueError for what is broken."""
    arcs = _arcs(document, most_points)
    objects = document.get("objects")
    if not isinstance(objects, dict) or not objects:
        raise ValueError("it has no objects")
    found: list[dict[str, Any]] = []
    for member in objects.values():
        for geometry in _flat(member, 0):
            kind = geometry.get("type")
            if kind in ("Polygon", "MultiPolygon"):
                rings = _polygons(kind, geometry.get("arcs"), arcs)
                shape: dict[str, Any] | None = {"type": "MultiPolygon", "coordinates": rings}
            else:
                shape = {"type": kind} if kind else None
            found.append({"properties": geometry.get("properties"), "geometry": shape})
    return found


def _flat(member: Any, depth: int) -> list[Mapping[str, Any]]:
    if not isinstance(member, dict) or depth > DEPTH:
        raise ValueError("an object is not a geometry")
    if member.get("type") != "GeometryCollection":
        return [member]
    inner = member.get("geometries")
    if not isinstance(inner, list):
        raise ValueError("a collection has no geometries")
    return [geometry for one in inner for geometry in _flat(one, depth + 1)]


def _arcs(document: Mapping[str, Any], most_points: int) -> Sequence[Any]:
    """Return the arcs in degrees: quantised ones are sums of steps, times a scale, from a corner."""
    import numpy

    given = document.get("arcs")
    if not isinstance(given, list) or not all(isinstance(arc, list) and arc for arc in given):
        raise ValueError("it has no arcs")
    if sum(map(len, given)) > most_points:
        raise ValueError(f"it has more than {most_points:,} points: simplify it first")
    transform = document.get("transform")
    try:
        arcs = [numpy.array([point[:2] for point in arc], numpy.float64) for arc in given]
        if transform is None:
            return arcs
        scale = numpy.array(transform["scale"], numpy.float64)
        corner = numpy.array(transform["translate"], numpy.float64)
        # Rounded, so that an arc that ends where another begins ends on the very same numbers.
        return [numpy.round(numpy.cumsum(arc, axis=0) * scale + corner, 9) for arc in arcs]
    except (TypeError, ValueError, KeyError, OverflowError, IndexError):
        raise ValueError("an arc or the transform does not hold pairs of numbers") from None


def _polygons(kind: str, given: Any, arcs: Sequence[Any]) -> list[list[Any]]:
    polygons = [given] if kind == "Polygon" else given
    if not isinstance(polygons, list) or not all(isinstance(polygon, list) for polygon in polygons):
        raise ValueError("a polygon names no arcs")
    return [[_ring(ring, arcs) for ring in polygon] for polygon in polygons]


def _ring(numbers: Any, arcs: Sequence[Any]) -> Any:
    import numpy

    if not isinstance(numbers, list) or not numbers:
        raise ValueError("a ring names no arcs")
    parts: list[Any] = []
    for number in numbers:
        at = number if isinstance(number, int) and number >= 0 else ~number if isinstance(number, int) else len(arcs)
        if at >= len(arcs):
            raise ValueError(f"a ring names the arc {str(number)[:20]}, there are {len(arcs)}")
        arc = arcs[at] if number >= 0 else arcs[at][::-1]
        parts.append(arc[1:] if parts else arc)
    return numpy.vstack(parts)
