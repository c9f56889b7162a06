"""Keep the segments of a film on disk until they are joined: a long film takes no more memory than a short one."""

from __future__ import annotations

import json
import tempfile
import weakref
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import overload

import numpy

from assetgen.errors import EncodeError
from assetgen.video.h264 import Stream


@dataclass(frozen=True)
class Segment:
    """Encoded pictures, and what they look like: small in RGB, each with the frames that it stands."""

    stream: Stream
    looks: tuple[tuple[numpy.ndarray, int], ...]

    def packed(self) -> bytes:
        """Return it as bytes."""
        head = {
            "parameters": len(self.stream.parameters),
            "pictures": [[len(unit) for unit in picture] for picture in self.stream.pictures],
            "looks": [[*look.shape, count] for look, count in self.looks],
        }
        units = [unit for picture in self.stream.pictures for unit in picture]
        looks = [look.tobytes() for look, _ in self.looks]
        written = json.dumps(head).encode()
        return b"".join((len(written).to_bytes(4, "big"), written, self.stream.parameters, *units, *looks))

    @classmethod
    def unpacked(cls, data: bytes) -> Segment:
        """Return the segment in some bytes; raises ValueError where there is none."""
        start = 4 + int.from_bytes(data[:4], "big")
        head = json.loads(data[4:start])
        shapes = [(tuple(shape), count) for *shape, count in head["looks"]]
        counts = [len(picture) for picture in head["pictures"]]
        lengths = [head["parameters"], *(one for picture in head["pictures"] for one in picture)]
        lengths += [int(numpy.prod(shape)) for shape, _ in shapes]
        edges = list(accumulate(lengths, initial=start))
        if edges[-1] != len(data):
            raise ValueError(f"a segment of {edges[-1]} bytes has {len(data)}")
        parts = [data[first:last] for first, last in pairwise(edges)]
        units = iter(parts[1 : 1 + sum(counts)])
        pictures = tuple(tuple(next(units) for _ in range(count)) for count in counts)
        seen = zip(parts[1 + sum(counts) :], shapes, strict=True)
        looks = tuple((numpy.frombuffer(part, numpy.uint8).reshape(shape), count) for part, (shape, count) in seen)
        return cls(Stream(parts[0], pictures), looks)


class Reel(Sequence[Segment]):
    """Segments in a file without a name, which is gone when the reel is; not to be shared between threads."""

    def __init__(self) -> None:
        """Open the file; raises EncodeError when there is no room for one."""
        self._places: list[tuple[int, int]] = []
        try:
            self._file = tempfile.TemporaryFile(prefix="assetgen-")  # noqa: SIM115 - it lives as long as the reel
        except OSError as error:
            raise _full(error) from error
        weakref.finalize(self, self._file.close)

    def add(self, packed: bytes) -> None:
        """Put one more segment, packed, behind the others; raises EncodeError when the disk refuses."""
        start = sum(self._places[-1]) if self._places else 0
        try:
            self._file.seek(start)
            self._file.write(packed)
            self._file.flush()
        except OSError as error:
            raise _full(error) from error
        self._places.append((start, len(packed)))

    def __len__(self) -> int:
        """Return the count of segments."""
        return len(self._places)

    @overload
    def __getitem__(self, number: int) -> Segment: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Segment]: ...
    def __getitem__(self, number: int | slice) -> Segment | Sequence[Segment]:
        """Return a segment, read from disk."""
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        start, length = self._places[number]
        self._file.seek(start)
        return Segment.unpacked(self._file.read(length))

    @property
    def looks(self) -> Iterator[tuple[numpy.ndarray, int]]:
        """Yield what was seen, in the order of the frames, and for how many frames."""
        for segment in self:
            yield from segment.looks


class Streams(Sequence[Stream]):
    """The streams of a reel, each read when it is asked for."""

    def __init__(self, reel: Reel) -> None:
        """Take a reel."""
        self._reel = reel

    def __len__(self) -> int:
        """Return the count of streams."""
        return len(self._reel)

    @overload
    def __getitem__(self, number: int) -> Stream: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Stream]: ...
    def __getitem__(self, number: int | slice) -> Stream | Sequence[Stream]:
        """Return a stream, read from disk."""
        found = self._reel[number]
        return found.stream if isinstance(found, Segment) else [one.stream for one in found]


def _full(error: OSError) -> EncodeError:
    where = tempfile.gettempdir()
    return EncodeError(
        f"the video cannot be kept in '{where}' while it is made: {error.strerror}",
        hint="make room there, or name another folder in TMPDIR",
    )
