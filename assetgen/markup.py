"""Check the elements of a rendered page: what would run, load or reach outside of it comes out as a problem."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

FORBIDDEN = frozenset(
    {"applet", "audio", "base", "button", "embed", "foreignobject", "form", "frame", "frameset", "iframe", "input"}
    | {"link", "meta", "noscript", "object", "portal", "script", "select", "source", "style", "template", "textarea"}
    | {"track"}
)
# What names another file; `<img src>` is looked up among the pictures of the page instead.
_REFERENCES = frozenset(
    {"action", "background", "cite", "data", "formaction", "href", "poster", "src", "srcdoc", "srcset", "xlink:href"}
)
_PICTURES = ("img", "video")
_INNER = re.compile(r"\s*(#|$)")
_URL = re.compile(r"url\(\s*['\"]?\s*(?!#|data:image/(?:png|jpe?g|gif|webp);)([^)]*)", re.IGNORECASE)


def markup_problems(tag: str, attributes: Mapping[str, str | None]) -> Iterator[str]:
    """Yield what is wrong with an element: its tag, an event handler, a reference to something outside."""
    if tag.lower() in FORBIDDEN:
        yield f"<{tag}> is not allowed on a page"
    for name, value in attributes.items():
        if name.startswith("on"):
            yield f"<{tag} {name}> is not allowed: a page runs nothing"
        elif name in _REFERENCES and not (tag in _PICTURES and name == "src") and not _INNER.match(value or ""):
            yield f"<{tag} {name}='{(value or '')[:60]}'> is not allowed: a page loads nothing"
        elif value and "url(" in value.lower() and (found := _URL.search(value)):
            yield f"url({found[1][:60]}) is not allowed: a page loads nothing"
