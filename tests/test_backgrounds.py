"""Backgrounds are drawn alike every time, join themselves, stay quiet, and are the brand's to choose."""

import inspect
import io
import sys
from pathlib import Path

import numpy
import pytest
from PIL import Image

from assetgen import parts, placement
from assetgen.backgrounds._canvas import Canvas, hashed, lens
from assetgen.backgrounds._picture import picture_of, source_of
from assetgen.bind import Binder
from assetgen.brand import Brand
from assetgen.errors import LayoutError
from assetgen.layout import Layout
from assetgen.model import Severity
from assetgen.studio import Studio, Wish

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "docs"))
import make_backgrounds  # noqa: E402 — the page about them is made there

NAMES = parts.names("backgrounds")
BRANDS = tuple(parts.kit_names("brand"))
MOTIFS = ("kawung", "mega-mendung", "parang", "truntum")
TEXT = (
    '<h1 class="headline">Gotong royong menjaga kampung</h1><p class="lead">Kerja bakti serentak hari Minggu di '
    'seluruh kelurahan.</p><p style="font-size:28px">Bawa sapu, cangkul dan botol minum sendiri.</p>'
)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("scale", [0.5, 1.0, 1.5])
def test_a_background_covers_its_canvas_in_part(name, scale):
    """In every size: a share of each pixel between 0 and 1, something and not everything, the same twice."""
    canvas = Canvas(round(1080 * scale), round(608 * scale), scale)
    draw = parts.load("backgrounds", name).draw
    cover = draw(canvas)
    assert cover.shape == (canvas.height, canvas.width)
    assert cover.min() >= 0
    assert cover.max() <= 1
    assert 0.02 < cover.mean() < 0.62
    assert (draw(canvas) == cover).all()


@pytest.mark.parametrize("name", NAMES)
def test_a_background_is_quiet_and_tells_its_options(name):
    """By itself it changes the ground by 5 % on average at most; its options are the parameters of `draw`."""
    part = parts.load("backgrounds", name)
    assert part.STRENGTH * part.draw(Canvas(1080, 1350)).mean() <= 0.08
    assert list(inspect.signature(part.draw).parameters)[1:] == list(part.OPTIONS)
    assert all(part.OPTIONS.values())


@pytest.mark.parametrize("name", MOTIFS)
def test_a_motif_joins_itself(name):
    """Across the seams of its tile the cover jumps no more than it does within."""
    part = parts.load("backgrounds", name)
    cover = part.draw(Canvas(1400, 1400))
    for axis in (0, 1):
        jumps = numpy.abs(numpy.diff(cover, axis=axis)).mean(axis=1 - axis)
        assert jumps.max() <= numpy.median(jumps) * 6 + 0.05


def test_a_motif_keeps_its_size_in_larger_pictures():
    """A picture of twice the pixels shows the same drawing."""
    draw = parts.load("backgrounds", "kawung").draw
    small, large = draw(Canvas(600, 600, 1.0)), draw(Canvas(1200, 1200, 2.0))
    reduced = large.reshape(600, 2, 600, 2).mean(axis=(1, 3))
    assert numpy.abs(reduced - small).mean() < 0.02


def test_a_lens_is_as_long_and_wide_as_it_says():
    """The distance is zero at its tips and sides, negative inside, and true outside."""
    at = numpy.array([[0.0, 0.0, 5.0, 0.0, 8.0, 0.0]], dtype=numpy.float32)
    down = numpy.array([[0.0, 10.0, 0.0, -14.0, 0.0, 9.0]], dtype=numpy.float32)
    assert lens(at, down, 20, 10)[0] == pytest.approx([-5, 0, 0, 4, 3, lens(at, down, 20, 10)[0][5]], abs=1e-4)
    assert lens(at, down, 20, 10)[0][5] < 0


def test_hashed_numbers_are_spread_evenly():
    """As many in each tenth, and neighbours know nothing of each other."""
    across, down = numpy.meshgrid(numpy.arange(300), numpy.arange(300))
    values = hashed(across, down)
    counts, _ = numpy.histogram(values, bins=10, range=(0, 1))
    assert counts.min() > 8500
    assert abs(numpy.corrcoef(values[:, :-1].ravel(), values[:, 1:].ravel())[0, 1]) < 0.02
    assert abs(numpy.corrcoef(values.ravel(), hashed(across, down, 1).ravel())[0, 1]) < 0.02


