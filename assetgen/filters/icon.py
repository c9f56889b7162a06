"""Draw an icon of the kit in the colour of the text beside it: `{{ icon("map-pin") }}`.

Some 1,500 outlines are built in; find one by a word with `assetgen list icons banjir`. One of your own is a file
`icons/NAME.svg` in the layout's folder, or `layouts/_kit/icons/NAME.svg` beside the campaign, and comes before ours.

Options: `stroke`, the width of its lines in units of its 24-unit square (2 when left out).
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup

from assetgen.errors import LayoutError
from assetgen.icons import Icons
from assetgen.mirroring import is_from_right, mirrored_drawing
from assetgen.template import FilterKit

# What points along the line of reading points the other way where that runs from right to left; logos do not.
POINTING = re.compile(
    r"^(?!brand-)(?:.*-)?(?:left|right|back|forward|send|share|external|login|logout|reply)(?:-|\d|$)"
)
SAMPLE = "{{ icon('check') }}"


def apply(value: object, kit: FilterKit, stroke: float = 2) -> Markup:
    """Return the icon as inline SVG of class `icon`; raises LayoutError with the nearest icon when there is none."""
    icons = Icons(kit.icons)
    drawing = _drawing(str(value), kit.icons, icons.changed(str(value)), float(stroke))
    if drawing is None:
        raise LayoutError(f"there is no icon '{str(value)[:60]}'", hint=icons.hint(str(value)[:60]))
    if is_from_right(kit.language) and POINTING.search(str(value)):
        drawing = mirrored_drawing(drawing.encode()).decode()
    return Markup(drawing)


@lru_cache(maxsize=512)
def _drawing(name: str, folders: tuple[Path, ...], changed: tuple[str, int], stroke: float) -> str | None:  # noqa: ARG001 — an icon that was changed is read again
    """Return the markup of an icon with lines of some width, or None."""
    found = Icons(folders).drawing(name)
    if found is None:
        return None
    drawing = re.sub(r"<!--.*?-->|\sclass=\"[^\"]*\"", "", found, flags=re.S)
    drawing = re.sub(r'stroke-width="[^"]*"', f'stroke-width="{stroke:g}"', drawing, count=1)
    return re.sub(r"\s+", " ", drawing.replace("<svg", '<svg class="icon" aria-hidden="true"', 1)).strip()
