"""Turn frames into one PDF: a page each, the picture over the whole page, no dates and nobody named.

One CSS pixel is 0.75 points, so 1080×1350 pixels make a page of 810×1012.5 points. Pictures are JPEG inside, because
documents are limited in bytes and their readers scale them anyway.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from assetgen.errors import EncodeError
from assetgen.formats._pixels import needs_full_chroma, opaque_image
from assetgen.model import Frame

SUFFIX = ".pdf"
MEDIA_TYPE = "application/pdf"
MANY_PAGES = True
VECTOR = False
LOSSY = True
OPTIONS = {
    "background": "the colour (#rrggbb) that transparent pages are laid on; without it such pages are refused",
    "title": "the title of the document, which LinkedIn and readers show",
}
QUALITY = 92
PIXELS_AN_INCH = 96


def encode(
    frames: Sequence[Frame], quality: int | None = None, background: str | None = None, title: str = ""
) -> bytes:
    """Return the bytes of a PDF file.

    `quality` is that of the JPEGs inside. Raises EncodeError without pages, or for a transparent one without
    `background`.
    """
    if not frames:
        raise EncodeError("a pdf file needs a page, got none")
    pages = [opaque_image(frame, background, "pdf").convert("RGB") for frame in frames]
    stream = io.BytesIO()
    pages[0].save(
        stream,
        "PDF",
        save_all=True,
        append_images=pages[1:],
        resolution=PIXELS_AN_INCH,
        quality=QUALITY if quality is None else quality,
        subsampling=0 if any(map(needs_full_chroma, frames)) else 2,
        title=title or None,
        creationDate=None,
        modDate=None,
    )
    return stream.getvalue()
