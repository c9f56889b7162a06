"""Give a page motion that explains it, where its layout says nothing of its own: boxes go in, animations come out.

What a layout's readers must know first is there from the first frame; the rest comes in reading order, block by block,
as fast as it is read, and then stands still. Bars and lines of charts grow from where they are measured. Logo, account
and source do not move.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser

from assetgen.lines import family
from assetgen.model import Box, Page, Rectangle
from assetgen.motion.cascade import Cascade
from assetgen.motion.counting import ATTRIBUTE as COUNT_UP
from assetgen.motion.pace import reading_time
from assetgen.motion.reveal import Reveal, grow_rule

# A block that takes more of the page than this, and holds several, is entered.
_LARGE = 0.12
# More blocks than these follow one another faster: nobody waits for the last one.
MOST_BLOCKS = 9
# What has no words and takes more of the page than this stands from the start.
_DRAWING = 0.1
# What has a ground of its own comes in whole, unless it takes more of the page than this.
_GROUND = 0.55
_NO_GROUND = re.compile(r"(none|transparent|inherit|unset|initial|\s)*", re.IGNORECASE)
# Blocks whose tops differ by less, in output pixels, stand side by side.
_LEVEL = 24
_PHOTO = 0.25  # the least share of the page of a photo that moves
_PICTURE = 0.08  # and of one that the first frame may not lack
_STILL = ("masthead", "colophon", "slide-top", "slide-foot", "art", "thread", "spine", "seam", "logo")
_INLINE = ("data", "time", "span", "b", "strong", "i", "em", "small", "sub", "sup", "a", "code", "bdi")
# Numbers that are let run, by what `data-count-up` says.
_COUNTS = {"": "count-up", "up": "count-up", "down": "count-down"}
# A block comes when so much of what stands before it has been read, and soon after the block before it; all are there
# after some seconds, and after this share of a scene whose length is given.
_READ, _LONGEST_WAIT, _LONGEST_WAITS, _WAITING = 0.45, 1.4, 4.5, 0.35
_COUNTER = 3  # letters of what counts pages, at most
# What grows inside a block begins when the block has come so far.
_WITHIN = 0.35


@dataclass(frozen=True)
class Choreography:
    """The blocks of a page that come in one after another; on an `opening` page the headline stands from the start.

    `seconds` is how long the scene stands, where that is given. What the scene before said, `known`, is not read again,
    and stands from the start, too. Nothing comes in while something else still lies over the scene: `covered`, seconds.
    """

    page: Page
    boxes: Sequence[Box]
    opening: bool = False
    seconds: float | None = None
    known: frozenset[str] = frozenset()
    covered: float = 0.0

    def styles(self) -> str:
        """Return the animations as a stylesheet."""
        rules: dict[int, list[str]] = {}
        more = []
        for (order, block), wait in zip(_paced(self._entering, MOST_BLOCKS), self._waits, strict=True):
            delay = f"calc(var(--motion-start) + {wait + self.covered:.3f}s + {order:.4g} * var(--motion-stagger))"
            rules.setdefault(block.element, []).append(_entrance("rise", delay))
            for box in family(block.element, self.boxes):
                if name := self._counted.get(box.element):
                    rules.setdefault(box.element, []).append(_count(name, delay))
                elif box is not block and box.attributes.get("data-grow"):
                    later = f"calc({delay} + {_WITHIN} * var(--motion-enter))"
                    more.append(grow_rule(box.element, box.attributes["data-grow"], later))
        blocks = min(len(self._entering), MOST_BLOCKS)
        start = f"var(--motion-start) + {self._wait_for_charts + self.covered:.3f}s + {blocks} * var(--motion-stagger)"
        styles = (f'[data-n="{number}"]{{animation:{",".join(given)}}}' for number, given in rules.items())
        return "".join((*styles, *more, Reveal(self.boxes, f"calc({start})").styles()))

    @property
    def photos(self) -> tuple[Box, ...]:
        """Return the photos that are large enough to be moved slowly."""
        whole = self.page.size.width * self.page.size.height
        return tuple(
            box
            for box in self.boxes
            if box.tag == "img" and "photo" in _classes(box) and _area(box.rectangle) > _PHOTO * whole
        )

    @cached_property
    def _children(self) -> dict[int | None, list[Box]]:
        found: dict[int | None, list[Box]] = {}
        for box in self.boxes:
            found.setdefault(box.parent, []).append(box)
        return found

    @cached_property
    def _counted(self) -> dict[int, str]:
        """Return how numbers run that are to run: the keyframes by the element of their block."""
        found = {}
        for box in self.boxes:
            if name := _COUNTS.get(box.attributes.get(COUNT_UP, "none") or ""):
                found[box.parent if box.tag in _INLINE and box.parent is not None else box.element] = name
        return found

    @cached_property
    def _entering(self) -> tuple[Box, ...]:
        """Return the blocks that come in, in reading order."""
        section = next((box for box in self.boxes if box.tag == "section"), None)
        if section is None:
            return ()
        blocks = [block for block in self._blocks(section) if self._is_shown(block) and not self._is_known(block)]
        blocks.sort(key=lambda box: (round(box.rectangle.top / _LEVEL), box.rectangle.left))
        if hook := self._hook:
            below, right = hook.rectangle.bottom - _LEVEL, hook.rectangle.right - _LEVEL
            later = [one for one in blocks if one.rectangle.top >= below or one.rectangle.left >= right]
            blocks = [block for block in later if not self._holds_photo(block)]
        return tuple(blocks)

    @cached_property
    def _hook(self) -> Box | None:
        """Return the block of an opening page that stands from the start."""
        section = next((box for box in self.boxes if box.tag == "section"), None)
        blocks = [block for block in self._blocks(section) if self._is_shown(block)] if section else []
        return max(blocks, key=self._largest_type, default=None) if self.opening else None

    @cached_property
    def _waits(self) -> tuple[float, ...]:
        """Return for each block that comes in how many seconds it waits for what is read before."""
        total, waits = self._reading(self._hook) if self._hook else 0.0, []
        for block in self._entering:
            waits.append(total)
            total += self._reading(block)
        most = _LONGEST_WAITS if self.seconds is None else min(_LONGEST_WAITS, _WAITING * self.seconds)
        share = min(1.0, most / max(waits, default=0.0)) if any(waits) else 1.0
        return tuple(wait * share for wait in waits)

    @property
    def _wait_for_charts(self) -> float:
        """Return how many seconds charts wait: until what stands above them has come."""
        top = min((box.rectangle.top for box in self.boxes if "data-mark" in box.attributes), default=0.0)
        above = [wait for block, wait in zip(self._entering, self._waits, strict=True) if block.rectangle.bottom <= top]
        return max(above, default=0.0)

    def _is_known(self, block: Box) -> bool:
        """Tell whether all words of a block stood in the scene before; counters tell nothing."""
        texts = [run.text for box in family(block.element, self.boxes) for run in box.runs if len(run.text) > _COUNTER]
        return bool(texts) and self.known.issuperset(texts)

    def _reading(self, block: Box) -> float:
        """Return how many seconds the next block waits while this one is read."""
        texts = [(run.text, run.font_size) for box in family(block.element, self.boxes) for run in box.runs]
        return min(_LONGEST_WAIT, _READ * reading_time(texts, self.page.language))

    def _blocks(self, box: Box) -> Iterator[Box]:
        for child in self._children.get(box.element, []):
            if self._is_fixed(child) or self._is_ground(child):
                continue
            inner = self._children.get(child.element, [])
            whole = self.page.size.width * self.page.size.height
            if inner and all(one.tag in _INLINE for one in inner):
                yield child  # what stands in a line cannot be painted without it
            elif child.element in self._filled and _area(child.rectangle) < _GROUND * whole:
                yield child  # an empty plate says nothing
            elif not child.runs and (
                len(inner) == 1 or (inner and self._may_part(child, whole)) or self._is_around(child)
            ):
                yield from self._blocks(child)
            else:
                yield child

    @cached_property
    def _filled(self) -> frozenset[int]:
        """Return the elements that have a ground of their own."""
        cascade = Cascade(self.page.stylesheets, LexborHTMLParser(self.page.html))
        grounds = cascade.declared(lambda name: name in ("background", "background-color", "background-image"))
        return frozenset(number for number, given in grounds.items() if not _NO_GROUND.fullmatch(given[-1][1]))

    def _may_part(self, box: Box, whole: float) -> bool:
        """Tell whether the parts of a block come in one by one: it is large, or a list, and is no drawing."""
        marked = any("data-mark" in one.attributes for one in family(box.element, self.boxes))
        return not marked and (_area(box.rectangle) > _LARGE * whole or box.tag in ("ol", "ul", "tbody"))

    def _is_around(self, box: Box) -> bool:
        """Tell whether a block stands around a chart: what is beside the chart comes in by itself."""
        inside = family(box.element, self.boxes)
        return "data-chart" not in box.attributes and any("data-chart" in one.attributes for one in inside)

    def _is_fixed(self, box: Box) -> bool:
        return (
            box.attributes.get("aria-hidden") == "true"
            or "data-mark" in box.attributes
            or any(name in _STILL or name.startswith("art") for name in _classes(box))
            or (box.tag == "img" and box in self.photos)
        )

    def _is_ground(self, box: Box) -> bool:
        """Tell whether a block only decorates: a field, or a large drawing, without words."""
        large = _area(box.rectangle) > _DRAWING * self.page.size.width * self.page.size.height
        inside = family(box.element, self.boxes)
        return (large or box.element in self._filled) and not any(one.runs for one in inside)

    def _holds_photo(self, box: Box) -> bool:
        """Tell whether a block shows a large photo: the first frame is no poster without it."""
        whole = self.page.size.width * self.page.size.height
        return any(
            one.tag == "img" and _area(one.rectangle) > _PICTURE * whole for one in family(box.element, self.boxes)
        )

    def _is_shown(self, box: Box) -> bool:
        marked = any("data-mark" in one.attributes for one in family(box.element, self.boxes))
        return _area(box.rectangle) > 0 and not marked

    def _largest_type(self, box: Box) -> float:
        inside = family(box.element, self.boxes)
        sizes = [run.font_size for one in inside for run in one.runs]
        heading = any(one.tag in ("h1", "h2") for one in inside)
        return max(sizes, default=0.0) + (1000 if heading else 0)


def _paced(boxes: Sequence[Box], most: int) -> Iterator[tuple[float, Box]]:
    """Yield boxes with their place in the order; more than `most` of them share its time."""
    step = min(1.0, most / max(len(boxes), 1))
    return ((number * step, box) for number, box in enumerate(boxes))


def drift(photos: Sequence[Box], seconds: float) -> str:
    """Return the slow movement of some photos over a whole scene as a stylesheet."""
    return "".join(f'[data-n="{box.element}"]{{animation:ken-burns {seconds:.3f}s linear both}}' for box in photos)


def _entrance(keyframes: str, delay: str) -> str:
    return f"{keyframes} var(--motion-enter) var(--motion-ease) {delay} both"


def _count(keyframes: str, delay: str) -> str:
    return f"{keyframes} var(--motion-count) var(--motion-ease) {delay} both"


def _classes(box: Box) -> list[str]:
    return box.attributes.get("class", "").split()


def _area(area: Rectangle) -> float:
    return max(area.width, 0.0) * max(area.height, 0.0)
