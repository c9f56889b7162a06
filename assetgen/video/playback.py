"""Play a finished video: the bytes of a file go in; its frames come out as arrays, one after another or by number."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from assetgen.errors import EncodeError
from assetgen.model import Size

if TYPE_CHECKING:
    import numpy

# Playing on to a frame is quicker than looking for the key picture before it, up to about a segment.
_NEAR = 60
_CONTAINERS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,gif"


class Player:
    """Give the frames of a video as arrays of shape (height, width, 3): RGB, 8 bits, rows from the top.

    Nothing is written to the disk. Not to be shared between threads; it is let go of with its last user.
    """

    def __init__(self, data: bytes) -> None:
        """Open a video; raises EncodeError when it cannot be read or shows nothing."""
        import av

        limits = {"format_whitelist": _CONTAINERS, "protocol_whitelist": "none"}
        try:
            self._container: Any = av.open(io.BytesIO(data), "r", container_options=limits, metadata_errors="replace")
        except (av.error.FFmpegError, ValueError) as error:
            raise EncodeError(f"the video cannot be read: {error}") from error
        if not self._container.streams.video:
            raise EncodeError("the file shows nothing: it has no video")
        self._stream: Any = self._container.streams.video[0]
        self._stream.thread_type = "AUTO"
        self._playing = self._decoded()
        self._next = 0
        self._last: tuple[int, Any] | None = None

    @property
    def size(self) -> Size:
        """Return the size of the frames."""
        return Size(self._stream.width, self._stream.height)

    @cached_property
    def frames_per_second(self) -> float:
        """Return the rate of the frames."""
        return float(self._stream.average_rate)

    @cached_property
    def length(self) -> int:
        """Return the count of the frames."""
        counted: int = self._stream.frames
        return counted or sum(1 for _ in self.frames())

    @property
    def seconds(self) -> float:
        """Return how long the pictures last."""
        return self.length / self.frames_per_second

    def frames(self) -> Iterator[numpy.ndarray]:
        """Yield all frames from the first; `frame` is not to be asked meanwhile."""
        self._seek(0)
        for number, picture in self._playing:
            self._next = number + 1
            yield _pixels(picture)

    def frame(self, number: int) -> numpy.ndarray:
        """Return a frame by its number, from 0; raises IndexError beyond the end. Rising numbers are fast."""
        if not 0 <= number < self.length:
            raise IndexError(f"there is no frame {number}: the video has {self.length}")
        if self._last is None or self._last[0] != number:
            self._last = (number, _pixels(self._picture(number)))
        pixels: numpy.ndarray = self._last[1].copy()
        return pixels

    def _picture(self, number: int) -> Any:
        if not self._next <= number < self._next + _NEAR:
            self._seek(number)
        for found, picture in self._playing:
            self._next = found + 1
            if found >= number:
                return picture
        raise EncodeError(f"the video ends before its frame {number}")

    def _seek(self, number: int) -> None:
        at = round(number / self.frames_per_second / self._stream.time_base)
        self._container.seek(at + (self._stream.start_time or 0), stream=self._stream, backward=True)
        self._playing = self._decoded()
        self._next = number

    def _decoded(self) -> Iterator[tuple[int, Any]]:
        begins = self._stream.start_time or 0
        for picture in self._container.decode(self._stream):
            time = float((picture.pts - begins) * self._stream.time_base)
            yield round(time * self.frames_per_second), picture


def _pixels(picture: Any) -> numpy.ndarray:
    pixels: numpy.ndarray = picture.to_ndarray(format="rgb24", src_colorspace="ITU709", dst_colorspace="ITU709")
    return pixels
