"""Paint a composition: shrink text to its boxes, cut photos to theirs, and turn every page into pixels."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from threading import Lock

from selectolax.lexbor import LexborHTMLParser

from assetgen import parts
from assetgen.backdrop import Backdrop, Backdrops, paint_backdrop
from assetgen.bind import Composition
from assetgen.blocks import Block, blocks_in
from assetgen.engines import Engine
from assetgen.errors import LayoutError, Place
from assetgen.fitting import Fit
from assetgen.lines import letters, shown
from assetgen.model import Box, Frame, Page, Photo, Rectangle, Size
from assetgen.paginate import paginate
from assetgen.patches import paint_patched
from assetgen.pictures import columns_of, fit_picture, open_picture, picture_bytes
from assetgen.sparing import fit_sparing

MAX_PHOTOS = 64


@dataclass(frozen=True)
class Painted:
    """A page with its boxes and pixels; `backdrop` is painted when it is first looked at.

    Without `kept` pixels its frame is painted when it is asked for: a film has many pages and looks at them singly.
    """

    page: Page
    number: int
    boxes: tuple[Box, ...]
    fits: Mapping[int, Fit]
    kept: Frame | None
    engine: Engine
    painting: Future[Frame] | None = None

    @property
    def frame(self) -> Frame:
        """Return its pixels."""
        return self.kept or self.engine.paint(self.page)

    @cached_property
    def backdrop(self) -> Frame:
        """Return what lies behind the text, `BACKDROP_SCALE` times smaller than the frame."""
        return self.painting.result() if self.painting else paint_backdrop(self.page, self.engine)

    @cached_property
    def tree(self) -> LexborHTMLParser:
        """Return the markup of the page, parsed."""
        return LexborHTMLParser(self.page.html)

    @cached_property
    def texts(self) -> tuple[Box, ...]:
        """Return the boxes in which text stands that people should read: not in what is marked `aria-hidden`."""
        hidden: set[int | None] = set()
        found = []
        for box in self.boxes:  # those around come first
            if box.parent in hidden or box.attributes.get("aria-hidden") == "true":
                hidden.add(box.element)
            elif box.runs:
                found.append(box)
        return tuple(found)

    @cached_property
    def lettering(self) -> dict[int, tuple[Rectangle, ...]]:
        """Return where the letters of `texts` stand, run by run, by the number of their element."""
        scale = self.page.scale
        return {box.element: tuple(letters(run, scale) for run in box.runs) for box in self.texts}

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Return the blocks of text that the page shows, in reading order."""
        boxes = self.by_number
        return tuple(one for one in blocks_in(self.tree) if one.element not in boxes or shown(boxes[one.element]))

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
        self._backdrops = Backdrops(self.engine)
        self._lock = Lock()
        self._aside = ThreadPoolExecutor(max_workers=os.cpu_count() or 1, thread_name_prefix="assetgen-backdrop")

    def __enter__(self) -> Painter:
        """Return the painter; leaving the block closes it."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the engine."""
        self.close()

    def close(self) -> None:
        """Give back the engine and the photos."""
        self._aside.shutdown(cancel_futures=True)
        self.engine.close()
        self._photos.clear()
        self._backdrops.clear()

    def paint(self, composition: Composition, ahead: bool = True) -> tuple[Painted, ...]:
        """Return the pages of a composition, painted; `ahead` has their backdrops painted for the checks meanwhile."""
        return tuple(self.paint_page(page, number, ahead) for number, page in enumerate(self._set(composition), 1))

    def lay(self, composition: Composition, ahead: bool = True) -> tuple[Painted, ...]:
        """Return the pages of a composition, laid out with their photos; painted when their frames are asked for."""
        return tuple(
            self.paint_page(page, number, ahead, keep=False) for number, page in enumerate(self._set(composition), 1)
        )

    def measure(self, composition: Composition) -> tuple[Painted, ...]:
        """Return the pages of a composition, laid out and fitted but not painted: their frames hold no pixels."""
        return tuple(
            Painted(*self._fitted(page, number), Frame(page.size, b""), self.engine)
            for number, page in enumerate(self._set(composition), 1)
        )

    def _set(self, composition: Composition) -> tuple[Page, ...]:
        """Return the pages of a composition, lists continued on as many as they take."""
        placement = composition.placement
        return paginate(composition.pages, self.engine, placement.count_min, placement.pages_max)

    def _fitted(self, page: Page, number: int) -> tuple[Page, int, tuple[Box, ...], Mapping[int, Fit]]:
        page, boxes, fits = fit_sparing(page, self.engine)
        return page, number, boxes, fits

    def paint_page(self, page: Page, number: int = 1, ahead: bool = True, keep: bool = True) -> Painted:
        """Return one page, laid out and painted; without `keep` it is painted whenever its frame is asked for."""
        page, boxes, fits = fit_sparing(page, self.engine)
        if page.photos:
            page = self._with_photos(page, boxes)
        known = self._backdrops.find(page, boxes) if ahead else None
        painting = self._backdrop(page, boxes, known) if ahead else None
        frame = paint_patched(page, boxes, known.patches if known else (), self.engine) if keep else None
        return Painted(page, number, boxes, fits, frame, self.engine, painting)

    def _backdrop(self, page: Page, boxes: Sequence[Box], known: Backdrop | None) -> Future[Frame]:
        """Return the backdrop of a page: known, or being painted.

        The engine draws outside of Python's lock: where a core is idle, page and backdrop are painted side by side.
        """
        if known is None:
            return self._aside.submit(self._backdrops.paint, page, boxes)
        done: Future[Frame] = Future()
        done.set_result(known.frame)
        return done

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
                    f"the photo '{photo.name}' has no size",
                    Place("layout.css"),
                    "give it width, height and display: block",
                )
            pictures[source] = self._cut(photo, Size(round(largest.width), round(largest.height)))
        return replace(page, pictures=pictures)

    def _cut(self, photo: Photo, size: Size) -> bytes:
        at, count = photo.piece
        key = (photo.digest or sha256(photo.data).digest(), size, photo.focus, count)
        with self._lock:
            if (key, at) in self._photos:
                self._photos.move_to_end((key, at))
                return self._photos[key, at]
        whole = Size(size.width * count, size.height)
        # A large JPEG is decoded at the smallest scale that still fills the box: a third of the time, the same crop.
        picture = open_picture(photo.data, Place(photo.name), at_least=whole)
        # A panorama is resized once, for all its pages: pieces resized by themselves would not join.
        pieces = [picture_bytes(piece) for piece in columns_of(fit_picture(picture, whole, photo.focus), count)]
        with self._lock:
            self._photos.update(((key, number), data) for number, data in enumerate(pieces))
            while len(self._photos) > MAX_PHOTOS:
                self._photos.popitem(last=False)
        return pieces[at]
