"""Hold sound: samples go in; their length, loudness and true peak come out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]

RATE = 48_000
# ITU-R BS.1770 does not count what is quieter; a silent sound has this loudness.
SILENCE = -70.0
# The true peak of a sound without any sample that differs from zero.
NO_PEAK = -120.0


@dataclass(frozen=True, eq=False)
class Sound:
    """Samples of shape (n, 2), float32 between about -1 and 1, left and right, 48,000 a second; read-only."""

    samples: Samples

    def __post_init__(self) -> None:
        """Keep an own, read-only copy, so that no one changes what others hold."""
        kept = np.array(self.samples, np.float32, order="C")
        if kept.ndim != 2 or kept.shape[1] != 2:
            raise ValueError(f"sound has the shape (samples, 2), not {kept.shape}")
        kept.setflags(write=False)
        object.__setattr__(self, "samples", kept)

    @property
    def seconds(self) -> float:
        """Return the length."""
        return len(self.samples) / RATE

    @property
    def is_silent(self) -> bool:
        """Tell whether nothing can be heard."""
        return self.loudness <= SILENCE

    @cached_property
    def _measured(self) -> tuple[float, float]:
        from assetgen.sound.meter import measured

        return measured(self.samples)

    @property
    def loudness(self) -> float:
        """Return the integrated loudness in LUFS, -70 for silence (EBU R 128, measured by FFmpeg's `ebur128`)."""
        return self._measured[0]

    @property
    def true_peak(self) -> float:
        """Return the true peak in dBTP, -120 for silence (four times oversampled, measured by FFmpeg's `ebur128`)."""
        return self._measured[1]

    @cached_property
    def digest(self) -> str:
        """Return the SHA-256 of the samples: two sounds of one digest are the same."""
        return hashlib.sha256(self.samples.tobytes()).hexdigest()

    def cut(self, start: float, end: float) -> Sound:
        """Return the part between two times in seconds."""
        return Sound(self.samples[samples_in(start) : samples_in(end)])


def silence(seconds: float) -> Sound:
    """Return so many seconds in which nothing can be heard."""
    return Sound(np.zeros((samples_in(seconds), 2), np.float32))


def samples_in(seconds: float) -> int:
    """Return how many samples a time takes, to the nearest one."""
    return round(seconds * RATE)


def as_factor(decibels: float) -> float:
    """Return what samples are multiplied by to make them so many decibels louder."""
    return float(10 ** (decibels / 20))


def ramp(length: int) -> NDArray[np.float64]:
    """Return a rise from 0 to 1 without corners (half a cosine), so many samples long."""
    return 0.5 - 0.5 * np.cos(np.pi * (np.arange(length) + 0.5) / max(length, 1))


def faded(samples: NDArray[np.float64], fade_in: float, fade_out: float) -> NDArray[np.float64]:
    """Return samples that rise from nothing and sink to nothing, each over so many seconds."""
    made = samples.copy()
    rise, fall = (min(samples_in(seconds), len(made)) for seconds in (fade_in, fade_out))
    made[:rise] *= ramp(rise)[:, None]
    if fall:
        made[-fall:] *= ramp(fall)[::-1, None]
    return made


def on_grid(samples: NDArray[np.float64]) -> Samples:
    """Return samples rounded to 24 bits.

    Sines and powers differ in their last bit between processors; rounded, what comes from formulas is the same bytes.
    """
    return (np.rint(samples * 2**23) / 2**23).astype(np.float32)
