"""Tell a chart in words: data go in, sentences by rules come out, the most important first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from assetgen.charts._kit.numbers import Writer
from assetgen.charts._kit.options import Options
from assetgen.charts._kit.rest import Kept
from assetgen.charts._kit.rows import Category, Data
from assetgen.charts._kit.words import word
from assetgen.locale import format_date
from assetgen.model import Value


def sentences(name: str, kept: Kept, options: Options, writer: Writer, ordered: bool = False) -> tuple[str, ...]:
    """Return the sentences of a chart with one series: what it shows, own value, highest, lowest, trend, what lacks.

    `name` is the kind in words ("Diagram batang"); `ordered` says that the categories follow one another in time.
    """
    data, language = kept.data, writer.language
    known = [one for one in data.categories if one.number is not None]
    own = [word("own", language, label=one.label.text, value=_number(one, writer)) for one in known if one.mine]
    trend = _trend(known, writer) if ordered else []
    told = [*trend, *own, *_extremes(known, writer)]
    return tuple(dict.fromkeys([opening(name, options), *told, *closing(kept, options, language)]))


def many_sentences(name: str, kept: Kept, options: Options, writer: Writer) -> tuple[str, ...]:
    """Return the sentences of a chart with many series: for each its highest and lowest category."""
    data, language = kept.data, writer.language
    told = []
    for number in sorted(range(len(data.series)), key=lambda one: one != data.mine):
        known = [
            Category(one.label, (one.points[number],))
            for one in data.categories
            if one.points[number].number is not None
        ]
        told += [f"{data.series[number].text}: {' '.join(_lowered(_extremes(known, writer)))}"] if known else []
    return (opening(name, options), *told, *closing(kept, options, language))


def opening(name: str, options: Options) -> str:
    """Return the first sentence: the kind of chart and what it shows."""
    subject = options.text("subject")
    return f"{name}: {subject}." if subject else f"{name}."


def closing(kept: Kept, options: Options, language: str) -> list[str]:
    """Return the last sentences: as-of date, missing values, what was cut, provisional figures."""
    told = []
    if "as_of" in options:
        told.append(word("as-of", language, date=_date(options, language)))
    if missing := kept.data.missing:
        told.append(word("missing-one" if missing == 1 else "missing", language, n=missing))
    if kept.dropped:
        told.append(word("cut", language, n=kept.dropped))
    if kept.data.provisional:
        told.append(word("some-provisional", language))
    return told


def _date(options: Options, language: str) -> str:
    given = options.given["as_of"]
    moment = given.data if isinstance(given, Value) else given
    return format_date(moment, language).replace("\u00a0", " ") if isinstance(moment, date) else options.text("as_of")


def _extremes(known: Sequence[Category], writer: Writer) -> list[str]:
    """Return the highest and the lowest category; ties are told by the first."""
    if not known:
        return []
    highest = max(known, key=_value)
    lowest = min(known, key=_value)
    if highest.number == lowest.number:
        every = word("all-equal", writer.language, value=_number(highest, writer))
        return [every] if len(known) > 1 else [f"{highest.label.text}: {_number(highest, writer)}."]
    return [
        word(key, writer.language, label=one.label.text, value=_number(one, writer))
        for key, one in (("highest", highest), ("lowest", lowest))
    ]


def _trend(known: Sequence[Category], writer: Writer) -> list[str]:
    """Return how the last category stands against the first."""
    if len(known) < 2:
        return []
    first, last = known[0], known[-1]
    key = "rise" if _value(last) > _value(first) else "fall" if _value(last) < _value(first) else "same"
    return [
        word(
            key,
            writer.language,
            first=_number(first, writer),
            last=_number(last, writer),
            **{"from": first.label.text, "to": last.label.text},
        )
    ]


def _lowered(told: Sequence[str]) -> list[str]:
    return [one[:1].lower() + one[1:] for one in told]


def _value(one: Category) -> Decimal:
    return one.number if one.number is not None else Decimal(0)


def _number(one: Category, writer: Writer) -> str:
    return writer.full(_value(one)) + ("*" if one.point.provisional else "")


def is_series(data: Data) -> bool:
    """Tell whether the categories follow one another: dates, or years in rising order."""
    values = [one.label.value.data for one in data.categories]
    years = [int(one) for one in map(str, values) if one.isascii() and one.isdigit() and len(one) == 4]
    dates = [one for one in values if isinstance(one, date)]
    return len(values) > 1 and (
        (len(years) == len(values) and years == sorted(years)) or (len(dates) == len(values) and dates == sorted(dates))
    )
