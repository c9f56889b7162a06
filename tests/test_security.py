"""Attacks: nothing leaves the campaign's folder, nothing is fetched, nothing runs on, and hostile text stays text."""

import base64
import io
import socket
import time
import zipfile
import zlib
from pathlib import Path

import pytest
from PIL import Image

from assetgen import placement
from assetgen.bind import Binder
from assetgen.brand import Brand
from assetgen.campaign import Campaign
from assetgen.errors import (
    AssetgenError,
    BrandError,
    CampaignError,
    DataError,
    FieldError,
    LayoutError,
    PictureError,
    SecurityError,
)
from assetgen.layout import Layout
from assetgen.library import make
from assetgen.model import Cell, Value
from assetgen.paint import Painter
from assetgen.parts import built_in
from assetgen.paths import resolve_inside
from assetgen.pipeline import BuildOptions, build
from assetgen.read import read_table
from assetgen.template import Templates

SQUARE = placement.load("instagram/feed-square")
SECONDS = 4  # each attack ends within about 2 s; the machine may be busy
GROW = "{% set ns = namespace(a='ab') %}{% for i in range(17) %}{% set ns.a = ns.a ~ ns.a %}{% endfor %}"
NEST = "{% set ns = namespace(a=[1], b=[1]) %}{% for i in range(60) %}{% set ns.a = [ns.a, ns.a] %}"


@pytest.fixture
def templates(tmp_path):
    (tmp_path / "t").mkdir()
    return Templates((tmp_path / "t",), built_in("layouts") / "_kit")


@pytest.fixture(autouse=True)
def in_time():
    """Every attack of this file ends soon."""
    start = time.perf_counter()
    yield
    assert time.perf_counter() - start < SECONDS


def pages(layout, given, folder=Path(), brand="lentera"):
    return Binder.of(layout, Brand.load(brand)).bind(given, SQUARE, "id", folder).pages


# --- templates --------------------------------------------------------------------------------------------------------

