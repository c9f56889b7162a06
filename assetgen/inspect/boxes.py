"""Walk the boxes of an MP4 or MOV file (ISO/IEC 14496-12): bytes go in; named boxes come out, or DamageError.

Nothing here recurses and nothing is believed: every size is held against what encloses the box, and every count against
the bytes that are there, before memory is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

# A file of a day's length, cut into fragments of a second, has fewer boxes at its top.
MOST_BOXES = 200_000
MOST_CHILDREN = 4_096


class DamageError(ValueError):
    """The file is not what its own sizes and counts say."""


@dataclass(frozen=True, slots=True)
class Box:
    """A box: its four letters, where its content starts (in the file, or in what encloses it) and how long that is."""

    kind: str
    start: int
    length: int


def top_boxes(stream: BinaryIO, length: int) -> Iterator[Box]:
    """Yield the boxes of a file of `length` bytes, from their headers alone; raises DamageError at a bad one."""
    at = 0
    for _ in range(MOST_BOXES):
        if at >= length:
            return
        stream.seek(at)
        box = _box(stream.read(16), at, length)
        yield box
        at = box.start + box.length
    raise DamageError(f"more than {MOST_BOXES:,} boxes")


def children(data: memoryview) -> tuple[Box, ...]:
    """Return the boxes inside of one, from its content; a run of four zero bytes ends the list, as in QuickTime."""
    found: list[Box] = []
    at = 0
    while at + 8 <= len(data):
        if len(found) == MOST_CHILDREN:
            raise DamageError(f"more than {MOST_CHILDREN:,} boxes in one")
        found.append(_box(bytes(data[at : at + 16]), at, len(data)))
        at = found[-1].start + found[-1].length
    return tuple(found)


def content(data: memoryview, *path: str) -> memoryview | None:
    """Return the content of the first box at a path of names (`mdia`, `minf`), or None where there is none."""
    for name in path:
        box = next((one for one in children(data) if one.kind == name), None)
        if box is None:
            return None
        data = data[box.start : box.start + box.length]
    return data


def contents(data: memoryview, name: str) -> tuple[memoryview, ...]:
    """Return the content of every box of a name."""
    return tuple(data[box.start : box.start + box.length] for box in children(data) if box.kind == name)


def number(data: memoryview, at: int, size: int, signed: bool = False) -> int:
    """Return a big-endian number of `size` bytes; raises DamageError where the box is too short for it."""
    if at < 0 or at + size > len(data):
        raise DamageError(f"a box of {len(data)} bytes ends before its own fields")
    return int.from_bytes(data[at : at + size], "big", signed=signed)


def _box(head: bytes, at: int, end: int) -> Box:
    if len(head) < 8:
        raise DamageError("the file ends inside of a box")
    size, start = int.from_bytes(head[:4], "big"), at + 8
    if size == 1:
        size, start = int.from_bytes(head[8:16], "big"), at + 16
    size = size or end - at  # zero: to the end of what encloses it
    kind = head[4:8].decode("latin-1")
    if at + size < start:
        raise DamageError(f"a box '{printable(kind)}' of {size} bytes")
    if at + size > end:
        raise DamageError(f"the box '{printable(kind)}' ends {at + size - end:,} bytes behind the end")
    return Box(kind, start, at + size - start)


def printable(kind: str) -> str:
    """Return the letters of a box with what cannot be shown as a dot."""
    return "".join(letter if letter.isprintable() else "." for letter in kind)
