"""Every rule is silent on a good page and finds what is wrong with a bad one, in the right place."""

import re
import runpy
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from assetgen import parts, placement
from assetgen.bind import Binder
from assetgen.brand import Brand
from assetgen.check import Subject, check
from assetgen.encode import encode
from assetgen.layout import Layout
from assetgen.model import Rectangle, Severity
from assetgen.paint import Painter

ROOT = Path(__file__).parent.parent
TITLE = "Kemiskinan turun ke titik terendah"
LOGO = '<div class="logo" data-logo="primary"><img class="logo-plain" src="logo:primary" alt="Logo"></div>'
SOURCE = '<p class="source" data-source>Sumber: BPS, Maret 2026</p>'
GOOD_BODY = (
    f"{LOGO}<h1>{{{{ title }}}}</h1><p class='body'>Penduduk miskin <data value='8.42'>8,42 persen</data></p>{SOURCE}"
)
GOOD_STYLES = (
    ".page { position: relative; display: flex; flex-direction: column; gap: 60px }"
    " h1 { font-size: 80px; width: 700px } .body { font-size: 40px } .source { font-size: 28px }"
)
ALT = "{{ title }}: penduduk miskin berkurang, Maret 2026."


@cache
def painter():
    return Painter()


@cache
def brand(name="lentera"):
    return Brand.load(name)


class Bench:
    """Make throw-away layouts and paint them."""

    def __init__(self, folder):
        self.folder = folder

    def paint(self, body=GOOD_BODY, styles="", slot="instagram/feed-portrait", title=TITLE, settings="", **options):
        """Return a page with `body` in its section as a subject; `options` replace parts of the composition."""
        layout = Layout.load(self._write(body, GOOD_STYLES + styles, settings))
        kit = options.pop("brand", brand())
        given = {"title": title, **options.pop("given", {})}
        composition = Binder.of(layout, kit).bind(given, placement.load(slot), "id", self.folder)
        composition = replace(composition, **options)
        pages = painter().paint(composition)
        return Subject(composition, pages, encode([page.frame for page in pages], placement.load("instagram/carousel")))

    def _write(self, body, styles, settings):
        folder = self.folder / "sample"
        folder.mkdir(exist_ok=True)
        sections = body if "<section" in body else f'<section class="page">{body}</section>'
        (folder / "layout.html").write_text(sections, "utf-8")
        (folder / "layout.css").write_text(styles, "utf-8")
        (folder / "layout.toml").write_text(
            'title = "Sample"\ndescription = "A throw-away layout."\n'
            'shapes = ["square", "portrait", "story", "wide", "landscape"]\n'
            f'{settings}\n[fields.title]\n[fields.photo]\ntype = "image"\n[alt]\nid = "{ALT}"\n',
            "utf-8",
        )
        return folder


@pytest.fixture
def bench(tmp_path):
    return Bench(tmp_path)


def findings(rule, subject):
    return list(parts.load("rules", rule).check(subject))


def only(rule, subject, *words, severity=Severity.ERROR, page=1):
    """Return the one finding of a rule, after looking at its severity, page and the words that it must name."""
    found = findings(rule, subject)
    assert len(found) == 1, found
    finding = found[0]
    assert (finding.severity, finding.page) == (severity, page)
    assert finding.hint
    for word in words:
        assert word in finding.message
    return finding


def lies_on(area, box):
    assert area is not None
    assert area.overlap(box.rectangle)


def box_of(subject, name, page=0):
    return next(box for box in subject.pages[page].boxes if name in (box.tag, *box.attributes.get("class", "").split()))


def test_good_page_has_no_findings(bench):
    for slot in ("instagram/feed-portrait", "instagram/story", "x/post"):
        subject = bench.paint(slot=slot)
        subject = replace(subject, files=encode([page.frame for page in subject.pages], subject.composition.placement))
        assert check(subject) == ()


# --- check ------------------------------------------------------------------------------------------------------------


def test_brand_decides_how_bad_a_finding_is_and_which_rules_run(bench):
    tiny = {"body": f'{LOGO}<p style="font-size:20px">Terlalu kecil</p>{SOURCE}'}
    rules = {"legibility": "info"}
    found = check(bench.paint(**tiny, brand=_with_rules(rules)))
    assert [(one.rule, one.severity) for one in found] == [("legibility", Severity.INFO)]
    assert check(bench.paint(**tiny, brand=_with_rules({"legibility": "off"}))) == ()


