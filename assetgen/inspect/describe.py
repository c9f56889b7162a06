"""Describe a video file: its bytes go in; what container and streams say of themselves comes out, damage included."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from assetgen.inspect.boxes import DamageError
from assetgen.inspect.clip import Clip, Stream, plain_codec
from assetgen.inspect.movie import Movie, Track, read_movie
from assetgen.inspect.timing import time_samples

_PRORES = {"ap4h": "4444", "ap4x": "4444 xq", "apch": "422 hq", "apcn": "422", "apcs": "422 lt", "apco": "422 proxy"}
_AAC = {1: "main", 2: "lc", 3: "ssr", 4: "ltp", 5: "he", 29: "he v2", 23: "ld", 39: "eld", 42: "xhe"}


def describe_clip(source: Path | str | bytes, format: str, length: int, whole: bool = True) -> Clip:
    """Return what a file of a format (`mp4`, `mov`, `3gp`, `webm`, `mkv`) says of itself; `whole`: what it shows."""
    clip = Clip(format, length)
    packets = format in ("webm", "mkv")  # which have no index of samples
    with opened(source) as stream:
        if not packets:
            try:
                clip = _from_movie(clip, read_movie(stream, length))
            except DamageError as error:
                return replace(clip, problem=str(error))
        packets = packets or clip.fragmented
        if not packets and not whole:
            return clip
        from assetgen.inspect.decoding import play, survey

        if packets:
            stream.seek(0)
            clip = survey(stream, clip)
        if whole and not clip.problem and clip.pictures:
            stream.seek(0)
            clip = replace(clip, decoded=play(stream, clip))
    return clip


@contextmanager
def opened(source: Path | str | bytes) -> Iterator[BinaryIO]:
    """Give a file as a stream: FFmpeg is never handed a name, so no file can send it to another file or address."""
    if isinstance(source, bytes):
        yield io.BytesIO(source)
    else:
        with Path(source).open("rb") as stream:
            yield stream


def _from_movie(clip: Clip, movie: Movie) -> Clip:
    return replace(
        clip,
        pictures=tuple(_picture(track) for track in movie.tracks if track.kind == "video"),
        sounds=tuple(_sound(track) for track in movie.tracks if track.kind == "audio"),
        others=tuple(track.kind for track in movie.tracks if track.kind not in ("video", "audio")),
        index_first=movie.index_first,
        fragmented=movie.fragmented,
        metadata=movie.metadata,
    )


def _shared(track: Track) -> dict[str, Any]:
    timing = time_samples(track.samples) if track.samples else None
    return {"tag": track.codec, "duration": track.duration, "timing": timing, "edits": track.edits}


def _picture(track: Track) -> Stream:
    return Stream(
        codec=plain_codec(track.codec),
        profile=_PRORES.get(track.codec, track.parameters.profile),
        parameters=track.parameters,
        size=track.size,
        turned=track.turned,
        aspect=track.parameters.aspect or track.aspect,
        container_colour=track.colour,
        transparent=track.codec in ("ap4h", "ap4x"),
        **_shared(track),
    )


def _sound(track: Track) -> Stream:
    codec = plain_codec(track.codec)
    return Stream(
        codec=codec,
        profile=_AAC.get(track.audio_kind, "") if codec == "aac" else "",
        rate=track.audio_rate,
        channels=track.audio_channels,
        **_shared(track),
    )
