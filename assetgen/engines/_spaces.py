"""Take the markup of a page and return it so that Takumi honours its spaces: those that hold, and those that are none.

The engine collapses U+00A0 with other white space and then breaks lines there ("Maret | 2026"); where white space is
preserved it still does so when the edge falls on that very space. Behind a space inside an element with `white-space:
nowrap` it does not, so a word gets one together with the non-breaking space behind it. The last word gets none: a
common space behind such an element would need room of its own. The tag is one that no stylesheet names, and the whole
text gets one too, so that directly inside a flex container it stays the one item that it was.

White space between blocks, which a browser drops, counts as a child: it would be the `:first-child` of a list that
begins on a new line of the template, and hide the last one from `:last-child`.
"""

from __future__ import annotations

import re
from html import escape

from selectolax.lexbor import LexborHTMLParser

NBSP = "\u00a0"
TAG = "x-words"
# Lines break at white space and behind dashes and slashes; Python's `\s` would take the non-breaking space too.
_WORD = r"[^ \t\n\r\f\u00a0/–—-]*"
_WORDS = re.compile(rf"(?:{_WORD}{NBSP})+")
_MARK = "\ue000words"
_AROUND = "div|dl|figure|footer|header|li|main|nav|ol|section|table|tbody|td|tfoot|th|thead|tr|ul"
_BLOCK = f"(?:{_AROUND}|address|article|aside|blockquote|dd|dt|figcaption|h[1-6]|p)"
_ATTRIBUTES = r"""(?:\s(?:[^<>"']|"[^"]*"|'[^']*')*)?"""
_BETWEEN = re.compile(rf"(</{_BLOCK}>|<(?:{_AROUND}){_ATTRIBUTES}>)[ \t\r\n\f]+(?=<)")
_BEFORE = re.compile(rf"(?<=>)[ \t\r\n\f]+(?=<{_BLOCK}\b|</(?:{_AROUND})>)")


def drop_gaps(html: str) -> str:
    """Return the markup without white space that stands between blocks, or between one and its first or last child."""
    return _BEFORE.sub("", _BETWEEN.sub(r"\1", html))


def keep_spaces(html: str) -> str:
    """Return the markup with words that non-breaking spaces join in elements that do not wrap."""
    if NBSP not in html and "&nbsp;" not in html:
        return html
    body = LexborHTMLParser(html).body
    if body is None:
        return html
    found: list[str] = []
    for node in [node for node in body.traverse(include_text=True) if node.tag == "-text"]:
        text = node.text_content or ""
        if NBSP in text and node.parent is not None and node.parent.tag not in {"text", "title", "desc", "style"}:
            node.replace_with(f"{_MARK}{len(found)};")
            found.append(_joined(text))
    return re.sub(rf"{_MARK}(\d+);", lambda mark: found[int(mark[1])], body.inner_html or html)


def _joined(text: str) -> str:
    inner = _WORDS.sub(lambda words: f"\ue001{words[0].replace(NBSP, ' ')}\ue002", text)
    markup = escape(inner, quote=False).replace("\ue001", f'<{TAG} style="white-space:nowrap">')
    return f"<{TAG}>" + markup.replace("\ue002", f"</{TAG}>") + f"</{TAG}>"
