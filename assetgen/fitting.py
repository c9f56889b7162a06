"""Shrink text to its boxes and balance its lines: a page goes in, the page with other sizes and widths comes out.

Both are searched by measuring, so that what is measured is what is painted, with any engine.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assetgen.engines import Engine
from assetgen.errors import LayoutError
from assetgen.lines import family, lines_of, overhang
from assetgen.model import Box, Page, Rectangle
from assetgen.sizing import Search
from assetgen.wrapping import SPACE, letters_width, lines_needed

# Headlines are balanced, and what carries `data-balance`: they are set about as narrow as they can be without another
# line. How narrow that is follows from their words, and is tried a few times with more and more room.
# A longest line that is this much longer than the average makes a ragged block.
UNEVEN = 1.08
BALANCED_TAGS = frozenset({"h1", "h2", "h3", "blockquote"})
MOST_ATTEMPTS = 4


@dataclass(frozen=True)
class Fit:
    """What happened to a text that may shrink: the sizes asked for and used, in CSS pixels, and whether it fits."""

    asked: float
    used: float
    floor: float
    fits: bool


def fit_page(page: Page, engine: Engine) -> tuple[Page, tuple[Box, ...], dict[int, Fit]]:
    """Return the page with its texts fitted and its headlines balanced, its boxes, and what happened to the sizes.

    The size of every `data-fit` text is searched between what the styles ask for and the floor in `data-fit` (CSS
    pixels), in whole pixels; all texts of the page are searched at once. A text that overflows at its floor keeps the
    floor and is marked. Lines are balanced because the browsers' own `text-wrap: balance` breaks them differently in
    each engine, and is not measured by all; centred and right-aligned text is left as it is.
    """
    trials = _Trials(page, engine)
    boxes = trials.measure({}, {})
    asked = {box.element: size for box in boxes if (size := _asked(box, boxes))}
    low = {number: min(size, _floor(boxes, number)) for number, size in asked.items()}
    # Headlines that fit as they are can be balanced while the sizes of other texts are still searched.
    balance = _Balance(page.scale, boxes, apart_from=_sticking_out(asked, boxes, page.scale))
    sizes = _sizes(trials, asked, low, balance)
    widths, boxes = _balanced(trials, sizes, balance.found)
    fits = {
        number: Fit(size, sizes.get(number, size), low[number], overflow(number, boxes, page.scale) <= 0)
        for number, size in asked.items()
    }
    page = replace(page, sizes=sizes, widths=widths) if sizes or widths else page
    return replace(page, leadings=engine.leadings(page)), boxes, fits


def _sticking_out(numbers: Iterable[int], boxes: Sequence[Box], scale: float) -> dict[int, float]:
    """Return those texts that stick out of their elements, with the pixels by which they do."""
    return {number: over for number in numbers if (over := overflow(number, boxes, scale)) > 0}


def _sizes(
    trials: _Trials, asked: Mapping[int, float], low: Mapping[int, float], balance: _Balance
) -> dict[int, float]:
    """Return the sizes of the texts that must shrink."""
    sizes: dict[int, float] = {}
    boxes = trials.measure({}, {})
    while tight := _sticking_out(
        [one for one in asked if sizes.get(one, math.inf) > low[one]], boxes, trials.page.scale
    ):
        now = {**asked, **sizes}
        searches = {
            number: Search.start(family(number, boxes), low[number], now[number], over, alone=len(tight) == 1)
            for number, over in tight.items()
        }
        found = _searched(trials, searches, sizes, balance)
        sizes.update({number: max(float(size), low[number]) for number, size in found.items()})
        # What was searched side by side may have taken the room of one another: then it is searched again from there.
        boxes = trials.measure(sizes, balance.found)
    return sizes


def _searched(
    trials: _Trials, searches: dict[int, Search], fixed: Mapping[int, float], balance: _Balance
) -> dict[int, int]:
    """Return the sizes at which searches end that are made side by side, while other texts have `fixed` sizes."""
    while open_ones := [number for number, search in searches.items() if not search.done]:
        sought = {number: float(search.bottom if search.done else search.size) for number, search in searches.items()}
        tries = {**fixed, **sought}
        boxes = trials.measure(tries, balance.tries())
        if not balance.told(boxes):  # a line more in a headline takes room from the texts that are searched
            boxes = trials.measure(tries, balance.found)
        for number in open_ones:
            searches[number] = searches[number].told(overflow(number, boxes, trials.page.scale))
    return {number: search.bottom for number, search in searches.items()}


@dataclass
class _Trials:
    """Measure one page with other sizes and widths, each pair of them once."""

    page: Page
    engine: Engine
    known: dict[object, tuple[Box, ...]] = field(default_factory=dict)

    def measure(self, sizes: Mapping[int, float], widths: Mapping[int, float]) -> tuple[Box, ...]:
        """Return the boxes of the page with these font sizes and greatest widths."""
        key = (tuple(sorted(sizes.items())), tuple(sorted(widths.items())))
        if key not in self.known:
            self.known[key] = self.engine.measure(replace(self.page, sizes=sizes, widths=widths))
        return self.known[key]


def _asked(box: Box, boxes: Sequence[Box]) -> float | None:
    """Return the font size that the styles ask for, of an element that may shrink; None for all others."""
    if "data-fit" not in box.attributes:
        return None
    if "data-size" in box.attributes:
        return pixels_in(box.attributes["data-size"], "data-size takes a font size in pixels")
    runs = box.runs or [run for inner in family(box.element, boxes) for run in inner.runs]
    return float(max((run.font_size for run in runs), default=0)) or None


def _floor(boxes: Sequence[Box], number: int) -> float:
    text = next(box.attributes["data-fit"] for box in boxes if box.element == number)
    return pixels_in(text, "data-fit takes the smallest font size in pixels")


def pixels_in(text: str, rule: str) -> float:
    """Return the pixels that an attribute gives; raises LayoutError with the rule that it breaks."""
    try:
        size = float(text)
    except ValueError:
        size = math.nan
    if not 0 < size < 10_000:
        raise LayoutError(f"{rule}, got '{text}'")
    return size


def overflow(number: int, boxes: Sequence[Box], scale: float) -> float:
    """Return by how many pixels more than one text sticks out of an element; room that is left below is negative."""
    outer = next(box for box in boxes if box.element == number)
    edges = [
        overhang(area, outer.rectangle, run.font_size * scale)
        for box in family(number, boxes)
        for run in box.runs
        for area in (run.rectangle, box.rectangle)
    ]
    below = max((down for _, down in edges), default=-1.0)
    aside = max((across for across, _ in edges), default=-1.0)
    # Lines nearly always fill the width: room at the sides says nothing of how much larger a text may be.
    return (max(aside, below) if aside > scale else below) - scale


def _balanced(
    trials: _Trials, sizes: Mapping[int, float], early: Mapping[int, float]
) -> tuple[dict[int, float], tuple[Box, ...]]:
    """Return the widths that balance the lines of a fitted page, and its boxes; `early` was found on the way there."""
    scale = trials.page.scale
    boxes = trials.measure(sizes, early)
    if early and not _Balance(scale, trials.measure({}, {})).holds(early, boxes):
        early, boxes = {}, trials.measure(sizes, {})
    balance = _Balance(scale, boxes, apart_from=early)
    balance.found.update(early)
    while balance.open:
        balance.told(trials.measure(sizes, balance.tries()))
    return balance.found, trials.measure(sizes, balance.found)


class _Balance:
    """Look for the widths that make lines about equally long; a few are tried for each text, each with more room."""

    def __init__(self, scale: float, boxes: Sequence[Box], apart_from: Collection[int] = ()) -> None:
        """Look at the uneven texts among some boxes, but not at those around, in or of `apart_from`."""
        self.scale = scale
        self.found: dict[int, float] = {}
        away = {inner.element for number in apart_from for inner in family(number, boxes)}
        self.wanted = {
            box.element: _Block.of(box, boxes)
            for box in boxes
            if box.element not in away
            and _balances(box, boxes)
            and not away.intersection(inner.element for inner in family(box.element, boxes))
        }
        self.attempts = dict.fromkeys(self.wanted, 0)

    @property
    def open(self) -> list[int]:
        """Return the texts that have no width yet and another try."""
        return [number for number, tried in self.attempts.items() if number not in self.found and tried < MOST_ATTEMPTS]

    def tries(self) -> dict[int, float]:
        """Return the widths to measure next, in CSS pixels: those that were found, and new ones."""
        new = {number: self.wanted[number].width(self.attempts[number]) / self.scale for number in self.open}
        return {**self.found, **new}

    def told(self, boxes: Sequence[Box]) -> bool:
        """Take over what measuring with `tries` gave, and tell whether all of them did."""
        tried = {number: width for number, width in self.tries().items() if number not in self.found}
        for number, width in tried.items():
            self.attempts[number] += 1
            if self.holds([number], boxes):
                self.found[number] = width
        return all(number in self.found for number in tried)

    def holds(self, numbers: Iterable[int], boxes: Sequence[Box]) -> bool:
        """Tell whether texts have as many lines as before and stay in their boxes."""
        return all(
            len(lines_of(family(number, boxes))) == self.wanted[number].lines
            and overflow(number, boxes, self.scale) <= 0
            for number in numbers
        )


def _balances(box: Box, boxes: Sequence[Box]) -> bool:
    """Tell whether the lines of an element are to be balanced, and are uneven enough to gain from it."""
    setting = box.attributes.get("data-balance", "on" if box.tag in BALANCED_TAGS else "off")
    if setting == "off" or box.rotated:
        return False
    lines = lines_of(family(box.element, boxes))
    indents = [_indent(line, box, boxes) for line in lines]
    if len(lines) < 2 or max(indents) - min(indents) > 2:
        return False
    widths = [line.width for line in lines]
    return max(widths) > UNEVEN * sum(widths) / len(widths)


def _indent(line: Rectangle, box: Box, boxes: Sequence[Box]) -> float:
    """Return how far from the side where it begins a line stands in its box; boxes begin with the canvas."""
    from_right = boxes[0].attributes.get("dir") == "rtl"
    return box.rectangle.right - line.right if from_right else line.left - box.rectangle.left


@dataclass(frozen=True)
class _Block:
    """A text to be balanced: its number of lines, their average length, and how narrow it can be (output pixels)."""

    lines: int
    average: float
    narrowest: float

    @classmethod
    def of(cls, box: Box, boxes: Sequence[Box]) -> _Block:
        """Return the block of an element; the widths of its words are taken to follow their letters."""
        inner = family(box.element, boxes)
        lines = lines_of(inner)
        indent = 2 * max(0.0, min(_indent(line, box, boxes) for line in lines))
        total = sum(line.width for line in lines)
        words = [letters_width(word) + SPACE for one in inner for run in one.runs for word in run.text.split()]
        unit = total / max(1, sum(words))
        low, high = max(words, default=1), sum(words)
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if lines_needed(words, middle) <= len(lines) else (middle + 1, high)
        return cls(len(lines), total / len(lines) + indent, low * unit + indent)

    def width(self, attempt: int) -> float:
        """Return the width to try: a little above what should do, and then more and more."""
        return max(self.narrowest, self.average) * (1.02 + 0.09 * attempt)
