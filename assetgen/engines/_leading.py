"""Lay the lines of text on whole output pixels: leadings and font sizes go in, leadings that give such lines come out.

Takumi rounds the height of every block of text up to a whole pixel, browsers keep the rest; down a list of small text
that adds up to several pixels. Lines that are whole pixels high are the same in both. Each engine rounds the height
that the styles give to the nearest whole pixel, with this module's rule.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping

# The line height that the styles give is told to the probe in this property, as a number: a share of the font size, or
# below zero that of `PIXELS` CSS pixels. 0: none is known.
PROPERTY = "--assetgen-leading"
PIXELS = 100
# Font sizes are measured to a hundredth of a pixel: lines this much above a half count as a half.
SURE = 0.01
_LINE_HEIGHT = re.compile(r"(?<![\w-])line-height\s*:\s*([^;}\"]+)")
_STYLE = re.compile(r'(?<=\sstyle=")[^"]*')
_NUMBER = re.compile(r"\d*\.?\d+")
_LENGTH = re.compile(r"(\d*\.?\d+)px")
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,\s*\d*\.?\d+\s*)?\)")
_DEFINITION = re.compile(r"(--[\w-]*)\s*:\s*([^;}]+)")


def told_leadings(styles: Iterable[str]) -> tuple[str, ...]:
    """Return styles that repeat every leading in `PROPERTY`, where it can be computed with."""
    styles = tuple(styles)
    others = {
        name for css in styles for name, value in _DEFINITION.findall(css) if not _NUMBER.fullmatch(value.strip())
    }

    def told(found: re.Match[str]) -> str:
        value, _, importance = found[1].partition("!")
        return f"{found[0]};{PROPERTY}:{_number(value.strip(), others)}{' !important' if importance else ''}"

    return tuple(_LINE_HEIGHT.sub(told, css) for css in styles)


def _number(value: str, others: Collection[str]) -> str:
    """Return a line height as `PROPERTY` takes it; `others` are variables that do not hold a number."""
    if length := _LENGTH.fullmatch(value):
        return f"{-float(length[1]) / PIXELS:g}"
    variable = _VARIABLE.fullmatch(value)
    known = variable[1] not in others if variable else _NUMBER.fullmatch(value)
    return value if known else "0"


def told_leadings_inline(html: str) -> str:
    """Return markup whose `style` attributes repeat every leading in `PROPERTY`."""
    return _STYLE.sub(lambda style: told_leadings([style[0]])[0], html) if "line-height" in html else html


def whole_leadings(leadings: Mapping[int, float], sizes: Mapping[int, float], scale: float) -> dict[int, float]:
    """Return the leadings of those elements whose lines are not whole output pixels high, changed so that they are.

    Leadings are told as `PROPERTY` takes them; `sizes` are font sizes in CSS pixels, of which `scale` output pixels
    make one.
    """
    found = {}
    for number, leading in leadings.items():
        if size := sizes.get(number):
            exact = (leading * size if leading > 0 else -leading * PIXELS) * scale
            whole = max(1, math.floor(exact + 0.5 + SURE))
            # A little less, so that no error of the font size makes a block a pixel higher.
            if abs(whole - exact) > SURE:
                found[number] = (whole - SURE) / scale / size
    return found
