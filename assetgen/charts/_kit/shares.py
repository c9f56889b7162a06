"""Read the parts of a whole: rows go in, parts with their shares come out; what does not add up is refused.

The whole is the sum of the parts, 100 where they are written as percent, or what the option `whole` says. A missing
part is known only where the whole is: what is left of it is then one hatched part. Without a whole no share is known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType

from assetgen.charts._kit.chart import ChartKit
from assetgen.charts._kit.numbers import Writer, writer_for
from assetgen.charts._kit.options import ONE_SERIES, Options
from assetgen.charts._kit.rows import Category, Data, Label, Point, Row, read_data
from assetgen.charts._kit.words import word
from assetgen.locale import format_number
from assetgen.model import Value

PARTS: Mapping[str, str] = MappingProxyType(
    {
        **ONE_SERIES,
        "rest": "what happens to more parts than fit: sum (default) into 'lainnya', or refuse",
        "whole": "the number that all parts add up to; their sum, or 100 for style percent, when left out",
        "show": "what is written at each part: share (default), value or both",
    }
)
HUNDRED = Decimal(100)
# Rounded parts may miss the whole by half a step each; by more than this share of it nobody calls it rounding.
MOST_NOISE = Decimal("0.01")
_OTHER = {"lainnya", "lain-lain", "yang lain", "other", "others"}


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its number and its share in percent; `rest` counts parts that it sums, `missing` those not known."""

    label: Label
    value: Value
    share: Value
    mine: bool = False
    sign: str = ""
    rest: int = 0
    missing: int = 0

    @property
    def size(self) -> Decimal:
        """Return the number."""
        return self.value.data if isinstance(self.value.data, Decimal) else Decimal(0)

    @property
    def percent(self) -> Decimal:
        """Return the share in percent."""
        return self.share.data if isinstance(self.share.data, Decimal) else Decimal(0)


@dataclass(frozen=True, slots=True)
class Whole:
    """Parts in the order in which they are drawn, what they add up to, and how their numbers are written.

    `every` holds the known parts before any were added up.
    """

    parts: tuple[Part, ...]
    every: tuple[Part, ...]
    total: Value
    data: Data
    writer: Writer
    options: Options

    @property
    def known(self) -> tuple[Part, ...]:
        """Return the parts whose numbers are known."""
        return tuple(part for part in self.parts if not part.missing)

    @property
    def highlighted(self) -> bool:
        """Tell whether a part is highlighted, so that the others are grey."""
        return any(part.mine for part in self.parts)

    @property
    def zeros(self) -> int:
        """Return how many parts are zero, and so have nothing to draw."""
        return sum(one.number == 0 for one in self.data.categories)

    @property
    def percent(self) -> Writer:
        """Return the writer of shares: as few decimals as let them add up to 100 and none of them be zero."""
        if self.writer.style == "percent":
            return self.writer
        given = self.options.count("decimals", -1, 0, 6) if self._show == "share" else -1
        decimals = given if given >= 0 else _decimals([part.percent for part in self.parts])
        return Writer(self.writer.language, "percent", decimals)

    @property
    def rounded(self) -> bool:
        """Tell whether the shares that are written do not add up to 100."""
        return self._show != "value" and _sum_at([part.percent for part in self.parts], self.percent.decimals) != 100

    @property
    def _show(self) -> str:
        wanted = self.options.choice("show", ("share", "value", "both"))
        return "share" if self.writer.style == "percent" else wanted

    @property
    def sign(self) -> str:
        """Return the sign behind the total, where a number in it is not final."""
        return next(iter(self.data.signs), "")

    def numbers(self, part: Part) -> tuple[Label, ...]:
        """Return what is written at a part, the most important first: its share, its number, or that it is missing."""
        if part.missing:
            return (Label.plain(word("not-available", self.writer.language)),)
        value = self.writer.label(Point(part.value, part.sign), True)
        if self._show == "value":
            return (value,)
        share = self.percent.label(Point(part.share, part.sign))
        return (share, value) if self._show == "both" else (share,)

    def at_most(self, count: int, kit: ChartKit) -> Whole:
        """Return the whole with at most `count` known parts: the largest, the highlighted, and the sum of the rest.

        Raises LayoutError when `rest` says refuse, or when fewer than two would be left.
        """
        known = self.known
        if len(known) <= count:
            return self
        if count < 2 or self.options.choice("rest", ("sum", "refuse")) == "refuse":
            raise kit.refuse(f"there is room for {count} parts, got {len(known)}", "give it fewer parts, or use bar")
        stays = [part.mine or self.options.noted(part.label.text) for part in known]
        places = sorted(range(len(known)), key=lambda one: (not stays[one], _is_other(known[one]), one))
        if self.options.text("order", "highest") != "highest":
            places.sort(key=lambda one: (not stays[one], _is_other(known[one]), -known[one].size))
        shown, gone = sorted(places[: count - 1]), [known[one] for one in sorted(places[count - 1 :])]
        parts = (*(known[one] for one in shown), _rest(gone, self), *(part for part in self.parts if part.missing))
        return replace(self, parts=parts)

    def notes(self, kit: ChartKit) -> tuple[str, ...]:
        """Return the sentences that belong below: shares that do not add up to 100, parts that are zero."""
        found = [word("rounded", kit.language)] if self.rounded else []
        if self.zeros:
            found.append(word("zeros", kit.language, n=kit.plain(self.zeros)))
        return tuple(found)


