"""Report text, logos and essential parts that reach beyond the edge of the canvas.

Pictures marked `art`, backgrounds and everything marked `aria-hidden` may bleed; what people must read may not.

Why: whatever lies beyond the edge is not in the file.

What to do: move the element inside, or shorten its text.
"""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.check import Subject
from assetgen.model import Finding, Rectangle, Severity
from assetgen.rules._page import vitals

FIT = True  # asked of pages that were measured and not painted, too


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each element that reaches beyond the canvas."""
    for page in subject.pages:
        canvas = Rectangle(0, 0, page.page.size.width, page.page.size.height)
        for one in vitals(page):
            by = one.area.outside(canvas)
            if by > page.page.scale:
                message = f"{one.describe()} reaches {by:.0f} px beyond the edge of the canvas"
                yield Finding("", Severity.ERROR, message, "move it inside", page.number, one.area)
