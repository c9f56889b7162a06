"""Pages in Arabic are mirrored, and what is written from left to right in them stays in order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from assetgen import parts, placement
from assetgen.bind import Binder
from assetgen.brand import Brand
from assetgen.campaign import Campaign
from assetgen.engines._directions import CLOSE, OPEN, in_reading_order, isolated, without_marks
from assetgen.errors import AssetgenError, LayoutError
from assetgen.filters import icon
from assetgen.layout import Layout
from assetgen.mirroring import mirrored, mirrored_drawing, mirrored_style
from assetgen.paint import Painter
from assetgen.studio import Studio, Wish
from assetgen.template import FilterKit

ARABIC = ("announcement", "hoax-check", "service-steps")
PLACES = (
    "instagram/feed-square",
    "instagram/feed-portrait",
    "instagram/story",
    "tiktok/photo",
    "x/post",
    "facebook/link",
)
LONGEST = "Kabupaten Kepulauan Siau Tagulandang Biaro"
PROGRAMME = "Penyelenggaraan Jaminan Kesehatan Nasional–Kartu Indonesia Sehat"


def marked(text: str) -> str:
    """Return a text of a page from right to left with ⟦ and ⟧ where the engine is told to keep the order."""
    page = isolated(f'<div dir="rtl"><p>{text}</p></div>')
    return LexborHTMLParser(page).css_first("p").text().replace(OPEN, "⟦").replace(CLOSE, "⟧")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("هاتف +62 21 500-567 الآن", "هاتف ⟦+62 21 500-567⟧ الآن"),
        ("هاتف (021) 500-567، والبريد halo@kemkes.go.id.", "هاتف ⟦(021) 500-567⟧، والبريد ⟦halo@kemkes.go.id⟧."),
        ("حساب @kemenkes_ri", "حساب ⟦@kemenkes_ri⟧"),
        ("بلغت 12,5% من المبلغ Rp1,2 triliun.", "بلغت ⟦12,5%⟧ من المبلغ ⟦Rp1,2 triliun⟧."),
        ("اتصل بـ 112 أو 119", "اتصل بـ ⟦112⟧ أو ⟦119⟧"),
        ("(kemkes.go.id/haji)", "(⟦kemkes.go.id/haji⟧)"),
        ("من 08:00–12:00 WIB", "من ⟦08:00–12:00 WIB⟧"),
        ("الأحد 08.00\u2060–\u206012.00 WITA، الاثنين", "الأحد ⟦08.00\u2060–\u206012.00 WITA⟧، الاثنين"),
        ("2018–2026", "⟦2018–2026⟧"),
        ("BPJS–KIS", "⟦BPJS⟧–⟦KIS⟧"),
        ("SP4N-LAPOR! lapor.go.id", "⟦SP4N-LAPOR! lapor.go.id⟧"),
        ("تغيّر −3,5%", "تغيّر ⟦−3,5%⟧"),
        ("نص عربي فقط، بلا أرقام.", "نص عربي فقط، بلا أرقام."),
    ],
)
def test_numbers_handles_and_addresses_keep_their_order(text, shown):
    """A telephone number that is turned round is a wrong number."""
    assert marked(text) == shown


def test_a_fact_keeps_its_parts_together():
    """Its affix, number and unit are elements of their own, and one isolate holds them all."""
    page = isolated('<div dir="rtl"><p>هاتف <data value="1"><i>Rp</i>1,2 <i>triliun</i></data></p></div>')
    assert page.count(OPEN) == page.count(CLOSE) == 1
    assert f"<i>{OPEN}Rp</i>1,2 <i>triliun{CLOSE}</i>" in page


def test_a_page_from_left_to_right_is_left_alone():
    """Not one character of its markup is changed."""
    page = '<div dir="ltr"><p>112 &amp; نص 12,5%</p></div>'
    assert isolated(page) == page


@given(st.text("ابج 12,.%@+-()Rpaz–«»!/:", max_size=60))
def test_marks_come_in_pairs_and_change_no_text(text):
    """Whatever stands on the page, it reads the same without the marks."""
    escaped = text.replace("&", "&amp;")
    found = LexborHTMLParser(isolated(f'<div dir="rtl"><p>x{escaped}ا</p></div>')).css_first("p").text()
    assert without_marks(found) == f"x{text}ا"
    depth = 0
    for one in found:
        depth += (one == OPEN) - (one == CLOSE)
        assert depth in (0, 1)
    assert depth == 0


def test_lines_are_read_from_the_right():
    """The engine tells runs from left to right; a span of hours reads 08:00 first, a Latin name in its own order."""
    texts = ["12:00 ", "WIB", CLOSE + "–" + OPEN, "08:00", CLOSE, "من", "Siau", " ", "Biaro", OPEN + " ", "في"]
    places = [0, 10, 20, 30, 40, 50, 0, 10, 20, 30, 40]
    lines = [0] * 6 + [50] * 5
    runs = [
        {"text": text, "x": x, "y": y, "width": 9, "height": 20}
        for text, x, y in zip(texts, places, lines, strict=True)
    ]
    read = "|".join(run["text"] for run in in_reading_order(runs, from_right=True) if run["text"].strip())
    assert read == "من|08:00|–|12:00 |WIB|في|Siau|Biaro"


@pytest.mark.parametrize(
    ("given", "turned"),
    [
        ("left: 0; margin-right: 8px", "right: 0; margin-left: 8px;"),
        ("padding: 1px 2px 3px 4px", "padding: 1px 4px 3px 2px;"),
        ("padding: 1px 2px", "padding: 1px 2px;"),
        ("border-radius: 1px 2px 3px 4px", "border-radius: 2px 1px 4px 3px;"),
        ("border-radius: 1px 2px", "border-radius: 2px 1px 2px 1px;"),
        ("border-radius: 1px 2px 3px", "border-radius: 2px 1px 2px 3px;"),
        ("border-top-left-radius: 9px", "border-top-right-radius: 9px;"),
        ("text-align: right !important", "text-align: left !important;"),
        (
            "transform: rotate(-6deg) translate(8px, 2px) scaleX(0.4)",
            "transform: rotate(6deg) translate(-8px, 2px) scaleX(0.4);",
        ),
        ("transform-origin: right center", "transform-origin: left center;"),
        ("background-position: 20% 10%", "background-position: 80% 10%;"),
        ("background: linear-gradient(90deg, red, blue)", "background: linear-gradient(-90deg, red, blue);"),
        ("background: linear-gradient(to left, red, blue)", "background: linear-gradient(to right, red, blue);"),
        (
            "background: radial-gradient(circle at 20% 0, red, blue)",
            "background: radial-gradient(circle at 80% 0, red, blue);",
        ),
        ("box-shadow: 4px 8px 0 red, -2px 0 blue", "box-shadow: -4px 8px 0 red,2px 0 blue;"),
        ("clip-path: polygon(0 0, 100% 0, 80% 100%)", "clip-path: polygon(100% 0, 0% 0, 20% 100%);"),
        ("width: calc(100% + var(--inset-left))", "width: calc(100% + var(--inset-right));"),
        ("letter-spacing: 0.02em; font-style: italic", "letter-spacing: 0; font-style: normal;"),
        ("color: red; flex-direction: row", "color: red; flex-direction: row;"),
    ],
)
def test_what_names_a_side_is_turned(given, turned):
    """The engine turns flex rows, grids and `start` by itself; these it does not."""
    assert mirrored_style(given) == turned


def test_the_platform_stays_where_it_is():
    """What an app draws at the right edge is there in every language."""
    rule = "padding: var(--inset-top) var(--inset-right) var(--inset-bottom) var(--inset-left);"
    assert mirrored_style(rule) == rule


def test_rules_inside_rules_are_turned():
    """In `@media`, `@keyframes` and nested rules."""
    css = "@media (min-width: 3px) { .a { left: 0; } } @keyframes in { from { translate: 10px 0 } }"
    css += ".b { & p { right: 1px } }"
    assert mirrored(css).split("\n") == [
        "@media (min-width: 3px) {.a {right: 0;}}",
        "@keyframes in {from {translate: -10px 0;}}",
        ".b {& p {left: 1px;}}",
    ]


def test_drawings_are_turned_about_their_middle():
    """Also one whose coordinates do not begin at 0; one without a view box stays."""
    turned = mirrored_drawing(b'<svg viewBox="10 0 100 50"><path d="M0 0"/></svg>')
    assert turned == b'<svg viewBox="10 0 100 50"><g transform="matrix(-1 0 0 1 120 0)"><path d="M0 0"/></g></svg>'
    assert mirrored_drawing(b"<svg><path/></svg>") == b"<svg><path/></svg>"


def test_icons_that_point_are_turned_and_others_are_not():
    """An arrow shows the way of reading; a tick, a telephone and a logo are what they are."""
    kits = {language: FilterKit(language, Brand.load("lentera").look) for language in ("id", "ar")}
    for name, turns in (("arrow-right", True), ("chevron-left", True), ("check", False), ("phone", False)):
        assert (icon.apply(name, kits["id"]) != icon.apply(name, kits["ar"])) is turns, name


@pytest.fixture(scope="module")
def studio():
    with Studio() as one:
        yield one


@pytest.mark.parametrize("name", ARABIC)
def test_arabic_examples_have_no_errors(name, studio):
    """In every brand and shape: nothing overflows, nothing is missing, numbers and dates read back."""
    layout = Layout.load(name)
    for brand in map(Brand.load, parts.kit_names("brand")):
        for place in PLACES:
            wish = Wish(layout.example()["ar"], placement.load(place), "ar", folder=layout.folder)
            made = studio.make(layout, brand, wish)
            errors = [f"{one.rule}: {one.message}" for one in made.findings if one.severity == "error"]
            assert not errors, (brand.slug, place, errors)


def test_a_page_is_the_mirror_image_of_its_other_language():
    """The logo stands right, the rubric and the account left; digits still read from left to right."""
    layout, brand = Layout.load("announcement"), Brand.load("lentera")
    with Painter() as painter:
        found = {}
        for language in ("id", "ar"):
            page = Binder.of(layout, brand).bind(
                layout.example()[language], placement.load("x/post"), language, layout.folder
            )
            boxes = painter.measure(page)[0].boxes
            found[language] = {box.attributes.get("class"): box.rectangle for box in boxes}
    middle = placement.load("x/post").size.width / 2
    for name, at_left in (("logo", True), ("rubric", False), ("date", True), ("words", False), ("handle", False)):
        for language in ("id", "ar"):
            area = found[language][name]
            centre = (area.left + area.right) / 2
            assert (centre < middle) is (at_left is (language == "id")), (name, language)


@pytest.mark.parametrize(
    "text", [LONGEST, PROGRAMME, f"برنامج {PROGRAMME} في {LONGEST}، Rp1,2 triliun عبر @pemkab.sitaro أو 112"]
)
def test_the_longest_names_fit_between_arabic_words(text, studio):
    """Names that cannot be translated, an amount, an account and a telephone number in one text."""
    layout = Layout.load("announcement")
    given = {**layout.example()["ar"], "title": "فحص صحي مجاني", "lead": text[:110], "place": LONGEST}
    for place in PLACES:
        wish = Wish(given, placement.load(place), "ar", folder=layout.folder)
        made = studio.make(layout, Brand.load("sagara"), wish)
        errors = [f"{one.rule}: {one.message}" for one in made.findings if one.severity == "error"]
        errors = [one for one in errors if not one.startswith(("number-format", "caption"))]
        assert not errors, (place, errors)


def test_a_wrong_month_in_arabic_is_seen():
    """Dates are read back in Arabic, too: April is not May."""
    from assetgen.shown import disagreement

    assert not disagreement("17 أبريل 2027", "2027-04-17", "date", "ar")
    assert disagreement("17 مايو 2027", "2027-04-17", "date", "ar")
    assert not disagreement("السبت، 17 أبريل 2027", "2027-04-17", "date", "ar")
    assert disagreement("الأحد، 17 أبريل 2027", "2027-04-17", "date", "ar")


def test_a_layout_without_words_in_a_language_says_so(tmp_path):
    """Binding refuses, and a campaign is told before anything is made, with what to add."""
    layout, brand = Layout.load("table"), Brand.load("lentera")
    with pytest.raises(LayoutError, match="no words in the language 'ar'") as caught:
        Binder.of(layout, brand).bind(layout.example()["id"], placement.load("x/post"), "ar", layout.folder)
    assert "labels.ar" in caught.value.problems[0].hint
    assert "id, en" in caught.value.problems[0].hint
    (tmp_path / "campaign.toml").write_text(
        'name = "a"\nbrand = "lentera"\nlanguages = ["id", "ar"]\nplacements = ["x/post"]\n'
        '[[make]]\nlayout = "quote"\nfields = { quote = "a" }\n',
        "utf-8",
    )
    with pytest.raises(AssetgenError) as caught:
        Campaign.load(tmp_path / "campaign.toml")
    problem = next(one for one in caught.value.problems if "'ar'" in one.message)
    assert problem.place.line == 3
