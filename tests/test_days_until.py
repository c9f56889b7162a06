"""Days between two dates are counted by the calendar, whatever the hour."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from assetgen.errors import LayoutError
from assetgen.filters import days_until
from assetgen.model import Value
from assetgen.template import FilterKit

KIT = FilterKit("id", Path())


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2026-12-31", "2027-01-01", 1),
        ("2028-02-28", "2028-03-01", 2),
        ("2026-08-17", "2026-08-17", 0),
        ("2026-08-18", "17 Agustus 2026", -1),
        (Value("", datetime(2026, 8, 10, 23, 59), "datetime"), "2026-08-17", 7),
    ],
)
def test_days_are_counted_over_months_years_and_leap_days(first: object, last: object, days: int) -> None:
    """A passed date is below zero, and one minute to midnight is still a whole day before the next."""
    assert days_until.apply(first, KIT, last).data == days


@pytest.mark.parametrize(("first", "last"), [("besok", "2026-08-17"), ("2026-08-17", None)])
def test_what_is_no_date_is_refused(first: object, last: object) -> None:
    """A word, and a missing date, are errors."""
    with pytest.raises(LayoutError):
        days_until.apply(first, KIT, last)