REACHES = {
    "class": "{{ ''.__class__.__mro__ }}",
    "globals": "{{ x.__init__.__globals__ }}",
    "item": "{{ ''['__class__'] }}",
    "attr": "{{ x | attr('__class__') }}",
    "format": "{{ '{0.__class__}'.format(x) }}",
    "format_map": "{{ '{x.__class__}'.format_map({'x': x}) }}",
    "percent": "{{ '%s' % x }}",
    "map": "{{ ['x'] | map('attr', '__class__') | list }}",
    "map attribute": "{{ ['x'] | map(attribute='__class__') | join }}",
    "select": "{{ ['x'] | selectattr('__class__') | list }}",
    "sort": "{{ ['x', 'y'] | sort(attribute='__class__') | join }}",
    "self": "{{ self._TemplateReference__context }}",
    "namespace": "{{ namespace.__init__.__globals__ }}",
    "filter function": "{{ number.__globals__ }}",
    "dict": "{{ dict.mro() }}",
    "lipsum": "{{ lipsum.__globals__ }}",
    "cycler": "{{ cycler.__init__.__globals__.os }}",
    "value": "{{ v._derive }}",
    "cell": "{{ v.cell.__class__ }}",
    "autoescape": "{% autoescape false %}{{ x }}{% endautoescape %}",
    "safe": "{{ x | safe }}",
    "include up": "{% include '../secret.txt' %}",
    "include absolute": "{% include '/etc/passwd' %}",
    "include far": "{% include 'http://example.org/x' %}",
    "function": "{{ range }}",
    "list": "{{ rows }}",
}
ENDLESS = {
    "loops": "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "recursive loop": "{% for x in [1] recursive %}{{ loop(range(99999)) }}{% endfor %}",
    "recursive macro": "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
    "exponential macro": "{% macro f(n) %}{% if n %}{{ f(n-1) }}{{ f(n-1) }}{% endif %}{% endmacro %}{{ f(60) }}",
    "doubling text": GROW.replace("17", "60"),
    "growing by replace": GROW + "{% for i in range(60) %}{% set ns.a = ns.a | replace('a', ns.a) %}{% endfor %}",
    "growing by replace of nothing": GROW + "{{ ns.a | replace('', ns.a) }}",
    "growing by join": GROW + "{{ range(9999) | join(ns.a) }}",
    "growing page": GROW + "{% for i in range(99999) %}{{ ns.a }}{% endfor %}",
    "text times": "{{ 'a' * 10**9 }}",
    "list times": "{{ [1] * 10**9 }}",
    "power": "{{ 10**(10**10) }}",
    "squares": "{% set ns = namespace(x=3) %}{% for i in range(60) %}{% set ns.x = ns.x * ns.x %}{% endfor %}",
    "huge range": "{{ range(10**9) | list }}",
    "doubling list": "{% set ns = namespace(a=[1]) %}{% for i in range(60) %}{% set ns.a = ns.a + ns.a %}{% endfor %}",
    "nested list shown": NEST + "{% endfor %}{{ ns.a }}",
    "nested list joined": NEST + "{% endfor %}{{ ns.a ~ '' }}",
    "nested list as text": NEST + "{% endfor %}{{ ns.a | string }}",
    "nested lists compared": NEST + "{% set ns.b = [ns.b, ns.b] %}{% endfor %}{{ ns.a == ns.b }}",
    "nested lists sought": NEST + "{% set ns.b = [ns.b, ns.b] %}{% endfor %}{{ ns.a in [ns.b] }}",
    "nested dicts": "{% set ns = namespace(a=dict()) %}{% for i in range(60) %}{% set ns.a = dict(a=ns.a, b=ns.a) %}"
    "{% endfor %}{{ ns.a | string }}",
    "slow search": "{% set l = range(99999) | list %}{% for i in range(99999) %}{% if 'x' in l %}{% endif %}"
    "{% endfor %}",
    "slow sums": "{% for i in range(99999) %}{% set x = range(99999) | sum %}{% endfor %}",
    "slow sorts": "{% for i in range(99999) %}{% set x = range(99999) | sort %}{% endfor %}",
    "slow slices": "{% set l = range(99999) | list %}{% for i in range(99999) %}{% set z = l[1:] %}{% endfor %}",
    "slow splits": GROW + "{% for i in range(99999) %}{% set z = ns.a.split('a') %}{% endfor %}",
    "slow filters": "{% for i in range(99999) %}{{ i | number(2) }}{% endfor %}",
    "chained filters": "{% set ns = namespace(a=[1]) %}{% for i in range(90000) %}{% set ns.a = ns.a | map('string') %}"
    "{% endfor %}{{ ns.a | list | length }}",
    "filled batch": "{{ [1] | batch(10**9, 'x') | list }}",
    "many slices": "{{ [1] | slice(10**9) | list }}",
    "long rounding": "{{ 1.5 | round(10**8, 'ceil') }}",
    "many decimals": "{{ 1 | number(10**9) }}",
    "sum of lists": "{{ [[1], [2]] | sum(start=[]) }}",
    "deep brackets": "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "long sums": "{{ " + "+".join("1" * 3000) + " }}",
    "deep loops": "".join(f"{{% for a{i} in [1] %}}" for i in range(30)) + "{% endfor %}" * 30,
    "infinity": "{% set x = 1e308 %}{{ x * 10 }}",
}
ATTACKS = {**REACHES, **ENDLESS}


@pytest.mark.parametrize("name", ATTACKS)
def test_a_hostile_template_gets_a_named_error_soon(templates, name):
    """Python's internals, the disk, endless loops and all the memory are out of reach of a template."""
    value = Value("8,42", None, "text", "", Cell("a.csv", None, "B2"))
    context = {"x": "text", "v": value, "rows": [{"a": 1}], "language": "id"}
    with pytest.raises((SecurityError, LayoutError)) as caught:
        templates.render_text(ATTACKS[name], context)
    assert "_" not in type(caught.value).__name__
    assert len(str(caught.value)) < 300


def test_an_expression_of_a_campaign_is_held_to_the_same_limits(templates):
    """`evaluate` refuses what `render` refuses, also where the value would only be looked at later."""
    for source in ("{{ ''.__class__ }}", "{{ 'a' * 10**9 }}", "{{ range }}", "{{ x.__init__.__globals__ }}"):
        with pytest.raises((SecurityError, LayoutError)):
            templates.evaluate(source, {"x": "text", "language": "id"})


