"""Write numbers and dates as `<data>` and `<time>` elements that carry their value and cell; find them again."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

from markupsafe import Markup, escape

from assetgen.errors import LayoutError
from assetgen.model import Value


def fact(text: str, value: Value) -> Markup:
    """Return `text` marked up as the shown form of `value`: `<time>` for dates and times, else `<data>`."""
    cell = f' data-cell="{escape(str(value.cell))}"' if value.cell else ""
    unit = f' data-unit="{escape(value.unit)}"' if value.unit else ""
    data = value.data
    if isinstance(data, (date, datetime, time)):
        return Markup(f'<time datetime="{data.isoformat()}"{cell}>{escape(text)}</time>')
    shown = format(data.normalize(), "f") if isinstance(data, Decimal) else escape(str(data))
    return Markup(f'<data value="{shown}" data-kind="{value.kind}"{unit}{cell}>{escape(text)}</data>')


def number_value(value: object) -> Value | None:
    """Return a number of any kind as a Value, or None when it is not a number."""
    if isinstance(value, Value):
        return value if isinstance(value.data, Decimal) else None
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return None
    return Value(str(value), Decimal(str(value)), "number")


def require_number(value: object, asker: str) -> tuple[Value, Decimal]:
    """Return a number as a Value and as a decimal; raises LayoutError in the name of the filter that asks."""
    number = number_value(value)
    if number is None or not isinstance(number.data, Decimal):
        raise LayoutError(f"the filter '{asker}' takes a number, got '{str(value)[:60]}'")
    return number, number.data
