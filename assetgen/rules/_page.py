"""Tell rules what a painted page shows: its texts, logos and essential parts, and what its styles say of an element."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from assetgen.lines import around, family, shown
from assetgen.model import Box, Rectangle
from assetgen.paint import Painted

SHORT = 48
_RULE = re.compile(r"([^{};]+)\{([^{}]*)\}")


def shorten(text: str) -> str:
    """Return a text on one line, cut to what a message can carry."""
    line = " ".join(text.split())
    return line if len(line) <= SHORT else line[: SHORT - 1].rstrip() + "…"


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


class Vital(NamedTuple):
    """What people must see whole: a text, a logo or an essential part; `named` is empty for a text."""

    box: Box
    area: Rectangle
    named: str = ""

    def describe(self) -> str:
        """Return what a message calls it."""
        return self.named or f"'{shorten(self.box.text)}' ({self.box.describe()})"


def vitals(page: Painted) -> Iterator[Vital]:
    """Yield the texts, logos and essential parts of a page."""
    yield from (Vital(box, around(page.lettering[box.element])) for box in page.texts)
    yield from (Vital(box, box.rectangle, f"the logo '{name}'") for name, box in logos(page))
    yield from (Vital(box, box.rectangle, box.describe()) for box in essentials(page))


def own_text(node: LexborNode) -> str:
    """Return the text that stands directly in an element, as the markup has it; that of drawings is left out."""
    drawing = any(one.tag == "svg" for one in (node, node.parent) if one is not None)
    return "" if drawing else node.text(deep=False)


def number_of(node: LexborNode) -> int:
    """Return the number of an element, which is in its `data-n`."""
    return int(node.attributes.get("data-n") or 0)


def matching(page: Painted, declaration: str) -> frozenset[int]:
    """Return the elements with a declaration that matches a regular expression, in a style rule or of their own.

    Neither the cascade nor `@media` is followed: a rule that does not win counts too.
    """
    tree = page.tree
    styled = tree.css("[style][data-n]")
    found = {number_of(node) for node in styled if re.search(declaration, node.attributes["style"] or "")}
    for sheet in page.page.stylesheets:
        if selectors := _selectors(sheet, declaration):
            found.update(map(number_of, tree.css(selectors)))
    return frozenset(found)


@lru_cache(maxsize=256)
def _selectors(stylesheet: str, declaration: str) -> str:
    """Return the selectors of a declaration as one list, those left out that the parser does not know."""
    plain = re.sub(r"/\*.*?\*/", "", stylesheet, flags=re.S)
    found = _RULE.findall(plain)
    wanted = (selector.strip() for selector, body in found if re.search(rf"(?:^|[;\s]){declaration}", body))
    return ", ".join(filter(_is_known, wanted))


def _is_known(selector: str) -> bool:
    """Tell whether the parser knows a selector; pseudo-elements it does not."""
    try:
        LexborHTMLParser("").css(selector)
    except (SelectolaxError, ValueError):
        return False
    return True
