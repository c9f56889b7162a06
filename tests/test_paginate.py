"""Lists that continue on further slides: no row is lost, heads are repeated, sets are numbered and seams join."""

import re
from itertools import pairwise

import numpy
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assetgen import placement
from assetgen.bind import Binder
from assetgen.brand import Brand
from assetgen.errors import LayoutError, PlacementError
from assetgen.layout import Layout
from assetgen.paint import Painter
from assetgen.portions import Line, fewest_slides, portions
from assetgen.spoken import alt_texts

SETTINGS = """\
title = "Daftar"
description = "A list that continues."
shapes = ["square", "portrait", "story", "wide", "landscape"]
carousel = true
[fields.title]
[fields.rows]
type = "list"
max = 5
carousel_max = 200
[alt]
id = "{{ title }}"
"""
STYLES = """\
.page { padding: 80px; display: flex; flex-direction: column; background: #ffffff; color: #111111 }
.rows { flex: 1 1 0; min-height: 0; font-size: 44px; display: flex; flex-direction: column; gap: 0.4em }
.row, .head { flex: 0 0 auto; line-height: 1.3 }
.band { position: absolute; top: 0; height: 60px; background: linear-gradient(to right, #ff0000, #0000ff) }
"""
COVER = '<section class="page"><div class="band" data-seam="a"></div><h1>{{ title }}</h1></section>'
LIST = """\
<section class="page">
  <div class="band" data-seam="a"></div>
  <h2>{{ title }} <b data-on-part="several"><b data-part-number>1</b>/<b data-part-count>1</b></b></h2>
  <p class="lead" data-on-part="first">Hanya di awal</p>
  <div class="rows" data-paginate="36" data-size="44" data-fit="28">
    <p class="head" data-repeat>Kepala</p>
    {% for row in rows %}<p class="row">{{ row }}</p>{% endfor %}
  </div>
  <nav><b data-slide-number>1</b>/<b data-slide-count>1</b><i data-on-slide="not-last">Geser</i></nav>
</section>
"""


@pytest.fixture(scope="module")
def painter():
    with Painter() as painter:
        yield painter


@pytest.fixture
def make(tmp_path, painter):
    """Return a function that lays out a set from rows."""

    def make(rows, slot="instagram/carousel", html=COVER + LIST, styles=STYLES, paint=False):
        folder = tmp_path / "daftar"
        folder.mkdir(exist_ok=True)
        for name, text in (("layout.toml", SETTINGS), ("layout.html", html), ("layout.css", styles)):
            (folder / name).write_text(text, "utf-8")
        composition = Binder.of(Layout.load(folder), Brand.load("lentera")).bind(
            {"title": "Daftar panjang", "rows": rows}, placement.load(slot), "id", folder
        )
        return painter.paint(composition) if paint else painter.measure(composition)

    return make


def rows_of(page):
    return [node.text() for node in page.tree.css(".row")]


def sizes_of(pages):
    return {run.font_size for page in pages for box in page.boxes if box.tag == "p" for run in box.runs if is_row(box)}


def is_row(box):
    return box.attributes.get("class") in {"row", "head"}


heights = st.lists(st.integers(10, 300), min_size=1, max_size=40)


@settings(deadline=None)
@given(heights, st.integers(200, 900), st.integers(0, 60))
def test_portions_hold_every_line_once_and_in_order(heights, room, extra):
    """They follow one another from the first line to the last, and each fits its slide, head included."""
    lines, top = [], 0
    for height in heights:
        lines.append(Line(top, top + height))
        top += height + 10
    assume(max(heights) + extra <= room)
    count = fewest_slides(lines, lambda slide, slides: room, extra)
    found = portions(lines, [room] * count, extra)
    assert [start for start, _ in found] == [0, *(end for _, end in found[:-1])]
    assert found[-1][1] == len(lines)
    assert all(lines[end - 1].bottom - lines[start].top + extra <= room + 0.5 for start, end in found)
    assert count == 1 or portions(lines, [room] * (count - 1), extra) is None


@settings(deadline=None)
@given(st.integers(1, 60), st.integers(1, 12))
def test_equal_lines_are_shared_evenly(count, slides):
    """Slides differ by one line at most, the fuller ones first: never a lone last line."""
    assume(slides <= count)
    lines = [Line(number * 50, number * 50 + 40) for number in range(count)]
    shares = [end - start for start, end in portions(lines, [50 * count] * slides)]
    assert max(shares) - min(shares) <= 1
    assert shares == sorted(shares, reverse=True)


