"""Text stands where it is painted: the padding and border of its block are told by the default engine."""

from __future__ import annotations

from dataclasses import replace

import numpy
import pytest

from assetgen.brand import Brand
from assetgen.engines.takumi import open_engine
from assetgen.model import Page, Size

STYLES = {
    "padding and border": "padding:20px 40px 8px 60px;border:3px solid silver;width:400px",
    "from the right": "padding:30px;text-align:right",
    "in em": "padding:1em 2em",
    "none": "",
    "in a row": "display:flex;padding:20px 50px",
    "a turned block": "padding:10px 90px;border-top:12px solid silver;width:500px;transform:translate(40px, 30px)",
}
CONTENTS = {
    "a word": "Hutan",
    "a break": 'Hutan<br data-n="2">lindung &amp; raya',
    "some lines": 'Hutan <b data-n="2">lindung</b> Halimun Salak dan Hulu Hilir',
}


@pytest.fixture(scope="module")
def engine():
    opened = open_engine()
    yield opened
    opened.close()


def page(style: str, content: str) -> Page:
    brand = Brand.load("lentera")
    html = f'<div class="canvas" data-n="0"><p data-n="1">{content}</p></div>'
    css = "* { margin: 0; padding: 0 } .canvas { width: 1080px; height: 700px; background: white; color: black }"
    css += f"p {{ font-family: var(--font-body); font-size: 40px; line-height: 1.3; {style} }}"
    return Page(html, (brand.stylesheet, css), Size(1080, 700), brand.font_files)


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
@pytest.mark.parametrize("size", [40, 28])
def test_text_is_measured_where_its_ink_is(engine, style, content, size):
    made = replace(page(style, content), sizes={1: float(size)})
    runs = [run.rectangle for box in engine.measure(made) for run in box.runs]
    dark = engine.paint(made).array[..., :3].max(axis=2) < 120
    rows, columns = numpy.flatnonzero(dark.any(axis=1)), numpy.flatnonzero(dark.any(axis=0))
    ink = (columns[0], columns[-1] + 1, rows[-1] + 1)
    told = (min(run.left for run in runs), max(run.right for run in runs), max(run.bottom for run in runs))
    for one, other, room in zip(ink, told, (0.15, 0.35, 0.4), strict=True):
        assert abs(one - other) <= room * size, f"ink {ink}, told {told}"


def test_a_padded_block_keeps_its_size_when_it_is_measured(engine):
    plain, padded = page("", "Hutan"), page("padding:20px 40px;width:300px", "Hutan lindung Halimun Salak")
    assert [box.rectangle.height for box in engine.measure(plain)] == [700, 52]
    assert [(box.rectangle.width, box.rectangle.height) for box in engine.measure(padded)][1] == (300, 40 + 4 * 52)
