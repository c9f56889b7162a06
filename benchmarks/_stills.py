"""Take typical built-in layouts and return their examples in many variations: what the still benchmarks make.

Layouts that take a photo get one, made here: a photo page is what campaigns are full of, and what browsers are slow at.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy
from PIL import Image

from assetgen import parts, placement
from assetgen.bind import Binder
from assetgen.brand import Brand
from assetgen.errors import AssetgenError
from assetgen.layout import FieldSpec, Layout
from assetgen.model import Placement

BRAND, LANGUAGE, PLACE = "lentera", "id", "instagram/feed-portrait"
# The bars are set on the first, with its photo; the others are a page of two photos, figures, and two lists. They are
# named here, so that what is measured stays the same while the library grows.
BAR_LAYOUT, *OTHERS = "announcement", "before-after", "statistics", "ranking", "recruitment"


@dataclass(frozen=True)
class Subject:
    """A layout with its example, where it goes, and the fields that may hold another text."""

    layout: Layout
    brand: Brand
    placement: Placement
    example: Mapping[str, Any]
    folder: Path
    texts: frozenset[str] = frozenset()

    def variation(self, number: int) -> dict[str, Any]:
        """Return the fields of another record: every text that may differ does, as from row to row of a sheet."""
        fields = self.layout.fields
        return {
            name: _varied(value, number, fields[name]) if name in self.texts else value
            for name, value in self.example.items()
        }

    def describe(self) -> str:
        """Name the layout, the placement and the size."""
        return f"{self.layout.slug}, {self.placement.name}, {self.placement.size}, brand {self.brand.slug}"


def subjects(*layouts: str) -> list[Subject]:
    """Return built-in layouts with their examples, and a photo in each field that takes one."""
    place, brand = placement.load(PLACE), Brand.load(BRAND)
    photos = Path(tempfile.mkdtemp(prefix="assetgen-bench-"))
    write_photo(photos / "photo.jpg")
    return [_subject(Layout.load(parts.kit_folder("layouts", name)), brand, place, photos) for name in layouts]


def write_photo(path: Path) -> None:
    """Write a photo of 12 megapixels with soft shapes and grain, the same every time."""
    grain = numpy.random.default_rng(7)
    coarse = grain.integers(40, 220, (15, 20, 3), numpy.uint8)
    soft = Image.fromarray(coarse).resize((4000, 3000), Image.Resampling.BICUBIC)
    noise = grain.normal(0, 6, (3000, 4000, 1))
    pixels = numpy.clip(numpy.asarray(soft, numpy.int16) + noise, 0, 255).astype(numpy.uint8)
    Image.fromarray(pixels).save(path, quality=90)


def _varied(value: Any, number: int, spec: FieldSpec) -> Any:
    """Return the text or texts of a field with a number behind, no longer than the field takes."""
    if isinstance(value, list):
        return [f"{item} {number}" for item in value]
    behind = f" {number}"
    room = int(spec.max) - len(behind) if spec.max else None
    return f"{value[:room].rstrip()}{behind}"


def _subject(layout: Layout, brand: Brand, place: Placement, photos: Path) -> Subject:
    images = {name: "photo.jpg" for name, field in layout.fields.items() if field.type == "image"}
    example = {**layout.example()[LANGUAGE], **images}
    binder = Binder.of(layout, brand)

    def takes(name: str) -> bool:
        """Tell whether a layout takes another text in a field: some name what is elsewhere in the record."""
        try:
            varied = _varied(example[name], 1, layout.fields[name])
            binder.bind({**example, name: varied}, place, LANGUAGE, photos)
        except AssetgenError:
            return False
        return True

    texts = frozenset(name for name in example if layout.fields[name].type in ("text", "list") and takes(name))
    return Subject(layout, brand, place, example, photos, texts)
