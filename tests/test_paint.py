"""Painting: text shrinks to its box and never below its floor; photos are cut to their box; the same pixels always."""

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from PIL import Image

from assetgen import placement
from assetgen.bind import Binder
from assetgen.brand import Brand
from assetgen.errors import LayoutError
from assetgen.fitting import fit_page
from assetgen.layout import Layout
from assetgen.model import Page, Photo, Size
from assetgen.paint import Painter

FONTS = Brand.load("lentera").font_files
FAMILY = FONTS[0].family
LONG = "Realisasi anggaran pendidikan Kabupaten Pegunungan Bintang meningkat tajam sepanjang triwulan ketiga tahun ini"


@pytest.fixture(scope="module")
def painter():
    with Painter() as painter:
        yield painter


def page(inner, css="", size=Size(1080, 1080), **more):
    base = f".canvas {{ width: 1080px; height: {size.height * 1080 // size.width}px; font-family: '{FAMILY}' }}"
    return Page(
        f'<div class="canvas" data-n="0"><section data-n="1">{inner}</section></div>', (base, css), size, FONTS, **more
    )


def text(words, floor=20, size=80, width=500, height=200, more=""):
    css = f".t {{ font-size: {size}px; line-height: 1.2; width: {width}px; height: {height}px; {more} }}"
    return f'<p class="t" data-fit="{floor}" data-n="2">{words}</p>', css


def fitted(painter, inner, css, **more):
    made, boxes, fits = fit_page(page(inner, css, **more), painter.engine)
    return made, next(box for box in boxes if box.element == 2), fits[2]


def sticks_out(painter, made, fit, size, scale=1):
    """Tell, without the painter's own measure, whether a line leaves its box to the right or by a third below."""
    boxes = painter.engine.measure(replace(made, sizes={2: size}))
    box = next(box for box in boxes if box.element == 2)
    edge = 0.34 * size * scale + 1
    return any(
        run.rectangle.right > box.rectangle.right + 1.5 * scale or run.rectangle.bottom > box.rectangle.bottom + edge
        for run in box.runs
    )


def test_text_that_fits_is_untouched(painter):
    """Neither size nor page changes."""
    inner, css = text("Pendek")
    before = page(inner, css)
    made, _, fits = fit_page(before, painter.engine)
    assert replace(made, leadings=None) == before and not made.leadings
    assert (fits[2].asked, fits[2].used, fits[2].fits) == (80, 80, True)


@pytest.mark.parametrize(
    ("words", "width", "height"),
    [
        (LONG, 500, 200),
        (LONG, 900, 120),
        (LONG[:60], 300, 300),
        ("Rp1.234.567.890.123", 500, 400),
        ("Pertanggungjawabannya", 420, 400),
        (LONG, 640, 90),
    ],
)
@pytest.mark.parametrize("size", [80, 131])
def test_text_takes_the_largest_whole_size_that_fits(painter, words, width, height, size):
    """It fits in width and height at its size, and would not one pixel larger."""
    inner, css = text(words, 12, size, width, height, "white-space: nowrap" if " " not in words else "")
    made, box, fit = fitted(painter, inner, css)
    assert fit.fits
    assert fit.used == int(fit.used) < fit.asked
    assert {round(run.font_size) for run in box.runs} == {fit.used}
    assert not sticks_out(painter, made, fit, fit.used)
    larger = fit_page(
        page(
            *text(words, fit.used + 1, fit.used + 1, width, height, "white-space: nowrap" if " " not in words else "")
        ),
        painter.engine,
    )[2][2]
    assert not larger.fits


@pytest.mark.parametrize("floor", [34, 48, 80])
def test_text_never_goes_below_its_floor(painter, floor):
    """What overflows at the floor keeps the floor, and says that it does not fit."""
    _, box, fit = fitted(painter, *text(LONG * 3, floor))
    assert (fit.used, fit.fits, fit.floor) == (floor, False, floor)
    assert {round(run.font_size) for run in box.runs} == {floor}


def test_a_floor_above_the_size_does_not_enlarge(painter):
    """The styles ask for the largest size; a floor above it changes nothing."""
    _, _, fit = fitted(painter, *text(LONG, 90, 60))
    assert (fit.used, fit.fits) == (60, False)


