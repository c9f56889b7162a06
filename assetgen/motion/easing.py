"""Turn the words of a CSS timing function into progress: `cubic-bezier(.2,.8,.2,1)` and a share of time give a share.

After CSS Easing Functions Level 1 (W3C): https://www.w3.org/TR/css-easing-1/
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from functools import lru_cache

Easing = Callable[[float], float]

_NAMED = {
    "ease": (0.25, 0.1, 0.25, 1.0),
    "ease-in": (0.42, 0.0, 1.0, 1.0),
    "ease-out": (0.0, 0.0, 0.58, 1.0),
    "ease-in-out": (0.42, 0.0, 0.58, 1.0),
}
_CALL = re.compile(r"([\w-]+)\(([^()]*)\)")
# The curve is steep at most near its ends: so many halvings find the place to a millionth.
_HALVINGS = 24


@lru_cache(256)
def easing(text: str) -> Easing:
    """Return the function of a timing function's text; raises ValueError for what CSS does not know."""
    name = text.strip().lower()
    if name == "linear":
        return float
    if name in ("step-start", "step-end"):
        return _steps(1, "start" if name == "step-start" else "end")
    if name in _NAMED:
        return _bezier(*_NAMED[name])
    call = _CALL.fullmatch(name)
    arguments = [part.strip() for part in call[2].split(",")] if call else []
    if call and call[1] == "cubic-bezier" and len(arguments) == 4:
        first, _, second, _ = values = [float(part) for part in arguments]
        if 0 <= first <= 1 and 0 <= second <= 1:
            return _bezier(*values)
    if call and call[1] == "steps" and arguments and int(arguments[0]) > 0:
        return _steps(int(arguments[0]), arguments[1].removeprefix("jump-") if len(arguments) > 1 else "end")
    raise ValueError(f"'{text}' is no timing function")


def _bezier(x1: float, y1: float, x2: float, y2: float) -> Easing:
    def at(share: float, first: float, second: float) -> float:
        rest = 1 - share
        return 3 * rest * rest * share * first + 3 * rest * share * share * second + share**3

    def progress(time: float) -> float:
        if time <= 0 or time >= 1:
            return min(max(time, 0.0), 1.0)
        low, high = 0.0, 1.0
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            if at(middle, x1, x2) < time:
                low = middle
            else:
                high = middle
        return at((low + high) / 2, y1, y2)

    return progress


def _steps(count: int, where: str) -> Easing:
    rises = {"start": count, "end": count, "none": max(count - 1, 1), "both": count + 1}
    if where not in rises:
        raise ValueError(f"steps() jump at start, end, none or both, not at '{where}'")

    def progress(time: float) -> float:
        passed = math.floor(max(time, 0.0) * count) + (where in ("start", "both"))
        return min(max(passed / rises[where], 0.0), 1.0)

    return progress
