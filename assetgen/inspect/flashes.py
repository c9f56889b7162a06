"""Find flashes that can bring on a seizure: frames go in, the spans of seconds that flash too often come out.

WCAG 2.2, success criterion 2.3.1: not more than three flashes in any one second. A flash is a pair of opposing changes
of relative luminance by 10 % of its greatest value or more, where the darker of the two is below 0.80; or a pair of
opposing changes to or from a saturated red. It counts where it covers a quarter of any 341 × 256 part of a picture of
1024 × 768: here a third of either side, whatever the shape. Fine patterns are averaged away, as the criterion allows.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy

# Cells along the longer side: a third of it is 16 of them.
CELLS = 48
MOST_CHANGES = 6  # three pairs
_COVER = 0.25
_BRIGHT = 0.80
_LUMINANCE_STEP = 0.10
_RED_STEP = 20.0
_RED_SHARE = 0.8
Array = numpy.ndarray[Any, Any]

# sRGB to linear light, for the 256 values.
_VALUES = numpy.arange(256) / 255
_LINEAR = numpy.where(_VALUES <= 0.04045, _VALUES / 12.92, ((_VALUES + 0.055) / 1.055) ** 2.4).astype(numpy.float32)


@dataclass(frozen=True, slots=True)
class Flash:
    """A span that flashes too often: from and to (seconds), the most flashes in a second, and whether by red."""

    start: float
    end: float
    rate: float
    red: bool = False


class FlashMeter:
    """Watches frames one after another; `result()` tells what was found. Memory does not grow with their number."""

    def __init__(self, frames_per_second: float) -> None:
        if not frames_per_second > 0:
            raise ValueError(f"frames a second must be more than 0, got {frames_per_second}")
        self._rate = frames_per_second
        self._light = _Changes(frames_per_second)
        self._red = _Changes(frames_per_second)
        self._number = 0
        self._spans: dict[bool, list[tuple[int, int, float]]] = {False: [], True: []}

    def see(self, frame: Array, blue_first: bool = False) -> None:
        """Look at the next frame: height × width × 3 (or 4) values of 0 to 255, red first, or blue."""
        linear = _LINEAR[shrunk(frame)]
        red, green, blue = (linear[..., channel] for channel in ((2, 1, 0) if blue_first else (0, 1, 2)))
        luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
        redness = numpy.maximum(0, red - green - blue) * 320
        saturated = red >= _RED_SHARE * numpy.maximum(red + green + blue, 1e-6)
        self._note(False, self._light.see(luminance, _LUMINANCE_STEP, luminance < _BRIGHT))
        self._note(True, self._red.see(redness, _RED_STEP, saturated))
        self._number += 1

    def hold(self, frames: int) -> None:
        """Let the last frame stand for so many frames more."""
        # After a second without a change nothing is left to count.
        for _ in range(min(frames, self._light.window + 1)):
            self._note(False, self._light.rest())
            self._note(True, self._red.rest())
            self._number += 1
        self._number += max(0, frames - self._light.window - 1)

    def result(self) -> tuple[Flash, ...]:
        """Return the spans that flash too often, in the order of time."""
        rate = self._rate
        found = [
            Flash(max(0.0, (first + 1) / rate - 1), (last + 1) / rate, most, red)
            for red, spans in self._spans.items()
            for first, last, most in spans
        ]
        return tuple(sorted(found, key=lambda flash: (flash.start, flash.red)))

    def _note(self, red: bool, most: float) -> None:
        if most <= MOST_CHANGES / 2:
            return
        spans = self._spans[red]
        if spans and self._number - spans[-1][1] <= self._rate:
            first, _, before = spans.pop()
            spans.append((first, self._number, max(before, most)))
        else:
            spans.append((self._number, self._number, most))


def flashes(frames: Iterable[Array], frames_per_second: float) -> tuple[Flash, ...]:
    """Return the spans that flash too often; frames are height × width × 3 (or 4) values of 0 to 255, red first."""
    meter = FlashMeter(frames_per_second)
    for frame in frames:
        meter.see(frame)
    return meter.result()


def shrunk(frame: Array) -> Array:
    """Return the first three channels of a frame, averaged to at most `CELLS` cells along its longer side."""
    height, width = frame.shape[:2]
    if max(height, width) <= CELLS:
        return numpy.ascontiguousarray(frame[..., :3])
    from PIL import Image

    factor = -(-max(height, width) // CELLS)
    # Every third line is enough for cells of many lines; lines that alternate still even out.
    step = 3 if factor >= 12 else 1
    frame = numpy.ascontiguousarray(frame[::step])
    # A fourth channel is taken for padding: averaging with alpha, or cutting it off before, takes six times as long.
    if frame.shape[2] == 4:
        image = Image.frombuffer("RGBX", (width, len(frame)), frame, "raw", "RGBX", 0, 1)
    else:
        image = Image.fromarray(frame)
    return numpy.asarray(image.reduce((factor, round(factor / step))))[..., :3]


class _Changes:
    """Count opposing changes of a value, cell by cell, over the last second."""

    def __init__(self, frames_per_second: float) -> None:
        self.window = max(1, round(frames_per_second))
        self._marks: deque[Array] = deque()
        nothing: Array = numpy.zeros((0, 0))
        self._count = self._high = self._low = self._counted = self._direction = nothing

    def see(self, value: Array, step: float, counts: Array) -> float:
        """Return the flashes of the last second that cover enough; `counts` tells where a state can be half of one."""
        if self._count.shape != value.shape:
            self._begin(value, counts)
        up, down = self._passed(value, step, counts)
        changed = up | down
        self._direction = numpy.where(up, 1, numpy.where(down, -1, self._direction))
        follow = (
            changed | ((self._direction >= 0) & (value > self._high)) | ((self._direction <= 0) & (value < self._low))
        )
        self._high = numpy.where(changed | (value > self._high), value, self._high)
        self._low = numpy.where(changed | (value < self._low), value, self._low)
        self._counted = numpy.where(follow, counts, self._counted)
        return self._mark(changed)

    def rest(self) -> float:
        """Let a frame pass without a change; return as `see`."""
        return self._mark(numpy.zeros(self._count.shape, bool))

    def _mark(self, changed: Array) -> float:
        self._marks.append(changed)
        self._count = self._count + changed
        if len(self._marks) > self.window:
            self._count = self._count - self._marks.popleft()
        return _covered(self._count) / 2

    def _begin(self, value: Array, counts: Array) -> None:
        self._marks.clear()
        self._count = numpy.zeros(value.shape, numpy.int16)
        self._high, self._low, self._counted = value, value, counts
        self._direction = numpy.zeros(value.shape, numpy.int8)

    def _passed(self, value: Array, step: float, counts: Array) -> tuple[Array, Array]:
        """Return where the value rose from its lowest, or fell from its highest, by a step since it last turned."""
        allowed = counts | self._counted
        up = (self._direction <= 0) & (value - self._low >= step) & allowed
        down = (self._direction >= 0) & (self._high - value >= step) & allowed & ~up
        return up, down


def _covered(count: Array) -> float:
    """Return how many changes a quarter of some part of a third of either side has had, at the least."""
    most = int(count.max(initial=0))
    for changes in range(most, MOST_CHANGES, -1):
        if _largest_share(count >= changes) >= _COVER:
            return changes
    return 0


def _largest_share(mask: Array) -> float:
    height, width = (max(1, -(-side // 3)) for side in mask.shape)
    sums = numpy.pad(mask.astype(numpy.int32), ((1, 0), (1, 0))).cumsum(0).cumsum(1)
    parts = sums[height:, width:] - sums[:-height, width:] - sums[height:, :-width] + sums[:-height, :-width]
    return float(numpy.amax(parts) / (height * width))


def spans(found: Iterable[Flash]) -> Iterator[str]:
    """Yield each span in words: `1.0 to 2.4 s, 5 flashes a second`."""
    for flash in found:
        kind = "red flashes" if flash.red else "flashes"
        yield f"{flash.start:.1f} to {flash.end:.1f} s, {flash.rate:g} {kind} a second"
