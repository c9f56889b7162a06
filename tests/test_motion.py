"""Motion as CSS has it: animations are read, values between keyframes found, pages cut into layers and composed."""

import math
from dataclasses import replace

import numpy
import pytest
from similarity import similarity

from assetgen import placement
from assetgen.bind import Binder
from assetgen.brand import Brand
from assetgen.errors import LayoutError
from assetgen.layout import Layout
from assetgen.model import Frame, Page, Rectangle, Size
from assetgen.motion.choreography import Choreography
from assetgen.motion.easing import easing
from assetgen.motion.geometry import NOTHING, clip, mapped, transform
from assetgen.motion.layers import Stage
from assetgen.motion.scenes import Scene
from assetgen.motion.timeline import Timeline, seconds
from assetgen.motion.values import between
from assetgen.paint import Painter
from assetgen.video.colour import rgb_pixels, video_pixels

BOX = Rectangle(100, 200, 300, 300)


@pytest.fixture(scope="module")
def painter():
    with Painter() as painter:
        yield painter


def timeline(css, html='<div class="canvas" data-n="0"><p class="a" data-n="1">x</p></div>'):
    return Timeline.of(Page(html, (css,), Size(1080, 1920), ()), (css,))


@pytest.mark.parametrize(
    ("text", "share", "found"),
    [
        ("linear", 0.3, 0.3),
        ("ease", 0.5, 0.8024),
        ("steps(4)", 0.6, 0.5),
        ("steps(4, start)", 0.6, 0.75),
        ("cubic-bezier(.2,.8,.2,1)", 0.5, 0.9460),
        ("ease-in", 0.0, 0.0),
        ("ease-out", 1.0, 1.0),
    ],
)
def test_timing_functions_are_those_of_css(text, share, found):
    """Figures of the curve as browsers have them."""
    assert easing(text)(share) == pytest.approx(found, abs=2e-3)


@pytest.mark.parametrize("text", ["fast", "cubic-bezier(2,0,0,1)", "steps(0)", "steps(2, middle)"])
def test_what_is_no_timing_function_is_refused(text):
    """A typo is told, not taken as linear."""
    with pytest.raises(ValueError, match=r"timing|steps"):
        easing(text)


@pytest.mark.parametrize(
    ("name", "first", "second", "found"),
    [
        ("transform", "translateY(60px)", "none", "translateY(45px)"),
        ("transform", "none", "translate(10px, 20%) scale(2)", "translate(2.5px, 5%) scale(1.25)"),
        ("transform", "translateY(0)", "translateY(20px)", "translateY(5px)"),
        ("opacity", "0", "1", "0.25"),
        ("clip-path", "inset(0 100% 0 0)", "none", "inset(0% 75% 0% 0%)"),
        ("color", "#000000", "#ffffff", "rgb(63.75, 63.75, 63.75)"),
        ("filter", "blur(8px)", "none", "blur(6px)"),
        ("display", "none", "block", "none"),
    ],
)
def test_values_between_keyframes(name, first, second, found):
    """Numbers meet at a quarter of the way; what cannot meet changes at the half."""
    assert between(name, first, second, 0.25) == found


def test_an_animation_is_read_with_delay_order_and_variables():
    """The shorthand, variables of the element, calc() of times, fill modes and what is said in the attribute."""
    css = """.canvas{--step:80ms} @keyframes rise{from{opacity:0;transform:translateY(60px)}}
    .a{animation:rise .5s linear calc(.1s + var(--order, 0) * var(--step)) both}"""
    html = '<div class="canvas" data-n="0"><p class="a" style="--order:5" data-n="1">x</p></div>'
    found = timeline(css, html)
    assert found.animations[0].delay == pytest.approx(0.5)
    assert found.end == pytest.approx(1.0)
    assert found.state(0.2) == {1: {"opacity": "0", "transform": "translateY(60px)"}}
    assert found.state(0.75) == {1: {"opacity": "0.5", "transform": "translateY(30px)"}}
    assert found.state(2) == {1: {"opacity": "1", "transform": "none"}}


def test_a_stronger_rule_wins():
    """Specificity and order decide which animation an element has."""
    css = """@keyframes one{from{opacity:0}} @keyframes two{from{opacity:.5}}
    p.a{animation:two 1s} .a{animation:one 1s}"""
    assert [one.name for one in timeline(css).animations] == ["two"]


def test_endless_animations_turn_and_go_back():
    """`infinite alternate` comes back; without a fill mode nothing is said after the end."""
    css = "@keyframes m{from{opacity:0}to{opacity:1}} .a{animation:m 1s linear infinite alternate}"
    found = timeline(css)
    assert found.endless
    assert math.isinf(found.animations[0].end)
    assert found.state(1.25)[1]["opacity"] == "0.75"
    assert timeline("@keyframes m{from{opacity:0}} .a{animation:m 1s linear}").state(1.5) == {}


@pytest.mark.parametrize("css", [".a{animation:m 1x}", ".a{animation:m 1s; animation-delay:soon}"])
def test_a_broken_animation_is_told(css):
    """A time that is none names its animation."""
    with pytest.raises(LayoutError, match="'m'"):
        timeline("@keyframes m{from{opacity:0}}" + css.replace("1x", "1s; animation-duration:1x"))


