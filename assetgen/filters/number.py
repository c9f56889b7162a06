"""Write a number in the style of the language: 1234.5 becomes 1.234,5 in Indonesian and 1,234.5 in English.

Options: `decimals`, the digits behind the decimal sign (all significant ones when left out).
"""

from __future__ import annotations

from markupsafe import Markup

from assetgen.facts import fact, require_number
from assetgen.locale import format_number
from assetgen.template import FilterKit

SAMPLE = "{{ 1234.5 | number }}"
EXAMPLES = ("1234.5 | number", "1234.5 | number(decimals=0)", "-0.75 | number")


def apply(value: object, kit: FilterKit, decimals: int | None = None) -> Markup:
    """Return the number as a fact; raises LayoutError when `value` is not a number."""
    number, amount = require_number(value, "number")
    return fact(format_number(amount, kit.language, decimals), number)
