"""Write a date in words: 2026-08-17 becomes 17 Agustus 2026 in Indonesian and 17 August 2026 in English.

Options: `style`, one of long (17 Agustus 2026), short (17 Agu 2026), month (Agustus 2026), weekday (Senin, 17 Agustus
2026), day-month (17 Agustus).
"""

from __future__ import annotations

from typing import cast

from markupsafe import Markup

from assetgen.errors import LayoutError, did_you_mean
from assetgen.facts import fact
from assetgen.filters._words import require_date
from assetgen.locale import JOINER, DateStyle, format_date
from assetgen.template import FilterKit

SAMPLE = "{{ '2026-08-17' | tanggal }}"
EXAMPLES = ("'2026-08-17' | tanggal", "'17/08/2026' | tanggal('short')", "'2026-08-17' | tanggal('weekday')")
STYLES = ("long", "short", "month", "weekday", "day-month")


def apply(value: object, kit: FilterKit, style: str = "long") -> Markup:
    """Return the date as a fact; raises LayoutError when `value` is not a date, or for an unknown style."""
    shown, day = require_date(value, "tanggal")
    if style not in STYLES:
        raise LayoutError(f"tanggal knows no style '{str(style)[:60]}'", hint=did_you_mean(str(style), STYLES))
    if style == "day-month":
        return fact(format_date(day, kit.language).rpartition(JOINER)[0], shown)
    return fact(format_date(day, kit.language, cast("DateStyle", style)), shown)
