"""Paint a composition: shrink text to its boxes, cut photos to theirs, and turn every page into pixels."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from threading import Lock

from assetgen import parts
from assetgen.bind import Composition
from assetgen.engines import Engine
from assetgen.errors import LayoutError, Place
from assetgen.model import Box, Frame, Page, Photo, Rectangle, Size
from assetgen.pictures import fit_picture, open_picture, picture_bytes

# How far a line may reach below its box, as a share of its size: tight headlines and hero numbers are set in boxes that
# end at the baseline, and what hangs below it takes no room from anybody.
DESCENT = 0.25
SIDE_TOLERANCE = 0.03
MAX_PHOTOS = 64
# The backdrop behind the text is painted this much smaller: contrast is a matter of areas, not of single pixels.
BACKDROP_SCALE = 4
_NO_TEXT = (
    "* { color: transparent !important; -webkit-text-fill-color: transparent !important; "
    "-webkit-text-stroke-color: transparent !important; text-shadow: none !important; "
    "text-decoration-color: transparent !important }"
)


@dataclass(frozen=True)
class Fit:
    """What happened to a text that may shrink: the sizes asked for and used, in CSS pixels, and whether it fits."""

    asked: float
    used: float
    floor: float
    fits: bool


@dataclass(frozen=True)
class Painted:
    """A page with its boxes and pixels; `backdrop` is painted when it is first looked at."""

    page: Page
    number: int
    boxes: tuple[Box, ...]
    fits: Mapping[int, Fit]
    frame: Frame
    engine: Engine

    @cached_property
    def backdrop(self) -> Frame:
        """Return what lies behind the text, `BACKDROP_SCALE` times smaller than the frame."""
        size = self.page.size
        small = Size(max(1, size.width // BACKDROP_SCALE), max(1, size.height // BACKDROP_SCALE))
        return self.engine.paint(replace(self.page, size=small, stylesheets=(*self.page.stylesheets, _NO_TEXT)))

    @cached_property
    def by_number(self) -> dict[int, Box]:
        """Return the boxes by the number of their element."""
        return {box.element: box for box in self.boxes}


class Painter:
    """Paint pages with one engine, keeping photos that were already cut. Safe to use from several threads."""

    def __init__(self, engine: str = "takumi") -> None:
        """Open an engine by name; raises UsageError when there is none, EngineError when it cannot start."""
        self.engine: Engine = parts.load("engines", engine).open_engine()
        self._photos: OrderedDict[object, bytes] = OrderedDict()
        self._lock = Lock()

    def __enter__(self) -> Painter:
        """Return the painter; leaving the block closes it."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the engine."""
        self.close()

    def close(self) -> None:
        """Give back the engine and the photos."""
        self.engine.close()
        self._photos.clear()

    def paint(self, composition: Composition) -> tuple[Painted, ...]:
        """Return the pages of a composition, painted."""
        return tuple(self.paint_page(page, number) for number, page in enumerate(composition.pages, 1))

    def paint_page(self, page: Page, number: int = 1) -> Painted:
        """Return one page, laid out and painted."""
        page, boxes, fits = fit_text(page, self.engine)
        if page.photos:
            page = self._with_photos(page, boxes)
        return Painted(page, number, boxes, fits, self.engine.paint(page), self.engine)

    def vectors(self, painted: Sequence[Painted]) -> tuple[str, ...]:
        """Return the pages as SVG markup."""
        return tuple(self.engine.vector(one.page) for one in painted)

    def _with_photos(self, page: Page, boxes: Sequence[Box]) -> Page:
        """Return the page with every photo cut to the exact pixels of the largest box in which it is shown."""
        pictures = dict(page.pictures)
        for source, photo in page.photos.items():
            shown = [box.rectangle for box in boxes if box.tag == "img" and box.attributes.get("src") == source]
            largest = max(shown, key=lambda area: area.width * area.height, default=None)
            if largest is None or largest.width < 1 or largest.height < 1:
                raise LayoutError(
                    f"the photo '{photo.name}' has no size", Place("layout.css"), "give it width and height"
                )
            pictures[source] = self._cut(photo, Size(round(largest.width), round(largest.height)))
        return replace(page, pictures=pictures)

    def _cut(self, photo: Photo, size: Size) -> bytes:
        key = (sha256(photo.data).digest(), size, photo.focus)
        with self._lock:
            if key in self._photos:
                self._photos.move_to_end(key)
                return self._photos[key]
        data = picture_bytes(fit_picture(open_picture(photo.data, Place(photo.name)), size, photo.focus))
        with self._lock:
            self._photos[key] = data
            while len(self._photos) > MAX_PHOTOS:
                self._photos.popitem(last=False)
        return data


