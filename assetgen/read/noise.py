"""Clean numbers of the noise of binary fractions: 1043015885.9999999 goes in, 1043015886 comes out; others stay."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assetgen.locale import clean
from assetgen.model import Remark
from assetgen.read.body import Body

# Binary fractions show their noise from the 15th digit on; a shorter number says what somebody typed.
DIGITS = 15
_NEAR = Decimal("1e-9")


def denoised(number: Decimal) -> Decimal:
    """Return the short number that a noisy one stands for, where that is beyond doubt; else the number itself."""
    if len(number.as_tuple().digits) < DIGITS:
        return number
    short = clean(number)
    return short if abs(short - number) <= abs(number) * _NEAR else number


def noise_remarks(body: Body) -> Iterator[Remark]:
    """Say where noise was cleaned, with one cell as an example."""
    cells: list[str] = []
    example = ""
    for filled in body.columns:
        if filled.kind not in ("number", "money", "percent"):
            continue
        long = max(map(len, filled.raws), default=0) >= DIGITS
        for index, raw in enumerate(filled.raws) if long else ():
            if len(raw) < DIGITS:
                continue
            data = filled.data[index]
            if isinstance(data, Decimal) and len(data.as_tuple().digits) < DIGITS - 2 and _was_noisy(raw, data):
                cells.append(f"{filled.column.letter}{body.numbers[index]}")
                example = example or f"{raw.strip()} is {data:f}"
    if cells:
        yield Remark(
            "float-noise", f"noise of binary fractions was cleaned in {len(cells):,} cells: {example}", tuple(cells)
        )


def _was_noisy(raw: str, data: Decimal) -> bool:
    """Tell whether a raw text has a long run of nines or noughts that its number does not have."""
    digits = "".join(filter(str.isdigit, raw))
    return ("999999" in digits or "000000" in digits) and len(digits) >= DIGITS and not data.is_zero()
