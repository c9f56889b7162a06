"""Draw charts for tests, and read from their markup where every label landed."""

from __future__ import annotations

import re
from functools import cache

from hypothesis import strategies as st

from assetgen.brand import Brand
from assetgen.charts._kit.chart import SIZES, Setting, draw_chart
from assetgen.model import Rectangle

NUMBERS = st.one_of(st.none(), st.decimals(-(10**7), 10**7, places=1), st.integers(0, 100))
PLACE = ("left", "top", "width", "height")


@cache
def look(brand="lentera"):
    return Brand.load(brand).look


def drawn(kind, rows, shape="portrait", brand="lentera", language="id", **options):
    return draw_chart(kind, rows, options, Setting(look(brand), language, shape))


def labels(chart):
    """Return text and ink rectangle of every label."""
    found = []
    for style, inside in re.findall(r'<p [^>]*style="([^"]*)"[^>]*>(.*?)</p>', chart.markup, re.S):
        left, top, width, height = (float(re.search(rf"{name}:(-?[\d.]+)px", style)[1]) for name in PLACE)
        slack = width * 0.03 + 4
        start = {"left": left, "center": left + slack / 2, "right": left + slack}[
            re.search(r"text-align:(\w+)", style)[1]
        ]
        ink = Rectangle(start, top + height * 0.14, start + width - slack, top + height * 0.86)
        found.append((re.sub(r"<[^>]+>", " ", inside).strip(), ink))
    return found


def assert_apart(chart, shape):
    """All labels are inside, none covers another."""
    width, height, _ = SIZES[shape]
    placed = labels(chart)
    for number, (text, ink) in enumerate(placed):
        assert ink.outside(Rectangle(0, 0, width, height)) <= 1, text
        for other, covered in placed[number + 1 :]:
            assert not ink.overlap(covered), (text, other)
