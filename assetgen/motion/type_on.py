"""Let text appear as if it were typed, line by line: boxes go in, animations come out, for the class `type-on`.

Lines are known only when the page is laid out, so these keyframes cannot stand in a stylesheet: an edge runs along one
line after the other, in the direction of reading, as fast in a short line as in a long one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from assetgen.lines import family, lines_of
from assetgen.model import Box, Rectangle

CLASS = "type-on"
# Letters reach so far beyond their box, in percent of it.
_OVERHANG = 20.0
# A line ends so shortly before the next one begins, in percent of the time.
_TURN = 0.01


def typed(boxes: Sequence[Box]) -> str:
    """Return the animations of typed texts as a stylesheet: `--motion-line` a line, from `--motion-start` on."""
    from_right = bool(boxes) and boxes[0].attributes.get("dir") == "rtl"
    return "".join(
        _rule(box, lines, from_right)
        for box in boxes
        if CLASS in box.attributes.get("class", "").split() and (lines := lines_of(family(box.element, boxes)))
    )


def _rule(box: Box, lines: Sequence[Rectangle], from_right: bool) -> str:
    name = f"{CLASS}-{box.element}"
    frames = "".join(f"{time:.3f}%{{clip-path:{shape}}}" for time, shape in _frames(box.rectangle, lines, from_right))
    delay = "calc(var(--motion-start) + var(--order, 0) * var(--motion-stagger))"
    animation = f"{name} calc({len(lines)} * var(--motion-line)) linear {delay} backwards"
    return f'@keyframes {name}{{{frames}}}[data-n="{box.element}"]{{animation:{animation}}}'


def _frames(area: Rectangle, lines: Sequence[Rectangle], from_right: bool) -> Iterator[tuple[float, str]]:
    """Yield the times, in percent, at which a line begins and ends, with what is seen then."""
    whole = sum(line.width for line in lines)
    times = [0.0, *(100 * passed / whole for passed in accumulate(line.width for line in lines))]
    inner = [(upper.bottom + lower.top) / 2 - area.top for upper, lower in pairwise(lines)]
    edges = [-_OVERHANG, *(100 * edge / area.height for edge in inner), 100 + _OVERHANG]
    for (begin, end), (top, bottom) in zip(pairwise(times), pairwise(edges), strict=True):
        yield begin, _shape(-_OVERHANG, top, bottom, from_right)
        yield min(end, 100.0) - (_TURN if end < 100 - _TURN else 0.0), _shape(100 + _OVERHANG, top, bottom, from_right)


def _shape(across: float, top: float, bottom: float, from_right: bool) -> str:
    """Return all above a line, and that line as far as `across`, in percent of the element."""
    near, far = -_OVERHANG, 100 + _OVERHANG
    points = ((near, near), (far, near), (far, top), (across, top), (across, bottom), (near, bottom))
    return "polygon(" + ",".join(f"{100 - x if from_right else x:.2f}% {y:.2f}%" for x, y in points) + ")"
