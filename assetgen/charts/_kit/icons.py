"""Draw many copies of one icon: the name of an icon of the kit goes in, SVG shapes at given places come out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assetgen.charts._kit.chart import ChartKit
from assetgen.icons import Icons

PERSON = "person"
# A standing person, 20 units wide and 46 high: the icons of the kit are outlines, too thin to be counted by the dozen.
_PERSON = (
    '<circle cx="10" cy="5.5" r="5.2"/>'
    '<path d="M3.5 12.5h13a3.5 3.5 0 0 1 3.5 3.5v12.5a2.25 2.25 0 0 1-4.5 0V18.5h-.7v25a2.25 2.25 0 0 1-4.5 0V30h-.6'
    'v13.5a2.25 2.25 0 0 1-4.5 0V18.5h-.7v10a2.25 2.25 0 0 1-4.5 0V16a3.5 3.5 0 0 1 3.5-3.5Z"/>'
)


@dataclass(frozen=True, slots=True)
class Icon:
    """The shapes of an icon in its own units, how wide and high it is in them, and whether it is drawn in outlines."""

    shapes: str
    width: float
    height: float
    outlined: bool

    def at(self, left: float, top: float, height: float) -> str:
        """Return the icon at a place, `height` pixels high."""
        return f'<g transform="translate({left:.1f} {top:.1f}) scale({height / self.height:.4f})">{self.shapes}</g>'

    def group(self, shapes: str, colour: str) -> str:
        """Return copies of the icon in a colour."""
        if not self.outlined:
            return f'<g fill="{colour}">{shapes}</g>'
        line = 'stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
        return f'<g fill="none" stroke="{colour}" {line}>{shapes}</g>'


def icon_of(name: str, kit: ChartKit) -> Icon:
    """Return an icon by its name: `person`, one of the user's own or of the kit; raises LayoutError with the nearest.

    Only the shapes of a drawing are taken, without scripts, styles and links.
    """
    if name == PERSON:
        return Icon(_PERSON, 20, 46, outlined=False)
    icons = Icons(kit.icons)
    drawing = icons.drawing(name)
    if drawing is None:
        raise kit.refuse(f"there is no icon '{name[:60]}'", icons.hint(name[:60]))
    shapes = re.findall(r"<(?:path|circle|ellipse|rect|line|polyline|polygon)\b[^>]*/>", drawing)
    view = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawing)
    width, height = (float(view[1]), float(view[2])) if view else (24.0, 24.0)
    return Icon(" ".join("".join(shapes).split()), width, height, outlined=True)
