"""Compare two frames, or the boxes of two engines, and return how alike they are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy

from assetgen.model import Box, Frame, Run

# A Gaussian of 1.5 pixels, as in the paper.
_OFFSETS = numpy.arange(-5, 6)
WINDOW = numpy.exp(-(_OFFSETS**2) / (2 * 1.5**2))
WINDOW = (WINDOW / WINDOW.sum()).astype(numpy.float32)


def similarity(first: Frame, second: Frame, factor: int | None = None) -> float:
    """Return the mean structural similarity of two frames of one size on white, in grey; 1 means the same pixels.

    Formula 13 of Wang, Bovik, Sheikh, Simoncelli: Image Quality Assessment: From Error Visibility to Structural
    Similarity, IEEE Transactions on Image Processing 13 (4), 2004, with its constants (K1 = 0.01, K2 = 0.03) and window
    (11 × 11 pixels, Gaussian). As the authors advise (https://ece.uwaterloo.ca/~z70wang/research/ssim), both frames are
    first averaged over `factor` × `factor` pixels, by default so that the shorter side has about 256: the scale of a
    whole picture looked at. Factor 1 compares the pixels as they are; there half a pixel of height costs 0.03.
    """
    if first.size != second.size:
        raise ValueError(f"the frames differ in size: {first.size}, {second.size}")
    factor = factor or max(1, round(min(first.size.width, first.size.height) / 256))
    a, b = (_shrunk(_grey(frame), factor) for frame in (first, second))
    mean_a, mean_b = _blurred(a), _blurred(b)
    variance_a = _blurred(a * a) - mean_a**2
    variance_b = _blurred(b * b) - mean_b**2
    covariance = _blurred(a * b) - mean_a * mean_b
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


def _shrunk(plane: numpy.ndarray, factor: int) -> numpy.ndarray:
    height, width = (length - length % factor for length in plane.shape)
    cells = plane[:height, :width].reshape(height // factor, factor, width // factor, factor)
    return cells.mean((1, 3), dtype=numpy.float64)


def _blurred(plane: numpy.ndarray) -> numpy.ndarray:
    """Return the weighted mean of every whole window."""
    length = len(WINDOW) - 1
    across = sum(weight * plane[:, i : plane.shape[1] - length + i] for i, weight in enumerate(WINDOW))
    return sum(weight * across[i : plane.shape[0] - length + i] for i, weight in enumerate(WINDOW))


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
