"""Write docs/charts/, a small picture of every chart in every shape: `python docs/make_charts.py [kind …]`.

The two built-in brands and their grounds take turns, so that each picture shows another side of the chart.
"""

from __future__ import annotations

import sys
from io import BytesIO
from itertools import cycle
from pathlib import Path

from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from assetgen import parts
from assetgen.brand import Brand
from assetgen.charts._kit.chart import SIZES, Chart, Setting, alt_text, draw_chart, tell_chart
from assetgen.engines import Engine
from assetgen.model import CANVAS_WIDTH, Page, Size

TARGET = Path(__file__).parent / "charts"
MARGIN, WIDTH, MOST_BYTES = 56, 480, 40_000
LOOKS = (("lentera", "plain"), ("sagara", "plain"), ("lentera", "strong"), ("sagara", "strong"), ("lentera", "plain"))
INTRO = """# Pictures of the charts

Each chart with its own sample, in the five shapes, in the two built-in brands and on both grounds. How to call them:
[charts.md](../charts.md). This page and its pictures are written by `docs/make_charts.py`.
"""


def page(chart: Chart, brand: Brand, size: tuple[int, int], ground: str) -> Page:
    """Return a page that shows one chart on its ground, with a margin around it."""
    width, height = size
    colour = "background" if ground == "plain" else "surface-strong"
    styles = (
        f"* {{ box-sizing: border-box }} .canvas {{ position: relative; width: {CANVAS_WIDTH}px; "
        f"height: {height + 2 * MARGIN}px; background: var(--color-{colour}); font-family: var(--font-body) }} "
        f"section {{ position: absolute; left: {MARGIN}px; top: {MARGIN}px; width: {width}px; height: {height}px }}"
    )
    root = LexborHTMLParser(f"<html><body><section>{chart.markup}</section></body></html>").css_first("section")
    for number, node in enumerate(root.traverse(), 1):
        node.attrs["data-n"] = str(number)
    html = f'<div class="canvas" data-n="0">{root.html}</div>'
    return Page(html, (brand.stylesheet, styles), Size(CANVAS_WIDTH, height + 2 * MARGIN), brand.font_files)


def picture(chart: Chart, shape: str, look: tuple[str, str], engine: Engine) -> bytes:
    """Return a chart as a small WebP of less than `MOST_BYTES`."""
    width, height, _ = SIZES[shape]
    frame = engine.paint(page(chart, Brand.load(look[0]), (width, height), look[1])).image().convert("RGB")
    cut = frame.crop((0, 0, width + 2 * MARGIN, height + 2 * MARGIN))
    scale = WIDTH / cut.width if cut.width > 800 else WIDTH / 800
    small = cut.resize((round(cut.width * scale), round(cut.height * scale)), Image.Resampling.LANCZOS)
    out = BytesIO()
    small.save(out, "WEBP", quality=80, method=6)
    if len(out.getvalue()) > MOST_BYTES:
        raise ValueError(f"the picture has {len(out.getvalue())} bytes, at most {MOST_BYTES} are wanted")
    return out.getvalue()


def index() -> str:
    """Return the page that shows all pictures."""
    return "\n".join([INTRO, *(_entry(kind) for kind in parts.names("charts"))])


def _entry(kind: str) -> str:
    part = parts.load("charts", kind)
    setting = Setting(Brand.load("lentera").look)
    told = alt_text(tell_chart(kind, part.SAMPLE["rows"], part.SAMPLE["options"], setting), 420)
    pictures = " ".join(f'<img src="{kind}-{shape}.webp" width="240" alt="{kind}, {shape}">' for shape in SIZES)
    first, _, rest = (part.__doc__ or "").strip().partition("\n\n")
    return f"## {kind}\n\n{first}\n\n{rest}\n\n{pictures}\n\n> {told}\n"


def main(wanted: list[str]) -> None:
    """Write the pictures of the kinds named, or of all, and the page."""
    TARGET.mkdir(exist_ok=True)
    engine = parts.load("engines", "takumi").open_engine()
    for kind in wanted or parts.names("charts"):
        sample = parts.load("charts", kind).SAMPLE
        for shape, look in zip(SIZES, cycle(LOOKS), strict=False):
            setting = Setting(Brand.load(look[0]).look, "id", shape)
            chart = draw_chart(kind, sample["rows"], {**sample["options"], "ground": look[1]}, setting)
            (TARGET / f"{kind}-{shape}.webp").write_bytes(picture(chart, shape, look, engine))
        print(f"wrote {TARGET}/{kind}-*.webp")
    (TARGET / "README.md").write_text(index(), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
