"""Say where a sound stands in a mix: a track, with its times, its fades and how loud it is."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from assetgen.errors import Place, Problem, did_you_mean
from assetgen.sound.value import RATE, Sound, as_factor, faded, ramp, samples_in

Kind = Literal["music", "voice", "effect"]
KINDS: tuple[Kind, ...] = get_args(Kind)

# How loud each kind is before its own gain: what users bring is brought to one level first, by loudness (LUFS), effects
# by their peak (dBTP), since they are too short to have a loudness. Speech stands 4 above music that is not ducked.
LEVEL = {"voice": -16.0, "music": -20.0, "effect": -12.0}
# Fades in and out in seconds, where none are given: music leaves slowly, speech and effects only without a click.
FADES = {"music": (0.25, 2.0), "voice": (0.005, 0.03), "effect": (0.001, 0.02)}
# The ends of a loop overlap so long.
SEAM = 0.05
# Noise is not made music: a sound that is quieter than this is raised by no more.
MOST_GAIN = 40.0


@dataclass(frozen=True)
class Track:
    """One sound of a mix.

    It enters at `start` seconds of the mix with what stands at `trim` seconds of the sound, and plays until the sound
    or `end` (seconds of the mix) is over; music plays until the mix is over, again and again where `loop` is true.
    Fades are seconds, None for what suits the kind; `gain` is in dB, above the level of its kind.
    """

    kind: Kind
    sound: Sound
    start: float = 0.0
    trim: float = 0.0
    end: float | None = None
    loop: bool = True
    fade_in: float | None = None
    fade_out: float | None = None
    gain: float = 0.0
    place: Place = field(default_factory=Place)

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong with the track."""
        if self.kind not in KINDS:
            yield Problem(f"'{self.kind}' is no kind of sound", self.place, did_you_mean(self.kind, KINDS))
        for name in ("start", "trim", "end", "fade_in", "fade_out"):
            value = getattr(self, name)
            if value is not None and not 0 <= value < math.inf:
                yield Problem(f"{name} is {value}", self.place, "a time in seconds, from 0")
        if not -60 <= self.gain <= 24:
            yield Problem(f"gain is {self.gain} dB", self.place, "from -60 to 24 dB")
        if self.trim >= self.sound.seconds:
            message = f"trim leaves nothing: the sound has {self.sound.seconds:.2f} s, {self.trim:g} s are cut off"
            yield Problem(message, self.place)
        if self.end is not None and self.end <= self.start:
            yield Problem(f"it ends at {self.end:g} s, before it starts at {self.start:g} s", self.place)

    def laid(self, seconds: float) -> NDArray[np.float64]:
        """Return the samples of a whole mix of so many seconds, with nothing but this track on them."""
        whole = np.zeros((samples_in(seconds), 2))
        at = samples_in(self.start)
        until = min(len(whole), samples_in(self.end) if self.end is not None else len(whole))
        if until <= at:
            return whole
        played = self._played(until - at) * as_factor(self._level() + self.gain)
        fade_in, fade_out = FADES[self.kind]
        fade_in = fade_in if self.fade_in is None else self.fade_in
        fade_out = fade_out if self.fade_out is None else self.fade_out
        # A short video keeps most of its music at full level.
        played = faded(played, min(fade_in, len(played) / RATE / 4), min(fade_out, len(played) / RATE / 3))
        whole[at : at + len(played)] = played
        return whole

    def _played(self, length: int) -> NDArray[np.float64]:
        """Return the samples from the trim on, as many as asked for, repeated for music."""
        own = self.sound.samples[samples_in(self.trim) :].astype(np.float64)
        if self.kind != "music" or not self.loop or len(own) >= length:
            return own[:length]
        return looped(own, length)

    def _level(self) -> float:
        """Return how many dB bring the sound to the level of its kind."""
        if self.sound.is_silent:
            return 0.0
        own = self.sound.true_peak if self.kind == "effect" else self.sound.loudness
        return min(LEVEL[self.kind] - own, MOST_GAIN)


def looped(samples: NDArray[np.float64], length: int) -> NDArray[np.float64]:
    """Return samples repeated to a length; each end overlaps with the next beginning, so that no seam clicks."""
    seam = min(samples_in(SEAM), len(samples) // 3)
    turn = samples.copy()
    turn[:seam] = samples[:seam] * ramp(seam)[:, None] + samples[len(samples) - seam :] * ramp(seam)[::-1, None]
    turn = turn[: len(turn) - seam]
    again = np.tile(turn, (-(-length // len(turn)), 1))[:length]
    # The first turn has nothing before it.
    again[:seam] = samples[:seam][:length]
    return again
