"""Parts of a date are written in the language of the asset, and each carries the whole date."""

from __future__ import annotations

from pathlib import Path

import pytest

from assetgen.errors import LayoutError
from assetgen.filters import date_part
from assetgen.template import FilterKit


@pytest.mark.parametrize(
    ("part", "indonesian", "english"),
    [
        ("day", "7", "7"),
        ("weekday", "Jumat", "Friday"),
        ("month", "Agustus", "August"),
        ("short-month", "Agu", "Aug"),
        ("year", "2026", "2026"),
    ],
)
def test_each_part_is_a_fact_in_the_language(part: str, indonesian: str, english: str) -> None:
    """Day, weekday, month and year of 7 August 2026 read as they do in both languages, and carry the date."""
    for language, expected in (("id", indonesian), ("en", english)):
        shown = date_part.apply("2026-08-07", FilterKit(language, Path()), part)
        assert shown == f'<time datetime="2026-08-07">{expected}</time>'


@pytest.mark.parametrize(("value", "part"), [("besok", "day"), ("2026-08-07", "dya")])
def test_no_date_and_no_part_are_refused(value: str, part: str) -> None:
    """A text that is no date, and a part that does not exist, are errors."""
    with pytest.raises(LayoutError):
        date_part.apply(value, FilterKit("id", Path()), part)
