"""Convert a date with its time to another zone: `{{ start | in_zone("WITA") | tanggal }}`, and the same before `pukul`.

Options: `zone`, one of WIB, WITA, WIT, UTC or a place such as Asia/Makassar. A time that names no zone is an error.
"""

from __future__ import annotations

from datetime import date, datetime, time, tzinfo

from assetgen.errors import LayoutError
from assetgen.filters._words import require_moment, zone_of
from assetgen.model import Value
from assetgen.template import FilterKit

SAMPLE = "{{ '2026-08-17 23:30 WIB' | in_zone('WIT') | tanggal }}"
EXAMPLES = ("'2026-08-17 23:30 WIB' | in_zone('WIT') | tanggal", "'2026-08-17 23:30 WIB' | in_zone('WIT') | pukul")
# A day to count with, where only a time is known; its zones are those of today.
SOME_DAY = date(2026, 1, 1)


def apply(value: object, kit: FilterKit, zone: str = "") -> Value:  # noqa: ARG001 — every filter takes a kit
    """Return the same moment as a Value in the zone; raises LayoutError for a time without a zone, or past midnight."""
    given, moment = require_moment(value, "in_zone")
    there, days = moved(moment, zone_of(zone))
    if days and isinstance(there, time):
        raise LayoutError(f"{moment:%H:%M} is on another day in {zone}, and its date is not known")
    return Value(given.raw, there, given.kind, given.unit, given.cell)


def moved(moment: time | datetime, zone: tzinfo) -> tuple[time | datetime, int]:
    """Return a moment in another zone and by how many days its date differs; raises LayoutError without a zone."""
    if moment.utcoffset() is None:
        raise LayoutError(f"{moment:%H:%M} names no zone to convert from", hint="write it as 09:00 WIB")
    whole = moment if isinstance(moment, datetime) else datetime.combine(SOME_DAY, moment)
    there = whole.astimezone(zone)
    days = (there.date() - whole.date()).days
    return (there if isinstance(moment, datetime) else there.timetz()), days
