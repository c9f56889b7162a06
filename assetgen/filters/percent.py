"""Write a percentage: 12.5 (it counts in hundredths) becomes 12,5% in Indonesian and 12.5% in English.

Options: `decimals`, the digits behind the decimal sign (all significant ones, at most two, when left out);
`word`, true to write persen or percent instead of the sign, as running text may.
"""

from __future__ import annotations

from markupsafe import Markup

from assetgen.facts import fact, require_number
from assetgen.filters._words import spoken
from assetgen.locale import JOINER, format_number, format_percent
from assetgen.template import FilterKit

SAMPLE = "{{ 12.5 | percent }}"
EXAMPLES = ("12.5 | percent", "2.345 | percent", "10 | percent(word=true)")


def apply(value: object, kit: FilterKit, decimals: int | None = None, word: bool = False) -> Markup:
    """Return the percentage as a fact; raises LayoutError when `value` is not a number."""
    number, amount = require_number(value, "percent")
    if decimals is None and amount != round(amount, 2):
        decimals = 2
    if word:
        unit = spoken(kit.language, {"id": "persen", "en": "percent"}, "percent")
        return fact(format_number(amount, kit.language, decimals) + JOINER + unit, number)
    return fact(format_percent(amount, kit.language, decimals), number)
