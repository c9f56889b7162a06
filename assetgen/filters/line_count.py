"""Count the lines that a text takes in a width: `{% if source | line_count(560, 28) > 1 %}`, to give a box its room.

Options: `width` in CSS pixels, `size` of the letters, `weight` (the brand's own for running text when left out). Lines
break at spaces, as narrow as they are told; a text that is balanced takes as many. Nothing is shown.
"""

from __future__ import annotations

import re

from markupsafe import Markup

from assetgen.errors import LayoutError
from assetgen.look import TextStyle
from assetgen.template import FilterKit

SAMPLE = "{{ 'Sumber: BPS, Maret 2026' | line_count(300, 28) }}"
_TAG = re.compile("<[^<>]*>")
# Arabic letters are narrower joined than one by one, and no wider than this Latin one; marks above them have no width.
_JOINED, _AS_WIDE = re.compile("[\u0620-\u064a\u066e-\u06d5]"), "n"
_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u06d6-\u06ed]")
# A line is taken to be this much wider than it measures, for what an engine rounds.
SAFE = 1.01


def apply(value: object, kit: FilterKit, width: float = 0, size: float = 28, weight: int = 0) -> int:
    """Return how many lines; raises LayoutError where there is no brand to measure with."""
    if kit.look is None:
        raise LayoutError("lines are counted in layouts only: there is no brand here")
    look = kit.look
    style = TextStyle(float(size), look.weight("body", int(weight or look.tokens.get("body-weight", 400))))
    shown = Markup(_TAG.sub("", str(value))).unescape()  # spaces that join words stay
    text = _JOINED.sub(_AS_WIDE, _MARKS.sub("", shown))
    lines, line = 1, ""
    for word in text.split(" "):
        longer = f"{line} {word}".lstrip()
        if line and look.ruler.width(longer, style) * SAFE > float(width):
            lines, line = lines + 1, word
        else:
            line = longer
    return lines