def _with_rules(rules):
    kit = Brand.load("lentera")
    return kit.model_copy(update={"rules": rules})


def test_errors_come_first(bench):
    body = f'{LOGO}<p style="font-size:25px">Agak kecil</p><p style="font-size:20px">Terlalu kecil</p>{SOURCE}'
    severities = [one.severity for one in check(bench.paint(body))]
    assert severities == [Severity.ERROR, Severity.WARNING]


def test_parts_of_a_rule_keep_their_names(bench):
    subject = bench.paint()
    subject = replace(subject, files=(replace(subject.files[0], data=b"GIF89a"),))
    assert {one.rule.partition(".")[0] for one in check(subject)} == {"file"}


# --- overflow ---------------------------------------------------------------------------------------------------------


def test_overflow_finds_text_that_does_not_fit_at_its_floor(bench):
    styles = ".tight { width: 300px; height: 100px; font-size: 60px }"
    body = '<p class="tight" data-fit="50">Pertanggungjawaban anggaran daerah</p>'
    finding = only("overflow", bench.paint(body, styles), "Pertanggungjawaban", "p.tight", "50 px")
    assert finding.rectangle.as_list()[2] - finding.rectangle.as_list()[0] == 300


def test_overflow_accepts_text_that_shrinks_to_fit(bench):
    styles = ".tight { width: 600px; height: 140px; font-size: 60px }"
    body = '<p class="tight" data-fit="26">Pertanggungjawaban anggaran daerah</p>'
    assert findings("overflow", bench.paint(body, styles)) == []


def test_overflow_finds_words_that_an_ellipsis_took(bench):
    styles = ".cut { width: 300px; font-size: 40px; overflow: hidden; white-space: nowrap; text-overflow: ellipsis }"
    only("overflow", bench.paint('<p class="cut">Satu baris yang tidak muat</p>', styles), "Satu baris", "p.cut")


def test_overflow_finds_words_that_a_line_limit_took(bench):
    styles = ".cut { width: 300px; font-size: 40px; overflow: hidden; line-clamp: 2; text-overflow: ellipsis }"
    body = '<p class="cut">Dua baris saja yang boleh tampak, <b>selebihnya hilang dari kotak ini</b></p>'
    found = findings("overflow", bench.paint(body, styles))
    assert found
    assert {one.severity for one in found} == {Severity.ERROR}


def test_overflow_leaves_hidden_text_alone(bench):
    body = '<p>Tampak</p><div style="display:none"><p>Tidak tampak <b>sama sekali</b></p></div>'
    assert findings("overflow", bench.paint(body)) == []
    by_class = '<p>Tampak <span class="off">tidak <b>sama sekali</b></span></p>'
    assert findings("overflow", bench.paint(by_class, ".off { display: none }")) == []


@pytest.mark.parametrize(
    "styles",
    [
        ".card { height: 100px } .card p { font-size: 40px; width: 300px }",
        ".card { height: 100px; overflow: hidden } .card p { font-size: 40px; width: 300px }",
        ".card p { height: 100px; width: 300px; font-size: 40px }",
        ".card p { width: 200px; font-size: 60px; white-space: nowrap }",
    ],
)
def test_overflow_finds_text_that_leaves_its_box(bench, styles):
    body = '<div class="card"><p>Realisasi belanja kesehatan masih jauh dari target tahun ini</p></div>'
    subject = bench.paint(body, styles)
    lies_on(only("overflow", subject, "Realisasi").rectangle, box_of(subject, "p"))


def test_overflow_accepts_what_is_moved_out_of_its_parent_on_purpose(bench):
    styles = (
        ".bar { position: relative; width: 200px; height: 40px } .value { position: absolute; left: 220px; top: 0 }"
    )
    assert findings("overflow", bench.paint('<div class="bar"><p class="value">8,42</p></div>', styles)) == []


