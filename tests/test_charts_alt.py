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
