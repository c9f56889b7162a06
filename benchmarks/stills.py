"""Warm stills a second: typical pages to JPEG bytes, by us, by the engine alone, and by two Chromium browsers.

Ours is all of it: binding a record not seen before, fitting text, painting, every check, JPEG. The engine alone
is given pages that are bound and fitted already. The browsers keep their page and are only told the text that changed.
The bars are those of the announcement with its photo; other typical layouts stand beside it.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
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
from benchmarks._stills import BAR_LAYOUT, LANGUAGE, OTHERS, Subject, subjects
from benchmarks._table import show, verdict

ROUNDS, STILLS, WARM = 5, 48, 8
ONE, PROCESSES, ENGINE, BROWSERS = (
    *("ours, 1 thread", "ours, 2 processes, as a build"),
    *("engine alone to JPEG, 1 thread", "2 Chromium browsers"),
)
# A way to make as many stills as there are numbers, which tell records apart.
Way = Callable[[Sequence[int]], object]


def run() -> None:
    barred, *others = subjects(BAR_LAYOUT, *OTHERS)
    missing = browser_missing()
    # Forked first: a fork wants to be alone, and the studio and the browsers start threads.
    with (
        ProcessPoolExecutor(2, get_context("fork"), _Process.start, ((barred, *others),)) as pool,
        Studio() as studio,
    ):
        print(barred.describe())
        rates = _raced(barred, {**_ours(barred, 0, studio, pool), **_engine_ways(barred)}, missing)
        _print(rates, missing)
        rows: list[Sequence[object]] = [("stills/s", "ours, 1 thread", "2 processes", "2 browsers", "ratio")]
        rows.append(_beside(barred, rates))
        for which, subject in enumerate(others, 1):
            rows.append(_beside(subject, _raced(subject, _ours(subject, which, studio, pool), missing)))
    print("\nother typical layouts, as made by a build")
    show(rows)


def _ours(subject: Subject, which: int, studio: Studio, pool: Executor) -> dict[str, Way]:
    list(pool.map(partial(_Process.make, which), range(WARM)))
    return {
        ONE: lambda numbers: _each(partial(_make, studio, subject), numbers, 1),
        PROCESSES: lambda numbers: list(pool.map(partial(_Process.make, which), numbers)),
    }


def _engine_ways(subject: Subject) -> dict[str, Way]:
    """Return the engine's own ways, on the same pages in each round."""
    pages = _prepared(subject)
    return {
        "engine alone to pixels, 1 thread": lambda _: _engine(pages, "raw", 1),
        ENGINE: lambda _: _engine(pages, "jpeg", 1),
        "engine alone to JPEG, 2 threads": lambda _: _engine(pages, "jpeg", 2),
    }


def _raced(subject: Subject, ways: Mapping[str, Way], missing: str) -> dict[str, list[float]]:
    """Return the stills a second of each way in each round, those of the browsers with them where there are any."""
    if missing:
        return _interleaved(ways)
    pages = _prepared(subject)
    changes = _changes(pages)
    browsers = Browsers(2, pages[0])
    try:
        return _interleaved({**ways, BROWSERS: lambda _: browsers.stills(changes)})
    finally:
        browsers.close()


def _interleaved(ways: Mapping[str, Way]) -> dict[str, list[float]]:
    """Return the stills a second of each way in each round; the ways take turns, and a first round is not counted.

    Each round has records of its own, so that nothing is found again that a new record would not find.
    """
    rates: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(ROUNDS + 1):
        numbers = range(WARM + turn * STILLS, WARM + (turn + 1) * STILLS)
        for name, way in ways.items():
            start = time.perf_counter()
            way(numbers)
            if turn:
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
    ratio = middle[ENGINE] / middle[ONE]
    print(f"ours / engine alone, time of one still on one thread: {ratio:.2f}, {verdict(ratio, 1.25, True)}")
    if missing:
        print(f"no comparison with browsers: {missing}")
        return
    ratio = middle[PROCESSES] / middle[BROWSERS]
    print(f"ours / 2 Chromium browsers, stills a second: {ratio:.2f}, {verdict(ratio, 2.5, False)}", flush=True)


def _beside(subject: Subject, rates: Mapping[str, list[float]]) -> Sequence[object]:
    """Return the row of a layout in the last table."""
    one, processes = median(rates[ONE]), median(rates[PROCESSES])
    browsers = median(rates[BROWSERS]) if BROWSERS in rates else None
    compared = (f"{browsers:.1f}", f"{processes / browsers:.2f}") if browsers else ("", "")
    return (subject.layout.slug, f"{one:.1f}", f"{processes:.1f}", *compared)


class _Process:
    """A worker of a build: a studio of its own, warm, in a forked process."""

    subjects: ClassVar[Sequence[Subject]]
    studio: ClassVar[Studio]

    @classmethod
    def start(cls, all_of_them: Sequence[Subject]) -> None:
        cls.subjects, cls.studio = all_of_them, Studio()

    @classmethod
    def make(cls, which: int, number: int) -> int:
        return _make(cls.studio, cls.subjects[which], number)


def _make(studio: Studio, subject: Subject, number: int) -> int:
    wish = Wish(subject.variation(number), subject.placement, LANGUAGE, format="jpeg", folder=subject.folder)
    return len(studio.make(subject.layout, subject.brand, wish).files[0].data)


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
