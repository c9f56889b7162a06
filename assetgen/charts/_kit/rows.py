"""Read rows as layouts have them: mappings of Values or plain data go in, categories with points come out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from itertools import product
from math import isfinite
from types import MappingProxyType
from typing import Any, Literal

from markupsafe import Markup, escape

from assetgen.charts._kit.options import Options
from assetgen.errors import LayoutError, did_you_mean
from assetgen.facts import fact, value_in
from assetgen.model import Value
from assetgen.typography import keep_together

MOST_ROWS = 5000
# What footnotes say of a figure, and the sign that stands behind it on a chart.
SIGNS: Mapping[str, str] = MappingProxyType(
    {"very provisional": "**", "provisional": "*", "revised": "\u2020", "estimate": "\u2021"}
)
ORDERS = ("given", "highest", "lowest")
MISSING = Value("", None, "missing")
Row = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Label:
    """A name as it is shown, and its markup: numbers and dates that stand as names are facts too."""

    text: str
    markup: Markup
    value: Value = MISSING

    @classmethod
    def of(cls, value: Value) -> Label:
        """Return the label of a value."""
        text = keep_together(" ".join(value.raw.split()))
        return cls(text, escape(text) if value.kind in {"text", "boolean"} else fact(text, value), value)

    @classmethod
    def plain(cls, text: str) -> Label:
        """Return a text of ours as a label."""
        return cls(text, escape(text), Value(text, text))

    @property
    def key(self) -> str:
        """Return what options call it by: the name as data writes it, in small letters."""
        return " ".join(self.value.raw.split()).lower()


@dataclass(frozen=True, slots=True)
class Point:
    """One number of a chart; `number` is None when it is missing, which is never zero.

    `sign` stands behind the number where it is not final: see `SIGNS`.
    """

    value: Value
    sign: str = ""

    @property
    def number(self) -> Decimal | None:
        """Return the number, exact."""
        return self.value.data if isinstance(self.value.data, Decimal) else None


@dataclass(frozen=True, slots=True)
class Category:
    """One row of a chart: its name, its numbers in the order of the series, and whether it is highlighted."""

    label: Label
    points: tuple[Point, ...]
    mine: bool = False
    rest: int = 0

    @property
    def point(self) -> Point:
        """Return the first number, of charts that have one series."""
        return self.points[0]

    @property
    def number(self) -> Decimal | None:
        """Return the first number; None when it is missing."""
        return self.points[0].number


@dataclass(frozen=True, slots=True)
class Data:
    """Categories in the order in which they are drawn; `series` names the numbers of each, `mine` the highlighted."""

    categories: tuple[Category, ...]
    series: tuple[Label, ...]
    mine: int | None = None

    @property
    def numbers(self) -> tuple[Decimal, ...]:
        """Return all numbers that are there."""
        return tuple(point.number for point in self.points if point.number is not None)

    @property
    def points(self) -> tuple[Point, ...]:
        """Return all points, category by category."""
        return tuple(point for category in self.categories for point in category.points)

    @property
    def missing(self) -> int:
        """Return how many numbers are missing."""
        return sum(point.number is None for point in self.points)

    @property
    def signs(self) -> tuple[str, ...]:
        """Return the signs behind numbers that are not final, in the order in which they are explained."""
        used = {point.sign for point in self.points}
        return tuple(sign for sign in SIGNS.values() if sign in used)

    @property
    def highlighted(self) -> bool:
        """Tell whether something is highlighted, so that the rest is grey."""
        return self.mine is not None or any(category.mine for category in self.categories)


def read_rows(kind: str, rows: Any) -> tuple[Row, ...]:
    """Return rows of Values; raises LayoutError for what is no list of rows, for none, too many, and for infinity."""
    if isinstance(rows, (str, Mapping)) or not isinstance(rows, Iterable):
        raise LayoutError(f"chart('{kind}', …) takes a list of rows, got {type(rows).__name__}")
    listed = list(rows)
    if not listed or len(listed) > MOST_ROWS:
        raise LayoutError(f"chart('{kind}', …) takes 1 to {MOST_ROWS:,} rows, got {len(listed):,}")
    if not all(isinstance(row, Mapping) for row in listed):
        raise LayoutError(f"chart('{kind}', …) takes rows with named columns, such as {{'label': 'Aceh', 'value': 5}}")
    return tuple({str(key): as_value(value) for key, value in row.items()} for row in listed)


def as_value(value: Any) -> Value:
    """Return any data as a Value; what is empty or not a number (NaN) is missing. Raises LayoutError for infinity."""
    plain = value.data if isinstance(value, Value) else value
    if isinstance(plain, (float, Decimal)) and not isfinite(plain):
        if plain == plain:  # only NaN is unlike itself
            raise LayoutError(f"a chart cannot show an infinite number{_at(value)}")
        return replace(value, data=None, kind="missing") if isinstance(value, Value) else MISSING
    return value if isinstance(value, Value) else _plain_value(plain)


def _plain_value(plain: Any) -> Value:
    if plain is None or plain == "":
        return MISSING
    if isinstance(plain, Markup):
        return value_in(plain)
    if isinstance(plain, (int, float, Decimal)) and not isinstance(plain, bool):
        return Value(str(plain), Decimal(str(plain)), "number")
    if isinstance(plain, datetime):
        return Value(plain.isoformat(), plain, "datetime")
    if isinstance(plain, (date, time)):
        return Value(plain.isoformat(), plain, "date" if isinstance(plain, date) else "time")
    return Value(str(plain), str(plain))


def _at(value: Any) -> str:
    return f" ({value.cell})" if isinstance(value, Value) and value.cell else ""


def read_data(rows: Sequence[Row], options: Options, order: str = "given") -> Data:
    """Return the categories of a chart with one series: columns `label` and `value`, with `highlight` and `order`.

    `order` is that of charts whose template gives none.
    """
    label, value = options.text("label", "label"), options.text("value", "value")
    wanted = {name.lower() for name in options.names("highlight")}
    categories = tuple(
        Category(name, (_point(row, value, options),), name.key in wanted)
        for row, name in ((row, Label.of(_cell(row, label, options))) for row in rows)
    )
    _all_found(wanted, categories, options)
    order = options.choice("order", ORDERS) if "order" in options else order
    return Data(_sorted(categories, order), (Label.plain(options.text("unit")),))


def read_many(rows: Sequence[Row], options: Options, highlight: Literal["series", "rows"] = "series") -> Data:
    """Return the categories of a chart with many series; `highlight` says whether that option names series or rows.

    `series` is a list of columns (`names` says how they are shown), or one column that names the series of each row.
    """
    data = _read_many(rows, options)
    if highlight == "series":
        return _mark(data, options)
    wanted = {name.lower() for name in options.names("highlight")}
    _all_found(wanted, data.categories, options)
    marked = (replace(one, mine=one.label.key in wanted) for one in data.categories)
    return replace(data, categories=tuple(marked))


def _read_many(rows: Sequence[Row], options: Options) -> Data:
    columns = options.names("series")
    if len(columns) == 1 and isinstance(options.given.get("series"), str):
        return _long(rows, columns[0], options)
    if not columns:
        raise LayoutError(f"chart('{options.kind}', …) needs series=['column', …]")
    label, names = options.text("label", "label"), options.names("names") or columns
    if len(names) != len(columns):
        raise LayoutError(f"chart('{options.kind}', …) has {len(columns)} series and {len(names)} names")
    categories = tuple(
        Category(Label.of(_cell(row, label, options)), tuple(_point(row, column, options) for column in columns))
        for row in rows
    )
    return Data(categories, tuple(Label.plain(name) for name in names))


def _long(rows: Sequence[Row], column: str, options: Options) -> Data:
    """Read rows of which each holds one number of one series."""
    label, value = options.text("label", "label"), options.text("value", "value")
    series = {name: Label.of(name) for name in (_cell(row, column, options) for row in rows)}
    names = {name: Label.of(name) for name in (_cell(row, label, options) for row in rows)}
    points: dict[tuple[Value, Value], Point] = {}
    for row in rows:
        key = (row[label], row[column])
        if key in points:
            raise LayoutError(f"chart('{options.kind}', …) has two rows for '{key[0]}' and '{key[1]}'")
        points[key] = _point(row, value, options)
    for key in product(names, series):
        points.setdefault(key, Point(MISSING))
    categories = tuple(Category(names[name], tuple(points[name, one] for one in series)) for name in names)
    return Data(categories, tuple(series.values()))


def _mark(data: Data, options: Options) -> Data:
    """Return the data with its highlighted series; raises LayoutError with the nearest name when there is none."""
    wanted = options.text("highlight").lower()
    if not wanted:
        return data
    known = [label.text.lower() for label in data.series]
    if wanted not in known:
        hint = did_you_mean(wanted, [label.text for label in data.series])
        raise LayoutError(f"highlight names '{options.text('highlight')}', which is no series", hint=hint)
    return replace(data, mine=known.index(wanted))


def _cell(row: Row, column: str, options: Options) -> Value:
    if column not in row:
        message = f"chart('{options.kind}', …) meets a row without the column '{column}'"
        raise LayoutError(message, hint=did_you_mean(column, row))
    return row[column]


def _point(row: Row, column: str, options: Options) -> Point:
    value = _cell(row, column, options)
    if not isinstance(value.data, Decimal) and not value.missing:
        raise LayoutError(f"'{value.raw[:60]}'{_at(value)} in the column '{column}' is not a number")
    marked = options.given.get("provisional")
    flagged = bool(_cell(row, str(marked), options)) if isinstance(marked, (str, Value)) else bool(marked)
    if value.missing:
        return Point(value)
    signs = [sign for mark, sign in SIGNS.items() if mark in value.marks]
    noted = flagged or value.raw.rstrip().endswith(("*", "*)"))
    return Point(value, signs[0] if signs else "*" if noted else "")


def _all_found(wanted: set[str], categories: Sequence[Category], options: Options) -> None:
    names = {category.label.key: category.label.text for category in categories}
    if lacking := sorted(wanted - set(names)):
        hint = did_you_mean(lacking[0], names.values())
        raise LayoutError(f"highlight of chart('{options.kind}', …) names '{lacking[0]}', which is no label", hint=hint)


def _sorted(categories: tuple[Category, ...], order: str) -> tuple[Category, ...]:
    """Return the categories by their first number; missing ones come last, equal ones keep their order."""
    if order == "given":
        return categories
    sign = -1 if order == "highest" else 1
    return tuple(sorted(categories, key=lambda one: (one.number is None, sign * (one.number or 0))))
