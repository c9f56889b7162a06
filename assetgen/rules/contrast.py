"""Report text that stands out too little from what lies behind it, measured on the finished pixels.

The colour of each text is the one that most of its pixels have where the page differs from the page without text; what
lies behind is that page without text. Their contrast is taken along the line, and the worst stretch of half a letter
height counts, so that one word on a bright patch of a photo is found. It must be 4.5:1; 3:1 for large text, which is
66 px of the 1080 px wide canvas, or 52 px for bold headlines (`h1` to `h3`, where the brand's heading weight is 700 or
more) and for `b` and `strong`. Logos and what is marked `aria-hidden` are left out; shadows of text do not count.

Why: WCAG 2.2, 1.4.3, which holds for images of text too. Phones are read in the sun.

What to do: take another pair of colours of the brand, or lay a surface or a stronger scrim between photo and text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from assetgen.check import Subject
from assetgen.model import Box, Finding, Rectangle, Run, Severity
from assetgen.model.pages import LUMINANCE_WEIGHTS, linear_light
from assetgen.paint import Painted
from assetgen.rules._page import ancestors, letters, shorten

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

TEXT, LARGE_TEXT = 4.5, 3.0
LARGE, LARGE_BOLD = 66, 52
# Measured on 8-bit pixels, a pair of exactly 4.5:1 may come out a little below.
ROUNDING = 0.02
# Below this difference (of 255) in every channel, nobody sees a letter.
VISIBLE = 6
# Rows of pixels looked at in a line of text: enough that thin strokes are met, few enough to be quick.
ROWS = 22
# The colour of a text is looked for in its first letters, as many font sizes wide; only if none is seen, in all of it.
SAMPLE = 4
HINT = "take another pair of the brand's colours, or lay a surface or scrim behind the text"


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each element with text that is hard to see."""
    weight = float(subject.composition.brand.tokens.get("heading-weight", 400))
    bold = frozenset({"b", "strong", *(("h1", "h2", "h3") if weight >= 700 else ())})
    for page in subject.pages:
        pixels = _Pixels(page)
        for box in page.texts:
            runs = [run for run in box.runs if _has_ink(run)]
            if runs and (found := _judge(box, runs, pixels, bold)):
                yield found


def _has_ink(run: Run) -> bool:
    """Tell whether a run has letters, figures or signs; emoji bring their own colours."""
    return any(
        unicodedata.category(one)[0] in "LNPS" and unicodedata.category(one) not in ("So", "Sk") for one in run.text
    )


def _judge(box: Box, runs: list[Run], pixels: _Pixels, bold: frozenset[str]) -> Finding | None:
    page = pixels.page
    size = max(run.font_size for run in runs)
    wanted = _wanted(box, size, bold, page)
    longest = max(runs, key=lambda run: run.rectangle.width)
    area = letters(longest, page.page.scale)
    start = Rectangle(area.left, area.top, min(area.right, area.left + SAMPLE * size * page.page.scale), area.bottom)
    colour = pixels.colour(start, size) or pixels.colour(area, size)
    if colour is None:
        message = f"'{shorten(box.text)}' ({box.describe()}) cannot be told from what lies behind it"
        return Finding("", Severity.ERROR, message, HINT, page.number, longest.rectangle)
    areas = [letters(run, page.page.scale) for run in runs]
    if all(pixels.least(colour, area) >= wanted for area in areas):  # nearly all texts are that clear
        return None
    stretches = [pixels.worst(colour, area, size) for area in areas]
    worst = min(stretches, key=lambda one: one.contrast)
    if worst.contrast >= wanted - ROUNDING:
        return None
    message = f"'{shorten(box.text)}' ({box.describe()}) has a contrast of {worst.contrast:.2f}:1"
    pair = f"{_hex(colour)} on about {_hex(pixels.ground(worst.area))}; {wanted:g}:1 is the least"
    return Finding("", Severity.ERROR, f"{message}, {pair}", HINT, page.number, worst.area)


