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
from assetgen.lines import family
from assetgen.model import Finding, Severity
from assetgen.paint import Painted
from assetgen.rules._page import logos


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
    lines = (line.partition(":") for line in _marked("source", pages))
    return any(re.search(r"\w\w", behind if colon else line) for line, colon, behind in lines)


def _has(name: str, brand: Brand, platform: str, pages: Sequence[Painted]) -> bool:
    if name == "logo":
        return any(logos(page) for page in pages)
    if any(_marked(name, pages)):
        return True
    accounts = (brand.accounts.get(platform), brand.accounts.get("instagram"))
    wanted = accounts if name == "handle" else (brand.contacts.get(name),)
    seen = " ".join(box.text for page in pages for box in page.texts)
    return any(word and word in seen for word in wanted)


def _marked(name: str, pages: Sequence[Painted]) -> Iterator[str]:
    """Yield the text shown in each element marked `data-NAME`."""
    for page in pages:
        shown = {box.element: box.text for box in page.texts}
        for marked in page.boxes:
            if f"data-{name}" in marked.attributes:
                yield " ".join(shown[one.element] for one in family(marked.element, page.boxes) if one.element in shown)