def test_a_line_that_keeps_never_begins_a_slide():
    """A total stays with the row before it."""
    lines = [Line(number * 50, number * 50 + 40, keep=number == 3) for number in range(5)]
    assert portions(lines, [250, 250]) == ((0, 2), (2, 5))
    assert portions([Line(one.top, one.bottom) for one in lines], [250, 250]) == ((0, 3), (3, 5))


def test_a_line_higher_than_its_slide_stands_alone():
    """It is not left out: that it sticks out is told by the checks."""
    lines = [Line(0, 40), Line(50, 900), Line(910, 950)]
    assert portions(lines, [100] * 3) is None
    assert portions(lines, [100] * 3, strict=False) == ((0, 1), (1, 2), (2, 3))


@settings(deadline=None, max_examples=12)
@given(st.lists(st.text("abcdefgh ", min_size=1, max_size=70).filter(str.strip), min_size=1, max_size=60))
def test_a_set_shows_every_row_once_in_order_and_at_one_size(painter, tmp_path_factory, rows):
    """Rows of any length: none is lost, the head stands on each slide, all have one font size, nothing sticks out."""
    folder = tmp_path_factory.mktemp("kit") / "daftar"
    folder.mkdir()
    for name, text in (("layout.toml", SETTINGS), ("layout.html", COVER + LIST), ("layout.css", STYLES)):
        (folder / name).write_text(text, "utf-8")
    named = [f"{number}: {' '.join(row.split())}" for number, row in enumerate(rows, 1)]
    binder = Binder.of(Layout.load(folder), Brand.load("lentera"))
    given = {"title": "Daftar panjang", "rows": named}
    pages = painter.measure(binder.bind(given, placement.load("instagram/carousel"), "id", folder))
    assert [row.replace("\u00a0", " ") for page in pages for row in rows_of(page)] == named
    assert all(page.tree.css_first(".head") for page in pages[1:])
    assert len(sizes_of(pages)) == 1
    for page in pages[1:]:
        holder = next(box.rectangle for box in page.boxes if box.attributes.get("class") == "rows")
        assert max(box.rectangle.bottom for box in page.boxes if is_row(box)) <= holder.bottom + 1


def test_few_rows_stand_on_one_slide_as_large_as_they_can(make):
    """Rows shrink to the preferred size before they go on on a further slide, and only then."""
    found = {}
    for count in (3, 15, 17, 18):
        pages = make([f"Baris {number}" for number in range(count)])
        found[count] = (len(pages) - 1, sizes_of(pages).pop())
    assert found[3] == (1, 44)
    assert found[15][0] == 1 and found[15][1] < 44
    assert found[18][0] == 2 and found[18][1] == 44


def test_slides_and_parts_are_numbered(make):
    """Counters count the set and the parts of a section; what is for some only stands there only."""
    pages = make([f"Baris {number}" for number in range(37)])
    assert len(pages) == 4
    assert [page.tree.css_first("nav").text().strip() for page in pages[1:]] == ["2/4Geser", "3/4Geser", "4/4"]
    assert [re.search(r"\d/\d", page.tree.css_first("h2").text())[0] for page in pages[1:]] == ["1/3", "2/3", "3/3"]
    assert [bool(page.tree.css_first(".lead")) for page in pages[1:]] == [True, False, False]
    assert "/" not in make(["Satu"])[1].tree.css_first("h2").text()
    for page in pages:
        assert [node.attributes["data-n"] for node in page.tree.css("[data-n]")] == list(
            map(str, range(len(page.tree.css("[data-n]"))))
        )


@pytest.mark.parametrize(
    ("slot", "count", "expected"),
    [
        ("x/post-four", 4, 4),  # fewer would do: rows are parted further
        ("x/post-two", 4, 2),
        ("threads/carousel", 180, 20),  # 36 px would take more: rows shrink on
        ("tiktok/carousel", 120, None),
        ("linkedin/document", 100, None),
    ],
)
def test_the_counts_of_placements_are_aimed_at(make, slot, count, expected):
    """A set gets as many pages as its placement wants, where rows can be parted so."""
    pages = make([f"Baris {number}" for number in range(count)], slot)
    limits = placement.load(slot)
    assert limits.count_min <= len(pages) <= limits.count_max
    assert expected in (None, len(pages)) or len(pages) <= expected
    assert sum(len(rows_of(page)) for page in pages) == count


