"""Draw pieces of rings: a centre, two radii and two angles go in, an SVG path comes out.

Angles are in degrees, clockwise from twelve o'clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, cos, pi, radians, sin

from assetgen.model import Rectangle


@dataclass(frozen=True, slots=True)
class Ring:
    """A ring around a centre."""

    x: float
    y: float
    outer: float
    inner: float

    def at(self, angle: float, radius: float) -> tuple[float, float]:
        """Return the point at an angle and a distance from the centre."""
        return self.x + radius * sin(radians(angle)), self.y - radius * cos(radians(angle))

    def sector(self, start: float, end: float, gap: float = 0) -> str:
        """Return the path of a sector, `gap` pixels away from its neighbours in all, the same at both radii."""
        if end - start >= 360 - 1e-9:
            return self._circle(self.outer) + self._circle(self.inner)
        outer, inner = (min(gap / radius * 90 / pi, (end - start) * 0.45) for radius in (self.outer, self.inner))
        large = int(end - start > 180)
        points = (
            *self.at(start + outer, self.outer),
            *self.at(end - outer, self.outer),
            *self.at(end - inner, self.inner),
            *self.at(start + inner, self.inner),
        )
        x1, y1, x2, y2, x3, y3, x4, y4 = (f"{point:.1f}" for point in points)
        far, near = f"{self.outer:g} {self.outer:g}", f"{self.inner:g} {self.inner:g}"
        return f"M{x1} {y1}A{far} 0 {large} 1 {x2} {y2}L{x3} {y3}A{near} 0 {large} 0 {x4} {y4}Z"

    def hatching(self, start: float, end: float, step: float = 12) -> str:
        """Return strokes across a sector, about `step` pixels apart in its middle: the sign of a missing value."""
        middle = (self.outer + self.inner) / 2
        count = max(1, ceil(radians(end - start) * middle / step))
        lean = 90 / pi * (self.outer - self.inner) / middle / 2
        found = []
        for number in range(count + 1):
            angle = start + (end - start) * number / count
            x1, y1 = self.at(min(angle + lean, end), self.outer)
            x2, y2 = self.at(max(angle - lean, start), self.inner)
            found.append(f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}")
        return "".join(found)

    def area(self, start: float, end: float, around: float = 2) -> Rectangle:
        """Return the upright rectangle around a sector."""
        angles = [start, end, *(corner for corner in range(-360, 721, 90) if start < corner < end)]
        points = [self.at(angle, radius) for angle in angles for radius in (self.outer, self.inner)]
        xs, ys = zip(*points, strict=True)
        return Rectangle(
            float(int(min(xs) - around)),
            float(int(min(ys) - around)),
            float(ceil(max(xs) + around)),
            float(ceil(max(ys) + around)),
        )

    def _circle(self, radius: float) -> str:
        turn = 0 if radius == self.inner else 1
        top, bottom = self.y - radius, self.y + radius
        arc = f"A{radius:g} {radius:g} 0 1 {turn} {self.x:g}"
        return f"M{self.x:g} {top:g}{arc} {bottom:g}{arc} {top:g}Z"
