"""Refuse to make an asset, with a reason: `{% if not found %}{{ refuse("the region is not in the list") }}{% endif %}`.

A layout uses it for what its fields alone cannot say: that two of them contradict each other, or that something which
must never be shown would be. Options: none.
"""

from __future__ import annotations

from markupsafe import Markup

from assetgen.errors import FieldError
from assetgen.template import FilterKit

SAMPLE = "made{% if false %}{{ refuse('never') }}{% endif %}"


def apply(value: object, kit: FilterKit) -> Markup:  # noqa: ARG001 — every filter takes a kit
    """Raise FieldError with the reason."""
    raise FieldError(Markup(str(value)).striptags())