def _wanted(box: Box, size: float, bold: frozenset[str], page: Painted) -> float:
    if size >= LARGE:
        return LARGE_TEXT
    is_bold = size >= LARGE_BOLD and any(one.tag in bold for one in (box, *ancestors(box, page)))
    return LARGE_TEXT if is_bold else TEXT


def _hex(colour: tuple[int, int, int]) -> str:
    return "#" + "".join(f"{part:02x}" for part in colour)


@dataclass(frozen=True)
class _Stretch:
    """The worst stretch of a line: its contrast, and where it is."""

    contrast: float
    area: Rectangle


@dataclass(frozen=True)
class _Pixels:
    """The pixels of a page with and without its text."""

    page: Painted

    @cached_property
    def frame(self) -> NDArray[numpy.uint32]:
        """Return the page with its text, each pixel as one number, red lowest."""
        packed: NDArray[numpy.uint32] = self.page.frame.array.view("<u4")[..., 0]
        return packed

    @cached_property
    def back(self) -> NDArray[numpy.uint8]:
        """Return the page without its text, smaller."""
        return self.page.backdrop.array

    @cached_property
    def plain(self) -> NDArray[numpy.uint32]:
        """Return the page without its text, smaller, each pixel as one number, red lowest."""
        packed: NDArray[numpy.uint32] = self.back.view("<u4")[..., 0]
        return packed

    @cached_property
    def factors(self) -> tuple[float, float]:
        """Return how many pixels of the page make one of the backdrop, across and down."""
        (height, width), (high, wide) = self.frame.shape, self.back.shape[:2]
        return width / wide, height / high

    @cached_property
    def behind(self) -> tuple[NDArray[numpy.intp], NDArray[numpy.intp]]:
        """Return which row and column of the backdrop lies behind each row and column of the page."""
        import numpy

        across, down = self.factors
        height, width = self.frame.shape
        return (numpy.arange(height) / down).astype(numpy.intp), (numpy.arange(width) / across).astype(numpy.intp)

    @cached_property
    def grounds(self) -> tuple[NDArray[numpy.float32], ...]:
        """Return the luminance behind the text; where it is transparent, on black and on white."""
        import numpy

        luminance: NDArray[numpy.float32] = self.page.backdrop.luminance
        if self.page.backdrop.opaque:
            return (luminance,)
        alpha = (self.back[..., 3] / 255).astype(numpy.float32)
        return (luminance * alpha, luminance * alpha + 1 - alpha)

    def colour(self, area: Rectangle, size: float) -> tuple[int, int, int] | None:
        """Return the colour of the text in an area; None when it cannot be seen.

        Inside strokes all pixels of a text have one colour, while edges of letters and grain of photos are spread over
        many: the fullest of 4,096 bins wins, and in it the colour that is there most often.
        """
        import numpy

        step = max(1, int(size * self.page.page.scale) // ROWS)
        seen, differs = self._compare(area, step)
        places = numpy.flatnonzero(differs >= VISIBLE)
        if not places.size:
            return None
        found = seen.ravel().take(places)
        bins = ((found >> 4) & 0xF) | ((found >> 8) & 0xF0) | ((found >> 12) & 0xF00)
        # A difference counts up to 48, so that faint patterns lose against letters, and edges of drawings do not win.
        counts = numpy.bincount(bins, weights=numpy.minimum(differs.ravel().take(places), 48))
        # The most frequent of the sorted values; numpy.unique would count them in three times the time.
        values = numpy.sort(found[bins == counts.argmax()])
        starts = numpy.flatnonzero(numpy.concatenate(([True], values[1:] != values[:-1], [True])))
        value = int(values[starts[numpy.diff(starts).argmax()]])
        return value & 255, value >> 8 & 255, value >> 16 & 255

    def _compare(self, area: Rectangle, step: int) -> tuple[NDArray[numpy.uint32], NDArray[numpy.uint8]]:
        """Return every `step`-th pixel of an area as one number, red lowest, and its difference from the backdrop."""
        import numpy

        height, width = self.frame.shape
        rows = slice(max(0, int(area.top)), min(height, max(0, int(area.bottom) + 1)), step)
        columns = slice(max(0, int(area.left)), min(width, max(0, int(area.right) + 1)), step)
        seen = numpy.ascontiguousarray(self.frame[rows, columns])
        if not seen.size:
            return numpy.zeros((0, 0), numpy.uint32), numpy.zeros((0, 0), numpy.uint8)
        down, across = self.behind
        behind = self.plain[down[rows]].take(across[columns], axis=1)
        front, back = (one.view(numpy.uint8).reshape(*seen.shape, 4) for one in (seen, behind))
        apart = numpy.maximum(front, back) - numpy.minimum(front, back)
        return seen, numpy.maximum(numpy.maximum(apart[..., 0], apart[..., 1]), apart[..., 2])

    def least(self, colour: tuple[int, int, int], area: Rectangle) -> float:
        """Return the contrast with the single pixel behind an area that is nearest to the colour; 1 between two."""
        rows, columns = self._cells(area)
        text = _luminance(colour) + 0.05
        found = []
        for ground in self.grounds:
            if (cells := ground[rows, columns]).size:
                low, high = float(cells.min()) + 0.05, float(cells.max()) + 0.05
                found.append(1.0 if low <= text <= high else max(low / text, text / high))
        return min(found, default=0.0)

    def _cells(self, area: Rectangle) -> tuple[slice, slice]:
        """Return the rows and columns of the backdrop behind an area."""
        across, down = self.factors
        return (
            slice(int(max(0, area.top) / down), int(max(0, area.bottom) / down) + 1),
            slice(int(max(0, area.left) / across), int(max(0, area.right) / across) + 1),
        )

    def worst(self, colour: tuple[int, int, int], area: Rectangle, size: float) -> _Stretch:
        """Return the stretch of a line behind which the contrast is lowest.

        In each column a quarter of the pixels may be worse, and columns are averaged over half the font size: rules,
        grain and pattern lines that cross a letter do not hide it.
        """
        import numpy

        across = self.factors[0]
        rows, columns_behind = self._cells(area)
        text = _luminance(colour) + 0.05
        contrast = numpy.inf
        place = 0
        window = 1
        for ground in self.grounds:
            ratio = (ground[rows, columns_behind] + numpy.float32(0.05)) / text
            if not ratio.size:
                continue
            ratio = numpy.maximum(ratio, 1 / ratio)
            columns = numpy.sort(ratio, axis=0)[len(ratio) // 4]
            window = max(1, min(len(columns), round(size * self.page.page.scale / 2 / across)))
            sums = numpy.concatenate((numpy.zeros(1), numpy.cumsum(columns, dtype=float)))
            means = (sums[window:] - sums[:-window]) / window
            if (lowest := float(means.min())) < contrast:
                contrast, place = lowest, columns_behind.start + int(means.argmin())
        where = Rectangle(place * across, area.top, (place + window) * across, area.bottom)
        return _Stretch(float(contrast), where)

    def ground(self, area: Rectangle) -> tuple[int, int, int]:
        """Return the average colour behind an area."""
        across, down = self.factors
        rows = slice(int(max(0, area.top) / down), int(max(0, area.bottom) / down) + 1)
        columns = slice(round(max(0, area.left) / across), round(max(0, area.right) / across))
        cells = self.back[rows, columns, :3].reshape(-1, 3)
        red, green, blue = (round(float(part)) for part in cells.mean(axis=0)) if len(cells) else (0, 0, 0)
        return red, green, blue


def _luminance(colour: tuple[int, int, int]) -> float:
    return sum(weight * linear_light()[part] for weight, part in zip(LUMINANCE_WEIGHTS, colour, strict=True))
