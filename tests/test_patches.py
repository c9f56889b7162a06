"""Photos are taken from a page that was painted before where nothing comes near them, and the pixels are the same."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy
import pytest
from PIL import Image

from assetgen import parts, placement
from assetgen.backdrop import MAX_PATCHED, Backdrops
from assetgen.bind import Binder
from assetgen.brand import Brand
from assetgen.layout import Layout
from assetgen.model import Page, Photo, Size
from assetgen.paint import Painter

FONTS = Brand.load("lentera").font_files
STYLE = """
.canvas { background: #ffffff; width: 1080px; height: 1080px; color: #000000; position: relative }
.words { position: absolute; left: 40px; top: 20px; font-size: 60px; width: 900px }
.photo { position: absolute; left: 400.5px; top: 300px; width: 500px; height: 480px; border-radius: 60px }
.icon { position: absolute; width: 80px; height: 80px; left: 40px; top: 900px }
"""
WITH_PHOTO = sorted(
    name
    for name, folder in parts.kit_names("layouts").items()
    if any(field.type == "image" for field in Layout.load(folder).fields.values())
)


def photo_bytes(width=900, height=800) -> bytes:
    grain = numpy.random.default_rng(5).integers(0, 255, (height, width, 3), numpy.uint8)
    stream = io.BytesIO()
    Image.fromarray(grain).save(stream, "JPEG")
    return stream.getvalue()


PHOTO = Photo(photo_bytes(), "photo.jpg")


def page(text, more="", style=STYLE):
    inner = f'<p class="words" data-n="1">{text}</p><img class="photo" src="field:photo" data-n="2">{more}'
    html = f'<div class="canvas" data-n="0">{inner}</div>'
    return Page(html, (style,), Size(1080, 1080), FONTS, photos={"field:photo": PHOTO})


class Watching:
    """An engine that notes of every page that it paints whether it was given the photo."""

    def __init__(self, engine) -> None:
        self.engine, self.given = engine, []

    def __getattr__(self, name):
        return getattr(self.engine, name)

    def paint(self, page):
        self.given.append("field:photo" in page.pictures)
        return self.engine.paint(page)


def painted(*pages):
    """Return the last of some pages painted one after another, and whether the engine was given its photo."""
    with Painter() as painter:
        painter.engine = watching = Watching(painter.engine)
        painter._backdrops._engine = watching
        for one in pages:
            last = painter.paint_page(one)
            assert last.backdrop.size.width
        return last.frame, watching.given[-1]


def test_a_photo_far_from_text_is_taken_from_the_page_before():
    """Its pixels are those that painting it again gives, round corners and half pixels included."""
    first, second = page("Tujuh ribu"), page("Delapan belas ribu orang")
    frame, given = painted(first, second)
    alone, given_alone = painted(second)
    assert (given, given_alone) == (False, True)
    assert frame.pixels == alone.pixels


def beside(text):
    icon = '<svg class="icon" viewBox="0 0 9 9" style="top:760px;left:500px" data-n="3"><path d="M0 0h9v9"/></svg>'
    return page(text, icon)


def shadowed(text):
    return page(text, style=STYLE + ".words { text-shadow: 0 0 200px #ff0000 }")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (page("Satu"), page("Kata " * 40)),
        (beside("Satu"), beside("Dua")),
        (shadowed("Satu"), shadowed("Dua")),
        (page("Satu"), replace(page("Dua"), photos={"field:photo": Photo(photo_bytes(300), "other.jpg")})),
    ],
    ids=["text", "icon", "shadow", "other"],
)
def test_a_photo_is_painted_where_something_comes_near_or_it_is_another(first, second):
    """Long text over it, an icon beside it, a shadow that reaches it, or another photo."""
    frame, given = painted(first, second)
    assert given
    assert frame.pixels == painted(second)[0].pixels


def test_few_patches_are_kept():
    """Of more backdrops than are kept in full size, the oldest lose their photos, and pages are painted as ever."""
    pages = [page("Satu", style=f"{STYLE}.canvas {{ opacity: 0.9{number} }}") for number in range(MAX_PATCHED + 2)]
    with Painter() as painter:
        backdrops = Backdrops(painter.engine)
        ready = [painter.paint_page(one, ahead=False) for one in pages]
        for one in ready:
            backdrops.paint(one.page, one.boxes)
        kept = [len(backdrops.find(one.page, one.boxes).patches) for one in ready]
    assert kept == [0, 0] + [1] * MAX_PATCHED


@pytest.mark.parametrize("name", WITH_PHOTO)
def test_every_layout_with_a_photo_keeps_its_pixels(name, tmp_path):
    """Painted second, with a photo that was seen before, a page is what it is when it is painted alone."""
    (tmp_path / "photo.jpg").write_bytes(PHOTO.data)
    layout = Layout.load(parts.kit_names("layouts")[name])
    brand = Brand.load(sorted(parts.kit_names("brand"))[len(name) % 5])
    binder = Binder.of(layout, brand)
    images = {key: "photo.jpg" for key, field in layout.fields.items() if field.type == "image"}
    example = {**layout.example()["id"], **images}
    texts = [key for key, value in example.items() if isinstance(value, str) and layout.fields[key].type == "text"]
    field = next((key for key in texts if len(example[key]) >= 16), texts[0])
    shorter = {**example, field: example[field][: len(example[field]) // 2 + 1]}
    for place in map(placement.load, ("instagram/feed-portrait", "x/post")):
        if place.shape not in layout.shapes:
            continue
        with Painter() as together, Painter() as alone:
            [one.backdrop for one in together.paint(binder.bind(example, place, "id", tmp_path))]
            second = binder.bind(shorter, place, "id", tmp_path)
            pairs = zip(together.paint(second), alone.paint(second), strict=True)
            assert all(one.frame.pixels == other.frame.pixels for one, other in pairs), place.name
