"""Tell which element each box of the Takumi engine belongs to.

The engine returns an anonymous tree of boxes and text runs. A second measure, in which every element is moved by its
own multiple of `STEP` pixels and set in one known font, gives away the element of each box (by how far it is moved
within its parent to the right), its leading (by how far it is moved down) and its font size (by the height of its
lines). All depend on the markup and styles alone, so one such probe serves all records that share them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from assetgen.engines._directions import in_reading_order, is_from_right
from assetgen.engines._leading import PROPERTY, whole_leadings
from assetgen.engines._padding import has_moved, joined, local_place
from assetgen.model import Box, Rectangle, Run

STEP = 4096
# Leadings are told in thousandths, each of them so many pixels: more than any page is high.
LEADING_STEP = 65536
# The engine counts the space at which a line was broken as a part of the line; this much of the font size is taken off
# its end, which is less than the space of any text font. A wider space (0.3 in Atkinson Hyperlegible) sticks out of a
# line that stands at the right: so much more is taken off there, as far as the box reaches.
LEAST_SPACE = 0.2
WIDER_SPACE = 0.11
PROBE_FAMILY = "assetgen-probe"
# Font sizes that differ by less than this share are taken as one: they are measured by the height of lines.
SAME_SIZE = 0.02
# Declarations that change font sizes or leadings.
SETS_TEXT = re.compile("font|line-height|--")


@dataclass(frozen=True)
class Element:
    """One element of the markup: its tag, attributes, parent and the characters of text under it, with their owners."""

    number: int
    tag: str
    attributes: Mapping[str, str]
    parent: int | None


@dataclass(frozen=True)
class Markup:
    """The elements of a page by number, and for each the pieces of its content in order: text, or a child's number."""

    elements: Mapping[int, Element]
    content: Mapping[int, tuple[str | int, ...]]

    @classmethod
    def read(cls, html: str) -> Markup:
        """Return the elements of markup whose elements carry `data-n`."""
        elements: dict[int, Element] = {}
        content: dict[int, tuple[str | int, ...]] = {}
        body = LexborHTMLParser(html).body
        root = next(body.iter(), None) if body else None
        if root is not None and "data-n" in root.attributes:
            _walk(root, None, elements, content)
        return cls(elements, content)

    @cached_property
    def skeleton(self) -> tuple[object, ...]:
        """Return what decides boxes and fonts apart from stylesheets: tags, classes, order, and where there is text.

        Of inline styles only those that set fonts count: the length of a bar differs with every record.
        """
        return tuple(
            (
                number,
                element.tag,
                element.attributes.get("class"),
                element.attributes.get("id"),
                style if SETS_TEXT.search(style := element.attributes.get("style", "")) else "",
                self._kinds(number),
            )
            for number, element in self.elements.items()
        )

    def _kinds(self, number: int) -> tuple[int, ...]:
        return tuple(piece if isinstance(piece, int) else -1 - bool(piece.strip()) for piece in self.content[number])

    def path(self, number: int) -> Iterator[int]:
        """Yield an element and those around it, from the inside."""
        current: int | None = number
        while current is not None:
            yield current
            current = self.elements[current].parent

    def inside(self, number: int, outer: int) -> bool:
        """Tell whether an element is another one or stands in it."""
        return outer in self.path(number)

    def has_inline(self, number: int, apart: frozenset[int]) -> bool:
        """Tell whether an element holds others that have no box of their own."""
        return any(isinstance(piece, int) and piece not in apart for piece in self.content.get(number, ()))

    def characters(self, number: int, apart: frozenset[int]) -> Iterator[tuple[str, int]]:
        """Yield the visible characters under an element with the element that each stands in, leaving out `apart`."""
        for piece in self.content[number]:
            if isinstance(piece, int):
                if piece not in apart:
                    yield from self.characters(piece, apart)
            else:
                yield from ((character, number) for character in piece if not character.isspace())


