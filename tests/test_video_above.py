"""What lies over a film: a line that tells how far it is, captions word by word."""

import pytest

from assetgen import placement
from assetgen.bind import Binder
from assetgen.brand import Brand
from assetgen.layout import Layout
from assetgen.model import Direction
from assetgen.motion import captioning, progress_bar
from assetgen.motion.production import Manner, film_of
from assetgen.paint import Painter


@pytest.fixture(scope="module")
def painter():
    with Painter() as painter:
        yield painter


def film(painter, name, to="instagram/reel", brand="lentera", **direction):
    layout, place = Layout.load(name), placement.load(to)
    kit = layout.component_stylesheets
    manner = Manner(
        Direction(**direction), caption_styles=kit["kit-captions"], progress_styles=kit["kit-film-progress"]
    )
    where = captioning.with_room(place) if manner.direction.captioned else place
    where = progress_bar.with_room(where) if manner.direction.progress else where
    pages = painter.paint(Binder.of(layout, Brand.load(brand)).bind(layout.example()["id"], where, "id", layout.folder))
    return film_of(pages, painter.engine, place, manner), pages, place


@pytest.mark.parametrize(("to", "brand"), [("instagram/reel", "sagara"), ("youtube/video", "pasang-surut")])
def test_a_line_tells_how_far_a_film_is(to, brand, painter):
    """It lies in the safe area above what the layout shows, is empty at first, whole at the end, and never shrinks."""
    made, pages, place = film(painter, "statistics", to, brand, progress=True)
    areas = [overlay.layer.area for overlay in made.overlays]
    assert all(place.safe is None or area.outside(place.safe) <= 4 * pages[0].page.scale for area in areas)
    top = min(box.rectangle.top for page in pages for box in page.texts)
    assert max(area.bottom for area in areas) < top
    filled = []
    for frame in range(0, made.length, 7):
        shown = [areas[number] for number in made.shown(frame)]
        assert shown[0] == areas[0]
        filled.append(sum(area.width for area in shown[1:]))
    assert filled[0] <= areas[0].width * 0.02
    assert filled == sorted(filled)
    whole = sum(areas[number].width for number in made.shown(made.length - 1)[1:])
    assert whole == pytest.approx(areas[0].width, abs=(10 * len(pages) + 8) * pages[0].page.scale)


def test_a_line_leaves_frames_that_hold(painter):
    """It grows a few times a second: half of the frames of a page that stands still are not drawn again."""
    made, *_ = film(painter, "quote", progress=True)
    looks = {made.signature(frame) for frame in range(made.length)}
    assert len(looks) <= made.length * 0.75


def test_captions_mark_the_word_that_is_said(painter):
    """One picture a word, one after the other without a gap, in the same place: only colours change."""
    said = ("Empat mitos yang masih sering kita dengar.",)
    plain, *_ = film(painter, "quote", narration=said)
    made, *_ = film(painter, "quote", narration=said, highlight=True)
    assert len(plain.overlays) == len(made.cues)
    assert len(made.overlays) == sum(len(cue.words) for cue in made.cues)
    for cue in made.cues:
        words = [one for one in made.overlays if cue.start <= one.start < cue.end]
        assert [one.end for one in words[:-1]] == [one.start for one in words[1:]]
        assert (words[0].start, words[-1].end) == (cue.start, cue.end)
        assert len({(one.layer.area.left, one.layer.area.right, one.layer.area.top) for one in words}) == 1
