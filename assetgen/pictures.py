"""Turn the bytes of a user's photo into an upright 8-bit sRGB picture, cut to the exact pixels of its box.

Every limit is asked of the header, before a pixel is decoded.
"""

from __future__ import annotations

import base64
import binascii
import io
import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Literal

from assetgen.errors import PictureError, Place, Problem, SecurityError
from assetgen.model import Size

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from PIL.Image import Image

MAX_BYTES = 50_000_000
MAX_PIXELS = 80_000_000
MAX_SIDE = 30_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "TIFF")
MODES = frozenset({"1", "L", "LA", "P", "PA", "RGB", "RGBA", "RGBX", "CMYK", "YCbCr", "LAB", "I;16", "I;16B", "I;16L"})

ORIENTATION = 0x0112
# The tag of a drawing that stands in the markup itself.
DRAWING = "svg"
VIEW_BOX = re.compile(rb"<svg[^>]*?\sviewBox=[\"']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)")
_SVG_ROOT = re.compile(rb"<svg\b[^>]*>")
MAX_SVG_BYTES = 2_000_000
MAX_SVG_ELEMENTS = 50_000
MAX_SVG_DEPTH = 200
SVG_HINT = "save it as plain SVG, with pictures embedded and text as paths"
FORBIDDEN_ELEMENTS = frozenset({"script", "foreignobject", "iframe", "object", "embed", "audio", "video", "handler"})
EMBEDDED_SVG = re.compile(rb"data:image/svg\+xml;base64,([A-Za-z0-9+/=]*)")
INNER_REFERENCE = re.compile(r"\s*(#|data:(image/(png|jpe?g|gif|webp)|font/[a-z0-9]+)[;,]|$)", re.IGNORECASE)
CSS_URL = re.compile(r"url\(\s*['\"]?([^)]*)", re.IGNORECASE)
CSS_DANGER = re.compile(r"@import|image-set|expression\s*\(|-moz-binding|javascript:|\\", re.IGNORECASE)


def open_picture(data: bytes, place: Place = Place(), at_least: Size | None = None) -> Image:
    """Return a picture as an upright PIL image, RGB or RGBA, 8 bits, sRGB; of several frames the first.

    `at_least` lets a JPEG be decoded at half, quarter or eighth size where that still covers this box: a photo of 24
    megapixels is open and fitted to 1080×600 in 57 ms instead of 160. Raises PictureError when the picture is damaged,
    of an unknown format, or larger than `MAX_BYTES`, `MAX_PIXELS` or `MAX_SIDE`.
    """
    image = _opened(data, place)
    try:
        if at_least is not None and image.format in ("JPEG", "MPO"):
            _draft(image, at_least)
        image.load()
        return _in_srgb(_upright(image))
    except Exception as error:  # decoders raise what they like on damaged bytes: OSError, struct.error, RuntimeError …
        raise PictureError(f"the picture is damaged: {error}", place, "save it again, or take the original") from error


def fit_picture(
    image: Image,
    size: Size,
    focus: tuple[float, float] = (0.5, 0.5),
    mode: Literal["cover", "contain"] = "cover",
) -> Image:
    """Return the picture for a box of `size`, resized once.

    `cover` fills the box and cuts what is over, keeping the focus point (fractions of width and height) as near to the
    middle as it can be; `contain` keeps the whole picture, so that one side may be shorter than the box.
    """
    from PIL.Image import Resampling

    scale = max(size.width / image.width, size.height / image.height)
    if mode == "contain":
        scale = min(size.width / image.width, size.height / image.height)
        whole = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
        return image.resize(whole, Resampling.LANCZOS, reducing_gap=2.0)
    box = crop_box((image.width, image.height), (size.width / scale, size.height / scale), focus)
    if box == (0, 0, image.width, image.height) and (image.width, image.height) == (size.width, size.height):
        return image
    return image.resize((size.width, size.height), Resampling.LANCZOS, box=box, reducing_gap=2.0)


def columns_of(image: Image, count: int) -> tuple[Image, ...]:
    """Return a picture cut into columns of equal width, from its left; the width must be a multiple of their count."""
    width = image.width // count
    return tuple(image.crop((width * at, 0, width * (at + 1), image.height)) for at in range(count))


def picture_bytes(image: Image) -> bytes:
    """Return the picture as the bytes that cost the engine least: JPEG 95 at full chroma, or lossless WebP.

    For 1080×1350 pixels of photo, encoding and the engine's decoding together: JPEG 21 ms, WebP 64 ms, PNG 103 to
    186 ms. Transparent pictures and those of few colours (logos, charts) stay exact.
    """
    stream = io.BytesIO()
    if image.mode == "RGB" and image.getcolors(256) is None:
        image.save(stream, "JPEG", quality=95, subsampling=0)
    else:
        image.save(stream, "WEBP", lossless=True, quality=0, method=0, exact=True)
    return stream.getvalue()


def is_svg(data: bytes) -> bool:
    """Tell whether the bytes look like an SVG picture; whether it is a good one is told by `check_svg`."""
    return data.lstrip()[:1] == b"<" and b"<svg" in data[:4096]


