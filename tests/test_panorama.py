"""Photos across the seams of a carousel: pieces join to the one photo, in the order in which slides are read."""

import io

import numpy
import pytest
from PIL import Image

from assetgen import placement
from assetgen.bind import Binder
from assetgen.brand import Brand
from assetgen.layout import Layout
from assetgen.model import Size
from assetgen.paint import Painter
from assetgen.pictures import fit_picture

SETTINGS = """\
title = "Panorama"
description = "A photo across slides."
shapes = ["square", "portrait", "story", "wide", "landscape"]
carousel = true
[fields.title]
[fields.photo]
type = "image"
[alt]
id = "{{ title }}"
ar = "{{ title }}"
"""
STYLES = """\
.page { background: #ffffff; color: #111111 }
.photo { position: absolute; left: 0; top: 200px; width: 1080px; height: 700px }
"""
SHOWN = '<section class="page"><img class="photo" src="{{ photo }}" data-panorama="a" alt=""></section>'
PLAIN = '<section class="page"><h1>{{ title }}</h1></section>'
FOCUS = (0.5, 0.8)


@pytest.fixture(scope="module")
def painter():
    with Painter() as painter:
        yield painter


@pytest.fixture(scope="module")
def photo():
    """Return a picture that is nowhere like itself: waves of different lengths in each channel."""
    across, down = numpy.meshgrid(numpy.arange(1900), numpy.arange(1300))
    waves = [128 + 100 * numpy.sin(across / one + down / other) for one, other in ((31, 70), (53, 41), (97, 29))]
    return Image.fromarray(numpy.dstack(waves).astype(numpy.uint8))


@pytest.fixture
def bands(tmp_path, painter, photo):
    """Return a function that makes the slides of a set and returns the part of each where the photo stands."""

    def make(html, slot="instagram/carousel", language="id"):
        for name, text in (("layout.toml", SETTINGS), ("layout.html", html), ("layout.css", STYLES)):
            (tmp_path / name).write_text(text, "utf-8")
        stream = io.BytesIO()
        photo.save(stream, "PNG")
        (tmp_path / "photo.png").write_bytes(stream.getvalue())
        given = {"title": "Panorama", "photo": {"file": "photo.png", "focus": list(FOCUS)}}
        place = placement.load(slot)
        composition = Binder.of(Layout.load(tmp_path), Brand.load("lentera")).bind(given, place, language, tmp_path)
        scale = place.size.width / 1080
        top, bottom = round(200 * scale), round(900 * scale)
        return [page.frame.array[top:bottom, :, :3].astype(int) for page in painter.paint(composition)]

    return make


def over(photo, count):
    return numpy.asarray(fit_picture(photo, Size(1080 * count, 700), FOCUS)).astype(int)


def differs(one, other):
    return numpy.abs(one - other).mean()


@pytest.mark.parametrize("count", [2, 3, 5])
def test_slides_joined_are_the_photo_drawn_over_them_all(bands, photo, count):
    """To within the noise of JPEG, and no more of it at the seams than elsewhere; a slide without it ends it."""
    *shown, last = bands(SHOWN * count + PLAIN)
    joined, whole = numpy.concatenate(shown, axis=1), over(photo, count)
    assert differs(joined, whole) < 1.5
    seams = [1080 * at + side for at in range(1, count) for side in (-1, 0)]
    assert differs(joined[:, seams], whole[:, seams]) < 3
    assert not numpy.ptp(last, axis=(0, 1)).any()


def test_slides_read_from_the_right_join_from_the_right(bands, photo):
    """The second slide lies left of the first, and the photo itself is not mirrored."""
    first, second = bands(SHOWN * 2, language="ar")
    assert differs(numpy.concatenate([second, first], axis=1), over(photo, 2)) < 1.5


@pytest.mark.parametrize(
    ("html", "slot"),
    [(SHOWN + PLAIN + SHOWN, "instagram/carousel"), (SHOWN * 2, "telegram/album")],
    ids=["not neighbours", "a grid"],
)
def test_slides_that_stand_apart_have_the_whole_photo(bands, photo, html, slot):
    """Where no neighbour goes on with it, and where a platform may set pictures below one another."""
    pages = bands(html, slot)
    assert differs(pages[0], over(photo, 1)) < 1.5
    assert differs(pages[-1], over(photo, 1)) < 1.5
