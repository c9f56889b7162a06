"""Draw a chart from rows: `{{ chart("bar", items, highlight="Aceh") }}`; kinds are listed by `assetgen list charts`.

Options: those of the kind, as `assetgen show chart bar` tells them; all charts take `width`, `height`, `ground`,
`label`, `value`, `style`, `unit`, `decimals`, `provisional`, `subject`, `as_of`, `limit`.
"""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from assetgen.charts._kit.chart import Setting, draw_chart
from assetgen.errors import LayoutError
from assetgen.template import FilterKit

SAMPLE = "{{ chart('bar', [{'label': 'Aceh', 'value': 5}, {'label': 'Riau', 'value': 3}]) }}"


def apply(value: object, kit: FilterKit, rows: Any = None, **options: Any) -> Markup:
    """Return the chart of a kind as markup; raises LayoutError for what cannot be drawn honestly."""
    return draw_chart(str(value), rows, options, setting_of(kit)).markup


def setting_of(kit: FilterKit) -> Setting:
    """Return where a chart is drawn; raises LayoutError where there is no brand to draw with."""
    if kit.look is None:
        raise LayoutError("charts are drawn in layouts only: there is no brand here")
    return Setting(kit.look, kit.language, kit.shape, kit.icons)
