"""An area over time, for one amount whose size matters: always from zero, with a gap where a value is missing.

Provisional values are dashed along the edge, with an asterisk. Several amounts are drawn as lines.
"""

from __future__ import annotations

from collections.abc import Sequence

from assetgen.charts._kit.chart import Chart, ChartKit
from assetgen.charts._kit.options import REFERENCE, Options
from assetgen.charts._kit.rows import Row
from assetgen.charts._series.courses import draw_courses

OPTIONS = {**REFERENCE}
SAMPLE = {
    "rows": [
        {"label": 2017, "value": 1_460_000_000_000, "sementara": ""},
        {"label": 2018, "value": 1_590_000_000_000, "sementara": ""},
        {"label": 2019, "value": 1_755_000_000_000, "sementara": ""},
        {"label": 2020, "value": 1_310_000_000_000, "sementara": ""},
        {"label": 2021, "value": 1_420_000_000_000, "sementara": ""},
        {"label": 2022, "value": 1_775_000_000_000, "sementara": ""},
        {"label": 2023, "value": 1_980_000_000_000, "sementara": ""},
        {"label": 2024, "value": 2_140_000_000_000, "sementara": ""},
        {"label": 2025, "value": 2_305_000_000_000, "sementara": "ya"},
    ],
    "options": {
        "style": "short-rupiah",
        "provisional": "sementara",
        "note": "Pandemi: kegiatan usaha terhenti",
        "note_at": "2020",
        "subject": "Pendapatan asli daerah, 2017–2025",
    },
}


def draw(rows: Sequence[Row], options: Options, kit: ChartKit) -> Chart:
    """Return the chart; raises LayoutError where its labels have no room."""
    name = "Diagram area" if kit.language == "id" else "Area chart"
    return draw_courses(name, rows, options, kit, filled=True)
