"""Say how a stream runs: times, sizes and key frames of its samples go in, rates and distances come out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy

# Times are whole ticks of the container: a rate counts as constant while no frame is off its place by more than this.
_TICKS = 1.5
_SECONDS = 0.002


@dataclass(frozen=True, slots=True)
class Samples:
    """The samples of a stream in the order of decoding: when each is shown (seconds), its bytes, which are key frames.

    `last` is how long the last one is shown, `tick` the step of the container's clock, both in seconds.
    """

    times: numpy.ndarray
    sizes: numpy.ndarray
    keys: numpy.ndarray
    last: float
    tick: float


@dataclass(frozen=True, slots=True)
class Timing:
    """How a stream runs. Times are seconds, rates frames and kilobits a second.

    `start` is the time of the first sample shown, `jitter` how far one is off the even grid at most, `shortest` and
    `longest` how long samples stand; `peak` the bits of the fullest second; `key_gap` the longest way from a key frame
    to the next or to the end; `reordered` whether samples are shown in another order than they are decoded in, as
    B-frames need.
    """

    samples: int
    start: float
    duration: float
    rate: float
    constant: bool
    jitter: float
    shortest: float
    longest: float
    bitrate: float
    peak: float
    key_gap: float
    starts_with_key: bool
    reordered: bool


def time_samples(samples: Samples) -> Timing | None:
    """Return how a stream runs, or None where it has no samples."""
    count = len(samples.times)
    if count == 0:
        return None
    shown = numpy.sort(samples.times)
    start, last = float(shown[0]), float(shown[-1])
    duration = last + samples.last - start
    rate = (count - 1) / (last - start) if last > start else (1 / samples.last if samples.last > 0 else 0.0)
    jitter = float(numpy.abs(shown - numpy.linspace(start, last, count)).max())
    steps = numpy.diff(shown) if count > 1 else numpy.array([samples.last])
    keys = numpy.sort(samples.times[samples.keys]) if len(samples.keys) else shown[:1]
    return Timing(
        samples=count,
        start=start,
        duration=duration,
        rate=rate,
        constant=jitter <= max(_TICKS * samples.tick, _SECONDS),
        jitter=jitter,
        shortest=float(steps.min()),
        longest=float(steps.max()),
        bitrate=float(samples.sizes.sum()) * 8 / 1000 / duration if duration > 0 else 0.0,
        peak=_peak(samples, start),
        key_gap=float(numpy.diff(numpy.append(keys, start + duration)).max()),
        starts_with_key=len(samples.keys) == 0 or int(samples.keys[0]) == 0,
        reordered=bool((numpy.diff(samples.times) < 0).any()),
    )


def _peak(samples: Samples, start: float) -> float:
    """Return the kilobits of the fullest second, seconds counted from the first sample."""
    seconds = numpy.floor(samples.times - start + samples.tick).astype(numpy.int64).clip(0, 10_000_000)
    values, at = numpy.unique(seconds, return_inverse=True)
    sums = numpy.zeros(len(values))
    numpy.add.at(sums, at, samples.sizes)
    return float(sums.max()) * 8 / 1000
