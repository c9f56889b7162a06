"""Lines over time: series named at their ends, one in colour and the rest grey, gaps where values are missing.

The axis of values may leave zero out, which is then said below; provisional values are dashed, with an asterisk. A
missing value is never joined over: the line breaks, and the gap is hatched.
"""

from __future__ import annotations

from collections.abc import Sequence

from assetgen.charts._kit.chart import Chart, ChartKit
from assetgen.charts._kit.options import MANY_SERIES, REFERENCE, Options
from assetgen.charts._kit.rows import Row
from assetgen.charts._series.courses import BASELINE, draw_courses

OPTIONS = {**MANY_SERIES, **REFERENCE, **BASELINE}
SAMPLE = {
    "rows": [
        {"label": 2018, "laki": 68.3, "perempuan": 51.9, "sementara": ""},
        {"label": 2019, "laki": 68.9, "perempuan": 51.8, "sementara": ""},
        {"label": 2020, "laki": 68.5, "perempuan": 53.1, "sementara": ""},
        {"label": 2021, "laki": 68.2, "perempuan": 53.3, "sementara": ""},
        {"label": 2022, "laki": 69.3, "perempuan": 53.4, "sementara": ""},
        {"label": 2023, "laki": None, "perempuan": 54.5, "sementara": ""},
        {"label": 2024, "laki": 70.9, "perempuan": 55.4, "sementara": ""},
        {"label": 2025, "laki": 71.2, "perempuan": 56.1, "sementara": "ya"},
    ],
    "options": {
        "series": ["laki", "perempuan"],
        "names": ["Laki-laki", "Perempuan"],
        "highlight": "Perempuan",
        "style": "percent",
        "provisional": "sementara",
        "subject": "Angka partisipasi kerja, 2018–2025",
    },
}


def draw(rows: Sequence[Row], options: Options, kit: ChartKit) -> Chart:
    """Return the chart; raises LayoutError when series have no room for their names."""
    name = "Diagram garis" if kit.language == "id" else "Line chart"
    return draw_courses(name, rows, options, kit)
