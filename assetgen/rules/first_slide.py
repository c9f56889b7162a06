"""Report sets whose first page does not work alone.

The first page of a carousel shows its hook in a headline (`h1`), of at least 52 CSS px where the shape is upright and
30 where it is flat or leaves one narrow column. That it stays inside the crop of the profile grid is told by
`safe-zone`.

Why: feeds and profile grids show the first slide alone, the grid about 125 px wide: 52 px become 6 there. Who cannot
read it does not swipe.

What to do: shorten the headline, or give it more room on the cover.
"""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.bind import is_narrow
from assetgen.check import Subject
from assetgen.lines import around, family
from assetgen.model import Finding, Severity
from assetgen.rules._page import shorten

FIT = True  # asked of pages that were measured and not painted, too
LEAST, LEAST_FLAT = 52, 30
ROUNDING = 0.1


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for a first page without a headline, or with one that is too small for a thumbnail."""
    place = subject.composition.placement
    if not place.carousel or len(subject.pages) < 2:
        return
    page = subject.pages[0]
    heads = [one for box in page.boxes if box.tag == "h1" for one in family(box.element, page.boxes) if one.runs]
    if not heads:
        hint = "begin the set with a cover: an <h1> that says the finding"
        yield Finding("", Severity.WARNING, "the first page of the set has no headline", hint, 1)
        return
    least = LEAST_FLAT if place.size.ratio > 1.2 or is_narrow(place) else LEAST
    runs = [run for box in heads for run in box.runs]
    size = min(run.font_size for run in runs)
    if size < least - ROUNDING:
        message = f"the headline '{shorten(heads[0].text)}' is {size:g} px high; in the grid {least} px is the least"
        area = around(run.rectangle for run in runs)
        yield Finding("", Severity.WARNING, message, "shorten it, or give it more room", 1, area)
