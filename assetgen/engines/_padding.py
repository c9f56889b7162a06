"""Tell where the text of a padded block stands: the engine counts from the content of a box, not from its edges.

Beside another block, text gets a box of its own, whose place the engine tells. So an empty block is set behind the text
of those elements, when they are measured, that have padding or a border. The engine makes that box only of text that
has an inline element, so bare text gets one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

# The engine makes no box of empty content.
SPLITTER = 'content:"x";display:block;width:0px;height:0px;margin:0px;padding:0px;border-width:0px'
TAG = "x-text"


def split_markup(html: str, numbers: Collection[int]) -> str:
    """Return markup in which the bare text of elements stands in an inline element."""
    chosen = "|".join(map(str, sorted(numbers)))
    start = rf"""(\sdata-n="(?:{chosen})"(?:[^<>"']|"[^"]*"|'[^']*')*>)"""
    return re.sub(rf"{start}((?:[^<]|<br\b[^>]*>)+)(?=</)", rf"\1<{TAG}>\2</{TAG}>", html)


def split_stylesheet(numbers: Collection[int]) -> str:
    """Return styles that give the text of elements a box of its own."""
    return "".join(f'[data-n="{number}"]::after{{{SPLITTER}}}' for number in numbers)


def joined(box: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a box that was split, with the runs of its text in its own coordinates."""
    if box["runs"] or len(box["children"]) != 2:
        return box
    inner = box["children"][0]
    across, down = local_place(inner["transform"], box["transform"])
    runs = [{**run, "x": run["x"] + across, "y": run["y"] + down} for run in inner["runs"]]
    return {**box, "runs": runs, "children": []}


def has_moved(first: Sequence[Mapping[str, Any]], second: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether text begins elsewhere."""
    places = zip(first, second, strict=False)
    return any(abs(one["x"] - other["x"]) + abs(one["y"] - other["y"]) > 0.01 for one, other in places)


def local_place(matrix: Sequence[float], outer: Sequence[float]) -> tuple[float, float]:
    """Return the position of a box in the coordinates of the box around it."""
    a, b, c, d = outer[:4]
    across, down = matrix[4] - outer[4], matrix[5] - outer[5]
    determinant = a * d - b * c
    if not determinant:
        return across, down
    return (d * across - c * down) / determinant, (a * down - b * across) / determinant
