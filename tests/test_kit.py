"""The pieces of the kit: each tells what it takes, draws in every brand and shape, and pays for its styles alone."""

import sys
from pathlib import Path

import pytest

from assetgen import parts, placement
from assetgen.bind import Binder
from assetgen.brand import Brand
from assetgen.model import Severity
from assetgen.studio import Studio, Wish
from assetgen.stylesheet import check_inline_styles, check_stylesheet

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "docs"))
import make_kit  # noqa: E402 — the samples are read where the page about them is made

PIECES = make_kit.pieces()
DRAWN = [piece for piece in PIECES if piece.sample]
BRANDS = tuple(parts.kit_names("brand"))
PLACES = ("instagram/feed-square", "instagram/feed-portrait", "instagram/story", "x/post", "facebook/link")


@pytest.fixture(scope="module")
def studio():
    with Studio() as studio:
        yield studio


@pytest.mark.parametrize("piece", PIECES, ids=lambda piece: piece.name)
def test_a_piece_tells_what_it_is_and_is_offered(piece):
    """Its file begins with a comment; `kit.NAME` is its macro; its styles are CSS that the engine honours."""
    html, styles = make_kit.KIT / f"{piece.name}.html", make_kit.KIT / f"{piece.name}.css"
    assert piece.about.endswith((".", "`"))
    assert f'"_kit/{piece.name}.html"' in (make_kit.KIT / "kit.html").read_text("utf-8")
    assert f"{piece.name.replace('-', '_')}(" in html.read_text("utf-8")
    assert not check_inline_styles(html.read_text("utf-8"), str(html))
    if styles.is_file():
        assert not check_stylesheet(styles.read_text("utf-8"), str(styles))
        assert f"kit-{piece.name}" in html.read_text("utf-8")


@pytest.mark.parametrize("brand", BRANDS)
@pytest.mark.parametrize("piece", DRAWN, ids=lambda piece: piece.name)
def test_the_sample_of_a_piece_is_ready_in_every_brand_and_shape(studio, tmp_path, piece, brand):
    """On the plain and on the strong ground in turn: nothing overflows, everything can be read."""
    grounds = ("", "ground-strong")
    layouts = []
    for ground in grounds:
        folder = tmp_path / (ground or "plain")
        folder.mkdir()
        layouts.append(make_kit.sample_layout(piece.sample, folder, ground))
    for number, place in enumerate(PLACES):
        layout = layouts[number % 2]
        wish = Wish({}, placement.load(place), folder=layout.folder)
        found = studio.make(layout, Brand.load(brand), wish).findings
        errors = [f"{place}: {one.rule}: {one.message}" for one in found if one.severity is Severity.ERROR]
        assert not errors


def test_only_the_styles_of_pieces_on_the_page_are_sent(tmp_path):
    """A page with a badge has the rules of the badge, and none of the stamp."""
    layout = make_kit.sample_layout('{{ kit.badge("Baru") }}', tmp_path)
    made = Binder.of(layout, Brand.load("lentera")).bind({}, placement.load("x/post"), "id", tmp_path)
    styles = "\n".join(made.pages[0].stylesheets)
    assert ".kit-badge" in styles
    assert ".kit-stamp" not in styles


def test_a_hotline_is_of_the_brand_or_of_the_data(tmp_path):
    """The data wins over the brand; where neither has a number, the asset is refused."""
    from assetgen.errors import FieldError

    brand = Brand.load("lentera")
    layout = make_kit.sample_layout('{{ kit.hotline("Lapor") }}', tmp_path)
    place = placement.load("x/post")
    assert brand.contacts["hotline"] in Binder.of(layout, brand).bind({}, place, "id", tmp_path).pages[0].html
    silent = brand.model_copy(update={"contacts": {}})
    silent._folder = brand.folder
    with pytest.raises(FieldError, match="hotline"):
        Binder.of(layout, silent).bind({}, place, "id", tmp_path)


def test_the_page_of_the_kit_is_of_today():
    """Run `python docs/make_kit.py` after a change of a piece."""
    assert (ROOT / "docs" / "kit" / "README.md").read_text("utf-8") == make_kit.index()
    for piece in DRAWN:
        for brand in make_kit.BRANDS:
            assert (make_kit.TARGET / f"{piece.name}-{brand}.webp").stat().st_size < make_kit.MOST_BYTES
