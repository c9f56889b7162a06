"""Make room for speech: the samples of the voices go in; how far the music steps back at each sample comes out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from assetgen.sound.value import RATE

DEPTH = -12.0
# Seconds: how fast music steps back before a word, how long it waits in a pause, how slowly it returns.
ATTACK = 0.08
HOLD = 0.3
RELEASE = 0.4
# Speech is looked at in steps of 10 ms; it is where it stands less than so many dB below the voice's own level.
STEP = RATE // 100
BELOW = -26.0
FLOOR = 1e-4


def ducking(voice: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the factor for the music at each sample, from 1 to `DEPTH` dB; it is all the way down when a word begins.

    The music is known before it is heard, so it steps back ahead of the first word; pauses shorter than `HOLD` and
    breaths do not bring it back.
    """
    spoken = speaks(voice)
    if not spoken.any():
        return np.ones(len(voice))
    count = len(spoken)
    here = np.arange(count)
    never = 10 * count
    last = np.maximum.accumulate(np.where(spoken, here, -never))
    following = np.minimum.accumulate(np.where(spoken, here, never)[::-1])[::-1]
    before, after = (following - here) * STEP / RATE, (here - last) * STEP / RATE
    nearness = np.maximum(1 - before / ATTACK, 1 - np.maximum(after - HOLD, 0) / RELEASE)
    eased = _eased(np.clip(nearness, 0, 1))
    middles = here * STEP + STEP // 2
    return np.asarray(10 ** (DEPTH * np.interp(np.arange(len(voice)), middles, eased) / 20))


def speaks(voice: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell for each step of 10 ms whether somebody speaks in it or in one beside it."""
    count = -(-len(voice) // STEP)
    padded = np.zeros(count * STEP)
    padded[: len(voice)] = np.square(voice).sum(axis=1)
    strength = np.sqrt(padded.reshape(count, STEP).mean(axis=1))
    heard = strength[strength > FLOOR]
    if not len(heard):
        return np.zeros(count, np.bool_)
    usual = float(np.quantile(heard, 0.9))
    loud = strength > max(usual * 10 ** (BELOW / 20), FLOOR)
    # The steps beside: a word that begins within a step is clear from its first sample.
    return np.convolve(loud, [True, True, True], "same") > 0


def _eased(share: NDArray[np.float64]) -> NDArray[np.float64]:
    return share * share * (3 - 2 * share)
