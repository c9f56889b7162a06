"""Write a large number with a scale word: 1200000 becomes 1,2 juta, with `currency="IDR"` Rp1,2 juta.

Options: `currency` (a code such as IDR), `decimals` (at most that many digits behind the sign; 1 by default).
"""

from __future__ import annotations

from markupsafe import Markup

from assetgen.facts import fact, require_number
from assetgen.locale import format_short
from assetgen.template import FilterKit

SAMPLE = "{{ 1200000 | short }}"


def apply(value: object, kit: FilterKit, currency: str | None = None, decimals: int = 1) -> Markup:
    """Return the number as a fact; raises LayoutError when `value` is not a number."""
    number, amount = require_number(value, "short")
    return fact(format_short(amount, kit.language, currency, decimals), number)