def test_overflow_finds_text_cut_by_an_element_that_clips(bench):
    styles = (
        ".bar { position: relative; width: 200px; height: 60px; overflow: hidden }"
        " .value { position: absolute; left: 120px; top: 0; white-space: nowrap }"
    )
    only(
        "overflow", bench.paint('<div class="bar"><p class="value">8,42 persen</p></div>', styles), "8,42 persen", "bar"
    )


@pytest.mark.parametrize("end", ["top", "bottom"])
def test_overflow_finds_text_cut_by_a_band_as_wide_as_the_page(bench, end):
    """A band of colour clips its text above as well as below; nothing else need be too small."""
    styles = (
        " .band { position: absolute; left: 0; top: 400px; width: 1080px; height: 100px; overflow: hidden }"
        f" .name {{ position: absolute; left: 80px; {end}: -30px; font-size: 50px; line-height: 1.2 }}"
    )
    only("overflow", bench.paint('<div class="band"><p class="name">Gunung</p></div>', styles), "Gunung", "band")


def test_overflow_finds_texts_that_lie_on_one_another(bench):
    styles = ".one, .two { position: absolute; left: 100px; top: 300px } .two { left: 200px; top: 310px }"
    subject = bench.paint('<p class="one">Pertama ada</p><p class="two">Kedua juga</p>', styles)
    finding = only("overflow", subject, "Pertama", "Kedua")
    lies_on(finding.rectangle, box_of(subject, "one"))
    lies_on(finding.rectangle, box_of(subject, "two"))


def test_overflow_accepts_figure_with_unit_and_decoration_under_text(bench):
    styles = (
        ".ghost, .two { position: absolute; left: 100px; top: 300px } .figure { font-size: 300px; height: 1em }"
        " .label { font-size: 40px }"
    )
    body = (
        '<p class="ghost" aria-hidden="true">2026</p><p class="two">Tahun ini</p>'
        "<p class='figure'>{{ 8.42 | figure('percent') }}</p><p class='label'>penduduk</p>"
    )
    assert findings("overflow", bench.paint(body, styles)) == []


# --- canvas and safe zone ---------------------------------------------------------------------------------------------


def test_outside_canvas_finds_text_logos_and_essentials_but_not_art(bench):
    styles = (
        ".page > * { position: absolute; left: 900px } .text { top: 100px; font-size: 40px; white-space: nowrap }"
        " .logo { top: 300px } .logo img { height: 80px } .code { top: 600px; width: 300px; height: 300px }"
        " .art { top: 900px; width: 400px; height: 300px }"
    )
    body = (
        '<p class="text">Keluar dari kanvas</p><div class="code" data-essential></div>'
        f'<img class="art" src="art:signature" alt="">{LOGO}'
    )
    subject = bench.paint(body, styles)
    found = findings("outside-canvas", subject)
    assert len(found) == 3
    assert all(one.severity == Severity.ERROR and one.rectangle.right > 1080 for one in found)
    assert "Keluar dari kanvas" in found[0].message


def test_safe_zone_finds_text_under_the_buttons_of_a_story(bench):
    styles = ".low { position: absolute; left: 200px; top: 1700px; font-size: 40px }"
    subject = bench.paint(f'{LOGO}<p class="low">Hubungi 112</p>', styles, slot="instagram/story")
    lies_on(only("safe-zone", subject, "Hubungi 112", "p.low").rectangle, box_of(subject, "low"))


def test_safe_zone_finds_what_a_badge_covers(bench):
    slot = next(one for one in placement.all() if one.covered and one.kind == "image" and one.safe is None)
    zone = slot.covered[0].rectangle
    scale = slot.size.width / 1080
    styles = f".low {{ position: absolute; left: {zone.left / scale}px; top: {zone.top / scale}px; font-size: 40px }}"
    only(
        "safe-zone",
        bench.paint('<p class="low">Tertutup</p>', styles, slot=slot.name),
        "Tertutup",
        slot.covered[0].name,
    )


def test_safe_zone_warns_of_headlines_that_every_crop_cuts(bench):
    wide = bench.paint(
        f"<h1>{TITLE}</h1>", "h1 { width: 920px; white-space: nowrap; font-size: 56px }", "instagram/feed-square"
    )
    only("safe-zone", wide, "Kemiskinan", severity=Severity.INFO)
    narrow = bench.paint(f"<h1>{TITLE}</h1>", "h1 { margin-left: 60px; width: 600px; }", "instagram/feed-square")
    assert findings("safe-zone", narrow) == []


