"""The pieces of the kit: each tells what it takes, draws in every brand and shape, and pays for its styles alone."""

import re
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from assetgen import parts, placement
from assetgen.bind import Binder
from assetgen.brand import Brand
from assetgen.filters.qr_code import LEAST_MODULE
from assetgen.filters.qr_code import apply as code
from assetgen.layout import Layout
from assetgen.model import Severity
from assetgen.studio import Studio, Wish
from assetgen.stylesheet import check_inline_styles, check_stylesheet
from assetgen.template import FilterKit

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
    # A set of pieces that builds on the kit is imported beside it.
    if '"_kit/kit.html"' not in html.read_text("utf-8").partition("#}")[2]:
        assert f'"_kit/{piece.name}.html"' in (make_kit.KIT / "kit.html").read_text("utf-8")
        assert f"{piece.name.replace('-', '_')}(" in html.read_text("utf-8")
    assert not check_inline_styles(html.read_text("utf-8"), str(html))
    if styles.is_file():
        assert not check_stylesheet(styles.read_text("utf-8"), str(styles))
        named = f".kit-{piece.name}" in styles.read_text("utf-8")
        assert not named or f"kit-{piece.name}" in html.read_text("utf-8")


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


def photo(path, kind, size=(1600, 1200)):
    """Write a photo: night, sky (white above, grey below), or market (patches of all colours)."""
    import numpy
    from PIL import Image

    width, height = size
    down = numpy.linspace(0, 1, height)[:, None, None] * numpy.ones((1, width, 3))
    patches = numpy.indices((height, width)) // 40
    hashed = (patches[0] * 7919 + patches[1] * 104729)[..., None] * numpy.array([3, 5, 7])
    pixels = {
        "night": 14 + 20 * down,
        "sky": 255 - 30 * down,
        "market": (hashed * 2654435761 >> 8) % 256,
    }[kind]
    Image.fromarray(numpy.asarray(pixels, dtype=numpy.uint8)).save(path, quality=92)


ON_PHOTO = (
    '{% set deep = 250 if placement.shape in ("wide", "landscape") else 560 %}'
    "{% call kit.photo(photo, 900, deep, foot=220, head=20) %}"
    '<h1 class="headline">Pasar Lentera buka lagi</h1><p class="muted">Mulai 1 Desember 2026</p>{% endcall %}'
)


def on_photo(tmp_path, kind):
    photo(tmp_path / "foto.jpg", kind)
    return make_kit.sample_layout(ON_PHOTO, tmp_path), {"photo": "foto.jpg"}


@pytest.mark.parametrize("kind", ["night", "sky", "market"])
@pytest.mark.parametrize("brand", BRANDS)
def test_words_on_a_photo_can_be_read(studio, tmp_path, kind, brand):
    """On dark, light and busy photos the contrast rule finds nothing, in every shape."""
    layout, given = on_photo(tmp_path, kind)
    for place in PLACES:
        wish = Wish(given, placement.load(place), folder=tmp_path)
        found = studio.make(layout, Brand.load(brand), wish).findings
        assert not [one.message for one in found if one.rule == "contrast"], place


def scrim_of(tmp_path, kind, brand="lentera"):
    layout, given = on_photo(tmp_path, kind)
    made = Binder.of(layout, Brand.load(brand)).bind(given, placement.load("instagram/feed-square"), "id", tmp_path)
    return re.search(r'kit-photo-scrim" style="background:([^"]*)"', made.pages[0].html)[1]


def test_a_scrim_is_no_stronger_than_the_photo_needs(tmp_path):
    """None on a dark photo; on a bright one more than half, and less than all."""
    assert scrim_of(tmp_path, "night") == "none"
    strength = int(re.search(r"#0b3d2e([0-9a-f]{2}) 0px", scrim_of(tmp_path, "sky"))[1], 16) / 255
    assert 0.5 < strength < 0.85
    assert scrim_of(tmp_path, "market") != scrim_of(tmp_path, "sky")


def test_words_on_a_bright_photo_without_its_scrim_are_found(studio, tmp_path):
    """The proof above can fail: the same page without the scrim has findings."""
    layout, given = on_photo(tmp_path, "sky")
    template = layout.folder / "layout.html"
    template.write_text(template.read_text("utf-8").replace(", foot=220, head=20", ""), "utf-8")
    wish = Wish(given, placement.load("instagram/feed-square"), folder=tmp_path)
    found = studio.make(Layout.load(layout.folder), Brand.load("lentera"), wish).findings
    assert "contrast" in {one.rule for one in found}


def read_codes(frame, width):
    """Return what a reader finds in a frame that is shown `width` pixels wide."""
    import zxingcpp
    from PIL import Image

    image = frame.image().convert("L")
    small = image.resize((width, round(image.height * width / image.width)), Image.Resampling.BICUBIC)
    return [code.text for code in zxingcpp.read_barcodes(small)]


