"""Pictures of users: what is broken or dangerous gets a named error, what is odd comes out upright, sRGB and 8-bit."""

import io
import struct
import zlib

import numpy
import pytest
from PIL import Image, ImageCms

from assetgen.errors import PictureError, Place, SecurityError
from assetgen.model import Size
from assetgen.pictures import check_svg, fit_picture, open_picture, picture_bytes

PLACE = Place("data.xlsx", sheet="Foto", cell="C4")


def saved(image, format="PNG", **options):
    stream = io.BytesIO()
    image.save(stream, format, **options)
    return stream.getvalue()


def quarters():
    """Return 80×40 pixels: red top left, green top right, blue bottom left, white bottom right."""
    image = Image.new("RGB", (80, 40), "white")
    image.paste((255, 0, 0), (0, 0, 40, 20))
    image.paste((0, 128, 0), (40, 0, 80, 20))
    image.paste((0, 0, 255), (0, 20, 40, 40))
    return image


def close(pixel, wanted, by=6):
    return all(abs(one - other) <= by for one, other in zip(pixel, wanted, strict=True))


def bomb(width, height):
    """Return a PNG of a few bytes whose header promises many pixels."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
    )


# --- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("side", [9_200, 60_000])
def test_a_bomb_is_refused_by_its_header(side):
    """A small file that unpacks to billions of pixels is refused before unpacking."""
    with pytest.raises(PictureError, match=r"data\.xlsx!Foto!C4: the picture .*(80,000,000|84,640,000)"):
        open_picture(bomb(side, side), PLACE)


def test_a_sliver_is_refused():
    """One pixel by a hundred thousand is no picture."""
    with pytest.raises(PictureError, match=r"the picture is 1×100000: no side may be longer than 30,000 pixels"):
        open_picture(bomb(1, 100_000))


def test_too_many_bytes_are_refused(monkeypatch):
    """The limit of bytes is asked before anything is read."""
    monkeypatch.setattr("assetgen.pictures.MAX_BYTES", 100)
    with pytest.raises(PictureError, match=r"the picture has 101 bytes, at most 100 are taken"):
        open_picture(b"x" * 101)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "GIF", "TIFF"])
@pytest.mark.parametrize("share", [0.02, 0.5, 0.9])
def test_a_cut_off_file_is_damaged(format, share):
    """A file that was not copied to its end is a damaged picture, wherever it was cut."""
    noise = Image.fromarray(numpy.random.default_rng(1).integers(0, 255, (200, 200, 3), numpy.uint8))
    data = saved(noise, format)
    with pytest.raises(PictureError, match=r"damaged|no picture that is known"):
        open_picture(data[: int(len(data) * share)])


def test_text_called_jpg_is_refused():
    """A text file stays one, whatever it is called."""
    with pytest.raises(
        PictureError, match=r"no picture that is known here: it starts with b'Laporan .*save it as JPEG"
    ):
        open_picture(b"Laporan realisasi anggaran")


def test_an_empty_file_is_refused():
    """Nothing is not a picture."""
    with pytest.raises(PictureError, match="it is empty"):
        open_picture(b"")


def test_a_format_off_the_list_is_refused():
    """Formats that nobody needs here are not opened, so that their decoders cannot be attacked."""
    with pytest.raises(PictureError, match="no picture that is known"):
        open_picture(saved(quarters(), "PPM"))


def test_heif_names_its_extra():
    """A photo of a phone names what to install."""
    try:
        import pillow_heif  # noqa: F401
    except ImportError:
        with pytest.raises(PictureError, match=r"pip install assetgen\[heif\]"):
            open_picture(b"\x00\x00\x00\x18ftypheic" + b"\x00" * 40)


# --- what comes out right ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_turned_photo_comes_out_upright(orientation):
    """Each of the eight ways of holding a camera comes out as it was seen."""
    turns = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # the transposition that undoes what Exif says
    stored = quarters() if orientation == 1 else quarters().transpose(Image.Transpose(turns[orientation]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    image = open_picture(saved(stored, "JPEG", quality=95, subsampling=0, exif=exif))
    assert image.size == (80, 40)
    assert close(image.getpixel((10, 5)), (255, 0, 0))
    assert close(image.getpixel((70, 5)), (0, 128, 0))
    assert close(image.getpixel((10, 35)), (0, 0, 255))


def test_a_cmyk_photo_comes_out_in_rgb():
    """A photo from a print shop is turned into screen colours, not into its negative."""
    image = open_picture(saved(quarters().convert("CMYK"), "JPEG", quality=95))
    assert image.mode == "RGB"
    assert close(image.getpixel((70, 35)), (255, 255, 255))
    assert close(image.getpixel((10, 5)), (255, 0, 0), by=12)


def wide_profile():
    """Return an ICC profile with the primaries of Display P3 on the curve of sRGB."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    primaries = {
        b"rXYZ": (0.51512, 0.24120, -0.00105),
        b"gXYZ": (0.29198, 0.69225, 0.04189),
        b"bXYZ": (0.15710, 0.06657, 0.78407),
    }
    for number in range(struct.unpack_from(">I", data, 128)[0]):
        tag, offset, _ = struct.unpack_from(">4sII", data, 132 + 12 * number)
        if tag in primaries:
            struct.pack_into(">3i", data, offset + 8, *(round(part * 65536) for part in primaries[tag]))
    return bytes(data).replace("sRGB built-in".encode("utf-16-be"), "Display P3 ok".encode("utf-16-be"))


