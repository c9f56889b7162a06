"""Text that is typed appears line by line, whole in the end, however its lines fell."""

from dataclasses import replace

import pytest

from assetgen import placement
from assetgen.bind import Binder
from assetgen.brand import Brand
from assetgen.layout import Layout
from assetgen.motion.resting import unrest_of
from assetgen.motion.take import Take
from assetgen.paint import Painter
from assetgen.video.colour import rgb_pixels

HEADLINE = 'class="headline"'


@pytest.fixture(scope="module")
def painter():
    with Painter() as painter:
        yield painter


@pytest.fixture(scope="module")
def painted(painter):
    layout = Layout.load("announcement")
    binder = Binder.of(layout, Brand.load("lentera"))
    composition = binder.bind(layout.example()["id"], placement.load("instagram/reel"), "id", layout.folder)
    page = composition.pages[0]
    assert HEADLINE in page.html
    return painter.paint_page(replace(page, html=page.html.replace(HEADLINE, 'class="headline type-on"')))


def test_lines_come_one_after_the_other(painted, painter):
    """First nothing, then the first line and not the last, in the end the page as the still shows it."""
    head = next(box for box in painted.boxes if box.tag == "h1")
    lines = [run.rectangle for run in head.runs]
    assert len(lines) >= 2
    take = Take(painted, 1)
    scene = take.scene(painter.engine)
    (move,) = scene.stage.timeline.animations
    assert move.duration == pytest.approx(0.45 * len(lines))
    assert take.seconds > move.end
    still = painter.engine.paint(painted.page).array[..., :3].astype(int)
    drawing = scene.drawing()

    def missing(time):
        """Return by how much each line differs at most from the still."""
        drawing.draw(time)
        apart = abs(rgb_pixels(drawing.pixels).astype(int) - still).max(axis=2)
        return [
            int(apart[int(one.top) : int(one.bottom), int(one.left) : int(one.right)].max(initial=0)) for one in lines
        ]

    assert min(missing(0.0)) > 100
    first = lines[0].width / sum(line.width for line in lines)
    begun, *_, last = missing(move.delay + first * move.duration)
    assert begun <= 4 < 100 < last
    assert max(missing(move.end + 0.1)) <= 4


def test_typed_text_rests_as_the_still(painted):
    """It is no animation that ends elsewhere."""
    assert not list(unrest_of(painted.page, painted.boxes))
