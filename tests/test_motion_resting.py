"""A film ends where the still stands: values that no keyframe names are the page's own, and others are told."""

from dataclasses import replace

import pytest

from assetgen import placement
from assetgen.bind import Binder
from assetgen.brand import Brand
from assetgen.check import Subject
from assetgen.layout import Layout
from assetgen.model import Box, Page, Rectangle, Severity, Size
from assetgen.motion.resting import unrest_of
from assetgen.motion.take import Take
from assetgen.motion.timeline import Timeline
from assetgen.motion.values import between
from assetgen.paint import Painter
from assetgen.rules import resting

HTML = '<div class="canvas" data-n="0"><p class="a" data-n="1">x</p></div>'
BOX = Box(1, "p", {"class": "a"}, Rectangle(0, 0, 200, 100))


@pytest.fixture(scope="module")
def painter():
    with Painter() as painter:
        yield painter


def page(css):
    return Page(HTML, (css,), Size(1080, 1920), (), motion=(css,))


@pytest.mark.parametrize(
    ("css", "found"),
    [
        ("@keyframes k{from{opacity:0}} .a{animation:k 1s both}", None),
        ("@keyframes k{from{opacity:0}} .a{opacity:.3;animation:k 1s both}", None),
        ("@keyframes k{to{opacity:0}} .a{animation:k 1s}", None),
        ("@keyframes k{to{opacity:0}} .a{animation:k 1s both}", ("opacity", "0", "1")),
        ("@keyframes k{from{opacity:0}to{opacity:1}} .a{opacity:.3;animation:k 1s forwards}", ("opacity", "1", ".3")),
        ("@keyframes k{from{transform:none}to{transform:translateX(0)}} .a{animation:k 1s both}", None),
        ("@keyframes k{to{transform:scale(1.2)}} .a{animation:k 1s both}", ("transform", "scale(1.2)", "none")),
        (
            "@keyframes k{from{clip-path:inset(0 100% 0 0)}to{clip-path:inset(0% 0% 0% 0%)}} .a{animation:k 1s both}",
            None,
        ),
        (
            "@keyframes k{to{clip-path:inset(0 50% 0 0)}} .a{animation:k 1s both}",
            ("clip-path", "inset(0 50% 0 0)", "none"),
        ),
        ("@keyframes k{to{color:#ff0000}} .a{color:red;animation:k 1s both}", None),
        ("@keyframes k{to{color:#00f}} .a{color:red;animation:k 1s both}", ("color", "#00f", "red")),
        ("@keyframes k{from{opacity:0}} .a{animation:k 1s 2 alternate both}", ("opacity", "0", "1")),
    ],
)
def test_animations_that_end_elsewhere_are_found(css, found):
    """Only what both say and what differs when all has ended; equal values in other words are equal."""
    unrest = [(one.name, one.ends, one.stands) for one in unrest_of(page(css), [BOX])]
    assert unrest == ([found] if found else [])


def test_a_finding_names_the_element(painter):
    """What hides something is an error, what lies aside a warning, each with its selector."""
    layout = Layout.load("quote")
    composition = Binder.of(layout, Brand.load("lentera")).bind(
        layout.example()["id"], placement.load("instagram/reel"), "id", layout.folder
    )
    (painted,) = painter.measure(composition)
    css = "@keyframes k{to{opacity:0;transform:translateX(9px)}} .quote,.words{animation:k 1s both}"
    moved = replace(painted, page=replace(painted.page, motion=(*painted.page.motion, css)))
    findings = list(resting.check(Subject(composition, (moved,), ())))
    assert {one.severity for one in findings} == {Severity.ERROR, Severity.WARNING}
    assert all("the animation of" in one.message and one.page == 1 for one in findings)
    assert not list(resting.check(Subject(composition, (painted,), ())))


def test_what_no_keyframe_names_is_the_pages_own():
    """A block that stands turned or pale comes in and ends turned and pale, as browsers have it."""
    css = "@keyframes k{from{opacity:0;transform:translateY(48px)}}"
    css += ".a{opacity:.4;transform:rotate(9deg);animation:k 1s both}"
    moves = Timeline.of(page(css), (css,))
    assert moves.state(2.0) == {1: {"opacity": ".4", "transform": "rotate(9deg)"}}
    only = "@keyframes k{from{opacity:0}} .a{transform:rotate(9deg);animation:k 1s both}"
    assert Timeline.of(page(only), (only,)).state(0.5)[1]["transform"] == "rotate(9deg)"


def test_transforms_of_another_build_meet_without_a_jump():
    """From a way to a turn the angle and the place change steadily."""
    assert (
        between("transform", "translateY(48px)", "rotate(90deg)", 0.5)
        == "matrix(0.707107,0.707107,-0.707107,0.707107,0,24)"
    )
    assert between("transform", "scale(2)", "scale(2) rotate(10deg)", 0.5) == "scale(2) rotate(5deg)"


@pytest.mark.parametrize("name", ["condolence", "countdown", "hoax-check", "thumbnail", "weather-warning"])
def test_every_scene_ends_as_its_still_stands(name, painter):
    """Layouts with things that stand turned or pale: when all has moved, each element has the values of its styles."""
    layout = Layout.load(name)
    binder = Binder.of(layout, Brand.load("sagara"))
    composition = binder.bind(layout.example()["id"], placement.load("instagram/reel"), "id", layout.folder)
    for number, painted in enumerate(painter.measure(composition), 1):
        styles = Take(painted, number)._choreography.styles()
        moving = replace(painted.page, motion=(*painted.page.motion, styles))
        assert not list(unrest_of(moving, painted.boxes))
