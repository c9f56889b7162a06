"""Charts, warm: the markup of each from its sample, and measuring and painting it on a page of 1080×1350."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

from selectolax.lexbor import LexborHTMLParser

from assetgen import parts
from assetgen.brand import Brand
from assetgen.charts._kit.chart import Setting, draw_chart
from assetgen.engines import Engine
from assetgen.model import Page, Size
from benchmarks._table import show, verdict

BRAND, BAR, BAR_MAP, ROUNDS = "lentera", 120, 200, 9
STYLES = (
    "* { box-sizing: border-box } .canvas { width: 1080px; height: 1350px; background: var(--color-background); "
    "font-family: var(--font-body) } section { position: absolute; left: 84px; top: 300px }"
)


def run() -> None:
    brand, engine = Brand.load(BRAND), parts.load("engines", "takumi").open_engine()
    rows: list[tuple[object, ...]] = [("chart", "markup ms", "measure ms", "paint ms", "together", "")]
    for kind in parts.names("charts"):
        sample = parts.load("charts", kind).SAMPLE
        draw = lambda kind=kind, sample=sample: draw_chart(  # noqa: E731 — timed below
            kind, sample["rows"], sample["options"], Setting(brand.look)
        )
        page = _page(draw().markup, brand)
        markup, measure, paint = (_milliseconds(work) for work in (draw, *_engine_work(engine, page)))
        total = markup + measure + paint
        bar = BAR_MAP if kind.startswith("map") else BAR
        rows.append(
            (kind, f"{markup:.1f}", f"{measure:.1f}", f"{paint:.1f}", f"{total:.1f}", verdict(total, bar, True))
        )
    engine.close()
    show(rows)


def _engine_work(engine: Engine, page: Page) -> tuple[Callable[[], object], Callable[[], object]]:
    return lambda: engine.measure(page), lambda: engine.paint(page)


def _milliseconds(work: Callable[[], object]) -> float:
    """Return the median time of a call after two to warm up."""
    times = []
    for _ in range(ROUNDS + 2):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return median(times[2:])


def _page(markup: str, brand: Brand) -> Page:
    section = LexborHTMLParser(f"<html><body><section>{markup}</section></body></html>").css_first("section")
    for number, node in enumerate(section.traverse(), 1):
        node.attrs["data-n"] = str(number)
    html = f'<div class="canvas" data-n="0">{section.html}</div>'
    return Page(html, (brand.stylesheet, STYLES), Size(1080, 1350), brand.font_files)
