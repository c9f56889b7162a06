"""The reference engine measures and paints as engines must, from any thread, and reaches nothing outside."""

from __future__ import annotations

import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from similarity import lines, other_line_breaks, same_line_breaks, similarity

from assetgen.brand import Brand
from assetgen.engines import chromium, takumi
from assetgen.errors import EngineError
from assetgen.model import Box, Frame, Page, Rectangle, Run, Size

FONTS = Brand.load("lentera").font_files
BASE = (
    "*{box-sizing:border-box} p{margin:0}"
    '.canvas{width:1080px;font-family:"Public Sans";font-size:40px;line-height:50px}'
)
NEEDED = pytest.mark.skipif(
    not any(map(shutil.which, chromium.PROGRAMS)), reason="Chromium is not installed (apt-get install chromium)"
)


def page(inside: str, css: str = "", size: Size = Size(1080, 400), **more) -> Page:
    return Page(f'<div class="canvas" data-n="0">{inside}</div>', (BASE, css), size, FONTS, **more)


@pytest.fixture(scope="module")
def engine():
    pytest.importorskip("playwright", reason="Playwright is not installed")
    engine = chromium.open_engine()
    yield engine
    engine.close()


@NEEDED
def test_boxes_mean_the_same_as_those_of_the_default_engine(engine):
    inside = """<section data-n="1"><p data-n="2">satu dua <b data-n="3">tiga</b> empat lima enam tujuh</p>
      <div data-n="4"><svg data-n="5" width="40" height="40"><rect data-n="6" width="9" height="9"/></svg></div>
      <p data-n="7">miring</p></section>"""
    css = """svg{display:block} .canvas{padding:20px} b{font-size:20px}
      section{width:540px;height:300px;display:flex;flex-direction:column}
      [data-n="7"]{width:200px;height:60px;transform:rotate(90deg);text-transform:uppercase}"""
    other = takumi.open_engine()
    ours = {box.element: box for box in other.measure(page(inside, css))}
    theirs = {box.element: box for box in engine.measure(page(inside, css))}
    assert ours.keys() == theirs.keys() == {0, 1, 2, 3, 4, 5, 7}
    for number, box in theirs.items():
        assert (box.tag, box.attributes, box.parent) == (ours[number].tag, ours[number].attributes, ours[number].parent)
        for mine, edge in zip(_edges(ours[number]), _edges(box), strict=True):
            assert abs(mine - edge) <= 2, f"{box.describe()}: {_edges(ours[number])} {_edges(box)}"
    assert [number for number, box in theirs.items() if box.rotated] == [7]
    assert [run.text.strip() for run in theirs[2].runs] == ["satu dua", "empat lima enam", "tujuh"]
    assert [run.font_size for number in (2, 3) for run in theirs[number].runs] == [40, 40, 40, 20]
    assert theirs[7].text == "MIRING"


def _edges(box: Box) -> list[float]:
    area = box.rectangle
    return [area.left, area.top, area.right, area.bottom]


@NEEDED
def test_the_frame_has_exactly_the_pixels_of_the_page_and_scales_its_styles(engine):
    css = ".canvas{height:200px;background:#ff0000}p{width:540px;height:100px;background:#0000ff80}"
    painted = engine.paint(page('<p data-n="1"></p>', css, Size(1601, 901)))
    assert painted.size == Size(1601, 901) and len(painted.pixels) == 1601 * 901 * 4
    assert painted.array[10, 1590].tolist() == [255, 0, 0, 255]
    assert painted.array[10, 790].tolist() == [127, 0, 128, 255]
    assert painted.array[10, 812].tolist() == [255, 0, 0, 255]
    assert painted.array[300, 10, 3] == 0, "what nothing covers is transparent"


