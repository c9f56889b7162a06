"""Read sound: an audio file, or the sound of a video, goes in; stereo at 48,000 samples a second comes out."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assetgen.errors import DataError, Place, SoundError
from assetgen.paths import read_bytes
from assetgen.sound.value import RATE, Samples, Sound

if TYPE_CHECKING:
    from av import AudioFrame
    from av.audio.stream import AudioStream
    from av.container import InputContainer

MAX_BYTES = 200_000_000
MAX_SECONDS = 600.0
# Only containers that hold their sound themselves: a playlist would make FFmpeg open other files, or the network.
CONTAINERS = "wav,w64,aiff,caf,mp3,aac,ac3,flac,ogg,amr,asf,avi,mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,mpegts"
# These tell no length of their own: what FFmpeg says of it is an estimate.
ESTIMATING = frozenset({"mp3", "aac", "ac3", "amr", "mpegts"})
READABLE = "WAV, MP3, AAC, M4A, OGG, Opus, FLAC, AIFF, or the sound of an MP4, MOV or WebM"


def read_sound(source: Path | str | bytes, place: Place = Place()) -> Sound:
    """Read a file, or the bytes of one, as stereo sound; one channel goes to both sides, as loud as it was.

    Raises SoundError when it is missing, damaged, empty, without sound, or larger than `MAX_BYTES` or `MAX_SECONDS`.
    """
    data, place = _bytes_of(source, place)
    if not data:
        raise SoundError("the sound file is empty", place)
    samples = _decoded(data, place)
    if not len(samples):
        raise SoundError("the file holds no sound: not one sample", place)
    if not np.isfinite(samples).all():
        raise SoundError("the sound is damaged: it holds values that are no numbers", place, "export it again")
    return Sound(samples)


def _bytes_of(source: Path | str | bytes, place: Place) -> tuple[bytes, Place]:
    if not isinstance(source, bytes):
        path = Path(source)
        place = place if place.file else Place(str(path))
        try:
            return read_bytes(path, MAX_BYTES, place), place
        except DataError as error:
            raise SoundError(error.problems) from error
    if len(source) > MAX_BYTES:
        raise SoundError(f"the sound is too large: {len(source):,} bytes, at most {MAX_BYTES:,} are read", place)
    return source, place


def _decoded(data: bytes, place: Place) -> Samples:
    import av

    limits = {"format_whitelist": CONTAINERS, "protocol_whitelist": "none"}
    try:
        with av.open(io.BytesIO(data), "r", container_options=limits, metadata_errors="replace") as container:
            if not container.streams.audio:
                raise SoundError("the file has no sound", place, f"readable are {READABLE}")
            blocks = list(_within_limit(_blocks(container, container.streams.audio[0]), place))
            _check_whole(container, sum(map(len, blocks)) / RATE, place)
    except (av.error.FFmpegError, ValueError, ArithmeticError) as error:
        told = getattr(error, "strerror", None) or error
        hint = f"readable are {READABLE}; save it again, for example as WAV"
        raise SoundError(f"the sound is damaged or of an unknown format: {told}", place, hint) from error
    return np.concatenate(blocks) if blocks else np.zeros((0, 2), np.float32)


def _check_whole(container: InputContainer, seconds: float, place: Place) -> None:
    """Raise SoundError when a file tells a length of which a good part is missing."""
    declared = (container.duration or 0) / 1_000_000
    if container.format.name not in ESTIMATING and declared - seconds > max(0.5, declared / 10):
        message = f"the sound is cut off: {seconds:.1f} of {declared:.1f} seconds can be read"
        raise SoundError(message, place, "take the original, or export it again")


def _within_limit(blocks: Iterator[Samples], place: Place) -> Iterator[Samples]:
    """Hand on blocks until there are too many: what a header tells of its length may be untrue."""
    count = 0
    for block in blocks:
        count += len(block)
        if count > MAX_SECONDS * RATE:
            hint = "cut out the part that is needed"
            raise SoundError(f"the sound is longer than {MAX_SECONDS / 60:g} minutes", place, hint)
        yield block


def _blocks(container: InputContainer, stream: AudioStream) -> Iterator[Samples]:
    from av import AudioResampler

    from assetgen.sound.filters import samples_of

    resampler = AudioResampler(format="flt", layout="stereo", rate=RATE)
    first = True
    for frame in container.decode(stream):
        if first:
            yield np.zeros((_late(container, frame), 2), np.float32)
            first = False
        for made in resampler.resample(frame):
            yield samples_of(made)
    if not first:
        for made in resampler.resample(None):
            yield samples_of(made)


def _late(container: InputContainer, frame: AudioFrame) -> int:
    """Return how many samples after its file the sound begins: that of a video may come in later than its picture."""
    begins = (container.start_time or 0) / 1_000_000
    # A file that tells a later time than any that is read ends in the limit on length.
    return round(min(max((frame.time or 0.0) - begins, 0.0), MAX_SECONDS + 1) * RATE)
