"""Read what a video file of a user's holds: when each picture is shown, how large and how turned.

FFmpeg reads from a stream and may open no other file; playlists are no clips.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import file_digest, sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

from assetgen.errors import ClipError, Place
from assetgen.model import Clip, Size
from assetgen.paths import check_file

MAX_BYTES = 500_000_000
# A picture of 8K has 33 million; 4K is the most that phones make.
MAX_PIXELS = 20_000_000
MAX_PICTURES = 200_000
SUFFIXES = (".mp4", ".m4v", ".mov", ".webm", ".mkv", ".3gp")
CONTAINERS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm"
READABLE = "MP4, MOV or WebM"
_HDR = {16: "PQ", 18: "HLG"}
_TO_SDR = "record or export it in SDR (BT.709); iPhone: Settings, Camera, Record Video, HDR Video off"
_MOST_LOSS = 0.5  # seconds that may be missing at the end: the last packet of a recording that was broken off


def read_clip(source: Path | bytes, name: str, place: Place = Place()) -> Clip:
    """Return a clip; raises ClipError when it is missing, damaged, too large, without pictures, or HDR."""
    place = place if place.file else Place(name)
    if isinstance(source, Path):
        check_file(source, MAX_BYTES, place)
    length = source.stat().st_size if isinstance(source, Path) else len(source)
    if not 0 < length <= MAX_BYTES:
        raise ClipError(f"the clip has {length:,} bytes, at most {MAX_BYTES:,} are read", place)
    with opened(source, place) as container:
        stream = picture_stream(container, place)
        ticks, last = _ticks(container, stream, place)
        _check_size(stream, place)
        frame = _first(container, stream, place)
        tick = float(stream.time_base)
        size = _upright(frame, stream)
        audible = bool(container.streams.audio)
    return Clip(source, name, size, ticks, tick, (ticks[-1] - ticks[0] + last) * tick, audible, _digest(source))


@contextmanager
def opened(source: Path | bytes, place: Place) -> Iterator[Any]:
    """Open a file for reading; raises ClipError for what FFmpeg cannot read, also in the block."""
    import av

    limits = {"format_whitelist": CONTAINERS, "protocol_whitelist": "none"}
    try:
        with (
            io.BytesIO(source) if isinstance(source, bytes) else source.open("rb") as stream,
            av.open(stream, "r", container_options=limits, metadata_errors="replace") as container,
        ):
            yield container
    except (av.error.FFmpegError, ValueError, ArithmeticError) as error:
        told = getattr(error, "strerror", None) or error
        hint = f"readable are {READABLE}; export it again"
        raise ClipError(f"the clip is damaged or of an unknown format: {told}", place, hint) from error
    except OSError as error:
        raise ClipError(f"the clip cannot be read: {error.strerror}", place) from error


def picture_stream(container: Any, place: Place) -> Any:
    """Return the stream of pictures, to be decoded on one thread: films are drawn on all cores already."""
    from av.stream import Disposition

    streams = [one for one in container.streams.video if not one.disposition & Disposition.attached_pic]
    if not streams:
        what = "it is sound alone" if container.streams.audio else "it is empty"
        raise ClipError(f"the clip holds no pictures: {what}", place, f"give {READABLE}")
    stream = streams[0]
    stream.thread_type, stream.codec_context.thread_count = "NONE", 1
    return stream


def _ticks(container: Any, stream: Any, place: Place) -> tuple[tuple[int, ...], int]:
    """Return when each picture is shown, and how long the last one stands, in the steps of the stream."""
    shown: list[int] = []
    length = read = 0
    for packet in container.demux(stream):
        if packet.pts is None or not packet.size:
            continue
        read += 1
        if not packet.is_discard:
            shown.append(packet.pts)
            length = packet.duration or length
        if read > MAX_PICTURES:
            raise ClipError(f"the clip has more than {MAX_PICTURES:,} pictures", place, "cut out the part that is used")
    ticks = tuple(sorted(set(shown)))
    if len(ticks) < 2:
        raise ClipError(f"the clip holds {len(ticks)} pictures: it does not move", place, "give a photo instead")
    length = length or min(later - one for one, later in pairwise(ticks))
    if stream.frames and (missing := (stream.frames - read) * length * float(stream.time_base)) > _MOST_LOSS:
        raise ClipError(f"the clip is cut off: its last {missing:.1f} s are missing", place, "take the original")
    return ticks, length


def _check_size(stream: Any, place: Place) -> None:
    if (pixels := stream.width * stream.height) > MAX_PIXELS:
        size = Size(stream.width, stream.height)
        raise ClipError(f"the clip is {size}: {pixels:,} pixels, at most {MAX_PIXELS:,} are taken", place)


def _first(container: Any, stream: Any, place: Place) -> Any:
    container.seek(stream.start_time or 0, stream=stream, backward=True)
    frame = next(container.decode(stream), None)
    if frame is None:
        raise ClipError("the clip is damaged: none of its pictures can be read", place, "export it again")
    if name := _HDR.get(int(frame.color_trc)):
        raise ClipError(f"the clip is HDR ({name}), which would look pale and grey on posts", place, _TO_SDR)
    return frame


def _upright(frame: Any, stream: Any) -> Size:
    width = max(1, round(frame.width * float(stream.sample_aspect_ratio or 1)))
    return Size(frame.height, width) if turned(frame) in (90, 270) else Size(width, frame.height)


def turned(frame: Any) -> int:
    """Return how many degrees a picture must be turned clockwise to stand upright: 0, 90, 180 or 270."""
    return round(-(frame.rotation or 0) / 90) * 90 % 360


def _digest(source: Path | bytes) -> bytes:
    if isinstance(source, bytes):
        return sha256(source).digest()
    with source.open("rb") as stream:
        return file_digest(stream, "sha256").digest()
