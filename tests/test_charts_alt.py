"""Alt texts of charts say of nothing that it is the highest or lowest when something that is not shown is."""

import re

import pytest

from assetgen.brand import Brand
from assetgen.charts._kit.chart import Setting, draw_chart

ROWS = [{"label": f"Kota {number}", "value": 100 - number} for number in range(20)]


def told(language="id", **options):
    setting = Setting(Brand.load("lentera").look, language, "landscape")
    return [re.sub(r"<[^>]+>", "", one) for one in draw_chart("bar", ROWS, options, setting).alt]


@pytest.mark.parametrize("rest", ["cut", "sum"])
def test_the_lowest_of_what_is_shown_is_not_called_the_lowest(rest):
    sentences = told(rest=rest)
    assert "Tertinggi: Kota 0, 100." in sentences
    assert not any(one.startswith("Terendah") for one in sentences)


def test_what_is_added_up_is_not_the_highest():
    assert not any("Lainnya" in one for one in told(rest="sum") if one.startswith("Tertinggi"))


def test_a_chart_that_shows_all_rows_tells_both_ends():
    setting = Setting(Brand.load("lentera").look, "en", "portrait")
    sentences = [re.sub(r"<[^>]+>", "", one) for one in draw_chart("bar", ROWS[:5], {}, setting).alt]
    assert {"Highest: Kota 0, 100.", "Lowest: Kota 4, 96."} <= set(sentences)


@pytest.mark.parametrize("kind", ["grouped", "dumbbell", "stacked", "stacked-100", "table-bars"])
def test_the_ends_of_many_series_are_those_of_all_rows(kind):
    """Also where rows were cut: the lowest of those shown is not the lowest."""
    rows = [{"label": f"Kota {number}", "a": 100 - number, "b": 100 + number} for number in range(40)]
    setting = Setting(Brand.load("lentera").look, "id", "landscape")
    chart = draw_chart(kind, rows, {"series": ["a", "b"], "names": ["Awal", "Akhir"]}, setting)
    sentences = [re.sub(r"<[^>]+>", "", one) for one in chart.alt]
    ranges = [one for one in sentences if one.startswith(("Awal", "Akhir"))]
    assert len(ranges) == 2
    assert all("Kota 0" in one and "Kota 39" in one for one in ranges), ranges