def test_a_layout_with_one_page_is_refused_where_several_are_asked_for(make, tmp_path):
    """It says so before anything is made; longer lists are for carousels alone."""
    with pytest.raises(PlacementError, match="instagram/carousel takes 2 or more"):
        Binder.of(Layout.load("quote"), Brand.load("lentera")).bind(
            {}, placement.load("instagram/carousel"), "id", tmp_path
        )
    with pytest.raises(Exception, match="has 9 items, at most 5 fit"):
        make(["Baris"] * 9, "instagram/feed-portrait")


def test_bands_run_across_the_seams(make):
    """The last column of a slide and the first of the next one are neighbours in one picture."""
    pages = make([f"Baris {number}" for number in range(37)], paint=True)
    bands = [page.frame.array[10:50, :, :3].astype(int) for page in pages]
    assert tuple(bands[0][0, 0]) == (255, 0, 0) and bands[-1][0, -1, 2] > 250
    whole = numpy.concatenate(bands, axis=1)
    steps = numpy.abs(numpy.diff(whole, axis=1)).max()
    assert steps <= 2
    for left, right in pairwise(bands):
        assert numpy.abs(left[:, -1] - right[:, 0]).max() <= 2


def test_each_slide_has_its_own_alternative_text(make):
    """It says what stands on the slide, without counters and cues, in whole rows up to the limit."""
    pages = make([f"Baris {number}" for number in range(37)])
    first, second, *_ = alt_texts(pages, 1000)
    assert first == "Daftar panjang."
    assert second.startswith("Daftar panjang 1/3. Hanya di awal. Kepala. Baris 0. Baris 1.")
    assert "Geser" not in second
    assert alt_texts(pages, 55)[1] == "Daftar panjang 1/3. Hanya di awal. Kepala. Baris 0."
    assert alt_texts(pages[:1]) == ()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("data-size", "data-siz", "needs the size that it starts from"),
        ('"36"', '"besar"', "takes the smallest font size"),
        ('"not-last"', '"not-lats"', "does not know 'not-lats'"),
        ('<p class="lead"', '<p class="lead" data-paginate', "has 2 elements with data-paginate"),
    ],
)
def test_marks_that_contradict_one_another_are_refused(make, old, new, message):
    """With the reason, and what to write."""
    with pytest.raises(LayoutError, match=message):
        make(["Satu", "Dua"], html=COVER + LIST.replace(old, new))


def test_a_list_without_a_bound_is_refused(make):
    """It could not be told how much fits."""
    with pytest.raises(LayoutError, match="has no bound"):
        make(["Baris"] * 80, styles=STYLES.replace("flex: 1 1 0; min-height: 0", "flex: 0 0 auto"))


def test_a_group_keeps_to_one_size_on_all_slides(make):
    """The text that has least room decides for all: the figures of a set look like one set."""
    one = '<section class="page"><p class="big" data-fit="20" data-group="big">{text}</p></section>'
    html = "".join(one.format(text="Kata " * count) for count in (2, 40, 9))
    styles = ".page { padding: 80px } .big { font-size: 90px; max-height: 400px }"
    pages = make([], html=html, styles=styles)
    sizes = [{run.font_size for box in page.boxes for run in box.runs} for page in pages]
    assert sizes[0] == sizes[1] == sizes[2]
    assert len(sizes[0]) == 1 and 20 < min(sizes[0]) < 90
    loose = make([], html=html.replace(' data-group="big"', ""), styles=styles)
    assert {run.font_size for box in loose[0].boxes for run in box.runs} == {90}


def test_rows_shrink_until_no_word_is_wider_than_its_box(make):
    """Whole words matter more than large ones: nothing is cut at the side, on whatever slide it stands."""
    word = "Pertanggungjawaban-penyelenggaraan"
    pages = make([word, *["Baris"] * 30], styles=STYLES + ".row { width: 600px }")
    box = next(box for page in pages for box in page.boxes if box.text == word)
    assert box.runs[0].rectangle.right <= box.rectangle.right + 1
    assert len(sizes_of(pages)) == 1 and 28 <= sizes_of(pages).pop() < 44
