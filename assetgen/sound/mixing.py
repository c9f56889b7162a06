"""Mix sound: tracks go in; one sound of the wanted length, loudness and true peak comes out."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from assetgen.errors import Problem, SoundError
from assetgen.sound.ducking import ducking
from assetgen.sound.filters import filtered, samples_of
from assetgen.sound.reading import MAX_SECONDS
from assetgen.sound.track import Track
from assetgen.sound.value import RATE, Samples, Sound, as_factor, on_grid, samples_in

LOUDNESS = -14.0
TRUE_PEAK = -1.5
# The loudness that is aimed for is met within this; platforms allow one LU.
NEAR = 0.2
ROUNDS = 8
# More than this would be noise raised to music; such a mix stays quieter than asked for.
MOST_GAIN = 40.0
# The limiter lowers the peaks of samples four times as dense; between those there is still a little.
MARGIN = 0.1
OVERSAMPLED = 4 * RATE
# Encoding to AAC moves peaks up by a few tenths of a decibel: a mix keeps so much room for it.
ENCODING = 0.4


def mix(tracks: Sequence[Track], seconds: float, loudness: float = LOUDNESS, true_peak: float = TRUE_PEAK) -> Sound:
    """Return the tracks together, so many seconds long, at a loudness in LUFS and below a true peak in dBTP.

    It stays `ENCODING` dB further below that peak, so that it also holds for the encoded file. Each track is first
    brought to the level of its kind, music steps back where a voice speaks. Loudness is set by one gain, and only where
    peaks would be too high by a limiter as well; what is silent stays silent. The same tracks give the same bytes.
    Raises SoundError with every problem of the tracks.
    """
    problems = [problem for track in tracks for problem in track.problems()]
    if not 0 < seconds <= MAX_SECONDS:
        problems.append(Problem(f"a mix of {seconds:g} s cannot be", hint=f"more than 0, at most {MAX_SECONDS:g} s"))
    if problems:
        raise SoundError(problems)
    mixed = _together(tracks, seconds)
    # Whatever still plays when the mix ends, ends without a click.
    tail = min(samples_in(0.01), len(mixed))
    mixed[len(mixed) - tail :] *= np.linspace(1, 0, tail)[:, None]
    return normalised(Sound(on_grid(mixed)), loudness, true_peak - ENCODING)


def _together(tracks: Iterable[Track], seconds: float) -> NDArray[np.float64]:
    """Return the sum of the tracks, music lowered under speech."""
    sums: dict[str, NDArray[np.float64]] = {}
    for track in tracks:
        laid = track.laid(seconds)
        sums[track.kind] = sums[track.kind] + laid if track.kind in sums else laid
    mixed = np.zeros((samples_in(seconds), 2))
    for kind, samples in sums.items():
        ducked = kind == "music" and "voice" in sums
        mixed += samples * ducking(sums["voice"])[:, None] if ducked else samples
    return mixed


def normalised(sound: Sound, loudness: float = LOUDNESS, true_peak: float = TRUE_PEAK) -> Sound:
    """Return a sound at a loudness in LUFS and below a true peak in dBTP; silence as it is.

    The gain is found by measuring twice; where it would raise peaks too high, these are limited and the gain is aimed
    again, since limiting makes a sound a little quieter.
    """
    if sound.is_silent:
        return sound
    gain = min(loudness - sound.loudness, MOST_GAIN)
    made = _louder(sound, gain)
    for _ in range(ROUNDS):
        if made.true_peak > true_peak:
            made = limited(_louder(sound, gain), true_peak)
        missing = loudness - made.loudness
        if abs(missing) <= NEAR or gain >= MOST_GAIN:
            break
        gain = min(gain + missing, MOST_GAIN)
        made = _louder(sound, gain)
    return made if made.true_peak <= true_peak else limited(made, true_peak)


def limited(sound: Sound, true_peak: float) -> Sound:
    """Return a sound whose true peak in dBTP is not higher: FFmpeg's look-ahead limiter at 192 kHz, measured again."""
    ceiling = true_peak - MARGIN
    made = sound
    for _ in range(ROUNDS):
        made = Sound(_limited(sound.samples, ceiling))
        if made.true_peak <= true_peak:
            return made
        ceiling -= made.true_peak - true_peak + MARGIN / 2
    return _louder(made, true_peak - made.true_peak)


def _limited(samples: Samples, ceiling: float) -> Samples:
    """Return samples whose peaks between the samples are not higher than a level in dB, as many as came."""
    options = f"limit={as_factor(ceiling):.6f}:attack=5:release=60:level=disabled:latency=1"
    # What the resampler and the limiter hold back at the end comes out behind a little silence.
    padded = np.concatenate([samples, np.zeros((RATE // 10, 2), np.float32)])
    steps = (("aresample", f"{OVERSAMPLED}"), ("alimiter", options), ("aresample", f"{RATE}"), _AS_FLOATS)
    made = np.concatenate([samples_of(frame) for frame in filtered(padded, *steps)])
    return made[: len(samples)]


_AS_FLOATS = ("aformat", "sample_fmts=flt:channel_layouts=stereo")


def _louder(sound: Sound, decibels: float) -> Sound:
    return (
        sound if math.isclose(decibels, 0) else Sound(on_grid(sound.samples.astype(np.float64) * as_factor(decibels)))
    )
