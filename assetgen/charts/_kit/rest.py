"""Choose what a chart has room for: categories go in, those that are shown come out, and what happened to the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assetgen.charts._kit.options import Options
from assetgen.charts._kit.rows import Category, Data, Label, Point
from assetgen.charts._kit.words import word
from assetgen.errors import LayoutError
from assetgen.model import Value
from assetgen.model.cells import call


@dataclass(frozen=True, slots=True)
class Kept:
    """The data that is shown, how many categories are not, and the categories that there were."""

    data: Data
    dropped: int = 0
    whole: tuple[Category, ...] = ()


def keep(data: Data, room: int, options: Options, language: str) -> Kept:
    """Return at most `room` categories: highlighted ones stay; the rest is cut, summed into one, or refused.

    Raises LayoutError when `rest` is refuse, and when fewer than two would be left.
    """
    rest = options.choice("rest", ("cut", "sum", "refuse"))
    most = min(room, options.count("most", room, 1, 5000)) if room else 0
    if len(data.categories) <= most:
        return Kept(data)
    if most < 2 or rest == "refuse":
        message = f"chart('{options.kind}', …) has room for {most} rows, got {len(data.categories)}"
        raise LayoutError(message, hint="give it fewer rows, a larger box, or rest='cut'")
    if rest == "sum":
        return Kept(_summed(data, most, language, options), 0, data.categories)
    shown = _first(data.categories, most, options)
    return Kept(replace(data, categories=shown), len(data.categories) - len(shown), data.categories)


def _first(categories: Sequence[Category], most: int, options: Options) -> tuple[Category, ...]:
    """Return the first categories, all highlighted ones and the one with the note, in their order."""
    must = [number for number, one in enumerate(categories) if _stays(one, options)]
    mine = must[:most]
    others = [number for number in range(len(categories)) if number not in must][: most - len(mine)]
    return tuple(categories[number] for number in sorted([*mine, *others]))


def _stays(one: Category, options: Options) -> bool:
    return one.mine or options.noted(one.label.text) or options.noted(one.label.key)


def _summed(data: Data, most: int, language: str, options: Options) -> Data:
    """Return the largest categories, and the others added up; what is missing cannot be added up honestly."""
    if any(point.number is None or point.number < 0 for point in data.points):
        raise LayoutError("a chart cannot sum missing or negative values into one", hint="leave those rows out")
    size = [sum((point.number or Decimal(0) for point in one.points), Decimal(0)) for one in data.categories]
    places = sorted(range(len(size)), key=lambda number: (not _stays(data.categories[number], options), -size[number]))
    shown, others = sorted(places[: most - 1]), sorted(places[most - 1 :])
    gone = [data.categories[number] for number in others]
    points = tuple(
        Point(sum_of([one.points[at].value for one in gone]), max(one.points[at].sign for one in gone))
        for at in range(len(data.series))
    )
    label = Label.plain(f"{word('other', language)} ({len(gone)})")
    return replace(
        data, categories=(*(data.categories[number] for number in shown), Category(label, points, rest=len(gone)))
    )


def sum_of(values: Sequence[Value]) -> Value:
    """Return the sum of numbers as one Value, whose cell is the formula over theirs, with all their marks."""
    amount = sum((value.data for value in values if isinstance(value.data, Decimal)), Decimal(0))
    marks = tuple(dict.fromkeys(mark for value in values for mark in value.marks))
    cell = call("SUM", [value.cell for value in values if value.cell])
    return Value(str(amount), amount, values[0].kind, values[0].unit, cell, marks=marks)
