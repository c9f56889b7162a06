"""Report text that is too small to read on a phone.

Below 24 CSS px of the 1080 px wide canvas is an error, below 26 a warning. What is marked `aria-hidden` is left out.

Why: a phone shows the canvas about 390 of its own pixels wide, so 26 px become 9.4 there: about 1.5 mm high capitals
at arm's length, the least that people without reading glasses make out. Art direction: notes and source at least 28,
never under 26.

What to do: shorten the text, make its box larger, or raise the floor in `data-fit`.
"""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.check import Subject
from assetgen.lines import around
from assetgen.model import Finding, Severity
from assetgen.rules._page import shorten

FIT = True  # asked of pages that were measured and not painted, too
LEAST = 24
WANTED = 26
# Font sizes are found from line heights, which the engine rounds.
ROUNDING = 0.1


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each element with text that is too small."""
    for page in subject.pages:
        for box in page.texts:
            size = min(run.font_size for run in box.runs)
            if size >= WANTED - ROUNDING:
                continue
            severity = Severity.ERROR if size < LEAST - ROUNDING else Severity.WARNING
            small = [run for run in box.runs if run.font_size == size]
            message = f"'{shorten(small[0].text)}' ({box.describe()}) is {size:g} px high; {WANTED} px is the least"
            area = around(run.rectangle for run in small)
            yield Finding("", severity, message, "shorten it, or give it more room", page.number, area)
