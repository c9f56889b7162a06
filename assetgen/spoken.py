"""Say what stands on each page of a set: painted pages go in, an alternative text for each comes out.

Platforms take one for each picture. A section that says `data-alt="…"` has that one; of all others it is what can be
read on them, in order, without logo line, counter and bottom line (`<header>`, `<nav>`, `<footer>`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborNode

from assetgen.facts import shown_text
from assetgen.paint import Painted

INLINE = frozenset({"a", "abbr", "b", "br", "data", "em", "i", "mark", "small", "span", "strong", "sub", "sup", "time"})
SILENT = frozenset({"header", "nav", "footer", "-comment"})
MOST = 1000
_ENDS = (".", "!", "?", "…", ":", ";", ".”", "!”", "?”")


def alt_texts(pages: Sequence[Painted], most: int | None = None) -> tuple[str, ...]:
    """Return an alternative text for each page of several, of at most so many characters; nothing for a single one."""
    return tuple(_shortened(_said(page), most or MOST) for page in pages) if len(pages) > 1 else ()


def _said(page: Painted) -> list[str]:
    section = page.tree.css_first("section")
    if section is None:
        return []
    own = section.attributes.get("data-alt")
    return [shown_text(own)] if own else [_ended(text) for text in _texts(section, page)]


def _texts(node: LexborNode, page: Painted) -> Iterator[str]:
    """Yield the texts of the blocks in an element; what stands side by side in one line of text is one."""
    line = ""
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            line += child.text_content or ""
        elif child.tag in INLINE and not any(inner.tag not in INLINE for inner in child.traverse()):
            line += " " if child.tag == "br" else child.text()
        else:
            if text := shown_text(line):
                yield text
            line = ""
            if not _silent(child, page):
                yield from _texts(child, page)
    if text := shown_text(line):
        yield text


def _silent(node: LexborNode, page: Painted) -> bool:
    given = node.attributes
    box = page.by_number.get(int(given.get("data-n") or 0))
    hidden = box is not None and not (box.rectangle.width and box.rectangle.height)
    return node.tag in SILENT or given.get("aria-hidden") == "true" or hidden


def _ended(text: str) -> str:
    return text if text.endswith(_ENDS) else f"{text}."


def _shortened(texts: Sequence[str], most: int) -> str:
    """Return as many whole texts as there is room for; a first one that is too long is cut at a word."""
    found = ""
    for text in texts:
        longer = f"{found} {text}".strip()
        if len(longer) > most:
            break
        found = longer
    if texts and not found:
        found = texts[0][: most - 1].rpartition(" ")[0] + "…"
    return found
