"""Inspection: any media file gets findings that say what was got, what is taken and what to do; never a traceback."""

import contextlib
import io
import struct
import zlib
from dataclasses import replace

import numpy
import pytest
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from assetgen import pictures
from assetgen.errors import DataError, PictureError, SecurityError
from assetgen.inspect import describe_file, inspect_file
from assetgen.model import Placement, Severity, Size
from assetgen.placement import load

POST = Placement(
    "test/post", "A post", "image", Size(80, 100), (Size(80, 100),), 0.8, 1.91, ("jpeg", "png"), max_bytes=50_000
)
DOCUMENT = replace(POST, name="test/document", kind="document", formats=("pdf",), count_max=2, ratio_min=None)
OVERLAY = replace(POST, name="test/overlay", formats=("png",), transparent=True)


def picture(width=80, height=100, mode="RGB"):
    pixels = numpy.random.default_rng(7).integers(0, 200, (height, width, 3), numpy.uint8)
    return Image.fromarray(pixels).convert(mode)


def saved(image, format="JPEG", **options):
    stream = io.BytesIO()
    image.save(stream, format, **options)
    return stream.getvalue()


def told(data, placement=POST):
    """Return the findings as `rule severity: message` lines."""
    return [f"{one.rule} {one.severity}: {one.message}" for one in inspect_file(data, placement)]


def test_a_fit_file_has_no_findings():
    """A baseline JPEG of the right size is fit."""
    assert told(saved(picture())) == []
    assert told(saved(picture(), "PNG")) == []


