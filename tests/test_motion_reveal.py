"""Numbers run up to their facts, charts and maps grow mark by mark: never wrong in the end, never before their time."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from selectolax.lexbor import LexborHTMLParser

from assetgen import placement
from assetgen.bind import Binder
from assetgen.brand import Brand
from assetgen.errors import LayoutError
from assetgen.layout import Layout
from assetgen.model import Box, Page, Rectangle, Size
from assetgen.motion.choreography import Choreography
from assetgen.motion.counting import CHANGES, COUNT, counts, running, running_page, with_gaps
from assetgen.motion.reveal import Reveal
from assetgen.motion.timeline import Timeline
from assetgen.paint import Painter

VARIABLES = """.canvas{--motion-grow:700ms;--motion-ease:ease;--motion-grow-stagger:60ms;--motion-label:300ms}
@keyframes fade{from{opacity:0}} @keyframes grow-right{from{transform:scaleX(0)}}
@keyframes wipe{from{clip-path:inset(0% 100% 0% 0%)}}"""


@pytest.fixture(scope="module")
def painter():
    with Painter() as painter:
        yield painter


def painted_of(name, painter, brand="sagara", to="instagram/reel"):
    layout = Layout.load(name)
    binder = Binder.of(layout, Brand.load(brand))
    return painter.paint(binder.bind(layout.example()["id"], placement.load(to), "id", layout.folder))[0]


def moves_of(painted, opening=True):
    page = painted.page
    return Timeline.of(page, (*page.motion, Choreography(page, painted.boxes, opening).styles()))


def seen(markup):
    """Return what a reader sees of a running number: digits that are not reached as underlines."""
    return re.sub(r"<span[^>]*>(.*?)</span>", lambda found: "_" * len(found[1]), markup)


@pytest.mark.parametrize(
    ("text", "share", "language", "found"),
    [
        ("1.234.567", 0.0, "id", "________0"),
        ("1.234.567", 0.5, "id", "__617.284"),
        ("1.234.567", 1.0, "id", "1.234.567"),
        ("8,42", 0.0, "id", "0,00"),
        ("8,42", 0.5, "id", "4,21"),
        ("1,234.5", 0.1, "en", "__123.4"),
        ("1.5", 0.5, "en", "0.8"),
        ("7", 2.0, "id", "9"),
        ("12", 2.0, "id", "24"),
        ("٤٢", 0.5, "ar", "٢١"),
    ],
)
def test_only_the_digits_of_a_number_run(text, share, language, found):
    """Separators and decimals stay where they are; what is not reached yet is left empty, the ones are always there."""
    assert seen(running(text, share, language)) == found


@pytest.mark.parametrize("brand", ["lentera", "sagara", "arunika", "tembikar", "pasang-surut"])
def test_a_running_number_is_as_wide_as_its_fact(brand, painter):
    """What stands behind a number does not move while it runs, whatever figures a brand has; the end is the fact."""
    painted = painted_of("big-number", painter, brand)
    fact = next(box for box in painted.boxes if box.tag == "data" and box.runs)
    page = with_gaps(painted.page, painted.boxes, [fact.element], painter.engine)
    unit = next(box for box in painted.boxes if box.parent == fact.element)
    for share in (0.05, 0.4, 0.9):
        boxes = {box.element: box for box in painter.engine.measure(running_page(page, {fact.element: share}))}
        assert boxes[unit.element].rectangle.left == pytest.approx(unit.rectangle.left, abs=1.1)
    assert running_page(page, {fact.element: 1.0}) is page
    assert LexborHTMLParser(page.html).text() == LexborHTMLParser(painted.page.html).text()


def test_a_number_runs_only_while_its_block_comes_in(painter):
    """It runs with the entrance of its block, changes a few times a second, and ends as it stands in the still."""
    painted = painted_of("big-number", painter)
    moves = moves_of(painted)
    (run,) = [one for one in moves.animations if COUNT in one.properties]
    assert moves.state(0.0)[run.element]["opacity"] == "0"
    shares = {counts(moves.state(frame / 60))[run.element] for frame in range(round(moves.end * 60) + 2)}
    assert len(shares) <= CHANGES * run.duration + 1
    assert counts(moves.state(moves.end))[run.element] == 1.0


def test_a_number_of_the_first_frame_stands_still(painter):
    """What is there from the first frame is read from the first frame: nobody is shown a wrong number there."""
    painted = painted_of("countdown", painter)
    html = painted.page.html.replace('class="number figure"', 'class="number figure" data-count-up')
    boxes = [
        replace(box, attributes={**box.attributes, "data-count-up": ""})
        if "number" in box.attributes.get("class", "")
        else box
        for box in painted.boxes
    ]
    page = replace(painted.page, html=html)
    assert "count-up" not in Choreography(page, boxes, opening=True).styles()


def chart(reveal=None, kind="bar"):
    """Return the boxes of a chart of three bars with labels; the largest stands in the middle, the last stands left."""
    around = {"data-chart": kind} | ({} if reveal is None else {"data-reveal": reveal})
    boxes = [Box(0, "div", around, Rectangle(0, 0, 100, 100))]
    for mark, (value, left) in enumerate(((5, 20), (9, 40), (2, 0)), 1):
        area = Rectangle(left, 0, left + 10, 10)
        boxes.append(Box(mark, "div", {"data-mark": str(mark), "data-grow": "right"}, area, parent=0))
        boxes.append(Box(10 + mark, "p", {"data-of": str(mark)}, area, parent=0))
        boxes.append(Box(20 + mark, "data", {"value": str(value)}, area, parent=10 + mark))
    return boxes


def starts(boxes):
    html = "".join(f'<p data-n="{box.element}">x</p>' for box in boxes[1:])
    page = Page(f'<div class="canvas" data-n="0">{html}</div>', (), Size(100, 100), ())
    return {one.element: one.delay for one in Timeline.of(page, (VARIABLES, Reveal(boxes, "0.1s").styles())).animations}


@pytest.mark.parametrize(
    ("reveal", "kind", "order"),
    [
        (None, "bar", [1, 2, 3]),
        (None, "map", [3, 1, 2]),
        ("given", "map", [1, 2, 3]),
        ("left", "bar", [3, 1, 2]),
        ("marks value", "bar", [2, 1, 3]),
    ],
)
def test_marks_come_in_order_and_labels_after_their_mark(reveal, kind, order):
    """Bars come as given, areas of maps from left to right, or as asked; no label is there before its mark."""
    found = starts(chart(reveal, kind))
    assert sorted((1, 2, 3), key=lambda mark: found[mark]) == order
    assert all(found[10 + mark] > found[mark] + 0.3 for mark in (1, 2, 3))


def test_a_chart_may_be_uncovered_whole_or_stand():
    """`wipe` moves the chart and nothing in it, `none` moves nothing."""
    assert list(starts(chart("wipe"))) == [0]
    assert starts(chart("none")) == {}


def test_an_unknown_word_of_reveal_names_the_nearest():
    """A word that is none is an error with the nearest one."""
    with pytest.raises(LayoutError, match="valu") as found:
        starts(chart("marks valu"))
    assert "value" in found.value.problems[0].hint


@pytest.mark.parametrize("name", ["chart-story", "map-story", "trend"])
def test_no_value_stands_before_its_mark(name, painter):
    """In charts of layouts every label of a mark is hidden when the film begins and there when its motion has ended."""
    painted = painted_of(name, painter)
    moves = moves_of(painted)
    labels = [box.element for box in painted.boxes if "data-of" in box.attributes]
    assert labels
    first, last = moves.state(0.0), moves.state(moves.end)
    assert all(float(first[number]["opacity"]) == 0 for number in labels)
    assert all(float(last[number]["opacity"]) == 1 for number in labels)


def entrances(painted, seconds=None):
    """Return when each block of a page comes in, from the top down."""
    page = painted.page
    sheets = (*page.motion, Choreography(page, painted.boxes, seconds=seconds).styles())
    tops = {box.element: box.rectangle.top for box in painted.boxes}
    moves = [one for one in Timeline.of(page, sheets).animations if one.name == "rise"]
    return [one.delay for one in sorted(moves, key=lambda one: tops[one.element])]


def test_blocks_come_as_fast_as_they_are_read(painter):
    """Facts come one after the other, with time to read between them, none later than after some seconds."""
    layout = Layout.load("hoax-check")
    binder = Binder.of(layout, Brand.load("sagara"))
    pages = painter.paint(binder.bind(layout.example()["id"], placement.load("instagram/reel"), "id", layout.folder))
    delays = entrances(pages[1])
    assert len(delays) >= 3
    assert all(0.3 < later - earlier < 2 for earlier, later in pairwise(delays))
    assert max(delays) < 6


def test_blocks_of_a_short_scene_are_there_in_time(painter):
    """Where a layout gives a scene two seconds, everything has come by then, and stands for a while."""
    painted = painted_of("service-steps", painter)
    assert max(entrances(painted)) > 2
    assert max(entrances(painted, seconds=2.0)) + 0.55 < 2


def test_what_was_just_said_is_not_read_again(painter):
    """The heading that a scene shares with the one before stands from the start, and nothing waits for it."""
    layout = Layout.load("ranking")
    binder = Binder.of(layout, Brand.load("lentera"))
    page = painter.paint(binder.bind(layout.example()["id"], placement.load("instagram/reel"), "id", layout.folder))[2]
    head = next(box for box in page.boxes if box.tag == "h2")
    words = frozenset(run.text for run in head.runs)
    fresh = Choreography(page.page, page.boxes).styles()
    known = Choreography(page.page, page.boxes, known=words).styles()
    assert f'[data-n="{head.element}"]{{animation:rise' in fresh
    assert f'[data-n="{head.element}"]' not in known
    assert max(entrances(page)) > max(
        one.delay for one in Timeline.of(page.page, (*page.page.motion, known)).animations if one.name == "rise"
    )


@pytest.mark.parametrize("name", ["survey", "trend"])
def test_what_stands_beside_a_headline_or_a_chart_comes_in(name, painter):
    """In a wide film the figure beside the headline runs; so does one above a chart, which grows by itself."""
    moves = moves_of(painted_of(name, painter, to="youtube/video"))
    (run,) = [one for one in moves.animations if COUNT in one.properties]
    rise = next(one for one in moves.animations if one.name == "rise" and one.delay == run.delay)
    assert float(moves.state(0.0)[rise.element]["opacity"]) == 0
