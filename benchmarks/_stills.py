"""Choose the richest built-in layout and return its example in many variations: what the still benchmarks make.

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
from assetgen.layout import Layout
from assetgen.model import Placement

BRAND, LANGUAGE = "lentera", "id"


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
        return {name: _varied(value, number) if name in self.texts else value for name, value in self.example.items()}

    def describe(self) -> str:
        """Name the layout, the placement and the size."""
        return f"{self.layout.slug}, {self.placement.name}, {self.placement.size}, brand {self.brand.slug}"


def richest(name: str = "instagram/feed-portrait") -> Subject:
    """Return the built-in layout whose example makes the most: a photo counts as 500 elements."""
    place, brand = placement.load(name), Brand.load(BRAND)
    photos = Path(tempfile.mkdtemp(prefix="assetgen-bench-"))
    _write_photo(photos / "photo.jpg")
    weighed = [_weighed(folder, brand, place, photos) for folder in parts.kit_names("layouts").values()]
    return max(filter(None, weighed), key=lambda one: one[0])[1]


def _write_photo(path: Path) -> None:
    """Write a photo of 12 megapixels with soft shapes and grain, the same every time."""
    grain = numpy.random.default_rng(7)
    coarse = grain.integers(40, 220, (15, 20, 3), numpy.uint8)
    soft = Image.fromarray(coarse).resize((4000, 3000), Image.Resampling.BICUBIC)
    noise = grain.normal(0, 6, (3000, 4000, 1))
    pixels = numpy.clip(numpy.asarray(soft, numpy.int16) + noise, 0, 255).astype(numpy.uint8)
    Image.fromarray(pixels).save(path, quality=90)


def _varied(value: Any, number: int) -> Any:
    return [f"{item} {number}" for item in value] if isinstance(value, list) else f"{value} {number}"


def _weighed(folder: Path, brand: Brand, place: Placement, photos: Path) -> tuple[int, Subject] | None:
    try:
        layout = Layout.load(folder)
        images = {name: "photo.jpg" for name, field in layout.fields.items() if field.type == "image"}
        example = {**layout.example()[LANGUAGE], **images}
        binder = Binder.of(layout, brand)
        page = binder.bind(example, place, LANGUAGE, photos).pages[0]
    except (AssetgenError, KeyError) as error:  # a layout at work is passed over, and named
        print(f"{folder.name} is left out: {str(error).splitlines()[0]}")
        return None

    def takes(name: str) -> bool:
        """Tell whether a layout takes another text in a field: some name what is elsewhere in the record."""
        try:
            binder.bind({**example, name: _varied(example[name], 1)}, place, LANGUAGE, photos)
        except AssetgenError:
            return False
        return True

    texts = frozenset(name for name in example if layout.fields[name].type in ("text", "list") and takes(name))
    return page.html.count("data-n=") + 500 * len(page.photos), Subject(layout, brand, place, example, photos, texts)
