"""Give a page motion that explains it, where its layout says nothing of its own: boxes go in, animations come out.

What a layout's readers must know first is there from the first frame; the rest comes in reading order, block by block,
and then stands still. Bars and lines of charts grow from where they are measured. Logo, account and source do not move.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from assetgen.model import Box, Page, Rectangle

# A block that takes more of the page than this, and holds several, is entered.
_LARGE = 0.12
# More blocks or marks than these follow one another faster: nobody waits for the last one.
MOST_BLOCKS, MOST_MARKS = 9, 16
# Blocks whose tops differ by less, in output pixels, stand side by side.
_LEVEL = 24
_PHOTO = 0.25  # the least share of the page of a photo that moves
_PICTURE = 0.08  # and of one that the first frame may not lack
_STILL = ("masthead", "colophon", "slide-top", "slide-foot", "art", "thread", "spine", "seam", "logo")
_GROW = {
    "right": ("grow-right", "left center"),
    "left": ("grow-right", "right center"),
    "up": ("grow-up", "center bottom"),
    "down": ("grow-up", "center top"),
    "draw": ("wipe", ""),
    "fade": ("fade", ""),
}


@dataclass(frozen=True)
class Choreography:
    """The blocks of a page that come in one after another; on an `opening` page the headline stands from the start."""

    page: Page
    boxes: Sequence[Box]
    opening: bool = False

    def styles(self) -> str:
        """Return the animations as a stylesheet."""
        rules = []
        for order, block in _paced(self._entering, MOST_BLOCKS):
            delay = f"calc(var(--motion-start) + {order:.4g} * var(--motion-stagger))"
            rules.append(_rule(block.element, "rise", delay))
        start = f"calc(var(--motion-start) + {min(len(self._entering), MOST_BLOCKS)} * var(--motion-stagger)"
        for order, box in _paced(self._marks, MOST_MARKS):
            keyframes, origin = _GROW.get(box.attributes.get("data-grow", ""), _GROW["fade"])
            rules.append(_grow(box.element, keyframes, f"{start} + {order:.4g} * var(--motion-grow-stagger))", origin))
        return "".join(rules)

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
    def _marks(self) -> tuple[Box, ...]:
        marks = [box for box in self.boxes if "data-mark" in box.attributes and _area(box.rectangle) > 0]
        return tuple(sorted(marks, key=lambda box: int(box.attributes["data-mark"] or 0)))

    @cached_property
    def _entering(self) -> tuple[Box, ...]:
        """Return the blocks that come in, in reading order."""
        section = next((box for box in self.boxes if box.tag == "section"), None)
        if section is None:
            return ()
        blocks = [block for block in self._blocks(section) if self._is_shown(block)]
        blocks.sort(key=lambda box: (round(box.rectangle.top / _LEVEL), box.rectangle.left))
        if self.opening and blocks:
            hook = max(blocks, key=self._largest_type)
            lower = [block for block in blocks if block.rectangle.top >= hook.rectangle.bottom - _LEVEL]
            blocks = [block for block in lower if not self._holds_photo(block)]
        return tuple(blocks)

    def _blocks(self, box: Box) -> Iterator[Box]:
        for child in self._children.get(box.element, []):
            if self._is_fixed(child):
                continue
            inner = self._children.get(child.element, [])
            whole = self.page.size.width * self.page.size.height
            if not child.runs and (len(inner) == 1 or (inner and self._may_part(child, whole))):
                yield from self._blocks(child)
            else:
                yield child

    def _may_part(self, box: Box, whole: float) -> bool:
        """Tell whether the parts of a block come in one by one: it is large, or a list, and is no drawing."""
        marked = any("data-mark" in one.attributes for one in self._family(box))
        return not marked and (_area(box.rectangle) > _LARGE * whole or box.tag in ("ol", "ul", "tbody"))

    def _family(self, box: Box) -> Iterator[Box]:
        for child in self._children.get(box.element, []):
            yield child
            yield from self._family(child)

    def _is_fixed(self, box: Box) -> bool:
        return (
            box.attributes.get("aria-hidden") == "true"
            or "data-mark" in box.attributes
            or any(name in _STILL or name.startswith("art") for name in _classes(box))
            or (box.tag == "img" and box in self.photos)
        )

    def _holds_photo(self, box: Box) -> bool:
        """Tell whether a block shows a large photo: the first frame is no poster without it."""
        whole = self.page.size.width * self.page.size.height
        return any(one.tag == "img" and _area(one.rectangle) > _PICTURE * whole for one in (box, *self._family(box)))

    def _is_shown(self, box: Box) -> bool:
        marked = any("data-mark" in one.attributes for one in self._family(box))
        return _area(box.rectangle) > 0 and not marked

    def _largest_type(self, box: Box) -> float:
        sizes = [run.font_size for one in (box, *self._family(box)) for run in one.runs]
        heading = box.tag in ("h1", "h2") or any(one.tag in ("h1", "h2") for one in self._family(box))
        return max(sizes, default=0.0) + (1000 if heading else 0)


def _paced(boxes: Sequence[Box], most: int) -> Iterator[tuple[float, Box]]:
    """Yield boxes with their place in the order; more than `most` of them share its time."""
    step = min(1.0, most / max(len(boxes), 1))
    return ((number * step, box) for number, box in enumerate(boxes))


def drift(photos: Sequence[Box], seconds: float) -> str:
    """Return the slow movement of some photos over a whole scene as a stylesheet."""
    return "".join(f'[data-n="{box.element}"]{{animation:ken-burns {seconds:.3f}s linear both}}' for box in photos)


def _rule(number: int, keyframes: str, delay: str) -> str:
    return f'[data-n="{number}"]{{animation:{keyframes} var(--motion-enter) var(--motion-ease) {delay} both}}'


def _grow(number: int, keyframes: str, delay: str, origin: str) -> str:
    place = f";transform-origin:{origin}" if origin else ""
    return f'[data-n="{number}"]{{animation:{keyframes} var(--motion-grow) var(--motion-ease) {delay} both{place}}}'


def _classes(box: Box) -> list[str]:
    return box.attributes.get("class", "").split()


def _area(area: Rectangle) -> float:
    return max(area.width, 0.0) * max(area.height, 0.0)
