"""Read what follows one another: rows go in, categories in the order of time, named in the language, come out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup, escape

from assetgen.charts._kit.alt import closing, opening, sentences
from assetgen.charts._kit.numbers import Writer
from assetgen.charts._kit.options import Options
from assetgen.charts._kit.rest import Kept
from assetgen.charts._kit.rows import Data, Label, Row, read_many
from assetgen.charts._series.moments import Moments, order_in_time
from assetgen.errors import LayoutError, did_you_mean
from assetgen.facts import fact

MOST_POINTS = 1000


def read_courses(rows: Sequence[Row], options: Options, language: str) -> tuple[Data, Moments]:
    """Return the data in the order of time, and where each category stands.

    Without `series` the column `value` is the one series. Raises LayoutError for a moment that occurs twice.
    """
    if "series" not in options:
        value = options.text("value", "value")
        given = {name: one for name, one in options.given.items() if name != "highlight"}
        options = Options(options.kind, {**given, "series": [value], "names": [options.text("unit") or value]})
    data = read_many(rows, options)
    if len(data.categories) > MOST_POINTS:
        count = len(data.categories)
        raise LayoutError(f"chart('{options.kind}', …) draws at most {MOST_POINTS:,} points, got {count:,}")
    order = order_in_time([one.label.value for one in data.categories])
    data = replace(data, categories=tuple(data.categories[index] for index in order))
    moments = Moments.of([one.label.value for one in data.categories], language)
    named = tuple(replace(one, label=_named(one.label, moments, index)) for index, one in enumerate(data.categories))
    return replace(data, categories=named), moments


def _named(label: Label, moments: Moments, index: int) -> Label:
    if moments.kind == "category":
        return label
    name = moments.name(index, short=True)
    words = escape(name) if label.value.kind == "text" else fact(name, label.value)
    return Label(name, words, label.value)


def one_series(data: Data, series: int) -> Data:
    """Return the data of a single series."""
    categories = tuple(replace(one, points=(one.points[series],)) for one in data.categories)
    return Data(categories, (data.series[series],))


def course_sentences(name: str, data: Data, options: Options, writer: Writer) -> tuple[Markup, ...]:
    """Return what a chart over time says: for each series its trend, its highest and its lowest point."""
    bare = Options(options.kind, {})
    told = []
    for series in sorted(range(len(data.series)), key=lambda one: one != data.mine):
        own = Kept(one_series(data, series))
        lines = sentences(name, own, bare, writer, ordered=True)[1:]
        lines = lines[: len(lines) - len(closing(own, bare, writer.language))]
        text = Markup(" ").join(_without_ends(lines, one_series(data, series)))
        if text and len(data.series) > 1:
            text = Markup("{}: {}").format(data.series[series].markup, text[:1].lower() + text[1:])
        told += [text] if text else []
    return (opening(name, options), *told, *closing(Kept(data), options, writer.language))


def _without_ends(lines: Sequence[Markup], data: Data) -> list[Markup]:
    """Return a trend with its extremes, less those that are its own ends and so are told already."""
    numbers = [one.number for one in data.categories if one.number is not None]
    if len(lines) != 3 or len(numbers) < 2:
        return list(lines)
    ends = (numbers[0], numbers[-1])
    extremes = zip((max(numbers), min(numbers)), lines[1:], strict=True)
    return [lines[0], *(line for number, line in extremes if number not in ends)]


def with_mine(data: Data, options: Options) -> Data:
    """Return the data with the rows that `highlight` names marked; raises LayoutError for a name that is no label."""
    wanted = {name.lower() for name in options.names("highlight")}
    names = {one.label.key: one.label.text for one in data.categories}
    if lacking := sorted(wanted - names.keys()):
        hint = did_you_mean(lacking[0], names.values())
        raise LayoutError(f"highlight of chart('{options.kind}', …) names '{lacking[0]}', which is no label", hint=hint)
    marked = (replace(one, mine=one.label.key in wanted) for one in data.categories)
    return replace(data, categories=tuple(marked))


def read_columns(rows: Sequence[Row], columns: Sequence[str], names: Sequence[str], options: Options) -> Data:
    """Return rows with several numbers each; `highlight` names rows."""
    given = {name: one for name, one in options.given.items() if name != "highlight"}
    data = read_many(rows, Options(options.kind, {**given, "series": list(columns), "names": list(names)}))
    return with_mine(data, options)
