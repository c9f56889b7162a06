"""Put video and sound into an MP4 that every platform takes: `moov` first, no edit list, colours told, no date."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy

from assetgen.video.h264 import IDR, START, Stream, kind

# Without edit lists nothing may start late: pictures are stored in the order in which they are shown.
_FLAGS = {"movflags": "+faststart+negative_cts_offsets", "use_editlist": "0", "brand": "mp42"}
_BIT_EXACT = 0x0400  # AVFMT_FLAG_BITEXACT: no version, no date
AUDIO_RATE, AUDIO_CHANNELS = 48_000, 2
# An AAC decoder gives the first samples after so many of warming up (ISO/IEC 14496-3); players without an edit list
# would show them, and everything behind them late.
PRIMING = 1024


def join(
    streams: Sequence[Stream],
    frames_per_second: int,
    samples: numpy.ndarray | None = None,
    audio_rate: int = 128,
) -> bytes:
    """Return the MP4 file of some segments, one behind the other.

    `samples` is the sound, float32 of shape (count, 2) at 48 kHz; `audio_rate` is in thousands of bits a second.
    """
    import av

    raw = io.BytesIO(_annexed(streams[0].parameters, streams[0].pictures[0]))
    # To put `moov` first, the file is written once more: that wants a file that can be opened twice.
    with tempfile.TemporaryDirectory(prefix="assetgen-") as folder:
        path = Path(folder) / "video.mp4"
        with (
            av.open(raw, format="h264") as template,
            av.open(str(path), "w", format="mp4", options=_FLAGS) as container,
        ):
            container.flags |= _BIT_EXACT
            track = container.add_stream_from_template(template.streams.video[0])
            track.time_base = Fraction(1, 90_000)
            sound = _sound_track(container, audio_rate) if samples is not None else None
            packets = list(_pictures(track, streams, frames_per_second))
            if samples is not None:
                packets += _sounds(sound, samples)
            # Side by side in time, as players read them.
            for packet in sorted(packets, key=lambda one: (one.dts * one.time_base, one.stream.index)):
                container.mux(packet)
        return path.read_bytes()


def _annexed(parameters: bytes, picture: Sequence[bytes]) -> bytes:
    return parameters + b"".join(START + unit for unit in picture)


def _pictures(track: Any, streams: Sequence[Stream], frames_per_second: int) -> Iterator[Any]:
    import av

    ticks = 90_000 // frames_per_second
    number = 0
    for stream in streams:
        for picture in stream.pictures:
            packet = av.Packet(b"".join(START + unit for unit in picture))
            packet.stream, packet.time_base = track, Fraction(1, 90_000)
            packet.pts = packet.dts = number * ticks
            packet.duration = ticks
            packet.is_keyframe = kind(picture[0]) == IDR
            yield packet
            number += 1


def _sound_track(container: Any, audio_rate: int) -> Any:
    track = container.add_stream("aac", rate=AUDIO_RATE, layout="stereo")
    track.bit_rate = audio_rate * 1000
    return track


def _sounds(track: Any, samples: numpy.ndarray) -> Iterator[Any]:
    """Yield the packets of the sound: it is given so much too early as the decoder will bring it late."""
    import av

    early = numpy.ascontiguousarray(samples[PRIMING:].T, numpy.float32)
    for start in range(0, early.shape[1], PRIMING):
        piece = numpy.zeros((AUDIO_CHANNELS, PRIMING), numpy.float32)
        given = early[:, start : start + PRIMING]
        piece[:, : given.shape[1]] = given
        frame = av.AudioFrame.from_ndarray(piece, format="fltp", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = AUDIO_RATE, start, Fraction(1, AUDIO_RATE)
        yield from map(_moved, track.encode(frame))
    yield from map(_moved, track.encode(None))


def _moved(packet: Any) -> Any:
    """Return a packet that starts at zero where the encoder began before it."""
    packet.pts += PRIMING
    packet.dts = packet.pts
    return packet
