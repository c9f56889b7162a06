"""Hold a picture still in an H.264 stream without encoding it again.

A frame that repeats the one before needs no analysis: a P picture in which every macroblock is skipped says so in a few
bytes. Such pictures are written here and put between those of the encoder, whose `frame_num` is counted on.

After ITU-T H.264 (08/2021): 7.3.2 (parameter sets), 7.3.3 (slice header), 7.3.4 (slice data), 7.4.3 (`frame_num`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assetgen.video.bits import BitReader, BitWriter, replaced
from assetgen.video.skipping import QUANTISER, skipped

START = b"\x00\x00\x00\x01"
SLICE, IDR, SEQUENCE, PICTURE = 1, 5, 7, 8
# Profiles whose sequence parameters tell of chroma and depth (7.3.2.1.1).
_HIGH = {100, 110, 122, 244, 44, 83, 86, 118, 128}
_ESCAPED = re.compile(rb"\x00\x00([\x00-\x03])")
_SPLIT = re.compile(rb"\x00\x00\x00?\x01")
_HEADER_BYTES = 16  # a slice header up to frame_num is shorter


def units(data: bytes) -> Iterator[bytes]:
    """Yield the NAL units of a stream with start codes."""
    yield from (unit for unit in _SPLIT.split(data) if unit)


def kind(unit: bytes) -> int:
    """Return the type of a NAL unit."""
    return unit[0] & 31


def unescaped(data: bytes) -> bytes:
    """Return the bytes without those that keep start codes from appearing."""
    return re.sub(rb"\x00\x00\x03", b"\x00\x00", data)


def escaped(data: bytes) -> bytes:
    """Return the bytes with what keeps start codes from appearing in them."""
    found = bytearray()
    zeros = 0
    for byte in data:
        if zeros == 2 and byte <= 3:
            found.append(3)
            zeros = 0
        zeros = zeros + 1 if byte == 0 else 0
        found.append(byte)
    return bytes(found)


@dataclass(frozen=True, slots=True)
class Sequence:
    """What of a sequence parameter set is needed to write a picture."""

    frame_number_bits: int
    macroblocks: int

    @classmethod
    def read(cls, unit: bytes) -> Sequence:
        """Read a sequence parameter set; raises ValueError for interlaced ones, whose pictures are built otherwise."""
        reader = BitReader(unescaped(unit[1:]))
        profile = reader.bits(8)
        reader.bits(16)
        reader.unsigned()
        if profile in _HIGH:
            if reader.unsigned() == 3:
                reader.bits(1)
            reader.unsigned()
            reader.unsigned()
            reader.bits(1)
            if reader.bits(1):
                raise ValueError("scaling matrices are not read")
        number_bits = reader.unsigned() + 4
        if reader.unsigned() != 2:
            raise ValueError("pictures are stored in another order than they are shown")
        reader.unsigned()
        reader.bits(1)
        wide, high = reader.unsigned() + 1, reader.unsigned() + 1
        if not reader.bits(1):
            raise ValueError("the pictures are interlaced")
        return cls(number_bits, wide * high)


@dataclass(frozen=True, slots=True)
class Picture:
    """What of a picture parameter set is needed to write a picture."""

    arithmetic: bool
    references: int
    weighted: bool
    quantiser: int
    deblocking: bool
    redundant: bool

    @classmethod
    def read(cls, unit: bytes) -> Picture:
        """Read a picture parameter set; raises ValueError for slice groups, which nobody uses."""
        reader = BitReader(unescaped(unit[1:]))
        reader.unsigned()
        reader.unsigned()
        arithmetic = bool(reader.bits(1))
        reader.bits(1)
        if reader.unsigned():
            raise ValueError("slice groups are not read")
        references = reader.unsigned() + 1
        reader.unsigned()
        weighted = bool(reader.bits(1))
        reader.bits(2)
        quantiser = 26 + reader.signed()
        reader.signed()
        reader.signed()
        deblocking = bool(reader.bits(1))
        reader.bits(1)
        return cls(arithmetic, references, weighted, quantiser, deblocking, bool(reader.bits(1)))


def holding_picture(sequence: Sequence, picture: Picture, frame_number: int) -> bytes:
    """Return a P picture that repeats the one before, as a NAL unit."""
    writer = BitWriter()
    writer.unsigned(0).unsigned(5).unsigned(0)
    writer.bits(frame_number % (1 << sequence.frame_number_bits), sequence.frame_number_bits)
    if picture.redundant:
        writer.unsigned(0)
    if picture.references == 1:
        writer.bits(0)
    else:
        writer.bits(1).unsigned(0)  # one reference, whatever is usual
    writer.bits(0)  # in its order
    if picture.weighted:
        writer.unsigned(0).unsigned(0).bits(0).bits(0)  # and as it is
    writer.bits(0)  # the oldest reference goes
    if picture.arithmetic:
        writer.unsigned(0)
    writer.signed(QUANTISER - picture.quantiser)
    if picture.deblocking:
        writer.unsigned(1)  # nothing to smooth
    if picture.arithmetic:
        writer.ones_to_byte()
        writer.bits(*skipped(sequence.macroblocks))
    else:
        writer.unsigned(sequence.macroblocks)
    return bytes([0x40 | SLICE]) + escaped(writer.finish())


def renumbered(unit: bytes, sequence: Sequence, frame_number: int) -> bytes:
    """Return a slice with another `frame_num`."""
    # Only the head is opened; an escape within it would move what follows, so it is closed again as a whole.
    head, rest = unit[1 : 1 + _HEADER_BYTES], unit[1 + _HEADER_BYTES :]
    if b"\x00\x00" in head or head.endswith(b"\x00") or rest.startswith(b"\x00"):
        head, rest = unit[1:], b""
    plain = unescaped(head)
    reader = BitReader(plain)
    reader.unsigned()
    reader.unsigned()
    reader.unsigned()
    value = frame_number % (1 << sequence.frame_number_bits)
    return unit[:1] + escaped(replaced(plain, reader.place, sequence.frame_number_bits, value)) + rest


@dataclass(frozen=True)
class Stream:
    """The pictures of a segment as NAL units, one list a picture, and the parameter sets that they need."""

    parameters: bytes
    pictures: tuple[tuple[bytes, ...], ...]

    @classmethod
    def read(cls, packets: list[bytes]) -> Stream:
        """Read the packets of an encoder, one a picture; what is no picture and no parameter is left out."""
        sets: dict[bytes, None] = {}
        pictures = []
        for packet in packets:
            found = list(units(packet))
            sets |= dict.fromkeys(unit for unit in found if kind(unit) in (SEQUENCE, PICTURE))
            pictures.append(tuple(unit for unit in found if kind(unit) in (SLICE, IDR)))
        return cls(b"".join(START + unit for unit in sets), tuple(pictures))

    def held(self, repeats: tuple[int, ...]) -> Stream:
        """Return the stream with each picture repeated so many times more, without encoding anything."""
        sequence = next(Sequence.read(unit) for unit in units(self.parameters) if kind(unit) == SEQUENCE)
        picture_set = next(Picture.read(unit) for unit in units(self.parameters) if kind(unit) == PICTURE)
        number = 0
        pictures: list[tuple[bytes, ...]] = []
        for picture, more in zip(self.pictures, repeats, strict=True):
            if kind(picture[0]) == IDR:
                number = 0
                pictures.append(picture)
            else:
                number += 1
                pictures.append(tuple(renumbered(unit, sequence, number) for unit in picture))
            for _ in range(more):
                number += 1
                pictures.append((holding_picture(sequence, picture_set, number),))
        return replace(self, pictures=tuple(pictures))
