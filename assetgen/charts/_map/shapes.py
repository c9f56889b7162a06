"""Draw areas as SVG paths: places in a frame go in, marks on the canvas come out, tiny islands kept in sight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assetgen.charts._kit.canvas import Canvas
from assetgen.charts._map.frame import Frame
from assetgen.charts._map.regions import Place
from assetgen.geography import Ring
from assetgen.geography.atlas import bounds, ring_area
from assetgen.model import Rectangle

# Islands smaller than this many square pixels get an edge in their own colour; larger ones one in that of the ground.
SMALL_ISLAND = 60.0
# A place whose largest part is smaller than this is also marked by a disc, or nobody would find it.
SMALL_PLACE = 150.0
DISC = 9.0
BORDER = 1.5
HATCH = 9


@dataclass(frozen=True, slots=True)
class Paint:
    """How a place is filled: a colour, hatched for missing values, and the colours of borders and of emphasis."""

    fill: str
    border: str
    hatched: bool = False
    outline: str = ""


def rings_of(place: Place, frame: Frame) -> list[list[Ring]]:
    """Return the polygons of a place that the window shows, in pixels."""
    found = []
    for area in place.areas:
        for polygon in area.polygons:
            if frame.sees(polygon[0]):
                rings = [frame.ring(ring) for ring in polygon]
                found.append([ring for ring in rings if len(ring) > 2] or rings[:1])
    return found


def draw_place(canvas: Canvas, place: Place, frame: Frame, paint: Paint, mark: int | None = None) -> int | None:
    """Draw a place as one mark and return its number; None when the window does not show it.

    `mark` joins it to an earlier one.
    """
    polygons = rings_of(place, frame)
    if not polygons:
        return None
    number = mark or canvas.next_mark()
    return canvas.drawing(_clipped(polygons, frame), _shapes(polygons, paint, f"h{number}"), grow="fade", mark=number)


def draw_land(canvas: Canvas, place: Place, frame: Frame, paint: Paint) -> None:
    """Draw a place as part of the frame, below what shows its number."""
    polygons = rings_of(place, frame)
    if polygons:
        name = f"land{sum(map(ord, place.name))}-{round(frame.area.top)}"
        canvas.frame_drawing(_clipped(polygons, frame), _shapes(polygons, paint, name))


def anchor_of(place: Place, frame: Frame) -> tuple[float, float] | None:
    """Return the middle of the largest part of a place; None when the window does not show that."""
    polygons = rings_of(place, frame)
    if not polygons:
        return None
    x, y = centre(max((rings[0] for rings in polygons), key=ring_area))
    area = frame.area
    return (x, y) if area.left <= x <= area.right and area.top <= y <= area.bottom else None


def _shapes(polygons: Sequence[Sequence[Ring]], paint: Paint, name: str) -> str:
    large = [rings for rings in polygons if ring_area(rings[0]) >= SMALL_ISLAND]
    small = [rings for rings in polygons if ring_area(rings[0]) < SMALL_ISLAND]
    fill, defs = (f"url(#{name})", _hatch(name, paint)) if paint.hatched else (paint.fill, "")
    edge = paint.fill if not paint.hatched else paint.border
    shapes = defs
    if small:
        shapes += f'<path d="{_path(small)}" fill="{edge}" stroke="{edge}" stroke-width="2.5" stroke-linejoin="round"/>'
    if large:
        line = paint.fill if paint.hatched else paint.border
        shapes += (
            f'<path d="{_path(large)}" fill="{fill}" fill-rule="evenodd" stroke="{line}" '
            f'stroke-width="{BORDER}" stroke-linejoin="round"/>'
        )
    shapes += _disc(polygons, fill, paint)
    if paint.outline:
        line = f'stroke="{paint.outline}" stroke-width="4" stroke-linejoin="round"'
        shapes += f'<path d="{_path(polygons)}" fill="none" {line}/>'
    return shapes


def size_of(place: Place) -> float:
    """Return the size of a place in square map units."""
    return sum(ring_area(polygon[0]) for area in place.areas for polygon in area.polygons)


def _disc(polygons: Sequence[Sequence[Ring]], fill: str, paint: Paint) -> str:
    largest = max(polygons, key=lambda rings: ring_area(rings[0]))
    if ring_area(largest[0]) >= SMALL_PLACE or _span([rings[0] for rings in polygons]) > 6 * DISC:
        return ""
    x, y = centre(largest[0])
    return f'<circle cx="{x:g}" cy="{y:g}" r="{DISC:g}" fill="{fill}" stroke="{paint.border}" stroke-width="2.5"/>'


def _span(rings: Sequence[Ring]) -> float:
    left, top, right, bottom = bounds(rings)
    return max(right - left, bottom - top)


def _hatch(name: str, paint: Paint) -> str:
    """Return a pattern of slanted lines, under a name of its own, since pages hold many drawings."""
    return (
        f'<defs><pattern id="{name}" width="{HATCH}" height="{HATCH}" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="{HATCH}" height="{HATCH}" fill="{paint.border}"/>'
        f'<rect width="2" height="{HATCH}" fill="{paint.fill}"/></pattern></defs>'
    )


def _clipped(polygons: Sequence[Sequence[Ring]], frame: Frame) -> Rectangle:
    """Return the rectangle around the polygons with room for edges and discs, cut at the frame."""
    left, top, right, bottom = bounds([rings[0] for rings in polygons])
    pad, area = DISC + 3, frame.area
    return Rectangle(
        max(left - pad, area.left - pad),
        max(top - pad, area.top - pad),
        min(right + pad, area.right + pad),
        min(bottom + pad, area.bottom + pad),
    )


def _path(polygons: Sequence[Sequence[Ring]]) -> str:
    return "".join(_ring_path(ring) for rings in polygons for ring in rings)


def _ring_path(ring: Ring) -> str:
    """Return a ring as steps from point to point, which is a third shorter than places."""
    numbers = [f"{x:g} {y:g}" for x, y in ring.tolist()]
    return f"M{'L'.join(numbers)}Z"


def centre(ring: Ring) -> tuple[float, float]:
    """Return the centre of mass of a ring; of its box when it has no area."""
    x, y = ring[:, 0], ring[:, 1]
    cross = x[:-1] * y[1:] - x[1:] * y[:-1]
    total = float(cross.sum())
    if abs(total) < 1e-9:
        left, top, right, bottom = bounds([ring])
        return (left + right) / 2, (top + bottom) / 2
    return (
        float(((x[:-1] + x[1:]) * cross).sum() / (3 * total)),
        float(((y[:-1] + y[1:]) * cross).sum() / (3 * total)),
    )
