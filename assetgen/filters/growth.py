"""Compute by how many percent a number grew: `{{ now | growth(before) | change }}`; it carries the cells of both.

Options: `before`, the earlier number. It must be above zero: growth from nothing, or from a loss, has no percentage.
"""

from __future__ import annotations

from decimal import Decimal

from assetgen.errors import LayoutError
from assetgen.facts import require_number
from assetgen.model import Value
from assetgen.template import FilterKit

SAMPLE = "{{ 110 | growth(100) | percent }}"
EXAMPLES = ("110 | growth(100) | percent", "95 | growth(100) | change")


def apply(value: object, kit: FilterKit, before: object = None) -> Value:  # noqa: ARG001 — every filter takes a kit
    """Return the growth in percent as a Value; raises LayoutError for no numbers, or a `before` not above zero."""
    now, _ = require_number(value, "growth")
    earlier, base = require_number(before, "growth")
    if base <= 0:
        raise LayoutError(f"growth from {base:f} has no percentage", hint="show the difference in its own unit")
    grown = (now - earlier) / earlier * 100
    assert isinstance(grown.data, Decimal)
    return Value(grown.raw, grown.data, "percent", "", grown.cell)
