"""Continue long lists on further slides: a page with `data-paginate` goes in, as many pages as it takes come out.

`<div data-paginate="36" data-size="44" data-fit="30">` says: its children are rows; they start at 44 px and shrink to
36 px to stand on one slide; what does not fit even so goes on on further slides, all at one size and evenly filled.
Only when the placement has no room for so many slides do they shrink on, to 30 px. Children with `data-repeat` (a head
of columns) stand on each slide, children with `data-keep` never begin one. Of a `<table>` those of its `<tbody>` count.
With `data-rows="1"` a slide has so many rows where the placement takes so many slides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from selectolax.lexbor import LexborNode

from assetgen.engines import Engine
from assetgen.errors import LayoutError, Place
from assetgen.fitting import fit_page, pixels_in
from assetgen.lines import family, overhang
from assetgen.model import Box, Page
from assetgen.portions import Line, Portion, fewest_slides, portions
from assetgen.slides import add_style, as_set, edited, keep_on, root_of, write_numbers

MARK, GROUP = "data-paginate", "data-group"
MOST_ROWS = 400
MOST_PAGES = 50
TEMPLATE = Place("layout.html")


def paginate(pages: Sequence[Page], engine: Engine, fewest: int = 1, most: int = 1) -> tuple[Page, ...]:
    """Return the pages of a set: lists continued on as many pages as they take, counters and seams written in.

    The set gets at least `fewest` pages and at most `most` where its rows can be parted so; whether it did is for a
    rule to tell. Raises LayoutError for marks that contradict one another.
    """
    flows = [_Flow(page, engine) if MARK in page.html else None for page in pages]
    found = [flow for flow in flows if flow]
    _share(found, fewest - len(pages) + len(found), most - len(pages) + len(found))
    parts = (flow.parts() if flow else (page,) for page, flow in zip(pages, flows, strict=True))
    made = [page for some in parts for page in some]
    if len(made) > MOST_PAGES:
        raise LayoutError(
            f"the rows take {len(made)} pages, at most {MOST_PAGES} are made", TEMPLATE, "show fewer rows"
        )
    return _level(as_set(made), engine)


def _level(pages: tuple[Page, ...], engine: Engine) -> tuple[Page, ...]:
    """Return pages on which the texts of each `data-group` have the size of the smallest among them."""
    if len(pages) < 2 or not any(GROUP in page.html for page in pages):
        return pages
    sizes = _smallest(pages, engine)

    def edit(root: LexborNode) -> None:
        for node in root.css(f"[{GROUP}]"):
            if (size := sizes.get(node.attributes[GROUP] or "")) is not None:
                add_style(node, f"font-size:{size:g}px")
                if "data-size" in node.attributes:
                    node.attrs["data-size"] = f"{size:g}"

    return tuple(edited(page, edit) for page in pages)


def _smallest(pages: Sequence[Page], engine: Engine) -> dict[str, float]:
    """Return the smallest size to which a text of each group was shrunk."""
    sizes: dict[str, float] = {}
    for page in pages:
        _, boxes, fits = fit_page(page, engine)
        for box in boxes:
            if GROUP in box.attributes and box.element in fits:
                name, used = box.attributes[GROUP], fits[box.element].used
                sizes[name] = min(used, sizes.get(name, used))
    return sizes


def _share(flows: Sequence[_Flow], fewest: int, most: int) -> None:
    """Decide on how many slides each list stands, and at which size: lists that start at one size keep to one."""
    for flow in flows:
        flow.slides = flow.preferred
    while sum(flow.slides for flow in flows) > most:
        smaller = next((flow for flow in flows if flow.slides > flow.least(flow.floor)), None)
        if smaller is None:
            break
        smaller.slides -= 1
    while sum(flow.slides for flow in flows) < fewest:
        larger = max(flows, key=lambda flow: len(flow.lines(flow.asked)) / flow.slides, default=None)
        if larger is None or larger.slides >= len(larger.lines(larger.asked)):
            break
        larger.slides += 1
    for flow in flows:
        flow.size = flow.largest(flow.slides)
    for flow in flows:
        flow.size = min(one.size for one in flows if one.asked == flow.asked)


@dataclass
class _Flow:
    """A page whose list is to be continued; sizes are whole CSS pixels."""

    page: Page
    engine: Engine
    slides: int = 1
    size: int = 0
    _measured: dict[object, tuple[Box, ...]] = field(default_factory=dict)
    _least: dict[int, int] = field(default_factory=dict)

    @cached_property
    def root(self) -> LexborNode:
        """Return the markup."""
        return root_of(self.page.html)

    @cached_property
    def container(self) -> int:
        """Return the element that holds the rows."""
        found = self.root.css(f"[{MARK}]")
        if len(found) > 1:
            hint = "give each list a <section> of its own"
            raise LayoutError(f"a <section> has {len(found)} elements with {MARK}", TEMPLATE, hint)
        return int(found[0].attributes["data-n"] or 0)

    @cached_property
    def attributes(self) -> dict[str, str]:
        """Return what the container says."""
        return {name: value or "" for name, value in self._container_in(self.root).attributes.items()}

    @cached_property
    def asked(self) -> int:
        """Return the size that the rows start from; 0 when they keep that of the styles."""
        if "data-size" in self.attributes:
            return int(pixels_in(self.attributes["data-size"], "data-size takes a font size in pixels"))
        if self.attributes[MARK] or "data-fit" in self.attributes:
            hint = 'write data-size="44", and set what is inside in em'
            raise LayoutError(f"{MARK} with a size needs the size that it starts from", TEMPLATE, hint)
        return 0

    @cached_property
    def stated(self) -> int:
        """Return the size that the container names for going on on a further slide."""
        if not self.attributes[MARK]:
            return self.asked
        return min(self.asked, int(pixels_in(self.attributes[MARK], f"{MARK} takes the smallest font size in pixels")))

    @property
    def wanted(self) -> int:
        """Return the size to which the rows shrink before they go on on a further slide."""
        return min(self.stated, self.limit)

    @cached_property
    def limit(self) -> int:
        """Return the largest size at which no word is wider than its box; texts that shrink by themselves aside."""
        low, high = self.floor, self.asked
        if low >= high or not self._too_wide(high):
            return high
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if self._too_wide(middle) else (middle, high)
        return low

    def _too_wide(self, size: int) -> bool:
        boxes = self._boxes(size)
        fitted = {box.element for box in boxes if "data-fit" in box.attributes and MARK not in box.attributes}
        inner = [box for box in family(self.container, boxes) if box.element not in fitted and box.parent not in fitted]
        return any(overhang(run.rectangle, box.rectangle, 0)[0] > 1 for box in inner for run in box.runs)

    @cached_property
    def floor(self) -> int:
        """Return the size to which they shrink when there may be no further slide."""
        if "data-fit" not in self.attributes:
            return self.stated
        return min(self.stated, int(pixels_in(self.attributes["data-fit"], "data-fit takes a font size in pixels")))

    def _container_in(self, root: LexborNode) -> LexborNode:
        found = root.css_first(f"[{MARK}]")
        assert found is not None
        return found

    @cached_property
    def rows(self) -> list[tuple[int, bool]]:
        """Return the elements that are parted, and of each whether it never begins a slide."""
        container = self._container_in(self.root)
        body = container.css_first("tbody") if container.tag == "table" else None
        rows = [one for one in (body or container).iter() if "data-repeat" not in one.attributes]
        if len(rows) > MOST_ROWS:
            raise LayoutError(f"a list has {len(rows)} rows, at most {MOST_ROWS} can be parted", TEMPLATE)
        return [(int(one.attributes["data-n"] or 0), "data-keep" in one.attributes) for one in rows]

    def _boxes(self, size: int, variant: tuple[int, int] | None = None) -> tuple[Box, ...]:
        key = (size, variant)
        if key not in self._measured:
            page = self.page if variant is None else edited(self.page, _as_part(*variant))
            number = self.container if variant is None else int(self._container_of(page))
            self._measured[key] = self.engine.measure(replace(page, sizes={number: float(size)} if size else {}))
        return self._measured[key]

    def _container_of(self, page: Page) -> str:
        return self._container_in(root_of(page.html)).attributes["data-n"] or ""

    def lines(self, size: int) -> list[Line]:
        """Return the rows at a size, those side by side together."""
        boxes = {box.element: box.rectangle for box in self._boxes(size)}
        found: list[Line] = []
        for number, keep in self.rows:
            area = boxes.get(number)
            if area is None or area.height <= 0:  # not shown: it stays with the row before it
                top, bottom = (found[-1].top, found[-1].bottom) if found else (0.0, 0.0)
            else:
                top, bottom = area.top, area.bottom
            if found and (top < found[-1].bottom - 1 or area is None or area.height <= 0):
                last = found[-1]
                found[-1] = Line(min(last.top, top), max(last.bottom, bottom), (*last.elements, number), last.keep)
            else:
                found.append(Line(top, bottom, (number,), keep))
        return found

    def _room(self, size: int, slide: int, slides: int) -> float:
        """Return the height that a slide has for rows, repeated heads not taken off."""
        differs = "data-on-part" in self.page.html
        # What stands on a part depends on whether it is the first, the last, or one between.
        variant = (1 if slide == 0 else 3 if slide == slides - 1 else 2, min(slides, 3)) if differs else None
        if variant == (3, 2):
            variant = (2, 2)
        boxes = self._boxes(size, variant)
        box = next((one for one in boxes if MARK in one.attributes), None)
        if box is None:
            raise LayoutError(f"the element with {MARK} takes no room", TEMPLATE, "give it flex: 1 1 0")
        height = self.page.size.height
        if box.rectangle.bottom > height + 1:
            hint = "give it flex: 1 1 0 and min-height: 0, or a max-height"
            raise LayoutError(f"the element with {MARK} ({box.describe()}) has no bound", TEMPLATE, hint)
        return box.rectangle.height

    def _extra(self, size: int) -> float:
        """Return the height that repeated heads and feet take on each slide."""
        lines = self.lines(size)
        if not lines:
            return 0
        boxes = self._boxes(size)
        repeated = [one.rectangle for one in boxes if "data-repeat" in one.attributes and one.parent == self.container]
        first, last = lines[0].top, lines[-1].bottom
        above = first - min((area.top for area in repeated if area.top < first), default=first)
        return above + max((area.bottom for area in repeated if area.bottom > last), default=last) - last

    def _fit(self, size: int, slides: int, strict: bool = True) -> tuple[Portion, ...] | None:
        rooms = [self._room(size, slide, slides) for slide in range(slides)]
        return portions(self.lines(size), rooms, self._extra(size), strict)

    def least(self, size: int) -> int:
        """Return on how few slides the rows fit at a size; rows too high for a slide stand alone on one."""
        if size not in self._least:
            lines, extra = self.lines(size), self._extra(size)
            room: Callable[[int, int], float] = lambda slide, slides: self._room(size, slide, slides)  # noqa: E731  # short
            found = fewest_slides(lines, room, extra) or fewest_slides(lines, room, extra, strict=False)
            self._least[size] = found or 1
        return self._least[size]

    @property
    def preferred(self) -> int:
        """Return on how many slides the rows look best: as many as they need, more where `data-rows` says so."""
        rows, count = self.attributes.get("data-rows", ""), len(self.lines(self.wanted))
        if rows and not re.fullmatch(r"[1-9]\d?", rows):
            raise LayoutError(f"data-rows takes the number of rows of a slide, got '{rows}'", TEMPLATE)
        return max(self.least(self.wanted), -(-count // int(rows)) if rows else 1)

    def largest(self, slides: int) -> int:
        """Return the largest size at which the rows fit on so many slides, or the floor."""
        low, high = self.floor, self.limit
        if low >= high or self._fit(high, slides):
            return high
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self._fit(middle, slides) else (low, middle)
        return low

    def parts(self) -> tuple[Page, ...]:
        """Return the pages on which the list stands."""
        lines = self.lines(self.size)
        shares = self._fit(self.size, self.slides) or self._fit(self.size, self.slides, strict=False)
        if shares is None:
            shares = ((0, len(lines)),)
        kept = [{one for line in lines[start:end] for one in line.elements} for start, end in shares]
        return tuple(edited(self.page, self._part(number, len(kept), rows)) for number, rows in enumerate(kept, 1))

    def _part(self, number: int, count: int, kept: Iterable[int]) -> Callable[[LexborNode], None]:
        gone = {row for row, _ in self.rows}.difference(kept)

        def edit(root: LexborNode) -> None:
            for node in [one for one in root.css("[data-n]") if int(one.attributes["data-n"] or 0) in gone]:
                node.decompose()
            container = self._container_in(root)
            if self.size:
                add_style(container, f"font-size:{self.size}px")
            for name in (MARK, "data-fit", "data-size"):
                if name in container.attrs:
                    del container.attrs[name]
            _as_part(number, count)(root)

        return edit


def _as_part(number: int, count: int) -> Callable[[LexborNode], None]:
    def edit(root: LexborNode) -> None:
        keep_on(root, "data-on-part", number, count)
        write_numbers(root, "part", number, count)

    return edit
