"""Find where a voice is silent: a sound goes in, the times of its pauses come out, so that captions can follow it."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from assetgen.sound.ducking import STEP, speaks
from assetgen.sound.value import RATE, Sound

SHORTEST = 0.12


def pauses(voice: Sound) -> tuple[tuple[float, float], ...]:
    """Return from when to when nobody speaks, in seconds, beginning and end included; pauses below 0.12 s are none."""
    spoken = speaks(voice.samples.astype(np.float64))
    edges = [0, *(np.flatnonzero(np.diff(spoken.astype(np.int8))) + 1).tolist(), len(spoken)]
    silent = [(first, last) for first, last in pairwise(edges) if first < last and not spoken[first]]
    found = ((first * STEP / RATE, min(last * STEP / RATE, voice.seconds)) for first, last in silent)
    return tuple((start, end) for start, end in found if end - start >= SHORTEST)
