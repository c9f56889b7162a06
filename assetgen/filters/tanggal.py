"""Write a date in words: 2026-08-17 becomes 17 Agustus 2026 in Indonesian and 17 August 2026 in English.

Options: `style`, one of long (17 Agustus 2026), short (17 Agu 2026), month (Agustus 2026), weekday (Senin, 17 Agustus
2026).
"""

from __future__ import annotations

from datetime import date

from markupsafe import Markup

from assetgen.errors import LayoutError
from assetgen.facts import fact
from assetgen.locale import DateStyle, format_date, parse_date
from assetgen.model import Value
from assetgen.template import FilterKit

SAMPLE = "{{ '2026-08-17' | tanggal }}"


def apply(value: object, kit: FilterKit, style: DateStyle = "long") -> Markup:
    """Return the date as a fact; raises LayoutError when `value` is not a date."""
    data = value.data if isinstance(value, Value) else value
    day = data if isinstance(data, date) else parse_date(str(data))
    if day is None:
        raise LayoutError(f"the filter 'tanggal' takes a date, got '{str(value)[:60]}'")
    shown = value if isinstance(value, Value) and isinstance(value.data, date) else Value(str(value), day, "date")
    return fact(format_date(day, kit.language, style), shown)
