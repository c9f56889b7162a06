"""Contrast is measured on pixels: on flat grounds, gradients and photos, light and dark, for all of a text."""

import re

import numpy
import pytest
from coloraide import Color
from PIL import Image
from test_rules import Bench, box_of, brand, findings, lies_on, only

from assetgen.rules import contrast

TEXT = '<p class="text">Angka kemiskinan turun</p>'


@pytest.fixture
def bench(tmp_path):
    return Bench(tmp_path)


def styles(color, ground, size=36, more=""):
    return f".canvas .page {{ background: {ground} }} .text {{ color: {color}; font-size: {size}px; {more} }}"


def measured(subject):
    """Return the contrast, text colour and ground that the one finding names."""
    message = only("contrast", subject, "Angka").message
    found = re.search(r"([\d.]+):1, (#\w{6}) on about (#\w{6})", message)
    return float(found[1]), found[2], found[3]


def wanted(color, ground):
    return Color(color).contrast(Color(ground), method="wcag21")


@pytest.mark.parametrize(
    ("color", "ground", "size"),
    [
        ("#999999", "#ffffff", 36),
        ("#6a6a6a", "#000000", 26),
        ("#f4b23c", "#faf5e9", 28),
        ("#808080", "#999999", 64),
        ("#5a7a9a", "#123456", 40),
        ("#ff0000", "#00aa00", 30),
        ("#949494", "#8a8a8a", 26),
    ],
)
def test_figures_are_those_of_wcag(bench, color, ground, size):
    got, text, behind = measured(bench.paint(TEXT, styles(color, ground, size)))
    assert got == pytest.approx(wanted(color, ground), abs=0.03)
    assert (text, behind) == (color, ground)


@pytest.mark.parametrize("kit", ["lentera", "sagara"])
@pytest.mark.parametrize("size", [26, 47, 140])
@pytest.mark.parametrize("slot", ["instagram/feed-portrait", "x/post"])
def test_colour_is_found_at_every_size(bench, kit, size, slot):
    subject = bench.paint(TEXT, styles("#a0a0a0", "#c0c0c0", size), slot, brand=brand(kit))
    assert measured(subject)[1:] == ("#a0a0a0", "#c0c0c0")


@pytest.mark.parametrize(("color", "ground"), [("#ffffff", "#0b3d2e"), ("#12281f", "#faf5e9"), ("#767676", "#ffffff")])
def test_legible_pairs_pass(bench, color, ground):
    assert findings("contrast", bench.paint(TEXT, styles(color, ground))) == []


@pytest.mark.parametrize(("size", "passes"), [(65, False), (66, True)])
@pytest.mark.parametrize("slot", ["instagram/feed-portrait", "x/post"])
def test_large_text_needs_less(bench, size, passes, slot):
    subject = bench.paint(TEXT, styles("#888888", "#ffffff", size), slot)
    assert (findings("contrast", subject) == []) is passes


def test_bold_headlines_are_large_from_52_px_where_the_brand_sets_them_bold(bench):
    look = "h1 { font-size: 54px; color: #888888 } .canvas .page { background: #ffffff }"
    assert findings("contrast", bench.paint("<h1>{{ title }}</h1>", look, brand=brand("sagara"))) == []
    only("contrast", bench.paint("<h1>{{ title }}</h1>", look, brand=brand("lentera")), "Kemiskinan")


def test_opacity_is_seen(bench):
    got, text, _ = measured(bench.paint(TEXT, styles("#000000", "#ffffff", more="opacity: 0.4")))
    assert got == pytest.approx(wanted("#999999", "#ffffff"), abs=0.1)
    assert text in ("#999999", "#989898", "#9a9a9a")


def test_text_that_nobody_sees_is_an_error(bench):
    subject = bench.paint(TEXT, styles("#fefefe", "#ffffff"))
    lies_on(only("contrast", subject, "Angka", "p.text").rectangle, box_of(subject, "text"))


def test_text_under_a_picture_is_an_error(bench):
    cover = ".cover { position: absolute; left: 0; top: 0; width: 1080px; height: 700px; background: #0b3d2e }"
    body = TEXT + '<div class="cover"></div>'
    only("contrast", bench.paint(body, styles("#12281f", "#ffffff") + cover), "Angka")


def test_one_word_on_a_bright_patch_is_found(bench):
    patch = (
        ".canvas .page { background: #000000 } .text { color: #ffffff; font-size: 40px; position: relative }"
        " .patch { position: absolute; left: 300px; top: 0; width: 60px; height: 1350px; background: #ffffff }"
    )
    finding = only("contrast", bench.paint('<div class="patch"></div>' + TEXT, patch), "Angka")
    assert finding.rectangle.left == pytest.approx(320, abs=24)


@pytest.mark.parametrize("color", ["#ffffff", "#000000", "#808080"])
def test_half_light_half_dark_hides_every_colour(bench, color):
    ground = "linear-gradient(90deg, #000000 0%, #000000 30%, #ffffff 30%, #ffffff 100%)"
    subject = bench.paint(TEXT, styles(color, ground, 48))
    only("contrast", subject, "Angka", color)


