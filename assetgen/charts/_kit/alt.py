"""Tell a chart in words: data go in, sentences by rules come out, the most important first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from operator import gt, lt

from markupsafe import Markup

from assetgen.charts._kit.numbers import Writer
from assetgen.charts._kit.options import Options
from assetgen.charts._kit.rest import Kept
from assetgen.charts._kit.rows import Category, Data
from assetgen.charts._kit.words import sentence
from assetgen.facts import fact
from assetgen.locale import format_date
from assetgen.model import Value


def sentences(name: str, kept: Kept, options: Options, writer: Writer, ordered: bool = False) -> tuple[Markup, ...]:
    """Return the sentences of a chart with one series: what it shows, own value, highest, lowest, trend, what lacks.

    `name` is the kind in words ("Diagram batang"); `ordered` says that the categories follow one another in time.
    """
    data, language = kept.data, writer.language
    known = [one for one in data.categories if one.number is not None]
    own = [own_sentence(one, writer) for one in known if one.mine]
    trend = _trend(known, writer) if ordered else []
    told = [*trend, *own, *_extremes(known, writer, kept.whole)]
    return tuple(dict.fromkeys([opening(name, options), *told, *closing(kept, options, language)]))


def many_sentences(name: str, kept: Kept, options: Options, *writers: Writer) -> tuple[Markup, ...]:
    """Return the sentences of a chart with many series: for each its highest and lowest category.

    They are those of all categories that there were, shown or not. One writer serves all series; else there is one for
    each.
    """
    data, language = kept.data, writers[0].language
    told = []
    for number in sorted(range(len(data.series)), key=lambda one: one != data.mine):
        known = [
            Category(one.label, (one.points[number],))
            for one in kept.whole or data.categories
            if one.points[number].number is not None
        ]
        told += _range(data.series[number].markup, known, writers[number % len(writers)]) if known else []
    return (opening(name, options), *told, *closing(kept, options, language))


def own_sentence(one: Category, writer: Writer) -> Markup:
    """Return a category with its number."""
    return sentence("own", writer.language, label=one.label.markup, value=_number(one, writer))


def opening(name: str, options: Options) -> Markup:
    """Return the first sentence: the kind of chart and what it shows."""
    subject = options.text("subject")
    return Markup("{}: {}.").format(name, subject) if subject else Markup("{}.").format(name)


def closing(kept: Kept, options: Options, language: str) -> list[Markup]:
    """Return the last sentences: as-of date, missing values, what was cut, provisional figures."""
    told = []
    if "as_of" in options:
        told.append(sentence("as-of", language, date=_date(options, language)))
    if missing := kept.data.missing:
        told.append(sentence("missing-one" if missing == 1 else "missing", language, n=missing))
    if kept.dropped:
        told.append(sentence("cut", language, n=kept.dropped))
    if kept.data.signs:
        told.append(sentence("some-provisional", language))
    return told


def _date(options: Options, language: str) -> str:
    given = options.given["as_of"]
    value = given if isinstance(given, Value) else Value(str(given), given)
    return fact(format_date(value.data, language), value) if isinstance(value.data, date) else options.text("as_of")


def _extremes(known: Sequence[Category], writer: Writer, whole: Sequence[Category] = ()) -> list[Markup]:
    """Return the highest and the lowest category; ties are told by the first.

    Of `whole`, the categories that there were, some may not be shown: what is not the highest or lowest of all of them
    is not called so.
    """
    if not known:
        return []
    single = [one for one in known if one in whole] if whole else known  # "lainnya" is no category
    highest, lowest = max(single or known, key=_value), min(single or known, key=_value)
    if highest.number == lowest.number:
        every = sentence("all-equal", writer.language, value=_number(highest, writer))
        return [every] if len(known) > 1 else [own_sentence(highest, writer)]
    return [
        sentence(key, writer.language, label=one.label.markup, value=_number(one, writer))
        for key, one, better in (("highest", highest, gt), ("lowest", lowest, lt))
        if not any(other.number is not None and better(other.number, _value(one)) for other in whole)
    ]


def _trend(known: Sequence[Category], writer: Writer) -> list[Markup]:
    """Return how the last category stands against the first."""
    if len(known) < 2:
        return []
    first, last = known[0], known[-1]
    key = "rise" if _value(last) > _value(first) else "fall" if _value(last) < _value(first) else "same"
    return [
        sentence(
            key,
            writer.language,
            first=_number(first, writer),
            last=_number(last, writer),
            **{"from": first.label.markup, "to": last.label.markup},
        )
    ]


def _range(name: Markup, known: Sequence[Category], writer: Writer) -> list[Markup]:
    """Return the highest and the lowest category of a series in one sentence."""
    high, low = max(known, key=_value), min(known, key=_value)
    if high.number == low.number:
        return [Markup("{}: {}").format(name, *_extremes(known, writer))]
    words = {"high": high.label.markup, "low": low.label.markup}
    numbers = {"most": _number(high, writer), "least": _number(low, writer)}
    return [sentence("range", writer.language, name=name, **words, **numbers)]


def _value(one: Category) -> Decimal:
    return one.number if one.number is not None else Decimal(0)


def _number(one: Category, writer: Writer) -> Markup:
    return writer.label(one.point, unit=True).markup


def is_series(data: Data) -> bool:
    """Tell whether the categories follow one another: dates, or years in rising order."""
    values = [one.label.value.data for one in data.categories]
    years = [int(one) for one in map(str, values) if one.isascii() and one.isdigit() and len(one) == 4]
    dates = [one for one in values if isinstance(one, date)]
    return len(values) > 1 and (
        (len(years) == len(values) and years == sorted(years)) or (len(dates) == len(values) and dates == sorted(dates))
    )
