"""Draw an icon of the kit in the colour of the text beside it: `{{ icon("map-pin") }}`.

Options: `stroke`, the width of its lines in units of its 24-unit square (2 when left out).
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup

from assetgen.errors import LayoutError, did_you_mean
from assetgen.template import FilterKit

SAMPLE = "{{ icon('check') }}"


def apply(value: object, kit: FilterKit, stroke: float = 2) -> Markup:
    """Return the icon as inline SVG of class `icon`; raises LayoutError with the nearest name when there is none."""
    folder = kit.kit / "icons"
    file = folder / f"{value}.svg"
    if not re.fullmatch(r"[a-z0-9-]+", str(value)) or not file.is_file():
        known = (path.stem for path in folder.glob("*.svg"))
        raise LayoutError(f"there is no icon '{str(value)[:60]}'", hint=did_you_mean(str(value), known))
    return Markup(_drawing(file, file.stat().st_mtime_ns, float(stroke)))


@lru_cache(maxsize=512)
def _drawing(file: Path, changed: int, stroke: float) -> str:  # noqa: ARG001 — an icon that was changed is read again
    """Return the markup of an icon with lines of some width."""
    drawing = re.sub(r"<!--.*?-->|\sclass=\"[^\"]*\"", "", file.read_text("utf-8"), flags=re.S)
    drawing = re.sub(r'stroke-width="[^"]*"', f'stroke-width="{stroke:g}"', drawing, count=1)
    return re.sub(r"\s+", " ", drawing.replace("<svg", '<svg class="icon" aria-hidden="true"', 1)).strip()