def _walk(
    node: LexborNode, parent: int | None, elements: dict[int, Element], content: dict[int, tuple[str | int, ...]]
) -> None:
    attributes = {name: value or "" for name, value in node.attributes.items()}
    number = int(attributes["data-n"])
    elements[number] = Element(number, node.tag or "", attributes, parent)
    pieces: list[str | int] = []
    if node.tag != "svg":  # text inside a drawing is part of the drawing
        for child in node.iter(include_text=True):
            if child.tag == "-text":
                pieces.append(child.text() or "")
            elif "data-n" in child.attributes:
                _walk(child, number, elements, content)
                pieces.append(int(child.attributes["data-n"] or 0))
    content[number] = tuple(pieces)


class Node(NamedTuple):
    """One box of the engine: its matrix, size, text runs, and the place of its parent in the list of boxes."""

    width: float
    height: float
    matrix: tuple[float, ...]
    runs: Sequence[Mapping[str, Any]]
    parent: int | None

    @property
    def shown(self) -> bool:
        """Tell whether there is a box at all: what is not displayed, and all inside it, has no size."""
        return bool(self.width or self.height)


def flatten(
    tree: Mapping[str, Any],
    from_right: bool | None = None,
    owners: Sequence[int] = (),
    padded: Collection[int] = (),
) -> list[Node]:
    """Return the boxes of a measured tree, parents before children, their text in the order of reading.

    `from_right` is the direction of a page that has texts of both directions, None where all runs from left to right.
    The elements in `padded` were measured with `split_stylesheet`; `owners` tells the element of each box without it.
    """
    nodes: list[Node] = []

    def visit(box: Mapping[str, Any], parent: int | None) -> None:
        place = len(nodes)
        if padded and place < len(owners) and owners[place] in padded:
            box = joined(box)
        runs = box["runs"] if from_right is None else in_reading_order(box["runs"], from_right)
        nodes.append(Node(box["width"], box["height"], tuple(box["transform"]), runs, parent))
        for child in box["children"]:
            visit(child, place)

    visit(tree, None)
    return nodes


