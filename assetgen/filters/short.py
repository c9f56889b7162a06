"""Write a large number with a scale word: 1200000 becomes 1,2 juta, with `currency="IDR"` Rp1,2 juta.

Options: `currency`, a code such as IDR (that of the value when left out, `""` for none); `decimals`, at most that many
digits behind the sign (1 by default); `width`, long (juta) or short (jt, rb), for labels of charts.
"""

from __future__ import annotations

from typing import Literal

from markupsafe import Markup

from assetgen.errors import LayoutError, did_you_mean
from assetgen.facts import fact, require_number
from assetgen.locale import format_short
from assetgen.template import FilterKit

SAMPLE = "{{ 1200000 | short }}"
EXAMPLES = (
    "1234567890123 | short('IDR')",
    "2500000000 | short",
    "12500 | short(width='short')",
    "999960 | short('IDR')",
)
CURRENCIES = ("IDR", "Rp", "USD", "EUR")
WIDTHS = ("long", "short")


def apply(
    value: object,
    kit: FilterKit,
    currency: str | None = None,
    decimals: int = 1,
    width: Literal["long", "short"] = "long",
) -> Markup:
    """Return the number as a fact; raises LayoutError when `value` is not a number."""
    number, amount = require_number(value, "short")
    if width not in WIDTHS:
        raise LayoutError(f"short knows no width '{str(width)[:60]}'", hint=did_you_mean(str(width), WIDTHS))
    if currency is None and number.unit in CURRENCIES:
        currency = number.unit
    return fact(format_short(amount, kit.language, currency, decimals, width), number)
