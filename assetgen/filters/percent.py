"""Write a percentage: 12.5 (it counts in hundredths) becomes 12,5% in Indonesian and 12.5% in English.

Options: `decimals`, the digits behind the decimal sign (all significant ones, at most two, when left out).
"""

from __future__ import annotations

from markupsafe import Markup

from assetgen.facts import fact, require_number
from assetgen.locale import format_percent
from assetgen.template import FilterKit

SAMPLE = "{{ 12.5 | percent }}"


def apply(value: object, kit: FilterKit, decimals: int | None = None) -> Markup:
    """Return the percentage as a fact; raises LayoutError when `value` is not a number."""
    number, amount = require_number(value, "percent")
    if decimals is None and amount != round(amount, 2):
        decimals = 2
    return fact(format_percent(amount, kit.language, decimals), number)
