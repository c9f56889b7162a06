"""Read what a PDF says of itself: pages, their sizes and who made it. Its pictures are not decoded."""

from __future__ import annotations

import io
from typing import Any

from assetgen.model import Size

MAX_PAGES_READ = 2000
_INFORMATION = {
    "/Author": "author",
    "/Creator": "software",
    "/Producer": "software",
    "/CreationDate": "date",
    "/ModDate": "date",
    "/Subject": "description",
    "/Keywords": "keywords",
}


def describe(data: bytes) -> dict[str, Any]:
    """Return the fields of `MediaFacts` that a PDF fills: pages, sizes in pixels at 96 an inch, metadata, problem."""
    from pypdf import PdfReader

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            return {"problem": "the PDF is locked with a password"}
        count = len(reader.pages)
        if not count:
            return {"problem": "the PDF has no pages", "pages": 0}
        sizes = tuple(_size(reader.pages[number]) for number in range(min(count, MAX_PAGES_READ)))
        information: dict[str, Any] = dict(reader.metadata or {})
        found = tuple(dict.fromkeys(name for key, name in _INFORMATION.items() if information.get(key)))
        return {"size": sizes[0], "pages": count, "page_sizes": sizes, "metadata": found, "mode": "PDF"}
    except Exception as error:  # a reader raises what it likes on damaged bytes
        return {"problem": f"the PDF is damaged: {error}"}


def _size(page: Any) -> Size:
    turned = (page.rotation // 90) % 2
    width, height = float(page.mediabox.width) / 0.75, float(page.mediabox.height) / 0.75
    return Size(round(height), round(width)) if turned else Size(round(width), round(height))