def test_several_texts_shrink_on_their_own(painter):
    """Each element finds its own size, and those that fit stay."""
    one, css = text(LONG)
    other = '<p class="o" data-fit="20" data-n="3">Pendek</p><p class="o" data-fit="20" data-n="4">' + LONG + "</p>"
    css += ".o { font-size: 60px; width: 400px; height: 90px }"
    _, _, fits = fit_page(page(one + other, css), painter.engine)
    assert fits[3].used == 60
    assert fits[2].used < 80 and fits[4].used < 60
    assert fits[2].used != fits[4].used


@pytest.mark.parametrize("height", range(300, 700, 8))
def test_texts_that_share_their_room_fit_together(painter, height):
    """A headline that may grow while the text below it gets smaller leaves that text the room that it needs."""
    css = (
        f".c {{ display: flex; flex-direction: column; width: 600px; height: {height}px }}"
        ".h { flex: 0 0 auto; font-size: 90px; line-height: 1.1; max-height: 220px }"
        ".b { flex: 1 1 0; min-height: 0; font-size: 60px; line-height: 1.2 }"
    )
    inner = f'<h1 class="h" data-fit="36" data-n="3">{LONG[:60]}</h1><p class="b" data-fit="20" data-n="4">{LONG}</p>'
    _, _, fits = fit_page(page(f'<div class="c" data-n="2">{inner}</div>', css), painter.engine)
    assert fits[3].fits
    assert fits[4].fits or fits[4].used == fits[4].floor


@pytest.mark.parametrize("value", ["kecil", "", "nan", "-4"])
def test_a_floor_that_is_no_size_is_an_error(painter, value):
    """`data-fit` takes pixels."""
    inner, css = text("A", value)
    with pytest.raises(LayoutError, match="data-fit takes the smallest font size in pixels, got"):
        fit_page(page(inner, css), painter.engine)


def test_another_canvas_width_scales_everything(painter):
    """On 1600×900 a CSS pixel is 1.48 output pixels: text fits at the same CSS size as on 1080 wide."""
    small = fitted(painter, *text(LONG), size=Size(1080, 607))
    large = fitted(painter, *text(LONG), size=Size(1600, 900))
    assert large[0].scale == pytest.approx(1600 / 1080)
    assert large[2].used == pytest.approx(small[2].used, abs=1)
    assert large[1].rectangle.width == pytest.approx(500 * 1600 / 1080, abs=1)
    assert painter.paint_page(large[0]).frame.array.shape == (900, 1600, 4)


# --- photos -----------------------------------------------------------------------------------------------------------


