"""Report text that is cut off, leaves its box, or lies on other text.

Looks for: a text that does not fit at the smallest size its `data-fit` allows; words that an ellipsis or a line limit
took away; lines that reach out of their element, of an element that clips, or of the one around it in the flow of the
page; lines of two elements that lie on one another. Turned elements and those marked `aria-hidden` are left out.

Why: a reader cannot know that a word is missing. On a post of an authority half a sentence is a false statement.

What to do: shorten the text, give its box more room, or allow a smaller size in `data-fit`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from assetgen.check import Subject
from assetgen.lines import around, family, is_inline, shown, sticks_out
from assetgen.model import Box, Finding, Rectangle, Severity
from assetgen.paint import Painted
from assetgen.rules._page import ancestors, matching, number_of, own_text, shorten

FIT = True  # asked of pages that were measured and not painted, too
# How much of the smaller of two font sizes their letters may share before they touch: kerning across elements and
# tight headlines take up to a tenth of it.
TOUCH = 0.15
HINT = "shorten the text, or give its box more room"
_HIDDEN = r"display\s*:\s*none"
_CLIPS = r"overflow(?:-x|-y)?\s*:\s*(?:hidden|clip)"
_MOVED = r"(?:position\s*:\s*(?:absolute|fixed)|transform\s*:|translate\s*:|rotate\s*:|margin[\w-]*\s*:[^;]*-\d)"


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each text that does not fit, is cut off, leaves its box or lies on another."""
    for page in subject.pages:
        yield from _not_fitting(page)
        yield from _cut(page)
        yield from _leaving(page)
        yield from _colliding(page)


def _finding(page: Painted, message: str, area: Rectangle | None, hint: str = HINT) -> Finding:
    return Finding("", Severity.ERROR, message, hint, page.number, area)


def _not_fitting(page: Painted) -> Iterator[Finding]:
    for number, fit in page.fits.items():
        if not fit.fits:
            box = page.by_number[number]
            text = shorten(_all_text(box, page))
            message = f"'{text}' ({box.describe()}) does not fit its box at {fit.floor:g} px, the least that is allowed"
            yield _finding(page, message, box.rectangle)


def _all_text(box: Box, page: Painted) -> str:
    return " ".join(one.text for one in family(box.element, page.boxes) if one.runs)


def _cut(page: Painted) -> Iterator[Finding]:
    """Find text of the markup that the engine laid out no run for, though no style hides it."""
    hidden: frozenset[int] | None = None
    for node in page.tree.css("[data-n]"):
        text, box = own_text(node), page.by_number.get(number_of(node))
        got = sum(_count(run.text) for run in box.runs) if box else 0
        if got >= (wanted := _count(text)):
            continue
        if box is None:
            hidden = matching(page, _HIDDEN) if hidden is None else hidden
            chain = list(_chain(node))
            if hidden.intersection(chain):
                continue
            box = next((page.by_number[one] for one in chain if one in page.by_number), None)
        where = f" ({box.describe()})" if box else ""
        message = f"'{shorten(text)}'{where} is cut off: {got} of its {wanted} characters are shown"
        yield _finding(page, message, box.rectangle if box else None)


def _count(text: str) -> int:
    """Return how many characters of a text take room."""
    if text.isascii():
        return sum(map(len, text.split()))
    return sum(not one.isspace() and unicodedata.category(one) != "Cf" for one in text)


def _chain(node: LexborNode | None) -> Iterator[int]:
    """Yield the number of an element and of those around it, nearest first."""
    while node is not None and "data-n" in node.attributes:
        yield number_of(node)
        node = node.parent


def _leaving(page: Painted) -> Iterator[Finding]:
    clips, moved = matching(page, _CLIPS), matching(page, _MOVED)
    told = {number for number, fit in page.fits.items() if not fit.fits}
    for box in page.texts:
        if box.rotated or (told and told & {box.element, *(one.element for one in ancestors(box, page))}):
            continue
        for outer in _holders(box, page, clips, moved):
            by = max(_out(box, outer, page), _above(box, outer, page) if outer.element in clips else 0)
            if by > page.page.scale:
                area = around(run.rectangle for run in box.runs)
                where = "its box" if outer is box else f"{outer.describe()}, which holds it,"
                yield _finding(page, f"'{shorten(box.text)}' ({box.describe()}) leaves {where} by {by:.0f} px", area)
                break


def _out(box: Box, outer: Box, page: Painted) -> float:
    scale = page.page.scale
    return max(sticks_out(run.rectangle, outer.rectangle, run.font_size * scale) for run in box.runs)


def _above(box: Box, outer: Box, page: Painted) -> float:
    """Return by how many pixels letters reach above an element that clips."""
    return max(outer.rectangle.top - area.top for area in page.lettering[box.element])


def _holders(box: Box, page: Painted, clips: frozenset[int], moved: frozenset[int]) -> Iterator[Box]:
    """Yield the boxes that text must stay in: all in the flow around it, and behind those the ones that clip."""
    in_flow, size = True, page.page.size
    for outer in (box, *ancestors(box, page)):
        across = outer.rectangle.width >= size.width
        if outer.rotated or (across and outer.rectangle.height >= size.height):
            return
        in_flow = in_flow and not across  # what is as wide as the page may be drawn over, but it may clip
        if (in_flow or outer.element in clips) and shown(outer) and not is_inline(outer):
            yield outer
        in_flow = in_flow and outer.element not in moved


def _colliding(page: Painted) -> Iterator[Finding]:
    import numpy

    scale = page.page.scale
    runs = [(box, run) for box in page.texts if not box.rotated for run in box.runs]
    if len(runs) < 2:
        return
    areas = [area for box in page.texts if not box.rotated for area in page.lettering[box.element]]
    left, top, right, bottom, size = numpy.array(
        [(a.left, a.top, a.right, a.bottom, run.font_size * scale) for a, (_, run) in zip(areas, runs, strict=True)]
    ).T
    element = numpy.array([box.element for box, _ in runs])
    across = numpy.minimum(right[:, None], right) - numpy.maximum(left[:, None], left)
    down = numpy.minimum(bottom[:, None], bottom) - numpy.maximum(top[:, None], top)
    least = TOUCH * numpy.minimum(size[:, None], size)
    touching = (across > least) & (down > least) & (element[:, None] < element)
    told: set[tuple[int, int]] = set()
    for one, two in numpy.argwhere(touching):
        (first, run), (second, other) = runs[one], runs[two]
        if (pair := (first.element, second.element)) not in told:
            told.add(pair)
            message = f"'{shorten(run.text)}' ({first.describe()}) and '{shorten(other.text)}' ({second.describe()})"
            overlap = areas[one].overlap(areas[two]) or areas[one]
            yield _finding(page, f"{message} lie on one another", overlap, "move them apart, or shorten one of them")