@NEEDED
def test_pictures_come_from_the_page_and_nothing_else_is_fetched_or_run(engine):
    from PIL import Image

    stream = BytesIO()
    Image.new("RGB", (2, 2), "#00ff00").save(stream, "PNG")
    inside = """<img data-n="1" src="field:photo"><img data-n="2" src="file:///etc/hostname">
      <img data-n="3" src="x" onerror="document.body.style.background='#ff0000'">
      <script data-n="4">document.body.remove()</script>"""
    pictures = {"field:photo": stream.getvalue()}
    painted = engine.paint(page(inside, "img{display:block;width:90px;height:90px}", pictures=pictures))
    assert painted.array[45, 45].tolist() == [0, 255, 0, 255]
    assert not painted.array[100:].any()


@NEEDED
def test_several_threads_share_one_engine_and_a_page_leaves_nothing_behind(engine):
    pages = [page(f'<p data-n="1">{"kata " * n}</p>', f"p{{width:{200 + n}px}}") for n in range(1, 13)]
    alone = [engine.paint(one).pixels for one in pages]
    assert len(set(alone)) == len(pages)
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda one: engine.paint(one).pixels, pages)) == alone


@NEEDED
def test_a_closed_engine_says_so_and_may_be_closed_again():
    engine = chromium.open_engine()
    engine.close()
    engine.close()
    with pytest.raises(EngineError, match="closed"):
        engine.paint(page(""))


@NEEDED
def test_vectors_are_refused(engine):
    with pytest.raises(EngineError, match="vectors") as caught:
        engine.vector(page(""))
    assert "takumi" in caught.value.problems[0].hint


def test_without_playwright_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    with pytest.raises(EngineError, match="Playwright is not installed") as caught:
        chromium.open_engine()
    assert "assetgen[chromium]" in caught.value.problems[0].hint


def test_similarity_is_one_for_the_same_pixels_and_falls_with_what_differs():
    plain = Frame(Size(64, 64), bytes([200, 200, 200, 255]) * 64 * 64)
    pixels = plain.array.copy()
    pixels[20:30, 10:50, :3] = 0
    line = Frame(plain.size, pixels.tobytes())
    pixels = plain.array.copy()
    pixels[21:31, 10:50, :3] = 0
    moved = Frame(plain.size, pixels.tobytes())
    assert similarity(line, line) == pytest.approx(1)
    assert similarity(plain, line) < 0.8 < similarity(line, moved) < 0.99
    clear = Frame(plain.size, bytes(4) * 64 * 64)
    white = Frame(plain.size, bytes([255]) * 4 * 64 * 64)
    assert similarity(clear, white) == pytest.approx(1), "transparent is compared on white"
    with pytest.raises(ValueError, match="differ in size"):
        similarity(line, Frame(Size(1, 1), bytes(4)))


def test_lines_are_runs_of_one_height_and_another_break_is_found():
    def box(*runs: tuple[str, float, float]) -> Box:
        read = tuple(Run(text, Rectangle(left, top, left + 50, top + 20), 20, 1) for text, left, top in runs)
        return Box(1, "p", {"class": "lead"}, Rectangle(0, 0, 200, 200), read)

    first = box(("Satu ", 0, 0), ("dua", 50, 2), ("tiga\u00a0", 0, 18))
    assert lines(first) == ["satu dua", "tiga"]
    assert same_line_breaks([first], [box(("SATU dua", 0, 0), ("tiga", 0, 22))])
    second = box(("satu", 0, 0), ("dua tiga", 0, 22))
    assert other_line_breaks([first], [second]) == [("p.lead", ["satu dua", "tiga"], ["satu", "dua tiga"])]
    assert not same_line_breaks([first], [])


@NEEDED
def test_both_engines_leave_out_what_is_not_shown_and_the_space_at_the_end_of_a_line(engine):
    inside = '<section data-n="1"><p data-n="2">dua kata</p></section><p data-n="3">satu dua tiga empat</p>'
    shown = page(inside, "section{display:none}p{width:200px}")
    for measured in (takumi.open_engine().measure(shown), engine.measure(shown)):
        assert [box.element for box in measured] == [0, 3]
        assert [run.text.strip() for run in measured[1].runs] == ["satu dua", "tiga empat"]
        assert all(
            abs(run.rectangle.right - right) < 3 for run, right in zip(measured[1].runs, (159, 199), strict=True)
        )