def empty_drawing(picture: bytes) -> bytes:
    """Return an SVG picture without what is drawn, of the same size; any other picture as it is."""
    root = _SVG_ROOT.search(picture, 0, 4096) if picture[:1] == b"<" else None
    readable = root is not None and not root[0].endswith(b"/>") and root[0].count(b'"') % 2 == 0
    return root[0] + b"</svg>" if root and readable else picture


def picture_ratio(data: bytes, place: Place = Place()) -> float:
    """Return how many times as wide as high a picture is, from its header; raises PictureError when it does not say."""
    if not is_svg(data):
        image = _opened(data, place)
        width, height = image.size
        return height / width if image.getexif().get(ORIENTATION, 1) >= 5 else width / height
    box = VIEW_BOX.search(data)
    if box is None or not float(box[1]) or not float(box[2]):
        raise PictureError(
            "the SVG picture has no viewBox", place, "save it with a viewBox: its size is not known else"
        )
    return float(box[1]) / float(box[2])


def check_svg(data: bytes, place: Place = Place(), limit: int = MAX_SVG_BYTES) -> bytes:
    """Return the bytes of an SVG picture that neither runs nor loads anything.

    Raises PictureError when it is not SVG or too large, SecurityError when it holds a document type, entities, scripts,
    event handlers, foreign content, or references to anything but its own parts and embedded raster pictures.
    """
    if len(data) > limit:
        raise PictureError(f"the SVG picture has {len(data):,} bytes, at most {limit:,} are taken", place)
    if found := [Problem(message, place, SVG_HINT) for message in dict.fromkeys(_svg_dangers(data, place))]:
        raise SecurityError(found)
    return data


def _opened(data: bytes, place: Place) -> Image:
    """Return a picture whose header was read and keeps the limits."""
    from PIL import Image as Pictures
    from PIL import UnidentifiedImageError

    if len(data) > MAX_BYTES:
        raise PictureError(f"the picture has {len(data):,} bytes, at most {MAX_BYTES:,} are taken", place)
    try:
        image = Pictures.open(io.BytesIO(data), formats=known_formats())
    except UnidentifiedImageError:
        hint = "save it as JPEG or PNG"
        raise PictureError(f"the file is no picture that is known here: {_kind(data)}", place, hint) from None
    except (Pictures.DecompressionBombError, Pictures.DecompressionBombWarning):
        raise PictureError(f"the picture has more than {MAX_PIXELS:,} pixels", place, "make it smaller") from None
    except Exception as error:  # as in open_picture
        raise PictureError(f"the picture is damaged: {error}", place, "save it again") from error
    size = Size(*image.size)
    if size.width * size.height > MAX_PIXELS:
        pixels = size.width * size.height
        raise PictureError(f"the picture is {size}: {pixels:,} pixels, at most {MAX_PIXELS:,} are taken", place)
    if max(image.size) > MAX_SIDE:
        raise PictureError(f"the picture is {size}: no side may be longer than {MAX_SIDE:,} pixels", place)
    if image.mode not in MODES:
        raise PictureError(f"the picture has pixels of type '{image.mode}'", place, "save it with 8 or 16 bits")
    return image


@cache
def known_formats() -> tuple[str, ...]:
    """Return the formats that can be opened: HEIF too, where the extra `heif` is installed."""
    try:
        import pillow_heif
    except ImportError:
        return FORMATS
    pillow_heif.register_heif_opener()
    return (*FORMATS, "HEIF")


def _kind(data: bytes) -> str:
    if data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"mif1", b"msf1"):
        return "HEIF needs `pip install assetgen[heif]`"
    if not data:
        return "it is empty"
    if data.lstrip()[:5].lower() in (b"<?xml", b"<svg ", b"<!doc", b"<html"):
        return "it is markup"
    return f"it starts with {data[:8]!r}"


def _draft(image: Image, at_least: Size) -> None:
    """Ask the decoder for the smallest size that still covers the box, whichever way the photo lies."""
    turned = image.getexif().get(ORIENTATION, 1) >= 5
    width, height = (image.height, image.width) if turned else image.size
    scale = max(at_least.width / width, at_least.height / height)
    image.draft(None, (max(1, int(image.width * scale)), max(1, int(image.height * scale))))


def _upright(image: Image) -> Image:
    """Return the picture as it was held when it was taken."""
    from PIL import ImageOps

    profile = image.info.get("icc_profile")
    turned = ImageOps.exif_transpose(image)
    if profile and "icc_profile" not in turned.info:
        turned.info["icc_profile"] = profile
    return turned


