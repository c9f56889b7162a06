"""Write an amount of rupiah in full: 1234567 becomes Rp1.234.567 in Indonesian and Rp1,234,567 in English.

Options: `decimals`, the digits behind the decimal sign (none when left out).
"""

from __future__ import annotations

from markupsafe import Markup

from assetgen.facts import fact, require_number
from assetgen.locale import format_money
from assetgen.template import FilterKit

SAMPLE = "{{ 1234567 | rupiah }}"
EXAMPLES = ("1234567.89 | rupiah(decimals=2)", "5000 | rupiah", "-1500 | rupiah")


def apply(value: object, kit: FilterKit, decimals: int = 0) -> Markup:
    """Return the amount as a fact; raises LayoutError when `value` is not a number."""
    number, amount = require_number(value, "rupiah")
    return fact(format_money(amount, kit.language, "IDR", decimals), number)
