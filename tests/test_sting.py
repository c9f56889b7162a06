"""A brand's own sting: a page of its own passes between scenes and stands behind the last one."""

from dataclasses import replace

import numpy
import pytest

from assetgen import parts, placement
from assetgen.brand import Brand
from assetgen.brand import Sting as StingSpec
from assetgen.errors import LayoutError, SoundError
from assetgen.layout import Layout
from assetgen.model import Direction, Frame, Size
from assetgen.motion.identity import Identities
from assetgen.motion.pixels import image_of, surface_on
from assetgen.motion.production import Manner, film_of
from assetgen.motion.sting import STING, WAYS, Passing
from assetgen.studio import Studio, Wish
from assetgen.video.colour import video_pixels
from assetgen.video.encoder import Settings

SMALL = Size(60, 100)


@pytest.fixture(scope="module")
def studio():
    with Studio() as studio:
        yield studio


def film(studio, brand, to="instagram/reel", name="statistics", **direction):
    """Return the film of a layout as the studio makes it, and the manner that it is made in."""
    layout, place = Layout.load(name), placement.load(to)
    wish = Wish(layout.example()["id"], place, folder=layout.folder)
    pages = studio._painter.paint(studio._binder(layout, brand).bind(wish.given, place, "id", layout.folder))
    manner = Manner(Direction(**direction), sting=studio._sting(wish, layout, brand))
    return film_of(pages, studio._painter.engine, place, manner), manner


def flat(value):
    pixels = numpy.full((SMALL.height, SMALL.width, 4), value, numpy.uint8)
    pixels[..., 3] = 255
    return Frame(SMALL, pixels.tobytes())


@pytest.mark.parametrize("way", sorted(WAYS))
def test_a_page_covers_the_old_scene_and_uncovers_the_new(way):
    """At first the old scene is whole, in the middle the page, at the end the new scene, whichever way it passes."""
    pixels = numpy.zeros((SMALL.height, SMALL.width, 4), numpy.uint8)
    surface = surface_on(pixels)
    old, page, new = 50, 120, 200
    passing = Passing(way, flat(page))
    scenes = image_of(flat(old).array), image_of(flat(new).array)
    page = int(video_pixels(flat(page).array)[0, 0, 0])
    shares = []
    for share in (0.0, 0.2, 0.5, 0.8, 1.0):
        passing.draw(surface.getCanvas(), scenes, share, SMALL)
        shares.append(tuple(float((pixels[..., 0] == value).mean()) for value in (old, page, new)))
    assert shares[0][0] > 0.99
    assert shares[1][0] > 0 < shares[1][1]
    assert shares[2][1] == 1
    assert shares[3][1] > 0 < shares[3][2]
    assert shares[4][2] == 1


def test_a_film_ends_with_the_page_of_its_brand(studio):
    """Scenes change behind the page, the last scene is the page itself, with its sound; a wished cut is a cut."""
    made, manner = film(studio, Brand.load("sagara"), transition=STING)
    plain, _ = film(studio, Brand.load("lentera"))
    assert len(made.shots) == len(plain.shots) + 1
    assert all(shot.transition == STING and shot.passing for shot in made.shots[1:])
    assert made.shots[-1].seconds == manner.sting.end
    (track,) = manner.sting.tracks(made)
    assert track.start == made.starts[-1] / 30
    inner = made.shots[1].scene.stage.timeline
    assert min(one.delay for one in inner.animations) > 0.5 * manner.sting.seconds
    last = made.shots[-1].scene.stage
    assert last.timeline.end < manner.sting.end - 0.6
    assert all(box.rectangle.outside(placement.load("instagram/reel").safe) <= 1 for box in last.boxes if box.runs)
    hard, _ = film(studio, Brand.load("sagara"), transition="cut")
    assert [shot.transition for shot in hard.shots[:-1]] == ["cut"] * len(plain.shots)


def test_a_warning_does_not_end_with_a_slogan(studio):
    """Layouts for danger, grief and mistakes take no page behind the last scene."""
    for name in ("condolence", "missing-person", "quake", "weather-warning"):
        made, _ = film(studio, Brand.load("sagara"), name=name)
        assert len(made.shots) == 1


def test_another_page_is_another_film(studio):
    """What was kept of a film is not taken where the brand's page has changed; what it does not touch is kept."""
    made, _ = film(studio, Brand.load("sagara"), transition=STING)
    size = made.size
    black = Passing("iris", Frame(size, bytes(4 * size.width * size.height)))
    other = replace(made, shots=tuple(replace(shot, passing=shot.passing and black) for shot in made.shots))
    settings, second = Settings(made.size), made.starts[1]
    keys = [Identities(one, settings).key(range(second, second + 10)) for one in (made, other)]
    assert None not in keys
    assert keys[0] != keys[1]
    assert len({Identities(one, settings).key(range(20)) for one in (made, other)}) == 1


@pytest.mark.parametrize("name", parts.kit_names("brand"))
def test_the_page_suits_every_brand_and_shape(name, studio):
    """It can be made for any brand, and nothing on it is cut off or too small."""
    brand = Brand.load(name).model_copy(update={"sting": StingSpec(end=1.5)})
    for to in ("instagram/reel", "instagram/feed-square", "youtube/video"):
        place = placement.load(to)
        page = studio._sting(Wish({}, place), Layout.load("quote"), brand).painted
        shown = [box for box in page.boxes if box.runs or "logo" in box.attributes.get("class", "").split()]
        assert shown
        for box in shown:
            assert box.rectangle.left >= 0
            assert box.rectangle.right <= place.size.width
            assert all(run.font_size >= 26 for run in box.runs)


def test_a_film_that_would_be_too_long_has_no_page_behind_it(studio):
    """The placement's longest time comes before the page."""
    brand = Brand.load("sagara")
    made, _ = film(studio, brand, name="quote")
    place = placement.load("instagram/reel")
    short = replace(place, video=replace(place.video, duration_max=made.seconds - 1, duration_advised=(0, 60)))
    layout = Layout.load("quote")
    pages = studio._painter.paint(
        studio._binder(layout, brand).bind(layout.example()["id"], short, "id", layout.folder)
    )
    manner = Manner(sting=studio._sting(Wish({}, short), layout, brand))
    assert len(film_of(pages, studio._painter.engine, short, manner).shots) == 1


def test_what_a_brand_does_not_have_is_said(studio):
    """A sting that is wished of a brand without one, and a sound that there is not."""
    with pytest.raises(LayoutError, match="no sting that passes"):
        film(studio, Brand.load("lentera"), transition=STING)
    silent = Brand.load("sagara").model_copy(update={"sting": StingSpec(end=1.0, sound="gong")})
    made, manner = film(studio, silent, name="quote")
    with pytest.raises(SoundError, match="no sound effect 'gong'"):
        manner.sting.tracks(made)
