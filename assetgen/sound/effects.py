"""Make short sounds for marks in a video from formulas: a name goes in, a sound comes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from assetgen.errors import Place, SoundError, did_you_mean
from assetgen.sound.synthesis import Tone, Wave, between, noise, struck
from assetgen.sound.value import RATE, Sound, faded, on_grid, ramp, samples_in

PEAK = 0.5


def effect(name: str, place: Place = Place()) -> Sound:
    """Return a soft short sound by its name: `tick`, `whoosh` or `chime`. Raises SoundError when there is none."""
    if name not in EFFECTS:
        raise SoundError(f"there is no sound effect '{name}'", place, did_you_mean(name, EFFECTS))
    made = EFFECTS[name]()
    return Sound(on_grid(faded(made * PEAK / np.abs(made).max(), 0.001, 0.02)))


def _tick() -> Wave:
    """Return a short wooden knock, for something that appears."""
    wood = struck(Tone(1180.0, ((1.0, 1.0, 1.0), (2.57, 0.4, 2.2), (4.1, 0.12, 4.0))), 0.12, 0.0015)
    return np.stack([wood, wood], axis=1)


def _whoosh() -> Wave:
    """Return air that passes from left to right, for a change of scene."""
    count = samples_in(0.7)
    place = np.linspace(0, 1, count)
    air = np.zeros(count)
    # Bands of noise swell one after the other, up and down again: the ear hears one sweep.
    for number, middle in enumerate((260.0, 480.0, 850.0, 1400.0, 850.0, 480.0)):
        band = between(noise(count, 11 + number), middle / 1.5, middle * 1.5)
        centre = 0.2 + 0.11 * number
        air += band * np.exp(-(((place - centre) / 0.14) ** 2)) / np.sqrt(np.square(band).mean())
    envelope = ramp(count) * np.clip((1 - place) * 3, 0, 1)
    air *= envelope
    return np.stack([air * np.sqrt(1 - 0.7 * place), air * np.sqrt(0.3 + 0.7 * place)], axis=1)


def _chime() -> Wave:
    """Return two soft bell tones a fifth apart, for a result."""
    bell = ((1.0, 1.0, 1.0), (2.0, 0.3, 1.6), (2.76, 0.22, 2.4), (5.4, 0.06, 5.0))
    count = samples_in(1.8)
    made = np.zeros((count, 2))
    for start, frequency, sides in ((0.0, 587.33, (0.8, 0.6)), (0.14, 880.0, (0.6, 0.8))):
        wave = struck(Tone(frequency, bell), 1.6)
        at = round(start * RATE)
        for side, share in enumerate(sides):
            made[at : at + len(wave), side] += wave[: count - at] * share
    return made


EFFECTS: Mapping[str, Callable[[], Wave]] = MappingProxyType({"tick": _tick, "whoosh": _whoosh, "chime": _chime})