def test_facts_of_a_jpeg():
    """What a file says of itself is read from it, not from its name."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = saved(picture(), subsampling=2, progressive=True, icc_profile=profile)
    facts = describe_file(data)
    assert (facts.format, facts.bytes, facts.size, facts.mode) == ("jpeg", len(data), Size(80, 100), "RGB")
    assert (facts.progressive, facts.subsampling, facts.profile) == (True, "4:2:0", "sRGB built-in")
    assert not facts.transparent
    assert not facts.animated
    assert facts.metadata == ()


def test_a_file_by_its_path(tmp_path):
    """A path works as well as bytes; the name of the file decides nothing."""
    path = tmp_path / "really-a.png"
    path.write_bytes(saved(picture()))
    assert describe_file(path).format == "jpeg"
    assert inspect_file(str(path), POST) == ()


def test_a_missing_file_names_the_nearest(tmp_path):
    """A slip in a file name is an error, not a finding."""
    (tmp_path / "poster.jpg").write_bytes(b"x")
    with pytest.raises(DataError, match=r"there is no file 'postr\.jpg' \(did you mean 'poster\.jpg'\?\)"):
        inspect_file(tmp_path / "postr.jpg", POST)


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (saved(picture(), "WEBP"), ["file.format error: the file is webp; test/post takes jpeg, png"]),
        (
            saved(picture(), progressive=True),
            ["file.progressive warning: the JPEG is progressive; baseline is the safe kind"],
        ),
        (
            saved(picture(160, 200)),
            ["file.size warning: the picture is 160×200 pixels; test/post is best at 80×100"],
        ),
        (
            saved(picture(60, 100)),
            [
                "file.ratio error: the picture is 0.60 times as wide as high; test/post takes 0.80 to 1.91",
                "file.size warning: the picture is 60×100 pixels; test/post is best at 80×100",
            ],
        ),
        (
            saved(picture(100, 100)),
            [
                "file.size warning: the picture is 100×100 pixels; test/post is best at 80×100",
                "file.ratio warning: the picture is 1.00 times as wide as high; test/post is best at 0.80",
            ],
        ),
        (
            saved(picture(mode="CMYK")),
            ["file.colour-profile warning: the colours are CMYK; screens show sRGB"],
        ),
        (
            saved(picture(), comment=b"dibuat oleh Budi"),
            ["file.metadata warning: the file holds metadata: comment"],
        ),
        (b"", ["file.unsupported error: the file is empty"]),
        (
            b"Laporan realisasi",
            ["file.unsupported error: the file is no picture, PDF, SVG or video that is known here"],
        ),
        (
            b"\x00\x00\x00\x18ftypisom" + bytes(99),
            ["file.format error: the file is mp4; test/post takes jpeg, png"],
        ),
    ],
    ids=["format", "progressive", "large", "narrow", "square", "cmyk", "comment", "empty", "text", "video"],
)
def test_each_fault_is_told(data, lines):
    """Each fault has its rule, its severity and a sentence with figures."""
    assert told(data) == lines


def test_every_finding_says_what_to_do():
    """No finding leaves the reader without a next step."""
    for data in (b"", saved(picture(30, 300), "WEBP"), saved(picture())[:400], saved(picture(mode="CMYK"))):
        assert all(finding.hint for finding in inspect_file(data, POST))


def test_too_many_bytes():
    """The byte limit is an error with both figures."""
    data = saved(picture(), "PNG")
    (line,) = told(data, replace(POST, max_bytes=20_000))
    assert line == f"file.bytes error: the file has {len(data):,} bytes; test/post takes 20,000"


def test_sides_and_pixels():
    """Sides outside of the limits and too many pixels are errors, and the advice is then left away."""
    limits = replace(POST, min_width=320, max_height=99, max_pixels=7_000)
    assert told(saved(picture()), limits) == [
        "file.pixels error: the picture has 8,000 pixels; at most 7,000 are taken",
        "file.size error: the picture is 80 pixels wide; test/post takes at least 320",
        "file.size error: the picture is 100 pixels high; test/post takes at most 99",
    ]


def test_a_position_is_an_error():
    """A file that tells where a photo was made is not called ready; other metadata is a warning."""
    exif = Image.Exif()
    exif[0x013B] = "Budi"
    exif[0x0110] = "Phone 9"
    exif.get_ifd(0x8825)[2] = (6.0, 10.0, 30.0)
    assert told(saved(picture(), exif=exif)) == [
        "file.metadata error: the file holds a GPS position: it tells where it was made",
        "file.metadata warning: the file holds metadata: camera, author",
    ]


def test_text_in_a_png_is_metadata():
    """PNG has its own drawer for names."""
    chunks = PngInfo()
    chunks.add_text("Author", "Budi")
    assert told(saved(picture(), "PNG", pnginfo=chunks)) == [
        "file.metadata warning: the file holds metadata: text 'Author'"
    ]


def test_another_profile_is_told():
    """A profile that is not sRGB shifts colours."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    wide = bytes(data).replace("sRGB built-in".encode("utf-16-be"), "Display P3 ok".encode("utf-16-be"))
    assert told(saved(picture(), icc_profile=wide)) == [
        "file.colour-profile warning: the colour profile is 'Display P3 ok'; platforms expect sRGB"
    ]


@pytest.mark.parametrize("format", ["JPEG", "PNG"])
def test_a_cut_off_file_is_damaged(format):
    """A file that was not copied to its end is an error."""
    data = saved(picture(), format)
    (line,) = told(data[: len(data) * 2 // 3])
    assert line.startswith("file.damaged error: the file cannot be read: ")


def bomb(side):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(99))) + chunk(b"IEND", b"")


@pytest.mark.parametrize(("side", "pixels"), [(9_200, "84,640,000"), (60_000, "3,600,000,000")])
def test_a_bomb_is_never_decoded(side, pixels):
    """Too many pixels are told from the header."""
    lines = told(bomb(side))
    assert any(line.startswith("file.pixels error") and pixels in line for line in lines)
    assert not any("damaged" in line for line in lines)


def test_transparency_where_it_does_not_belong():
    """A see-through post and an opaque overlay are both worth a look; the other way round is right."""
    clear = picture().convert("RGBA")
    clear.putpixel((3, 3), (0, 0, 0, 0))
    seen, opaque = saved(clear, "PNG"), saved(picture().convert("RGBA"), "PNG")
    assert [line.partition(":")[0] for line in told(seen)] == ["file.alpha warning"]
    assert [line.partition(":")[0] for line in told(opaque, OVERLAY)] == ["file.alpha warning"]
    assert told(opaque) == told(seen, OVERLAY) == []


