"""Tell where animations end otherwise than the page stands without them: a timeline goes in, differences come out."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coloraide import Color
from selectolax.lexbor import LexborHTMLParser

from assetgen.model import Box, Page
from assetgen.motion.cascade import INITIAL, Cascade
from assetgen.motion.geometry import Outline, clip, transform
from assetgen.motion.timeline import Timeline

# So little is rounding: of an opacity, of a matrix, of a length in pixels.
_NEAR = 0.01


@dataclass(frozen=True, slots=True)
class Unrest:
    """A property of an element that an animation leaves at `ends`, while the still has it at `stands`."""

    box: Box
    name: str
    ends: str
    stands: str


def unrest_of(page: Page, boxes: Sequence[Box]) -> Iterator[Unrest]:
    """Yield where a page's own animations leave it otherwise than its still stands; raises LayoutError."""
    timeline = Timeline.of(page, page.motion)
    if not timeline.animations:
        return
    cascade = Cascade(page.motion, LexborHTMLParser(page.html))
    names = frozenset(name for found in timeline.elements.values() for name in found)
    declared = {number: dict(given) for number, given in cascade.declared(lambda name: name in names).items()}
    by_number = {box.element: box for box in boxes}
    for number, values in timeline.state(timeline.end + 1).items():
        box = by_number.get(number)
        for name, ends in values.items():
            stands = declared.get(number, {}).get(name, INITIAL.get(name))
            # What no style says is inherited or worked out: nobody can tell here.
            if box is not None and stands is not None and not _same(name, ends, stands, box):
                yield Unrest(box, name, ends, stands)


def _same(name: str, ends: str, stands: str, box: Box) -> bool:
    if " ".join(ends.lower().split()) == " ".join(stands.lower().split()):
        return True
    try:
        if name == "opacity":
            return math.isclose(_share(ends), _share(stands), abs_tol=_NEAR)
        if name == "transform":
            pair = (transform(text, box.rectangle, "", 1.0) for text in (ends, stands))
            return all(math.isclose(one, two, abs_tol=_NEAR) for one, two in zip(*pair, strict=True))
        if name == "clip-path":
            return _outline(ends, box) == _outline(stands, box)
        return bool(Color(ends).convert("srgb").delta_e(Color(stands)) < 1)
    except ValueError:
        return False


def _share(text: str) -> float:
    return float(text[:-1]) / 100 if text.endswith("%") else float(text)


def _outline(text: str, box: Box) -> Outline | None:
    """Return what a clip leaves; None where it leaves the whole box."""
    found = clip(text, box.rectangle, 1.0)
    return None if found == Outline(box.rectangle) else found
