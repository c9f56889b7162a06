"""Lines of text are whole output pixels high, with either engine and at any scale."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from assetgen.brand import Brand
from assetgen.engines import Engine, chromium, takumi
from assetgen.engines._leading import PROPERTY, told_leadings, told_leadings_inline, whole_leadings
from assetgen.fitting import fit_page
from assetgen.model import Page, Size

CSS = """
.canvas { width: 1080px; height: 1350px; display: flex; flex-direction: column; line-height: 1.4; font-size: 26px }
.canvas { --tight: 1.06; --rows: 31.4px }
ul { font-size: 30px; line-height: 1.25 }
.a { font-size: 33px } .b { font-size: 0.83em } .c { line-height: var(--tight) } .d { line-height: 30.6px }
.e { line-height: var(--tight, 2); font-size: 47px }
"""
ROWS = "".join(
    f'<li class="{name}" data-n="{number}">Kabupaten</li>' for number, name in enumerate("abcdefabcdef", start=2)
)
HTML = f'<div class="canvas" data-n="0"><ul data-n="1">{ROWS}</ul></div>'


def page(size: Size = Size(1080, 1350), html: str = HTML, css: str = CSS) -> Page:
    brand = Brand.load("lentera")
    return Page(html, (brand.stylesheet, "* { margin: 0; padding: 0 }", css), size, brand.font_files)


@pytest.fixture(scope="module", params=["takumi", "chromium"])
def engine(request):
    if request.param == "chromium":
        pytest.importorskip("playwright")
        if not any(map(shutil.which, chromium.PROGRAMS)):
            pytest.skip("Chromium is not installed (apt-get install chromium)")
    opened = (takumi if request.param == "takumi" else chromium).open_engine()
    yield opened
    opened.close()


def heights(engine: Engine, made: Page) -> list[float]:
    return [box.rectangle.height for box in engine.measure(made) if box.tag == "li"]


def test_rows_of_text_are_whole_pixels_high_and_stand_where_they_do_in_the_other_engine(engine: Engine):
    expected = [41, 31, 32, 31, 50, 38]
    assert heights(engine, page()) == pytest.approx(expected * 2, abs=0.05)


def test_at_another_scale_lines_are_whole_pixels_of_the_output():
    made = page(Size(1600, 2000))
    told = takumi.open_engine().leadings(made)
    # 33 × 1.25 and 24.9 × 1.25 CSS pixels, at 1600 ÷ 1080.
    assert told[2] * 33 * made.scale == pytest.approx(61, abs=0.02)
    assert told[3] * 24.9 * made.scale == pytest.approx(46, abs=0.02)


def test_a_page_is_painted_with_the_lines_that_it_was_measured_with():
    engine = takumi.open_engine()
    made, _, _ = fit_page(page(), engine)
    assert made.leadings
    assert engine.paint(made).pixels == engine.paint(page()).pixels
    assert engine.paint(replace(made, leadings={})).pixels != engine.paint(made).pixels


def test_fitted_texts_get_lines_for_the_size_that_they_have():
    html = '<div class="canvas" data-n="0"><p class="t" data-fit="20" data-size="60" data-n="1">' + "kata " * 30
    css = ".t { width: 700px; height: 200px; font-size: 60px; line-height: 1.23 }"
    made, boxes, fits = fit_page(page(html=html + "</p></div>", css=css), takumi.open_engine())
    used = fits[1].used
    assert 20 < used < 60
    lines = sorted({run.rectangle.bottom for run in boxes[1].runs})
    assert lines[1] - lines[0] == pytest.approx(round(used * 1.23), abs=0.02)
    assert made.leadings is not None and (made.leadings.get(1, 1.23) * used) % 1 == pytest.approx(0.99, abs=0.02)


def test_texts_whose_styles_ask_for_another_size_than_their_data_follow_the_fitted_one():
    html = '<div class="canvas" data-n="0"><ul class="t" data-fit="20" data-size="30" data-n="1"><li data-n="2">satu'
    css = ".t { height: 400px; font-size: 50px }"
    made = replace(page(html=html, css=css), sizes={1: 24.0})
    (run,) = takumi.open_engine().measure(made)[2].runs
    assert run.font_size == 24


def test_only_numbers_and_pixels_are_told():
    css = "a{line-height:1.2;color:red} b{line-height : var( --x, 1.1 ) !important} c{line-height:normal}"
    css += " d{line-height:30px} e{line-height:120%}"
    (told, *_) = told_leadings([css, ".canvas{--x: 1.3}"])
    assert f"line-height:1.2;{PROPERTY}:1.2;color" in told
    assert f"{PROPERTY}:var( --x, 1.1 ) !important" in told
    assert f"line-height:normal;{PROPERTY}:0" in told and f"line-height:120%;{PROPERTY}:0" in told
    assert f"line-height:30px;{PROPERTY}:-0.3" in told


def test_a_variable_that_may_hold_a_length_is_not_computed_with():
    (told, *_) = told_leadings(["a{line-height:var(--x)}", ".canvas{--x: 1.3}", ".rtl{--x: 40px}"])
    assert f"{PROPERTY}:0" in told


def test_text_that_speaks_of_line_height_stays_text():
    html = '<p style="line-height: 1.3">line-height: 2</p>'
    assert told_leadings_inline(html) == f'<p style="line-height: 1.3;{PROPERTY}:1.3">line-height: 2</p>'


def test_lines_that_are_whole_already_are_left_alone():
    assert whole_leadings({1: 1.25, 2: 1.25, 3: -0.3}, {1: 32.0, 2: 30.0, 3: 26.0}, 1) == {
        2: pytest.approx(38 / 30, abs=0.001)
    }


def test_a_page_whose_elements_have_no_numbers_is_painted_as_its_styles_say():
    made = page(html='<div class="canvas"><p>satu</p></div>')
    engine = takumi.open_engine()
    assert engine.leadings(made) == {}
    assert engine.paint(made).size == made.size
