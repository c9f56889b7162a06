"""Decode a clip in step: a number of a picture goes in, its pixels come out, cut to a box and in the colours of video.

Pictures come one after another; only the one that is shown is kept. FFmpeg's own filters turn, cut, scale and convert:
2 ms for a picture of 1080×1350 out of one of 1920×1080.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from fractions import Fraction
from typing import Any

import numpy

from assetgen.clips.reading import opened, picture_stream, turned
from assetgen.errors import ClipError, Place
from assetgen.model import Clip, Size
from assetgen.pictures import crop_box

# Decoding on to a picture is quicker than looking for the key picture before it, up to about so many.
_NEAR = 45
# Seconds that may be missing at the end before a clip counts as damaged.
_MOST_LOSS = 0.5
# What FFmpeg calls the matrices of ITU-T H.273; what is not told is guessed by size, as players do.
_MATRICES = {1: "bt709", 4: "fcc", 5: "bt601", 6: "bt601", 7: "smpte240m", 9: "bt2020", 10: "bt2020"}
_TURNS = {90: ("transpose", "dir=clock"), 180: ("rotate", "a=PI"), 270: ("transpose", "dir=cclock")}


class ClipReader:
    """Give the pictures of a clip for a box; not to be shared between threads.

    Raises ClipError where the clip is damaged. Let go of with its last user, or closed.
    """

    def __init__(self, clip: Clip, size: Size, focus: tuple[float, float] = (0.5, 0.5)) -> None:
        """Open a clip: its pictures fill a box of `size`, the focus point (shares of width and height) in sight."""
        self._clip, self._size, self._focus = clip, size, focus
        self._place = Place(clip.name)
        self._open = ExitStack()
        self._container: Any = self._open.enter_context(opened(clip.source, self._place))
        self._stream = picture_stream(self._container, self._place)
        # What is damaged shall be told, not painted over with what was there before.
        self._stream.codec_context.options = {"err_detect": "explode"}
        self._decoding: Iterator[Any] = self._container.decode(self._stream)
        self._frame: Any = None
        self._number = -1
        self._graph: Any = None
        self._shown = -1
        self._pixels = numpy.zeros((size.height, size.width, 4), numpy.uint8)
        self._pixels[..., 3] = 255

    def close(self) -> None:
        """Close the file."""
        self._open.close()

    def pixels(self, number: int) -> numpy.ndarray:
        """Return a picture as luma, chromas and a full alpha, of shape (height, width, 4); valid until the next one."""
        if number != self._shown:
            for channel, plane in enumerate(self._filtered(self._picture(number)).planes):
                rows = numpy.frombuffer(plane, numpy.uint8).reshape(-1, plane.line_size)
                self._pixels[..., channel] = rows[: self._size.height, : self._size.width]
            self._shown = number
        return self._pixels

    def _picture(self, number: int) -> Any:
        if number < self._number or number > self._number + _NEAR:
            self._seek(number)
        wanted = self._clip.ticks[number]
        while self._frame is None or self._frame.pts < wanted:
            found = self._next(number)
            if found is None:
                break
            self._frame = found
        self._number = number
        return self._frame

    def _next(self, number: int) -> Any:
        """Return the next picture, None behind the last one."""
        import av

        second = (self._clip.ticks[number] - self._clip.ticks[0]) * self._clip.tick
        try:
            frame = next(self._decoding, None)
        except (av.error.FFmpegError, ValueError) as error:
            told = getattr(error, "strerror", None) or error
            raise self._damaged(f"is damaged at {second:.1f} s: {told}") from error
        if frame is None:
            reached = self._frame.pts if self._frame else self._clip.ticks[0]
            if (self._clip.ticks[number] - reached) * self._clip.tick > _MOST_LOSS:
                raise self._damaged(f"is damaged: its pictures end before {second:.1f} s")
        elif frame.is_corrupt:
            raise self._damaged(f"is damaged at {second:.1f} s")
        return frame

    def _damaged(self, what: str) -> ClipError:
        return ClipError(f"the clip {what}", self._place, "take the original, or export it again")

    def _seek(self, number: int) -> None:
        self._container.seek(self._clip.ticks[number], stream=self._stream, backward=True)
        self._decoding, self._frame = self._container.decode(self._stream), None

    def _filtered(self, frame: Any) -> Any:
        kind = (frame.width, frame.height, frame.format.name)
        if self._graph is None or self._graph[0] != kind:
            self._graph = kind, self._built(frame)
        self._graph[1].push(frame)
        return self._graph[1].pull()

    def _built(self, frame: Any) -> Any:
        import av

        graph = av.filter.Graph()
        last = graph.add_buffer(
            width=frame.width, height=frame.height, format=frame.format, time_base=Fraction(1, 90_000)
        )
        for name, options in self._filters(frame):
            node = graph.add(name, options)
            last.link_to(node)
            last = node
        sink = graph.add("buffersink")
        last.link_to(sink)
        graph.configure()
        return graph

    def _filters(self, frame: Any) -> Iterator[tuple[str, str]]:
        angle = turned(frame)
        if angle in _TURNS:
            yield _TURNS[angle]
        whole = (frame.height, frame.width) if angle in (90, 270) else (frame.width, frame.height)
        # Pixels that are not square: the box is found in square ones, and drawn in those of the file.
        across, down = whole[0] / self._clip.size.width, whole[1] / self._clip.size.height
        scale = max(self._size.width / self._clip.size.width, self._size.height / self._clip.size.height)
        part = (self._size.width / scale, self._size.height / scale)
        left, top, right, bottom = crop_box((self._clip.size.width, self._clip.size.height), part, self._focus)
        width, height = max(1, round((right - left) * across)), max(1, round((bottom - top) * down))
        yield "crop", f"{min(width, whole[0])}:{min(height, whole[1])}:{int(left * across)}:{int(top * down)}"
        yield "scale", f"{self._size.width}:{self._size.height}:flags=bicubic+accurate_rnd:{_colours(frame)}"
        yield "format", "pix_fmts=yuv444p"


def _colours(frame: Any) -> str:
    """Return how the colours of a picture are turned into those of video."""
    to = "out_color_matrix=bt709:out_range=tv"
    if frame.format.is_rgb:
        return to
    guess = "bt709" if min(frame.width, frame.height) >= 720 else "bt601"
    full = int(frame.color_range) == 2 or frame.format.name.startswith("yuvj")
    matrix = _MATRICES.get(int(frame.colorspace), guess)
    return f"in_color_matrix={matrix}:in_range={'pc' if full else 'tv'}:{to}"