def test_templates_that_include_each_other_end(templates, tmp_path):
    """A circle of includes, and a tree of them that doubles at each turn, are both refused."""
    (tmp_path / "t" / "a.html").write_text("{% include 'b.html' %}")
    (tmp_path / "t" / "b.html").write_text("{% include 'a.html' %}")
    two = "{% include 'c.html' %}" * 2
    (tmp_path / "t" / "c.html").write_text("{% set n = (n or 0) + 1 %}{% if n < 60 %}" + two + "{% endif %}")
    for name, given in (("a.html", {}), ("c.html", {"n": 0})):
        with pytest.raises(SecurityError):
            templates.render(name, {"language": "id", **given})


def test_a_link_in_a_layout_does_not_lead_out_of_it(templates, tmp_path):
    """A template that is a link to a file elsewhere is not read."""
    (tmp_path / "secret.txt").write_text("rahasia")
    (tmp_path / "t" / "x.html").symlink_to(tmp_path / "secret.txt")
    with pytest.raises(SecurityError, match=r"'x\.html' lies outside of t/"):
        templates.render("x.html", {"language": "id"})


def test_a_template_file_has_a_limit(templates, tmp_path):
    """A template of some megabytes is refused before it is parsed."""
    (tmp_path / "t" / "x.html").write_text("x" * 1_000_001)
    with pytest.raises(DataError, match="too large"):
        templates.render("x.html", {"language": "id"})


# --- cells ------------------------------------------------------------------------------------------------------------

HOSTILE_CELLS = (
    "<script>alert(1)</script>",
    "<img src=file:///etc/passwd>",
    "{{ 7*7 }}",
    "{% for i in range(9) %}x{% endfor %}",
    "</section><section>",
    "&lt;b&gt; &amp;amp;",
    '"><svg onload=x>',
    "=HYPERLINK(1)",
)


@pytest.mark.parametrize("text", HOSTILE_CELLS)
def test_cell_text_is_shown_as_it_stands(new_campaign, text):
    """Markup and expressions in a cell are plain text on the page, in alt text and in the manifest."""
    cell = '"' + text.replace('"', '""') + '"'
    folder = new_campaign(
        ('slug = "{{ wilayah }}"', 'limit = 1\nslug = "satu"'),
        ('"Kemiskinan {{ wilayah }}"', '"{{ wilayah }}"'),
        ('source = "BPS {{ tahun }}"', 'source = "BPS, {{ wilayah }}"'),
        data=f"wilayah,tahun,persen\n{cell},2026,8.42\nSuluh,2026,9.10\n",
    )
    asset = make_first(Campaign.load(folder))
    assert len(asset.pages) == 1
    shown = [box.text for box in asset.boxes if box.tag in {"h1", "p"}]
    assert text in " ".join(shown).replace("\u00a0", " ")
    assert f"BPS, {text}" in " ".join(shown).replace("\u00a0", " ")
    assert asset.alt.startswith(text + ":")
    assert {box.tag for box in asset.boxes} <= {"div", "section", "h1", "p", "img", "data"}


class Made:
    def __init__(self, composition, boxes):
        self.pages, self.alt, self.boxes = composition.pages, composition.alt_text, boxes


def make_first(campaign):
    from assetgen.batch import plan, read_data

    job = plan(campaign, read_data(campaign)).jobs[0]
    layout = campaign.layouts[job.spec.layout]
    composition = Binder.of(layout, campaign.brands[job.brand]).bind(
        job.given.fields, job.placement, job.language, campaign.folder
    )
    with Painter() as painter:
        return Made(composition, painter.engine.measure(composition.pages[0]))


def test_control_characters_and_turned_text_become_spaces(new_layout):
    """A right-to-left override would show 1234 as 4321; it is not drawn, nor are NUL and other controls."""
    layout = Layout.load(new_layout())
    given = {"title": "a\x00b\x1b[31m \u202e4321\u202c \u2066x\u2069", "source": Value("\u202e99\x07", "\u202e99\x07")}
    html = pages(layout, given)[0].html
    assert not [sign for sign in html if sign < " " and sign != "\n"]
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") & set(html)
    assert "4321" in html and "99" in html