def fit_text(page: Page, engine: Engine) -> tuple[Page, tuple[Box, ...], dict[int, Fit]]:
    """Return the page with every `data-fit` text at the largest size that fits its box, its boxes, and the sizes.

    The size is searched between what the styles ask for and the floor in `data-fit` (CSS pixels), in whole pixels; all
    texts of the page are searched at once. A text that overflows at its floor keeps the floor and is marked.
    """
    boxes = engine.measure(page)
    asked = {box.element: size for box in boxes if (size := _asked(box, boxes))}
    low = {number: _floor(boxes, number) for number in asked}
    used = dict(asked)
    tight = {number for number in asked if _overflows(number, boxes, page.scale)}
    searching = {number: (low[number], asked[number]) for number in tight}
    while searching:
        tries = {number: (bounds[0] + bounds[1]) // 2 for number, bounds in searching.items()}
        boxes = engine.measure(with_sizes(page, {**used, **tries}, asked))
        for number, size in tries.items():
            bottom, top = searching[number]
            bottom, top = (bottom, size) if _overflows(number, boxes, page.scale) else (size, top)
            searching[number] = (bottom, top)
            if top - bottom <= 1:
                used[number] = bottom
                del searching[number]
    if tight:
        page = with_sizes(page, used, asked)
        boxes = engine.measure(page)
    fits = {
        number: Fit(asked[number], used[number], low[number], not _overflows(number, boxes, page.scale))
        for number in asked
    }
    return page, boxes, fits


def with_sizes(page: Page, used: Mapping[int, float], asked: Mapping[int, float]) -> Page:
    """Return the page with other font sizes for the elements whose size was changed."""
    changed = {number: size for number, size in used.items() if size != asked[number]}
    rules = "".join(f'[data-n="{number}"]{{font-size:{size:g}px !important}}' for number, size in changed.items())
    return replace(page, stylesheets=(*page.stylesheets, rules)) if rules else page


def _asked(box: Box, boxes: Sequence[Box]) -> float | None:
    """Return the font size that the styles ask for, of an element that may shrink; None for all others."""
    if "data-fit" not in box.attributes:
        return None
    if "data-size" in box.attributes:
        return float(box.attributes["data-size"])
    runs = box.runs or [run for inner in family(box.element, boxes) for run in inner.runs]
    return float(max((run.font_size for run in runs), default=0)) or None


def _floor(boxes: Sequence[Box], number: int) -> float:
    text = next(box.attributes["data-fit"] for box in boxes if box.element == number)
    try:
        return float(text)
    except ValueError:
        raise LayoutError(f"data-fit takes the smallest font size in pixels, got '{text}'") from None


def _overflows(number: int, boxes: Sequence[Box], scale: float) -> bool:
    """Tell whether text or boxes inside an element stick out of it."""
    outer = next(box for box in boxes if box.element == number)
    inner = family(number, boxes)
    return any(
        sticks_out(area, outer.rectangle, run.font_size * scale) > scale
        for box in inner
        for run in box.runs
        for area in (run.rectangle, box.rectangle)
    )


def sticks_out(inner: Rectangle, outer: Rectangle, size: float) -> float:
    """Return by how many pixels text of a font size (in output pixels) sticks out at the right, left or bottom.

    The top is left out: lines that overflow grow downwards, and tight headlines reach above their first line box.
    """
    side = SIDE_TOLERANCE * size
    return max(
        0.0,
        inner.right - outer.right - side,
        outer.left - inner.left - side,
        inner.bottom - outer.bottom - DESCENT * size,
    )


def family(number: int, boxes: Sequence[Box]) -> list[Box]:
    """Return the box of an element and those of all elements inside it; boxes come in document order."""
    members = {number}
    found = []
    for box in boxes:
        if box.element == number or box.parent in members:
            members.add(box.element)
            found.append(box)
    return found
