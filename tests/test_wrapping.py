"""What is foretold of texts at other sizes comes near to what the engine then measures, and saves measures."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assetgen.brand import Brand
from assetgen.engines.takumi import open_engine
from assetgen.fitting import fit_page, overflow
from assetgen.lines import family
from assetgen.model import Page, Size
from assetgen.sizing import Search
from assetgen.wrapping import Forecast, lines_needed

WORDS = (
    "Pemerintah provinsi membuka kembali layanan administrasi kependudukan di seluruh kecamatan, "
    "pada hari kerja pukul 08.00 sampai 15.00, tanpa biaya dan tanpa perantara"
)
FONTS = Brand.load("lentera").fonts_for(WORDS)


@pytest.fixture(scope="module")
def engine():
    engine = open_engine()
    yield engine
    engine.close()


def page(height: int, floor: int = 20, asked: int = 60, words: str = WORDS) -> Page:
    """Return a page with one text that shrinks, in a box so many pixels high."""
    room = f".text{{height:{height}px;font-size:{asked}px}}"
    styles = ("p{margin:0} .text{display:flex;flex-direction:column;width:900px;line-height:1.3}", room)
    html = (
        '<div class="canvas" data-n="0"><section data-n="1">'
        f'<div class="text" data-fit="{floor}" data-n="2"><p data-n="3">{words}</p></div></section></div>'
    )
    return Page(html, styles, Size(1080, 1080), FONTS, "id")


class Counting:
    """An engine that counts what it is asked to measure, and remembers at which sizes."""

    def __init__(self, engine) -> None:
        self.engine, self.sizes = engine, []

    def measure(self, page):
        self.sizes.append(page.sizes.get(2))
        return self.engine.measure(page)

    def leadings(self, page):
        return self.engine.leadings(page)


@pytest.mark.parametrize("height", range(120, 420, 25))
def test_a_text_alone_gets_the_largest_size_that_fits(engine, height):
    """The size that is found fits, and the next one does not: though it is not always measured."""
    start = page(height)
    _, _, fits = fit_page(start, engine)
    used = fits[2].used
    assert fits[2].fits
    assert used == 60 or overflow(2, engine.measure(replace(start, sizes={2: used + 1.0})), 1.0) > 0


def test_few_measures_are_enough(engine):
    """Over boxes of many heights a text takes about three measures, the first included, and never more than six."""
    taken = []
    for height in range(120, 420, 10):
        counting = Counting(engine)
        fit_page(page(height), counting)
        taken.append(len(counting.sizes))
    assert sum(taken) <= 3.2 * len(taken)
    assert max(taken) <= 6


@pytest.mark.parametrize("size", [30, 38, 46, 54])
def test_the_height_that_is_foretold_is_nearly_the_measured_one(engine, size):
    """A text at another size is within a line of the height that was foretold from its lines at 60 pixels."""
    start = page(900)
    forecast = Forecast.of(family(2, engine.measure(start)), 60)
    boxes = {box.element: box.rectangle for box in engine.measure(replace(start, sizes={2: float(size)}))}
    assert forecast.height_at(size) == pytest.approx(boxes[3].height, abs=1.3 * size)


def test_lines_are_filled_as_far_as_they_go():
    """Words of 3, 3 and 4 in lines of 6 make two lines, in lines of 10 one, and a word that is too wide its own."""
    assert [lines_needed((3, 3, 4), width) for width in (10, 6, 4, 2)] == [1, 2, 3, 3]


def test_a_search_beside_others_tries_the_next_size(engine):
    """Where other texts shrink too, room that is left is always tried: they may make more of it."""
    text = family(2, engine.measure(page(250)))
    alone, beside = (Search.start(text, 20, 60, 100, alone=one).told(-1.0) for one in (True, False))
    assert alone.done
    assert not beside.done
