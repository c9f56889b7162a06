"""Flashes: what WCAG 2.3.1 forbids is found, and nothing that people may see."""

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetgen.inspect.flashes import FlashMeter, flashes, shrunk, spans


def film(state, seconds=3, rate=30, size=(48, 27), cover=1.0):
    """Yield pictures of a dark ground whose upper part takes the state of each frame."""
    for number in range(seconds * rate):
        picture = numpy.full((*size, 3), 40, numpy.uint8)
        picture[: round(size[0] * cover)] = state(number)
        yield picture


def blink(frames, light=220, dark=40):
    return lambda number: light if number // frames % 2 else dark


@pytest.mark.parametrize(
    ("state", "rate"),
    [
        (blink(3), 5.0),
        (blink(4), 4.0),
        (lambda number: int(128 + 100 * numpy.sin(2 * numpy.pi * 5 * number / 30)), 5.5),
        (blink(1), 15.0),
    ],
    ids=["5 a second", "almost 4", "soft", "every frame"],
)
def test_more_than_three_a_second_are_found(state, rate):
    """Hard and soft flashes are counted in the second that has the most of them."""
    (found,) = flashes(film(state), 30)
    assert (found.start, found.end, found.red) == (0.0, pytest.approx(3, abs=0.2), False)
    assert found.rate == rate


@pytest.mark.parametrize(
    "state",
    [
        lambda number: 128,
        blink(5),
        blink(15),
        blink(3, light=255, dark=235),
        blink(3, light=70),
        lambda number: min(255, 3 * number),
        lambda number: 220 if number == 40 else 40,
    ],
    ids=["still", "3 a second", "1 a second", "both bright", "small change", "fade", "one flash"],
)
def test_what_is_safe_is_let_through(state):
    """Three a second, changes among bright tones, small ones, fades and single flashes are allowed."""
    assert flashes(film(state), 30) == ()


def test_small_parts_may_flash():
    """Less than a quarter of every third of the picture is too small; a little more is not."""
    assert flashes(film(blink(3), cover=0.06), 30) == ()
    assert flashes(film(blink(3), cover=0.10), 30)


def test_fine_patterns_are_averaged_away():
    """A chess board of single pixels that changes its colours is grey from afar."""
    board = numpy.indices((960, 540)).sum(0) % 2 * 200

    def state(number):
        return (board if number % 2 else 200 - board)[..., None]

    assert flashes(film(state, seconds=2, size=(960, 540)), 30) == ()


def test_red_flashes_count_by_their_own_rule():
    """Saturated red against an equally bright grey has no change of luminance, and is found."""
    pictures = list(film(lambda number: (150, 0, 0) if number // 3 % 2 else (70, 70, 70)))
    (found,) = flashes(pictures, 30)
    assert found.red
    backward, blue = FlashMeter(30), FlashMeter(30)
    for picture in pictures:
        backward.see(picture[..., ::-1], blue_first=True)
        blue.see(picture[..., ::-1])
    assert backward.result() == (found,)
    assert not any(flash.red for flash in blue.result())
    assert list(spans([found])) == ["0.0 to 3.0 s, 5 red flashes a second"]


def test_parts_that_change_in_turn_are_no_flashes():
    """Cards that come in one after another change often, but each place only once."""

    def state(number):
        rows = numpy.arange(48)
        return numpy.where(rows < number * 2, 220, 40)[:, None, None]

    assert flashes(film(state), 30) == ()


def test_the_span_is_where_it_flashes():
    """A second of flashing in the middle of a still film is told with its time."""
    (found,) = flashes(film(lambda number: blink(3)(number) if 90 <= number < 120 else 40, seconds=7), 30)
    assert 2.0 <= found.start <= 3.5
    assert 3.5 <= found.end <= 5.1


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 8), st.sampled_from([24, 25, 30, 60]), st.sampled_from([(48, 27), (96, 54), (27, 48), (40, 40)]))
def test_size_and_rate_of_frames_decide_nothing(frames, rate, size):
    """Only flashes in a second count: 3 and a half of them or more, in any shape and at any rate."""
    found = flashes(film(blink(frames), rate=rate, size=size), rate)
    per_second = rate / frames / 2
    if per_second >= 4:
        assert found
    elif per_second <= 3:
        assert not found


def test_frames_that_stand_need_not_be_seen_again():
    """Holding a frame is the same as seeing it again, also for longer than a second."""
    for count in (1, 2, 4, 5, 9, 40):
        seen, held = FlashMeter(30), FlashMeter(30)
        for picture in list(film(blink(1), seconds=1))[:20]:
            for _ in range(count):
                seen.see(picture)
            held.see(picture)
            held.hold(count - 1)
        assert held.result() == seen.result()
        assert bool(seen.result()) == (count < 5)


@pytest.mark.parametrize("axis", [0, 1])
def test_lines_that_alternate_even_out(axis):
    """Stripes of single pixels that change places are grey from afar, lying and standing."""
    stripes = numpy.indices((1920, 1080))[axis] % 2 * 200

    def state(number):
        return (stripes if number % 2 else 200 - stripes)[..., None]

    assert flashes(film(state, seconds=1, size=(1920, 1080)), 15) == ()


def test_frames_may_be_of_any_size_and_have_alpha():
    """Large frames are averaged, a fourth channel is left away, and memory does not grow with the film."""
    assert shrunk(numpy.zeros((1920, 1080, 4), numpy.uint8)).shape == (50, 27, 3)
    meter = FlashMeter(30)
    for picture in film(blink(3), size=(192, 108)):
        meter.see(numpy.dstack([picture, numpy.zeros((192, 108), numpy.uint8)]))
    assert meter.result()
    with pytest.raises(ValueError, match="more than 0, got 0"):
        FlashMeter(0)
