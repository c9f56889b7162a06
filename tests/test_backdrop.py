"""Backdrops painted once: found again for pages that differ in words alone, painted anew for all others."""

import io
from dataclasses import replace

import numpy
import pytest
from PIL import Image

from assetgen import parts, placement
from assetgen.backdrop import BACKDROP_SCALE, Backdrops, Painting, paint_backdrop
from assetgen.bind import Binder
from assetgen.brand import Brand
from assetgen.layout import Layout
from assetgen.model import Page, Photo, Size
from assetgen.paint import Painter

FONTS = Brand.load("lentera").font_files
STYLE = """
.canvas { background: #ffffff; width: 1080px; height: 1080px; display: flex; flex-direction: column; color: #000000 }
.words { font-size: 60px; max-width: 700px } .card { background: #0000ff; width: 200px; height: 200px }
.mark { background: #ff0000; color: #000000 }
"""


@pytest.fixture(scope="module")
def engine():
    with Painter() as painter:
        yield painter.engine


def page(inner, style=STYLE):
    return Page(f'<div class="canvas" data-n="0">{inner}</div>', (style,), Size(1080, 1080), FONTS)


def again(engine, first, second):
    """Return what is found for the second page, when the first was painted before it."""
    backdrops = Backdrops(engine)
    backdrops.paint(first, engine.measure(first))
    found = backdrops.find(second, engine.measure(second))
    return found and found.frame


def words(text):
    return page(f'<p class="words" data-n="1">{text}</p>')


def test_other_words_share_a_backdrop(engine):
    found = again(engine, words("Tujuh ribu"), words("Delapan belas ribu lima ratus orang"))
    assert found is not None
    assert found.size == Size(1080 // BACKDROP_SCALE, 1080 // BACKDROP_SCALE)


def test_what_a_picture_says_to_those_who_do_not_see_it_changes_no_backdrop(engine):
    def told(text):
        picture = f'<svg data-n="2" alt="{text}" width="90" height="90"><path d="M0 0h90v90z"/></svg>'
        return page(f'<p class="words" data-n="1">Satu</p>{picture}')

    assert again(engine, told("Gunung dari selatan"), told("Gunung dari utara, setelah hujan")) is not None


def test_struck_words_share_a_backdrop_without_their_strokes(engine):
    """Strokes through words are as invisible as the words: the backdrop is plain paper."""

    def struck(text):
        return page(
            f'<p class="words struck" data-n="1">{text}</p>', STYLE + ".struck{text-decoration:line-through #f00}"
        )

    found = again(engine, struck("Satu dua"), struck("Satu dua tiga empat"))
    assert found is not None
    assert (found.array == 255).all()


def test_a_moved_ground_is_painted_anew(engine):
    def above(text):
        return page(f'<p class="words" data-n="1">{text}</p><div class="card" data-n="2"></div>')

    assert again(engine, above("Satu"), above("Dua")) is not None
    assert again(engine, above("Satu"), above("Dua " * 40)) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda one: replace(one, html=one.html.replace("words", "card")),
        lambda one: replace(one, html=one.html.replace("<p ", '<p style="background:#00ff00" ')),
        lambda one: replace(one, stylesheets=(STYLE, ".canvas { background: #00ff00 }")),
        lambda one: replace(one, html=one.html.replace("Satu", "Satu 🌋")),
        lambda one: replace(one, html=one.html.replace("Satu", '<span class="mark" data-n="2">Satu</span>')),
    ],
    ids=["class", "style", "stylesheet", "emoji", "marked"],
)
def test_what_paints_something_else_is_painted_anew(engine, change):
    assert again(engine, words("Satu"), change(words("Satu"))) is None


def test_icons_may_follow_the_text_beside_them_unless_it_comes_near(engine):
    def line(text, gap=40):
        icon = '<svg class="icon" viewBox="0 0 9 9" data-n="3"><path d="M0 0h9v9z"></path></svg>'
        inner = f'<div class="line" data-n="1"><p class="words" data-n="2">{text}</p>{icon}</div>'
        return page(inner, f"{STYLE}.line {{ display: flex }} .icon {{ width: 60px; margin-left: {gap}px }}")

    assert again(engine, line("Tujuh"), line("Dua")) is not None
    assert again(engine, line("Dua"), line("Tujuh ribu")) is None  # its words lie where the icon stood
    assert again(engine, line("Tujuh", gap=2), line("Dua", gap=2)) is None
    glowing = [replace(one, stylesheets=(*one.stylesheets, ".line { filter: blur(40px) }")) for one in map(line, "AI")]
    assert again(engine, *glowing) is None


