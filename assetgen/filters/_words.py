"""Help filters: words by language, and dates and times from whatever a field holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import TypeVar

from assetgen.errors import LayoutError, did_you_mean
from assetgen.locale import parse_date, parse_moment
from assetgen.model import Value

Word = TypeVar("Word")

# Indonesia keeps no summer time: its three zones have had these offsets since 1988.
INDONESIAN_ZONES = {"WIB": 7, "WITA": 8, "WIT": 9}


def spoken(language: str, words: Mapping[str, Word], asker: str) -> Word:
    """Return what is said in a language; raises LayoutError for one that the filter does not speak, never guessing."""
    if language not in words:
        raise LayoutError(f"the filter '{asker}' speaks {' and '.join(words)}, not '{language}'")
    return words[language]


def require_date(value: object, asker: str) -> tuple[Value, date]:
    """Return a date as a Value and as a date; raises LayoutError in the name of the filter that asks."""
    data = value.data if isinstance(value, Value) else value
    day = data if isinstance(data, date) else parse_date(str(data))
    if day is None:
        raise LayoutError(f"the filter '{asker}' takes a date, got '{str(value)[:60]}'")
    kept = isinstance(value, Value) and isinstance(value.data, date)
    return (value if kept and isinstance(value, Value) else Value(str(value), day, "date")), day


def require_moment(value: object, asker: str) -> tuple[Value, time | datetime]:
    """Return a time of day, or a date with a time, as a Value and plain; raises LayoutError for anything else."""
    data = value.data if isinstance(value, Value) else value
    if isinstance(data, (time, datetime)):
        kind = "datetime" if isinstance(data, datetime) else "time"
        return (value if isinstance(value, Value) else Value(str(value), data, kind)), data  # type: ignore[arg-type]  # one of two words
    moment = None if isinstance(data, date) else parse_moment(str(data))
    if moment is None or not isinstance(moment.data, (time, datetime)):
        raise LayoutError(f"the filter '{asker}' takes a time, got '{str(value)[:60]}'")
    cell = value.cell if isinstance(value, Value) else None
    kept = Value(str(value), moment.data, "datetime" if isinstance(moment.data, datetime) else "time", "", cell)
    return kept, moment.data


def zone_of(name: str) -> tzinfo:
    """Return a zone by its Indonesian name (WIB, WITA, WIT), UTC, or the name of a place such as Asia/Makassar.

    Raises LayoutError with the nearest name when there is none.
    """
    if name.upper() in INDONESIAN_ZONES:
        return timezone(timedelta(hours=INDONESIAN_ZONES[name.upper()]), name.upper())
    if name.upper() == "UTC":
        return UTC
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        hint = did_you_mean(name, (*INDONESIAN_ZONES, "UTC", "Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"))
        raise LayoutError(f"there is no time zone '{name[:60]}'", hint=hint) from None


def zone_name(moment: time | datetime) -> str:
    """Return how the zone of a moment is written: WIB, UTC, or UTC+7.30 where it has no name; empty without a zone."""
    offset = moment.utcoffset()
    if offset is None:
        return ""
    name = moment.tzname() or ""
    if name.isalpha():
        return name
    minutes = round(offset.total_seconds() / 60)
    for word, hours in INDONESIAN_ZONES.items():
        if minutes == hours * 60:
            return word
    sign, minutes = ("\u2212" if minutes < 0 else "+"), abs(minutes)
    return f"UTC{sign}{minutes // 60}" + (f":{minutes % 60:02}" if minutes % 60 else "")