def quarters(size=(400, 300), orientation=None, kind="PNG"):
    """Return a picture of four colours: red, green above; blue, white below."""
    image = Image.new("RGB", size)
    half = (size[0] // 2, size[1] // 2)
    for number, colour in enumerate(("#ff0000", "#00ff00", "#0000ff", "#ffffff")):
        image.paste(colour, (number % 2 * half[0], number // 2 * half[1], size[0], size[1]))
    exif = Image.Exif()
    if orientation:
        exif[0x0112] = orientation
    stream = io.BytesIO()
    image.save(stream, kind, exif=exif, **({"quality": 100, "subsampling": 0} if kind == "JPEG" else {}))
    return stream.getvalue()


def painted(painter, photo, width=400, height=300):
    css = f"img {{ position: absolute; left: 100px; top: 200px; width: {width}px; height: {height}px }}"
    made = painter.paint_page(page('<img src="field:p" data-n="2">', css, photos={"field:p": photo}))
    return made, made.frame.array[200 : 200 + height, 100 : 100 + width, :3].astype(int)


def colour(pixels, x, y):
    return tuple(int(part > 128) for part in pixels[int(y * (len(pixels) - 1)), int(x * (len(pixels[0]) - 1))])


def test_a_photo_is_cut_to_the_exact_pixels_of_its_box(painter):
    """What the engine gets has the size of the box, so that it does not scale."""
    made, pixels = painted(painter, Photo(quarters((1600, 1200)), "a.png"))
    assert Image.open(io.BytesIO(made.page.pictures["field:p"])).size == (400, 300)
    assert [colour(pixels, x, y) for y in (0.1, 0.9) for x in (0.1, 0.9)] == [
        (1, 0, 0),
        (0, 1, 0),
        (0, 0, 1),
        (1, 1, 1),
    ]


def test_a_photo_that_was_held_sideways_stands_upright(painter):
    """EXIF orientation 6: the left column of the file is the top row of the picture."""
    data = quarters((300, 400), orientation=6, kind="JPEG")
    _, pixels = painted(painter, Photo(data, "a.jpg"))
    assert [colour(pixels, x, y) for y in (0.1, 0.9) for x in (0.1, 0.9)] == [
        (0, 0, 1),
        (1, 0, 0),
        (1, 1, 1),
        (0, 1, 0),
    ]


@pytest.mark.parametrize(("focus", "left"), [((0.0, 0.5), (1, 0, 0)), ((1.0, 0.5), (0, 1, 0))])
def test_the_focus_point_stays_in_sight(painter, focus, left):
    """A tall box cut from a wide photo shows the side of the focus."""
    _, pixels = painted(painter, Photo(quarters((1200, 300)), "a.png", focus), 150, 300)
    assert colour(pixels, 0.1, 0.1) == left


def test_a_photo_without_a_box_is_an_error(painter):
    """A photo of no size would silently be left out."""
    photo = Photo(quarters(), "a.png")
    css = "img { width: 0; height: 0 }"
    with pytest.raises(LayoutError, match=r"the photo 'a\.png' has no size"):
        painter.paint_page(page('<img src="field:p" data-n="2">', css, photos={"field:p": photo}))


def test_the_focus_of_a_field_is_checked(new_layout, tmp_path):
    """`photo = { file = …, focus = [0.5, 0.2] }` takes two shares."""
    (tmp_path / "a.png").write_bytes(quarters())
    binder = Binder.of(Layout.load(new_layout()), Brand.load("lentera"))
    square = placement.load("instagram/feed-square")
    for focus in ([2, 0], "x", [0.5], [0.1, "b"]):
        with pytest.raises(Exception, match="focus"):
            binder.bind({"title": "A", "photo": {"file": "a.png", "focus": focus}}, square, "id", tmp_path)
    bound = binder.bind({"title": "A", "photo": {"file": "a.png", "focus": [0.5, 0.2]}}, square, "id", tmp_path)
    assert bound.pages[0].photos["field:photo"].focus == (0.5, 0.2)


# --- threads ----------------------------------------------------------------------------------------------------------


def test_two_threads_paint_the_same_pixels_as_one(painter):
    """Eight pages with fitted text and photos, painted in a row and by two threads."""
    photo = Photo(quarters((1600, 1200)), "a.png")
    pages = []
    for number in range(8):
        inner, css = text(f"{number} {LONG}")
        css += "img { display: block; width: 300px; height: 200px }"
        pages.append(page(inner + '<img src="field:p" data-n="3">', css, photos={"field:p": photo}))
    alone = [painter.paint_page(one).frame.pixels for one in pages]
    with Painter() as other, ThreadPoolExecutor(2) as pool:
        together = [made.frame.pixels for made in pool.map(other.paint_page, pages)]
    assert alone == together


def test_the_backdrop_is_the_page_without_its_text(painter):
    """Where only text was, the ground shows; it is four times smaller."""
    inner, css = text("Teks hitam", size=80)
    made = painter.paint_page(page(inner, css + ".canvas { background: #ffffff; color: #000000 }"))
    assert made.frame.array[..., :3].min() < 60
    assert made.backdrop.size == Size(270, 270)
    assert made.backdrop.array[..., :3].min() > 250


@pytest.mark.parametrize("brand", ["lentera", "tembikar", "pasang-surut"])
def test_a_label_that_names_its_font_itself_has_its_own_size(painter, brand):
    """Charts set `font-family: var(--font-body)` on each label: its size is told in its pixels, not in line heights."""
    kit = Brand.load(brand)
    label = '<p style="font-family:var(--font-body);font-size:26px" data-n="2">Kota</p>'
    made = replace(page(label), fonts=kit.font_files, stylesheets=(kit.stylesheet,))
    assert painter.engine.measure(made)[-1].runs[0].font_size == pytest.approx(26, abs=0.1)


@pytest.mark.parametrize("brand", ["arunika", "tembikar", "lentera", "sagara"])
def test_the_space_of_a_broken_line_does_not_stick_out(painter, brand):
    """A heading broken in a right-aligned column stays inside it, however wide its spaces; a word does not."""
    kit = Brand.load(brand)
    css = ".t { font-size: 40px; width: 140px; text-align: right; font-weight: 600 }"
    for words, inside in (("Share spent", True), ("Pertanggung jawaban", False)):
        made = replace(page(f'<p class="t" data-n="2">{words}</p>', css), fonts=kit.font_files)
        made = replace(made, stylesheets=(kit.stylesheet, *made.stylesheets))
        box = painter.engine.measure(made)[-1]
        left, right = box.rectangle.left - 1, box.rectangle.right + 1
        assert all(left < run.rectangle.left and run.rectangle.right < right for run in box.runs) == inside
