"""Turn vector markup from an engine into one SVG file, after making sure that it holds nothing that runs or loads."""

from __future__ import annotations

from collections.abc import Sequence

from assetgen.errors import EncodeError, PictureError, Place, SecurityError
from assetgen.model import Frame

SUFFIX = ".svg"
MEDIA_TYPE = "image/svg+xml"
MANY_PAGES = False
VECTOR = True
LOSSY = False
OPTIONS: dict[str, str] = {}
# A page with its photographs and glyphs inside; logos have a smaller limit.
MAX_BYTES = 50_000_000


def encode(frames: Sequence[Frame], quality: int | None = None) -> bytes:
    """Raise EncodeError: pixels are not turned into vectors."""
    del frames, quality
    raise EncodeError("svg is made from vectors, not from pixels", hint="this engine or layout gives none; choose png")


def encode_vector(markup: Sequence[str]) -> bytes:
    """Return the bytes of an SVG file.

    Raises EncodeError for several pages, or where the markup is damaged or holds scripts, event handlers or references
    to anything outside of the file.
    """
    from assetgen.pictures import check_svg

    if len(markup) != 1:
        raise EncodeError(f"an svg file holds one page, got {len(markup)}", hint="write one file a page")
    place = Place("the painted page")
    try:
        check_svg(markup[0].encode("utf-8"), place, limit=MAX_BYTES)
    except (PictureError, SecurityError) as error:
        raise EncodeError(error.problems) from error
    return markup[0].encode("utf-8")
