"""Find the value between two CSS values: `translateY(60px)` and `none` at 0.25 give `translateY(45px)`.

Values of the same build are met number by number, colours channel by channel (premultiplied, CSS Color 4); lists of
transforms and filters are filled up with what changes nothing. Other values change at the half, as CSS has it.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache

from coloraide import Color

from assetgen.model import Rectangle
from assetgen.motion.geometry import Matrix, transform

# Functions that change nothing at 1; all others change nothing at 0.
_ONE = re.compile("scale[xy]?|opacity|brightness|contrast|saturate", re.IGNORECASE)
_FUNCTION = re.compile(r"([a-zA-Z-]+)\(((?:[^()]|\([^()]*\))*)\)")
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?", re.IGNORECASE)
_UNIT = re.compile(r"(?<=[\d.])(?:[a-z]+|%)", re.IGNORECASE)
_COLOR = re.compile(r"#[0-9a-fA-F]{3,8}\b|(?:rgba?|hsla?|oklch|oklab|color|hwb|lab|lch)\([^()]*\)", re.IGNORECASE)
_LISTS = ("transform", "filter", "backdrop-filter")


@lru_cache(8192)
def between(name: str, first: str, second: str, share: float) -> str:
    """Return the value of a property at a share (0 to 1, eased: it may lie outside) of the way to a second value."""
    if first == second:
        return first
    if name in _LISTS:
        first, second = _filled(first, second)
    if name == "transform" and (mixed := _turned(first, second, share)):
        return mixed
    if name == "clip-path":
        first, second = _clips(first, second)
    met = _met(first, second, share)
    return met if met is not None else (first if share < 0.5 else second)


def _filled(first: str, second: str) -> tuple[str, str]:
    """Return two lists of functions of the same build; where they cannot be, they are returned as they are."""
    one, two = _FUNCTION.findall(first), _FUNCTION.findall(second)
    names_one, names_two = [name.lower() for name, _ in one], [name.lower() for name, _ in two]
    if names_one == names_two:
        return first, second
    if names_one == names_two[: len(one)]:
        return " ".join([*_texts(one), *map(_nothing, two[len(one) :])]), " ".join(_texts(two))
    if names_two == names_one[: len(two)]:
        return " ".join(_texts(one)), " ".join([*_texts(two), *map(_nothing, one[len(two) :])])
    return first, second


def _turned(first: str, second: str, share: float) -> str:
    """Return the matrix between two transforms of different builds; empty where it cannot be told, or need not."""
    if [name.lower() for name, _ in _FUNCTION.findall(first)] == [
        name.lower() for name, _ in _FUNCTION.findall(second)
    ]:
        return ""
    try:
        parts = [_parted(transform(text, Rectangle(0, 0, math.nan, math.nan), "0 0", 1.0)) for text in (first, second)]
    except ValueError:
        return ""
    across, down, wide, high, skew, angle = (start + (end - start) * share for start, end in zip(*parts, strict=True))
    cosine, sine = math.cos(angle), math.sin(angle)
    values = (cosine * wide, sine * wide, high * (cosine * skew - sine), high * (sine * skew + cosine), across, down)
    return "" if math.isnan(sum(values)) else f"matrix({','.join(f'{value:.6g}' for value in values)})"


def _parted(matrix: Matrix) -> tuple[float, float, float, float, float, float]:
    """Return the way, the scales, the skew and the angle of a matrix, as in CSS Transforms Level 1, 13."""
    a, b, c, d, across, down = matrix
    wide = math.hypot(a, b) or 1e-9
    high = (a * d - b * c) / wide
    skew = (a * c + b * d) / (wide * (high or 1e-9))
    return across, down, wide, high, skew, math.atan2(b, a)


def _texts(functions: list[tuple[str, str]]) -> list[str]:
    return [f"{name}({inside})" for name, inside in functions]


def _nothing(function: tuple[str, str]) -> str:
    """Return a function of the same build that changes nothing."""
    name, inside = function
    return f"{name}({_NUMBER.sub('1' if _ONE.fullmatch(name) else '0', inside)})"


def _clips(first: str, second: str) -> tuple[str, str]:
    """Return two clips of the same build: `none` is met as an inset of nothing, with as many sides as the other."""
    whole = "inset(0% 0% 0% 0%)"
    first, second = (whole if text.strip() == "none" else _four_sides(text) for text in (first, second))
    return first, second


def _four_sides(text: str) -> str:
    call = _FUNCTION.fullmatch(text.strip())
    if call is None or call[1] != "inset":
        return text
    inside, _, rounding = call[2].partition("round")
    sides = inside.split()
    sides = [
        sides[0],
        sides[min(1, len(sides) - 1)],
        sides[2 if len(sides) > 2 else 0],
        sides[-1 if len(sides) != 3 else 1],
    ]
    return f"inset({' '.join(sides)}{' round ' + rounding.strip() if rounding else ''})"


def _met(first: str, second: str, share: float) -> str | None:
    """Return the value between two texts of the same build, or None."""
    colors = [_COLOR.findall(text) for text in (first, second)]
    bare = [_COLOR.sub("\0", text) for text in (first, second)]
    if len(colors[0]) != len(colors[1]):
        return None
    units = [_UNIT.findall(text) for text in bare]
    if units[0] != units[1]:  # a zero is of any unit
        bare = [_with_units(bare[0], bare[1]), _with_units(bare[1], bare[0])]
    shapes = [_NUMBER.sub("\1", text).split() for text in bare]
    numbers = [[float(found) for found in _NUMBER.findall(text)] for text in bare]
    if shapes[0] != shapes[1] or len(numbers[0]) != len(numbers[1]):
        return None
    met = iter([start + (end - start) * share for start, end in zip(*numbers, strict=True)])
    text = _NUMBER.sub(lambda _: f"{next(met):.6g}", bare[0])
    mixed = iter([_mixed(start, end, share) for start, end in zip(*colors, strict=True)])
    return re.sub("\0", lambda _: next(mixed), text)


def _with_units(text: str, other: str) -> str:
    """Return a text whose bare zeros have the unit of the number at the same place in the other text."""
    theirs = list(re.finditer(_NUMBER.pattern + r"([a-z]+|%)?", other, re.IGNORECASE))
    place = iter(range(10_000))

    def given(found: re.Match[str]) -> str:
        number = next(place)
        unit = theirs[number][1] if number < len(theirs) else None
        return found[0] + unit if unit and not found[1] and float(found[0]) == 0 else found[0]

    return re.sub(_NUMBER.pattern + r"([a-z]+|%)?", given, text, flags=re.IGNORECASE)


def _mixed(first: str, second: str, share: float) -> str:
    mixed = Color.mix(Color(first), Color(second), min(max(share, 0.0), 1.0), space="srgb", premultiplied=True)
    return mixed.convert("srgb").to_string(comma=True)
