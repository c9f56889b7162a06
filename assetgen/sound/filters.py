"""Run samples through FFmpeg's filters in this process: samples go in, frames with what was measured come out."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from av import AudioFrame
from av.error import BlockingIOError as NothingYet
from av.error import EOFError as NothingMore
from av.filter import Graph

from assetgen.sound.value import RATE, Samples

# Filters get a minute at a time: a frame of FFmpeg has at most so many bytes.
BLOCK = 60 * RATE


def filtered(samples: Samples, *steps: tuple[str, str]) -> Iterator[AudioFrame]:
    """Yield the frames that a chain of filters, each a name with its options, makes of samples."""
    graph = Graph()
    graph.threads = 1
    source = graph.add_abuffer(sample_rate=RATE, format="flt", layout="stereo")
    chain = [graph.add(name, options) for name, options in steps]
    graph.link_nodes(source, *chain, graph.add("abuffersink")).configure()
    for start in range(0, len(samples), BLOCK):
        graph.push(frame_of(samples[start : start + BLOCK], start))
        yield from _pulled(graph)
    graph.push(None)
    yield from _pulled(graph)


def frame_of(samples: Samples, start: int) -> AudioFrame:
    """Return samples as a frame that begins at a sample."""
    frame = AudioFrame.from_ndarray(np.ascontiguousarray(samples).reshape(1, -1), format="flt", layout="stereo")
    frame.sample_rate = RATE
    frame.pts = start
    return frame


def samples_of(frame: AudioFrame) -> Samples:
    """Return the samples of a frame of interleaved floats."""
    return np.asarray(frame.to_ndarray(), np.float32).reshape(-1, 2)


def _pulled(graph: Graph) -> Iterator[AudioFrame]:
    while True:
        try:
            frame = graph.pull()
        except (NothingYet, NothingMore):
            return
        assert isinstance(frame, AudioFrame)
        yield frame
