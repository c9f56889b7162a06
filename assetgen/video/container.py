"""Put video and sound into an MP4 that every platform takes: `moov` first, no edit list, colours told, no date."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from heapq import merge
from pathlib import Path
from typing import Any

from assetgen.errors import EncodeError
from assetgen.sound import EncodedSound
from assetgen.video.h264 import IDR, START, Stream, kind

# Without edit lists nothing may start late: pictures are stored in the order in which they are shown.
FLAGS = {"movflags": "+faststart+negative_cts_offsets", "use_editlist": "0", "brand": "mp42"}
_BIT_EXACT = 0x0400  # AVFMT_FLAG_BITEXACT: no version, no date


def join(streams: Sequence[Stream], frames_per_second: int, sound: EncodedSound | None = None) -> bytes:
    """Return the MP4 file of some segments, one behind the other, with encoded sound beside them."""
    import av

    raw = io.BytesIO(_annexed(streams[0].parameters, streams[0].pictures[0]))
    # To put `moov` first, the file is written once more: that wants a file that can be opened twice.
    with aside("video.mp4") as path:
        with (
            av.open(raw, format="h264") as template,
            av.open(str(path), "w", format="mp4", options=FLAGS) as container,
        ):
            container.flags |= _BIT_EXACT
            track = container.add_stream_from_template(template.streams.video[0])
            track.time_base = Fraction(1, 90_000)
            beside = sound.add_to(container) if sound else None
            heard: Iterator[Any] = sound.muxed(beside) if sound and beside else iter(())
            pictures = _pictures(track, streams, frames_per_second)
            # Side by side in time, as players read them; made when their turn comes, so that a film is not held twice.
            for packet in merge(pictures, heard, key=lambda one: (one.dts * one.time_base, one.stream.index)):
                container.mux(packet)
        return path.read_bytes()


@contextmanager
def aside(name: str) -> Iterator[Path]:
    """Yield a path in a folder that is gone afterwards; raises EncodeError when the disk refuses."""
    from av.error import FFmpegError

    try:
        with tempfile.TemporaryDirectory(prefix="assetgen-") as folder:
            yield Path(folder) / name
    except (OSError, FFmpegError) as error:
        message = f"the video cannot be put together in '{tempfile.gettempdir()}': {error.strerror}"
        hint = "make room there, or name another folder in TMPDIR"
        raise EncodeError(message, hint=hint) from error


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
