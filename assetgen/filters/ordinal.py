"""Write the place in an order: 20 becomes ke-20 in Indonesian and 20th in English.

Options: none. Only whole numbers from 1 have a place.
"""

from __future__ import annotations

from markupsafe import Markup

from assetgen.errors import LayoutError
from assetgen.facts import fact, require_number
from assetgen.filters._words import spoken
from assetgen.locale import format_number
from assetgen.template import FilterKit

SAMPLE = "{{ 20 | ordinal }}"
EXAMPLES = ("1 | ordinal", "20 | ordinal", "112 | ordinal", "1003 | ordinal")


def apply(value: object, kit: FilterKit) -> Markup:
    """Return the place as a fact; raises LayoutError when `value` is not a whole number from 1."""
    number, amount = require_number(value, "ordinal")
    if amount < 1 or amount != int(amount):
        raise LayoutError(f"the filter 'ordinal' takes a whole number from 1, got '{str(value)[:60]}'")
    written = format_number(amount, kit.language, 0)
    forms = {"id": f"ke-{written}", "en": written + _suffix(int(amount))}
    return fact(spoken(kit.language, forms, "ordinal"), number)


def _suffix(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
