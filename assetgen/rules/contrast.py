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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from assetgen.check import Subject
from assetgen.lines import around
from assetgen.model import Box, Finding, Rectangle, Run, Severity
from assetgen.model.pages import LUMINANCE_WEIGHTS, linear_light
from assetgen.paint import Painted
from assetgen.rules._page import ancestors, shorten

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
# With fewer, the grain of a photo wins against small text on a scrim.
SAMPLE = 6
HINT = "take another pair of the brand's colours, or lay a surface or scrim behind the text"


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each element with text that is hard to see."""
    weight = float(subject.composition.brand.tokens.get("heading-weight", 400))
    bold = frozenset({"b", "strong", *(("h1", "h2", "h3") if weight >= 700 else ())})
    for page in subject.pages:
        pixels = _Pixels(page)
        texts = [text for box in page.texts if (text := _Text.of(box, page)).areas]
        colours = pixels.colours([text.beginning(page.page.scale) for text in texts])
        for text, colour in zip(texts, colours, strict=True):
            if found := _judge(text, colour or _colour_anywhere(text, pixels), pixels, bold):
                yield found


@dataclass(frozen=True, slots=True)
class _Text:
    """A text: the runs of it that have ink, where their letters stand, and the largest font size."""

    box: Box
    runs: tuple[Run, ...]
    areas: tuple[Rectangle, ...]
    size: float

    @classmethod
    def of(cls, box: Box, page: Painted) -> _Text:
        inked = [pair for pair in zip(box.runs, page.lettering[box.element], strict=True) if _has_ink(pair[0])]
        size = max((run.font_size for run, _ in inked), default=0)
        return cls(box, tuple(run for run, _ in inked), tuple(area for _, area in inked), size)

    @property
    def longest(self) -> Rectangle:
        """Return where the longest run stands."""
        return max(self.areas, key=lambda area: area.width)

    def beginning(self, scale: float) -> _Sample:
        """Return the first letters of the longest run."""
        area = self.longest
        right = min(area.right, area.left + SAMPLE * self.size * scale)
        return _Sample(Rectangle(area.left, area.top, right, area.bottom), self.step(scale))

    def step(self, scale: float) -> int:
        """Return how many pixels apart those stand that are looked at."""
        return max(1, int(self.size * scale) // ROWS)


def _colour_anywhere(text: _Text, pixels: _Pixels) -> tuple[int, int, int] | None:
    return pixels.colours([_Sample(text.longest, text.step(pixels.page.page.scale))])[0]


def _has_ink(run: Run) -> bool:
    """Tell whether a run has letters, figures or signs; emoji bring their own colours."""
    return any(
        unicodedata.category(one)[0] in "LNPS" and unicodedata.category(one) not in ("So", "Sk") for one in run.text
    )


def _judge(text: _Text, colour: tuple[int, int, int] | None, pixels: _Pixels, bold: frozenset[str]) -> Finding | None:
    page, box = pixels.page, text.box
    if colour is None:
        message = f"'{shorten(box.text)}' ({box.describe()}) cannot be told from what lies behind it"
        longest = max(text.runs, key=lambda run: run.rectangle.width)
        return Finding("", Severity.ERROR, message, HINT, page.number, longest.rectangle)
    wanted = _wanted(box, text.size, bold, page)
    if pixels.least(colour, around(text.areas)) >= wanted:  # nearly all texts are that clear
        return None
    stretches = [pixels.worst(colour, area, text.size) for area in text.areas]
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


@dataclass(frozen=True, slots=True)
class _Sample:
    """Where a colour is looked for: at every `step`-th pixel, across and down, of an area."""

    area: Rectangle
    step: int


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
    def grounds(self) -> tuple[NDArray[numpy.float32], ...]:
        """Return the luminance behind the text; where it is transparent, on black and on white."""
        import numpy

        luminance: NDArray[numpy.float32] = self.page.backdrop.luminance
        if self.page.backdrop.opaque:
            return (luminance,)
        alpha = (self.back[..., 3] / 255).astype(numpy.float32)
        return (luminance * alpha, luminance * alpha + 1 - alpha)

    def colours(self, samples: Sequence[_Sample]) -> list[tuple[int, int, int] | None]:
        """Return the colour of the text in each sample; None where it cannot be seen.

        Inside strokes all pixels of a text have one colour, while edges of letters and grain of photos are spread over
        many: the fullest of 4,096 bins wins, and in it the colour that is there most often.
        """
        import numpy

        if not samples:
            return []
        # All samples in one go: on the few pixels of one, a call of numpy takes longer than what it does.
        pairs = [self._pair(sample) for sample in samples]
        seen, behind = (numpy.concatenate(parts) for parts in zip(*pairs, strict=True))
        differs = _differences(seen, behind)
        places = numpy.flatnonzero(differs >= VISIBLE)
        found = seen.take(places).astype(numpy.intp)  # as bincount wants them, which would convert each span alone
        # A difference counts up to 48, so that faint patterns lose against letters, and edges of drawings do not win.
        weights = numpy.minimum(differs.take(places), 48).astype(float)
        bins, shades = _nibbles(found, 4), _nibbles(found, 0)
        ends = numpy.searchsorted(places, numpy.cumsum([one.size for one, _ in pairs])).tolist()
        spans = [slice(start, end) for start, end in pairwise((0, *ends))]
        return [_fullest(bins[span], shades[span], weights[span]) for span in spans]

    def _pair(self, sample: _Sample) -> tuple[NDArray[numpy.uint32], NDArray[numpy.uint32]]:
        """Return the pixels of a sample, and those of the backdrop behind them, each as one number, red lowest."""
        (height, width), area = self.frame.shape, sample.area
        rows = slice(max(0, int(area.top)), min(height, max(0, int(area.bottom) + 1)), sample.step)
        columns = slice(max(0, int(area.left)), min(width, max(0, int(area.right) + 1)), sample.step)
        high, wide = self.plain.shape
        down, across = _cells_behind(height, high)[rows], _cells_behind(width, wide)[columns]
        # `take` is twice as fast as an index.
        return self.frame[rows, columns].ravel(), self.plain.take(down, axis=0).take(across, axis=1).ravel()

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


@lru_cache(maxsize=64)
def _cells_behind(length: int, cells: int) -> NDArray[numpy.intp]:
    """Return which row (or column) of the backdrop lies behind each row (or column) of the page."""
    import numpy

    return (numpy.arange(length) / (length / cells)).astype(numpy.intp)


def _luminance(colour: tuple[int, int, int]) -> float:
    return sum(weight * linear_light()[part] for weight, part in zip(LUMINANCE_WEIGHTS, colour, strict=True))


def _differences(seen: NDArray[numpy.uint32], behind: NDArray[numpy.uint32]) -> NDArray[numpy.uint8]:
    """Return the largest difference in red, green and blue of packed pixels."""
    import numpy

    front, back = (one.view(numpy.uint8).reshape(-1, 4) for one in (seen, behind))
    apart = numpy.maximum(front, back) - numpy.minimum(front, back)
    found: NDArray[numpy.uint8] = numpy.maximum(numpy.maximum(apart[:, 0], apart[:, 1]), apart[:, 2])
    return found


def _nibbles(packed: NDArray[numpy.intp], lowest: int) -> NDArray[numpy.intp]:
    """Return four bits each of red, green and blue, from the `lowest` on, side by side, red lowest."""
    return (packed >> lowest & 0xF) | (packed >> lowest + 4 & 0xF0) | (packed >> lowest + 8 & 0xF00)


def _fullest(
    bins: NDArray[numpy.intp], shades: NDArray[numpy.intp], weights: NDArray[numpy.float64]
) -> tuple[int, int, int] | None:
    """Return the most frequent colour of the heaviest bin; upper four bits are `bins`, lower ones `shades`."""
    import numpy

    if not len(bins):
        return None
    top = int(numpy.bincount(bins, weights=weights).argmax())
    shade = int(numpy.bincount(shades[bins == top]).argmax())
    red, green, blue = ((top >> bits & 0xF) << 4 | shade >> bits & 0xF for bits in (0, 4, 8))
    return red, green, blue