# --- legibility and glyphs --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("size", "severity"), [(20, Severity.ERROR), (25, Severity.WARNING), (26, None)])
@pytest.mark.parametrize("slot", ["instagram/feed-portrait", "x/post"])
def test_legibility_counts_in_pixels_of_the_canvas(bench, size, severity, slot):
    subject = bench.paint('<p class="note">Catatan kaki</p>', f".note {{ font-size: {size}px }}", slot)
    if severity is None:
        assert findings("legibility", subject) == []
    else:
        finding = only("legibility", subject, "Catatan kaki", f"{size} px", severity=severity)
        lies_on(finding.rectangle, box_of(subject, "p"))


def test_missing_glyph_names_the_character(bench):
    subject = bench.paint("<p>Aksara ꘋ tidak ada</p><p>Biasa</p>")
    lies_on(only("missing-glyph", subject, "ꘋ", "U+A60B", "Aksara").rectangle, box_of(subject, "p"))


def test_missing_glyph_accepts_emoji_joiners_and_selectors(bench):
    assert findings("missing-glyph", bench.paint("<p>Halo 👨‍👩‍👧 👍🏽 🇮🇩 1️⃣ ❤️ km² “é”\u00a0−5\u00ad</p>")) == []


# --- logo -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("slot", ["instagram/feed-portrait", "x/post"])
def test_logo_keeps_its_least_width(bench, slot):
    subject = bench.paint(LOGO, ".logo img { height: 40px }", slot=slot)
    lies_on(only("logo", subject, "primary", "240 px").rectangle, box_of(subject, "img"))


def test_logo_keeps_its_proportions(bench):
    only("logo", bench.paint(LOGO, ".logo img { width: 400px; height: 76px }"), "primary")


def test_logo_keeps_its_clear_space(bench):
    near = f'<div class="row">{LOGO}<p class="near">Rubrik</p></div>'
    row = ".row { display: flex; flex-direction: row; align-items: center; gap: %dpx } .near { font-size: 40px }"
    finding = only("logo", bench.paint(near, row % 10), "Rubrik", "primary", severity=Severity.WARNING)
    assert finding.rectangle.left > 400
    assert findings("logo", bench.paint(near, row % 20)) == []


def test_logo_wants_room_from_pictures_beside_but_not_behind(bench):
    twice = f'<div class="row">{LOGO}<img class="mark" src="logo:mark" alt=""></div>'
    row = ".row { display: flex; flex-direction: row; gap: 4px } .mark { height: 70px }"
    only("logo", bench.paint(twice, row), "img.mark", severity=Severity.WARNING)
    behind = f'<img class="ground" src="art:pattern" alt="">{LOGO}'
    cover = (
        ".ground { position: absolute; left: 0; top: 0; width: 1080px; height: 1350px } .logo { position: relative }"
    )
    assert findings("logo", bench.paint(behind, cover)) == []


# --- the page of rules ------------------------------------------------------------------------------------------------


def test_every_rule_says_what_why_and_what_to_do():
    for name in parts.names("rules"):
        text = parts.load("rules", name).__doc__
        assert re.match(r"Report .+\.\n\n", text), name
        assert "\n\nWhy: " in text, name
        assert "\n\nWhat to do: " in text, name


def test_page_of_rules_is_up_to_date():
    """Run `python docs/make_rules.py` after a change of a rule's docstring."""
    page = runpy.run_path(str(ROOT / "docs" / "make_rules.py"))["page"]()
    assert (ROOT / "docs" / "rules.md").read_text("utf-8") == page


def test_rectangles_of_findings_lie_on_the_canvas(bench):
    subject = bench.paint('<p style="color:#eee2c8;font-size:20px">Pudar dan kecil</p>', slot="x/post")
    size = subject.pages[0].page.size
    canvas = Rectangle(0, 0, size.width, size.height)
    found = check(subject)
    assert {"contrast", "legibility", "source-line"} <= {one.rule for one in found}
    assert all(one.rectangle.outside(canvas) <= 4 for one in found if one.rectangle)
