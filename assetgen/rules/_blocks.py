"""Tell rules what stands on a page as running text: blocks with the facts in them, hidden and drawn things left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from assetgen.check import Subject
from assetgen.facts import read_fact
from assetgen.model import Fact
from assetgen.paint import Painted
from assetgen.rules._page import shown
from assetgen.shown import SPACES

INLINE = frozenset({"a", "abbr", "b", "br", "data", "em", "i", "mark", "small", "span", "strong", "sub", "sup", "time"})
# Stands for a character of a fact where only the words around it are looked at.
MASK = "\ufffc"


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


def blocks_of(page: Painted) -> Iterator[Block]:
    """Yield the blocks of text that a page shows, in reading order."""
    for block in _blocks(page.page.html):
        box = page.by_number.get(block.element)
        if box is None or shown(box):
            yield block


def words_beside(subject: Subject) -> Iterator[tuple[str, Block]]:
    """Yield the lines of the alternative text and the caption as blocks, each with the name of what it belongs to."""
    composition = subject.composition
    for name, text in (("alt text", composition.alt_text), ("caption", composition.caption)):
        for line in text.splitlines():
            if line.strip():
                yield name, Block(line.translate(SPACES))


@lru_cache(maxsize=8)
def _blocks(html: str) -> tuple[Block, ...]:
    reader = _Reader()
    root = LexborHTMLParser(html).body
    for child in root.iter(include_text=True) if root else ():
        reader.read(child)
    reader.close()
    return tuple(reader.blocks)


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
            # Characters that are left out would move the places of facts.
            text = "".join(" " if one in "\u2060\u00ad\n\t" else one for one in self.text)
            text = text.translate({key: value for key, value in SPACES.items() if value})
            self.blocks.append(Block(text, tuple(self.facts), self.element, self.source, self.chart, self.list))
        self.text, self.facts = "", []
