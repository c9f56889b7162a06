"""Ask whether a media file is fit for a placement: a file, ours or not, goes in; findings come out.

Headers and indexes are read first; pixels and sound are decoded only within limits. A finding is an error where the
platform refuses or crops the file, a warning where it is taken and suffers. Files are never changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from assetgen.inspect.media import VIDEOS, error, head_of, judge_format, kind_of
from assetgen.inspect.pictures import MediaFacts, describe_picture, judge_picture
from assetgen.model import Finding, Placement, Severity
from assetgen.paths import MAX_FILE_BYTES, read_bytes

__all__ = ["MediaFacts", "describe_file", "inspect_file"]

_RANKS = (Severity.ERROR, Severity.WARNING, Severity.INFO, Severity.OFF)


def inspect_file(source: Path | str | bytes, placement: Placement, whole: bool = True) -> tuple[Finding, ...]:
    """Return what keeps a media file from being fit for a placement, errors first.

    Without `whole` the pixels of opaque pictures, and the pictures and sound of videos, are not decoded, and damage in
    them is not seen. Raises DataError when there is no such file.
    """
    head, length = head_of(source)
    kind = kind_of(head)
    findings = list(_findings(source, MediaFacts(kind, length), placement, whole))
    return tuple(sorted(findings, key=lambda finding: _RANKS.index(finding.severity)))


def describe_file(source: Path | str | bytes, whole: bool = True) -> MediaFacts:
    """Return what a media file says of itself, `whole` with its pixels; raises DataError when there is no such file.

    Of a video only format and bytes are told here; `assetgen.inspect.describe.describe_clip` tells the rest.
    """
    head, length = head_of(source)
    facts = MediaFacts(kind_of(head), length)
    if facts.format in VIDEOS or facts.format in ("", "unknown"):
        return facts
    if length > MAX_FILE_BYTES:
        return replace(facts, problem=f"has {length:,} bytes, at most {MAX_FILE_BYTES:,} are read")
    return describe_picture(facts, source if isinstance(source, bytes) else read_bytes(Path(source)), whole)


def _findings(source: Path | str | bytes, facts: MediaFacts, placement: Placement, whole: bool) -> Iterator[Finding]:
    """Yield the findings of the kind that the file is of."""
    if facts.format in ("", "unknown", "avi"):
        yield from _unsupported(facts)
        return
    yield from judge_format(facts.format, placement)
    if placement.video is None and facts.format not in VIDEOS:
        yield from judge_picture(describe_file(source, whole), placement)
    elif placement.video is not None and facts.format in VIDEOS:
        from assetgen.inspect.describe import describe_clip
        from assetgen.inspect.videos import judge_clip

        yield from judge_clip(describe_clip(source, facts.format, facts.bytes, whole), placement)
    elif placement.video is not None and facts.format in ("gif", "webp"):
        from assetgen.inspect.animations import judge_animation

        yield from judge_animation(source, facts, placement)


def _unsupported(facts: MediaFacts) -> Iterator[Finding]:
    if facts.format == "avi":
        yield error("unsupported", "the file is an AVI; no platform here takes it", "save it as MP4")
    else:
        what = (
            "the file is empty" if not facts.bytes else "the file is no picture, PDF, SVG or video that is known here"
        )
        hint = "inspect a JPEG, PNG, WebP, GIF, TIFF, BMP, AVIF, SVG, PDF, MP4, MOV or WebM"
        yield error("unsupported", what, hint)
