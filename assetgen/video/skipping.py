"""Write a slice in which every macroblock is skipped, in arithmetic code: one decision, taken again and again.

After ITU-T H.264 (08/2021): 9.3.1.1 (start of a context), 9.3.4.2 (a decision), 9.3.4.5 (end of a slice), tables
9-13 and 9-44. All macroblocks being alike, the decision always falls as expected in the same context.
"""

from __future__ import annotations

from functools import lru_cache

from assetgen.video.bits import BitWriter

# Nothing is quantised where all is skipped: at the coarsest quantiser skipping is expected most.
QUANTISER = 51
# How the context of a skipped macroblock starts, for `cabac_init_idc` 0: slope and offset (table 9-13, ctxIdx 11).
_SLOPE, _OFFSET = 23, 33
_LAST_STATE = 62
# Width of the less likely half of the range, by state and by a quarter of the range (table 9-44).
_NARROW = (
    (128, 176, 208, 240), (128, 167, 197, 227), (128, 158, 187, 216), (123, 150, 178, 205), (116, 142, 169, 195),
    (111, 135, 160, 185), (105, 128, 152, 175), (100, 122, 144, 166), (95, 116, 137, 158), (90, 110, 130, 150),
    (85, 104, 123, 142), (81, 99, 117, 135), (77, 94, 111, 128), (73, 89, 105, 122), (69, 85, 100, 116),
    (66, 80, 95, 110), (62, 76, 90, 104), (59, 72, 86, 99), (56, 69, 81, 94), (53, 65, 77, 89),
    (51, 62, 73, 85), (48, 59, 69, 80), (46, 56, 66, 76), (43, 53, 63, 72), (41, 50, 59, 69),
    (39, 48, 56, 65), (37, 45, 54, 62), (35, 43, 51, 59), (33, 41, 48, 56), (32, 39, 46, 53),
    (30, 37, 43, 50), (29, 35, 41, 48), (27, 33, 39, 45), (26, 31, 37, 43), (24, 30, 35, 41),
    (23, 28, 33, 39), (22, 27, 32, 37), (21, 26, 30, 35), (20, 24, 29, 33), (19, 23, 27, 31),
    (18, 22, 26, 30), (17, 21, 25, 28), (16, 20, 23, 27), (15, 19, 22, 25), (14, 18, 21, 24),
    (14, 17, 20, 23), (13, 16, 19, 22), (12, 15, 18, 21), (12, 14, 17, 20), (11, 14, 16, 19),
    (11, 13, 15, 18), (10, 12, 15, 17), (10, 12, 14, 16), (9, 11, 13, 15), (9, 11, 12, 14),
    (8, 10, 12, 14), (8, 9, 11, 13), (7, 9, 11, 12), (7, 9, 10, 12), (7, 8, 10, 11),
    (6, 8, 9, 11), (6, 7, 9, 10), (6, 7, 8, 9), (2, 2, 2, 2),
)  # fmt: skip


@lru_cache(16)
def skipped(macroblocks: int) -> tuple[int, int]:
    """Return the bits of so many skipped macroblocks, as a number and its length; the closing 1 of the unit follows."""
    writer = BitWriter()
    coder = _Coder(writer)
    state = ((_SLOPE * QUANTISER) >> 4) + _OFFSET - 64
    for number in range(macroblocks):
        coder.expected(state)
        state = min(state + 1, _LAST_STATE)
        coder.ended(number == macroblocks - 1)
    return writer.value, writer.length


class _Coder:
    """The arithmetic encoder (9.3.4.1), for decisions that fall as expected and for the end."""

    def __init__(self, writer: BitWriter) -> None:
        self._writer = writer
        self._low, self._range = 0, 510
        self._outstanding, self._first = 0, True

    def expected(self, state: int) -> None:
        self._range -= _NARROW[state][(self._range >> 6) & 3]
        self._renew()

    def ended(self, last: bool) -> None:
        self._range -= 2
        if not last:
            self._renew()
            return
        self._low += self._range
        self._range = 2
        self._renew()
        self._put((self._low >> 9) & 1)
        # The last of these two bits is the stop bit of the unit, which `finish` writes.
        self._writer.bits((self._low >> 8) & 1, 1)

    def _renew(self) -> None:
        while self._range < 256:
            if self._low < 256:
                self._put(0)
            elif self._low >= 512:
                self._low -= 512
                self._put(1)
            else:
                self._low -= 256
                self._outstanding += 1
            self._range <<= 1
            self._low <<= 1

    def _put(self, bit: int) -> None:
        if self._first:
            self._first = False
        else:
            self._writer.bits(bit, 1)
        if self._outstanding:
            self._writer.bits(((1 << self._outstanding) - 1) if not bit else 0, self._outstanding)
            self._outstanding = 0