def test_gradient_counts_at_its_worst_end(bench):
    got, text, _ = measured(bench.paint(TEXT, styles("#ffffff", "linear-gradient(90deg, #000000, #ffffff)", 48)))
    assert text == "#ffffff"
    assert got < 3.5
    dark = styles("#ffffff", "linear-gradient(90deg, #000000, #444444)", 48)
    assert findings("contrast", bench.paint(TEXT, dark)) == []


# --- photos -----------------------------------------------------------------------------------------------------------

OVER_PHOTO = '<img class="photo" src="{{ photo }}" alt=""><p class="text">Angka kemiskinan turun</p>'
COVER = ".photo { position: absolute; left: 0; top: 0; width: 1080px; height: 1350px } .text { position: relative; "


def photo(bench, pixels):
    name = bench.folder / "photo.png"
    Image.fromarray(pixels.clip(0, 255).astype(numpy.uint8)).save(name)
    return {"photo": name.name}


def grain(mean, spread, blur=1):
    """Return a photo-like picture: coarse light and shade with grain on it."""
    random = numpy.random.default_rng(7)
    coarse = random.normal(0, spread, (1350 // 45, 1080 // 45, 3)).repeat(45, 0).repeat(45, 1)
    fine = random.normal(0, spread / 2, (1350 // blur, 1080 // blur, 3)).repeat(blur, 0).repeat(blur, 1)
    return mean + coarse + fine


def test_white_on_a_dark_photo_passes_and_on_a_bright_one_fails(bench):
    white = COVER + "color: #ffffff; font-size: 44px }"
    assert findings("contrast", bench.paint(OVER_PHOTO, white, given=photo(bench, grain(40, 12)))) == []
    assert measured(bench.paint(OVER_PHOTO, white, given=photo(bench, grain(200, 20))))[1] == "#ffffff"


@pytest.mark.parametrize("blur", [1, 2, 3])
@pytest.mark.parametrize("size", [26, 44, 88])
def test_mid_tone_on_a_grainy_photo_fails_with_its_own_colour(bench, size, blur):
    gray = COVER + f"color: #7d8c96; font-size: {size}px }}"
    subject = bench.paint(OVER_PHOTO, gray, given=photo(bench, grain(128, 40, blur)))
    assert measured(subject)[1] == "#7d8c96"


def test_photo_half_light_half_dark_fails(bench):
    halves = numpy.full((1350, 1080, 3), 20.0)
    halves[:, 300:] = 235
    subject = bench.paint(OVER_PHOTO, COVER + "color: #ffffff; font-size: 60px }", given=photo(bench, halves))
    assert only("contrast", subject, "Angka").rectangle.left > 280


def test_scrim_over_a_photo_counts(bench):
    body = OVER_PHOTO.replace("<p ", '<div class="scrim"></div><p ')
    scrim = COVER + "color: #ffffff; font-size: 44px } .scrim { position: absolute; left: 0; top: 0; width: 1080px;"
    scrim += " height: 1350px; background: #000000cc }"
    assert findings("contrast", bench.paint(body, scrim, given=photo(bench, grain(200, 20)))) == []


# --- what must not be judged ------------------------------------------------------------------------------------------


def test_emoji_and_decoration_are_left_out(bench):
    body = '<p class="text">🎉</p><p class="text" aria-hidden="true">2026</p>'
    assert findings("contrast", bench.paint(body, styles("#ffffff", "#ffffff"))) == []


def test_faint_pattern_under_text_does_not_hide_its_colour(bench):
    tile = "repeating-linear-gradient(45deg, #faf5e9 0px, #faf5e9 6px, #efe6d0 6px, #efe6d0 8px)"
    assert measured(bench.paint(TEXT, styles("#b0a890", tile, 30)))[1] == "#b0a890"


def test_balanced_lines_are_judged_where_they_are_painted(bench):
    look = (
        ".canvas .page { background: linear-gradient(90deg, #faf5e9 0%, #faf5e9 70%, #12281f 70%, #12281f 100%) }"
        " h1 { width: 890px; color: #12281f; font-size: 76px }"
    )
    assert findings("contrast", bench.paint("<h1>{{ title }}</h1>", look)) == []
    only("contrast", bench.paint('<h1 data-balance="off">{{ title }}</h1>', look), "Kemiskinan")
    only("contrast", bench.paint("<h1>{{ title }}</h1>", look.replace("70%", "40%")), "Kemiskinan")


def test_luminance_is_that_of_wcag():
    for color in ("#000000", "#ffffff", "#0b3d2e", "#f4b23c", "#2733d9"):
        rgb = tuple(int(color[place : place + 2], 16) for place in (1, 3, 5))
        assert contrast._luminance(rgb) == pytest.approx(Color(color).luminance(), abs=2e-3)