def test_a_wide_profile_is_converted():
    """The red of a phone's Display P3 photo keeps its look in sRGB: (200, 60, 40) becomes a stronger red."""
    photo = Image.new("RGB", (8, 8), (200, 60, 40))
    image = open_picture(saved(photo, "PNG", icc_profile=wide_profile()))
    red, green, _ = image.getpixel((4, 4))
    assert red >= 212
    assert green <= 50
    assert "icc_profile" not in image.info


def test_a_broken_profile_is_ignored():
    """A profile that cannot be read does not keep a good picture out."""
    image = open_picture(saved(quarters(), "PNG", icc_profile=b"nonsense" * 30))
    assert image.getpixel((10, 5)) == (255, 0, 0)


def test_sixteen_bits_become_eight():
    """A 16-bit grey picture keeps its tones instead of turning white."""
    grey = Image.fromarray(numpy.full((4, 4), 0x8000, numpy.uint16))
    assert open_picture(saved(grey)).getpixel((1, 1)) == (128, 128, 128)


@pytest.mark.parametrize("mode", ["P", "LA", "RGBA"])
def test_transparency_is_kept(mode):
    """A transparent picture stays transparent in every way that a file can say so."""
    image = Image.new("RGBA", (6, 6), (200, 0, 0, 0))
    image.paste((10, 10, 10, 255), (0, 0, 3, 6))
    found = open_picture(saved(image.convert(mode) if mode != "P" else image.quantize(8)))
    assert found.mode == "RGBA"
    assert (found.getpixel((1, 1))[3], found.getpixel((5, 5))[3]) == (255, 0)


