"""A map of the 38 provinces, drawn, measured and painted warm, in the five shapes; the bar is 200 ms."""

from __future__ import annotations

from statistics import median
from time import perf_counter

from assetgen.brand import Brand
from assetgen.charts._kit.chart import SIZES, Setting, draw_chart
from assetgen.model import CANVAS_WIDTH, Page, Size
from assetgen.paint import Painter
from assetgen.regions import provinces

BAR = 200
ROUNDS = 15


def run() -> None:
    brand = Brand.load("lentera")
    rows = [{"label": region.name, "value": (n * 37) % 101} for n, region in enumerate(provinces().regions)]
    with Painter() as painter:
        for kind in ("map", "map-symbols"):
            for shape in SIZES:
                times = [_once(kind, shape, rows, brand, painter) for _ in range(ROUNDS + 2)][2:]
                draw, paint = (1000 * median(part) for part in zip(*times, strict=True))
                told = "within" if draw + paint <= BAR else "OVER"
                print(f"{kind:12} {shape:10} draw {draw:4.0f} ms, measure and paint {paint:4.0f} ms, {told} {BAR} ms")


def _once(kind: str, shape: str, rows: list[dict[str, object]], brand: Brand, painter: Painter) -> tuple[float, float]:
    start = perf_counter()
    chart = draw_chart(kind, rows, {"subject": "Uji"}, Setting(brand.look, "id", shape))
    drawn = perf_counter()
    height = SIZES[shape][1]
    html = f'<div class="canvas" data-n="0" style="width:{CANVAS_WIDTH}px;height:{height}px">{chart.markup}</div>'
    painter.paint_page(Page(html, (brand.stylesheet,), Size(CANVAS_WIDTH, height), brand.font_files))
    return drawn - start, perf_counter() - drawn
