"""Ask whether a media file is fit for a placement: a file, ours or not, goes in; findings come out.

Headers are read first; pixels are decoded only within the limits of `pictures`. A finding is an error where the
platform refuses or crops the file, a warning where it is taken and suffers. Files are never changed.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assetgen import pictures
from assetgen.errors import DataError, PictureError, Place, SecurityError
from assetgen.model import Finding, Placement, Severity, Size
from assetgen.paths import MAX_FILE_BYTES, read_bytes

if TYPE_CHECKING:
    from PIL.Image import Image

SAVE_PLAIN = "save it without metadata"

# A ratio may be off by the rounding of a side to whole pixels and a little more; platforms allow about as much.
RATIO_TOLERANCE = 0.01

_VIDEO = ("mp4", "webm", "avi")
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
_GPS = "GPS position"


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


def inspect_file(source: Path | str | bytes, placement: Placement, whole: bool = True) -> tuple[Finding, ...]:
    """Return what keeps a media file from being fit for a placement, errors first.

    Without `whole` the pixels of opaque pictures are not decoded, and damage in them is not seen. Raises DataError when
    there is no such file.
    """
    facts = describe_file(source, whole)
    if facts.format in ("", "unknown", *_VIDEO):
        findings = list(_unsupported(facts))
    else:
        findings = [*_format(facts, placement), *_bytes(facts, placement), *_damage(facts), *_metadata(facts)]
        if facts.size is not None:
            findings += [*_size(facts, placement), *_ratio(facts, placement), *_pages(facts, placement)]
            findings += [*_colour(facts), *_alpha(facts, placement)]
    return tuple(sorted(findings, key=lambda finding: finding.severity != Severity.ERROR))


def describe_file(source: Path | str | bytes, whole: bool = True) -> MediaFacts:
    """Return what a media file says of itself, `whole` with its pixels; raises DataError when there is no such file."""
    head, length = _head(source)
    kind = _kind(head)
    facts = MediaFacts(kind, length)
    if kind in _VIDEO or kind in ("", "unknown"):
        return facts
    if length > MAX_FILE_BYTES:
        return replace(facts, problem=f"has {length:,} bytes, at most {MAX_FILE_BYTES:,} are read")
    data = source if isinstance(source, bytes) else read_bytes(Path(source))
    if kind == "pdf":
        from assetgen.formats._pdf import describe

        return replace(facts, **describe(data))
    return _describe_svg(facts, data) if kind == "svg" else _describe_picture(facts, data, whole)


# --- reading ----------------------------------------------------------------------------------------------------------


def _head(source: Path | str | bytes) -> tuple[bytes, int]:
    if isinstance(source, bytes):
        return source[:512], len(source)
    path = Path(source)
    if not path.is_file():
        read_bytes(path)  # which raises, and names the nearest file
    try:
        with path.open("rb") as stream:
            return stream.read(512), path.stat().st_size
    except OSError as error:
        raise DataError(f"'{path.name}' cannot be read: {error.strerror}", Place(str(path))) from error


def _kind(head: bytes) -> str:
    """Return the format that the first bytes show, whatever the file is called; empty for an empty file."""
    signatures = {
        b"\xff\xd8\xff": "jpeg",
        b"\x89PNG\r\n\x1a\n": "png",
        b"GIF8": "gif",
        b"II*\x00": "tiff",
        b"MM\x00*": "tiff",
        b"BM": "bmp",
        b"%PDF-": "pdf",
        b"\x1aE\xdf\xa3": "webm",
    }
    if not head:
        return ""
    if head[:4] == b"RIFF":
        return {b"WEBP": "webp", b"AVI ": "avi"}.get(head[8:12], "unknown")
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        return "avif" if brand in (b"avif", b"avis") else "heif" if brand in _HEIF else "mp4"
    if b"<svg" in head.lower() or head.lstrip()[:5] == b"<?xml":
        return "svg"
    return next((name for start, name in signatures.items() if head.startswith(start)), "unknown")


_HEIF = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")


def _describe_picture(facts: MediaFacts, data: bytes, whole: bool) -> MediaFacts:
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
    found = [name for tag, name in _EXIF.items() if exif.get(tag) or exif.get_ifd(0x8769).get(tag)]
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    packet = packet.encode() if isinstance(packet, str) else packet
    if exif.get_ifd(0x8825) or b"GPSLatitude" in packet:
        found.append(_GPS)
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


def _error(rule: str, message: str, hint: str = "") -> Finding:
    return Finding(f"file.{rule}", Severity.ERROR, message, hint)


def _warning(rule: str, message: str, hint: str = "") -> Finding:
    return Finding(f"file.{rule}", Severity.WARNING, message, hint)


def _unsupported(facts: MediaFacts) -> Iterator[Finding]:
    if facts.format in _VIDEO:
        message = f"the file is a video ({facts.format}); inspecting videos is not there yet"
        yield _error("unsupported", message, "only pictures, PDF and SVG are inspected by this version")
    else:
        what = "the file is empty" if not facts.bytes else "the file is no picture, PDF or SVG that is known here"
        yield _error("unsupported", what, "inspect a JPEG, PNG, WebP, GIF, TIFF, BMP, AVIF, SVG or PDF")


def _format(facts: MediaFacts, placement: Placement) -> Iterator[Finding]:
    if facts.format not in placement.formats:
        allowed = ", ".join(placement.formats)
        message = f"the file is {facts.format}; {placement.name} takes {allowed}"
        yield _error("format", message, f"save it as {placement.formats[0]}")
    if facts.progressive:
        yield _warning("progressive", "the JPEG is progressive; baseline is the safe kind", "save it as baseline")


def _bytes(facts: MediaFacts, placement: Placement) -> Iterator[Finding]:
    if placement.max_bytes is not None and facts.bytes > placement.max_bytes:
        message = f"the file has {facts.bytes:,} bytes; {placement.name} takes {placement.max_bytes:,}"
        yield _error("bytes", message, "save it at a lower quality or a smaller size")


def _damage(facts: MediaFacts) -> Iterator[Finding]:
    if facts.problem.endswith("pixels"):
        message = f"the picture {facts.problem}; at most {pictures.MAX_PIXELS:,} are decoded"
        yield _error("pixels", message, "make it smaller")
    elif facts.problem:
        yield _error("damaged", f"the file cannot be read: {facts.problem}", "save it again, or take the original")


def _metadata(facts: MediaFacts) -> Iterator[Finding]:
    if _GPS in facts.metadata:
        yield _error(
            "metadata", "the file holds a GPS position: it tells where it was made", "save it without metadata"
        )
    if others := [name for name in facts.metadata if name != _GPS]:
        yield _warning("metadata", f"the file holds metadata: {', '.join(others)}", SAVE_PLAIN)


def _size(facts: MediaFacts, placement: Placement) -> Iterator[Finding]:
    size = facts.size
    if size is None or facts.format in ("pdf", "svg"):
        return
    most = min(placement.max_pixels or pictures.MAX_PIXELS, pictures.MAX_PIXELS)
    if (pixels := size.width * size.height) > most:
        yield _error("pixels", f"the picture has {pixels:,} pixels; at most {most:,} are taken", "make it smaller")
    refused = False
    for side, got, low, high in (
        ("wide", size.width, placement.min_width, placement.max_width),
        ("high", size.height, placement.min_height, placement.max_height),
    ):
        if (low is not None and got < low) or (high is not None and got > high):
            refused = True
            bounds = " and ".join(text for text in (low and f"at least {low:,}", high and f"at most {high:,}") if text)
            message = f"the picture is {got:,} pixels {side}; {placement.name} takes {bounds}"
            yield _error("size", message, f"make it {placement.size}")
    if not refused and size not in placement.sizes:
        allowed = " or ".join(map(str, placement.sizes))
        message = f"the picture is {size} pixels; {placement.name} is best at {allowed}"
        yield _warning("size", message, "the platform will scale it")


def _ratio(facts: MediaFacts, placement: Placement) -> Iterator[Finding]:
    if facts.size is None or not facts.size.height:
        return
    got, low, high = facts.size.ratio, placement.ratio_min, placement.ratio_max
    shown = f"the picture is {got:.2f} times as wide as high"
    if low is not None and high is not None and not low * (1 - RATIO_TOLERANCE) <= got <= high * (1 + RATIO_TOLERANCE):
        allowed = f"{low:.2f}" if low == high else f"{low:.2f} to {high:.2f}"
        message = f"{shown}; {placement.name} takes {allowed}"
        yield _error("ratio", message, f"it would be refused or cropped; make it {placement.size}")
    elif not any(abs(got / size.ratio - 1) <= 1.5 * RATIO_TOLERANCE for size in placement.sizes):
        wanted = " or ".join(f"{size.ratio:.2f}" for size in placement.sizes)
        yield _warning("ratio", f"{shown}; {placement.name} is best at {wanted}", "it may be cropped or get borders")


def _pages(facts: MediaFacts, placement: Placement) -> Iterator[Finding]:
    if facts.animated:
        yield _warning("animated", "the picture moves; a still is expected", "only its first picture may be shown")
    got = f"the file has {facts.pages} pages"
    if placement.kind == "document" and not placement.count_min <= facts.pages <= placement.count_max:
        allowed = f"{placement.count_min} to {placement.count_max}"
        yield _error("pages", f"{got}; {placement.name} takes {allowed}", "split or add pages")
    elif placement.kind != "document" and facts.pages > 1:
        yield _warning("pages", f"{got}; only the first may be shown", "save one file a page")
    if len(set(facts.page_sizes)) > 1:
        sizes = ", ".join(map(str, dict.fromkeys(facts.page_sizes)))
        yield _warning("pages", f"the pages differ in size: {sizes}", "give all pages one size")


def _colour(facts: MediaFacts) -> Iterator[Finding]:
    if facts.mode in ("CMYK", "LAB", "YCCK"):
        yield _warning("colour-profile", f"the colours are {facts.mode}; screens show sRGB", "convert it to sRGB")
    elif facts.profile and not facts.profile.lower().startswith(("srgb", "gray", "grey", "c2")):
        message = f"the colour profile is '{facts.profile}'; platforms expect sRGB"
        yield _warning("colour-profile", message, "colours may shift; convert it to sRGB")


def _alpha(facts: MediaFacts, placement: Placement) -> Iterator[Finding]:
    if facts.transparent and not placement.transparent and facts.format != "svg":
        message = "the picture is transparent in places; the platform lays it on a colour of its own"
        yield _warning("alpha", message, "give it a background")
    elif placement.transparent and not facts.transparent and not facts.problem:
        message = f"the picture is opaque; {placement.name} is laid over other pictures and would hide them"
        yield _warning("alpha", message, "leave the background transparent")
