"""Make tones from formulas: frequencies and lengths go in, samples come out. No clock, no chance: noise is hashed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assetgen.sound.value import RATE, ramp, samples_in

Wave = NDArray[np.float64]


@dataclass(frozen=True)
class Tone:
    """A struck note: its frequency in Hz, and its partials (multiple, strength, decay relative to the first)."""

    frequency: float
    partials: Sequence[tuple[float, float, float]]


def held(frequency: float, strengths: Sequence[float], seconds: float, edge: float) -> Wave:
    """Return a tone that swells, stands and sinks over `edge` seconds, in mono, with its harmonics' strengths.

    sin(n x) follows from the two before it (2 cos(x) sin((n-1) x) - sin((n-2) x)), a third of the time of six sines.
    """
    count = samples_in(seconds)
    # Each tone begins elsewhere in its turn, or all would peak together at the first sample.
    turn = 2 * np.pi * (frequency * np.arange(count) / RATE + _share(int(frequency * 10)))
    twice = 2 * np.cos(turn)
    before, harmonic = np.zeros(count), np.sin(turn)
    wave = np.zeros(count)
    for strength in strengths:
        wave += strength * harmonic
        before, harmonic = harmonic, twice * harmonic - before
    swell = min(samples_in(edge), count // 2)
    wave[:swell] *= ramp(swell)
    wave[count - swell :] *= ramp(swell)[::-1]
    return wave


def struck(tone: Tone, decay: float, attack: float = 0.004) -> Wave:
    """Return a tone that is struck and dies away; `decay` is in seconds to a thousandth, for the first partial."""
    count = samples_in(decay)
    time = np.arange(count) / RATE
    wave = np.zeros(count)
    for multiple, strength, speed in tone.partials:
        fading = np.exp(-6.9 * speed * time / decay)
        wave += strength * fading * np.sin(2 * np.pi * tone.frequency * multiple * time)
    rise, fall = min(samples_in(attack), count), min(samples_in(0.05), count)
    wave[:rise] *= ramp(rise)
    wave[count - fall :] *= ramp(fall)[::-1]
    return wave


def noise(count: int, seed: int) -> Wave:
    """Return white noise between -1 and 1 (splitmix64 of the number of each sample; Steele, Lea and Flood 2014)."""
    state = np.arange(1, count + 1, dtype=np.uint64) + np.uint64(seed * 1_000_003 % 2**63)
    state *= np.uint64(0x9E3779B97F4A7C15)
    state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    state ^= state >> np.uint64(31)
    return np.asarray(state >> np.uint64(11), np.float64) / 2**52 - 1


def _share(number: int) -> float:
    """Return a number from 0 to 1 that looks like chance."""
    return float(noise(1, number)[0] / 2 + 0.5)


def add_around(whole: Wave, part: Wave, start: int) -> None:
    """Add samples at a place of a loop; what goes beyond its end comes in again at its beginning."""
    for begin in range(0, len(part), len(whole)):
        piece = part[begin : begin + len(whole)]
        at = (start + begin) % len(whole)
        first = min(len(piece), len(whole) - at)
        whole[at : at + first] += piece[:first]
        whole[: len(piece) - first] += piece[first:]


def in_a_room(loop: Wave, seconds: float, share: float, seed: int) -> Wave:
    """Return a loop (samples, 2) with the sound of a room; its echoes go around too, so that there is no seam."""
    count = len(loop)
    tail = min(samples_in(seconds), count)
    fading = np.exp(-6.9 * np.arange(tail) / tail)
    made = np.empty_like(loop)
    for side in (0, 1):
        echoes = np.zeros(count)
        echoes[:tail] = noise(tail, seed + side) * fading
        echoes /= np.sqrt(np.square(echoes).sum())
        echoed = np.fft.irfft(np.fft.rfft(loop[:, side]) * np.fft.rfft(echoes), n=count)
        made[:, side] = loop[:, side] * (1 - share) + echoed * share
    return made


def between(loop: Wave, low: float, high: float) -> Wave:
    """Return a loop with only its frequencies between two, with soft edges; nothing of its mean value is left."""
    frequencies = np.fft.rfftfreq(len(loop), 1 / RATE)
    safe = np.maximum(frequencies, 1e-9)
    keep = 1 / np.sqrt((1 + (low / safe) ** 6) * (1 + (safe / high) ** 4))
    keep[0] = 0
    shape = keep[:, None] if loop.ndim == 2 else keep
    return np.asarray(np.fft.irfft(np.fft.rfft(loop, axis=0) * shape, n=len(loop), axis=0))