def page(tmp_path, call, ground=""):
    layout = tmp_path / "layouts" / "alas"
    layout.mkdir(parents=True)
    (layout / "layout.toml").write_text(
        'title = "Alas"\ndescription = "A ground."\nshapes = ["square", "portrait", "story", "wide", "landscape"]\n'
        '[fields]\n[labels.id]\nsource = "Sumber"\n[alt]\nid = "Ajakan kerja bakti serentak di seluruh kelurahan."\n',
        "utf-8",
    )
    (layout / "layout.html").write_text(
        '{% import "_kit/kit.html" as kit with context %}'
        f'<section class="page {ground}">{call}{{{{ kit.masthead() }}}}{TEXT}{{{{ kit.colophon("BPS") }}}}</section>',
        "utf-8",
    )
    (layout / "layout.css").write_text(
        ".page { justify-content: space-between } .page .headline { font-size: 56px } .page .lead { font-size: 34px }",
        "utf-8",
    )
    return Layout.load(layout)


@pytest.mark.parametrize("brand", BRANDS)
@pytest.mark.parametrize("name", NAMES)
def test_text_in_front_of_a_background_can_be_read(tmp_path, name, brand):
    """On both grounds, in a portrait and a flat shape, at its own strength: no error."""
    with Studio() as studio:
        for ground, place in (("plain", "instagram/feed-portrait"), ("strong", "x/post")):
            call = f'{{{{ background("{name}", ground="{ground}") }}}}'
            layout = page(tmp_path / ground, call, "ground-strong" if ground == "strong" else "")
            found = studio.make(layout, Brand.load(brand), Wish({}, placement.load(place), folder=tmp_path)).findings
            assert not [one.message for one in found if one.severity is Severity.ERROR]


def bound(layout, brand, place="instagram/feed-portrait"):
    return Binder.of(layout, brand).bind({}, placement.load(place), "id", layout.folder).pages[0]


def with_tokens(brand, tokens):
    changed = brand.model_copy(update={"tokens": tokens})
    changed._folder = brand.folder
    changed.__dict__.pop("look", None)
    return changed


def test_the_brand_chooses_the_background_of_a_ground(tmp_path):
    """`background-hero` names it, `background-hero-strength` says how strong; a brand without them gets none."""
    layout = page(tmp_path, '{{ background(ground="hero") }}', "ground-hero")
    brand = Brand.load("sagara")
    tokens = {key: value for key, value in brand.tokens.items() if not key.startswith("background-")}
    plain = with_tokens(brand, tokens)
    assert "kit-background" not in bound(layout, plain).html
    chosen = with_tokens(brand, {**tokens, "background-hero": "parang", "background-hero-strength": 0.08})
    # The hero of this brand is a strong ground: the drawing takes the colour of text on it.
    assert f"background:parang;{brand.colors['text-on-strong'][1:]};0.08" in bound(layout, chosen).pictures


def test_a_background_is_drawn_for_the_pixels_of_its_placement(tmp_path):
    """One colour, whose opacity is the cover times the strength; the same bytes twice."""
    layout = page(tmp_path, '{{ background("kawung", color="accent", strength=0.5) }}')
    brand = Brand.load("lentera")
    pictures = bound(layout, brand, "x/post").pictures
    data = next(data for name, data in pictures.items() if name.startswith("background:"))
    size = placement.load("x/post").size
    image = Image.open(io.BytesIO(data)).convert("RGBA")
    assert image.size == (size.width, size.height)
    pixels = numpy.asarray(image)
    assert pixels[..., 3].max() == 128
    assert {tuple(pixel) for pixel in pixels[pixels[..., 3] > 0][:, :3].tolist()} == {(189, 114, 3)}
    assert picture_of(source_of("kawung", "#bd7203", 0.5), size, Brand.load("lentera").look) == data


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ('background("kawun")', "kawung"),
        ('background("kawung", sise=3)', "size"),
        ('background("kawung", strength=7)', "between 0 and 1"),
        ('background("kawung", ground="storng")', "strong"),
        ('background("kawung", color="primry")', "primary"),
        ('background("gradient", towards="up")', "towards takes"),
        ('background("kawung", size="wide")', "cannot be drawn"),
        ('background("topographic", size=0)', "cannot be drawn"),
    ],
)
def test_what_is_wrong_with_a_background_is_told(tmp_path, call, said):
    """Names, options and colours with the nearest; values that cannot be drawn with the reason."""
    layout = page(tmp_path, f"{{{{ {call} }}}}")
    with pytest.raises(LayoutError, match=said):
        bound(layout, Brand.load("lentera"))


def test_the_page_of_the_backgrounds_is_of_today():
    """Run `python docs/make_backgrounds.py` after a change of a background."""
    assert (make_backgrounds.TARGET / "README.md").read_text("utf-8") == make_backgrounds.index()
    for name in NAMES:
        for brand, *_ in make_backgrounds.LOOKS:
            file = make_backgrounds.TARGET / f"{name}-{brand}.webp"
            assert 0 < file.stat().st_size < make_backgrounds.MOST_BYTES
