"""File formats: pixels come back as they went in, the same input gives the same bytes, and nobody is named in them."""

import io
import re

import numpy
import pytest
from PIL import Image, ImageCms

from assetgen import parts
from assetgen.errors import EncodeError
from assetgen.formats import jpeg, pdf, png, svg, webp
from assetgen.formats._pixels import needs_full_chroma, srgb_profile
from assetgen.model import Frame, Size

PIXELS = [jpeg, pdf, png, webp]


def frame(pixels):
    """Return a frame of an array of shape (height, width, 3 or 4)."""
    pixels = numpy.asarray(pixels, numpy.uint8)
    if pixels.shape[2] == 3:
        pixels = numpy.dstack([pixels, numpy.full(pixels.shape[:2], 255, numpy.uint8)])
    return Frame(Size(pixels.shape[1], pixels.shape[0]), pixels.tobytes())


def plain(colour=(11, 110, 79), width=64, height=48):
    return frame(numpy.full((height, width, len(colour)), colour))


def noise(seed=1, channels=3):
    return frame(numpy.random.default_rng(seed).integers(0, 256, (48, 64, channels)))


def soft():
    """Return a picture like a photograph: smooth, with grain, more than 256 colours, no strong steps of colour."""
    down, across = numpy.mgrid[0:96, 0:128]
    base = numpy.dstack([across + 60, down + across // 2 + 40, 180 - down])
    return frame(base + numpy.random.default_rng(3).integers(0, 8, base.shape))


def thin(colour):
    """Return white paper with thin vertical strokes of a colour on it, as letters have."""
    pixels = numpy.full((96, 128, 3), 255)
    pixels[10:60, 5:120:9] = colour
    return frame(pixels)


def opened(data):
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("name", parts.names("formats"))
def test_every_format_says_what_it_is(name):
    """Each part has its docstring, suffix, media type, flags and documented options."""
    module = parts.load("formats", name)
    assert module.__doc__
    assert module.SUFFIX.startswith(".")
    assert re.fullmatch(r"[a-z]+/[a-z0-9+]+", module.MEDIA_TYPE)
    assert {type(flag) for flag in (module.MANY_PAGES, module.VECTOR, module.LOSSY)} == {bool}
    assert all(help.strip() for help in module.OPTIONS.values())
    code = module.encode.__code__
    taken = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    assert set(taken) - {"frames", "quality"} == set(module.OPTIONS)
    assert callable(getattr(module, "encode_vector", None)) == module.VECTOR


@pytest.mark.parametrize("module", PIXELS)
def test_same_pixels_same_bytes(module):
    """Encoding twice gives the same bytes: no clock, no chance."""
    assert module.encode([noise()]) == module.encode([noise()])


@pytest.mark.parametrize("module", PIXELS)
def test_nobody_is_named(module):
    """No file tells when, by whom or where it was made."""
    data = module.encode([noise()])
    for word in (b"Date", b"Author", b"Exif", b"tEXt", b"iTXt", b"tIME", b"eXIf", b"xmp", b"Producer", b"/ID"):
        assert word not in data, word


@pytest.mark.parametrize("module", [jpeg, png, webp, svg])
def test_single_page_formats_refuse_several(module):
    """A format of one page does not drop the others in silence."""
    with pytest.raises(EncodeError, match=rf"an? {module.__name__.rpartition('.')[2]} file holds one page, got 2"):
        (module.encode_vector(["<svg/>"] * 2) if module.VECTOR else module.encode([plain(), plain()]))


def test_jpeg_is_baseline_srgb():
    """JPEGs are baseline, RGB, of the right size, and carry the sRGB profile."""
    image = opened(jpeg.encode([soft()]))
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (128, 96))
    assert not image.info.get("progressive")
    assert image.info["icc_profile"] == srgb_profile()
    assert ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(srgb_profile()))).startswith("sRGB")


def test_jpeg_looks_like_its_frame():
    """At the default quality no pixel of a soft picture is far off."""
    difference = numpy.asarray(opened(jpeg.encode([soft()])), int) - soft().array[..., :3]
    assert abs(difference).max() <= 24
    assert abs(difference).mean() <= 3


def test_a_lower_quality_and_own_tables_save_bytes():
    """Quality and `compact` do what they say."""
    large = len(jpeg.encode([soft()], 95))
    assert len(jpeg.encode([soft()], 70)) < large > len(jpeg.encode([soft()], 95, compact=True))


def test_own_tables_survive_pure_noise():
    """Where noise needs more than a byte a pixel, `compact` gives the plain file instead of failing."""
    chaos = frame(numpy.random.default_rng(5).integers(0, 256, (200, 160, 3)))
    assert jpeg.encode([chaos], 80, compact=True) == jpeg.encode([chaos], 80)


