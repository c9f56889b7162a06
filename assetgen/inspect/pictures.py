"""Describe and judge pictures, PDF and SVG: their bytes go in; what they say of themselves, and findings, come out.

Headers are read first; pixels are decoded only within the limits of `assetgen.pictures`.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from assetgen import pictures
from assetgen.errors import PictureError, SecurityError
from assetgen.inspect.media import GPS, error, judge_bytes, judge_metadata, judge_ratio, judge_sides, warning
from assetgen.model import Finding, Placement, Size
from assetgen.paths import MAX_FILE_BYTES

if TYPE_CHECKING:
    from PIL.Image import Image

_SUBSAMPLING = {0: "4:4:4", 1: "4:2:2", 2: "4:2:0"}
# Exif 2.32 and its XP extension: what tells who, where, when and with what.
_EXIF = {
    0x010E: "description",
    0x010F: "camera",
    0x0110: "camera",
    0x0131: "software",
    0x0132: "date",
    0x013B: "author",
    0x8298: "copyright",
    0x9C9B: "title",
    0x9C9C: "comment",
    0x9C9D: "author",
    0x9003: "date",
    0x9286: "comment",
    0xA430: "owner",
    0xA431: "serial number",
    0xA435: "serial number",
}


@dataclass(frozen=True, slots=True)
class MediaFacts:
    """What a media file says of itself. `size` is in pixels (of a PDF: its first page, at 96 pixels an inch).

    `mode` is the kind of pixels (`RGB`, `CMYK`); `profile` the name of the colour profile, empty where there is none;
    `metadata` what was found beside the picture; `problem` why it could not be read to the end.
    """

    format: str
    bytes: int
    size: Size | None = None
    mode: str = ""
    profile: str = ""
    progressive: bool = False
    subsampling: str = ""
    transparent: bool = False
    animated: bool = False
    pages: int = 1
    page_sizes: tuple[Size, ...] = ()
    metadata: tuple[str, ...] = ()
    problem: str = ""


def describe_picture(facts: MediaFacts, data: bytes, whole: bool = True) -> MediaFacts:
    """Return the facts with those of a picture, PDF or SVG; without `whole` opaque pixels are not decoded."""
    if facts.format == "pdf":
        from assetgen.formats._pdf import describe

        return replace(facts, **describe(data))
    return _describe_svg(facts, data) if facts.format == "svg" else _describe_pixels(facts, data, whole)


def judge_picture(facts: MediaFacts, placement: Placement) -> Iterator[Finding]:
    """Yield what keeps a picture, PDF or SVG from being fit for a placement."""
    if facts.progressive:
        yield warning("progressive", "the JPEG is progressive; baseline is the safe kind", "save it as baseline")
    yield from judge_bytes(facts.bytes, placement)
    yield from _damage(facts)
    yield from judge_metadata(facts.metadata)
    if facts.size is not None:
        yield from _size(facts, placement)
        yield from judge_ratio(facts.size, placement)
        yield from _pages(facts, placement)
        yield from _colour(facts)
        yield from _alpha(facts, placement)


# --- reading ----------------------------------------------------------------------------------------------------------


def _describe_pixels(facts: MediaFacts, data: bytes, whole: bool) -> MediaFacts:
    from PIL import Image

    try:
        image = Image.open(io.BytesIO(data), formats=[*pictures.known_formats(), "BMP", "AVIF"])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        found = re.search(r"\((\d+) pixels\)", str(error))
        return replace(facts, problem=f"has {int(found[1]):,} pixels" if found else "has too many pixels")
    except Exception as error:  # decoders raise what they like on damaged bytes
        reason = "the header cannot be read" if "cannot identify" in str(error) else str(error)
        return replace(facts, problem=reason)
    facts = replace(facts, size=Size(*image.size), mode=image.mode)
    try:
        facts = replace(facts, profile=_profile(image), **_jpeg(image), **_frames(image))
        if image.width * image.height > pictures.MAX_PIXELS:
            return facts
        if not (whole or image.has_transparency_data):
            return replace(facts, metadata=_found(image))
        image.load()
        alpha = image.convert("RGBA").getchannel("A").getextrema()[0] if image.has_transparency_data else 255
        return replace(facts, transparent=alpha != 255, metadata=_found(image))
    except Exception as error:  # as above
        return replace(facts, problem=str(error) or type(error).__name__)


def _frames(image: Image) -> dict[str, Any]:
    """Tell whether a picture moves, or how many pages it has; the second view in a phone's JPEG is neither."""
    if image.format == "TIFF":
        return {"pages": getattr(image, "n_frames", 1)}
    return {"animated": bool(getattr(image, "is_animated", False)) and image.format != "MPO"}


