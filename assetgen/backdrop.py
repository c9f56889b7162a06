"""Paint what lies behind the text of a page, once for all pages that differ in nothing but their words.

Records of a batch share grounds, photos, logos and art; often only texts and figures change. A page whose outline (its
markup without words, styles, pictures) was seen before is compared by the boxes of those elements that paint
something: where these are the same, so is what lies behind the text. Icons that no text comes near may stand anywhere,
and photos that none comes near may be any: nothing is read from the backdrop but what lies behind text.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from assetgen.engines import Engine
from assetgen.model import Box, Frame, Page, Rectangle, Size
from assetgen.patches import Patch, cut_patches, near_text

# The backdrop is this much smaller than the page: contrast is a matter of areas, not of single pixels.
BACKDROP_SCALE = 4
MAX_OUTLINES, MAX_FRAMES = 64, 8
# Patches are in full size: those of so many backdrops are kept, at most 6 MB each.
MAX_PATCHED = 4
# A drawing that has its own colour stays, since text may stand on it; an icon within a text has that of the text.
_NO_TEXT = (
    "*:not(svg) { color: transparent !important; -webkit-text-fill-color: transparent !important; "
    "-webkit-text-stroke-color: transparent !important; text-shadow: none !important; "
    "text-decoration-color: transparent !important }"
)
_WORDS = re.compile(r">[^<]+<")
# What an element says beside its words: of facts, of pictures to those who do not see them, and what a video speaks.
_SAID = re.compile(r' (?:value|datetime|alt|data-(?:cell|unit|kind|narration))="[^"]*"')
_RULE = re.compile(r"([^{};]+)\{([^{}]*)\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_PSEUDO_ELEMENT = re.compile(r"::?(?:before|after|marker|first-line|first-letter)\b")
_PICTURES = "img, svg, hr"
# Declarations of any element by which a drawing inside it may paint outside of its own box.
_SPREADING = re.compile(r"filter|reflect|overflow\s*[:=]\s*\W?\s*visible")
# Declarations that move boxes or set text, and paint nothing of their own. A property that is not here counts as
# painting, so that one forgotten costs time and never a wrong picture.
_QUIET = re.compile(
    r"--[\w-]+|display|position|top|right|bottom|left|inset[\w-]*|z-index|order|box-sizing|aspect-ratio"
    r"|(?:min-|max-)?(?:width|height)|margin[\w-]*|padding[\w-]*|flex[\w-]*|grid[\w-]*|(?:row-|column-)?gap"
    r"|(?:align|justify|place)-[\w-]+|vertical-align|object-(?:fit|position)|color|font[\w-]*|line-height"
    r"|letter-spacing|word-[\w-]+|text-(?:align|indent|transform|overflow|decoration(?:-line|-style)?)|white-space|overflow-wrap|direction"
    r"|list-style[\w-]*|-webkit-line-clamp|-webkit-box-orient"
)
# Emoji bring their own colours, which no style takes away: from here on a character may be one.
_FIRST_EMOJI = 0x2300


def paint_backdrop(page: Page, engine: Engine) -> Frame:
    """Return a page without its text, `BACKDROP_SCALE` times smaller.

    It is painted in full and then made smaller: painted small, boxes would round to other places than on the page.
    """
    return _smaller(_without_text(page, engine))


def _without_text(page: Page, engine: Engine) -> Frame:
    return engine.paint(replace(page, stylesheets=(*page.stylesheets, _NO_TEXT)))


def _smaller(whole: Frame) -> Frame:
    from PIL import Image

    size = whole.size
    picture = Image.frombuffer("RGBA", (size.width, size.height), whole.pixels, "raw", "RGBA", 0, 1)
    width, height = (max(1, length // BACKDROP_SCALE) for length in (size.width, size.height))
    kept = (0, 0, min(width * BACKDROP_SCALE, size.width), min(height * BACKDROP_SCALE, size.height))
    if picture.getchannel("A").getextrema() == (255, 255):  # else transparent colours would bleed into the rest
        picture = Image.frombuffer("RGBX", picture.size, whole.pixels, "raw", "RGBX", 0, 1)
    small = picture.reduce(BACKDROP_SCALE, kept)
    return Frame(Size(*small.size), small.tobytes())


@dataclass
class Backdrop:
    """What lies behind the text of a page: as a smaller frame, and its pictures in full size while they are kept."""

    frame: Frame
    patches: tuple[Patch, ...] = ()


class Backdrops:
    """Backdrops that were painted, found again by what decides them. Safe to use from several threads."""

    def __init__(self, engine: Engine) -> None:
        """Keep the backdrops that an engine paints."""
        self._engine = engine
        self._outlines: OrderedDict[object, _Outline] = OrderedDict()
        self._patched: list[Backdrop] = []
        self._lock = Lock()

    def clear(self) -> None:
        """Let go of all backdrops."""
        self._outlines.clear()
        self._patched.clear()

    def find(self, page: Page, boxes: Sequence[Box]) -> Backdrop | None:
        """Return the backdrop of a page when one like it was painted before."""
        outline = self._outlines.get(_outline(page))
        return outline.find(page, boxes) if outline else None

    def paint(self, page: Page, boxes: Sequence[Box]) -> Frame:
        """Return the backdrop of a page as a smaller frame, and remember it."""
        whole = _without_text(page, self._engine)
        backdrop = Backdrop(_smaller(whole), cut_patches(page, boxes, whole))
        key = _outline(page)
        with self._lock:
            outline = self._outlines.setdefault(key, _Outline(page, boxes, backdrop))
            self._outlines.move_to_end(key)
            while len(self._outlines) > MAX_OUTLINES:
                self._outlines.popitem(last=False)
            self._keep_patches(backdrop)
        outline.keep(page, boxes, backdrop)
        return backdrop.frame

    def _keep_patches(self, backdrop: Backdrop) -> None:
        if backdrop.patches:
            self._patched.append(backdrop)
            while len(self._patched) > MAX_PATCHED:
                self._patched.pop(0).patches = ()


def _outline(page: Page) -> object:
    """Return what two pages must share before their boxes are worth comparing."""
    markup = _SAID.sub("", _WORDS.sub("><", page.html))
    drawings = tuple((name, data) for name, data in page.pictures.items() if name not in page.photos)
    return markup, page.stylesheets, page.size, drawings


@dataclass
class _Outline:
    """The pages of one outline: the first of them, and the backdrops by the marks of their pages.

    Which elements paint is asked when a second page comes: single pages need not wait for the answer.
    """

    page: Page
    boxes: Sequence[Box]
    backdrop: Backdrop
    painting: Painting | None = None
    kept: OrderedDict[tuple[object, tuple[Rectangle, ...]], Backdrop] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def find(self, page: Page, boxes: Sequence[Box]) -> Backdrop | None:
        with self.lock:
            if self.painting is None:
                self.painting = Painting.of(self.page)
                self.kept[self._key(self.painting, self.page, self.boxes)] = self.backdrop
            mark, _ = self._key(self.painting, page, boxes)
            alike = (key for key in self.kept if key[0] == mark)
            fitting = (key for key in alike if not any(near_text(area, boxes) for area in key[1]))
            key = next(fitting, None)
            return None if key is None else self.kept[key]

    def keep(self, page: Page, boxes: Sequence[Box], backdrop: Backdrop) -> None:
        with self.lock:
            if self.painting is not None:
                self.kept[self._key(self.painting, page, boxes)] = backdrop
                while len(self.kept) > MAX_FRAMES:
                    self.kept.popitem(last=False)

    @staticmethod
    def _key(painting: Painting, page: Page, boxes: Sequence[Box]) -> tuple[object, tuple[Rectangle, ...]]:
        """Return the mark of a page without the icons and photos that no text comes near, and where those stand."""
        icons = painting.icons_apart(boxes)
        photos = [box for box in boxes if box.attributes.get("src") in page.photos]
        behind = [box for box in photos if near_text(box.rectangle, boxes)]
        mark = _mark(page, boxes, painting.elements.difference(icons))
        seen = tuple(page.pictures.get(box.attributes["src"]) for box in behind)
        return (mark, seen), (*icons.values(), *(box.rectangle for box in photos if box not in behind))


def _mark(page: Page, boxes: Sequence[Box], painting: frozenset[int]) -> tuple[object, ...]:
    """Return what decides the backdrop among pages of one outline: where the painting elements stand, and their sizes.

    Where a painting element holds text, its lines count too: the grounds of inline elements follow them.
    """
    parents = {box.element: box.parent for box in boxes}
    found: list[object] = []
    sized: set[int] = set()
    for box in boxes:
        emoji = any(ord(max(run.text, default="")) >= _FIRST_EMOJI for run in box.runs)
        if emoji or box.element in painting:
            found.append(
                (box.element, box.rectangle, *((run.rectangle, run.text if emoji else "") for run in box.runs))
            )
            sized.update(number for number in _upwards(box.element, parents) if number in page.sizes)
    return (*found, *((number, page.sizes[number]) for number in sorted(sized)))


def _upwards(number: int | None, parents: dict[int, int | None]) -> Iterator[int]:
    while number is not None:
        yield number
        number = parents.get(number)


@dataclass(frozen=True)
class Painting:
    """The elements of a page that may paint more than text; `icons` are drawings that paint in their own box alone."""

    elements: frozenset[int]
    icons: frozenset[int] = frozenset()

    @classmethod
    def of(cls, page: Page) -> Painting:
        """Return pictures, drawings, and what has a style that is not known as quiet."""
        tree = LexborHTMLParser(page.html)
        elements = {int(node.attributes["data-n"] or 0): node for node in tree.css("[data-n]")}
        styled = {number for number, node in elements.items() if not _is_quiet(node.attributes.get("style") or "")}
        for sheet in page.stylesheets:
            for selector, body in _RULE.findall(_COMMENT.sub("", sheet)):
                if not _is_quiet(body):
                    try:
                        styled.update(_numbers(tree.css(_PSEUDO_ELEMENT.sub("", selector).strip() or "*")))
                    except (SelectolaxError, ValueError):  # what the parser does not know may mean anything
                        return cls(frozenset(elements))
        spreads = _SPREADING.search(page.html) or any(map(_SPREADING.search, page.stylesheets))
        icons = () if spreads else _numbers(tree.css("svg[data-n]"))
        return cls(frozenset(styled).union(_numbers(tree.css(_PICTURES))), frozenset(icons) - styled)

    def icons_apart(self, boxes: Sequence[Box]) -> dict[int, Rectangle]:
        """Return where the icons stand that no text comes near."""
        icons = (box for box in boxes if box.element in self.icons)
        return {box.element: box.rectangle for box in icons if not near_text(box.rectangle, boxes)}


def _numbers(nodes: Iterable[LexborNode]) -> Iterator[int]:
    return (int(node.attributes["data-n"] or 0) for node in nodes if "data-n" in node.attributes)


def _is_quiet(body: str) -> bool:
    """Tell whether no declaration of a rule paints."""
    names = (declaration.partition(":")[0].strip().lower() for declaration in body.split(";"))
    return all(_QUIET.fullmatch(name) for name in names if name)
