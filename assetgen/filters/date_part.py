"""Write one part of a date, to set it larger than the rest: `{{ date | date_part("day") }}` writes 17 of 17 August.

Options: `part`, one of day (17), weekday (Senin), month (Agustus), short-month (Agu), year (2026).
"""

from __future__ import annotations

from datetime import date

from markupsafe import Markup

from assetgen.errors import LayoutError, did_you_mean
from assetgen.facts import fact
from assetgen.filters._words import require_date
from assetgen.locale import JOINER, format_date
from assetgen.template import FilterKit

SAMPLE = "{{ '2026-08-17' | date_part('month') }}"
EXAMPLES = ("'2026-08-17' | date_part('weekday')", "'2026-08-17' | date_part('short-month')")
PARTS = ("day", "weekday", "month", "short-month", "year")


def apply(value: object, kit: FilterKit, part: str = "day") -> Markup:
    """Return the part as a fact that carries the whole date; raises LayoutError for an unknown part or no date."""
    shown, day = require_date(value, "date_part")
    if part not in PARTS:
        raise LayoutError(f"date_part knows no part '{part}'", hint=did_you_mean(part, PARTS))
    return fact(_part(day, kit.language, part), shown)


def _part(day: date, language: str, part: str) -> str:
    if part == "weekday":
        return format_date(day, language, "weekday").partition(",")[0]
    words = format_date(day, language, "short" if part == "short-month" else "long").split(JOINER)
    return words[{"day": 0, "year": 2}.get(part, 1)]
