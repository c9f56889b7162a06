"""Read what a video stream declares: an `avcC` or `hvcC` record goes in, profile, format and colour come out.

Follows ISO/IEC 14496-15 for the records and ITU-T H.264 7.3.2.1.1 and Annex E for the sequence parameter set.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from assetgen.inspect.boxes import DamageError, number

CHROMA = ("4:0:0", "4:2:0", "4:2:2", "4:4:4")
# ITU-T H.264 Annex A.
_H264 = {66: "baseline", 77: "main", 88: "extended", 100: "high", 110: "high 10", 122: "high 4:2:2", 244: "high 4:4:4"}
_HEVC = {1: "main", 2: "main 10", 3: "main still", 4: "range extensions"}
# Profiles whose parameter sets tell chroma format and depth.
_HIGH = {44, 83, 86, 100, 110, 118, 122, 128, 134, 135, 138, 139, 244}
# ITU-T H.264 table E-1: ratios of pixels by number.
_ASPECTS = (
    (1, 1), (1, 1), (12, 11), (10, 11), (16, 11), (40, 33), (24, 11), (20, 11), (32, 11), (80, 33), (18, 11), (15, 11),
    (64, 33), (160, 99), (4, 3), (3, 2), (2, 1),
)  # fmt: skip
_EXTENDED_ASPECT = 255


@dataclass(frozen=True, slots=True)
class Colour:
    """How numbers become colours: code points of ITU-T H.273, 2 where it is not said, and whether black is 0 or 16."""

    primaries: int = 2
    transfer: int = 2
    matrix: int = 2
    full_range: bool | None = None

    @property
    def known(self) -> bool:
        """Tell whether primaries, transfer and matrix are all said."""
        return 2 not in (self.primaries, self.transfer, self.matrix)


@dataclass(frozen=True, slots=True)
class Parameters:
    """What a stream declares. `sets` counts the sequence and picture parameter sets; empty and None: not said."""

    profile: str = ""
    level: float | None = None
    chroma: str = ""
    depth: int | None = None
    progressive: bool | None = None
    aspect: Fraction | None = None
    colour: Colour | None = None
    sets: tuple[int, int] = (0, 0)
    length_size: int = 4


class Bits:
    """Read single bits and Exp-Golomb numbers of a NAL unit, without the bytes that keep start codes apart."""

    def __init__(self, data: bytes) -> None:
        self._data = data.replace(b"\x00\x00\x03", b"\x00\x00")
        self._at = 0

    def take(self, count: int) -> int:
        """Return the next bits as a number; raises DamageError behind the end."""
        if self._at + count > len(self._data) * 8:
            raise DamageError("a parameter set ends before its own fields")
        value = 0
        for at in range(self._at, self._at + count):
            value = value << 1 | self._data[at >> 3] >> (7 - at % 8) & 1
        self._at += count
        return value

    def unsigned(self) -> int:
        """Return the next unsigned Exp-Golomb number."""
        zeros = 0
        while not self.take(1):
            zeros += 1
            if zeros > 32:
                raise DamageError("a number in a parameter set has no end")
        return (1 << zeros) - 1 + self.take(zeros)

    def signed(self) -> int:
        """Return the next signed Exp-Golomb number."""
        value = self.unsigned()
        return (value + 1) // 2 if value % 2 else -(value // 2)


def read_avcc(record: memoryview) -> Parameters:
    """Return what an `avcC` record says; raises DamageError on one that ends early."""
    sequence, at = _units(record, 5, number(record, 5, 1) & 0x1F)
    pictures = number(record, at, 1)
    profile, constraints, level = (number(record, at, 1) for at in (1, 2, 3))
    name = _H264.get(profile, f"profile {profile}")
    plain = Parameters(
        profile="constrained baseline" if profile == 66 and constraints & 0x40 else name,
        level=1.1 if level == 9 else level / 10,
        chroma=CHROMA[1],
        depth=8,
        sets=(len(sequence), pictures),
        length_size=(number(record, 4, 1) & 3) + 1,
    )
    return _with_sequence(plain, Bits(sequence[0][1:])) if sequence else plain


def read_hvcc(record: memoryview) -> Parameters:
    """Return what an `hvcC` record says; its colours stand deeper and are left to the decoder."""
    counts: dict[int, int] = {}
    at = 23
    for _ in range(number(record, 22, 1)):
        kind, units = number(record, at, 1) & 0x3F, number(record, at + 1, 2)
        counts[kind] = counts.get(kind, 0) + units
        _, at = _units(record, at + 2, units)
    profile = number(record, 1, 1) & 0x1F
    return Parameters(
        profile=_HEVC.get(profile, f"profile {profile}"),
        level=number(record, 12, 1) / 30,
        chroma=CHROMA[number(record, 16, 1) & 3],
        depth=8 + (number(record, 17, 1) & 7),
        progressive=bool(number(record, 6, 1) & 0x80) and not number(record, 6, 1) & 0x40,
        sets=(counts.get(33, 0), counts.get(34, 0)),
        length_size=(number(record, 21, 1) & 3) + 1,
    )


def _units(record: memoryview, at: int, count: int) -> tuple[list[bytes], int]:
    """Return units of two-byte lengths behind the byte at `at`, and where they end."""
    units, at = [], at + 1
    for _ in range(count):
        size = number(record, at, 2)
        if at + 2 + size > len(record):
            raise DamageError("a parameter set ends behind its record")
        units.append(bytes(record[at + 2 : at + 2 + size]))
        at += 2 + size
    return units, at


def _with_sequence(plain: Parameters, bits: Bits) -> Parameters:
    """Return the parameters with those of a sequence parameter set of H.264."""
    profile = bits.take(8)
    bits.take(16)
    bits.unsigned()
    chroma, depth = _high(bits) if profile in _HIGH else (1, 8)
    bits.unsigned()
    order = bits.unsigned()
    if order == 0:
        bits.unsigned()
    elif order == 1:
        bits.take(1)
        for _ in range(2):
            bits.signed()
        for _ in range(min(bits.unsigned(), 255)):
            bits.signed()
    bits.unsigned()
    bits.take(1)
    bits.unsigned()
    bits.unsigned()
    progressive = bool(bits.take(1))
    bits.take(1 if progressive else 2)
    if bits.take(1):
        for _ in range(4):
            bits.unsigned()
    aspect, colour = _usability(bits) if bits.take(1) else (None, Colour())
    named = CHROMA[chroma] if chroma < len(CHROMA) else "unknown"
    return replace(plain, chroma=named, depth=depth, progressive=progressive, aspect=aspect, colour=colour)


def _high(bits: Bits) -> tuple[int, int]:
    """Return chroma format and depth of the high profiles, and step over their scaling lists."""
    chroma = bits.unsigned()
    if chroma == 3:
        bits.take(1)
    depth = 8 + bits.unsigned()
    bits.unsigned()
    bits.take(1)
    if bits.take(1):
        for index in range(8 if chroma != 3 else 12):
            if bits.take(1):
                _scaling_list(bits, 16 if index < 6 else 64)
    return chroma, depth


def _scaling_list(bits: Bits, size: int) -> None:
    last = following = 8
    for _ in range(size):
        if following:
            following = (last + bits.signed()) % 256
        last = following or last


def _usability(bits: Bits) -> tuple[Fraction | None, Colour]:
    """Return the ratio of the pixels and the colours of the video usability information."""
    aspect = None
    if bits.take(1):
        code = bits.take(8)
        width, height = (bits.take(16), bits.take(16)) if code == _EXTENDED_ASPECT else _aspect(code)
        aspect = Fraction(width, height) if width and height else None
    if bits.take(1):
        bits.take(1)
    if not bits.take(1):
        return aspect, Colour()
    bits.take(3)
    full = bool(bits.take(1))
    if not bits.take(1):
        return aspect, Colour(full_range=full)
    return aspect, Colour(bits.take(8), bits.take(8), bits.take(8), full)


def _aspect(code: int) -> tuple[int, int]:
    return _ASPECTS[code] if 0 < code < len(_ASPECTS) else (0, 0)
