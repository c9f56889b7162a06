"""Watch a film as its audience will: how long scenes stand, and whether something flashes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import numpy

from assetgen.inspect.flashes import FlashMeter, spans
from assetgen.model import Screening
from assetgen.motion.film import Film


class Looked(Protocol):
    """What was seen of a film."""

    @property
    def looks(self) -> Iterable[tuple[numpy.ndarray, int]]:
        """Return what was seen, small in RGB, with the frames that each stands."""


def screen(film: Film, footage: Looked) -> Screening:
    """Return what was seen of a film that was shot; frames that repeat are looked at once."""
    meter = FlashMeter(film.frames_per_second)
    for look, count in footage.looks:
        meter.see(look)
        meter.hold(count - 1)
    return Screening(tuple((shot.seconds, shot.needed) for shot in film.shots), tuple(spans(meter.result())))
