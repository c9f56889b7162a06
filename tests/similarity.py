"""Compare two frames, or the boxes of two engines, and return how alike they are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy

from assetgen.model import Box, Frame, Run

STEP = 4


def similarity(first: Frame, second: Frame) -> float:
    """Return the mean structural similarity of two frames of one size on white, in grey; 1 means the same pixels.

    Formula 13 of Wang, Bovik, Sheikh, Simoncelli: Image Quality Assessment: From Error Visibility to Structural
    Similarity, IEEE Transactions on Image Processing 13 (4), 2004, with K1 = 0.01, K2 = 0.03; the windows are 8 × 8
    pixels, one every 4 pixels, evenly weighted, so that a frame takes 0.1 s.
    """
    if first.size != second.size:
        raise ValueError(f"the frames differ in size: {first.size}, {second.size}")
    a, b = _grey(first), _grey(second)
    mean_a, mean_b = _window_mean(a), _window_mean(b)
    variance_a = _window_mean(a * a) - mean_a**2
    variance_b = _window_mean(b * b) - mean_b**2
    covariance = _window_mean(a * b) - mean_a * mean_b
    small, less_small = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    alike = (2 * mean_a * mean_b + small) * (2 * covariance + less_small)
    scale = (mean_a**2 + mean_b**2 + small) * (variance_a + variance_b + less_small)
    return float((alike / scale).mean())


def _grey(frame: Frame) -> numpy.ndarray:
    """Return the luma of a frame laid on white, as floats of 0 to 255."""
    pixels = frame.array.astype(numpy.float32)
    luma = pixels[..., :3] @ numpy.array([0.299, 0.587, 0.114], numpy.float32)
    share = pixels[..., 3] / 255
    return luma * share + 255 * (1 - share)


def _window_mean(plane: numpy.ndarray) -> numpy.ndarray:
    """Return the mean of every window of 8 × 8 pixels, one every `STEP` pixels; a rest at the edges is left out."""
    height, width = (length - length % STEP for length in plane.shape)
    cells = plane[:height, :width].reshape(height // STEP, STEP, width // STEP, STEP).mean((1, 3), dtype=numpy.float64)
    return (cells[:-1, :-1] + cells[1:, :-1] + cells[:-1, 1:] + cells[1:, 1:]) / 4


def lines(box: Box) -> list[str]:
    """Return the text that stands directly in an element, line by line, in lower case and with single spaces."""
    found: list[list[Run]] = []
    for run in box.runs:
        if found and _same_line(found[-1][-1], run):
            found[-1].append(run)
        else:
            found.append([run])
    texts = (" ".join("".join(run.text for run in line).split()) for line in found)
    return [text.casefold() for text in texts if text]


def _same_line(first: Run, second: Run) -> bool:
    one, other = first.rectangle, second.rectangle
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared > min(one.height, other.height) / 2


def other_line_breaks(first: Sequence[Box], second: Sequence[Box]) -> list[tuple[str, list[str], list[str]]]:
    """Return the elements whose lines differ between two engines: a selector, and the lines of either."""
    ours, theirs = ({box.element: box for box in boxes if lines(box)} for boxes in (first, second))
    found = []
    for number in sorted(ours.keys() | theirs.keys()):
        one, other = (lines(side[number]) if number in side else [] for side in (ours, theirs))
        # Engines tell spaces at the edges of runs apart in their own ways; a line is known by its letters.
        if [line.replace(" ", "") for line in one] != [line.replace(" ", "") for line in other]:
            found.append(((ours.get(number) or theirs[number]).describe(), one, other))
    return found


def same_line_breaks(first: Sequence[Box], second: Sequence[Box]) -> bool:
    """Tell whether every element has the same lines of text in both."""
    return not other_line_breaks(first, second)
