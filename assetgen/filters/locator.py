"""Draw where a point lies on the map of Indonesia: `{{ locator(latitude, longitude, width=1080, height=600) }}`.

It is drawn in pieces whose colours the layout sets by `color`: `locator-land`, `locator-borders`, `locator-grid`, the
rings `locator-rings` and the point `locator-point`, and names of provinces `locator-name` (at 28 px). Put
`{{ map_credit }}` beside it, in the picture or the caption: its licence asks for it.

Options: `width` and `height` in CSS pixels; `span`, the degrees of longitude across the width (12 when left out; more
where the point is far from land); `rings`, how many circles go out from the point (3), `step`, pixels between them;
`names`, how many provinces near the point are named (3); `seen`, the height in the middle that is surely seen, where
the layout cuts the map at top and bottom: names stand there. The point is in the middle, or off it to where land is.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from markupsafe import Markup

from assetgen.filters.coordinate import require_degrees
from assetgen.geography import Ring, provinces_atlas
from assetgen.geography.atlas import bounds
from assetgen.geography.points import on_plane
from assetgen.regions import provinces
from assetgen.template import FilterKit

SAMPLE = "{{ locator('6.89 LS', '109.67 BT', width=600, height=400) }}"
MOST_SPAN = 48.0
NAME_SIZE = 28
# Letters are about this wide, as a share of their size; names stay clear of each other, the point and the edges.
LETTER = 0.58
CLEAR = 14


@dataclass(frozen=True)
class View:
    """A window of the map: its corner and scale, and the room in which it stands, in pixels."""

    left: float
    top: float
    scale: float
    width: float
    height: float

    def points(self, ring: Ring) -> Ring:
        """Return a ring in pixels, rounded to a tenth."""
        import numpy

        placed: Ring = numpy.round((ring - numpy.array([self.left, self.top])) * self.scale, 1)
        return placed

    def towards_land(self, seen: float) -> View:
        """Return the view moved, by a fifth at most, to where the land of its middle is; `seen` is that height."""
        import numpy

        rings = [self.points(ring) for _, found in _shown(self) for ring in found]
        if not rings:
            return self
        off = numpy.concatenate(rings) - numpy.array([self.width, self.height]) / 2
        near = off[(abs(off) <= numpy.array([self.width / 2, seen])).all(axis=1)]
        if not len(near):
            return self
        most = numpy.array([self.width, seen]) / 5
        across, down = numpy.clip(near.mean(axis=0), -most, most) / self.scale
        return replace(self, left=self.left + float(across), top=self.top + float(down))

    def shows(self, ring: Ring) -> bool:
        """Tell whether a ring reaches into the window."""
        west, north, east, south = bounds([ring])
        return (
            east > self.left
            and south > self.top
            and west < self.left + self.width / self.scale
            and north < self.top + self.height / self.scale
        )


def apply(
    value: object,
    kit: FilterKit,
    longitude: object = "",
    *,
    width: float = 1080,
    height: float = 600,
    span: float = 12,
    rings: int = 3,
    step: float = 90,
    names: int = 3,
    seen: float = 0,
) -> Markup:
    """Return the map as markup; raises LayoutError for coordinates that are none."""
    _, north = require_degrees(value, "latitude", "locator")
    _, east = require_degrees(longitude, "longitude", "locator")
    x, y = on_plane(provinces_atlas(), float(north), float(east))
    seen = min(float(seen) or float(height), float(height))
    view = _view(x, y, (float(width), float(height)), float(span)).towards_land(seen)
    spot = ((x - view.left) * view.scale, (y - view.top) * view.scale)
    words = islice(_names(view, (*spot, rings * step), seen, kit.language), names)
    pieces = (*_land(view), _grid(view), _rings(view, spot, rings, step), *words)
    style = f"position:relative;overflow:hidden;width:{width:g}px;height:{height:g}px"
    return Markup('<div class="locator" style="{}">{}</div>').format(style, Markup("").join(pieces))


def _view(x: float, y: float, room: tuple[float, float], span: float) -> View:
    """Return the window; it opens until a good part of it shows land that one can recognise."""
    width, height = room
    while True:
        scale = width / span
        view = View(x - span / 2, y - height / scale / 2, scale, width, height)
        if span >= MOST_SPAN or sum(1 for _ in _shown(view)) > 1:
            return view
        span *= 1.25


def _shown(view: View) -> Iterator[tuple[str, list[Ring]]]:
    """Yield the names of provinces with what the window shows of them."""
    for area in provinces_atlas().areas:
        found = [ring for polygon in area.polygons if view.shows(polygon[0]) for ring in polygon]
        if found:
            yield area.name, found


def _land(view: View) -> Iterator[Markup]:
    path = "".join(_path(view.points(ring)) for _, found in _shown(view) for ring in found)
    yield _svg("land", view, f'<path fill="currentColor" fill-rule="evenodd" d="{path}"/>')
    line = 'fill="none" stroke="currentColor" stroke-width="2.5" stroke-linejoin="round"'
    yield _svg("borders", view, f'<path {line} d="{path}"/>')


def _path(ring: Ring) -> str:
    return f"M{'L'.join(f'{x:g} {y:g}' for x, y in ring.tolist())}Z"


def _grid(view: View) -> Markup:
    """Draw a line every degree, or every two, five or ten, so that a view has at most seven across."""
    degrees = next(step for step in (1, 2, 5, 10, 20) if view.width / view.scale / step <= 7)
    first, count = int(view.left // degrees), int(view.width / view.scale // degrees) + 2
    lines = [f"M{((first + n) * degrees - view.left) * view.scale:.1f} 0V{view.height:g}" for n in range(count)]
    first, count = int(view.top // degrees), int(view.height / view.scale // degrees) + 2
    lines += [f"M0 {((first + n) * degrees - view.top) * view.scale:.1f}H{view.width:g}" for n in range(count)]
    return _svg("grid", view, f'<path fill="none" stroke="currentColor" stroke-width="1.5" d="{"".join(lines)}"/>')


def _rings(view: View, spot: tuple[float, float], rings: int, step: float) -> Markup:
    x, y = spot
    drawn = []
    for number in range(min(int(rings), 5), 0, -1):
        fill = f'fill="currentColor" fill-opacity="{0.16 - 0.03 * number:.2f}"'
        thickness, strength = 7 - 1.5 * min(number, 3), 1.2 - 0.2 * number
        line = f'stroke="currentColor" stroke-width="{thickness:g}" stroke-opacity="{strength:.1f}"'
        drawn.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{number * step:g}" {fill} {line}/>')
    point = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{max(step / 5, 10):g}" fill="currentColor"/>'
    return _svg("rings", view, "".join(drawn)) + _svg("point", view, point)


def _svg(part: str, view: View, drawing: str) -> Markup:
    size = f'width="{view.width:g}" height="{view.height:g}" viewBox="0 0 {view.width:g} {view.height:g}"'
    return Markup(f'<svg class="locator-{part}" style="position:absolute;left:0;top:0" {size}>{drawing}</svg>')


def _names(view: View, rings: tuple[float, float, float], seen: float, language: str) -> Iterator[Markup]:
    """Yield the names of the nearest provinces, each on its land, clear of the rings, the edges and other names."""
    east, south, reach = rings
    top, bottom = (view.height - seen) / 2, (view.height + seen) / 2
    taken: list[tuple[float, float, float, float]] = []
    places = sorted(_anchors(view), key=lambda one: math.dist(one[1:], (east, south)))
    for name, x, y in places:
        region = provinces().match(name).region
        text = region.label(language) if region else name
        half = len(text) * NAME_SIZE * LETTER / 2
        box = (x - half - CLEAR, y - NAME_SIZE * 0.7 - CLEAR, x + half + CLEAR, y + NAME_SIZE * 0.7 + CLEAR)
        inside = box[0] > 0 and box[1] > top and box[2] < view.width and box[3] < bottom
        nearest = (min(max(east, box[0]), box[2]), min(max(south, box[1]), box[3]))
        if not inside or math.dist(nearest, (east, south)) < reach or any(_meet(box, other) for other in taken):
            continue
        taken.append(box)
        place = f"left:{x - half - 20:.0f}px;top:{y - NAME_SIZE * 0.65:.0f}px;width:{2 * half + 40:.0f}px"
        style = f"position:absolute;{place};text-align:center;font-size:{NAME_SIZE}px;line-height:1.3"
        yield Markup('<p class="locator-name" style="{}">{}</p>').format(style, text)


def _anchors(view: View) -> Iterator[tuple[str, float, float]]:
    """Yield the middle of what the window shows of the largest part of each province."""
    import numpy

    room = numpy.array([view.width, view.height])
    for name, found in _shown(view):
        seen = max((view.points(ring) for ring in found), key=_extent)
        inner = seen[((seen >= 0) & (seen <= room)).all(axis=1)]
        if len(inner) > 2 and _extent(inner) > 3600:
            low, high = inner.min(axis=0), inner.max(axis=0)
            yield name, float(low[0] + high[0]) / 2, float(low[1] + high[1]) / 2


def _extent(ring: Ring) -> float:
    across, down = ring.max(axis=0) - ring.min(axis=0)
    return float(across * down)


def _meet(one: Sequence[float], two: Sequence[float]) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]
