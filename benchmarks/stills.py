"""Warm stills a second: a rich page to JPEG bytes, by us, by the engine alone, and by two Chromium browsers.

Ours is all of it: binding the record, fitting text, painting, every check, JPEG. The engine alone is given pages that
are bound and fitted already. The browsers keep their page and are only told the text that changed.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import lru_cache, partial
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any, ClassVar

from assetgen.bind import Binder
from assetgen.engines.takumi import CACHE_BYTES
from assetgen.model import Font, Page
from assetgen.paint import Painter
from assetgen.studio import Studio, Wish
from benchmarks._peers import QUALITY, Browsers, browser_missing
from benchmarks._stills import LANGUAGE, Subject, richest
from benchmarks._table import show, verdict

ROUNDS, STILLS = 5, 24


def run() -> None:
    subject = richest()
    print(subject.describe())
    missing = browser_missing()
    # Forked first: a fork wants to be alone, and the studio and the browsers start threads.
    with ProcessPoolExecutor(2, get_context("fork"), _Process.start, (subject,)) as pool, Studio() as studio:
        list(pool.map(_Process.make, range(8)))
        pages = _prepared(subject)
        ways: dict[str, Callable[[], object]] = {
            "ours, 1 thread": partial(_ours, studio, subject, 1),
            "ours, 2 threads": partial(_ours, studio, subject, 2),
            "ours, 2 processes, as a build": lambda: list(pool.map(_Process.make, range(STILLS))),
            "engine alone to pixels, 1 thread": partial(_engine, pages, "raw", 1),
            "engine alone to JPEG, 1 thread": partial(_engine, pages, "jpeg", 1),
            "engine alone to JPEG, 2 threads": partial(_engine, pages, "jpeg", 2),
        }
        browsers = None if missing else Browsers(2, pages[0])
        if browsers is not None:
            ways["2 Chromium browsers"] = partial(browsers.stills, _changes(pages))
        rates = _interleaved(ways)
        if browsers is not None:
            browsers.close()
    _print(rates, missing)


def _interleaved(ways: dict[str, Callable[[], object]]) -> dict[str, list[float]]:
    """Return the stills a second of each way in each round; the ways take turns, and a first round is not counted."""
    rates: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(ROUNDS + 1):
        for name, way in ways.items():
            start = time.perf_counter()
            way()
            if number:
                rates[name].append(STILLS / (time.perf_counter() - start))
    return rates


def _print(rates: dict[str, list[float]], missing: str) -> None:
    middle = {name: median(found) for name, found in rates.items()}
    rows: list[Sequence[object]] = [("", "stills/s", "ms a still", "slowest", "fastest")]
    rows += [
        (name, f"{rate:.1f}", f"{1000 / rate:.0f}", f"{min(rates[name]):.1f}", f"{max(rates[name]):.1f}")
        for name, rate in middle.items()
    ]
    show(rows)
    ratio = middle["engine alone to JPEG, 1 thread"] / middle["ours, 1 thread"]
    print(f"ours / engine alone, time of one still on one thread: {ratio:.2f}, {verdict(ratio, 1.25, True)}")
    if missing:
        print(f"no comparison with browsers: {missing}")
        return
    ratio = middle["ours, 2 processes, as a build"] / middle["2 Chromium browsers"]
    print(f"ours / 2 Chromium browsers, stills a second: {ratio:.2f}, {verdict(ratio, 2.5, False)}")


class _Process:
    """A worker of a build: a studio of its own, warm, in a forked process."""

    subject: ClassVar[Subject]
    studio: ClassVar[Studio]

    @classmethod
    def start(cls, subject: Subject) -> None:
        cls.subject, cls.studio = subject, Studio()

    @classmethod
    def make(cls, number: int) -> int:
        return _make(cls.studio, cls.subject, number)


def _make(studio: Studio, subject: Subject, number: int) -> int:
    wish = Wish(subject.variation(number), subject.placement, LANGUAGE, format="jpeg", folder=subject.folder)
    return len(studio.make(subject.layout, subject.brand, wish).files[0].data)


def _ours(studio: Studio, subject: Subject, threads: int) -> None:
    _each(partial(_make, studio, subject), range(STILLS), threads)


def _engine(pages: Sequence[Page], kind: str, threads: int) -> None:
    from pytakumi import from_html

    renderer = _renderer(pages[0].fonts)

    def render(page: Page) -> int:
        data = renderer.render(
            from_html(page.html),
            width=page.size.width,
            height=page.size.height,
            format=kind,
            quality=QUALITY if kind == "jpeg" else None,
            stylesheets=list(page.stylesheets),
            images=dict(page.pictures),
            device_pixel_ratio=page.scale,
            lang=page.language,
        )
        return len(data)

    _each(render, pages, threads)


@lru_cache(maxsize=1)
def _renderer(fonts: tuple[Font, ...]) -> Any:
    """Return a renderer with some fonts, the same on every call: all ways are measured warm."""
    from pytakumi import Renderer

    renderer = Renderer(cache_max_bytes=CACHE_BYTES)
    for font in fonts:
        renderer.register_font(Path(font.path).read_bytes(), name=font.family, weight=font.weight, style=font.style)
    return renderer


def _each(function: Callable, items: Sequence, threads: int) -> None:
    if threads == 1:
        for item in items:
            function(item)
        return
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(function, items))


def _prepared(subject: Subject) -> list[Page]:
    """Return the pages of all variations as the engine is given them: bound, fitted, photos cut."""
    binder = Binder.of(subject.layout, subject.brand)
    with Painter() as painter:
        compositions = (
            binder.bind(subject.variation(number), subject.placement, LANGUAGE, subject.folder)
            for number in range(STILLS)
        )
        return [painter.paint(one)[0].page for one in compositions]


def _changes(pages: Sequence[Page]) -> list[dict[str, str]]:
    """Return for each page what differs from the first: the markup inside elements without inner elements."""

    def leaves(html: str) -> dict[str, str]:
        return dict(re.findall(r'data-n="(\d+)"[^>]*>([^<]+)</', html))

    first = leaves(pages[0].html)
    return [
        {number: text for number, text in leaves(page.html).items() if text != first.get(number)} or first
        for page in pages
    ]
