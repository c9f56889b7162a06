"""Tell rules what a painted page shows: its texts, logos and essential parts, and what its styles say of an element."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from selectolax.lexbor import SelectolaxError

from assetgen.lines import family
from assetgen.model import Box, Rectangle, Run
from assetgen.paint import Painted

# Shares of the font size. Above the capitals and below the baseline a run's rectangle is mostly empty: the bundled
# families put the baseline 0.72 to 0.80 below its top.
ASCENT_GAP = 0.08
DESCENT_GAP = 0.26
SHORT = 48
_RULE = re.compile(r"([^{};]+)\{([^{}]*)\}")


def shorten(text: str) -> str:
    """Return a text on one line, cut to what a message can carry."""
    line = " ".join(text.split())
    return line if len(line) <= SHORT else line[: SHORT - 1].rstrip() + "…"


def shown(box: Box) -> bool:
    """Tell whether an element takes room on the page."""
    return box.rectangle.width >= 1 and box.rectangle.height >= 1


def ancestors(box: Box, page: Painted) -> Iterator[Box]:
    """Yield the boxes around a box, nearest first."""
    parent = box.parent
    while parent is not None:
        outer = page.by_number.get(parent)
        if outer is None:
            return
        yield outer
        parent = outer.parent


def has_class(box: Box, name: str) -> bool:
    """Tell whether an element has a class."""
    return name in box.attributes.get("class", "").split()


def logos(page: Painted) -> list[tuple[str, Box]]:
    """Return the shown pictures of every `data-logo`, each with the name of its logo."""
    found = []
    for outer in page.boxes:
        if "data-logo" in outer.attributes:
            name = outer.attributes["data-logo"] or "primary"
            found += [(name, box) for box in family(outer.element, page.boxes) if box.tag == "img" and shown(box)]
    return found


def essentials(page: Painted) -> list[Box]:
    """Return the shown elements marked `data-essential`, such as QR codes."""
    return [box for box in page.boxes if "data-essential" in box.attributes and shown(box)]


def letters(run: Run, scale: float) -> Rectangle:
    """Return the part of a run between the top of its capitals and its baseline."""
    area, size = run.rectangle, run.font_size * scale
    return Rectangle(area.left, area.top + ASCENT_GAP * size, area.right, area.bottom - DESCENT_GAP * size)


def own_texts(page: Painted) -> dict[int, tuple[str, int | None]]:
    """Return the text that stands directly in each element, and the element around it, as the markup has them."""
    found: dict[int, tuple[str, int | None]] = {}
    for node in page.tree.css("[data-n]"):
        parent = node.parent
        outer = parent.attributes.get("data-n") if parent is not None else None
        drawing = any(one.tag == "svg" for one in (node, parent) if one is not None)
        text = "" if drawing else node.text(deep=False)
        found[int(node.attributes["data-n"] or 0)] = (text, int(outer) if outer else None)
    return found


def matching(page: Painted, declaration: str) -> frozenset[int]:
    """Return the elements with a declaration that matches a regular expression, in a style rule or of their own.

    Neither the cascade nor `@media` is followed: a rule that does not win counts too.
    """
    selectors = [one for sheet in page.page.stylesheets for one in _selectors(sheet, declaration)]
    tree = page.tree
    found = {
        int(node.attributes["data-n"] or 0)
        for node in tree.css("[style][data-n]")
        if re.search(declaration, node.attributes["style"] or "")
    }
    for selector in selectors:
        try:
            found.update(int(node.attributes.get("data-n") or 0) for node in tree.css(selector))
        except (SelectolaxError, ValueError):
            continue  # pseudo-elements and what the parser does not know
    return frozenset(found)


@lru_cache(maxsize=256)
def _selectors(stylesheet: str, declaration: str) -> tuple[str, ...]:
    plain = re.sub(r"/\*.*?\*/", "", stylesheet, flags=re.S)
    found = _RULE.findall(plain)
    return tuple(selector.strip() for selector, body in found if re.search(rf"(?:^|[;\s]){declaration}", body))
