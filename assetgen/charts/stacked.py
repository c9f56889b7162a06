"""Bars of parts end to end, for wholes that differ in size and in what they are made of: with their total at the end.

Numbers stand inside the segments that have room for them. Parts cannot be negative; a row with a missing part has no
known total, and is hatched as a whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assetgen.charts._kit.alt import many_sentences
from assetgen.charts._kit.chart import Chart, ChartKit
from assetgen.charts._kit.lanes import widest_of
from assetgen.charts._kit.notes import finished
from assetgen.charts._kit.numbers import writer_for
from assetgen.charts._kit.options import MANY_SERIES, Options
from assetgen.charts._kit.rows import Category, Row, read_many
from assetgen.charts._kit.series import COLOURS
from assetgen.charts._kit.stacks import UNKNOWN, Plan, Stack, draw_stacks, refuse_negative, total_of

OPTIONS = {
    **MANY_SERIES,
    "colours": COLOURS,
    "rest": "what happens to rows that do not fit: cut (default), sum or refuse",
}
SAMPLE = {
    "rows": [
        {"label": "2022", "pegawai": 402.4, "barang": 426.1, "modal": 240.6},
        {"label": "2023", "pegawai": 412.7, "barang": 432.7, "modal": 302.9},
        {"label": "2024", "pegawai": 467.2, "barang": 477.4, "modal": 347.5},
        {"label": "2025", "pegawai": 521.4, "barang": 342.6, "modal": 193.4},
    ],
    "options": {
        "series": ["pegawai", "barang", "modal"],
        "names": ["Belanja pegawai", "Belanja barang", "Belanja modal"],
        "decimals": 0,
        "note": "Turun tajam dari 2024",
        "note_at": "2025, Belanja modal",
        "subject": "Belanja pemerintah pusat menurut jenis, triliun rupiah",
    },
}


def draw(rows: Sequence[Row], options: Options, kit: ChartKit) -> Chart:
    """Return the chart; raises LayoutError for negative parts, and when not even two rows fit with their totals."""
    data = read_many(rows, options)
    refuse_negative(data, kit)
    totals = [total_of(category) for category in data.categories]
    known = [point.number for point in totals if point.number is not None]
    writer = writer_for([*data.numbers, *known], options, kit.language)
    first = next((category for category in data.categories if total_of(category).number is not None), None)

    def stack(category: Category) -> Stack:
        total = total_of(category)
        if total.number is None:
            return UNKNOWN
        parts = tuple((point.number or Decimal(0), writer.label(point)) for point in category.points)
        return Stack(parts, writer.label(total, unit=category.label == (first or category).label))

    labels = [writer.label(point, unit=True) for point in totals if point.number is not None]
    canvas, kept = draw_stacks(data, options, kit, Plan(stack, widest_of(labels, kit)))
    name = "Diagram batang bertumpuk" if kit.language == "id" else "Stacked bar chart"
    return finished(canvas, many_sentences(name, kept, options, writer), options, kit)
