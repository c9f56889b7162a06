"""Tell what kind of file some bytes are, and judge what all kinds share: format, bytes, sides, ratio, metadata."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from assetgen.errors import DataError, Place
from assetgen.model import Finding, Placement, Severity, Size
from assetgen.paths import read_bytes

FFMPEG = "with ffmpeg: "  # what the hints for videos begin with: it is what people have
VIDEOS = ("mp4", "mov", "3gp", "webm", "mkv", "avi")

# A ratio may be off by the rounding of a side to whole pixels and a little more; platforms allow about as much.
RATIO_TOLERANCE = 0.01

_HEIF = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
# Old QuickTime files have no brand and begin with one of these.
_QUICKTIME = (b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot")


def head_of(source: Path | str | bytes) -> tuple[bytes, int]:
    """Return the first bytes of a file and its length; raises DataError, with the nearest name, when there is none."""
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


def kind_of(head: bytes) -> str:
    """Return the format that the first bytes show, whatever the file is called; empty for an empty file."""
    signatures = {
        b"\xff\xd8\xff": "jpeg",
        b"\x89PNG\r\n\x1a\n": "png",
        b"GIF8": "gif",
        b"II*\x00": "tiff",
        b"MM\x00*": "tiff",
        b"BM": "bmp",
        b"%PDF-": "pdf",
    }
    if not head:
        return ""
    if head[:4] == b"\x1aE\xdf\xa3":
        return "mkv" if b"matroska" in head[:64] else "webm"
    if head[:4] == b"RIFF":
        return {b"WEBP": "webp", b"AVI ": "avi"}.get(head[8:12], "unknown")
    if head[4:8] == b"ftyp":
        return _branded(head[8:12])
    if head[4:8] in _QUICKTIME:
        return "mov"
    if b"<svg" in head.lower() or head.lstrip()[:5] == b"<?xml":
        return "svg"
    return next((name for start, name in signatures.items() if head.startswith(start)), "unknown")


def _branded(brand: bytes) -> str:
    if brand in (b"avif", b"avis"):
        return "avif"
    if brand in _HEIF:
        return "heif"
    return "mov" if brand == b"qt  " else "3gp" if brand[:3] in (b"3gp", b"3g2") else "mp4"


def error(rule: str, message: str, hint: str = "") -> Finding:
    """Return a finding of what a platform refuses or crops."""
    return Finding(f"file.{rule}", Severity.ERROR, message, hint)


def warning(rule: str, message: str, hint: str = "") -> Finding:
    """Return a finding of what a platform takes and shows worse."""
    return Finding(f"file.{rule}", Severity.WARNING, message, hint)


def info(rule: str, message: str, hint: str = "") -> Finding:
    """Return a finding that is only told."""
    return Finding(f"file.{rule}", Severity.INFO, message, hint)


def judge_format(format: str, placement: Placement) -> Iterator[Finding]:
    """Yield that the placement takes other formats."""
    if format not in placement.formats:
        allowed = ", ".join(placement.formats)
        message = f"the file is {format}; {placement.name} takes {allowed}"
        yield error("format", message, f"save it as {placement.formats[0]}")


def judge_bytes(length: int, placement: Placement) -> Iterator[Finding]:
    """Yield that the file has more bytes than the placement takes."""
    if placement.max_bytes is not None and length > placement.max_bytes:
        message = f"the file has {length:,} bytes; {placement.name} takes {placement.max_bytes:,}"
        yield error("bytes", message, "save it at a lower quality or a smaller size")


def judge_sides(size: Size, placement: Placement, noun: str = "picture") -> Iterator[Finding]:
    """Yield sides outside of the limits, or that another size does better."""
    refused = False
    for side, got, low, high in (
        ("wide", size.width, placement.min_width, placement.max_width),
        ("high", size.height, placement.min_height, placement.max_height),
    ):
        if (low is not None and got < low) or (high is not None and got > high):
            refused = True
            bounds = " and ".join(text for text in (low and f"at least {low:,}", high and f"at most {high:,}") if text)
            message = f"the {noun} is {got:,} pixels {side}; {placement.name} takes {bounds}"
            yield error("size", message, f"make it {placement.size}")
    if not refused and size not in placement.sizes:
        allowed = " or ".join(map(str, placement.sizes))
        message = f"the {noun} is {size} pixels; {placement.name} is best at {allowed}"
        yield warning("size", message, "the platform will scale it")


def judge_ratio(size: Size, placement: Placement, noun: str = "picture") -> Iterator[Finding]:
    """Yield a ratio that is refused, cropped or given borders."""
    if not size.height:
        return
    got, low, high = size.ratio, placement.ratio_min, placement.ratio_max
    shown = f"the {noun} is {got:.2f} times as wide as high"
    if low is not None and high is not None and not low * (1 - RATIO_TOLERANCE) <= got <= high * (1 + RATIO_TOLERANCE):
        allowed = f"{low:.2f}" if low == high else f"{low:.2f} to {high:.2f}"
        message = f"{shown}; {placement.name} takes {allowed}"
        yield error("ratio", message, f"it would be refused or cropped; make it {placement.size}")
    elif not any(abs(got / size.ratio - 1) <= 1.5 * RATIO_TOLERANCE for size in placement.sizes):
        wanted = " or ".join(f"{size.ratio:.2f}" for size in placement.sizes)
        yield warning("ratio", f"{shown}; {placement.name} is best at {wanted}", "it may be cropped or get borders")


def judge_metadata(found: tuple[str, ...]) -> Iterator[Finding]:
    """Yield what tells who, where, when or with what; a position is an error."""
    if GPS in found:
        yield error("metadata", "the file holds a GPS position: it tells where it was made", SAVE_PLAIN)
    if others := [name for name in found if name != GPS]:
        yield warning("metadata", f"the file holds metadata: {', '.join(others)}", SAVE_PLAIN)


GPS = "GPS position"
SAVE_PLAIN = "save it without metadata"