@dataclass(frozen=True)
class Probe:
    """What probes found: the element of each box, and the font size of each element that holds text.

    `leadings` are those of boxes as `_leading` tells them. `follows` tells for elements inside fitted ones (`data-fit`)
    which fitted element their size changes with, and `shares` how large they are beside it. `texts` are the elements
    whose box holds text directly, and `padded` those of them whose text stands away from the edges.
    """

    owners: tuple[int, ...]
    sizes: Mapping[int, float]
    leadings: Mapping[int, float] = field(default_factory=dict)
    follows: Mapping[int, int] = field(default_factory=dict)
    shares: Mapping[int, float] = field(default_factory=dict)
    texts: frozenset[int] = frozenset()
    padded: frozenset[int] = frozenset()

    @classmethod
    def read(cls, nodes: Sequence[Node], markup: Markup, line_height: Callable[[str], float]) -> Probe:
        """Return the probe of boxes measured with `marker_stylesheet`; `line_height` tells that of a text, in em."""
        owners: list[int] = []
        leadings: dict[int, float] = {}
        texts: set[int] = set()
        for node in nodes:
            outer = (nodes[node.parent].matrix if node.parent is not None else ()) or (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
            across, down = local_place(node.matrix, outer)
            moved = round(across / STEP)
            anonymous = moved == 0 and node.parent is not None
            owners.append(owners[node.parent] if anonymous and node.parent is not None else moved - 1)
            if not anonymous and abs(down) > LEADING_STEP / 2:
                leadings[moved - 1] = round(down / LEADING_STEP) / 1000
            if not anonymous and node.runs:
                texts.add(moved - 1)
        sizes: dict[int, float] = {}
        for run, owner, _ in _assign(nodes, owners, markup):
            sizes.setdefault(owner, round(run["height"] / line_height(run["text"]), 2))
        return cls(tuple(owners), sizes, leadings, texts=frozenset(texts))

    def with_padding(self, whole: Sequence[Node], split: Sequence[Node]) -> Probe:
        """Return the probe with what two measures tell about padding: of the page, and with its texts split."""
        if not len(whole) == len(split) == len(self.owners):
            return self
        pairs = zip(whole, split, self.owners, strict=True)
        moved = {owner for one, other, owner in pairs if owner in self.texts and has_moved(one.runs, other.runs)}
        return replace(self, padded=frozenset(moved))

    def fitted(self, markup: Markup) -> dict[int, float]:
        """Return the elements with `data-fit` and the font sizes that the styles ask for."""
        found = {}
        for number, element in markup.elements.items():
            if "data-fit" in element.attributes:
                inner = [size for other, size in self.sizes.items() if markup.inside(other, number)]
                asked = float(element.attributes.get("data-size") or self.sizes.get(number) or max(inner, default=0))
                if asked:
                    found[number] = asked
        return found

    def following(self, halved: Probe, fitted: Mapping[int, float], markup: Markup) -> Probe:
        """Return the probe with what `halved`, made with the fitted sizes cut in half, tells about the others.

        The styles may set an element at another size than its `data-size` asks for: such texts follow as well.
        """
        follows, shares = {}, {}
        for number, size in self.sizes.items():
            around = next((one for one in markup.path(number) if one in fitted), None)
            half = halved.sizes.get(number, size)
            if around is not None and abs(half - size) > SAME_SIZE * size:
                follows[number] = around
                as_asked = abs(2 * half - size) < SAME_SIZE * size
                shares[number] = (size if as_asked else 2 * half) / fitted[around]
        return replace(self, follows=follows, shares=shares)

    def sizes_with(self, changed: Mapping[int, float]) -> Mapping[int, float]:
        """Return the font sizes when fitting has changed those of some elements."""
        if not changed:
            return self.sizes
        sizes = dict(self.sizes)
        for number, around in self.follows.items():
            if around in changed:
                sizes[number] = round(self.shares[number] * changed[around], 2)
        return sizes

    def leadings_with(self, changed: Mapping[int, float], scale: float, markup: Markup) -> dict[int, float]:
        """Return leadings that lay lines on whole output pixels, of the elements whose styles do not.

        An element that holds no text of its own is measured by the first one within its lines.
        """
        sizes = dict(self.sizes_with(changed))
        for number, size in [*sizes.items()]:
            around = next((one for one in markup.path(number) if one in self.leadings), number)
            sizes.setdefault(around, size)
        return whole_leadings(self.leadings, sizes, scale)


def marker_stylesheet(numbers: Sequence[int], styles: Iterable[str] = ()) -> str:
    """Return the styles of the probe: one font everywhere, and for each element its own distance and its leading.

    Elements that name their font themselves take it from a variable of `styles`: those become the one font as well.
    """
    roles = sorted({role for source in styles for role in re.findall(r"(--font-[\w-]+)\s*:", source)})
    fonts = "".join(f';{role}:"{PROBE_FAMILY}"' for role in roles)
    down = f"calc(var({PROPERTY}, 0) * {LEADING_STEP * 1000}px)"
    moves = "".join(f'[data-n="{number}"]{{translate:{STEP * (number + 1)}px {down} !important}}' for number in numbers)
    # The engine reads `!important` behind a family as a part of its name; the specificity of an id wins instead.
    return f':not(#never):not(#never){{font-family:"{PROBE_FAMILY}"{fonts}}}{moves}'


def _assign(
    nodes: Sequence[Node], owners: Sequence[int], markup: Markup
) -> Iterator[tuple[Mapping[str, Any], int, Node]]:
    """Yield each text run with the innermost element that its text stands in."""
    apart = frozenset(owners)
    waiting: dict[int, list[tuple[str, int]]] = {}
    for node, owner in zip(nodes, owners, strict=True):
        for run in node.runs:
            if owner not in waiting:
                waiting[owner] = list(markup.characters(owner, apart)) if markup.has_inline(owner, apart) else []
            yield run, _take(waiting, owner, run["text"]), node


def _take(waiting: dict[int, list[tuple[str, int]]], owner: int, text: str) -> int:
    """Remove the characters of `text` from those waiting; return their element, or `owner` for generated content."""
    line = waiting[owner]
    if not line:
        return owner
    wanted = [character for character in text if not character.isspace()]
    if not wanted:
        return owner
    found = line[0][1]
    if line[0][0].casefold() != wanted[0].casefold() and len(wanted) < len(line):
        starts = (place for place in range(1, len(line)) if line[place][0].casefold() == wanted[0].casefold())
        if next(starts, None) is None:
            return owner  # ::before, ::after or reordered text
    del line[: len(wanted)]
    return found


def _span(run: Mapping[str, Any], node: Node, size: float) -> tuple[float, float]:
    """Return where a run begins, and its width without the space at which its line was broken."""
    left, width = float(run["x"]), float(run["width"])
    if not run["text"][-1].isspace():
        return left, width
    space, from_right = LEAST_SPACE * size, is_from_right(run["text"])
    left, width = left + (space if from_right else 0), width - space
    over = -left if from_right else left + width - node.width
    over = over if 0 < over <= WIDER_SPACE * size else 0
    return left + (over if from_right else 0), width - over


@dataclass(frozen=True)
class Boxes:
    """Join boxes, probe and markup into the boxes of elements."""

    markup: Markup
    nodes: Sequence[Node]
    owners: Sequence[int]
    sizes: Mapping[int, float]
    scale: float
    runs: dict[int, list[Run]] = field(default_factory=dict)

    def read(self) -> tuple[Box, ...]:
        """Return a box for every element that the engine placed, in document order, in output pixels."""
        rectangles: dict[int, Rectangle] = {}
        turned: set[int] = set()
        placed = frozenset(self.owners)
        for node, owner in zip(self.nodes, self.owners, strict=True):
            if owner not in rectangles and node.shown:
                rectangles[owner] = self._rectangle(node, (0, 0, node.width, node.height))
            if abs(node.matrix[1]) > 1e-3 or abs(node.matrix[2]) > 1e-3:
                turned.add(owner)
        for run, owner, node in _assign(self.nodes, self.owners, self.markup):
            if not run["text"].strip() or not node.shown:
                if found := self.runs.get(owner):  # a space between two pieces of a line
                    found[-1] = replace(found[-1], text=found[-1].text + run["text"])
                continue
            size = self.sizes.get(owner, run["height"] / 1.25)
            bottom = run["y"] + run["height"]
            left, width = _span(run, node, size)
            ink = self._rectangle(node, (left, max(run["y"], bottom - size), width, min(run["height"], size)))
            self.runs.setdefault(owner, []).append(Run(run["text"], ink, size, owner))
            rectangles[owner] = (
                rectangles[owner].union(ink)
                if owner not in placed and owner in rectangles
                else rectangles.get(owner, ink)
            )
        return tuple(
            Box(
                number,
                element.tag,
                element.attributes,
                rectangles[number],
                tuple(self.runs.get(number, ())),
                element.parent,
                number in turned,
            )
            for number, element in self.markup.elements.items()
            if number in rectangles
        )

    def _rectangle(self, node: Node, box: tuple[float, float, float, float]) -> Rectangle:
        a, b, c, d, e, f = node.matrix
        left, top, width, height = box
        if b == 0 == c and a > 0 < d:  # by far most boxes are upright
            x, y, scale = a * left + e, d * top + f, self.scale
            return Rectangle(x * scale, y * scale, (x + a * width) * scale, (y + d * height) * scale)
        corners = [(left, top), (left + width, top), (left, top + height), (left + width, top + height)]
        across = [(a * x + c * y + e) * self.scale for x, y in corners]
        down = [(b * x + d * y + f) * self.scale for x, y in corners]
        return Rectangle(min(across), min(down), max(across), max(down))
