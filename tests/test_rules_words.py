"""Words beside the picture, and files, are checked against what the placement takes and what the picture says."""

from dataclasses import replace

import pytest
from test_rules import LOGO, SOURCE, TITLE, Bench, brand, findings, only

from assetgen import placement
from assetgen.counting import count_text as length
from assetgen.encode import encode
from assetgen.model import Severity

HERO = f"<p class='figure'>{{{{ 1234567.5 | figure('number') }}}}</p>{SOURCE}"


@pytest.fixture
def bench(tmp_path):
    return Bench(tmp_path)


# --- source and required elements -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        f"{LOGO}<p>Sumber: BPS</p>",
        f"{LOGO}<p data-source>Sumber: </p>",
        f'{LOGO}<div style="display:none"><p data-source>Sumber: BPS</p></div>',
    ],
)
def test_source_line_is_missed_when_it_is_not_there_empty_or_hidden(bench, body):
    only("source-line", bench.paint(body), "source")


def test_source_line_on_one_page_is_enough(bench):
    pages = f'<section class="page">{LOGO}</section><section class="page"><p data-source>BPS, Maret 2026</p></section>'
    assert findings("source-line", bench.paint(pages)) == []


def test_source_line_is_not_asked_of_layouts_without_figures(bench):
    assert findings("source-line", bench.paint(LOGO, settings="requires_source = false")) == []


def test_logo_that_the_brand_requires_is_missed(bench):
    hidden = SOURCE + LOGO.replace('class="logo"', 'class="logo" style="display:none"')
    only("source-line", bench.paint(SOURCE), "logo", "lentera")
    only("source-line", bench.paint(hidden), "logo")


@pytest.mark.parametrize(
    ("name", "shown"), [("handle", "@pemprov.nusalentera"), ("website", "nusalentera.go.id"), ("hotline", "000-100")]
)
def test_elements_that_the_brand_requires_are_found_by_mark_or_text(bench, name, shown):
    kit = brand()
    kit = kit.model_copy(update={"required": kit.required.model_copy(update={"elements": (name,)})})
    only("source-line", bench.paint(SOURCE, brand=kit), name)
    assert findings("source-line", bench.paint(f"{SOURCE}<p>{shown}</p>", brand=kit)) == []
    assert findings("source-line", bench.paint(f"{SOURCE}<p data-{name}>Lain</p>", brand=kit)) == []


# --- alt text ---------------------------------------------------------------------------------------------------------

GOOD = "Penduduk miskin 1.234.567,5 jiwa pada Maret 2026, terendah sejak 1996."


def test_good_alt_text_passes(bench):
    assert findings("alt-text", bench.paint(HERO, alt_text=GOOD)) == []


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "no alt text"),
        ("Terlalu pendek", "Terlalu pendek"),
        (GOOD + " Lagi" * 300, "1,000"),
        ("Gambar " + GOOD, "Gambar"),
        ("Image of " + GOOD, "Image of"),
        ("Foto: " + GOOD, "Foto"),
        (GOOD + " <b>Sumber</b>", "<b>"),
        (GOOD + " &amp;", "&amp;"),
        (GOOD + " None", "None"),
        (GOOD + " {{ source }}", "{{"),
        (GOOD.replace("7,5", "8,5"), "12345675"),
    ],
)
def test_alt_text_that_says_nothing_or_the_wrong_thing_is_found(bench, text, word):
    body = HERO if "miskin" in text else SOURCE
    only("alt-text", bench.paint(body, alt_text=text), word, page=None)


@pytest.mark.parametrize("text", [GOOD + " None of it is lost.", "Fotosintesis: " + GOOD, GOOD + " Naik < 5 dan > 2."])
def test_alt_text_is_not_blamed_for_words_that_look_similar(bench, text):
    assert findings("alt-text", bench.paint(HERO, alt_text=text)) == []


