"""Set type larger or smaller for a brand: styles with sizes in pixels go in, the same ones times its scale come out.

Layouts are written for a scale of 1. Narrow letters look small at the same size and wide ones large: a brand sets the
token `type-scale` once (1.06), and every size of every layout and of the kit follows. None falls below the floor.
"""

from __future__ import annotations

import re
from functools import lru_cache

TOKEN = "type-scale"  # noqa: S105 — a token of design
LEAST, MOST = 0.9, 1.1
# What must be read on a phone, in CSS pixels; sizes of the kit and of layouts begin here.
FLOOR = 26.0
_SIZE = re.compile(r"((?<![\w-])font-size|--type-[\w-]+|--[\w-]+-size)(\s*:\s*)(\d+(?:\.\d+)?)px")


def checked_scale(value: object) -> float:
    """Return a brand's scale of type; raises ValueError when it is no number from 0.9 to 1.1."""
    try:
        scale = float(str(value))
    except ValueError:
        scale = 0.0
    if not LEAST <= scale <= MOST:
        raise ValueError(f"tokens.{TOKEN} is a number from {LEAST} to {MOST}, got {value!r}")
    return scale


@lru_cache(maxsize=512)
def scaled_styles(css: str, scale: float) -> str:
    """Return styles, or one style attribute, with every font size in pixels times the scale."""
    if scale == 1:
        return css
    return _SIZE.sub(lambda found: f"{found[1]}{found[2]}{scaled_size(float(found[3]), scale):g}px", css)


def scaled_size(size: float, scale: float) -> float:
    """Return a size times the scale, to a tenth of a pixel; what was above the floor stays there."""
    return max(min(size, FLOOR), round(size * scale, 1))
