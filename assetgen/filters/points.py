"""Write a difference between two percentages in percentage points: 1.2 becomes 1,2 poin persen in Indonesian.

Options: `decimals`, the digits behind the decimal sign (all significant ones, at most two, when left out); `signed`,
true to set a plus before what rose.
"""

from __future__ import annotations

from markupsafe import Markup

from assetgen.facts import fact, require_number
from assetgen.filters._words import spoken
from assetgen.locale import JOINER, format_number
from assetgen.template import FilterKit

SAMPLE = "{{ 1.2 | points }}"
EXAMPLES = ("1 | points", "1.2 | points(signed=true)", "-0.45 | points(decimals=1)")
UNITS = {"id": ("poin persen", "poin persen"), "en": ("percentage point", "percentage points")}


def apply(value: object, kit: FilterKit, decimals: int | None = None, signed: bool = False) -> Markup:
    """Return the difference as a fact; raises LayoutError when `value` is not a number."""
    number, amount = require_number(value, "points")
    one, many = spoken(kit.language, UNITS, "points")
    if decimals is None and amount != round(amount, 2):
        decimals = 2
    text = format_number(amount, kit.language, decimals)
    sign = "+" if signed and amount > 0 else ""
    return fact(sign + text + JOINER + (one if text in ("1", "\u22121") else many).replace(" ", JOINER), number)
