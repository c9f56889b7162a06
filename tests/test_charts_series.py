"""Places on time axes, classes of histograms and labels that keep apart, before anything is drawn."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetgen.charts._kit.placing import spread
from assetgen.charts._series.bins import counts_in, edges_of
from assetgen.charts._series.moments import Moments

NUMBERS = st.lists(st.decimals(-(10**9), 10**9, places=2), min_size=1, max_size=60)


@given(st.lists(st.tuples(st.floats(-50, 150), st.floats(1, 20)), max_size=12))
@settings(max_examples=300, deadline=None)
def test_labels_that_are_spread_never_touch_or_leave(labels):
    """Inside both ends, without overlap, in their order; refused only when they need more room than there is."""
    wanted, heights = [a for a, _ in labels], [b for _, b in labels]
    found = spread(wanted, heights, 0, 100)
    if sum(heights) > 100:
        assert found is None
        return
    assert found is not None
    rows = sorted(zip(found, heights, wanted, strict=True))
    for (place, height, _), (above, taller, _) in pairwise(rows):
        assert above - place >= (height + taller) / 2 - 1e-6
    assert all(height / 2 - 1e-6 <= place <= 100 - height / 2 + 1e-6 for place, height, _ in rows)
    assert [row[2] for row in rows] == sorted(wanted)


def test_labels_with_room_stay_where_they_are():
    """And two that collide share the move."""
    assert spread([10, 50, 90], [10, 10, 10], 0, 100) == [10, 50, 90]
    assert spread([50, 52], [10, 10], 0, 100) == [46, 56]


@given(NUMBERS, st.sampled_from(["freedman-diaconis", "sturges"]))
@settings(max_examples=200, deadline=None)
def test_every_number_falls_into_one_class_of_equal_width(numbers, rule):
    """Edges are evenly spaced, hold all numbers, and are few."""
    edges = edges_of(numbers, rule)
    assert sum(counts_in(numbers, edges)) == len(numbers)
    assert len({high - low for low, high in pairwise(edges)}) == 1
    assert 2 <= len(edges) <= 32


def test_a_class_holds_its_lower_edge():
    """Only the last class holds its upper edge too."""
    assert counts_in([Decimal(n) for n in (0, 10, 20, 30)], [Decimal(n) for n in (0, 10, 20, 30)]) == [1, 1, 2]


@pytest.mark.parametrize(
    ("values", "kind", "ticks"),
    [
        (range(2014, 2026), "year", ["2015", "2017", "2019", "2021", "2023", "2025"]),
        (["2019", "2021", "2026"], "year", ["2019", "2021", "2026"]),
        (["Mar 2024", "Sep 2024", "Mar 2025"], "month", ["Mar 2024", "Sep", "Mar 2025"]),
        ([f"{year}-12-31" for year in (2024, 2025)], "day", ["31\u00a0Des 2024", "31\u00a0Des 2025"]),
        (["Triwulan I", "Triwulan II"], "category", ["Triwulan I", "Triwulan II"]),
        ([2020, 2019], "category", ["2020", "2019"]),
        ([2024], "year", ["2024"]),
        (
            [date(2026, 1, 1) + timedelta(day) for day in range(500)],
            "day",
            ["Jan 2026", "Apr", "Jul", "Okt", "Jan 2027", "Apr"],
        ),
    ],
)
def test_ticks_stand_where_people_count(values, kind, ticks):
    """Years at years, months at their first day, seldom reported days at themselves; the year is said once."""
    moments = Moments.of(values, "id")
    assert moments.kind == kind
    assert [f"{tick.label} {tick.below}".strip() for tick in moments.ticks(6)] == ticks


@given(st.dates(date(1950, 1, 1), date(2050, 1, 1)), st.integers(1, 400), st.integers(2, 120), st.integers(2, 9))
@settings(max_examples=200, deadline=None)
def test_ticks_are_few_and_inside(first, gap, count, most):
    """Whatever the dates, at most as many ticks as asked for, from 0 to 1, going forward."""
    moments = Moments.of([first + timedelta(gap * number) for number in range(count)], "en")
    places = [tick.place for tick in moments.ticks(most)]
    assert 1 <= len(places) <= most
    assert places == sorted(places)
    assert places[0] >= 0 and places[-1] <= 1
    assert moments.places[0] == 0 and moments.places[-1] == 1
