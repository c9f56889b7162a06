"""Encoding: the preferred format, the best quality that keeps the limit, and figures when nothing does."""

from dataclasses import replace

import numpy
import pytest

from assetgen.encode import encode
from assetgen.errors import EncodeError
from assetgen.inspect import inspect_file
from assetgen.model import Frame, Placement, Severity, Size
from assetgen.placement import load

PLAIN = Placement("test/post", "A post", "image", Size(160, 200), (Size(160, 200),))


def frame(seed=None, size=Size(160, 200), alpha=255):
    """Return a frame: noise by `seed`, or one flat colour."""
    pixels = numpy.full((size.height, size.width, 4), (11, 110, 79, 255), numpy.uint8)
    if seed is not None:
        pixels[..., :3] = numpy.random.default_rng(seed).integers(0, 256, (size.height, size.width, 3))
    pixels[..., 3] = alpha
    return Frame(size, pixels.tobytes())


def test_pages_are_numbered_files():
    """Two pages make 01.jpg and 02.jpg, described."""
    first, second = encode([frame(), frame(1)], replace(PLAIN, count_max=2))
    assert (first.name, second.name) == ("01.jpg", "02.jpg")
    assert (first.format, first.media_type, first.size, first.pages) == ("jpeg", "image/jpeg", Size(160, 200), 1)
    assert first.note == second.note == ""


def test_a_document_is_one_file():
    """All pages of a PDF are in one file."""
    files = encode([frame(), frame(1), frame(2)], load("linkedin/document"), options={"title": "APBD"})
    assert [(file.name, file.pages, file.media_type) for file in files] == [("01.pdf", 3, "application/pdf")]


def test_the_best_quality_within_the_limit():
    """The file is under the limit, and one step more of quality would not be."""
    from assetgen.formats import jpeg

    limit = len(jpeg.encode([frame(1)], 84, compact=True)) + 1
    (file,) = encode([frame(1)], replace(PLAIN, max_bytes=limit))
    assert len(file.data) <= limit < len(jpeg.encode([frame(1)], 85, compact=True))
    assert file.note == f"quality 84 to stay within {limit:,} bytes"


def test_no_search_under_the_limit(monkeypatch):
    """One encode is enough where the limit is far: speed."""
    from assetgen.formats import jpeg

    calls = []
    real = jpeg.encode
    monkeypatch.setattr(jpeg, "encode", lambda *args, **options: calls.append(options) or real(*args, **options))
    encode([frame(1)], replace(PLAIN, max_bytes=8_000_000))
    assert calls == [{"quality": 95}]


def test_a_limit_that_cannot_be_kept_is_refused_with_figures():
    """The error says which file, what it needs and what is taken."""
    with pytest.raises(
        EncodeError, match=r"file 2 needs [\d,]+ bytes at quality 70, the lowest.*; test/post takes 5,000"
    ):
        encode([frame(), frame(1)], replace(PLAIN, max_bytes=5_000))
    with pytest.raises(EncodeError, match=r"file 1 needs [\d,]+ bytes; test/post takes 5,000"):
        encode([frame(1)], replace(PLAIN, formats=("png",), max_bytes=5_000))


def test_a_lossless_format_gives_way_to_a_lossy_one():
    """Where a PNG is too large and JPEG is taken as well, JPEG is made; with PNG asked for by name, it is an error."""
    either = replace(PLAIN, formats=("png", "jpeg"), max_bytes=60_000)
    assert encode([frame(1)], either)[0].name == "01.jpg"
    assert encode([frame()], either)[0].name == "01.png"
    with pytest.raises(EncodeError, match=r"file 1 needs"):
        encode([frame(1)], either, format="png")


def test_a_pinned_quality_is_kept():
    """`quality` is used as given, also where a better one would fit."""
    from assetgen.formats import jpeg

    (file,) = encode([frame(1)], PLAIN, options={"quality": 50})
    assert file.data == jpeg.encode([frame(1)], 50)


def test_formats_that_are_not_there():
    """A slip in a format name gets the nearest; a placement whose formats cannot be made says so."""
    with pytest.raises(EncodeError, match=r"there is no format 'jpg' \(did you mean 'jpeg'\?\)"):
        encode([frame()], PLAIN, format="jpg")
    with pytest.raises(EncodeError, match=r"test/post takes docx, which cannot be made \(made: .*jpeg"):
        encode([frame()], replace(PLAIN, formats=("docx",)))


def test_options_that_are_not_there():
    """A slip in an option gets the nearest."""
    with pytest.raises(EncodeError, match=r"jpeg has no option 'backgrond' \(did you mean 'background'\?\)"):
        encode([frame()], PLAIN, options={"backgrond": "#ffffff"})


def test_no_pages_no_files():
    """Nothing painted is a mistake, not an empty package."""
    with pytest.raises(EncodeError, match="test/post needs at least one page"):
        encode([], PLAIN)


def test_transparency_goes_where_it_is_wanted():
    """An overlay stays transparent; a feed post refuses, or lies on the background given."""
    overlay = load("live/overlay")
    assert encode([frame(alpha=0)], overlay)[0].name == "01.png"
    with pytest.raises(EncodeError, match="the page is transparent"):
        encode([frame(alpha=0)], PLAIN)
    assert encode([frame(alpha=0)], PLAIN, options={"background": "#ffffff"})


def test_vectors_are_asked_for_only_by_vector_formats():
    """SVG takes the engine's markup; other formats never ask for it."""
    markup = '<svg xmlns="http://www.w3.org/2000/svg"/>'
    (file,) = encode([frame()], PLAIN, format="svg", vectors=lambda: [markup])
    assert (file.name, file.data) == ("01.svg", markup.encode())
    encode([frame()], PLAIN, vectors=lambda: pytest.fail("asked for vectors"))
    with pytest.raises(EncodeError, match="svg needs vectors for 1 pages, got 0"):
        encode([frame()], PLAIN, format="svg")


@pytest.mark.parametrize("name", ["instagram/feed-portrait", "bluesky/post", "linkedin/document", "mastodon/header"])
def test_what_we_make_is_fit(name):
    """Our own files pass our own inspection: the tool checks its output."""
    placement = load(name)
    size = Size(placement.size.width, placement.size.height)
    small = replace(placement, size=size)
    (file,) = encode([frame(size=size)], small)
    assert [finding for finding in inspect_file(file.data, placement) if finding.severity != Severity.INFO] == []
