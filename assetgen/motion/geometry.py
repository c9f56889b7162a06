"""Turn CSS transforms and clips into matrices and outlines: text and a box go in, numbers in pixels come out.

After CSS Transforms Level 1 and CSS Shapes Level 1 (W3C); percentages are of the element's own border box.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

from assetgen.model import Rectangle

Matrix = tuple[float, float, float, float, float, float]  # a, b, c, d, e, f as in CSS matrix()
NOTHING: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_CALL = re.compile(r"([a-zA-Z0-9]+)\(([^()]*)\)")
_TURNS = {"deg": math.pi / 180, "rad": 1.0, "turn": 2 * math.pi, "grad": math.pi / 200}
_PLACES = {"left": "0%", "top": "0%", "center": "50%", "right": "100%", "bottom": "100%"}


@dataclass(frozen=True, slots=True)
class Outline:
    """What a clip leaves to see, in pixels of the element: an inset with round corners, an ellipse, or a polygon."""

    rectangle: Rectangle
    radius: float = 0.0
    ellipse: bool = False
    points: tuple[tuple[float, float], ...] = ()


def multiply(outer: Matrix, inner: Matrix) -> Matrix:
    """Return the matrix that does the inner one first."""
    a, b, c, d, e, f = outer
    g, h, i, j, k, m = inner
    return (a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f)


def mapped(matrix: Matrix, area: Rectangle) -> Rectangle:
    """Return the rectangle around an area that a matrix moves."""
    a, b, c, d, e, f = matrix
    corners = [(x, y) for x in (area.left, area.right) for y in (area.top, area.bottom)]
    across = [a * x + c * y + e for x, y in corners]
    down = [b * x + d * y + f for x, y in corners]
    return Rectangle(min(across), min(down), max(across), max(down))


def length(text: str, whole: float, scale: float) -> float:
    """Return output pixels of a CSS length; a percentage is of `whole`. Raises ValueError for other units."""
    text = text.strip()
    if text.endswith("%"):
        return float(text[:-1]) / 100 * whole
    return float(text.removesuffix("px")) * scale


def transform(text: str, box: Rectangle, origin: str, scale: float) -> Matrix:
    """Return the matrix of a CSS transform about its origin; raises ValueError for what is not flat."""
    if text.strip() in ("", "none"):
        return NOTHING
    matrix = NOTHING
    for name, inside in _CALL.findall(text):
        arguments = [part.strip() for part in inside.split(",")]
        matrix = multiply(matrix, _function(name.lower(), arguments, box, scale))
    x, y = _origin(origin, box, scale)
    return multiply(multiply((1, 0, 0, 1, x, y), matrix), (1, 0, 0, 1, -x, -y))


def _function(name: str, arguments: Sequence[str], box: Rectangle, scale: float) -> Matrix:
    first, second = arguments[0], arguments[1] if len(arguments) > 1 else ""
    if name in ("translate", "translate3d", "translatex"):
        down = 0.0 if name == "translatex" or not second else length(second, box.height, scale)
        return (1, 0, 0, 1, length(first, box.width, scale), down)
    if name == "translatey":
        return (1, 0, 0, 1, 0, length(first, box.height, scale))
    if name in ("scale", "scale3d", "scalex", "scaley"):
        wide = 1.0 if name == "scaley" else _number(first)
        high = 1.0 if name == "scalex" else _number(first if name == "scaley" or not second else second)
        return (wide, 0, 0, high, 0, 0)
    if name in ("rotate", "rotatez"):
        angle = _angle(first)
        return (math.cos(angle), math.sin(angle), -math.sin(angle), math.cos(angle), 0, 0)
    if name in ("skew", "skewx", "skewy"):
        across = 0.0 if name == "skewy" else _angle(first)
        down = _angle(first) if name == "skewy" else _angle(second) if second else 0.0
        return (1, math.tan(down), math.tan(across), 1, 0, 0)
    if name == "matrix":
        a, b, c, d, e, f = map(float, arguments)
        return (a, b, c, d, e * scale, f * scale)
    raise ValueError(f"'{name}()' does not move flat pictures")


def _number(text: str) -> float:
    return float(text[:-1]) / 100 if text.endswith("%") else float(text)


def _angle(text: str) -> float:
    if found := re.fullmatch(r"([-+.\de]+)(deg|rad|turn|grad)", text.strip(), re.IGNORECASE):
        return float(found[1]) * _TURNS[found[2].lower()]
    return 0.0 if float(text) == 0 else float("nan")


def _origin(text: str, box: Rectangle, scale: float) -> tuple[float, float]:
    words = [_PLACES.get(word, word) for word in (text or "50% 50%").split()[:2]]
    if text.split()[:1] in (["top"], ["bottom"]):  # written down first
        words = [words[1] if len(words) > 1 else "50%", words[0]]
    across, down = words[0], words[1] if len(words) > 1 else "50%"
    return box.left + length(across, box.width, scale), box.top + length(down, box.height, scale)


def clip(text: str, box: Rectangle, scale: float) -> Outline | None:
    """Return what a `clip-path` leaves of a box, in pixels of the page; None for none. Raises ValueError for others."""
    if text.strip() in ("", "none"):
        return None
    name, inside = next(iter(re.findall(r"([a-z]+)\(((?:[^()]|\([^()]*\))*)\)", text)), ("", ""))
    if name == "inset":
        return _inset(inside, box, scale)
    if name in ("circle", "ellipse"):
        return _ellipse(name, inside, box, scale)
    if name == "polygon":
        pairs = [part.split() for part in inside.split(",") if len(part.split()) == 2]
        points = [(box.left + length(x, box.width, scale), box.top + length(y, box.height, scale)) for x, y in pairs]
        return Outline(box, points=tuple(points))
    raise ValueError(f"'{text}' is no clip that can move")


def _inset(inside: str, box: Rectangle, scale: float) -> Outline:
    sides, _, rounding = inside.partition("round")
    given = sides.split() or ["0"]
    top, right, bottom, left = [given[min(place, len(given) - 1)] for place in (0, 1)] + [
        given[2] if len(given) > 2 else given[0],
        given[3] if len(given) > 3 else given[min(1, len(given) - 1)],
    ]
    area = Rectangle(
        box.left + length(left, box.width, scale),
        box.top + length(top, box.height, scale),
        box.right - length(right, box.width, scale),
        box.bottom - length(bottom, box.height, scale),
    )
    return Outline(area, length(rounding.split()[0], box.width, scale) if rounding.strip() else 0.0)


def _ellipse(name: str, inside: str, box: Rectangle, scale: float) -> Outline:
    sizes, _, place = inside.partition("at")
    x, y = _origin(place.strip() or "50% 50%", box, scale)
    wholes = (math.hypot(box.width, box.height) / math.sqrt(2),) * 2 if name == "circle" else (box.width, box.height)
    given = sizes.split() or ["50%"]
    wide = length(given[0], wholes[0], scale)
    high = length(given[-1], wholes[1], scale) if name == "ellipse" else wide
    return Outline(Rectangle(x - wide, y - high, x + wide, y + high), ellipse=True)


def joined(areas: Iterable[Rectangle]) -> Rectangle | None:
    """Return the rectangle around all areas; None for none."""
    found = list(areas)
    return reduce(Rectangle.union, found) if found else None
