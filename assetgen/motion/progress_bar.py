"""Show how far a film is: a film goes in, a thin line above it comes out, in pieces as long as its scenes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy

from assetgen.engines import Engine
from assetgen.model import CANVAS_WIDTH, Frame, Page, Placement, Rectangle, Size
from assetgen.motion.film import Film, Overlay
from assetgen.motion.pixels import Layer, layer_of

# What the line takes at the upper edge of the safe area, in CSS pixels: layouts leave it free.
ROOM = 44
# So often a second the line grows: frames between hold still.
STEPS = 15


def with_room(placement: Placement) -> Placement:
    """Return a placement whose safe area begins below the line; where it has none, the margin has room for it."""
    if placement.safe is None or placement.safe.top <= 0:
        return placement
    scale = placement.size.width / CANVAS_WIDTH
    return replace(placement, safe=replace(placement.safe, top=placement.safe.top + ROOM * scale))


def progress(film: Film, page: Page, styles: str, engine: Engine) -> tuple[Overlay, ...]:
    """Return the line above a film with pages like this one; `styles` are those of the kit's `kit-film-progress`."""
    seconds = [shot.seconds for shot in film.shots]
    track = _page(seconds, page, styles, "")
    pieces = [box.rectangle for box in engine.measure(track) if "data-piece" in box.attributes]
    done = engine.paint(_page(seconds, page, styles, " film-progress-done")).array
    found = [Overlay(0.0, math.inf, layer_of(engine.paint(track)))]
    for number, area in enumerate(pieces):
        start = film.starts[number] / film.frames_per_second
        found += _grown(done, area, start, seconds[number])
    return tuple(found)


def _grown(done: numpy.ndarray, area: Rectangle, start: float, seconds: float) -> Iterator[Overlay]:
    """Yield the pictures of a piece while it grows, and the whole piece from then on."""
    times = [start + step / STEPS for step in range(max(1, math.ceil(seconds * STEPS)))]
    for step, (begin, end) in enumerate(pairwise(times), 1):
        width = area.width * step / len(times)
        yield Overlay(begin, end, _cut(done, replace(area, right=area.left + width)))
    yield Overlay(times[-1], math.inf, _cut(done, area))


def _cut(done: numpy.ndarray, area: Rectangle) -> Layer:
    left, top = round(area.left), round(area.top)
    pixels = done[top : round(area.bottom), left : max(left + 1, round(area.right))]
    layer = layer_of(Frame(Size(pixels.shape[1], pixels.shape[0]), pixels.tobytes()))
    return replace(layer, left=layer.left + left, top=layer.top + top)


def _page(seconds: Sequence[float], page: Page, styles: str, more: str) -> Page:
    """Return a page with nothing but the line."""
    pieces = "".join(
        f'<div class="film-progress-piece{more}" data-piece style="flex-grow:{length:.3f}" data-n="{number}"></div>'
        for number, length in enumerate(seconds, 2)
    )
    html = f'<div class="canvas bare" data-n="0"><div class="kit-film-progress" data-n="1">{pieces}</div></div>'
    clear = ".canvas.bare{background:transparent none!important}"
    sheets = (*page.stylesheets, styles, clear)
    return replace(page, html=html, stylesheets=sheets, sizes={}, widths={}, leadings={}, pictures={}, photos={})
