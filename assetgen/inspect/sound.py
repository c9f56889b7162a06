"""Measure how loud a sound is: decoded pieces go in, loudness and true peak come out (ITU-R BS.1770, EBU R 128)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame

# The filter gives this and below for "nothing was loud enough to count".
SILENCE = -70.0


@dataclass(frozen=True, slots=True)
class Loudness:
    """How loud a sound is: `integrated` in LUFS, `true_peak` in dBTP, and how many seconds were heard."""

    integrated: float
    true_peak: float
    seconds: float

    @property
    def silent(self) -> bool:
        """Tell whether nothing can be heard."""
        return self.integrated <= SILENCE or self.true_peak <= SILENCE


class LoudnessMeter:
    """Hears a sound piece by piece; `result()` tells how loud it was. FFmpeg's `ebur128` filter does the measuring."""

    def __init__(self) -> None:
        self._source: Any = None
        self._sink: Any = None
        self._form: tuple[str, str, int] | None = None
        self._integrated = -math.inf
        self._peak = 0.0
        self._samples = 0

    def hear(self, frame: AudioFrame) -> None:
        """Take the next piece; raises ValueError where rate or layout change on the way."""
        form = (frame.format.name, frame.layout.name, frame.sample_rate)
        if self._form is None:
            self._begin(form)
        elif form != self._form:
            raise ValueError(f"the sound changes from {self._form[2]} to {form[2]} samples a second on the way")
        frame.pts = self._samples  # gaps and jumps of the clock are no business of the meter
        self._samples += frame.samples
        self._source.push(frame)
        self._drain()

    def result(self) -> Loudness | None:
        """Return what was measured, or None when nothing was heard."""
        if self._form is None:
            return None
        self._source.push(None)
        self._drain()
        peak = 20 * math.log10(self._peak) if self._peak > 0 else -math.inf
        return Loudness(self._integrated, peak, self._samples / self._form[2])

    def _begin(self, form: tuple[str, str, int]) -> None:
        from fractions import Fraction

        from av.filter import Graph

        graph = Graph()
        self._form = form
        self._source = graph.add_abuffer(
            format=form[0], layout=form[1], sample_rate=form[2], time_base=Fraction(1, form[2])
        )
        meter, self._sink = graph.add("ebur128", "metadata=1:peak=true"), graph.add("abuffersink")
        self._source.link_to(meter)
        meter.link_to(self._sink)
        graph.configure()
        self._graph = graph

    def _drain(self) -> None:
        from av.error import BlockingIOError as NotYetError
        from av.error import EOFError as EndError

        try:
            while True:
                said = self._sink.pull().metadata
                self._integrated = float(said.get("lavfi.r128.I", self._integrated))
                self._peak = max(self._peak, float(said.get("lavfi.r128.true_peak", 0)))
        except (NotYetError, EndError):
            return
