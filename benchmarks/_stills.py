"""Choose the richest built-in layout and return its example in many variations: what the still benchmarks make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assetgen import parts, placement
from assetgen.bind import Binder
from assetgen.brand import Brand
from assetgen.layout import Layout
from assetgen.model import Placement

BRAND, LANGUAGE = "lentera", "id"


@dataclass(frozen=True)
class Subject:
    """A layout with its example, and where it goes."""

    layout: Layout
    brand: Brand
    placement: Placement
    example: Mapping[str, Any]

    def variation(self, number: int) -> dict[str, Any]:
        """Return the fields with another title, so that no two stills are alike."""
        field = "title" if "title" in self.example else next(k for k, v in self.example.items() if isinstance(v, str))
        return {**self.example, field: f"{self.example[field]} {number}"}

    def describe(self) -> str:
        """Name the layout, the placement and the size."""
        return f"{self.layout.slug}, {self.placement.name}, {self.placement.size}, brand {self.brand.slug}"


def richest(name: str = "instagram/feed-portrait") -> Subject:
    """Return the built-in layout whose example makes the most: a photo counts as 50 elements."""
    place, brand = placement.load(name), Brand.load(BRAND)
    found: list[tuple[int, Subject]] = []
    folders = parts.kit_names("layouts").values()
    for folder in (folder for folder in folders if (folder / "layout.toml").is_file()):
        layout = Layout.load(folder)
        example = layout.example().get(LANGUAGE)
        if example is None or place.shape not in layout.shapes:
            continue
        page = Binder.of(layout, brand).bind(example, place, LANGUAGE, folder).pages[0]
        found.append((page.html.count("data-n=") + 50 * len(page.photos), Subject(layout, brand, place, example)))
    return max(found, key=lambda one: one[0])[1]
