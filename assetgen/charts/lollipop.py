"""Dots on thin stems from a line at zero: bars with less ink, for long lists and for values that lie close together.

Names, numbers, missing values and what does not fit are told as in `bar`.
"""

from __future__ import annotations

from collections.abc import Sequence

from assetgen.charts._kit.bars import Mark, draw_bars
from assetgen.charts._kit.canvas import Canvas
from assetgen.charts._kit.chart import Chart, ChartKit
from assetgen.charts._kit.options import ONE_SERIES, REFERENCE, Options
from assetgen.charts._kit.rows import Row
from assetgen.model import Rectangle

OPTIONS = {**ONE_SERIES, "reference": REFERENCE["reference"], "reference_label": REFERENCE["reference_label"]}
SAMPLE = {
    "rows": [
        {"label": "DKI Jakarta", "value": 5396761},
        {"label": "Papua", "value": 4285850},
        {"label": "Kepulauan Bangka Belitung", "value": 3876600},
        {"label": "Sulawesi Utara", "value": 3775425},
        {"label": "Aceh", "value": 3685616},
        {"label": "Jawa Barat", "value": 2191232},
        {"label": "Jawa Tengah", "value": 2169349},
    ],
    "options": {"style": "short-rupiah", "highlight": "Aceh", "subject": "Upah minimum provinsi, 2025"},
}
STEM, DOT = 5.0, 0.86


def draw(rows: Sequence[Row], options: Options, kit: ChartKit) -> Chart:
    """Return the chart; raises LayoutError when not even two names fit with their stems."""

    def dot_on_stem(canvas: Canvas, area: Rectangle, negative: bool, colour: str) -> int:
        middle, radius = (area.top + area.bottom) / 2, round(DOT * area.height / 2)
        end = area.left if negative else area.right
        stem = Rectangle(area.left, middle - STEM / 2, area.right, middle + STEM / 2)
        mark = canvas.box(stem, colour, "left" if negative else "right")
        dot = Rectangle(end - radius, middle - radius, end + radius, middle + radius)
        return canvas.box(dot, colour, "fade", f"{radius}px", mark)

    tip = lambda thickness: round(DOT * thickness / 2)  # noqa: E731 — a rule of one line
    return draw_bars(rows, options, kit, Mark(dot_on_stem, ("Diagram lolipop", "Lollipop chart"), 0.42, 0.5, tip))
