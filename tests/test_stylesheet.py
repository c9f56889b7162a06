"""CSS that the engine does not honour is reported with file and line; and the data about the engine is true."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

import pytest

from assetgen import stylesheet
from assetgen.stylesheet import _engine_refusal, check_inline_styles, check_stylesheet, known_css

ROOT = Path(__file__).parent.parent

CLEAN = """@charset "utf-8";
@property --glow { syntax: "<color>"; inherits: true; initial-value: red }
@layer base, parts;
:root { --space: 16px; --brand: oklch(60% .2 30); --odd: { a: b }; }
* { box-sizing: border-box; margin: 0; padding: 0 }
section {
  display: grid; grid-template-columns: 1fr repeat(auto-fit, minmax(40px, 1fr)); gap: calc(var(--space) * 2);
  background: linear-gradient(180deg, var(--brand), color-mix(in oklab, var(--brand) 40%, #fff)) no-repeat;
  font-family: "Plus Jakarta Sans", sans-serif; font-size: 1.5rem; line-height: 1.25; color: rgb(0 0 0 / 80%);
  width: 100vw; height: calc(100vh - var(--top) - var(--bottom, 3px)); padding: calc(var(--n) * var(--space)) 0;
}
.card:not(.flat):nth-child(2n + 1) > h2 ~ p::before, [data-kind^="a" i], .a:is(.b, .c .d):first-of-type {
  content: " "; order: -1; flex: 0 0 auto; border-radius: 12px 4px / 50%; cursor: pointer; grid-column: span 2;
  box-shadow: 0 2px 8px rgba(0,0,0,.2), inset 0 1px #fff; width: calc(calc(100% - 20px) / 3)
}
.parent {
  color: #123456 !important;
  & .child { opacity: .5 }
  > .direct { z-index: 2; @media (orientation: landscape) { inset: 0 auto } }
  &:last-child { transform: translate(-50%, 10px) rotate(.25turn) scale(1.1); aspect-ratio: 16 / 9 }
}
@media (min-width: 600px) and (max-aspect-ratio: 4/5), (400px <= width <= 900px) { .wide { overflow: hidden } }
@supports (display: grid) { .z { mask-image: linear-gradient(#000, transparent); grid-area: 1 / 2 / span 2 / -1 } }
@keyframes rise { from { opacity: 0; translate: 0 20px } 60% { filter: blur(2px) } to { opacity: 1 } }
.in {
  animation: rise 600ms cubic-bezier(.2, 1, .3, 1) .1s both; background-image: url("data:image/svg+xml;utf8,<svg/>");
  -webkit-line-clamp: 2; font-weight: 600; letter-spacing: -.01em; padding: inherit;
  text-decoration: underline 3px red; font-variant-numeric: tabular-nums; transform: translateX(calc(var(--x) * -1));
}
"""

FAULTS = [
    (".a { colr: red }", "no property 'colr'", "did you mean 'color'?"),
    (".a { text-wrap: balance }", "balance", "data-balance"),
    (".a { font: bold 3px x }", "ignores 'font'", "font-family"),
    (".a { grid-template-areas: 'x y' }", "ignores 'grid-template-areas'", "grid-column"),
    (".a { width: clamp(1px, 2vw, 3px) }", "function clamp()", "@media"),
    (".a { width: calc(1px + min(3px, 4px)) }", "function min()", "@media"),
    (".a { width: var(--a, max(3px, 4px)) }", "function max()", "@media"),
    (".a { --b: env(safe-area-inset-top) }", "function env()", "var(--safe-top)"),
    (".a { width: lnear-gradient(red, blue) }", "function lnear-gradient()", "did you mean 'linear-gradient'?"),
    (".a { height: 3ch }", "unit 'ch'", "em"),
    (".a { width: calc(100% - 3cqw) }", "unit 'cqw'", "vw"),
    (".a { display: contents }", "value 'contents'", "parent"),
    (".a { flex: none }", "value 'none'", "0 0 auto"),
    (".a { position: sticky }", "value 'sticky'", "absolute"),
    (".a { grid-area: main }", "value 'main'", "numbers"),
    (".a::before { content: '' }", 'value ""', "one space"),
    (".a { translate: 20px }", "one value does not work", "20px 0"),
    (".a { display: grd }", "does not understand 'grd'", "'grid'"),
    (".a { width: red }", "does not understand 'red'", "<length>"),
    (".a { width: calc((100% - 20px) / 3) }", "parentheses inside calc()", "nest"),
    (".a { --w: calc(100% - (3px + var(--b))) }", "parentheses inside calc()", "nest"),
    (".a { animation-delay: calc(var(--i) * 100ms) }", "does not understand", "template"),
    (".a { transform: rotate(calc(var(--a, 10deg) * var(--b))) }", "does not understand", "template"),
    (".a { z-index: calc(1 + 1) }", "does not understand", "template"),
    (".a { grid-column: main / 3 }", "value 'main'", "numbers"),
    (".a { grid-template-columns: fit-content(3px) 1fr }", "does not understand", "<minmax()>"),
    (".a { background: red url(photo.png) }", "url(photo.png) is not read", "<img>"),
    (".a { mask: url('https://example.org/x.svg') }", "url(https://example.org/x.svg) is not read", "<img>"),
    (".a:has(p) { color: red }", "':has' never matches", "class"),
    (".a:is(p, b:hover) { color: red }", "':hover' never matches", "hovered"),
    (".a:frist-child { color: red }", "':frist-child' never matches", "'first-child'"),
    (".a:nth-child(2 of .b) { color: red }", "of …)' never matches", "class"),
    (".a::first-letter { color: red }", "'::first-letter' never matches", "element"),
    ("body .a { color: red }", "'body' never matches", ":root"),
    (".1a { color: red }", "not a selector", ".name"),
    ("} .a { color: red }", "not a selector", "}"),
    (".a { color red }", "not CSS", ";"),
    ("{ color: red }", "no selector", "selector"),
    ("@import 'x.css';", "ignores @import", "layout.css"),
    ("@font-face { font-family: x }", "ignores @font-face", "brand"),
    ("@contaner (a) {}", "ignores @contaner", "'container'"),
    ("@media (prefers-color-scheme: dark) { .a { color: red } }", "(prefers-color-scheme)' is never true", "allowed"),
    ("@supports selector(:has(a)) { .a { color: red } }", "'selector()' in @supports", "without"),
    ("@keyframes k { from { clip-path: inset(0) } }", "'clip-path' does not move", "mask-size"),
    ("@media (width > 3px) { .a { .b { colr: red } } }", "no property 'colr'", "'color'"),
]


@pytest.mark.parametrize(("css", "message", "hint"), FAULTS)
def test_a_planted_fault_is_the_only_problem_and_has_its_line(css: str, message: str, hint: str):
    problems = check_stylesheet(f"{CLEAN}\n/* two\nlines */\n{css}\n", "layouts/x/layout.css")
    assert [problem.place.line for problem in problems] == [CLEAN.count("\n") + 4]
    assert problems[0].place.file == "layouts/x/layout.css"
    assert message in problems[0].message
    assert hint in problems[0].hint


def test_a_stylesheet_of_what_works_gives_no_problem():
    assert check_stylesheet(CLEAN, "layout.css") == ()


def test_all_faults_of_a_file_are_told_at_once_each_at_its_line():
    css = "\n".join(css for css, _, _ in FAULTS if not css.startswith(("}", "{")))
    lines = [problem.place.line for problem in check_stylesheet(css, "x.css")]
    assert lines == list(range(1, css.count("\n") + 2))


def test_style_attributes_are_checked_and_jinja_and_svg_are_left_alone():
    html = """<section class="{{ "a>b" }}">
    <div style="width: {{ share }}%; height: {{ "3" }}px; {% if tall %}color: red{% endif %}; --bar: {{ x }}"></div>
    <svg><rect style="fill: red; stroke-dasharray: 3"/></svg><p data-style="colr: red">a</p>
    <p
      style='{% if a %}display: contents{% endif %}'></p>
    <b style="width: min({{ a }}px, 3px)">b</b>
    <style>.a { color: red }</style>"""
    found = [(problem.place.line, problem.message) for problem in check_inline_styles(html, "layout.html")]
    assert [line for line, _ in found] == [5, 6, 7]
    assert "contents" in found[0][1]
    assert "min()" in found[1][1]
    assert "<style>" in found[2][1]


def test_the_engine_is_asked_once_about_each_value(monkeypatch):
    """A large stylesheet repeats itself: three hundred rules with two values are two questions."""
    asked = []
    monkeypatch.setattr(stylesheet, "_engine_refusal", lambda: lambda *value: asked.append(value) or "")
    css = "".join(f".a{n} {{ padding: 4px 8px; color: var(--c); display: flex }}\n" for n in range(300))
    assert check_stylesheet(css, "x.css") == ()
    assert asked == [("padding", "4px 8px"), ("display", "flex")]


def test_the_engine_knows_every_property_that_we_call_supported():
    """Each one refuses nonsense; a property that the engine does not know would take it in silence."""
    ask = _engine_refusal()
    assert [name for name in known_css().properties if not ask(name, "@@")] == []


def test_the_engine_knows_none_of_the_properties_that_we_call_ignored():
    takes_but_does_nothing = {"grid-template-areas", "list-style-image", "offset-position", "text-fit"}
    takes_but_does_nothing |= {"box-decoration-break", "-webkit-box-decoration-break"}
    ask = _engine_refusal()
    assert {name for name in known_css().gaps if ask(name, "@@")} == takes_but_does_nothing


def test_no_name_is_both_supported_and_not():
    known = known_css()
    assert not known.properties & (known.gaps.keys() | known.harmless)
    assert not known.functions & known.function_gaps.keys()
    assert not known.units & known.unit_gaps.keys()
    assert not known.at_rules & known.at_rule_gaps.keys()
    assert known.values.keys() <= known.properties


def rendered(css: str, html: str, time_ms: int | None = None) -> tuple[str, bytes]:
    from pytakumi import Renderer, from_html

    renderer, tree, size = Renderer(), from_html(html), {"width": 120, "height": 120}
    boxes = renderer.measure(tree, stylesheets=[css], time_ms=time_ms, **size)
    return json.dumps(boxes), renderer.render(tree, stylesheets=[css], format="raw", time_ms=time_ms, **size)


WORDS = '<div class="a"><div class="b">Hello wide world</div><div class="c">two</div></div>'
SPAN = '<div class="a">Hello <span class="b">there</span> <i class="c">x</i></div>'
SVG = '<div class="a"><svg class="b" width="50" height="50"><rect class="c" width="40" height="40"/></svg></div>'
BASE = ".a { width: 100px; background: #eee; position: relative } .b { color: #300 } "
KEYFRAMES = "@keyframes k { from { %s } to { %s } } .b { animation: k 1s linear }"

WORKS = [
    (".b { display: flex; padding: 4px }", WORDS),
    (".a { display: grid; grid-template-columns: repeat(auto-fit, minmax(30px, 1fr)) }", WORDS),
    (".a { display: grid; grid-template-columns: 20px 1fr } .b { grid-column: 2 }", WORDS),
    (".a { display: flex; gap: 5% }", WORDS),
    (".b { width: calc(calc(100% - 1em) / 2) }", WORDS),
    (".b { width: calc(var(--n, 3) * 10px - var(--l, 2px)) }", WORDS),
    (".b { width: var(--none, 2rem) }", WORDS),
    (".b { width: 7vmin }", WORDS),
    (".b { height: 3lh }", WORDS),
    (".b { width: 50px; aspect-ratio: 1 / 2 }", WORDS),
    (".b { margin-inline-start: 9px }", WORDS),
    (".c { float: right }", WORDS),
    (".c { position: absolute; inset: 30px 0 auto }", WORDS),
    (".b { width: 90px; text-align: center }", WORDS),
    (".b { -webkit-line-clamp: 1; display: -webkit-box; -webkit-box-orient: vertical; width: 60px }", WORDS),
    (".b { color: color-mix(in oklch, red, blue 20%) }", WORDS),
    (".b { color: oklch(from red l c 200) }", WORDS),
    (".b { background: conic-gradient(red, blue) }", WORDS),
    (".b { mask-image: linear-gradient(#000, transparent); background: red }", WORDS),
    (".b { clip-path: circle(9px); background: red }", WORDS),
    (".b { background: linear-gradient(red, blue); background-clip: text; color: transparent }", WORDS),
    (".b { filter: blur(2px) }", WORDS),
    (".b { mix-blend-mode: multiply; background: #8f8 }", WORDS),
    (".b { rotate: 9deg; scale: .5; translate: 4px 0 }", WORDS),
    (".a:not(.x) > div:nth-child(odd) { color: red }", WORDS),
    (".b::before { content: ' '; display: block; width: 9px; height: 9px; background: red }", WORDS),
    (".a { .c { color: red } }", WORDS),
    ("@media (100px <= width < 130px) and (aspect-ratio: 1) { .b { color: red } }", WORDS),
    ("@layer u { .c { color: red } }", WORDS),
    ("@supports (display: grid) { .b { color: red } }", WORDS),
    (".b { padding: 0 9px; background: red }", SPAN),
    (".b { text-decoration: underline }", SPAN),
    (".b { color: red }", SVG.replace("<rect", '<rect fill="currentColor"')),
    (KEYFRAMES % ("opacity: 0", "opacity: 1"), WORDS),
]
IGNORED = [
    (".b { font: bold 30px sans-serif }", WORDS),
    (".b { width: clamp(10px, 20px, 30px); height: min(9px, 8px) }", WORDS),
    (".b { width: 5ch; height: 9ex }", WORDS),
    (".a { display: grid } .a { grid-template-columns: max-content 1fr }", WORDS),
    (".a { display: grid; grid-template-areas: 'x' 'y' } .c { grid-area: x }", WORDS),
    (".a { display: grid; grid-template-columns: [l] 1fr [r] } .c { grid-row: r; grid-column: l / r }", WORDS),
    (".b { width: calc((100% - 1em) / 2); opacity: calc(.5 * .5); transform: rotate(calc(9deg * 2)) }", WORDS),
    (".b { animation-delay: calc(.2s * 2) } @keyframes k { clip-path: inset(9px) }", WORDS),
    (".b { margin-block-start: 9px; border-inline: 4px solid red; inline-size: 30px }", WORDS),
    (".a { columns: 2; writing-mode: vertical-rl; zoom: 2 }", WORDS),
    (".b { position: sticky; top: 30px }", WORDS),
    (".b { display: contents }", WORDS),
    (".b::before { content: ''; display: block; width: 9px; height: 9px; background: red }", WORDS),
    (".a:has(.b) { color: red } .b::first-letter { color: red } .a:hover { color: red }", WORDS),
    ("@container (min-width: 1px) { .b { color: red } } @supports (colr: red) { .b { color: red } }", WORDS),
    ("@media (prefers-color-scheme: light) { .b { color: red } }", WORDS),
    (".b { transform: rotateY(40deg) } .c { transform: translate3d(9px, 0, 0) }", WORDS),
    (".b { color: light-dark(red, blue); width: env(x, 20px) }", WORDS),
    (".b { margin: 9px; border: 2px solid red; box-shadow: 0 0 4px red; filter: blur(2px) }", SPAN),
    (".b { transform: rotate(9deg); position: relative; top: 4px; text-shadow: 2px 2px red }", SPAN),
    (".a { text-decoration: underline }", SPAN),
    (".c { fill: red; opacity: .2; display: none }", SVG),
    (".b { opacity: .2; transform: rotate(9deg); visibility: hidden }", SVG),
]


@pytest.mark.parametrize(("css", "html"), WORKS)
def test_the_engine_honours_what_we_call_supported(css: str, html: str):
    time_ms = 500 if "@keyframes" in css else None
    assert rendered(BASE + css, html, time_ms) != rendered(BASE, html, time_ms)
    assert check_stylesheet(css, "x.css") == ()


@pytest.mark.parametrize(("css", "html"), IGNORED)
def test_the_engine_ignores_what_we_call_ignored(css: str, html: str):
    """When this fails, the engine has learnt something: move the entry in the data file."""
    without = BASE + (".a { display: grid }" if "display: grid" in css else "")
    assert rendered(BASE + css, html) == rendered(without, html)


def test_a_flex_item_of_flex_none_still_shrinks_and_of_0_0_auto_does_not():
    html = '<div><div class="a"><div class="b">wonderful</div><div class="c">x</div></div></div>'
    css = ".a { display: flex; width: 90px } .c { width: 60px; %s }"
    shrunk, kept = (rendered(css % flex, html)[0] for flex in ("flex: none", "flex: 0 0 auto"))
    assert '"width": 60.0' not in shrunk
    assert '"width": 60.0' in kept


def test_one_value_of_translate_moves_on_both_axes():
    assert rendered(".b { translate: 9px }", WORDS) == rendered(".b { translate: 9px 9px }", WORDS)


def test_a_positioned_element_is_covered_by_its_later_sibling_without_z_index():
    css = BASE + ".c { margin-top: -20px; background: red } .b { position: relative; %s }"
    assert rendered(css % "", WORDS) == rendered((css % "").replace("position: relative; }", "}"), WORDS)
    assert rendered(css % "z-index: 1", WORDS) != rendered(css % "", WORDS)


def test_a_block_svg_with_a_height_only_is_stretched_to_its_parent():
    boxes, _ = rendered("svg { display: block; height: 20px }", '<div><svg viewBox="0 0 10 10"></svg></div>')
    assert json.loads(boxes)["children"][0]["width"] == 120


def test_an_auto_column_of_text_leaves_nothing_for_the_fraction_beside_it():
    boxes, _ = rendered(".a { display: grid; width: 90px; grid-template-columns: auto 1fr }", WORDS)
    assert json.loads(boxes)["children"][1]["width"] == 0


def test_clip_path_jumps_in_keyframes():
    css = BASE + KEYFRAMES % ("clip-path: inset(0 0 0 0)", "clip-path: inset(0 90% 0 0)")
    assert rendered(css, WORDS, 100) == rendered(css, WORDS, 450)
    assert rendered(css, WORDS, 100) != rendered(css, WORDS, 900)


def test_text_in_an_inline_block_is_not_measured():
    boxes, _ = rendered(".b { display: inline-block }", SPAN)
    assert "Hello" in boxes
    assert "there" not in boxes


def test_the_page_for_designers_says_what_the_data_says():
    """Run `python docs/make_css.py` after a change of the data file."""
    page = runpy.run_path(str(ROOT / "docs" / "make_css.py"))["page"]()
    assert (ROOT / "docs" / "css.md").read_text("utf-8") == page
