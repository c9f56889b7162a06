"""Write a latitude or longitude: 6.89 LS becomes 6,89° LS in Indonesian and 6.89° S in English.

Options: `axis`, latitude or longitude. What it reads is `6.89 LS`, `109,67° BT`, `6.89 S` or degrees with a sign.
"""

from __future__ import annotations

from decimal import Decimal
from typing import cast

from markupsafe import Markup

from assetgen.errors import LayoutError, did_you_mean
from assetgen.facts import fact
from assetgen.geography.points import Axis, read_coordinate
from assetgen.locale import JOINER, format_number
from assetgen.model import Value
from assetgen.template import FilterKit

SAMPLE = "{{ '6.89 LS' | coordinate('latitude') }}"
EXAMPLES = ("'6.89 LS' | coordinate('latitude')", "'-6.89' | coordinate('latitude')")
SIDES = {"latitude": (("LU", "LS"), ("N", "S")), "longitude": (("BT", "BB"), ("E", "W"))}


def apply(value: object, kit: FilterKit, axis: str = "latitude") -> Markup:
    """Return the coordinate as a fact of its degrees; raises LayoutError for what is no place on Earth."""
    if axis not in SIDES:
        raise LayoutError(f"coordinate knows no axis '{axis[:60]}'", hint=did_you_mean(axis, SIDES))
    shown, degrees = require_degrees(value, axis, "coordinate")
    side = SIDES[axis][kit.language != "id"][degrees < 0]
    # The side is a word of its own, so that the fact is the number as it is shown.
    amount = Value(shown.raw, abs(degrees), "number", "\u00b0", shown.cell)
    return fact(f"{format_number(abs(degrees), kit.language)}\u00b0{JOINER}{side}", amount)


def require_degrees(value: object, axis: str, asker: str) -> tuple[Value, Decimal]:
    """Return a latitude or longitude in signed degrees, as a Value and plain; raises LayoutError for anything else."""
    raw = Markup(str(value)).striptags()
    degrees = read_coordinate(raw, cast("Axis", axis))
    if degrees is None:
        hint = "write it as 6.89 LS, 109.67 BT or -6.89"
        raise LayoutError(f"the filter '{asker}' takes a {axis}, got '{raw[:60]}'", hint=hint)
    return Value(raw, degrees, "number", "\u00b0", value.cell if isinstance(value, Value) else None), degrees
