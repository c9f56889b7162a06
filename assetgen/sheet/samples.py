"""Make the sample assets of a sheet: some layouts with their own examples, as they look in the brand."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from assetgen import parts, placement
from assetgen.brand import Brand
from assetgen.layout import Layout
from assetgen.model import Placement
from assetgen.studio import Studio, Wish

if TYPE_CHECKING:
    from PIL.Image import Image

# By name of the picture in the template: the shape that is wanted.
SHAPES = ("portrait", "story", "square", "wide")


def samples_of(brand: Brand, language: str, studio: Studio) -> Iterator[tuple[str, bytes]]:
    """Yield a PNG picture for each shape, each of another layout: those that the kit names, else some of all."""
    layouts = _layouts(brand)
    for number, shape in enumerate(SHAPES):
        fitting = [one for one in layouts if shape in one.shapes]
        if fitting:
            layout = fitting[number % len(fitting)]
            example = layout.example()
            spoken = language if language in example else next(iter(example))
            wish = Wish(example[spoken], _place(shape), spoken, folder=layout.folder)
            yield f"sample:{shape}", _encoded(studio.make(layout, brand, wish).image)


def _encoded(image: Image) -> bytes:
    """Return a picture as a file that engines read, without loss."""
    stream = BytesIO()
    image.save(stream, "PNG", compress_level=1)
    return stream.getvalue()


def _layouts(brand: Brand) -> list[Layout]:
    """Return the layouts to show; of all, four that stand far from one another in their order."""
    names = sorted(parts.kit_names("layouts"))
    spread = [names[step * (len(names) - 1) // (len(SHAPES) - 1)] for step in range(len(SHAPES))]
    return [Layout.load(name) for name in brand.samples or spread]


def _place(shape: str) -> Placement:
    """Return the first placement of a shape that takes a single picture of usual size and draws least over it."""
    fitting = [one for one in placement.all() if one.shape == shape and one.kind == "image" and one.count_min == 1]
    return min(fitting, key=lambda one: (abs(one.size.width - 1080), len(one.covered), one.name))
