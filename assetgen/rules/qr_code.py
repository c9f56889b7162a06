"""Report QR codes that lead astray or cannot be read.

Of every code: its address is on a domain that the brand allows (`[domains] allowed`, or below one), the address stands
on the same page as text, and its modules are at least 6 px of a canvas 1080 px wide (all errors).

Why: nobody can see where a code leads, and stickers with false ones are a common fraud; who cannot scan must be able
to type. Smaller modules are lost when a phone reads them from another phone's screen.

What to do: show an address of your own domain with `kit.qr`, which writes it under the code, and give the code room.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from assetgen.check import Subject
from assetgen.model import Box, Finding, Severity
from assetgen.paint import Painted

LEAST_MODULE = 6


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each code that is not allowed, not written out or too small."""
    allowed = subject.composition.brand.domains.allowed
    for page in subject.pages:
        for box in page.boxes:
            if "data-qr" in box.attributes:
                yield from _code(box, page, allowed)


def _code(box: Box, page: Painted, allowed: tuple[str, ...]) -> Iterator[Finding]:
    link = box.attributes["data-qr"]
    parts = urlsplit(link)
    host = (parts.hostname or "").lower()

    def finding(message: str, hint: str) -> Finding:
        return Finding("", Severity.ERROR, message, hint, page.number, box.rectangle)

    if parts.scheme != "https" or not any(host == one or host.endswith(f".{one}") for one in allowed):
        hint = f"the brand allows https and {', '.join(allowed) or 'no domain: see [domains] of brand.toml'}"
        yield finding(f"the QR code leads to '{link[:80]}'", hint)
    if _plain(link.removeprefix("https://").rstrip("/")) not in _plain("".join(one.text for one in page.boxes)):
        yield finding(f"the address of the QR code, '{link[:80]}', is not written on the page", "use kit.qr")
    module = box.rectangle.width / page.page.scale / float(box.attributes.get("data-modules") or 1)
    if module < LEAST_MODULE - 0.05:
        message = f"the QR code has modules of {module:.1f} px; {LEAST_MODULE} px can be read"
        yield finding(message, "make it larger, or its address shorter")


def _plain(text: str) -> str:
    """Return a text without what may stand between its letters for the sake of line breaks."""
    return re.sub(r"[\s\u200b\u2060]", "", text).lower()