def test_a_cell_of_100_000_characters_is_too_long_for_its_field(new_layout):
    """A field has a limit even where the layout states none, and the error says both lengths."""
    layout = Layout.load(new_layout())
    with pytest.raises(FieldError, match="field 'title' is too long: 100,000 characters, at most 60"):
        pages(layout, {"title": "x" * 100_000})
    layout = Layout.load(new_layout(toml=LAYOUT_WITHOUT_LIMITS, name="bebas"))
    with pytest.raises(FieldError, match="field 'title' is too long: 100,000 characters, at most 5,000"):
        pages(layout, {"title": "<" * 100_000})


LAYOUT_WITHOUT_LIMITS = """\
title = "Bebas"
description = "Without limits."
shapes = ["square"]
[fields.title]
[fields.value]
type = "number"
[fields.source]
[fields.photo]
type = "image"
[labels.id]
source = "Sumber"
[alt]
id = "{{ title }}"
"""


@pytest.mark.parametrize("slug", ["../../x", "/etc/passwd", "..", "a/b/../../..", "con", "\x00", "C:\\x", "a" * 500])
def test_a_slug_is_one_folder_below_the_output(new_campaign, tmp_path, slug):
    """Whatever the data says, an asset lands in a folder of its own inside the output folder."""
    folder = new_campaign(
        ('["instagram/feed-square", "x/post"]', '["instagram/feed-square"]'),
        ('slug = "{{ wilayah }}"', "limit = 1\nslug = '{{ wilayah }}'"),
        ('"Kemiskinan {{ wilayah }}"', '"Kemiskinan"'),
        data=f"wilayah,tahun,persen\n{slug.replace(chr(0), 'nul')},2026,8.42\nSuluh,2026,9.10\n",
    )
    before = {path for path in tmp_path.rglob("*") if folder / "out" not in path.parents}
    report = build(Campaign.load(folder), folder / "out", BuildOptions(workers=1, draft=True))
    after = {path for path in tmp_path.rglob("*") if folder / "out" not in path.parents}
    assert after - before == {folder / "out"}
    assert len(report.entries) == 1
    assert (folder / "out" / report.entries[0].folder / "01.jpg").is_file()
    assert len(Path(report.entries[0].folder).parts) == 2


# --- paths ------------------------------------------------------------------------------------------------------------

OUTSIDE = (
    "../../etc/passwd",
    "/etc/passwd",
    "http://example.org/a.png",
    "https://example.org/a.png",
    "file:///etc/passwd",
    "ftp://x/a",
    "\\\\server\\share\\a.png",
    "//server/a.png",
    "a\x00.png",
    "link.png",
)


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_picture_lies_inside_the_campaign(new_layout, tmp_path, name):
    """Pictures outside, also through a link, and remote pictures are refused and never opened."""
    (tmp_path / "bilder").mkdir()
    Image.new("RGB", (9, 9)).save(tmp_path / "outside.png")
    (tmp_path / "bilder" / "link.png").symlink_to(tmp_path / "outside.png")
    layout = Layout.load(new_layout())
    with pytest.raises(FieldError, match=r"field 'photo': .*(outside|not fetched|NUL)") as caught:
        pages(layout, {"title": "A", "photo": name}, tmp_path / "bilder")
    assert "root:" not in str(caught.value)


def test_resolve_inside_allows_what_is_inside(tmp_path):
    """Names with folders and inner dots stay usable."""
    assert resolve_inside(tmp_path, "a/../b/c.png") == tmp_path.resolve() / "b/c.png"


@pytest.mark.parametrize("name", ["../luar.csv", "/etc/passwd", "http://example.org/a.csv", "data/link.csv"])
def test_data_lies_inside_the_campaign(new_campaign, tmp_path, name):
    """A data file elsewhere is refused when the campaign is loaded, with the line that names it."""
    (tmp_path / "luar.csv").write_text("a,b\n1,2\n")
    folder = new_campaign(('"data/angka.csv"', f'"{name}"'))
    (folder / "data" / "link.csv").symlink_to(tmp_path / "luar.csv")
    with pytest.raises(CampaignError, match=r"campaign\.toml:6: .*(outside|not fetched)"):
        Campaign.load(folder)


