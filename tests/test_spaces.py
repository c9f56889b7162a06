"""Non-breaking spaces do not break with the default engine; drawings are measured by their roots."""

from __future__ import annotations

from dataclasses import replace

from assetgen.brand import Brand
from assetgen.engines._spaces import drop_gaps, keep_spaces
from assetgen.engines.takumi import _Source, open_engine
from assetgen.model import Page, Size


def test_markup_without_such_spaces_is_not_touched():
    html = '<p class="a">\n  one <b>two</b></p>'
    assert keep_spaces(html) is html


def test_joined_words_get_an_element_that_does_not_wrap_and_nothing_else_changes():
    html = '<div alt="5&nbsp;&lt;"><p>\n (5&nbsp;Mei) &lt; <b style="color: red"> 5\u00a0km lari</b>!</p></div>'
    assert keep_spaces(html) == (
        '<div alt="5&nbsp;&lt;"><p><x-words>\n <x-words style="white-space:nowrap">(5 </x-words>Mei) &lt; </x-words>'
        '<b style="color: red"><x-words> <x-words style="white-space:nowrap">5 </x-words>km lari</x-words></b>!</p>'
        "</div>"
    )


def test_at_no_width_does_a_line_break_at_a_non_breaking_space():
    engine = open_engine()
    html = '<div class="canvas" data-n="0"><p data-n="1">turun 0,61 poin dari Maret&nbsp;2025 lalu</p></div>'
    brand = Brand.load("lentera")
    page = Page(html, (brand.stylesheet,), Size(1080, 1080), brand.font_files)
    for width in range(150, 520, 2):
        style = f"p{{font-family:var(--font-body);font-size:36px;width:{width}px}}"
        (_, box) = engine.measure(replace(page, stylesheets=(*page.stylesheets, style)))
        heights = {run.rectangle.bottom for run in box.runs if "Maret" in run.text or "2025" in run.text}
        assert len(heights) == 1, f"at {width} pixels: {[run.text for run in box.runs]}"
    engine.close()


def test_behind_a_dash_a_line_may_still_break():
    assert keep_spaces("<p>pukul&nbsp;08.00–12.00&nbsp;WIB</p>") == (
        '<p><x-words><x-words style="white-space:nowrap">pukul </x-words>08.00–'
        '<x-words style="white-space:nowrap">12.00 </x-words>WIB</x-words></p>'
    )


def test_the_text_of_a_line_in_pieces_keeps_its_spaces():
    engine = open_engine()
    html = '<div class="canvas" data-n="0"><p data-n="1">Perda nomor&nbsp;4 tahun&nbsp;2024 dan 5&nbsp;km</p></div>'
    brand = Brand.load("lentera")
    (_, box) = engine.measure(Page(html, (brand.stylesheet,), Size(1080, 1080), brand.font_files))
    assert box.text == "Perda nomor 4 tahun 2024 dan 5 km"


def test_drawings_take_the_same_room_when_they_are_measured_empty():
    drawings = (
        '<svg viewBox="0 0 30 10" aria-label="2 > 1"><path d="M0 0h30v10z"></path><text x="1" y="9">abc</text></svg>',
        '<svg class="high" width="40" height="20" viewBox="0 0 40 20"><svg x="4" width="9"><path></path></svg></svg>',
        '<svg viewBox="0 0 24 24"></svg>',
    )
    html = "".join(f"<p>sebelum {drawing} sesudah</p><div>{drawing}</div>" for drawing in drawings)
    source = _Source(f'<div class="canvas">{html}</div>')
    engine, brand = open_engine(), Brand.load("lentera")
    renderer = engine._renderer(brand.font_files)._renderer
    for css in ("", "div{display:flex} svg{display:block}", ".high{height:300px;width:auto} p{display:flex}"):
        full, empty = (
            renderer.measure(tree, width=1080, height=1080, stylesheets=[brand.stylesheet, css])
            for tree in (source.tree, source.outline)
        )
        assert full == empty
    engine.close()


def test_white_space_between_blocks_is_no_child_and_that_between_words_stays():
    assert drop_gaps('<ol class="a > b">\n  <li>a</li>\n  <li> <b>b</b> <i>c</i></li>\n</ol>') == (
        '<ol class="a > b"><li>a</li><li><b>b</b> <i>c</i></li></ol>'
    )
    assert drop_gaps("<p>satu <b>dua</b> <i>tiga</i></p>") == "<p>satu <b>dua</b> <i>tiga</i></p>"


def test_the_first_and_last_child_of_a_list_are_its_first_and_last_element():
    engine, brand = open_engine(), Brand.load("lentera")
    rows = "".join(f'\n  <li data-n="{number}">a</li>' for number in (2, 3, 4))
    html = f'<div class="canvas" data-n="0">\n<ol data-n="1">{rows}\n</ol>\n</div>'
    css = "ol{display:flex;flex-direction:column} li{line-height:20px;font-size:16px}"
    css += "li:first-child{line-height:40px} li:nth-child(2){line-height:60px} li:last-child{line-height:80px}"
    boxes = engine.measure(Page(html, (brand.stylesheet, css), Size(1080, 1080), brand.font_files))
    assert [round(box.rectangle.height) for box in boxes if box.tag == "li"] == [40, 60, 80]
    engine.close()
