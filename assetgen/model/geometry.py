"""Hold lengths and areas of a canvas: sizes and upright rectangles."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height."""

    width: int
    height: int

    @property
    def ratio(self) -> float:
        """Return width divided by height."""
        return self.width / self.height

    def __str__(self) -> str:
        """Write `1080×1350`."""
        return f"{self.width}×{self.height}"


@dataclass(frozen=True, slots=True)
class Rectangle:
    """An upright rectangle, by its edges; the origin is the top left corner of the canvas."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Return the distance from left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Return the distance from top to bottom."""
        return self.bottom - self.top

    def overlap(self, other: Rectangle) -> Rectangle | None:
        """Return what both rectangles cover, or None when they do not meet."""
        left, top = max(self.left, other.left), max(self.top, other.top)
        right, bottom = min(self.right, other.right), min(self.bottom, other.bottom)
        return Rectangle(left, top, right, bottom) if left < right and top < bottom else None

    def outside(self, other: Rectangle) -> float:
        """Return by how many pixels this rectangle sticks out of `other` at its worst edge; 0 when it is inside."""
        return max(
            0.0, other.left - self.left, other.top - self.top, self.right - other.right, self.bottom - other.bottom
        )

    def union(self, other: Rectangle) -> Rectangle:
        """Return the smallest rectangle around both."""
        return Rectangle(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def as_list(self) -> list[int]:
        """Return `[left, top, right, bottom]`, rounded, for JSON."""
        return [round(self.left), round(self.top), round(self.right), round(self.bottom)]