@pytest.mark.parametrize("key", ["brand", "layout"])
@pytest.mark.parametrize("way", ["../luar/kit", "absolute", "link"])
def test_kits_of_a_campaign_lie_inside_it(new_campaign, new_layout, new_brand, tmp_path, key, way):
    """A brand or layout elsewhere is refused, whether by dots, by an absolute path or by a link."""
    outside = tmp_path / "luar"
    kit = new_brand(name="kit", root=outside) if key == "brand" else new_layout(name="kit", root=outside)
    kinds = {"brand": "brand", "layout": "layouts"}
    name = {"../luar/kit": f"../luar/{kinds[key]}/kit", "absolute": str(kit), "link": "kit"}[way]
    old = 'brand = "lentera"' if key == "brand" else 'layout = "kartu"'
    folder = new_campaign((old, f'{key} = "{name}"'))
    (folder / kinds[key]).mkdir(exist_ok=True)
    (folder / kinds[key] / "kit").symlink_to(kit)
    with pytest.raises(CampaignError, match="outside of"):
        Campaign.load(folder)


def test_a_kit_may_be_named_by_its_path_inside_the_campaign(new_campaign, new_brand):
    """`brand = "merek/kota"` is a folder of the campaign."""
    folder = new_campaign(('brand = "lentera"', 'brand = "brand/kota"'))
    new_brand(name="kota", root=folder)
    assert Campaign.load(folder).brands["brand/kota"].slug == "kota"


@pytest.mark.parametrize("name", ["../../../etc/passwd", "/etc/passwd", "link.svg", "http://x/y.svg"])
def test_files_of_a_brand_lie_inside_it(new_brand, tmp_path, name):
    """A logo elsewhere is refused."""
    folder = new_brand(('file = "logos/', f'file = "{name}" # '))
    (tmp_path / "x.svg").write_text("<svg/>")
    (folder / "link.svg").symlink_to(tmp_path / "x.svg")
    with pytest.raises(BrandError, match=r"(outside|not fetched)"):
        Brand.load(folder)


@pytest.mark.parametrize("file", ["layout.html", "layout.css"])
def test_files_of_a_layout_lie_inside_it(new_layout, tmp_path, file):
    """A template or stylesheet that is a link to somewhere else is refused."""
    folder = new_layout()
    (tmp_path / "secret").write_text("rahasia")
    (folder / file).unlink()
    (folder / file).symlink_to(tmp_path / "secret")
    with pytest.raises(SecurityError, match=f"'{file}' lies outside"):
        Layout.load(folder)


def test_names_that_are_paths_find_no_kit_or_part():
    """A kit or part is a name; dots and slashes lead nowhere."""
    for name in ("../x", "..", "/etc", "_kit", ".git", "a\x00b"):
        with pytest.raises(AssetgenError):
            Brand.load(name)
        with pytest.raises(AssetgenError):
            Layout.load(name)
        with pytest.raises(AssetgenError):
            placement.load(name)
        with pytest.raises(AssetgenError):
            Painter(name)


# --- what a page may hold ---------------------------------------------------------------------------------------------

REFUSED_MARKUP = {
    "script": "<script>alert(1)</script>",
    "svg script": "<svg viewBox='0 0 1 1'><script>alert(1)</script></svg>",
    "iframe": "<iframe src='/etc/passwd'></iframe>",
    "object": "<object data='x'></object>",
    "embed": "<embed src='x'>",
    "form": "<form action='http://x'></form>",
    "link": "<link rel='stylesheet' href='http://x/y.css'>",
    "meta": "<meta http-equiv='refresh' content='0;url=http://x'>",
    "base": "<base href='http://x/'>",
    "video": "<video src='logo:mark'><source src='x'></video>",
    "poster": "<video src='logo:mark' poster='x'></video>",
    "onload": "<svg viewBox='0 0 1 1' onload='x()'></svg>",
    "onclick": "<p onclick='x()'>a</p>",
    "onerror": "<img src='logo:primary' onerror='x()'>",
    "svg image": "<svg viewBox='0 0 1 1'><image href='file:///etc/passwd'/></svg>",
    "svg use": "<svg viewBox='0 0 1 1'><use xlink:href='http://x/y.svg#a'/></svg>",
    "foreign object": "<svg viewBox='0 0 1 1'><foreignObject><p>a</p></foreignObject></svg>",
    "address": "<a href='javascript:x()'>a</a>",
    "srcset": "<img src='logo:primary' srcset='http://x/y.png 2x'>",
    "svg fill": "<svg viewBox='0 0 1 1'><rect fill='url(http://x/y.svg#a)'/></svg>",
}


