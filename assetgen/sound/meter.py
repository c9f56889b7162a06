"""Measure sound: samples go in, integrated loudness and true peak come out, by FFmpeg's `ebur128`."""

from __future__ import annotations

import math

import numpy as np

from assetgen.sound.filters import filtered
from assetgen.sound.value import NO_PEAK, RATE, SILENCE, Samples

# The filter tells its state ten times a second; loudness needs a block of 0.4 s.
STEP = RATE // 10
SHORTEST = 5 * STEP
# It tells true peaks to three decimals: half a step more is never too little.
PEAK_STEP = 0.0005


def measured(samples: Samples) -> tuple[float, float]:
    """Return loudness in LUFS and true peak in dBTP; -70 and -120 for silence.

    Short sounds are measured with silence behind them, which the gate of the standard leaves out.
    """
    if not len(samples) or not np.any(samples):
        return SILENCE, NO_PEAK
    whole = max(-(-len(samples) // STEP) * STEP, SHORTEST)
    padded = np.zeros((whole, 2), np.float32)
    padded[: len(samples)] = samples
    told: dict[str, str] = {}
    for frame in filtered(padded, ("ebur128", "metadata=1:peak=true:framelog=quiet")):
        told = frame.metadata or told
    loudness = float(told.get("lavfi.r128.I", SILENCE))
    sampled = float(np.abs(samples).max())
    peak = max(sampled, float(told.get("lavfi.r128.true_peak", 0)) + PEAK_STEP if sampled > PEAK_STEP else sampled)
    return max(loudness, SILENCE), max(20 * math.log10(peak), NO_PEAK)
