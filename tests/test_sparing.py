"""What a layout can spare: it goes where there is no room, least important first, and only where that helps."""

import pytest

from assetgen.brand import Brand
from assetgen.errors import LayoutError
from assetgen.fitting import fit_page
from assetgen.model import Page, Size
from assetgen.paint import Painter
from assetgen.sparing import fit_sparing

STYLES = """\
.page { display: flex; flex-direction: column; width: 1080px; height: 600px }
.page { padding: 40px; font-family: var(--font-body) }
.words { flex: 1 1 0; min-height: 0; font-size: 60px; line-height: 1.2 }
p { margin: 0 }
.fixed { flex: 0 0 auto; height: 260px; font-size: 60px; line-height: 1.2 }
"""


@pytest.fixture(scope="module")
def painter():
    with Painter() as painter:
        yield painter


def page_of(inner):
    html = f'<section class="page" data-n="0">{inner}</section>'
    brand = Brand.load("lentera")
    return Page(html, (brand.stylesheet, STYLES), Size(1080, 600), brand.fonts_for(html))


def words_left(painter, inner):
    page, boxes, fits = fit_sparing(page_of(inner), painter.engine)
    return [box.text for box in boxes if box.runs], all(fit.fits for fit in fits.values()), page


def lines(*ranks):
    marks = (f' data-spare="{rank}"' if rank else "" for rank in ranks)
    return "".join(f'<p{mark} data-n="{9 + at}">baris {at}</p>' for at, mark in enumerate(marks))


def words(inner):
    return f'<div class="words" data-n="1" data-fit="60">{inner}</div>'


def test_nothing_goes_while_all_fits(painter):
    """A page with room keeps all that it could spare."""
    assert words_left(painter, words(lines(1, 2, 3)))[:2] == (["baris 0", "baris 1", "baris 2"], True)


def test_the_highest_number_goes_first_and_the_last_among_equals(painter):
    """Seven lines of 72 px stand in 520 px; of ten, three go, in the order that the layout says."""
    left, fits, _ = words_left(painter, words(lines(0, 2, 1, 1, 0, 0, 1, 1, 0, 0)))
    assert (left, fits) == ([f"baris {at}" for at in (0, 2, 3, 4, 5, 8, 9)], True)


def test_what_does_not_help_stays(painter):
    """An element elsewhere that takes no room from the text that is too long is not left out for it."""
    inner = '<p class="fixed" data-n="2"><b data-n="3" data-spare="9">di samping</b></p>'
    left, fits, _ = words_left(painter, inner + words(lines(0, 0, 0, 1)))
    assert (left, fits) == (["di samping", "baris 0", "baris 1", "baris 2"], True)


def test_what_cannot_be_spared_is_still_told(painter):
    """Words without the mark are never left out: they remain, and the fit says that they do not."""
    left, fits, _ = words_left(painter, words(lines(*[0] * 9)))
    assert (len(left), fits) == (9, False)


def test_the_page_that_comes_out_is_the_one_that_was_measured(painter):
    """Boxes and sizes belong to the markup without what went: measured anew, they are the same."""
    page, boxes, fits = fit_sparing(page_of(words(lines(*[1] * 9))), painter.engine)
    assert painter.engine.measure(page) == boxes
    assert page.html.count("baris") == 7
    assert fit_page(page, painter.engine)[2].keys() == fits.keys()


def test_a_mark_that_is_no_number_is_refused(painter):
    """The problem names the mark."""
    with pytest.raises(LayoutError, match="data-spare takes a whole number, got 'soon'"):
        fit_sparing(page_of(words(lines(*[1] * 9, "soon"))), painter.engine)
