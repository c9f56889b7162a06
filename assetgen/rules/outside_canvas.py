"""Report text, logos and essential parts that reach beyond the edge of the canvas.

Pictures marked `art`, backgrounds and everything marked `aria-hidden` may bleed; what people must read may not.

Why: whatever lies beyond the edge is not in the file.

What to do: move the element inside, or shorten its text.
"""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.check import Subject
from assetgen.lines import around
from assetgen.model import Finding, Rectangle, Severity
from assetgen.rules._page import essentials, letters, logos, shorten

FIT = True  # asked of pages that were measured and not painted, too


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each element that reaches beyond the canvas."""
    for page in subject.pages:
        canvas = Rectangle(0, 0, page.page.size.width, page.page.size.height)
        scale = page.page.scale
        parts = [
            (f"'{shorten(box.text)}' ({box.describe()})", around(letters(run, scale) for run in box.runs))
            for box in page.texts
        ]
        parts += [(f"the logo '{name}'", box.rectangle) for name, box in logos(page)]
        parts += [(box.describe(), box.rectangle) for box in essentials(page)]
        for what, area in parts:
            by = area.outside(canvas)
            if by > scale:
                message = f"{what} reaches {by:.0f} px beyond the edge of the canvas"
                yield Finding("", Severity.ERROR, message, "move it inside", page.number, area)
