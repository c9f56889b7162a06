"""Report logos that break the rules of their brand.

Of every shown picture in a `data-logo`: its width keeps `min_width` (error), its proportions are those of the drawing
within 2 % (error), and no text or other picture stands in its clear space, a share of its height (warning). Pictures
that lie behind the whole logo and those marked `art` are grounds, not neighbours.

Why: the logo tells who speaks; squeezed, tiny or crowded it looks like somebody else's copy.

What to do: give it its place back; set its height and let the width follow.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from assetgen.brand import Brand
from assetgen.brand import Logo as LogoRules
from assetgen.check import Subject
from assetgen.lines import shown
from assetgen.model import Box, Finding, Rectangle, Severity
from assetgen.paint import Painted
from assetgen.pictures import VIEW_BOX
from assetgen.rules._page import has_class, logos, shorten

RATIO_TOLERANCE = 0.02


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each rule that a shown logo breaks."""
    brand = subject.composition.brand
    for page in subject.pages:
        for name, box in logos(page):
            rules = brand.logos.get(name)
            if rules is not None:
                yield from _width(name, box, rules, page)
                yield from _crowded(name, box, rules, page)
            yield from _squeezed(name, box, brand, page)


def _width(name: str, box: Box, rules: LogoRules, page: Painted) -> Iterator[Finding]:
    got = box.rectangle.width / page.page.scale
    if got < rules.min_width - 0.5:
        message = f"the logo '{name}' is {got:.0f} px wide; the brand wants {rules.min_width} px at least"
        yield Finding("", Severity.ERROR, message, "make it larger, or show the mark", page.number, box.rectangle)


def _squeezed(name: str, box: Box, brand: Brand, page: Painted) -> Iterator[Finding]:
    drawing = brand.picture(box.attributes.get("src", ""))
    wanted = _ratio(drawing) if drawing else None
    got = box.rectangle.width / box.rectangle.height
    if wanted and abs(got / wanted - 1) > RATIO_TOLERANCE:
        message = f"the logo '{name}' is {got:.2f} times as wide as high; its drawing is {wanted:.2f}"
        hint = "set its height and leave the width to auto"
        yield Finding("", Severity.ERROR, message, hint, page.number, box.rectangle)


@lru_cache(maxsize=64)
def _ratio(drawing: bytes) -> float | None:
    found = VIEW_BOX.search(drawing)
    return float(found[1]) / float(found[2]) if found else None


def _crowded(name: str, box: Box, rules: LogoRules, page: Painted) -> Iterator[Finding]:
    area = box.rectangle
    # One pixel for the rounding of boxes: a gap that is exactly the clear space is enough.
    space = rules.clear_space * area.height - 1
    zone = Rectangle(area.left - space, area.top - space, area.right + space, area.bottom + space)
    for what, other in (*_texts_in(zone, page), *_pictures_in(zone, box, page)):
        message = f"{what} stands in the clear space of the logo '{name}' ({space + 1:.0f} px on every side)"
        yield Finding("", Severity.WARNING, message, "move it away from the logo", page.number, other)


def _texts_in(zone: Rectangle, page: Painted) -> Iterator[tuple[str, Rectangle]]:
    for near in page.texts:
        for run, area in zip(near.runs, page.lettering[near.element], strict=True):
            if area.overlap(zone):
                yield f"'{shorten(run.text)}' ({near.describe()})", area


def _pictures_in(zone: Rectangle, box: Box, page: Painted) -> Iterator[tuple[str, Rectangle]]:
    for near in page.boxes:
        other = near.tag == "img" and near is not box and shown(near) and not has_class(near, "art")
        if other and box.rectangle.outside(near.rectangle) > 0 and near.rectangle.overlap(zone):
            yield f"the picture {near.describe()}", near.rectangle
