"""Leave out what a layout can spare where there is no room: a page goes in, the fitted page that says less comes out.

A layout marks whole elements with `data-spare="2"`: the higher the number, the sooner the element goes, the last on the
page first among equals. Nothing goes while all texts fit, and what would not help when it goes stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from selectolax.lexbor import LexborNode

from assetgen.engines import Engine
from assetgen.errors import LayoutError, Place
from assetgen.fitting import Fit, fit_page, overflow
from assetgen.model import Box, Page
from assetgen.slides import edited, root_of

MARK = "data-spare"
Fitted = tuple[Page, tuple[Box, ...], dict[int, Fit]]


def fit_sparing(page: Page, engine: Engine) -> Fitted:
    """Return what `fit_page` returns, of the page without the marked elements that take the room of others.

    Raises LayoutError for a mark that is no whole number.
    """
    fitted = fit_page(page, engine)
    if MARK not in page.html:
        return fitted
    kept = 0
    while (lack := _lacking(fitted, page.scale)) > 0 and kept < len(order := _order(page)):
        shorter = _without(page, order[kept])
        tried = fit_page(shorter, engine)
        if _lacking(tried, page.scale) < lack:
            page, fitted = shorter, tried
        else:
            kept += 1
    return fitted


def _lacking(fitted: Fitted, scale: float) -> float:
    """Return by how many pixels texts stick out of their boxes at the smallest size that they may have."""
    _, boxes, fits = fitted
    return sum(overflow(number, boxes, scale) for number, fit in fits.items() if not fit.fits)


def _order(page: Page) -> Sequence[int]:
    """Return where the marked elements stand among each other, in the order in which they go."""
    marks = [_rank(node.attributes) for node in root_of(page.html).css(f"[{MARK}]")]
    return sorted(range(len(marks)), key=lambda at: (-marks[at], -at))


def _rank(attributes: Mapping[str, str | None]) -> int:
    text = attributes.get(MARK) or ""
    if not text.isdecimal():
        raise LayoutError(f"{MARK} takes a whole number, got '{text}'", Place("layout.html"), 'write data-spare="1"')
    return int(text)


def _without(page: Page, at: int) -> Page:
    def edit(root: LexborNode) -> None:
        root.css(f"[{MARK}]")[at].decompose()

    return edited(page, edit)
