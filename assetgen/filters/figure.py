"""Write a hero number whose currency sign and unit can be set smaller than its digits: `{{ value | figure("short") }}`.

Options: `style`, one of number, percent, rupiah, short, short-rupiah; `unit`, a word to stand behind the number;
`decimals` (at most two when left out). The pieces carry the classes `affix` and `unit`; together they are one fact.
"""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from assetgen.errors import LayoutError, did_you_mean
from assetgen.facts import fact, require_number
from assetgen.locale import format_money, format_number, format_percent, format_short
from assetgen.template import FilterKit

SAMPLE = "{{ 1234567 | figure('short-rupiah') }}"
EXAMPLES = ("1234567 | figure('short-rupiah')", "38 | figure(unit='provinsi')")
# More digits behind the sign than this are noise on a picture.
MOST_DECIMALS = 2
STYLES = ("number", "percent", "rupiah", "short", "short-rupiah")


def apply(
    value: object, kit: FilterKit, style: str = "number", unit: object = "", decimals: int | None = None
) -> Markup:
    """Return the number as one fact in up to three pieces; raises LayoutError for an unknown style or no number."""
    number, amount = require_number(value, "figure")
    digits, fixed = (1, False) if decimals is None else (decimals, True)
    if decimals is None and amount != round(amount, MOST_DECIMALS):
        decimals = MOST_DECIMALS
    if style == "number":
        text = format_number(amount, kit.language, decimals)
    elif style == "percent":
        text = format_percent(amount, kit.language, decimals)
    elif style == "rupiah":
        text = format_money(amount, kit.language, "IDR", decimals or 0)
    elif style in STYLES:
        currency = "IDR" if style == "short-rupiah" else None
        text = format_short(amount, kit.language, currency, digits, fixed=fixed)
    else:
        raise LayoutError(f"figure knows no style '{style}'", hint=did_you_mean(style, STYLES))
    return fact(_pieces(text, str(unit or "")), number)


def _pieces(text: str, unit: str) -> Markup:
    """Split a formatted number into sign or currency, digits, and the unit or scale word behind."""
    found = re.fullmatch(r"(\D*?)([−-]?\d[\d.,]*)(.*)", text, re.S)
    if not found:
        return escape(text)
    before, digits, behind = found.groups()
    # Written piece by piece: Markup.format takes ten times as long, and lists have dozens of figures.
    affix = f'<span class="affix">{escape(before)}</span>' if before else ""
    pieces = f"{affix}{escape(digits)}"
    if words := (behind.strip() + " " + unit).strip().replace(" ", "\u00a0"):
        space = "" if words.startswith("%") else "\u00a0"
        pieces += f'<span class="unit">{space}{escape(words)}</span>'
    return Markup(pieces)
