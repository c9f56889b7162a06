"""Read and write numbers of any length of bits, as H.264 stores them: fixed, and Exp-Golomb (ITU-T H.264, 9.1)."""

from __future__ import annotations


class BitReader:
    """Read bits from the start of some bytes."""

    def __init__(self, data: bytes) -> None:
        """Start at the first bit."""
        self.value = int.from_bytes(data, "big")
        self._left = len(data) * 8
        self.place = 0

    def bits(self, count: int) -> int:
        """Return a number of so many bits; raises ValueError beyond the end."""
        if count > self._left:
            raise ValueError("the data ends too early")
        self._left -= count
        self.place += count
        return (self.value >> self._left) & ((1 << count) - 1)

    def unsigned(self) -> int:
        """Return an Exp-Golomb number."""
        zeros = 0
        while not self.bits(1):
            zeros += 1
        return (1 << zeros) - 1 + self.bits(zeros)

    def signed(self) -> int:
        """Return a signed Exp-Golomb number."""
        code = self.unsigned()
        return (code + 1) // 2 if code % 2 else -(code // 2)


class BitWriter:
    """Write bits behind one another."""

    def __init__(self) -> None:
        """Start empty."""
        self.value = 0
        self.length = 0

    def bits(self, value: int, count: int = 1) -> BitWriter:
        """Write a number with so many bits."""
        self.value = (self.value << count) | value
        self.length += count
        return self

    def unsigned(self, value: int) -> BitWriter:
        """Write an Exp-Golomb number."""
        length = (value + 1).bit_length()
        return self.bits(value + 1, 2 * length - 1)

    def signed(self, value: int) -> BitWriter:
        """Write a signed Exp-Golomb number."""
        return self.unsigned(2 * value - 1 if value > 0 else -2 * value)

    def ones_to_byte(self) -> BitWriter:
        """Write ones up to a whole byte (`cabac_alignment_one_bit`)."""
        missing = -self.length % 8
        return self.bits((1 << missing) - 1, missing)

    def finish(self) -> bytes:
        """Return the bytes: a closing 1 and zeros up to a whole byte (`rbsp_trailing_bits`)."""
        self.bits(1)
        self.bits(0, -self.length % 8)
        return self.value.to_bytes(self.length // 8, "big")


def replaced(data: bytes, place: int, count: int, value: int) -> bytes:
    """Return the bytes with the bits at a place replaced by a number."""
    whole = int.from_bytes(data, "big")
    shift = len(data) * 8 - place - count
    mask = ((1 << count) - 1) << shift
    return ((whole & ~mask) | (value << shift)).to_bytes(len(data), "big")
