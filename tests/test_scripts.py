"""Scripts of Indonesia, Arabic and emoji are shaped: letters join, syllables stack, joined emoji are one picture."""

from __future__ import annotations

import shutil
from dataclasses import replace
from itertools import pairwise

import pytest

from assetgen import parts, placement
from assetgen.brand import Brand
from assetgen.campaign import Campaign
from assetgen.engines import chromium, takumi
from assetgen.errors import AssetgenError, LayoutError
from assetgen.layout import Layout
from assetgen.model import Page, Size
from assetgen.studio import Studio, Wish

LENTERA = Brand.load("lentera")
PLACES = (
    "instagram/feed-square",
    "instagram/feed-portrait",
    "instagram/story",
    "tiktok/photo",
    "x/post",
    "facebook/link",
)
GREETINGS = {
    "Javanese": ("Sugeng Riyadi", "ꦱꦸꦒꦼꦁ\u200bꦫꦶꦪꦢꦶ"),
    "Sundanese": ("Wilujeng Boboran Siyam", "ᮝᮤᮜᮥᮏᮨᮀ ᮘᮧᮘᮧᮛᮔ᮪ ᮞᮤᮚᮙ᮪"),
    "Balinese": ("Rahajeng Rahina Nyepi", "ᬭᬳᬚᭂᬂ\u200bᬭᬳᬶᬦ\u200bᬜᭂᬧᬶ"),
    "Arabic": ("Selamat Idulfitri", "عيد مبارك"),
}


def page_of(*texts: str) -> Page:
    """Return a page with each text on a line of its own."""
    lines = "".join(f'<p class="line" data-n="{number}">{text}</p>' for number, text in enumerate(texts, 2))
    html = f'<div class="canvas" lang="id" dir="ltr" data-n="0"><section data-n="1">{lines}</section></div>'
    styles = LENTERA.stylesheet + (
        ".canvas section { width: 1080px; display: flex; flex-direction: column; align-items: flex-start }"
        ".line { font-family: var(--font-script); font-size: 100px; line-height: 2; margin: 0 }"
    )
    return Page(html, (styles,), Size(1080, 1080), LENTERA.fonts_for(html), "id", {}, {})


@pytest.fixture(scope="module")
def engine():
    one = takumi.open_engine()
    yield one
    one.close()


def widths(engine, *texts: str) -> list[float]:
    """Return how wide each text is, in pixels at 100 px."""
    boxes = {box.element: box for box in engine.measure(page_of(*texts))}
    return [boxes[number].rectangle.width for number in range(2, 2 + len(texts))]


@pytest.mark.parametrize(
    ("stacked", "apart"),
    [
        ("ꦠ꧀ꦢ", "ꦠꦢ"),  # pasangan: the second letter hangs below the first
        ("ꦏꦿ", "ꦏꦫ"),  # cakra goes round its letter
        ("ᬓ᭄ᬓ", "ᬓᬓ"),  # gantungan
        ("ᬱ᭄ᬝ", "ᬱᬝ"),
        ("لا", "ل ا"),  # lam and alif are one ligature
        ("بيت", "ب ي ت"),
    ],
)
def test_syllables_stack_and_letters_join(engine, stacked, apart):
    """What stacks is narrower than its letters side by side."""
    narrow, wide = widths(engine, stacked, apart)
    assert 0 < narrow < 0.95 * wide


@pytest.mark.parametrize(
    ("with_sign", "letter"), [("ꦱꦸ", "ꦱ"), ("ꦒꦶ", "ꦒ"), ("ᬭᬶ", "ᬭ"), ("ᬚᭂᬂ", "ᬚ"), ("ᮜᮥ", "ᮜ"), ("مّ", "م")]
)
def test_signs_above_and_below_take_no_width(engine, with_sign, letter):
    """Vowels over or under their letter do not push the next one away."""
    marked, plain = widths(engine, with_sign, letter)
    assert marked == pytest.approx(plain, rel=0.12)


@pytest.mark.parametrize(
    ("name", "emoji"),
    [
        ("flag of Indonesia", "🇮🇩"),
        ("flag of Palestine", "🇵🇸"),
        ("skin tone", "👋🏽"),
        ("doctor", "👩🏽‍⚕️"),
        ("family", "👨‍👩‍👧‍👦"),
        ("heart", "❤️"),
        ("keycap", "1️⃣"),
        ("rainbow flag", "🏳️‍🌈"),
    ],
)
def test_emoji_of_several_characters_are_one_picture(engine, name, emoji):
    """They are as wide as a single one."""
    one, joined = widths(engine, "😀", emoji)
    assert joined == pytest.approx(one, rel=0.02), name


