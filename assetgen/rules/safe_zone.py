"""Report text, logos and essential parts that lie under the platform's own buttons, and headlines that crops cut.

Looks at everything with text, at `data-logo` and at `data-essential` (QR codes). It must stay in the placement's safe
area and off the zones that the platform's badges cover: an error. A headline (`h1`) should also survive whole in one of
the crops that other views show, such as the profile grid (of a set its first page alone): that is told, and not held
against it. What is marked
`aria-hidden` may lie anywhere.

Why: on a story or a short video the platform lays account, caption and buttons over the picture; what lies there is
lost, and people tap the button instead. The areas come from the research in the placement files.

What to do: keep to `var(--inset-top)` … `var(--inset-left)` in the layout, or move the element.
"""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.check import Subject
from assetgen.lines import around, family, letters
from assetgen.model import Finding, Placement, Severity
from assetgen.paint import Painted
from assetgen.rules._page import Vital, shorten, vitals

FIT = True  # asked of pages that were measured and not painted, too
HINT = "keep to the insets of the canvas (--inset-top, -right, -bottom, -left)"


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each element outside the safe area, under a badge, or lost in every crop."""
    placement = subject.composition.placement
    for page in subject.pages:
        for one in vitals(page):
            yield from _hidden(one, placement, page)
        if page.number == 1 or not placement.carousel:  # other views show a set by its first page
            yield from _cropped(placement, page)


def _hidden(one: Vital, placement: Placement, page: Painted) -> Iterator[Finding]:
    area = one.area
    if placement.safe and (by := area.outside(placement.safe)) > page.page.scale:
        message = f"{one.describe()} is {by:.0f} px outside the safe area of {placement.name}"
        yield Finding("", Severity.ERROR, message, HINT, page.number, area)
    for zone in placement.covered:
        if overlap := area.overlap(zone.rectangle):
            message = f"{one.describe()} lies under the {zone.name} of {placement.name}"
            yield Finding("", Severity.ERROR, message, "move it away", page.number, overlap)


def _cropped(placement: Placement, page: Painted) -> Iterator[Finding]:
    if not placement.crops:
        return
    for title in (box for box in page.boxes if box.tag == "h1"):
        inside = [box for box in family(title.element, page.boxes) if box.runs]
        if not inside:
            continue
        area = around(letters(run, page.page.scale) for box in inside for run in box.runs)
        least = min(area.outside(zone.rectangle) for zone in placement.crops)
        if least > page.page.scale:
            names = ", ".join(zone.name for zone in placement.crops)
            message = f"the headline '{shorten(inside[0].text)}' loses {least:.0f} px or more in other views ({names})"
            yield Finding("", Severity.INFO, message, "make it narrower or move it", page.number, area)
