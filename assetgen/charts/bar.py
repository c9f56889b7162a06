"""Horizontal bars, for comparing and ranking: sorted, each with its name and number, from a line at zero.

Names stand beside the bars, or above them where they are long. A missing value is hatched and says so; the bars that do
not fit are counted below, or added up with `rest="sum"`.
"""

from __future__ import annotations

from collections.abc import Sequence

from assetgen.charts._kit.bars import Mark, Side, draw_bars
from assetgen.charts._kit.canvas import Canvas
from assetgen.charts._kit.chart import Chart, ChartKit
from assetgen.charts._kit.options import ONE_SERIES, REFERENCE, Options
from assetgen.charts._kit.rows import Row
from assetgen.model import Rectangle

OPTIONS = {**ONE_SERIES, "reference": REFERENCE["reference"], "reference_label": REFERENCE["reference_label"]}
SAMPLE = {
    "rows": [
        {"label": "Papua", "value": 26.8},
        {"label": "Nusa Tenggara Timur", "value": 19.02},
        {"label": "Maluku", "value": 15.78},
        {"label": "Aceh", "value": 12.64},
        {"label": "Jawa Tengah", "value": 9.58},
        {"label": "Bali", "value": 3.8},
        {"label": "Papua Pegunungan", "value": None},
    ],
    "options": {
        "style": "percent",
        "highlight": "Aceh",
        "reference": 8.57,
        "reference_label": "Rata-rata Indonesia",
        "subject": "Penduduk miskin menurut provinsi",
    },
}


def draw(rows: Sequence[Row], options: Options, kit: ChartKit) -> Chart:
    """Return the chart; raises LayoutError when not even two names fit with their bars."""

    def bar(canvas: Canvas, area: Rectangle, negative: bool, colour: str) -> int:
        if area.width < 1:
            return canvas.next_mark()
        side: Side = "left" if negative else "right"
        return canvas.box(area, colour, side, kit.radius(area.height, side))

    return draw_bars(rows, options, kit, Mark(bar, ("Diagram batang", "Bar chart")))
