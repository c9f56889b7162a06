"""Tell whether a stated number is a computed one, rounded: `{% if not stated | agrees(now - before) %}` refuse it.

Options: `computed`, the number that the statement must come from. A statement may be rounded to its own last digit, up
or down: 33.3 agrees with 33.333, 33 with 33.333, 34 does not. Nothing is shown.
"""

from __future__ import annotations

from decimal import Decimal

from assetgen.facts import require_number
from assetgen.template import FilterKit

SAMPLE = "{{ 'agrees' if 33.3 | agrees(33.333) else 'differs' }}"
EXAMPLES = (
    "'agrees' if 33.3 | agrees(33.333) else 'differs'",
    "'agrees' if 34 | agrees(33.333) else 'differs'",
)
# Spreadsheets keep fractions in binary, which differ from decimals at the sixteenth digit; whole numbers are exact.
BINARY_NOISE = Decimal("1e-14")


def apply(value: object, kit: FilterKit, computed: object = None) -> bool:  # noqa: ARG001 — every filter takes a kit
    """Return whether the stated number lies within half of its last digit; raises LayoutError for no numbers."""
    _, stated = require_number(value, "agrees")
    _, exact = require_number(computed, "agrees")
    exponent = stated.as_tuple().exponent
    last_digit = Decimal(1).scaleb(min(0, exponent)) if isinstance(exponent, int) else Decimal(0)
    noise = abs(exact) * BINARY_NOISE if stated != stated.to_integral_value() else Decimal(0)
    return abs(stated - exact) <= max(last_digit / 2, noise)