@pytest.mark.parametrize("name", REFUSED_MARKUP)
def test_markup_that_runs_or_loads_is_refused(new_layout, name):
    """A template cannot bring scripts, frames, event handlers or references to the outside onto a page."""
    layout = Layout.load(new_layout(html=f"<section>{REFUSED_MARKUP[name]}</section>"))
    with pytest.raises(SecurityError, match=r"layout\.html: .* is not allowed"):
        pages(layout, {"title": "A"})


@pytest.mark.parametrize(
    "source", ["file:///etc/passwd", "/etc/passwd", "http://x/y.png", "logo:none", "data:image/png,"]
)
def test_img_names_a_picture_of_the_page(new_layout, source):
    """`<img src>` is looked up among fields, logos and drawings; nothing else is opened."""
    layout = Layout.load(new_layout(html=f"<section><img src='{source}'></section>"))
    with pytest.raises(LayoutError, match="names no picture"):
        pages(layout, {"title": "A"})


@pytest.mark.parametrize(
    "css", ["p { background: url(http://x/y.png) }", "p { background: url(/etc/passwd) }", "@import 'http://x/y.css';"]
)
def test_styles_name_no_files(new_layout, css):
    """`url()` and `@import` in a stylesheet are refused when the layout is loaded."""
    with pytest.raises(LayoutError, match=r"layout\.css:1: "):
        Layout.load(new_layout(css=css))


def test_styles_in_the_template_name_no_files(new_layout):
    """`style="background:url(…)"` is refused, written out or made by an expression; so is a <style> element."""
    with pytest.raises(LayoutError, match="url"):
        Layout.load(new_layout(html="<section style='background:url(/etc/passwd)'></section>", name="a"))
    with pytest.raises(LayoutError, match="<style>"):
        Layout.load(new_layout(html="<section><style>p{}</style></section>", name="b"))
    sly = "<section style=\"{{ 'background:url(/etc/passwd)' }}\"></section>"
    with pytest.raises((LayoutError, SecurityError), match=r"(url|CSS)"):
        pages(Layout.load(new_layout(html=sly, name="c")), {"title": "A"})


def test_a_vector_file_holds_nothing_that_runs(new_layout):
    """The SVG of an asset holds no script, handler, foreign object or outside reference, whatever its text says."""
    hostile = "<script>x</script> onload=x"
    asset = make(
        layout=new_layout(), data={"title": hostile}, brand="lentera", placement="instagram/feed-square", format="svg"
    )
    text = asset.files[0].data.decode().lower()
    assert "<script" not in text and "foreignobject" not in text and "onload" not in text
    assert "file:" not in text and 'href="http' not in text


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'


def encoded(text):
    return base64.b64encode(SVG.format(text).encode()).decode()


HOSTILE_LOGOS = {
    "script": SVG.format("<script>x</script>"),
    "handler": SVG.format('<rect onload="x()"/>'),
    "entity": '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + SVG.format("<text>&a;</text>"),
    "laughs": '<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>' + SVG.format("<text>&b;</text>"),
    "image": SVG.format('<image href="file:///etc/passwd"/>'),
    "use": SVG.format('<use href="http://x/y.svg#a"/>'),
    "script inside": SVG.format(f'<image href="data:image/svg+xml;base64,{encoded("<script/>")}"/>'),
    "damaged inside": SVG.format('<image href="data:image/svg+xml;base64,%%%"/>'),
    "deep": SVG.format("<g>" * 5000 + "</g>" * 5000),
    "not svg": "hello",
}


@pytest.mark.parametrize("name", HOSTILE_LOGOS)
def test_a_hostile_logo_is_refused(new_brand, new_layout, name):
    """Scripts, entities, deep nesting and outside references in a logo are errors before anything is drawn."""
    folder = new_brand()
    for file in (folder / "logos").glob("*.svg"):
        file.write_text(HOSTILE_LOGOS[name])
    with pytest.raises((SecurityError, PictureError, BrandError)):
        pages(Layout.load(new_layout()), {"title": "A"}, brand=folder)


