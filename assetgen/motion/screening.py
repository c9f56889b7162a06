"""Watch a film as its audience will: how long scenes stand, and whether something flashes."""

from __future__ import annotations

from assetgen.inspect.flashes import FlashMeter, shrunk, spans
from assetgen.model import Screening
from assetgen.motion.film import Film, Projector
from assetgen.motion.shoot import looks
from assetgen.video.colour import rgb_pixels


def screen(film: Film) -> Screening:
    """Return what was seen of a film; frames that repeat are looked at once."""
    meter = FlashMeter(film.frames_per_second)
    projector = Projector(film)
    for number, count in looks(film, range(film.length)):
        film.forget_before(number)
        projector.draw(number)
        # Averaged first and turned into colours then: both are sums, and a thousandth of the pixels is left.
        meter.see(rgb_pixels(shrunk(projector.pixels)))
        meter.hold(count - 1)
    return Screening(tuple((shot.seconds, shot.needed) for shot in film.shots), tuple(spans(meter.result())))
