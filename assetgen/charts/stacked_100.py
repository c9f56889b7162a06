"""Bars of parts end to end, each as long as the others: what wholes are made of, in hundredths.

Shares are worked out from the values (`style="percent"` with rows that make 100 are taken as they are). Where rounded
shares do not make 100, the foot says so. A row with a missing part is hatched as a whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assetgen.charts._kit.alt import many_sentences
from assetgen.charts._kit.bars import nothing
from assetgen.charts._kit.chart import Chart, ChartKit
from assetgen.charts._kit.notes import finished
from assetgen.charts._kit.numbers import Writer, shares_add_up, writer_for
from assetgen.charts._kit.options import MANY_SERIES, Options
from assetgen.charts._kit.rows import Category, Data, Point, Row, read_many
from assetgen.charts._kit.series import COLOURS
from assetgen.charts._kit.stacks import UNKNOWN, Plan, Stack, draw_stacks, refuse_negative, total_of
from assetgen.charts._kit.words import word

OPTIONS = {
    **MANY_SERIES,
    "colours": COLOURS,
    "rest": "what happens to rows that do not fit: cut (default), sum or refuse",
}
SAMPLE = {
    "rows": [
        {"label": "Jakarta", "puas": 61, "cukup": 27, "tidak": 12},
        {"label": "Surabaya", "puas": 54, "cukup": 33, "tidak": 13},
        {"label": "Makassar", "puas": 48, "cukup": 31, "tidak": 21},
        {"label": "Jayapura", "puas": 37, "cukup": 38, "tidak": 25},
    ],
    "options": {
        "series": ["puas", "cukup", "tidak"],
        "names": ["Puas", "Cukup puas", "Tidak puas"],
        "highlight": "Puas",
        "subject": "Kepuasan atas layanan kependudukan menurut kota",
    },
}
HUNDRED = Decimal(100)


def draw(rows: Sequence[Row], options: Options, kit: ChartKit) -> Chart:
    """Return the chart; raises LayoutError for negative parts, and when not even two rows fit."""
    given = read_many(rows, options)
    refuse_negative(given, kit)
    data = Data(tuple(_shares(category) for category in given.categories), given.series, given.mine)
    writer = writer_for([], options, kit.language, "percent")

    def stack(category: Category) -> Stack:
        if any(point.number is None for point in category.points):
            return UNKNOWN
        return Stack(tuple((point.number or Decimal(0), writer.label(point)) for point in category.points))

    notes = () if all(_adds_up(category, writer) for category in data.categories) else (word("rounded", kit.language),)
    canvas, kept = draw_stacks(data, options, kit, Plan(stack, nothing, notes))
    name = "Diagram batang komposisi" if kit.language == "id" else "Composition bar chart"
    return finished(canvas, many_sentences(name, kept, options, writer), options, kit)


def _shares(category: Category) -> Category:
    """Return a category with its parts in hundredths of their sum; a missing part leaves all of them unknown."""
    total = total_of(category)
    if not total.number:
        return Category(
            category.label, tuple(Point(total.value) for _ in category.points), category.mine, category.rest
        )
    if total.number == HUNDRED:
        return category
    points = tuple(Point(point.value / total.value * 100, point.sign) for point in category.points)
    return Category(category.label, points, category.mine, category.rest)


def _adds_up(category: Category, writer: Writer) -> bool:
    known = [point.number for point in category.points if point.number is not None]
    return len(known) < len(category.points) or shares_add_up(known, writer, HUNDRED)