def _in_srgb(image: Image) -> Image:
    """Return the picture in 8-bit sRGB, by its own colour profile where it has one that can be read."""
    from PIL import Image as Pictures

    profile = image.info.get("icc_profile")
    if image.mode.startswith("I;16"):
        import numpy

        image = Pictures.fromarray((numpy.asarray(image).astype(numpy.uint16) >> 8).astype(numpy.uint8), "L")
    transparent = image.has_transparency_data
    if image.mode in ("P", "PA", "1", "LA"):
        image = image.convert("RGBA" if transparent else "RGB")
    alpha = image.convert("RGBA").getchannel("A") if transparent else None
    colours = _profiled(image.convert("RGB") if image.mode in ("RGBA", "RGBX") else image, profile)
    if alpha is not None:
        colours.putalpha(alpha)
    colours.info = {}
    return colours


def _profiled(image: Image, profile: bytes | None) -> Image:
    from PIL import ImageCms

    if not profile:
        return image.convert("RGB")
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if image.mode == "RGB" and ImageCms.getProfileDescription(source).strip().startswith("sRGB"):
            return image
        flags = ImageCms.Flags.BLACKPOINTCOMPENSATION
        intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
        target = ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(image, source, target, intent, outputMode="RGB", flags=flags)
        return converted if converted is not None else image.convert("RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        # A broken or ill-fitting profile is common and says nothing about the pixels.
        return image.convert("RGB")


def crop_box(
    whole: tuple[int, int], part: tuple[float, float], focus: tuple[float, float]
) -> tuple[float, float, float, float]:
    """Return the box of the size of `part` inside `whole` whose middle is nearest to the focus point."""
    left = min(max(focus[0] * whole[0] - part[0] / 2, 0.0), whole[0] - part[0])
    top = min(max(focus[1] * whole[1] - part[1] / 2, 0.0), whole[1] - part[1])
    left, top = max(left, 0.0), max(top, 0.0)
    return left, top, min(left + part[0], whole[0]), min(top + part[1], whole[1])


def _svg_dangers(data: bytes, place: Place) -> Iterator[str]:
    """Yield what makes an SVG picture unsafe; raises PictureError where it cannot be read as one.

    Whole SVG pictures inside it, as the engine embeds logos, are looked at on their own; they may hold no others.
    """
    for inner in EMBEDDED_SVG.finditer(data):
        try:
            yield from _tree_dangers(base64.b64decode(inner[1]), place)
        except (PictureError, binascii.Error):
            yield f"the SVG picture refers to '{inner[0].decode()[:60]}'"
    yield from _tree_dangers(EMBEDDED_SVG.sub(b"#", data), place)


def _tree_dangers(data: bytes, place: Place) -> Iterator[str]:
    """Yield what is unsafe in the elements of an SVG picture."""
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    depth = count = 0
    try:
        for event, element in iterparse(io.BytesIO(data), ("start", "end", "pi"), forbid_dtd=True):
            if event == "pi":
                yield "the SVG picture holds a processing instruction"
                continue
            if event == "end":
                depth -= 1
                yield from _style_dangers(element)
                element.clear()
                continue
            depth, count = depth + 1, count + 1
            if count == 1 and _local(element.tag) != "svg":
                raise PictureError(f"the picture is not SVG: it starts with <{_local(element.tag)}>", place)
            if depth > MAX_SVG_DEPTH or count > MAX_SVG_ELEMENTS:
                limits = f"{MAX_SVG_ELEMENTS:,} elements, {MAX_SVG_DEPTH} deep"
                raise PictureError(f"the SVG picture is too large: at most {limits} are taken", place)
            yield from _element_dangers(element)
    except DefusedXmlException:
        yield "the SVG picture has a document type or entities"
    except (ParseError, ValueError, LookupError) as error:
        raise PictureError(f"the SVG picture is damaged: {error}", place) from error


def _local(name: str) -> str:
    return name.rpartition("}")[2].lower()


def _element_dangers(element: Element) -> Iterator[str]:
    tag = _local(element.tag)
    if tag in FORBIDDEN_ELEMENTS or element.tag.startswith("{http://www.w3.org/1999/xhtml}"):
        yield f"the SVG picture holds <{element.tag.rpartition('}')[2]}>"
    for name, value in element.attrib.items():
        local = _local(name)
        target = _local(value) if local == "attributename" else local
        if target.startswith("on"):
            yield f"the SVG picture holds the event handler '{target}'"
        elif local == "attributename" and target.rpartition(":")[2] == "href":
            yield "the SVG picture animates a reference"
        elif local == "base" or (local in ("href", "src") and not INNER_REFERENCE.match(value)):
            yield f"the SVG picture refers to '{value[:60]}'"
        yield from _css_dangers(value, strict=local == "style")


def _style_dangers(element: Element) -> Iterator[str]:
    if _local(element.tag) == "style":
        yield from _css_dangers("".join(element.itertext()), strict=True)


def _css_dangers(text: str, strict: bool) -> Iterator[str]:
    """Yield what a piece of CSS reaches for; plain attributes are asked for references only."""
    for reference in CSS_URL.findall(text):
        if not INNER_REFERENCE.match(reference):
            yield f"the SVG picture refers to '{reference.strip()[:60]}'"
    if strict and (found := CSS_DANGER.search(text)):
        yield f"the style of the SVG picture holds '{found[0]}'"