def test_an_animation_gives_its_first_frame():
    """Of a moving picture the first frame is taken."""
    frames = [Image.new("RGB", (5, 5), colour) for colour in ("red", "blue")]
    image = open_picture(saved(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    assert image.getpixel((2, 2)) == (255, 0, 0)


def test_a_large_photo_is_drafted_but_never_too_small():
    """With `at_least` a JPEG is decoded smaller, and still covers the box, held upright or not."""
    exif = Image.Exif()
    exif[0x0112] = 6
    data = saved(Image.new("RGB", (4000, 1000), "navy"), "JPEG", exif=exif)
    image = open_picture(data, at_least=Size(200, 400))
    assert image.width >= 200
    assert image.height >= 400
    assert image.width < 1000
    assert image.height == 4 * image.width


# --- fitting ----------------------------------------------------------------------------------------------------------


def test_cover_gives_the_exact_pixels():
    """Whatever goes in, the box comes out."""
    for size in (Size(30, 30), Size(7, 90), Size(200, 11)):
        assert fit_picture(quarters(), size).size == (size.width, size.height)


@pytest.mark.parametrize(
    ("focus", "colour"), [((0.0, 0.0), (255, 0, 0)), ((1.0, 0.0), (0, 128, 0)), ((0.25, 0.5), (255, 0, 0))]
)
def test_the_focus_point_decides_the_cut(focus, colour):
    """A narrow cut shows the side that the focus point is on."""
    cut = fit_picture(quarters(), Size(20, 40), focus)
    assert close(cut.getpixel((10, 10)), colour)


def test_contain_keeps_the_whole_picture():
    """Nothing is cut and nothing is stretched: one side fills the box."""
    assert fit_picture(quarters(), Size(40, 40), mode="contain").size == (40, 20)


def test_the_exact_size_is_left_alone():
    """A picture of the right size is not resampled."""
    image = quarters()
    assert fit_picture(image, Size(80, 40)) is image


# --- for the engine ---------------------------------------------------------------------------------------------------


def test_photos_go_as_jpeg_and_the_rest_stays_exact():
    """A photo costs the engine least as JPEG; a logo or a transparent picture keeps every pixel."""
    photo = Image.fromarray(numpy.random.default_rng(2).integers(0, 255, (64, 64, 3), numpy.uint8))
    assert picture_bytes(photo)[:3] == b"\xff\xd8\xff"
    for exact in (quarters(), photo.convert("RGBA"), Image.new("RGBA", (9, 9), (1, 2, 3, 0))):
        data = picture_bytes(exact)
        assert data[8:12] == b"WEBP"
        found = Image.open(io.BytesIO(data)).convert(exact.mode)
        assert found.tobytes() == exact.tobytes()


# --- SVG --------------------------------------------------------------------------------------------------------------

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">{}</svg>'


@pytest.mark.parametrize(
    "inside",
    [
        '<path d="M0 0h9v9z" fill="#0b6e4f"/>',
        '<linearGradient id="a"/><rect fill="url(#a)" style="stroke:url( #a )"/><use xlink:href="#a"/>',
        '<image href="data:image/png;base64,iVBORw0KGgo="/>',
        "<style>path { fill: red }</style><title>Onward: url of on</title>",
    ],
)
def test_a_harmless_svg_is_handed_on(inside):
    """Shapes, gradients, embedded pictures and styles are what a logo is made of."""
    data = SVG.format(inside).encode()
    assert check_svg(data) == data


@pytest.mark.parametrize(
    ("inside", "message"),
    [
        ("<script>alert(1)</script>", "the SVG picture holds <script>"),
        ('<rect onclick="alert(1)"/>', "the SVG picture holds the event handler 'onclick'"),
        ("<foreignObject/>", "the SVG picture holds <foreignObject>"),
        ('<image href="https://evil.example/a.png"/>', "the SVG picture refers to 'https://evil.example/a.png'"),
        ('<image xlink:href="file:///etc/passwd"/>', "the SVG picture refers to 'file:///etc/passwd'"),
        (
            '<image href="data:image/svg+xml;base64,AAAA"/>',
            "the SVG picture refers to 'data:image/svg+xml;base64,AAAA'",
        ),
        ('<a href=" javascript:alert(1)"/>', "the SVG picture refers to ' javascript:alert(1)'"),
        ('<rect fill="url(https://evil.example/#a)"/>', "the SVG picture refers to 'https://evil.example/#a"),
        ("<style>@import 'https://evil.example/a.css';</style>", "the style of the SVG picture holds '@import'"),
        ("<style>a { b: \\75rl(x) }</style>", "the style of the SVG picture holds '\\'"),
        ('<set attributeName="xlink:href" to="https://x"/>', "the SVG picture animates a reference"),
        ('<g xml:base="https://evil.example/"/>', "the SVG picture refers to 'https://evil.example/'"),
        ('<body xmlns="http://www.w3.org/1999/xhtml"/>', "the SVG picture holds <body>"),
        ('<?xml-stylesheet href="https://evil.example/a.css"?>', "the SVG picture holds a processing instruction"),
    ],
)
def test_a_dangerous_svg_is_refused(inside, message):
    """Whatever runs or loads something is named."""
    with pytest.raises(SecurityError) as error:
        check_svg(SVG.format(inside).encode(), Place("logo.svg"))
    assert message in str(error.value)
    assert str(error.value).startswith("logo.svg: ")


def test_all_dangers_are_told_at_once():
    """Two faults make two problems."""
    with pytest.raises(SecurityError) as error:
        check_svg(SVG.format('<script/><rect onload="x"/>').encode())
    assert len(error.value.problems) == 2


@pytest.mark.parametrize(
    "head", ['<!DOCTYPE svg [<!ENTITY a "b">]>', '<!DOCTYPE svg SYSTEM "https://evil.example/a.dtd">', "<!DOCTYPE svg>"]
)
def test_document_types_and_entities_are_refused(head):
    """Entities can read files and fill the memory."""
    with pytest.raises(SecurityError, match="document type or entities"):
        check_svg((head + SVG.format("")).encode())


def test_what_is_not_svg_is_refused():
    """Other XML, damaged XML and too much of it are no pictures."""
    with pytest.raises(PictureError, match="not SVG: it starts with <html>"):
        check_svg(b"<html/>")
    with pytest.raises(PictureError, match="damaged"):
        check_svg(b"<svg>")
    with pytest.raises(PictureError, match="at most 2,000,000 are taken"):
        check_svg(b" " * 2_000_001)
    with pytest.raises(PictureError, match="200 deep"):
        check_svg(b"<svg>" + b"<g>" * 300)
