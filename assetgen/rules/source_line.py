"""Report an asset that does not say where its figures come from, or lacks what the brand wants on every post.

A layout that requires a source must show an element marked `data-source` with text on one of its pages. Of the
elements that the brand requires, the logo is found as `data-logo`; handle, website and hotline by their mark
(`data-handle` …) or by their text. A carousel shows each at least once.

Why: a figure without a source cannot be checked, and a post without its sender can be faked.

What to do: fill the field for the source; show the missing element in the layout, or change `[required]` in the brand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assetgen.brand import Brand
from assetgen.check import Subject
from assetgen.model import Finding, Severity
from assetgen.paint import Painted, family
from assetgen.rules._page import logos, texts


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each thing that no page shows."""
    composition, pages = subject.composition, subject.pages
    if composition.layout.requires_source and not _has_source(pages):
        message = "no page says where the figures come from: there is no source line"
        yield Finding("", Severity.ERROR, message, "fill the field 'source' of the record", 1)
    for name in composition.brand.required.elements:
        if name != "source" and not _has(name, composition.brand, composition.placement.platform, pages):
            message = f"no page shows the {name}, which the brand '{composition.brand.slug}' wants on every post"
            yield Finding("", Severity.ERROR, message, f"show it in the layout, marked data-{name}", 1)


def _has_source(pages: Sequence[Painted]) -> bool:
    """Tell whether a source line names a source behind its label."""
    lines = (_text(box.element, page) for page in pages for box in page.boxes if "data-source" in box.attributes)
    return any(re.search(r"\w\w", line.rpartition(":")[2] or line) for line in lines)


def _has(name: str, brand: Brand, platform: str, pages: Sequence[Painted]) -> bool:
    if name == "logo":
        return any(logos(page) for page in pages)
    marked = (
        page for page in pages for box in page.boxes if f"data-{name}" in box.attributes and _text(box.element, page)
    )
    wanted = brand.contacts.get(name, "") if name != "handle" else brand.accounts.get(platform, "")
    words = (wanted, brand.accounts.get("instagram", "")) if name == "handle" else (wanted,)
    seen = " ".join(box.text for page in pages for box in texts(page))
    return any(True for _ in marked) or any(word and word in seen for word in words)


def _text(number: int, page: Painted) -> str:
    return " ".join(box.text for box in family(number, page.boxes) if box.runs)