@pytest.mark.parametrize(("text", "found"), [("80ms", 0.08), (".5s", 0.5), ("calc(2 * 80ms + .2s)", 0.36), ("0", 0)])
def test_times(text, found):
    """Milliseconds, seconds and sums of them."""
    assert seconds(text) == pytest.approx(found)


def test_transforms_turn_about_their_origin():
    """A scale about the middle keeps the middle; percentages are of the box; pixels follow the scale of the page."""
    assert mapped(transform("scale(0.5)", BOX, "", 1), BOX) == Rectangle(150, 225, 250, 275)
    assert mapped(transform("scaleX(0)", BOX, "left center", 1), BOX) == Rectangle(100, 200, 100, 300)
    assert transform("translate(10px, 50%)", BOX, "", 2)[4:] == (20, 50)
    assert transform("none", BOX, "", 1) == NOTHING
    with pytest.raises(ValueError, match="perspective"):
        transform("perspective(10px)", BOX, "", 1)


def test_clips_leave_part_of_the_box():
    """Insets by side, circles by their radius."""
    assert clip("inset(10% 50% 0 0)", BOX, 1).rectangle == Rectangle(100, 210, 200, 300)
    assert clip("circle(50px at 0 0)", BOX, 1).rectangle == Rectangle(50, 150, 150, 250)
    assert clip("none", BOX, 1) is None


def test_colours_come_back():
    """BT.709 in limited range and back is off by two levels at most, for every colour of a cube."""
    steps = numpy.arange(0, 256, 15, numpy.uint8)
    cube = numpy.stack(numpy.meshgrid(steps, steps, steps), -1).reshape(-1, 1, 3)
    pixels = numpy.concatenate([cube, numpy.full((len(cube), 1, 1), 255, numpy.uint8)], -1)
    back = rgb_pixels(video_pixels(pixels))
    assert abs(back.astype(int) - cube).max() <= 2


def scene_of(name, painter, brand="lentera", to="instagram/reel"):
    layout = Layout.load(name)
    composition = Binder.of(layout, Brand.load(brand)).bind(
        layout.example()["id"], placement.load(to), "id", layout.folder
    )
    painted = painter.paint(composition)[0]
    sheets = (*painted.page.motion, Choreography(painted.page, painted.boxes).styles())
    return Scene(Stage(painted.page, painted.boxes, Timeline.of(painted.page, sheets), sheets), painter.engine)


def shown(drawing):
    """Return what was drawn as a frame."""
    colours = rgb_pixels(drawing.pixels)
    opaque = numpy.full((*colours.shape[:2], 1), 255, numpy.uint8)
    return Frame(Size(colours.shape[1], colours.shape[0]), numpy.concatenate([colours, opaque], -1).tobytes())


@pytest.mark.parametrize(
    ("name", "brand"),
    [
        ("announcement", "lentera"),
        ("chart-story", "sagara"),
        ("quake", "arunika"),
        ("service-steps", "tembikar"),
        ("myth-fact", "pasang-surut"),
        ("before-after", "lentera"),
        ("big-number", "sagara"),
    ],
)
def test_composed_frames_look_like_painted_ones(name, brand, painter):
    """The fast way may not look different: frames of layers against pages painted whole, while they move and after."""
    scene = scene_of(name, painter, brand)
    assert scene.layers is not None
    drawing = scene.drawing()
    page, moves = scene.stage.page, scene.stage.timeline
    assert moves.animations
    for time in (0.0, moves.end * 0.3, moves.end * 0.55, moves.end * 0.8, moves.end + 0.1):
        drawing.draw(time)
        whole = painter.engine.paint(scene.stage.at(time)).array
        assert similarity(shown(drawing), Frame(page.size, whole.tobytes())) >= 0.995, time


def test_a_scene_that_rests_is_the_still(painter):
    """The last frame of a scene is the picture that the same page makes, within three levels of rounding."""
    scene = scene_of("announcement", painter)
    drawing = scene.drawing()
    drawing.draw(scene.stage.timeline.end + 1)
    still = painter.engine.paint(scene.stage.page).array[..., :3]
    assert abs(rgb_pixels(drawing.pixels).astype(int) - still).max() <= 4


def test_what_moves_its_neighbours_is_painted_whole(painter):
    """A width that changes moves what stands beside it: such a scene is not cut into layers, and still right."""
    scene = scene_of("announcement", painter)
    sheets = (*scene.stage.sheets, "@keyframes w{from{width:10px}to{width:500px}} .page h1{animation:w 1s both}")
    stage = replace(scene.stage, timeline=Timeline.of(scene.stage.page, sheets), sheets=sheets)
    whole = Scene(stage, painter.engine)
    assert whole.layers is None
    drawing = whole.drawing()
    assert drawing.draw(0.0) is not None
    assert drawing.draw(0.0) is None
    assert drawing.draw(0.5) is not None


def test_stills_have_no_animations(painter):
    """A layout with animations of its own is painted as it stands when they have ended."""
    from assetgen.pruning import still_styles

    css = "@keyframes m { from { opacity: 0 } to { opacity: 1 } }\n.a { color: red; animation: m 1s both; top: 0 }"
    assert still_styles(css).split() == [".a", "{", "color:", "red;", "top:", "0", "}"]