@pytest.mark.parametrize("brand", BRANDS)
@pytest.mark.parametrize("ground", ["", "ground-strong", "ground-danger"])
def test_a_qr_code_is_read_from_a_post_of_phone_size(studio, tmp_path, brand, ground):
    """At 390 px wide, on every ground, also at the least size that is allowed; nothing is found."""
    kit = Brand.load(brand)
    address = f"{kit.domains.allowed[0]}/posyandu?kelurahan=12"
    least = LEAST_MODULE * int(re.search(r'data-modules="(\d+)"', code(address, FilterKit("id", Path()), size=900))[1])
    for number, size in enumerate((300, least)):
        folder = tmp_path / str(number)
        folder.mkdir()
        layout = make_kit.sample_layout(f'{{{{ kit.qr("{address}", "Jadwal", size={size}) }}}}', folder, ground)
        asset = studio.make(layout, kit, Wish({}, placement.load("instagram/feed-square"), folder=folder))
        assert read_codes(asset.frames[0], 390) == [f"https://{address}"]
        assert "qr-code" not in {one.rule for one in asset.findings}


def test_a_qr_code_leads_to_the_brand_and_says_where(studio, tmp_path):
    """A foreign domain, one that only ends like the brand's, plain http, and a code without its address are errors."""
    place = placement.load("instagram/feed-square")
    for number, (sample, said) in enumerate(
        [
            ('{{ kit.qr("bit.ly/3xYz") }}', "leads to"),
            ('{{ kit.qr("palsunusalentera.go.id") }}', "leads to"),
            ('{{ kit.qr("http://nusalentera.go.id") }}', "leads to"),
            ('{{ qr_code("nusalentera.go.id/a") }}', "is not written"),
            ('<div style="transform:scale(0.5)">{{ kit.qr("nusalentera.go.id") }}</div>', "modules of"),
        ]
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        layout = make_kit.sample_layout(sample, folder)
        found = studio.make(layout, Brand.load("lentera"), Wish({}, place, folder=folder)).findings
        assert said in " ".join(one.message for one in found if one.rule == "qr-code"), sample


def test_a_qr_code_without_room_is_refused(tmp_path):
    """Below six pixels a module it says how much room it needs."""
    from assetgen.errors import LayoutError

    layout = make_kit.sample_layout('{{ kit.qr("nusalentera.go.id", size=120) }}', tmp_path)
    with pytest.raises(LayoutError, match="needs 198 px, it has 120"):
        Binder.of(layout, Brand.load("lentera")).bind({}, placement.load("x/post"), "id", tmp_path)


PARTNERS = """
[fields.partners]
type = "rows"
help = "Who takes part."
[fields.partners.columns.name]
required = true
[fields.partners.columns.logo]
type = "image"
required = true
"""


def test_logos_of_partners_stand_in_the_order_of_the_data_with_equal_area(tmp_path):
    """Raster and SVG files of the campaign; the brand's own logo keeps its least width; gaps keep the clear space."""
    from PIL import Image

    from assetgen.paint import Painter

    (tmp_path / "bulat.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><circle cx="20" cy="20" r="20"/></svg>', "utf-8"
    )
    Image.new("RGBA", (600, 200), (20, 90, 160, 255)).save(tmp_path / "lebar.png")
    layout = make_kit.sample_layout('{{ kit.logo_row(["logo:primary"] + partners, most_high=200) }}', tmp_path)
    settings = layout.folder / "layout.toml"
    settings.write_text(settings.read_text("utf-8").replace("[labels.id]", PARTNERS + "[labels.id]", 1), "utf-8")
    given = {"partners": [{"name": "PMI", "logo": "bulat.svg"}, {"name": "Bank Lentera", "logo": "lebar.png"}]}
    brand = Brand.load("lentera")
    made = Binder.of(Layout.load(layout.folder), brand).bind(
        given, placement.load("instagram/feed-square"), "id", tmp_path
    )
    with Painter() as painter:
        boxes = painter.paint(made)[0].boxes
    row = next(box for box in boxes if "kit-logo-row" in box.attributes.get("class", ""))
    shown = [box for box in boxes if box.tag == "img" and box.element > row.element and box.rectangle.width > 1]
    assert [box.attributes["alt"] for box in shown] == [brand.name, "PMI", "Bank Lentera"]
    logos = [box.rectangle for box in shown]
    areas = [logo.width * logo.height for logo in logos]
    assert max(areas) / min(areas) < 1.03
    assert logos[0].width >= brand.logos["primary"].min_width - 0.5
    tallest = max(logo.height for logo in logos)
    for left, right in pairwise(logos):
        assert right.left - left.right >= 0.25 * tallest


def test_a_picture_that_is_no_picture_is_told(tmp_path):
    """`aspect` and `scrim` of a text that names no picture are mistakes of the layout."""
    from assetgen.errors import LayoutError

    for sample in ('{{ aspect("foto.jpg") }}', '{{ scrim("logo:none", 10, 10, foot=5) }}'):
        layout = make_kit.sample_layout(sample, tmp_path)
        with pytest.raises(LayoutError, match="names no picture"):
            Binder.of(layout, Brand.load("lentera")).bind({}, placement.load("x/post"), "id", tmp_path)


def test_the_page_of_the_kit_is_of_today():
    """Run `python docs/make_kit.py` after a change of a piece."""
    assert (ROOT / "docs" / "kit" / "README.md").read_text("utf-8") == make_kit.index()
    for piece in DRAWN:
        for brand in make_kit.BRANDS:
            assert (make_kit.TARGET / f"{piece.name}-{brand}.webp").stat().st_size < make_kit.MOST_BYTES
