"""Tell a chart in words for the alt text: `{{ chart_alt("bar", items, subject="Penduduk, 2025", limit=300) }}`.

Options: the same ones that the chart was drawn with; `limit` is how many characters the text may have.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from markupsafe import Markup

from assetgen.charts._kit.chart import alt_text, tell_chart
from assetgen.filters.chart import setting_of
from assetgen.template import FilterKit

SAMPLE = "{{ chart_alt('bar', [{'label': 'Aceh', 'value': 5}, {'label': 'Riau', 'value': 3}], subject='Uji') }}"
LIMIT = 420


def apply(value: object, kit: FilterKit, rows: Any = None, **options: Any) -> Markup:
    """Return the alt text of a chart, its numbers as facts; raises LayoutError as `chart` does."""
    given = options.get("limit")
    limit = int(given) if isinstance(given, (int, Decimal)) else LIMIT
    return alt_text(tell_chart(str(value), rows, options, setting_of(kit)), limit)