def test_texts_are_as_wide_as_in_chromium(engine):
    """Both shape by the fonts' own tables."""
    pytest.importorskip("playwright", reason="Playwright is not installed")
    if not any(map(shutil.which, chromium.PROGRAMS)):
        pytest.skip("Chromium is not installed (apt-get install chromium)")
    texts = [word for _, text in GREETINGS.values() for word in text.replace("\u200b", "").split(" ")]
    texts += ["ꦥꦿꦺꦱꦶꦣꦺꦤ꧀", "ꦏꦽꦠ", "ᬲᬸᬓ᭄ᬱ᭄ᬫ", "ᬓᬺᬱ᭄ᬡ", "لحجّاج", "ﷺ", "🇮🇩"]
    reference = chromium.open_engine()
    try:
        ours, theirs = widths(engine, *texts), widths(reference, *texts)
    finally:
        reference.close()
    assert ours == pytest.approx(theirs, abs=2)


def test_lines_break_between_words_of_a_script(engine):
    """At a zero-width space, which takes no room itself; what is kept whole in an element is not parted."""
    words = ("ꦱꦸꦒꦼꦁ", "ꦮꦂꦱ", "ꦲꦼꦁꦒꦭ꧀")
    spans = "\u200b".join(
        f'<span style="white-space:nowrap" data-n="{n}">{one}</span>' for n, one in enumerate(words, 9)
    )
    page = page_of(spans)
    page = replace(page, stylesheets=(*page.stylesheets, ".line { width: 560px }"))
    runs = [run for box in engine.measure(page) for run in box.runs if run.text.strip("\u200b ")]
    rows = {round(run.rectangle.bottom) for run in runs}
    assert len(rows) == 2
    for box in engine.measure(page):
        assert len({round(run.rectangle.bottom) for run in box.runs if run.text.strip("\u200b ")}) <= 1, box.text
    joined, parted = widths(engine, "".join(words), "\u200b".join(words))
    assert joined == pytest.approx(parted, abs=1)


@pytest.fixture(scope="module")
def studio():
    with Studio() as one:
        yield one


def errors_of(made) -> list[str]:
    """Return the errors of an asset."""
    return [f"{one.rule}: {one.message}" for one in made.findings if one.severity == "error"]


@pytest.mark.parametrize(("title", "script"), GREETINGS.values(), ids=GREETINGS)
def test_greetings_are_ready_in_every_script(title, script, studio):
    """In each shape and brand, nothing cut off and no letter missing."""
    layout = Layout.load("greeting")
    given = {**layout.example()["id"], "title": title, "script": script, "ornament": "star"}
    for brand in map(Brand.load, parts.kit_names("brand")):
        for place in PLACES:
            made = studio.make(layout, brand, Wish(given, placement.load(place), folder=layout.folder))
            assert not errors_of(made), (brand.slug, place, errors_of(made))


def test_a_letter_of_a_script_that_no_font_has_is_an_error(studio):
    """Buginese has no font here; Javanese beside it has one, and is not named."""
    layout = Layout.load("greeting")
    given = {**layout.example()["id"], "title": "ᨕᨙᨒ ꦱꦸꦒꦼꦁ"}
    made = studio.make(layout, LENTERA, Wish(given, placement.load("x/post"), folder=layout.folder))
    found = [one for one in made.findings if one.rule == "missing-glyph"]
    assert found
    assert found[0].severity == "error"
    assert "BUGINESE" in found[0].message
    assert "JAVANESE" not in found[0].message


def test_ornaments_differ(studio):
    """Each choice is a drawing of its own."""
    layout = Layout.load("greeting")
    frames = set()
    for ornament in layout.fields["ornament"].choices:
        given = {**layout.example()["id"], "ornament": ornament}
        made = studio.make(layout, LENTERA, Wish(given, placement.load("x/post"), folder=layout.folder))
        frames.add(made.frames[0].pixels)
    assert len(frames) == 4


def test_a_condolence_has_no_colour(studio):
    """Every pixel is grey, in every brand."""
    layout = Layout.load("condolence")
    for brand in map(Brand.load, parts.kit_names("brand")):
        made = studio.make(layout, brand, Wish(layout.example()["id"], placement.load("x/post"), folder=layout.folder))
        pixels = made.frames[0].array[..., :3].astype(int)
        assert max(abs(pixels[..., one] - pixels[..., two]).max() for one, two in pairwise((0, 1, 2))) <= 2, brand.slug


def test_a_condolence_takes_no_hashtags(studio, tmp_path):
    """Neither from a caller nor from a campaign, which is told before anything is made."""
    layout = Layout.load("condolence")
    wish = Wish(layout.example()["id"], placement.load("x/post"), folder=layout.folder, hashtags=("promo",))
    with pytest.raises(LayoutError, match="takes no hashtags"):
        studio.make(layout, LENTERA, wish)
    (tmp_path / "campaign.toml").write_text(
        'name = "a"\nbrand = "lentera"\nplacements = ["x/post"]\n'
        '[[make]]\nlayout = "condolence"\nhashtags = ["promo"]\nfields = { name = "A" }\n',
        "utf-8",
    )
    with pytest.raises(AssetgenError, match="takes no hashtags"):
        Campaign.load(tmp_path / "campaign.toml")
