"""Tell the parts of a whole in words: the largest, the smallest, what is highlighted, and what they add up to."""

from __future__ import annotations

from decimal import Decimal

from markupsafe import Markup

from assetgen.charts._kit.alt import closing, opening
from assetgen.charts._kit.rest import Kept
from assetgen.charts._kit.rows import Point
from assetgen.charts._kit.shares import Part, Whole
from assetgen.charts._kit.words import sentence


def part_sentences(name: str, whole: Whole) -> tuple[Markup, ...]:
    """Return the sentences of a chart of parts; `name` is its kind in words ("Diagram donat")."""
    language, options = whole.writer.language, whole.options
    told = [_told("own", part, whole) for part in whole.every if part.mine]
    largest, smallest = (choose(whole.every, key=_percent, default=None) for choose in (max, min))
    if largest and smallest and largest.percent == smallest.percent:
        told.append(_all_alike(largest, whole))
    elif largest and smallest:
        told += [_told("largest", largest, whole), _told("smallest", smallest, whole)]
    told += [_told("own", part, whole) for part in whole.known if part.rest]
    if whole.writer.style != "percent":
        total = whole.writer.label(Point(whole.total, whole.sign), unit=True)
        told.append(sentence("sum", language, value=total.markup))
    return tuple(dict.fromkeys([opening(name, options), *told, *closing(Kept(whole.data), options, language)]))


def _all_alike(part: Part, whole: Whole) -> Markup:
    if len(whole.every) == 1:
        return _told("own", part, whole)
    share = whole.percent.label(Point(part.share, part.sign))
    return sentence("all-equal", whole.writer.language, value=share.markup)


def _told(key: str, part: Part, whole: Whole) -> Markup:
    value = whole.percent.label(Point(part.share, part.sign)).markup
    if whole.writer.style != "percent":
        number = whole.writer.label(Point(part.value, part.sign), unit=True).markup
        value = Markup("{} ({})").format(value, number)
    return sentence(key, whole.writer.language, label=part.label.markup, value=value)


def _percent(part: Part) -> Decimal:
    return part.percent
