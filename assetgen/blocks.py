"""Tell what stands on a page as running text: blocks with the facts in them, hidden and drawn things left out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from assetgen.facts import read_fact
from assetgen.model import Fact
from assetgen.shown import plain_spaces

INLINE = frozenset({"a", "abbr", "b", "br", "data", "em", "i", "mark", "small", "span", "strong", "sub", "sup", "time"})
# Stands for a character of a fact where only the words around it are looked at.
MASK = "\ufffc"
# What becomes a plain space; characters that are left out elsewhere would move the places of facts.
_SPACE = re.compile(r"[\u00a0\u202f\u2007\u2009\u2060\u00ad\n\t]")


@dataclass(frozen=True, slots=True)
class Placed:
    """A fact in a block: where its text starts and ends."""

    start: int
    end: int
    fact: Fact


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, item or cell: its text on one line, the facts in it and the element that holds it.

    `source` tells that it is the source line, `chart` that it stands in a chart; `list` is the number of the list or
    table around it, 0 without one.
    """

    text: str
    facts: tuple[Placed, ...] = ()
    element: int = 0
    source: bool = False
    chart: bool = False
    list: int = 0

    @property
    def typed(self) -> str:
        """Return the text with every character of a fact masked, so that places stay the same."""
        text = self.text
        for one in self.facts:
            text = text[: one.start] + MASK * (one.end - one.start) + text[one.end :]
        return text


def blocks_in(tree: LexborHTMLParser) -> tuple[Block, ...]:
    """Return the blocks of text of some markup, in reading order; what only styles hide is among them."""
    reader = _Reader()
    root = tree.body
    for child in root.iter(include_text=True) if root else ():
        reader.read(child)
    reader.close()
    return tuple(reader.blocks)


def lines_in(text: str) -> tuple[Block, ...]:
    """Return the lines of a plain text as blocks; empty ones are left out."""
    return tuple(Block(plain_spaces(line)) for line in text.splitlines() if line.strip())


class _Reader:
    """Walk through markup once; elements that are not inline end one block and begin another."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.text = ""
        self.facts: list[Placed] = []
        self.element = self.list = 0
        self.source = self.chart = False

    def read(self, node: LexborNode) -> None:
        """Take in a node and all inside it."""
        tag = node.tag or ""
        if tag == "-text":
            self.text += node.text_content or ""
            return
        given = node.attributes
        if tag in {"svg", "style", "-comment"} or given.get("aria-hidden") == "true":
            return
        if tag in {"data", "time"}:
            self._fact(node)
        elif tag == "br":
            self.text += " "
        elif tag in INLINE:
            self._inside(node)
        else:
            self._block(node, tag, given)

    def _inside(self, node: LexborNode) -> None:
        for child in node.iter(include_text=True):
            self.read(child)

    def _block(self, node: LexborNode, tag: str, given: dict[str, str | None]) -> None:
        self.close()
        kept = self.element, self.source, self.chart, self.list
        number = int(given.get("data-n") or 0)
        self.element = number
        self.source = self.source or "data-source" in given
        self.chart = self.chart or "data-chart" in given
        self.list = number if tag in {"ul", "ol", "table", "dl"} or "data-parts" in given else self.list
        self._inside(node)
        self.close()
        self.element, self.source, self.chart, self.list = kept

    def _fact(self, node: LexborNode) -> None:
        text = node.text()
        start = len(self.text)
        self.text += text
        fact = read_fact(node, None)
        if fact.value:
            self.facts.append(Placed(start, start + len(text), fact))

    def close(self) -> None:
        """End the block."""
        if self.text.strip():
            text = _SPACE.sub(" ", self.text)
            self.blocks.append(Block(text, tuple(self.facts), self.element, self.source, self.chart, self.list))
        self.text, self.facts = "", []