def read_whole(rows: Sequence[Row], options: Options, kit: ChartKit) -> Whole:
    """Return the parts, the largest first and those called "lainnya" last; raises LayoutError, as the module tells."""
    order = options.choice("order", ("highest", "given", "lowest"))
    data = read_data(rows, options, order)
    _refuse_negative(data, kit)
    writer = writer_for(data.numbers, options, kit.language)
    if "decimals" in options and writer.style != "percent" and options.text("show", "share") == "share":
        auto = Options(options.kind, {key: value for key, value in options.given.items() if key != "decimals"})
        writer = writer_for(data.numbers, auto, kit.language)
    known = [one for one in data.categories if one.number is not None]
    total = _total(known, data, options, kit)
    parts = [_part(one, total, writer.style) for one in known if one.number]
    if order == "highest":
        parts.sort(key=_is_other)
    left = _left(data, total, writer.language)
    return Whole((*parts, *left), tuple(parts), total, data, writer, options)


def add(values: Sequence[Value]) -> Value:
    """Return the sum of numbers, of their kind and unit, with the formula of the cells that it was made from."""
    first, *others = values
    return replace(sum(others, first), kind=first.kind, unit=first.unit) if others else first


def _refuse_negative(data: Data, kit: ChartKit) -> None:
    negative = [one for one in data.categories if one.number is not None and one.number < 0]
    if negative:
        shown = ", ".join(f"'{one.label.text[:40]}' is {one.number}{_at(one.point.value)}" for one in negative[:5])
        raise kit.refuse(f"no part of a whole is negative, but {shown}", "use bar, which shows numbers below zero")


def _at(value: Value) -> str:
    return f" ({value.cell})" if value.cell else ""


def _total(known: Sequence[Category], data: Data, options: Options, kit: ChartKit) -> Value:
    """Return what all parts add up to; raises LayoutError with the figures when they do not."""
    numbers = [one.point.value for one in known]
    amount = sum((one.number or Decimal(0) for one in known), Decimal(0))
    percent = options.text("style") == "percent"
    whole = options.number("whole") or (Value("100", HUNDRED, "percent") if percent else None)
    if whole is None and data.missing:
        lacks = ", ".join(f"'{one.label.text[:40]}'" for one in data.categories if one.number is None)
        hint = "give whole=…, the number that all parts add up to, or leave out the rows without a number"
        raise kit.refuse(f"no share is known while {lacks} is missing", hint)
    if whole is None and not amount:
        raise kit.refuse("all parts are zero, so nothing has a share", "leave the chart out")
    if whole is None:
        return add(numbers)
    told = whole.data if isinstance(whole.data, Decimal) else Decimal(0)
    lacks_some = bool(data.missing)
    noise = _noise([*(one.number or Decimal(0) for one in known), told], told, percent)
    if told <= 0 or amount - told > noise or (not lacks_some and told - amount > noise):
        shown, wanted = (format_number(one, kit.language) for one in (amount, told))
        hint = "add the part that lacks, leave out the row with the total, or correct whole=…"
        raise kit.refuse(f"the parts add up to {shown}, the whole is {wanted}{_at(whole)}", hint)
    return whole


def _noise(numbers: Sequence[Decimal], whole: Decimal, percent: bool) -> Decimal:
    """Return by how much rounded parts may miss their whole; counted things, in ones, must add up exactly."""
    step = Decimal(1).scaleb(min(int(one.normalize().as_tuple().exponent) for one in numbers if one))
    if step == 1 and not percent:
        return Decimal(0)
    return min(len(numbers) * step / 2, abs(whole) * MOST_NOISE)


def _part(one: Category, total: Value, style: str) -> Part:
    value = one.point.value
    return Part(one.label, value, value if style == "percent" else _share(value, total), one.mine, one.point.sign)


def _share(value: Value, total: Value) -> Value:
    return replace(value / total * 100, kind="percent")


def _left(data: Data, total: Value, language: str) -> tuple[Part, ...]:
    """Return what is left of the whole as one part that is not known; nothing where none is missing."""
    missing = [one for one in data.categories if one.number is None]
    if not missing:
        return ()
    known = [one.point.value for one in data.categories if one.number is not None]
    value = total - add(known) if known else total
    label = missing[0].label if len(missing) == 1 else Label.plain(word("parts", language, n=len(missing)))
    if not isinstance(value.data, Decimal) or value.data <= 0:
        value = replace(value, data=Decimal(0))
    return (Part(label, value, _share(value, total), any(one.mine for one in missing), missing=len(missing)),)


def _rest(gone: Sequence[Part], whole: Whole) -> Part:
    value = add([part.value for part in gone])
    label = Label.plain(f"{word('other', whole.writer.language)} ({len(gone)})")
    share = value if whole.writer.style == "percent" else _share(value, whole.total)
    return Part(label, value, share, sign=max(part.sign for part in gone), rest=len(gone))


def _is_other(part: Part) -> bool:
    return part.label.text.strip().lower() in _OTHER


def _decimals(shares: Sequence[Decimal]) -> int:
    seen = [decimals for decimals in (0, 1, 2) if all(not share or _round(share, decimals) for share in shares)]
    return next((one for one in seen if _sum_at(shares, one) == HUNDRED), max(1, min(seen, default=2)))


def _sum_at(shares: Sequence[Decimal], decimals: int) -> Decimal:
    return sum((_round(share, decimals) for share in shares), Decimal(0))


def _round(number: Decimal, decimals: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def remainders(shares: Sequence[Decimal], count: int) -> list[int]:
    """Return whole numbers near the shares that add up to `count`: the largest remainders are rounded up (Hamilton)."""
    total = sum(shares, Decimal(0))
    exact = [share * count / total for share in shares]
    whole = [int(one) for one in exact]
    order = sorted(range(len(shares)), key=lambda one: (whole[one] - exact[one], one))
    for number in order[: count - sum(whole)]:
        whole[number] += 1
    return whole
