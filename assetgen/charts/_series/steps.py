"""Choose an axis of values: numbers go in, round ticks and their labels with one scale word for all come out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assetgen.charts._kit.numbers import Writer
from assetgen.charts._kit.scales import STEPS, nice_ticks
from assetgen.locale import JOINER, format_number, format_short

# A line leaves zero out only where zero would press its values into less than this share of the height.
LEAST_SHARE = Decimal("0.4")
# Ticks from here on are written with a scale word, said once above the axis.
LARGE = 10_000


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis of values: exact ticks from its low to its high end, their labels, and what stands above them once.

    `scale` is the power of ten that the scale word in the caption stands for.
    """

    ticks: tuple[Decimal, ...]
    labels: tuple[str, ...]
    caption: str
    scale: int = 0

    @property
    def low(self) -> Decimal:
        """Return the low end."""
        return self.ticks[0]

    @property
    def high(self) -> Decimal:
        """Return the high end."""
        return self.ticks[-1]

    @property
    def broken(self) -> bool:
        """Tell whether zero is left out, which has to be said below the chart."""
        return self.low > 0 or self.high < 0


def axis_of(numbers: Sequence[Decimal], most: int, writer: Writer, baseline: str = "auto") -> Axis:
    """Return an axis over numbers with at most `most` ticks.

    `baseline` zero holds zero in any case, data leaves it out where no number needs it, auto decides by the numbers.
    """
    low, high = (min(numbers), max(numbers)) if numbers else (Decimal(0), Decimal(1))
    if baseline == "zero" or (baseline == "auto" and _needs_zero(low, high)):
        low, high = min(low, Decimal(0)), max(high, Decimal(0))
    if low == high:
        room = abs(low) / 10 or Decimal(1)
        low, high = low - room, high + room
    ticks = nice_ticks(low, high, most)
    return Axis(ticks, *_labels(ticks, writer))


def _needs_zero(low: Decimal, high: Decimal) -> bool:
    reach = max(abs(low), abs(high))
    return low * high <= 0 or (high - low) >= reach * LEAST_SHARE


def _labels(ticks: Sequence[Decimal], writer: Writer) -> tuple[tuple[str, ...], str, int]:
    largest = max(abs(tick) for tick in ticks)
    if writer.style == "percent":
        return tuple(format_number(tick, writer.language) + "%" for tick in ticks), writer.unit, 0
    money = "rupiah" in writer.style
    power, word = 0, ""
    if largest >= LARGE or (writer.style.startswith("short") and largest >= 1000):
        power = min(12, (largest.adjusted() // 3) * 3)
        word = format_short(Decimal(1).scaleb(power), writer.language).partition(JOINER)[2]
    unit = writer.unit or ("rupiah" if money and word else "Rp" if money else "")
    caption = JOINER.join(part for part in (word, unit) if part)
    return tuple(format_number(tick.scaleb(-power), writer.language) for tick in ticks), caption, power


def round_step(width: Decimal) -> Decimal:
    """Return the smallest of 1, 2, 2.5 or 5 times a power of ten that is not below `width`."""
    power = Decimal(1).scaleb(width.adjusted())
    return next(power * times for times in STEPS if power * times >= width)
