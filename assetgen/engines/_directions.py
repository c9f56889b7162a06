"""Keep what is written from left to right in order on pages that are written from right to left.

In Arabic text "+62 21 500-567" would show as "567-500 21 62+", and "12,5%" as "%12,5": digits and signs follow the
text around them (Unicode Standard Annex #9). Telephone numbers, amounts, handles, addresses and Latin words are
therefore put between the marks of an isolate (U+2066, U+2069), which show nothing. The engines get the marks; all
else reads the page without them. A span of hours or numbers is one of them, so that it reads as on a clock and in a
table: 08:00–15:00 WIB. A dash between words stays outside and follows the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

OPEN, CLOSE = "\u2066", "\u2069"
ROOT = 'dir="rtl"'
RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_SPACE = "[ \u00a0\u202f]"
_JOINER = "\u2060"  # keeps a span on one line, and belongs to it
_LETTER = "0-9A-Za-z\u00c0-\u024f"
_BRACKET = rf"\([^(){RIGHT}]*\)"
# Neither spaces nor what belongs to the text around: brackets, dashes, Arabic and angle punctuation.
_APART = rf"\s{RIGHT}()\u2013\u2014\u2060\u060c\u061b\u00ab\u00bb"
_CHUNK = rf"[@#+\-\u2212$\u20ac]*[{_LETTER}](?:[^{_APART}]*[{_LETTER}%\u00b0\u00b2\u00b3])?"
_SPAN = rf"\d[\d.,:/]*{_JOINER}?[\u2013\u2014]{_JOINER}?(?=\d)"
_RUN = re.compile(
    rf"(?:{_BRACKET}{_SPACE}?(?=[\d@])|(?={_CHUNK}))(?:{_SPAN})?(?:{_CHUNK})"
    rf"(?:[,;:!?&+\u00b7/]?{_SPACE}(?:[&+\u00b7/]{_SPACE})?(?:{_CHUNK}|{_BRACKET}))*"
)
_FROM_RIGHT = re.compile(f"[{RIGHT}{OPEN}{CLOSE}]")
_ANY_FROM_RIGHT = re.compile(f"[{RIGHT}]")
_STRONG = re.compile(f"[{RIGHT}{OPEN}{CLOSE}{_LETTER}]")
_MARKS = str.maketrans({OPEN: None, CLOSE: None})
# Facts are isolated as a whole: their affix, number and unit may be elements of their own.
WHOLE = frozenset({"data", "time"})
DRAWN = frozenset({"svg", "style", "title", "desc"})


def has_directions(html: str) -> bool:
    """Tell whether a page, or a text on it, is written from right to left."""
    return ROOT in html or _ANY_FROM_RIGHT.search(html) is not None


def isolated(html: str) -> str:
    """Return the markup of a page; one from right to left has its runs from left to right isolated."""
    if ROOT not in html:
        return html
    body = LexborHTMLParser(html).body
    if body is None:
        return html
    for node in body.iter():
        _isolate(node)
    return body.inner_html or html


def _isolate(node: LexborNode) -> None:
    if node.tag in DRAWN:
        return
    if node.tag in WHOLE and (leaves := list(_leaves(node))) and not _FROM_RIGHT.search(node.text()):
        first, last = leaves[0], leaves[-1]
        if first.mem_id == last.mem_id:
            first.replace_with(f"{OPEN}{first.text_content or ''}{CLOSE}")
        else:
            first.replace_with(OPEN + (first.text_content or ""))
            last.replace_with((last.text_content or "") + CLOSE)
        return
    for child in list(node.iter(include_text=True)):
        if child.tag == "-text":
            text = child.text_content or ""
            if (marked := _RUN.sub(lambda found: f"{OPEN}{found[0]}{CLOSE}", text)) != text:
                child.replace_with(marked)
        else:
            _isolate(child)


def _leaves(node: LexborNode) -> Iterator[LexborNode]:
    return (one for one in node.traverse(include_text=True) if one.tag == "-text" and (one.text_content or "").strip())


def is_from_right(text: str) -> bool:
    """Tell whether a piece of text, all of one direction, is written from right to left."""
    return _FROM_RIGHT.search(text) is not None


def without_marks(text: str) -> str:
    """Return a text without the marks of isolates."""
    return text.translate(_MARKS)


def in_reading_order(runs: Sequence[Mapping[str, Any]], from_right: bool) -> list[Mapping[str, Any]]:
    """Return runs of text, which come as they stand from left to right, as they are read on a page of a direction.

    The marks of isolates part what is written from left to right from what is around it, and are taken out.
    """
    ordered: list[Mapping[str, Any]] = []
    for line in _lines(runs):
        pairs = list(zip(_directions([run["text"] for run in line], not from_right), line, strict=True))
        for from_left, group in groupby(reversed(pairs) if from_right else pairs, key=lambda pair: pair[0]):
            members = [{**run, "text": without_marks(run["text"])} for _, run in group]
            ordered += members if from_left is not from_right else reversed(members)
    return ordered


def _lines(runs: Sequence[Mapping[str, Any]]) -> Iterator[list[Mapping[str, Any]]]:
    """Yield the runs of each line: one further down than the line before, or further left than the run before."""
    line: list[Mapping[str, Any]] = []
    for run in runs:
        if line:
            bottom = max(one["y"] + one["height"] for one in line)
            if run["x"] < line[-1]["x"] - 0.01 or run["y"] + run["height"] / 2 > bottom:
                yield line
                line = []
        line.append(run)
    if line:
        yield line


def _directions(texts: Sequence[str], base: bool) -> list[bool]:
    """Tell of the runs of a line whether each is written from left to right; signs go with the runs on both sides."""
    strong = [not _FROM_RIGHT.search(text) if _STRONG.search(text) else None for text in texts]
    behind: list[bool | None] = [None, *strong[:-1]]
    ahead: list[bool | None] = [*strong[1:], None]
    return [
        own if own is not None else before if before is not None and before is after else base
        for own, before, after in zip(strong, behind, ahead, strict=True)
    ]
