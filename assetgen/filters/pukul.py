"""Write a time of day: 09:00 becomes pukul 09.00 WIB in Indonesian and 09:00 WIB in English, as a range with an end.

Options: `zone`, one of WIB, WITA, WIT, UTC or a place such as Asia/Makassar: a time without a zone is labelled with it,
a time with another zone is converted; `until`, the time at which it ends; `word`, false to leave out pukul.
A conversion that passes midnight is an error here, since the date beside it would be wrong: use `in_zone` for both.
"""

from __future__ import annotations

from datetime import datetime, time

from markupsafe import Markup

from assetgen.errors import LayoutError
from assetgen.facts import fact
from assetgen.filters._words import require_moment, zone_name, zone_of
from assetgen.filters.in_zone import moved
from assetgen.locale import JOINER
from assetgen.model import Value
from assetgen.template import FilterKit

SAMPLE = "{{ '09:00' | pukul('WIB') }}"
EXAMPLES = (
    "'09:00' | pukul('WIB')",
    "'09:00' | pukul('WIB', until='12:00')",
    "'pukul 09.00 WIB' | pukul('WITA')",
    "'19:30' | pukul('WIT', word=false)",
)
DASH = "\u2013"


def apply(value: object, kit: FilterKit, zone: str = "", until: object = None, word: bool = True) -> Markup:
    """Return the time as a fact, two with `until`; raises LayoutError for no time, an unknown zone, or a wrong end."""
    start, moment = _placed(value, zone)
    before = f"pukul{JOINER}" if word and kit.language == "id" else ""
    label = _label(moment, zone)
    behind = JOINER + label if label else ""
    if until is None:
        return fact(before + _clock(moment, kit.language) + behind, start)
    end, last = _placed(until, zone)
    if label != (_label(last, zone) or label):
        raise LayoutError("the range of times starts and ends in two zones", hint="give both the same zone")
    if _minutes(last) <= _minutes(moment):
        raise LayoutError(f"the range of times ends at {last:%H:%M}, before it starts at {moment:%H:%M}")
    first = fact(before + _clock(moment, kit.language), start)
    return first + DASH + fact(_clock(last, kit.language) + behind, end)


def _placed(value: object, zone: str) -> tuple[Value, time | datetime]:
    """Return a time in the zone that is asked for; one without a zone stays as it is."""
    given, moment = require_moment(value, "pukul")
    if not zone or moment.utcoffset() is None:
        zone_of(zone or "UTC")
        return given, moment
    there, days = moved(moment, zone_of(zone))
    if days:
        raise LayoutError(
            f"{moment:%H:%M} {zone_name(moment)} is on another day in {zone}",
            hint="convert the date with it: in_zone before tanggal and before pukul",
        )
    return Value(given.raw, there, given.kind, given.unit, given.cell), there


def _clock(moment: time | datetime, language: str) -> str:
    return moment.strftime("%H.%M" if language == "id" else "%H:%M")


def _label(moment: time | datetime, zone: str) -> str:
    named = zone_name(moment)
    return named or (zone_name(datetime(2000, 1, 1, tzinfo=zone_of(zone))) if zone else "")


def _minutes(moment: time | datetime) -> int:
    return moment.hour * 60 + moment.minute
