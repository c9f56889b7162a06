"""Write the numbers of one chart alike: the same style, scale word and decimals on every label."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from markupsafe import Markup

from assetgen.charts._kit.options import Options
from assetgen.charts._kit.rows import Label, Point
from assetgen.facts import fact
from assetgen.locale import JOINER, clean, format_money, format_number, format_percent, format_short
from assetgen.model import Value

STYLES = ("number", "percent", "rupiah", "short", "short-rupiah")
# More digits behind the sign are noise on a picture; large numbers need none at all.
MOST_DECIMALS = 2
LARGE = 1000


@dataclass(frozen=True, slots=True)
class Writer:
    """Write numbers in one style with one number of decimals."""

    language: str
    style: str = "number"
    decimals: int = 0
    unit: str = ""
    signed: bool = False
    fixed: bool = True

    def text(self, number: Decimal) -> str:
        """Return a number as text, without its unit."""
        if self.style == "number":
            text = format_number(number, self.language, self.decimals)
        elif self.style == "percent":
            text = format_percent(number, self.language, self.decimals)
        elif self.style == "rupiah":
            text = format_money(number, self.language, "IDR", self.decimals)
        else:
            currency = "IDR" if self.style == "short-rupiah" else None
            text = format_short(number, self.language, currency, self.decimals, fixed=self.fixed)
        return f"+{text}" if self.signed and number > 0 else text

    def full(self, number: Decimal) -> str:
        """Return a number with its unit, for sentences."""
        return JOINER.join(part for part in (self.text(number), self.unit) if part)

    def label(self, point: Point, unit: bool = False) -> Label:
        """Return a number that is there as a fact, with the sign of a figure that is not final."""
        number = point.number
        if number is None:
            raise ValueError("a missing number has no text")
        behind = point.sign + (JOINER + self.unit if unit and self.unit else "")
        text = self.text(number)
        return Label(text + behind, fact(text, point.value) + behind, point.value)

    def fact(self, value: Value) -> Markup:
        """Return a number as a fact."""
        return fact(self.text(value.data if isinstance(value.data, Decimal) else Decimal(0)), value)


def writer_for(numbers: Iterable[Decimal], options: Options, language: str, style: str = "") -> Writer:
    """Return the writer of a chart, or of one column of it that has its own style.

    Decimals that are not given are as few as tell its numbers apart, at most two.
    """
    style = style or options.choice("style", STYLES)
    writer = Writer(language, style, 0, options.text("unit"))
    given = options.count("decimals", -1, 0, 6)
    return replace(writer, decimals=given if given >= 0 else _decimals(tuple(numbers), writer))


def _decimals(numbers: tuple[Decimal, ...], writer: Writer) -> int:
    if writer.style == "rupiah" or not numbers:
        return 0
    if writer.style in {"short", "short-rupiah"}:
        exact = replace(writer, decimals=6)
        if all(_is_whole(exact.text(number), writer.language) for number in numbers):
            return 0
        different = set(numbers)
        return 1 if len({replace(writer, decimals=1).text(number) for number in different}) == len(different) else 2
    behind = max(max(0, -int(clean(number).normalize().as_tuple().exponent)) for number in numbers)
    largest = max(abs(number) for number in numbers)
    return 0 if largest >= LARGE * 10 else min(behind, 1 if largest >= LARGE / 10 else MOST_DECIMALS)


def _is_whole(text: str, language: str) -> bool:
    """Tell whether a number written with six decimals has only zeros behind its sign."""
    sign = "," if language.startswith("id") else "."
    return not text.partition(sign)[2].partition(JOINER)[0].strip("0")


def shares_add_up(numbers: Iterable[Decimal], writer: Writer, total: Decimal) -> bool:
    """Tell whether numbers that are parts of a whole still add up to it as they are shown."""
    step = Decimal(1).scaleb(-writer.decimals)
    return sum((number.quantize(step) for number in numbers), Decimal(0)) == total.quantize(step)