def _jpeg(image: Image) -> dict[str, Any]:
    if image.format not in ("JPEG", "MPO"):
        return {}
    from PIL.JpegImagePlugin import get_sampling

    return {
        "progressive": bool(image.info.get("progressive")),
        "subsampling": _SUBSAMPLING.get(get_sampling(image), ""),
    }


def _profile(image: Image) -> str:
    if "srgb" in image.info:
        return "sRGB"
    data = image.info.get("icc_profile")
    if not data:
        return ""
    from PIL import ImageCms

    try:
        return ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(data))).strip() or "unnamed"
    except (ImageCms.PyCMSError, OSError):
        return "damaged"


def _found(image: Image) -> tuple[str, ...]:
    """Return what is stored beside the pixels and tells who, where, when or with what."""
    exif = image.getexif()
    details = exif.get_ifd(0x8769)
    found = [name for tag, name in _EXIF.items() if exif.get(tag) or details.get(tag)] if exif else []
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    packet = packet.encode() if isinstance(packet, str) else packet
    if exif.get_ifd(0x8825) or b"GPSLatitude" in packet:
        found.append(GPS)
    if packet:
        found.append("XMP")
    if image.info.get("photoshop"):
        found.append("IPTC")
    if image.info.get("comment"):
        found.append("comment")
    found += [f"text '{key}'" for key in getattr(image, "text", {}) if key != "XML:com.adobe.xmp"]
    return tuple(dict.fromkeys(found))


def _describe_svg(facts: MediaFacts, data: bytes) -> MediaFacts:
    try:
        pictures.check_svg(data, limit=MAX_FILE_BYTES)
    except (PictureError, SecurityError) as error:
        return replace(facts, problem="; ".join(problem.message for problem in error.problems))
    head = data[: data.find(b">", data.find(b"<svg")) + 1].decode("utf-8", "replace")
    box = re.search(r"viewBox=['\"]\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)", head)
    return replace(facts, size=Size(round(float(box[1])), round(float(box[2]))) if box else None, transparent=True)


# --- judging ----------------------------------------------------------------------------------------------------------


def _damage(facts: MediaFacts) -> Iterator[Finding]:
    if facts.problem.endswith("pixels"):
        message = f"the picture {facts.problem}; at most {pictures.MAX_PIXELS:,} are decoded"
        yield error("pixels", message, "make it smaller")
    elif facts.problem:
        yield error("damaged", f"the file cannot be read: {facts.problem}", "save it again, or take the original")


def _size(facts: MediaFacts, placement: Placement) -> Iterator[Finding]:
    size = facts.size
    if size is None or facts.format in ("pdf", "svg"):
        return
    most = min(placement.max_pixels or pictures.MAX_PIXELS, pictures.MAX_PIXELS)
    if (pixels := size.width * size.height) > most:
        yield error("pixels", f"the picture has {pixels:,} pixels; at most {most:,} are taken", "make it smaller")
    yield from judge_sides(size, placement)


def _pages(facts: MediaFacts, placement: Placement) -> Iterator[Finding]:
    if facts.animated:
        yield warning("animated", "the picture moves; a still is expected", "only its first picture may be shown")
    got = f"the file has {facts.pages} pages"
    if placement.kind == "document" and not placement.count_min <= facts.pages <= placement.count_max:
        allowed = f"{placement.count_min} to {placement.count_max}"
        yield error("pages", f"{got}; {placement.name} takes {allowed}", "split or add pages")
    elif placement.kind != "document" and facts.pages > 1:
        yield warning("pages", f"{got}; only the first may be shown", "save one file a page")
    if len(set(facts.page_sizes)) > 1:
        sizes = ", ".join(map(str, dict.fromkeys(facts.page_sizes)))
        yield warning("pages", f"the pages differ in size: {sizes}", "give all pages one size")


def _colour(facts: MediaFacts) -> Iterator[Finding]:
    if facts.mode in ("CMYK", "LAB", "YCCK"):
        yield warning("colour-profile", f"the colours are {facts.mode}; screens show sRGB", "convert it to sRGB")
    elif facts.profile and not facts.profile.lower().startswith(("srgb", "gray", "grey", "c2")):
        message = f"the colour profile is '{facts.profile}'; platforms expect sRGB"
        yield warning("colour-profile", message, "colours may shift; convert it to sRGB")


def _alpha(facts: MediaFacts, placement: Placement) -> Iterator[Finding]:
    if facts.transparent and not placement.transparent and facts.format != "svg":
        message = "the picture is transparent in places; the platform lays it on a colour of its own"
        yield warning("alpha", message, "give it a background")
    elif placement.transparent and not facts.transparent and not facts.problem:
        message = f"the picture is opaque; {placement.name} is laid over other pictures and would hide them"
        yield warning("alpha", message, "leave the background transparent")
