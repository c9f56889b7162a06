"""Write from when to when, naming once what both days share: 17–20 Agustus 2026, 28 Feb–3 Mar 2026.

Options: `end`, the last day; `style`, one of long (17–20 Agustus 2026), short (17–20 Agu 2026), weekday (Senin–Kamis,
17–20 Agustus 2026), month (Januari–Maret 2026). The same day twice is written once.
"""

from __future__ import annotations

from markupsafe import Markup

from assetgen.errors import LayoutError, did_you_mean
from assetgen.facts import fact
from assetgen.filters._words import require_date
from assetgen.locale import JOINER, DateStyle, format_date
from assetgen.template import FilterKit

SAMPLE = "{{ '2026-08-17' | date_range('2026-08-20') }}"
EXAMPLES = (
    "'2026-08-17' | date_range('2026-08-20')",
    "'2026-02-28' | date_range('2026-03-03', 'short')",
    "'2026-12-30' | date_range('2027-01-02')",
    "'2026-08-17' | date_range('2026-08-20', 'weekday')",
    "'2026-01-01' | date_range('2026-03-31', 'month')",
)
STYLES: tuple[DateStyle, ...] = ("long", "short", "weekday", "month")
DASH = "\u2013"


def apply(value: object, kit: FilterKit, end: object = None, style: DateStyle = "long") -> Markup:
    """Return two facts with a dash between; raises LayoutError for no dates, a wrong order, or an unknown style."""
    if style not in STYLES:
        raise LayoutError(f"date_range knows no style '{str(style)[:60]}'", hint=did_you_mean(str(style), STYLES))
    (first, start), (last, stop) = require_date(value, "date_range"), require_date(end, "date_range")
    if (start.year, start.month, start.day) > (stop.year, stop.month, stop.day):
        raise LayoutError(f"the date range ends before it starts: {start:%Y-%m-%d} to {stop:%Y-%m-%d}")
    form: DateStyle = "long" if style == "weekday" else style
    before, behind = (format_date(day, kit.language, form).split(JOINER) for day in (start, stop))
    whole = JOINER.join(behind)
    while before and before[-1] == behind[len(before) - 1]:
        before.pop()
    if not before:
        return fact(format_date(stop, kit.language, style), last)
    dates = fact(JOINER.join(before), first) + DASH + fact(whole, last)
    if style != "weekday":
        return dates
    names = (format_date(day, kit.language, style).partition(",")[0] for day in (start, stop))
    days = Markup(DASH).join(fact(name, value) for name, value in zip(names, (first, last), strict=True))
    return days + ", " + dates
