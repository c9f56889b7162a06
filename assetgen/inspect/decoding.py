"""Play a video file unseen: a stream and what its container says go in; what its pictures and sound do comes out.

FFmpeg is told the format, and reads from a stream: it neither guesses (a playlist is no video) nor opens anything else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy

from assetgen.inspect.clip import Clip, Decoded, Stream, plain_codec
from assetgen.inspect.flashes import CELLS, FlashMeter
from assetgen.inspect.parameters import CHROMA, Colour, Parameters
from assetgen.inspect.sound import LoudnessMeter
from assetgen.inspect.timing import Samples, time_samples
from assetgen.model import Size
from assetgen.pictures import MAX_PIXELS

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.packet import Packet
    from av.video.frame import VideoFrame


# Twenty minutes at 30 frames a second; what is longer is described by its index and its beginning.
MOST_FRAMES = 36_000
MOST_PICTURE_PIXELS = 80_000_000_000
MOST_PACKETS = 6_000_000
# A frame is blank when it differs by no more than this (standard deviation of 0 to 255).
_BLANK = 2.0
# Tags of WebM that tell something; what wrote the file is always there, and is no secret.
_TAGS = {"title": "title", "creation_time": "date", "DATE": "date", "ARTIST": "author", "COMMENT": "comment"}
_UNITS = {"h264": 0x1F, "hevc": 0x3F}


def play(stream: BinaryIO, clip: Clip) -> Decoded:
    """Return what decoding the first `MOST_FRAMES` pictures of a file and their sound shows, damage included."""
    from av.error import FFmpegError

    picture = clip.pictures[0]
    if picture.size is not None and picture.size.width * picture.size.height > MAX_PIXELS:
        return Decoded(0, False, problem=f"has {picture.size.width * picture.size.height:,} pixels a picture")
    watch = _Watch(picture)
    try:
        with _container(stream, clip.format) as container:
            complete = _run(container, watch)
    except (FFmpegError, ValueError, OverflowError) as error:  # decoders raise these on damaged bytes
        reason = getattr(error, "strerror", None) or str(error)
        return watch.result(False, f"{reason} at {watch.time:.1f} s")
    return watch.result(complete)


def survey(stream: BinaryIO, clip: Clip) -> Clip:
    """Return the clip with streams and times from its packets, for files without an index of samples."""
    from av.error import FFmpegError

    try:
        with _container(stream, clip.format) as container:
            timed = _packets(container)
            pictures = tuple(_picture(one, timed.get(one.index)) for one in container.streams.video)
            sounds = tuple(_sound(one, timed.get(one.index)) for one in container.streams.audio)
            kept = dict(zip(("pictures", "sounds"), (clip.pictures, clip.sounds), strict=True))
            found = tuple(dict.fromkeys(name for tag, name in _TAGS.items() if tag in container.metadata))
    except (FFmpegError, ValueError, OverflowError) as error:  # as above
        return replace(clip, problem=getattr(error, "strerror", None) or str(error))
    if clip.fragmented:  # the index says more of everything but the times
        pictures = tuple(replace(a, timing=b.timing) for a, b in zip(kept["pictures"], pictures, strict=False))
        sounds = tuple(replace(a, timing=b.timing) for a, b in zip(kept["sounds"], sounds, strict=False))
        found = clip.metadata
    return replace(clip, pictures=pictures, sounds=sounds, metadata=found)


def _container(stream: BinaryIO, format: str) -> InputContainer:
    import av

    name = "matroska" if format in ("webm", "mkv") else "mov"
    return av.open(stream, "r", format=name, metadata_errors="replace")


def _run(container: InputContainer, watch: _Watch) -> bool:
    """Decode until the end or the limit; return whether the end was reached."""
    from av.audio.frame import AudioFrame
    from av.video.frame import VideoFrame

    video = container.streams.video[0]
    video.thread_type = "AUTO"
    sounds = container.streams.audio
    for packet in container.demux([video, *sounds[:1]]):
        if packet.stream.type == "video":
            watch.note(packet)
            for frame in packet.decode():
                if isinstance(frame, VideoFrame):
                    watch.see(frame)
            if watch.frames >= MOST_FRAMES or watch.pixels >= MOST_PICTURE_PIXELS:
                return False
        else:
            for frame in packet.decode():
                if isinstance(frame, AudioFrame):
                    watch.loudness.hear(frame)
    return True


class _Watch:
    """What was seen and heard so far."""

    def __init__(self, picture: Stream) -> None:
        from av.video.reformatter import VideoReformatter

        self.frames = 0
        self.pixels = 0
        self.time = 0.0
        self.loudness = LoudnessMeter()
        self._codec = picture.codec
        self._length_size = picture.parameters.length_size
        self._flashes = FlashMeter(picture.timing.rate if picture.timing and picture.timing.rate > 0 else 30.0)
        self._reformatter = VideoReformatter()
        self._seen: dict[str, Any] = {}
        self._size: tuple[int, int] | None = None

    def note(self, packet: Packet[Any]) -> None:
        """Look at the units of a packet, whether its key frame stands alone."""
        if self._codec not in _UNITS or not packet.size:
            return
        kinds = set(_units(bytes(packet), self._length_size, self._codec))
        if self._codec == "h264":
            alone = not packet.is_keyframe or 5 in kinds or not kinds & {1, 5}
        else:
            alone = not kinds & {8, 9}  # leading pictures that need what came before the key frame
        if not alone:
            self._seen["open_gop"] = True

    def see(self, frame: VideoFrame) -> None:
        """Look at a picture."""
        self.frames += 1
        self.pixels += frame.width * frame.height
        self.time = frame.time if frame.time is not None else self.time
        if frame.is_corrupt:
            raise ValueError("a damaged picture")
        self._seen["interlaced"] = self._seen.get("interlaced", False) or bool(frame.interlaced_frame)
        self._seen["b_frames"] = self._seen.get("b_frames", False) or int(frame.pict_type) == 3
        size = (frame.width, frame.height)
        self._seen["resized"] = self._seen.get("resized", False) or self._size not in (None, size)
        small = self._small(frame)
        if self.frames == 1:
            self._first(frame, small)
        self._size = self._size or size
        self._flashes.see(small)

    def result(self, complete: bool, problem: str = "") -> Decoded:
        """Return what was seen and heard."""
        return Decoded(
            self.frames,
            complete,
            flashes=self._flashes.result(),
            loudness=self.loudness.result(),
            problem=problem,
            **self._seen,
        )

    def _small(self, frame: VideoFrame) -> numpy.ndarray[Any, Any]:
        from av.video.reformatter import Interpolation

        width, height = self._size or (frame.width, frame.height)
        scale = CELLS / max(width, height)
        sides = (max(1, round(width * scale)), max(1, round(height * scale)))
        small = self._reformatter.reformat(frame, *sides, format="rgb24", interpolation=Interpolation.AREA)
        return small.to_ndarray()

    def _first(self, frame: VideoFrame, small: numpy.ndarray[Any, Any]) -> None:
        # Averaged cells show differences of colour alone, the grey of every pixel fine patterns and small letters.
        flat = (
            float(small.reshape(-1, 3).std(0).max()) <= _BLANK
            and float(frame.to_ndarray(format="gray").std()) <= _BLANK
        )
        full = {1: False, 2: True}.get(int(frame.color_range))
        self._seen |= {
            "blank": flat,
            "black": flat and float(small.mean()) < 24,
            "pixel_format": frame.format.name,
            "colour": Colour(int(frame.color_primaries), int(frame.color_trc), int(frame.colorspace), full),
        }


def _units(data: bytes, length_size: int, codec: str) -> Iterator[int]:
    """Yield the types of the NAL units of a sample, each behind its length."""
    at = 0
    while at + length_size < len(data):
        size = int.from_bytes(data[at : at + length_size], "big")
        first = data[at + length_size]
        yield first & 0x1F if codec == "h264" else first >> 1 & _UNITS[codec]
        at += length_size + size


def _packets(container: InputContainer) -> dict[int, Samples]:
    """Return the samples of every stream of pictures or sound, from their packets."""
    rows: dict[int, list[tuple[int, int, bool, int]]] = {}
    streams = [one for one in container.streams if one.type in ("video", "audio")]
    for count, packet in enumerate(container.demux(streams)):
        if count > MOST_PACKETS:
            raise ValueError(f"has more than {MOST_PACKETS:,} packets")
        if packet.pts is not None and packet.size:
            row = (packet.pts, packet.size, packet.is_keyframe, packet.duration or 0)
            rows.setdefault(packet.stream.index, []).append(row)
    ticks = {one.index: float(one.time_base or 0) for one in streams}
    return {index: _samples(numpy.array(found, numpy.int64), ticks[index]) for index, found in rows.items()}


def _samples(rows: numpy.ndarray[Any, Any], tick: float) -> Samples:
    shown = numpy.sort(rows[:, 0])
    last = int(rows[rows[:, 0].argmax(), 3]) or (int(numpy.median(numpy.diff(shown))) if len(shown) > 1 else 0)
    return Samples(rows[:, 0] * tick, rows[:, 1], numpy.flatnonzero(rows[:, 2]), last * tick, tick)


def _picture(stream: Any, samples: Samples | None) -> Stream:
    context = stream.codec_context
    aspect = stream.sample_aspect_ratio
    return Stream(
        codec=plain_codec(context.name),
        tag=context.name,
        timing=time_samples(samples) if samples else None,
        parameters=_parameters(context),
        size=Size(context.width, context.height),
        aspect=aspect if aspect else None,
        transparent=stream.metadata.get("alpha_mode") == "1",
    )


def _parameters(context: Any) -> Parameters:
    format = context.format
    if format is None:
        return Parameters()
    chroma, depth = chroma_of(format)
    full = {1: False, 2: True}.get(int(context.color_range))
    colour = Colour(int(context.color_primaries), int(context.color_trc), int(context.colorspace), full)
    return Parameters(chroma=chroma, depth=depth, colour=colour)


def chroma_of(format: Any) -> tuple[str, int]:
    """Return the sampling (`4:2:0`) and bits of a pixel format of PyAV."""
    components = format.components
    if len(components) < 3:
        return CHROMA[0], components[0].bits
    wide, high = format.chroma_width(8), format.chroma_height(8)
    names = {(4, 4): CHROMA[1], (4, 8): CHROMA[2], (8, 8): CHROMA[3]}
    return names.get((wide, high), f"{wide}:{high}"), components[0].bits


def _sound(stream: Any, samples: Samples | None) -> Stream:
    context = stream.codec_context
    return Stream(
        codec=plain_codec(context.name),
        tag=context.name,
        timing=time_samples(samples) if samples else None,
        rate=context.sample_rate,
        channels=context.layout.nb_channels,
    )
