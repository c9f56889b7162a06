"""Cut a page into layers, as a browser's compositor does: what moves together is painted once, alone, on nothing.

Between two moving elements lie the still ones: those that are painted after a moving one and may be touched by it get a
layer of their own above it, all others stay in the lowest. Which elements touch is judged by their boxes and by the way
that the moving ones take.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser

from assetgen.backdrop import Painting
from assetgen.errors import LayoutError
from assetgen.model import Box, Page, Rectangle
from assetgen.motion.cascade import Cascade
from assetgen.motion.clips import PICTURE
from assetgen.motion.counting import COUNT, counts, running_page
from assetgen.motion.geometry import NOTHING, Matrix, Outline, clip, joined, mapped, transform
from assetgen.motion.timeline import State, Timeline, state_styles

# What a layer can do without being painted again.
COMPOSED = frozenset({"transform", "opacity", "clip-path"})
# What changes the paint of an element and moves nothing around it: its layer is painted again.
REPAINTED = frozenset(
    {"color", "background", "background-color", "background-position", "background-image", "border-color", "box-shadow"}
    | {"filter", "text-shadow", "fill", "stroke", "stroke-dashoffset", "border-radius", "outline-color", "visibility"}
    | {COUNT, PICTURE}
)
# Shadows and glyphs reach this far out of their boxes, in CSS pixels.
REACH = 6.0
_CUTTING = re.compile("overflow(?:-[xy])?")
# How often a second the way of a moving element is looked at.
LOOKS = 30


@dataclass(frozen=True)
class Cut:
    """The elements that a layer paints; `changing` are those that are painted again as their paint changes."""

    elements: frozenset[int]
    changing: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Group:
    """A moving element with all that moves with it, from the lowest up; the page itself has no element.

    `window` is what elements around it, which cut off what leaves them, let see of it.
    """

    element: int | None
    box: Rectangle
    origin: str = ""
    window: Rectangle | None = None
    inside: tuple[Cut | Group, ...] = ()

    def cuts(self) -> Iterator[Cut]:
        """Yield the cuts of the group and of those inside."""
        for one in self.inside:
            if isinstance(one, Group):
                yield from one.cuts()
            else:
                yield one


@dataclass(frozen=True, slots=True)
class Pose:
    """How a moving element stands at a time: a matrix in output pixels, its opacity, and what a clip leaves of it."""

    matrix: Matrix = NOTHING
    opacity: float = 1.0
    outline: Outline | None = None


def pose(values: Mapping[str, str], group: Group, scale: float) -> Pose:
    """Return how a group stands that its animations give some values; raises LayoutError for what cannot be moved."""
    try:
        return Pose(
            transform(values.get("transform", "none"), group.box, group.origin, scale),
            min(max(float(values.get("opacity", "1")), 0.0), 1.0),
            clip(values.get("clip-path", "none"), group.box, scale),
        )
    except ValueError as error:
        raise LayoutError(f"an animation asks for what cannot be moved: {error}") from error


@dataclass(frozen=True)
class Stage:
    """A fitted page with its boxes and its animations, ready to be cut.

    `repainted` are elements whose text changes while they are shown.
    """

    page: Page
    boxes: Sequence[Box]
    timeline: Timeline
    sheets: tuple[str, ...]
    repainted: frozenset[int] = field(default=frozenset())

    @property
    def cuttable(self) -> bool:
        """Tell whether all that moves can be moved as layers: nothing changes the place of anything else."""
        return all(names <= COMPOSED | REPAINTED for names in self.timeline.elements.values())

    @cached_property
    def cascade(self) -> Cascade:
        """Return what the styles say of the elements."""
        return Cascade(self.sheets, LexborHTMLParser(self.page.html))

    @cached_property
    def parents(self) -> dict[int, int | None]:
        """Return the element around each element that has a box."""
        return {box.element: box.parent for box in self.boxes}

    @cached_property
    def moving(self) -> frozenset[int]:
        """Return the elements that get a group of their own."""
        return frozenset(number for number in (*self.timeline.elements, *self.repainted) if number in self.parents)

    def at(self, time: float) -> Page:
        """Return the page as its animations have it at a time in seconds."""
        origins = {number: {"transform-origin": text} for number, text in self.origins.items() if number in self.moving}
        state = self.timeline.state(time)
        page = running_page(self.page, counts(state))
        return replace(page, stylesheets=(*page.stylesheets, state_styles(origins) + state_styles(state)))

    @cached_property
    def origins(self) -> dict[int, str]:
        """Return about which point elements turn and grow, where their styles say so."""
        return {
            number: given[-1][1] for number, given in self.cascade.declared(lambda n: n == "transform-origin").items()
        }

    @cached_property
    def _areas(self) -> dict[int, Rectangle]:
        """Return what each element paints into: its box and its text, and a little around it."""
        reach = REACH * self.page.scale
        found = {}
        for box in self.boxes:
            area = box.rectangle
            for run in box.runs:
                area = area.union(run.rectangle)
            found[box.element] = Rectangle(area.left - reach, area.top - reach, area.right + reach, area.bottom + reach)
        return found

    @cached_property
    def _painting(self) -> frozenset[int]:
        texts = {box.element for box in self.boxes if box.runs}
        return frozenset(texts | Painting.of(self.page).elements)

    @cached_property
    def _children(self) -> dict[int | None, list[int]]:
        found: dict[int | None, list[int]] = {}
        for number, parent in self.parents.items():
            found.setdefault(parent, []).append(number)
        return found

    @cached_property
    def states(self) -> tuple[State, ...]:
        """Return what the animations say at many times, to know the ways of the moving elements."""
        end = max((one.delay + one.duration for one in self.timeline.animations), default=0.0)
        return tuple(self.timeline.state(number / LOOKS) for number in range(math.ceil(end * LOOKS) + 2))

    def plan(self) -> Group:
        """Return the groups of the page."""
        roots = [number for number, parent in self.parents.items() if parent is None]
        return self._group(None, roots)

    def _group(self, element: int | None, members: Sequence[int]) -> Group:
        box = self._boxes[element].rectangle if element is not None else Rectangle(0, 0, 1, 1)
        items = _Items()
        if element is not None:
            items.add_still(element, self._areas[element], element in self._painting)
        for number in members:
            self._collect(number, items)
        changing = self._changing
        inside = tuple(
            Cut(frozenset(one), frozenset(one) & changing) if isinstance(one, set) else one for one in items.ordered()
        )
        return Group(element, box, self.origins.get(element or 0, ""), self._window(element), inside)

    @cached_property
    def _cutting(self) -> frozenset[int]:
        """Return the elements that cut off what leaves them."""
        given = self.cascade.declared(lambda name: bool(_CUTTING.fullmatch(name)))
        return frozenset(number for number, values in given.items() if values[-1][1] in ("hidden", "clip"))

    def _window(self, element: int | None) -> Rectangle | None:
        """Return the part of the page in which an element is seen, up to the moving element around it."""
        found: Rectangle | None = None
        number = self.parents.get(element) if element is not None else None
        while number is not None and number not in self.moving:
            if number in self._cutting:
                box = self._boxes[number].rectangle
                found = (found.overlap(box) or box) if found else box
            number = self.parents[number]
        return found

    @cached_property
    def _boxes(self) -> dict[int, Box]:
        return {box.element: box for box in self.boxes}

    @cached_property
    def _changing(self) -> frozenset[int]:
        """Return the elements whose paint changes: repainted ones with all that they hold."""
        tops = [number for number, names in self.timeline.elements.items() if names & REPAINTED]
        return frozenset(one for top in (*tops, *self.repainted) for one in self._family(top))

    def _family(self, number: int) -> Iterator[int]:
        yield number
        for child in self._children.get(number, ()):
            yield from self._family(child)

    def _collect(self, number: int, items: _Items) -> None:
        if number in self.moving:
            group = self._group(number, self._children.get(number, ()))
            items.add_moving(group, self._way(number))
            return
        items.add_still(number, self._areas[number], number in self._painting)
        for child in self._children.get(number, ()):
            self._collect(child, items)

    def _way(self, number: int) -> Rectangle:
        """Return the area that a moving element passes through with all that it holds."""
        own = joined(self._areas[one] for one in self._family(number)) or self._areas[number]
        group = Group(
            number, next(b.rectangle for b in self.boxes if b.element == number), self.origins.get(number, "")
        )
        inner = [one for one in self._family(number) if one != number and one in self.moving]
        own = joined([own, *(self._way(one) for one in inner)]) or own
        poses = {pose(state.get(number, {}), group, self.page.scale).matrix for state in self.states}
        return joined(mapped(matrix, own) for matrix in poses) or own


@dataclass
class _Items:
    """What a group holds, in the order of painting; each thing lies in a level, and levels are painted one by one."""

    still: list[tuple[int, int, Rectangle]] = field(default_factory=list)
    moving: list[tuple[int, Group, Rectangle]] = field(default_factory=list)
    silent: list[int] = field(default_factory=list)

    def add_still(self, number: int, area: Rectangle, paints: bool) -> None:
        if not paints:  # it shows nothing: it may be anywhere
            self.silent.append(number)
            return
        levels = [level for level, _, other in self.still if other.overlap(area)]
        levels += [level + 1 for level, _, other in self.moving if other.overlap(area)]
        self.still.append((max(levels, default=0), number, area))

    def add_moving(self, group: Group, area: Rectangle) -> None:
        levels = [level for level, _, other in self.still if other.overlap(area)]
        levels += [level for level, _, other in self.moving if other.overlap(area)]
        self.moving.append((max(levels, default=0), group, area))

    def ordered(self) -> Iterator[set[int] | Group]:
        """Yield level by level: the still elements of a level, then the groups that move above them."""
        top = max([level for level, *_ in (*self.still, *self.moving)], default=0)
        for level in range(top + 1):
            found = {number for at, number, _ in self.still if at == level}
            if level == 0:
                found |= set(self.silent)
            if found:
                yield found
            yield from (group for at, group, _ in self.moving if at == level)


_NO_PAINT = (
    "background:transparent none!important;background-color:transparent!important;border-color:transparent!important;"
    "box-shadow:none!important;text-shadow:none!important;outline-color:transparent!important;"
    "-webkit-text-fill-color:transparent!important;text-decoration-color:transparent!important"
)
_RESTING = {"transform": "none", "opacity": "1", "clip-path": "none"}


def cut_page(stage: Stage, cut: Cut, more: str = "") -> Page:
    """Return the page that paints the elements of a cut and nothing else, all moving elements at rest."""
    shown = set(cut.elements)
    around: set[int] = set()
    for number in cut.elements:
        parent = stage.parents[number]
        while parent is not None and parent not in around:
            around.add(parent)
            parent = stage.parents[parent]
    hidden = [
        number
        for number, parent in stage.parents.items()
        if number not in shown and number not in around and (parent is None or parent in shown or parent in around)
    ]
    veiled = around - shown
    roots = [number for number in shown if stage.parents[number] in veiled]
    composed = [number for number, names in stage.timeline.elements.items() if names & COMPOSED]
    rules = [
        _rule(hidden, "visibility:hidden!important"),
        _rule(veiled, _NO_PAINT),
        _rule(veiled, "visibility:hidden!important", "::before"),
        _rule(veiled, "visibility:hidden!important", "::after"),
        _rule(roots, "-webkit-text-fill-color:currentcolor!important"),
        state_styles(dict.fromkeys(composed, _RESTING)),
        more,
    ]
    return replace(stage.page, stylesheets=(*stage.page.stylesheets, "".join(rules)))


def _rule(numbers: Sequence[int] | set[int], body: str, behind: str = "") -> str:
    selectors = ",".join(f'[data-n="{number}"]{behind}' for number in sorted(numbers))
    return f"{selectors}{{{body}}}" if selectors else ""
