"""Write a change as a word and its size: 3.2 becomes naik 3,2% in Indonesian, -3.2 becomes down 3.2% in English.

Nothing changed is said as tetap or unchanged; what only rounds to nothing is said as hampir tetap or almost unchanged.
The word carries the sign, so the change never depends on colour or on an arrow alone.
Options: `style`, one of percent, points, number, rupiah, short, short-rupiah; `decimals` (at most two when left out);
`arrow`, true to draw the kit's arrow before the word: for a row such as `<p class="change">`, not inside running text.
"""

from __future__ import annotations

import re
from decimal import Decimal

from markupsafe import Markup

from assetgen import parts
from assetgen.errors import LayoutError, did_you_mean
from assetgen.facts import fact, require_number
from assetgen.filters._words import spoken
from assetgen.locale import JOINER, format_money, format_number, format_percent, format_short
from assetgen.template import FilterKit

SAMPLE = "{{ 3.2 | change }}"
EXAMPLES = ("3.2 | change", "-1.25 | change('points')", "0 | change", "-2500000000 | change('short-rupiah')")
WORDS = {
    "id": {"up": "naik", "down": "turun", "same": "tetap", "almost": "hampir tetap", "points": "poin persen"},
    "en": {
        "up": "up",
        "down": "down",
        "same": "unchanged",
        "almost": "almost unchanged",
        "points": "percentage points",
    },
}
ARROWS = {"up": "arrow-up", "down": "arrow-down", "same": "equal", "almost": "equal"}
STYLES = ("percent", "points", "number", "rupiah", "short", "short-rupiah")
# More digits behind the sign than this are noise on a picture.
MOST_DECIMALS = 2


def apply(
    value: object, kit: FilterKit, style: str = "percent", decimals: int | None = None, arrow: bool = False
) -> Markup:
    """Return the change as one fact that holds its word; raises LayoutError for an unknown style or no number."""
    number, amount = require_number(value, "change")
    words = spoken(kit.language, WORDS, "change")
    size = _size(abs(amount), kit.language, style, decimals)
    direction = "same" if amount == 0 else "almost" if not re.search(r"[1-9]", size) else "up" if amount > 0 else "down"
    text = words[direction] if direction in ("same", "almost") else f"{words[direction]} {size}"
    shown = fact(text.replace(" ", JOINER), number)
    if not arrow:
        return shown
    drawing = parts.load("filters", "icon").apply(ARROWS[direction], kit, stroke=3)
    return Markup('<span class="change-mark">{}</span><span class="change-text">{}</span>').format(drawing, shown)


def _size(amount: Decimal, language: str, style: str, decimals: int | None) -> str:
    if style not in STYLES:
        raise LayoutError(f"change knows no style '{style}'", hint=did_you_mean(style, STYLES))
    if style.startswith("short"):
        return format_short(
            amount, language, "IDR" if style == "short-rupiah" else None, 1 if decimals is None else decimals
        )
    if style == "rupiah":
        return format_money(amount, language, "IDR", decimals or 0)
    if decimals is None and amount != round(amount, MOST_DECIMALS):
        decimals = MOST_DECIMALS
    if style == "percent":
        return format_percent(amount, language, decimals)
    text = format_number(amount, language, decimals)
    return text if style == "number" else _points(text, language)


def _points(text: str, language: str) -> str:
    unit = WORDS[language]["points"]
    return f"{text} {unit.removesuffix('s') if text == '1' else unit}"
