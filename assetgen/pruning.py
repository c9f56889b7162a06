"""Leave out style rules that cannot match: a stylesheet and the classes of a page go in, a shorter one comes out.

The engine asks every rule of every element. Kits, brands and layouts hold rules for all shapes and layouts, of which a
page uses about a third; without the others a page is measured and painted about a third faster, to the same pixels.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import tinycss2
from tinycss2.ast import Node, QualifiedRule

KEPT = 128
_CODE = re.compile(r"\\([0-9a-fA-F]{1,6})")
_MARKED_LISTS = re.compile(r"list-style[\w-]*\s*:(?!\s*none\b)")
_KEYFRAMES = re.compile(r"@keyframes\s+[\w-]+\s*\{(?:[^{}]|\{[^{}]*\})*\}")
_ANIMATION = re.compile(r"(?<![\w-])animation(?:-[\w-]+)?\s*:[^;{}]*;?")
LIST_MARKS, END_OF_CUT_TEXT = "•◦▪", "…"


@dataclass(frozen=True)
class _Rule:
    """A rule as text; `selectors` pairs each selector with the classes that it asks for, and is empty for at-rules."""

    selectors: tuple[tuple[str, frozenset[str]], ...]
    body: str


class Stylesheet:
    """A stylesheet, read once, that gives the rules that may match a page; `letters` are what it may show there."""

    def __init__(self, css: str) -> None:
        """Read the rules; what cannot be read is kept as it is, for the engine to judge."""
        rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
        self._rules = tuple(_read(rule) for rule in rules)
        self.letters = _letters(css)
        # The pages of a batch ask with the same few sets of classes.
        self.for_classes = lru_cache(KEPT)(self._for_classes)

    def _for_classes(self, classes: frozenset[str]) -> str:
        """Return the rules whose selectors ask for no other classes than these, in their order."""
        kept = []
        for rule in self._rules:
            if not rule.selectors:
                kept.append(rule.body)
                continue
            selectors = [text for text, asked in rule.selectors if asked <= classes]
            if selectors:
                kept.append(",".join(selectors) + rule.body)
        return "\n".join(kept)


@lru_cache(KEPT)
def still_styles(css: str) -> str:
    """Return styles without their animations: a still shows what they lead to."""
    return _ANIMATION.sub("", _KEYFRAMES.sub("", css)) if "animation" in css or "@keyframes" in css else css


@lru_cache(KEPT)
def read_stylesheet(css: str) -> Stylesheet:
    """Return a stylesheet, read once for all layouts and brands that share it: the kit's takes 8 ms."""
    return Stylesheet(css)


def _letters(css: str) -> str:
    """Return the characters beyond ASCII that styles may bring to a page: written, as a code, or as marks of lists."""
    marks = LIST_MARKS if _MARKED_LISTS.search(css) else ""
    written = _CODE.sub(lambda code: chr(min(int(code[1], 16), sys.maxunicode)), css)
    return "".join(sorted({one for one in written if not one.isascii()})) + marks + END_OF_CUT_TEXT


def _read(rule: Node) -> _Rule:
    if not isinstance(rule, QualifiedRule):
        return _Rule((), rule.serialize())
    selectors = tuple((tinycss2.serialize(part).strip(), _classes(part)) for part in selectors_of(rule.prelude))
    return _Rule(selectors, "{" + tinycss2.serialize(rule.content) + "}")


def selectors_of(prelude: Iterable[Node]) -> list[list[Node]]:
    """Return the selectors of a list, parted at its commas."""
    parts: list[list[Node]] = [[]]
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _classes(selector: Sequence[Node]) -> frozenset[str]:
    """Return the classes that must be somewhere on a page; those inside `:not(…)` and `:is(…)` need not be."""
    return frozenset(
        following.value
        for token, following in pairwise(selector)
        if token.type == "literal" and token.value == "." and following.type == "ident"
    )
