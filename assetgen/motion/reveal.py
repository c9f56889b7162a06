"""Let charts and maps grow mark by mark: their boxes go in, animations come out; a label never stands before its mark.

`data-reveal` on a chart or on anything around it steers it, in up to two words: how (`marks`, `wipe`: all at once from
the left, `none`) and in which order (`given`, `left`: from left to right, `value`: the largest first). Without it
marks come as they are given, maps from left to right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from assetgen.errors import LayoutError, Place, did_you_mean
from assetgen.lines import family
from assetgen.model import Box

ATTRIBUTE = "data-reveal"
MANNERS, ORDERS = ("marks", "wipe", "none"), ("given", "left", "value")
# More marks than these follow one another faster: nobody waits for the last one.
MOST_MARKS = 16
# So much of a mark has grown when its label comes; a line is drawn to its end, where its label stands.
_LABELLED, _DRAWN = 0.55, 0.85
_GROW = {
    "right": ("grow-right", "left center"),
    "left": ("grow-right", "right center"),
    "up": ("grow-up", "center bottom"),
    "down": ("grow-up", "center top"),
    "draw": ("wipe", ""),
    "fade": ("fade", ""),
}


@dataclass(frozen=True)
class Reveal:
    """The marks of one page with their labels; `start` is the CSS time at which the first one comes."""

    boxes: Sequence[Box]
    start: str

    def styles(self) -> str:
        """Return the animations as a stylesheet; raises LayoutError for words of `data-reveal` that there are not."""
        rules: list[str] = []
        for chart, marks in self._charts.items():
            manner, order = self._wishes(chart)
            if manner == "wipe":
                rules.append(grow_rule(chart, "draw", self.start))
            elif manner == "marks":
                rules += self._grown(chart, marks, order)
        return "".join(rules)

    def _grown(self, chart: int, marks: Sequence[Box], order: str) -> Iterator[str]:
        labels = [box for box in family(chart, self.boxes) if "data-of" in box.attributes]
        places = self._places(marks, labels, order)
        step = min(1.0, MOST_MARKS / max(len(set(places.values())), 1))
        delays = {number: f"{place * step:.4g} * var(--motion-grow-stagger)" for number, place in places.items()}
        drawn = {_number(box, "data-mark") for box in marks if box.attributes.get("data-grow") == "draw"}
        for box in marks:
            delay = f"calc({self.start} + {delays[_number(box, 'data-mark')]})"
            yield grow_rule(box.element, box.attributes.get("data-grow", ""), delay)
        for box in labels:
            number = _number(box, "data-of")
            share = _DRAWN if number in drawn else _LABELLED
            if number in delays:
                delay = f"calc({self.start} + {delays[number]} + {share} * var(--motion-grow))"
                yield f'[data-n="{box.element}"]{{animation:fade var(--motion-label) ease {delay} both}}'

    def _places(self, marks: Sequence[Box], labels: Sequence[Box], order: str) -> dict[int, int]:
        """Return the place of each mark's number in the order of reveal, from 0; parts of a mark share its number."""
        first: dict[int, Box] = {}
        for box in marks:
            first.setdefault(_number(box, "data-mark"), box)
        keys: Mapping[int, float] = {number: number for number in first}
        if order == "left":
            keys = {number: box.rectangle.left + box.rectangle.right for number, box in first.items()}
        elif order == "value":
            values = {_number(box, "data-of"): self._value(box) for box in labels}
            keys = {number: -values.get(number, float("-inf")) for number in first}
        return {number: place for place, number in enumerate(sorted(first, key=lambda one: (keys[one], one)))}

    def _value(self, label: Box) -> float:
        """Return the fact in a label; what has none comes last."""
        found = (box.attributes.get("value") for box in family(label.element, self.boxes) if box.tag == "data")
        return next((float(one) for one in found if one and re.fullmatch(r"-?[\d.]+", one)), float("-inf"))

    def _wishes(self, chart: int) -> tuple[str, str]:
        """Return how a chart is revealed, and in which order."""
        around = self._by_number.get(chart)
        kind = around.attributes.get("data-chart", "") if around else ""
        manner, order = "marks", "left" if kind.startswith("map") else "given"
        while around is not None and ATTRIBUTE not in around.attributes:
            around = self._by_number.get(around.parent) if around.parent is not None else None
        for word in (around.attributes[ATTRIBUTE] or "").split() if around else ():
            manner, order = (word, order) if word in MANNERS else (manner, word)
        if order not in ORDERS:
            hint = did_you_mean(order, (*MANNERS, *ORDERS))
            raise LayoutError(f"{ATTRIBUTE} knows no '{order}'", Place("layout.html"), hint)
        return manner, order

    @cached_property
    def _charts(self) -> dict[int, list[Box]]:
        """Return the marks of each chart, by the element of the chart; marks outside of charts by that around them."""
        found: dict[int, list[Box]] = {}
        for box in self.boxes:
            if "data-mark" in box.attributes and box.rectangle.width > 0 and box.rectangle.height > 0:
                found.setdefault(self._chart_of(box), []).append(box)
        return found

    def _chart_of(self, mark: Box) -> int:
        around = self._by_number.get(mark.parent if mark.parent is not None else mark.element, mark)
        nearest = around.element
        while "data-chart" not in around.attributes:
            if around.parent is None:
                return nearest
            around = self._by_number[around.parent]
        return around.element

    @cached_property
    def _by_number(self) -> dict[int, Box]:
        return {box.element: box for box in self.boxes}


def grow_rule(number: int, grow: str, delay: str) -> str:
    """Return the rule that lets an element grow: `right`, `left`, `up`, `down`, `draw` (uncovered) or `fade`."""
    keyframes, origin = _GROW.get(grow, _GROW["fade"])
    place = f";transform-origin:{origin}" if origin else ""
    return f'[data-n="{number}"]{{animation:{keyframes} var(--motion-grow) var(--motion-ease) {delay} both{place}}}'


def _number(box: Box, attribute: str) -> int:
    return int(box.attributes[attribute] or 0)
