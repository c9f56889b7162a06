"""Count the days from one date to another, to check a countdown: `{% if n | agrees(as_of | days_until(target)) %}`.

A date that has passed gives a number below zero. The count has no cell of its own: show the number of the data, and
refuse it where it does not agree. Options: `target`, the date that is counted to. Hours do not count, as in "H-7".
"""

from __future__ import annotations

from decimal import Decimal

from assetgen.filters._words import require_date
from assetgen.model import Value
from assetgen.template import FilterKit

SAMPLE = "{{ '2026-08-10' | days_until('2026-08-17') }}"
EXAMPLES = ("'2026-08-10' | days_until('2026-08-17') | number", "'2026-02-27' | days_until('2026-03-01') | number")


def apply(value: object, kit: FilterKit, target: object = None) -> Value:  # noqa: ARG001 — every filter takes a kit
    """Return the number of days as a Value; raises LayoutError where one of the two is no date."""
    _, first = require_date(value, "days_until")
    _, last = require_date(target, "days_until")
    days = last.toordinal() - first.toordinal()
    return Value(str(days), Decimal(days), "number")
