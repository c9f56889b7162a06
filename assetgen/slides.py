"""Make the pages of one asset a set: parts, counters, swipe cues and bands that run across the seams are written in.

Works on the markup of pages. What a layout marks, and with what:

- `data-on-slide="first | last | not-first | not-last | several"`: an element that only some pages of the set have;
- `data-on-part="…"`, with the same words: the same among the parts of one section that `data-paginate` continued;
- `data-slide-number`, `data-slide-count`, `data-part-number`, `data-part-count`: elements filled with a number;
- `data-slide-progress`: an element whose width becomes the share of the set that was seen;
- `data-seam="NAME"`: a band across all neighbouring pages that have one of this name, of which each shows its piece;
- `data-panorama="NAME"` on the `<img>` of a photo: the photo lies across all neighbouring pages that have one.

Pages are read as the language is: from right to left the next page lies left of the one before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from assetgen.errors import LayoutError, Place, did_you_mean
from assetgen.model import CANVAS_WIDTH, Page

MARKS = ("data-on-slide", "data-slide-", "data-seam", "data-panorama", "data-part-")
ACROSS = ("data-seam", "data-panorama")
# Scenes follow one another, cells of a grid may stand below one another: there each page has the whole photo.
APART = frozenset({"film", "grid"})
ON = ("first", "last", "not-first", "not-last", "several")


def as_set(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Return the pages of an asset with everything written in that depends on where a page stands among them.

    Raises LayoutError for a mark with an unknown value.
    """
    if not any(mark in page.html for page in pages for mark in MARKS):
        return tuple(pages)
    spans = _spans([_seams(page) for page in pages])
    pieced = [_with_pieces(page, spans[at]) for at, page in enumerate(pages)]
    return tuple(
        edited(page, lambda root, at=number: _on_slide(root, at, len(pages), spans[at - 1]))  # type: ignore[misc]  # a default binds the loop's value
        for number, page in enumerate(pieced, 1)
    )


def edited(page: Page, edit: Callable[[LexborNode], None]) -> Page:
    """Return a page whose markup was changed: elements are numbered anew, photos that are gone are let go."""
    root = root_of(page.html)
    edit(root)
    for number, node in enumerate(root.traverse()):
        node.attrs["data-n"] = str(number)
    html = root.html or ""
    shown = {node.attributes.get("src") for node in root.css("img")}
    photos = {source: photo for source, photo in page.photos.items() if source in shown}
    return replace(page, html=html, photos=photos)


def root_of(html: str) -> LexborNode:
    """Return the outermost element of a page's markup."""
    body = LexborHTMLParser(html).body
    assert body is not None
    return next(body.iter())


def keep_on(root: LexborNode, mark: str, number: int, count: int) -> None:
    """Take out the marked elements that page `number` of `count` does not have."""
    for node in root.css(f"[{mark}]"):
        word = node.attributes.get(mark) or ""
        if word not in ON:
            hint = did_you_mean(word, ON) or f"it takes {', '.join(ON)}"
            raise LayoutError(f"{mark} does not know '{word}'", Place("layout.html"), hint)
    # One at a time: what is taken out takes along what is in it.
    while gone := next((one for one in root.css(f"[{mark}]") if not _stays(one, mark, number, count)), None):
        gone.decompose()


def _stays(node: LexborNode, mark: str, number: int, count: int) -> bool:
    stays = {"first": number == 1, "last": number == count, "several": count > 1}
    word = node.attributes[mark] or ""
    return not stays[word.removeprefix("not-")] if word.startswith("not-") else stays[word]


def write_numbers(root: LexborNode, kind: str, number: int, count: int) -> None:
    """Fill the elements that tell which page, or which part, of how many this is."""
    for name, value in (("number", number), ("count", count)):
        for node in root.css(f"[data-{kind}-{name}]"):
            node.inner_html = str(value)


def add_style(node: LexborNode, style: str) -> None:
    """Add declarations behind the inline style of an element."""
    given = (node.attributes.get("style") or "").rstrip("; ")
    node.attrs["style"] = f"{given};{style}" if given else style


def _on_slide(root: LexborNode, number: int, count: int, spans: dict[str, tuple[int, int]]) -> None:
    keep_on(root, "data-on-slide", number, count)
    write_numbers(root, "slide", number, count)
    for node in root.css("[data-slide-progress]"):
        add_style(node, f"width:{number / count:.2%}")
    for node in root.css("[data-seam]"):
        at, length = _from_left(root, spans[_band(node)])
        add_style(node, f"left:{-CANVAS_WIDTH * at}px;width:{CANVAS_WIDTH * length}px")


def _with_pieces(page: Page, spans: dict[str, tuple[int, int]]) -> Page:
    """Return a page whose panoramas show its own piece of their photos; a drawing stays whole on each page."""
    if "data-panorama" not in page.html:
        return page
    root, photos = root_of(page.html), dict(page.photos)
    if APART & set((root.attributes.get("class") or "").split()):
        return page
    for node in root.css("img[data-panorama]"):
        at, length = _from_left(root, spans[_band(node)])
        if (photo := photos.get(node.attributes.get("src") or "")) and length > 1:
            node.attrs["src"] = source = f"{node.attributes['src']}:{at + 1}/{length}"
            photos[source] = replace(photo, piece=(at, length))
    return replace(page, html=root.html or "", photos=photos)


def _from_left(root: LexborNode, span: tuple[int, int]) -> tuple[int, int]:
    at, length = span
    return (length - 1 - at if root.attributes.get("dir") == "rtl" else at), length


def _band(node: LexborNode) -> str:
    """Return the name of a band or panorama; one name for both would mean one picture."""
    return next(f"{mark}={node.attributes[mark]}" for mark in ACROSS if mark in node.attributes)


def _seams(page: Page) -> frozenset[str]:
    if not any(mark in page.html for mark in ACROSS):
        return frozenset()
    return frozenset(map(_band, root_of(page.html).css(", ".join(f"[{mark}]" for mark in ACROSS))))


def _spans(names: Sequence[frozenset[str]]) -> list[dict[str, tuple[int, int]]]:
    """Return for each page and band which piece of the band it shows, and on how many pages the band lies."""
    return [{name: _span(names, at, name) for name in here} for at, here in enumerate(names)]


def _span(names: Sequence[frozenset[str]], at: int, name: str) -> tuple[int, int]:
    start = at
    while start > 0 and name in names[start - 1]:
        start -= 1
    end = at
    while end + 1 < len(names) and name in names[end + 1]:
        end += 1
    return at - start, end - start + 1