def test_a_moving_picture_is_told():
    """An animation where a still belongs is worth a look."""
    frames = [picture(), picture().rotate(180)]
    data = saved(frames[0], "PNG", save_all=True, append_images=frames[1:])
    assert told(data) == ["file.animated warning: the picture moves; a still is expected"]


def pdf(*sizes, **information):
    pages = [picture(*size) for size in sizes]
    return saved(
        pages[0], "PDF", save_all=True, append_images=pages[1:], resolution=96,
        **{"creationDate": None, "modDate": None, **information},
    )  # fmt: skip


def test_documents():
    """Pages of a PDF are counted and measured."""
    assert told(pdf((80, 100), (80, 100)), DOCUMENT) == []
    assert describe_file(pdf((80, 100), (80, 100))).page_sizes == (Size(80, 100), Size(80, 100))
    assert told(pdf((80, 100), (80, 100), (100, 100)), DOCUMENT) == [
        "file.pages error: the file has 3 pages; test/document takes 1 to 2",
        "file.pages warning: the pages differ in size: 80×100, 100×100",
    ]
    assert told(pdf((80, 100), author="Budi"), DOCUMENT) == ["file.metadata warning: the file holds metadata: author"]
    assert told(pdf((80, 100))) == ["file.format error: the file is pdf; test/post takes jpeg, png"]


@pytest.mark.parametrize("data", [b"%PDF-1.7 nothing else", pdf((80, 100))[:300]])
def test_a_damaged_document_is_told(data):
    """A PDF that cannot be opened is an error."""
    assert told(data, DOCUMENT)[0].startswith("file.damaged error: the file cannot be read: the PDF")


def test_svg_is_read_but_not_run():
    """An SVG is judged by its view box; what runs in it is an error."""
    vector = replace(POST, formats=("svg",))
    markup = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 100"/>'
    assert told(markup, vector) == []
    assert told(markup.replace(b"/>", b"><script/></svg>"), vector) == [
        "file.damaged error: the file cannot be read: the SVG picture holds <script>"
    ]


def test_errors_come_first():
    """What keeps a file from being ready is read first."""
    severities = [finding.severity for finding in inspect_file(saved(picture(60, 100), "WEBP"), POST)]
    assert severities == sorted(severities, key=lambda severity: severity != Severity.ERROR)
    assert severities[0] == Severity.ERROR


def test_against_a_real_placement():
    """A phone photo for Instagram's feed is refused for its shape and told of its size."""
    lines = told(saved(Image.new("RGB", (900, 1600))), load("instagram/feed-portrait"))
    assert lines[0].startswith("file.ratio error: the picture is 0.56 times as wide as high")


def damaged(seed):
    """Return files with a few bytes changed, cut out or put in; the same ones on every run."""
    chance = numpy.random.default_rng(seed)
    for format in ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "AVIF", "PDF", "SVG"):
        good = SVG if format == "SVG" else pdf((80, 100)) if format == "PDF" else saved(picture(), format)
        for _ in range(25):
            data = bytearray(good)
            for _ in range(chance.integers(1, 6)):
                place = int(chance.integers(0, len(data) if chance.random() < 0.5 else min(300, len(data))))
                data[place : place + int(chance.integers(0, 3))] = chance.bytes(int(chance.integers(0, 3)))
            yield bytes(data)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 100"><path d="M0 0h9"/><style>a { b: c }</style></svg>'


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("seed", [1, 2])
def test_damage_never_gives_a_traceback(seed):
    """Whatever is wrong with the bytes, inspection gives findings and opening gives a picture or a named error."""
    for data in damaged(seed):
        inspect_file(data, POST)
        for open_it in (pictures.open_picture, lambda data: pictures.open_picture(data, at_least=Size(20, 20))):
            with contextlib.suppress(PictureError):
                assert open_it(data).mode in ("RGB", "RGBA")
        with contextlib.suppress(PictureError, SecurityError):
            assert pictures.check_svg(data) == data