def test_a_photo_may_be_any_unless_text_comes_near(engine):
    def beside(colour, text="Satu", top=600):
        inner = f'<p class="words" data-n="1">{text}</p><img class="shot" src="field:photo" data-n="2">'
        shot = f".shot {{ position: absolute; top: {top}px; left: 20px; width: 90px; height: 90px }}"
        picture = io.BytesIO()
        Image.new("RGB", (90, 90), colour).save(picture, "PNG")
        shown = {"field:photo": picture.getvalue()}
        return replace(
            page(inner, f"{STYLE}.canvas {{ position: relative }} {shot}"),
            pictures=shown,
            photos={"field:photo": Photo(b"", "photo.jpg")},
        )

    assert again(engine, beside("red"), beside("blue")) is not None
    assert again(engine, beside("red"), beside("blue", "Satu " * 99)) is None
    assert again(engine, beside("red", top=20), beside("blue", top=20)) is None
    assert again(engine, beside("red", top=20), beside("red", "Dua", top=20)) is not None


def test_inline_grounds_follow_their_lines(engine):
    def marked(text):
        return page(f'<p class="words" data-n="1">Satu <span class="mark" data-n="2">{text}</span></p>')

    assert again(engine, marked("dua"), marked("dua")) is not None
    assert again(engine, marked("dua"), marked("sembilan belas")) is None


def test_a_style_that_nobody_knows_counts_as_painting():
    quiet, unknown = ".words { font-size: 60px }", ".words { corner-shape: bevel }"
    assert Painting.of(words("Satu")).elements == {0}
    inner = '<p class="words" data-n="1">Satu</p>'
    assert Painting.of(page(inner, quiet)).elements == frozenset()
    assert Painting.of(page(inner, unknown)).elements == {1}
    assert Painting.of(page(inner, "p:unheard(x) { background: red }")).elements == {0, 1}


@pytest.mark.parametrize("brand", sorted(parts.kit_names("brand")))
@pytest.mark.parametrize("name", sorted(parts.kit_names("layouts")))
def test_a_backdrop_that_is_found_is_the_one_that_would_be_painted(name, brand, engine):
    """Shown on every layout: behind each text, what is found for a second title is what painting it gives."""
    layout = Layout.load(parts.kit_names("layouts")[name])
    binder = Binder.of(layout, Brand.load(brand))
    example = layout.example()["id"]
    texts = [key for key, value in example.items() if isinstance(value, str) and layout.fields[key].type == "text"]
    field = next((key for key in texts if len(example[key]) >= 16), texts[0])
    backdrops, shared = Backdrops(engine), 0
    places = map(placement.load, ("instagram/feed-portrait", "x/post", "instagram/story"))
    for place in [place for place in places if place.shape in layout.shapes][:2]:
        for ending in ("", "!", " 2", " dan lagi"):
            title = example[field][: len(example[field]) // 2 + 1] if ending else example[field]
            given = {**example, field: f"{title}{ending}"}
            one = binder.bind(given, place, "id", layout.folder).pages[0]
            boxes = engine.measure(one)
            found = backdrops.find(one, boxes)
            if found is None:
                backdrops.paint(one, boxes)
                continue
            shared += 1
            painted = paint_backdrop(one, engine)
            for area in (run.rectangle for box in boxes for run in box.runs):
                rows = slice(int(max(0, area.top) / BACKDROP_SCALE), int(area.bottom / BACKDROP_SCALE) + 1)
                columns = slice(int(max(0, area.left) / BACKDROP_SCALE), int(area.right / BACKDROP_SCALE) + 1)
                same = numpy.array_equal(found.frame.array[rows, columns], painted.array[rows, columns])
                assert same, (place.name, ending, area)
    assert shared