@pytest.mark.parametrize(
    ("picture", "full"),
    [
        (thin((200, 30, 30)), True),
        (thin((11, 110, 79)), True),
        (thin((20, 20, 20)), False),
        (soft(), False),
        (plain(), False),
    ],
    ids=["red letters", "green letters", "black letters", "photo", "flat"],
)
def test_full_chroma_where_it_shows(picture, full):
    """Thin coloured strokes keep full colour resolution; black ones, photos and flats do not pay for it."""
    assert needs_full_chroma(picture) is full
    from PIL.JpegImagePlugin import get_sampling

    assert get_sampling(opened(jpeg.encode([picture]))) == (0 if full else 2)


def test_full_chroma_keeps_red_letters_red():
    """What the criterion is for: at 4:2:0 a thin red stroke loses a quarter of its red, at 4:4:4 it does not."""
    from unittest.mock import patch

    strokes = thin((200, 30, 30))
    kept = numpy.asarray(opened(jpeg.encode([strokes], 92)), int)
    with patch("assetgen.formats.jpeg.needs_full_chroma", return_value=False):
        halved = numpy.asarray(opened(jpeg.encode([strokes], 92)), int)
    wanted = strokes.array[..., :3].astype(int)
    assert abs(kept - wanted).max() < 30 < 60 < abs(halved - wanted).max()


@pytest.mark.parametrize("module", [jpeg, pdf])
def test_a_transparent_page_is_refused(module):
    """A format without transparency does not choose a colour by itself."""
    clear = frame(numpy.zeros((8, 8, 4)))
    with pytest.raises(EncodeError, match=r"the page is transparent and \w+ cannot be \(choose png, or give"):
        module.encode([clear])
    assert module.encode([clear], background="#0b6e4f")


def test_the_background_shows_through():
    """A transparent page lies on the colour that was given."""
    clear = frame(numpy.zeros((16, 16, 4)))
    assert opened(png.encode([clear], background="#0b6e4f")).convert("RGB").getpixel((3, 3)) == (11, 110, 79)
    red, green, blue = opened(jpeg.encode([clear], background="#0b6e4f")).getpixel((3, 3))
    assert abs(red - 11) + abs(green - 110) + abs(blue - 79) <= 6
    with pytest.raises(EncodeError, match="'hijau' is not a background colour"):
        jpeg.encode([clear], background="hijau")


@pytest.mark.parametrize("module", [png, webp])
@pytest.mark.parametrize("channels", [3, 4])
def test_lossless_means_every_pixel(module, channels):
    """PNG, and WebP when asked, give back the very same pixels."""
    picture = noise(channels=channels)
    options = {"lossless": True} if module is webp else {}
    assert opened(module.encode([picture], **options)).convert("RGBA").tobytes() == picture.pixels


@pytest.mark.parametrize("alpha", [255, 90])
def test_png_of_few_colours_has_a_palette(alpha):
    """Up to 256 colours are kept as a palette, exactly, transparency included."""
    pixels = numpy.zeros((20, 30, 4), numpy.uint8)
    pixels[..., 3] = 255
    pixels[5:, 10:] = (11, 110, 79, alpha)
    pixels[15:, 3:9] = (240, 200, 10, 255)
    data = png.encode([frame(pixels)])
    assert opened(data).mode == "P"
    assert opened(data).convert("RGBA").tobytes() == pixels.tobytes()


def test_png_says_srgb():
    """The colour space is stated."""
    assert opened(png.encode([noise()])).info["srgb"] == 0


def test_webp_is_lossy_unless_asked():
    """A quality makes smaller files than exact pixels."""
    assert len(webp.encode([noise()], 80)) < len(webp.encode([noise()], lossless=True))


def test_pdf_has_a_page_a_frame():
    """Pages keep order, size and picture; one pixel is 0.75 points."""
    pypdf = pytest.importorskip("pypdf")
    reader = pypdf.PdfReader(
        io.BytesIO(pdf.encode([plain(), plain((200, 20, 20), 80, 100)], title="APBD terbuka – 2026"))
    )
    assert [(float(page.mediabox.width), float(page.mediabox.height)) for page in reader.pages] == [(48, 36), (60, 75)]
    assert reader.metadata.title == "APBD terbuka – 2026"
    assert set(reader.metadata) == {"/Title"}
    shown = reader.pages[1].images[0].image.convert("RGB")
    assert shown.size == (80, 100)
    assert max(abs(one - other) for one, other in zip(shown.getpixel((5, 5)), (200, 20, 20), strict=True)) <= 4


def test_pdf_needs_a_page():
    """No pages make no document."""
    with pytest.raises(EncodeError, match="a pdf file needs a page"):
        pdf.encode([])


def test_svg_takes_markup_and_no_pixels():
    """SVG passes clean markup on, refuses what runs, and says so when it is given pixels."""
    markup = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9"/></svg>'
    assert svg.encode_vector([markup]) == markup.encode()
    with pytest.raises(EncodeError, match="holds <script>"):
        svg.encode_vector([markup.replace("<path", "<script/><path")])
    with pytest.raises(EncodeError, match="made from vectors, not from pixels"):
        svg.encode([plain()])