# --- bombs ------------------------------------------------------------------------------------------------------------


def png_of(width, height):
    """Return a PNG whose header promises a size; its few bytes unpack to rows of zeros."""

    def chunk(kind, data):
        return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)

    header = width.to_bytes(4) + height.to_bytes(4) + bytes([8, 2, 0, 0, 0])
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(9999))) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("data", [png_of(60_000, 60_000), png_of(90_000_000, 1), b"\x89PNG\r\n\x1a\n", b"", b"GIF89a"])
def test_a_picture_that_is_a_bomb_or_damaged_gets_a_named_error(new_layout, tmp_path, data):
    """Pixels are limited by the header, before they are unpacked."""
    (tmp_path / "foto.png").write_bytes(data)
    given = {"title": "A", "photo": "foto.png"}
    layout = Layout.load(new_layout())
    composition = Binder.of(layout, Brand.load("lentera")).bind(given, SQUARE, "id", tmp_path)
    with Painter() as painter, pytest.raises(PictureError):
        painter.paint(composition)


def test_oversized_files_are_refused_before_they_are_read(new_layout, tmp_path):
    """A photo of 51 MB, settings of 1 MB and tokens of 2 MB are refused by their size alone."""
    for name, size in (("foto.png", 51_000_000), ("t.json", 2_000_001)):
        with (tmp_path / name).open("wb") as stream:
            stream.truncate(size)
    with pytest.raises(FieldError, match="too large"):
        pages(Layout.load(new_layout()), {"title": "A", "photo": "foto.png"}, tmp_path)
    (tmp_path / "layouts" / "kartu" / "layout.toml").write_text("#" * 1_000_001)
    with pytest.raises(DataError, match="too large"):
        Layout.load(tmp_path / "layouts" / "kartu")


def test_a_workbook_that_is_a_bomb_gets_a_named_error(tmp_path):
    """A workbook of a few kilobytes that unpacks to gigabytes is not unpacked."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as book, book.open("xl/worksheets/sheet1.xml", "w") as part:
        zeros = bytes(1_000_000)
        for _ in range(300):
            part.write(zeros)
    (tmp_path / "bom.xlsx").write_bytes(buffer.getvalue())
    with pytest.raises((SecurityError, DataError), match="unpacks to"):
        read_table(tmp_path / "bom.xlsx")


@pytest.mark.parametrize("opening", ["[", "{ a = ", "[[a."])
def test_settings_that_are_nested_too_deep_get_a_named_error(new_layout, opening):
    """TOML of thousands of brackets is an error of the file, not of Python."""
    folder = new_layout()
    (folder / "layout.toml").write_text("x = " + opening * 20_000)
    with pytest.raises(LayoutError, match=r"layout\.toml"):
        Layout.load(folder)


def test_design_tokens_that_are_nested_too_deep_get_a_named_error(new_brand):
    """So are tokens; so is an endless chain of aliases."""
    folder = new_brand(("[colors]", 'tokens_file = "t.json"\n[colors]'))
    (folder / "t.json").write_text('{"a":' * 20_000 + "1" + "}" * 20_000)
    with pytest.raises(BrandError):
        Brand.load(folder)
    chain = ",".join(f'"t{number}":{{"$value":"{{t{number + 1}}}","$type":"number"}}' for number in range(2000))
    (folder / "t.json").write_text("{" + chain + ',"t2000":{"$value":4,"$type":"number"}}')
    with pytest.raises(BrandError, match="its alias goes through more than 32 others"):
        Brand.load(folder)


# --- network ----------------------------------------------------------------------------------------------------------


def test_a_whole_build_opens_no_connection(new_campaign, monkeypatch):
    """With every way to a socket closed, a campaign is built as always."""

    def refuse(*_, **__):
        raise AssertionError("a connection was asked for")

    for name in ("socket", "create_connection", "getaddrinfo", "gethostbyname", "socketpair"):
        monkeypatch.setattr(socket, name, refuse)
    folder = new_campaign()
    report = build(Campaign.load(folder), folder / "out", BuildOptions(workers=1))
    assert len(report.entries) == 4
    assert not report.failures
