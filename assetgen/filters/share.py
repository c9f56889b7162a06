"""Compute what share of a whole a part is, in percent: `{{ part | share(whole) | percent(1) }}`; it carries both cells.

Options: `whole`, the number that is 100 percent. A part below zero or above the whole is an error.
"""

from __future__ import annotations

from decimal import Decimal

from assetgen.errors import LayoutError
from assetgen.facts import require_number
from assetgen.model import Value
from assetgen.template import FilterKit

SAMPLE = "{{ 1 | share(8) | percent }}"
EXAMPLES = ("1 | share(8) | percent", "2 | share(3) | percent(decimals=1)")


def apply(value: object, kit: FilterKit, whole: object = None) -> Value:  # noqa: ARG001 — every filter takes a kit
    """Return the share in percent as a Value; raises LayoutError for no numbers, or what is no part of the whole."""
    part, amount = require_number(value, "share")
    total, all_of_it = require_number(whole, "share")
    if all_of_it <= 0 or not 0 <= amount <= all_of_it:
        raise LayoutError(f"{amount:f} is no part of {all_of_it:f}")
    shared = part / total * 100
    assert isinstance(shared.data, Decimal)
    return Value(shared.raw, shared.data, "percent", "", shared.cell, marks=shared.marks)