def test_alt_text_keeps_to_the_limit_of_the_placement(bench):
    slot = next(
        one for one in placement.all() if one.text.alt_text and one.text.alt_text < 1000 and one.kind == "image"
    )
    long = GOOD + " x" * (slot.text.alt_text // 2)
    only("alt-text", bench.paint(HERO, slot=slot.name, alt_text=long), f"{slot.text.alt_text:,}", page=None)


def test_alt_text_names_the_figures_of_every_page(bench):
    pages = "".join(f"<section class='page'><p class='figure'>{{{{ {n} | figure }}}}</p></section>" for n in (12, 345))
    text = "Ada 12 puskesmas baru di kota ini tahun ini."
    only("alt-text", bench.paint(pages, alt_text=text), "345", page=None)
    assert findings("alt-text", bench.paint(pages, alt_text=text + " Dan 345 posyandu.")) == []


# --- caption ----------------------------------------------------------------------------------------------------------


def test_caption_is_held_against_the_limit_with_its_hashtags(bench):
    words, tag = "a" * 2192, "#Sagara"
    only("caption", bench.paint(caption=words, hashtags=(tag,)), "2,201", "2,200", page=None)
    assert findings("caption", bench.paint(caption=words[1:], hashtags=(tag,))) == []


def test_caption_on_x_is_weighed(bench):
    only("caption", bench.paint(slot="x/post", caption="漢" * 141), "282", "280", page=None)
    assert findings("caption", bench.paint(slot="x/post", caption="漢" * 140)) == []
    address = "https://nusalentera.go.id/" + "a" * 300
    assert findings("caption", bench.paint(slot="x/post", caption=f"Lihat {address}")) == []


def test_hashtags_are_counted(bench):
    tags = tuple(f"#Satu{place}" for place in range(6))
    only("caption", bench.paint(hashtags=tags), "6 hashtags", page=None)
    only("caption", bench.paint(hashtags=tags, slot="x/post"), "6 hashtags", severity=Severity.WARNING, page=None)
    assert findings("caption", bench.paint(hashtags=tags[:5])) == []


@pytest.mark.parametrize(
    ("unit", "text", "wanted"),
    [
        ("characters", "Añ 👍🏽", 5),
        ("utf-16", "a👍🏽", 5),
        ("graphemes", "ké👍🏽👨‍👩‍👧🇮🇩🇲🇾\r\n", 7),
        ("emoji-bytes", "ab👍", 6),
        ("urls-23", "Baca https://contoh.go.id/halaman-yang-panjang-sekali-namanya", 28),
        ("weighted", "Halo “dunia” …", 15),
        ("weighted", "👨‍👩‍👧🇮🇩1️⃣漢", 8),
        ("weighted", "Baca https://a.id", 28),
    ],
)
def test_lengths_are_those_of_the_platforms(unit, text, wanted):
    assert length(text, unit) == wanted


# --- files ------------------------------------------------------------------------------------------------------------


def test_files_are_inspected(bench):
    subject = bench.paint()
    files = tuple(replace(file, data=file.data[:40]) for file in subject.files)
    found = findings("file", replace(subject, files=files))
    assert [one.severity for one in found] == [Severity.ERROR]
    assert found[0].rule.startswith("file.")
    assert "01.jpg" in found[0].message


def test_pages_are_counted(bench):
    """Too many tell how many posts they make and which placements take more; too few which takes a single one."""
    pages = f'<section class="page"><h1>{TITLE}</h1></section>' * 2
    only("slide-count", bench.paint(pages), "2 pages", "instagram/feed-portrait takes 1", page=None)
    as_set = "carousel = true"
    assert findings("slide-count", bench.paint(pages, slot="instagram/carousel", settings=as_set)) == []
    few = bench.paint(slot="instagram/carousel", settings=as_set)
    assert "instagram/feed-portrait" in only("slide-count", few, "one page", "takes 2 to 10", page=None).hint
    many = bench.paint(
        f'<section class="page"><h1>{TITLE}</h1></section>' * 12, slot="instagram/carousel", settings=as_set
    )
    assert "threads/carousel (up to 20)" in only("slide-count", many, "12 pages", page=None).hint
    assert findings("slide-count", bench.paint(pages * 6, slot="linkedin/document", settings=as_set)) == []


def test_the_first_page_of_a_set_works_alone(bench):
    """It has a headline, large enough for the profile grid and inside its crop; other pages and stills need none."""
    page = f'<section class="page"><h1 style="font-size:{{}}px;{{}}">{TITLE}</h1></section>'
    other = '<section class="page"><p>Rincian</p></section>'
    as_set = {"slot": "instagram/carousel", "settings": "carousel = true"}
    assert findings("first-slide", bench.paint(page.format(64, "") + other, **as_set)) == []
    only("first-slide", bench.paint(page.format(48, "") + other, **as_set), "48 px", severity=Severity.WARNING)
    only("first-slide", bench.paint(other + page.format(90, ""), **as_set), "no headline", severity=Severity.WARNING)
    assert findings("first-slide", bench.paint(page.format(48, ""))) == []
    wide = "margin:0 -72px;white-space:nowrap"
    cut = bench.paint(page.format(64, wide) + other, **as_set)
    only("safe-zone", cut, "profile grid", severity=Severity.INFO)
    assert findings("safe-zone", bench.paint(page.format(64, "") + page.format(64, wide), **as_set)) == []


def test_files_that_fit_pass(bench):
    for slot in ("instagram/feed-portrait", "x/post"):
        subject = bench.paint(slot=slot)
        made = encode([page.frame for page in subject.pages], subject.composition.placement)
        assert findings("file", replace(subject, files=made)) == []
