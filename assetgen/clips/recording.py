"""Record moving pictures that Python makes, such as a clip of MoviePy: frames go in one by one, a video comes out.

Recorded once, they can be asked for in any order and by several threads, as a file can; memory holds the video alone.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from assetgen.errors import ClipError, Place

MOST_SECONDS = 600.0
MOST_PIXELS = 20_000_000
_RATE, _MOST_RATE = 30, 60
_SOUND_RATE = 48_000


def is_moving(value: object) -> bool:
    """Tell whether a value is a source of frames: `size`, `duration` and `frame(second)`, or a clip of MoviePy."""
    return _frame_of(value) is not None and hasattr(value, "size") and hasattr(value, "duration")


def _frame_of(value: object) -> Callable[[float], Any] | None:
    found = getattr(value, "frame", None) or getattr(value, "get_frame", None)
    return found if callable(found) else None


def recorded(source: Any, place: Place = Place()) -> bytes:
    """Return a video of a source of frames: `frame(second)` gives arrays of shape (height, width, 3), RGB, 8 bits.

    `size` is (width, height), `duration` seconds, `fps` its rate (30 where there is none), at most 60. Raises ClipError
    for what has no length or size, or fails meanwhile.
    """
    seconds, (width, height), rate = _described(source, place)
    frame_at = _frame_of(source)
    assert frame_at is not None
    # Halves of chroma would blur what comes back: every pixel keeps its colour.
    import av

    stream = io.BytesIO()
    with av.open(stream, "w", format="matroska") as container:
        track: Any = container.add_stream("libx264", rate=rate, options={"preset": "ultrafast", "crf": "8"})
        track.width, track.height, track.pix_fmt = width, height, "yuv444p"
        track.time_base = Fraction(1, 1000)
        track.codec_context.gop_size, track.codec_context.max_b_frames = rate // 2 or 1, 0
        sound = getattr(source, "audio", None)
        heard = container.add_stream("pcm_s16le", rate=_SOUND_RATE, layout="stereo") if sound is not None else None
        for number in range(max(2, round(seconds * rate))):
            container.mux(track.encode(_picture(frame_at, number, rate, (width, height), place)))
        container.mux(track.encode(None))
        if heard is not None:
            for block in _blocks(sound, place):
                container.mux(heard.encode(block))
            container.mux(heard.encode(None))
    return stream.getvalue()


def _described(source: Any, place: Place) -> tuple[float, tuple[int, int], int]:
    try:
        seconds, rate = float(source.duration or 0), float(getattr(source, "fps", None) or _RATE)
        width, height = (int(side) for side in source.size)
    except (TypeError, ValueError) as error:
        raise ClipError(f"the clip does not tell its size and duration: {error}", place) from error
    if not 0 < seconds <= MOST_SECONDS:
        raise ClipError(f"the clip is {seconds:g} s long; more than 0 and at most {MOST_SECONDS:g} s are taken", place)
    if not (width > 0 and height > 0 and width * height <= MOST_PIXELS):
        raise ClipError(f"the clip is {width}×{height}; at most {MOST_PIXELS:,} pixels are taken", place)
    return seconds, (width, height), max(1, min(round(rate), _MOST_RATE))


def _picture(frame_at: Any, number: int, rate: int, size: tuple[int, int], place: Place) -> Any:
    import av
    import numpy

    try:
        pixels = numpy.asarray(frame_at(number / rate))
    except Exception as error:  # whatever a stranger's code raises
        raise ClipError(f"the clip fails at {number / rate:.2f} s: {error}", place) from error
    if not pixels.size or pixels.ndim != 3 or pixels.shape[:2] != (size[1], size[0]) or pixels.shape[2] < 3:
        raise ClipError(f"the clip gives a frame of shape {pixels.shape}, not ({size[1]}, {size[0]}, 3)", place)
    pixels = numpy.ascontiguousarray(numpy.clip(pixels[..., :3], 0, 255).astype(numpy.uint8))
    frame = av.VideoFrame.from_ndarray(pixels, "rgb24").reformat(
        format="yuv444p", dst_colorspace="ITU709", dst_color_range="MPEG"
    )
    frame.colorspace, frame.color_range = 1, 1
    frame.pts, frame.time_base = round(1000 * number / rate), Fraction(1, 1000)
    return frame


def _blocks(sound: Any, place: Place) -> Iterator[Any]:
    """Yield the sound of a clip of MoviePy in blocks of a second."""
    import av
    import numpy

    at = 0
    try:
        for block in sound.iter_chunks(chunksize=_SOUND_RATE, fps=_SOUND_RATE, quantize=True, nbytes=2):
            samples = numpy.asarray(block, numpy.int16).reshape(len(block), -1)
            both = numpy.ascontiguousarray(samples[:, [0, -1]]).reshape(1, -1)
            frame = av.AudioFrame.from_ndarray(both, format="s16", layout="stereo")
            frame.sample_rate, frame.pts, frame.time_base = _SOUND_RATE, at, Fraction(1, _SOUND_RATE)
            at += len(block)
            yield frame
    except Exception as error:  # as above
        raise ClipError(f"the sound of the clip fails at {at / _SOUND_RATE:.2f} s: {error}", place) from error
