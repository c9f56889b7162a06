"""Tell the parts of a whole in words: the largest, the smallest, what is highlighted, and what they add up to."""

from __future__ import annotations

from assetgen.charts._kit.alt import closing, opening
from assetgen.charts._kit.rest import Kept
from assetgen.charts._kit.shares import Part, Whole
from assetgen.charts._kit.words import word


def part_sentences(name: str, whole: Whole) -> tuple[str, ...]:
    """Return the sentences of a chart of parts; `name` is its kind in words ("Diagram donat")."""
    language, options = whole.writer.language, whole.options
    named = whole.every
    told = [_told("own", part, whole) for part in named if part.mine]
    if named:
        largest, smallest = max(named, key=_percent), min(named, key=_percent)
        if largest.percent == smallest.percent and len(named) > 1:
            told.append(word("all-equal", language, value=whole.percent.text(largest.percent)))
        elif len(named) > 1:
            told += [_told("largest", largest, whole), _told("smallest", smallest, whole)]
        elif not largest.mine:
            told.append(_told("own", largest, whole))
    told += [_told("own", part, whole) for part in whole.known if part.rest]
    if whole.writer.style != "percent":
        total = whole.total.data
        told.append(word("sum", language, value=whole.writer.full(total)))  # type: ignore[arg-type]  # read_whole saw to it
    return tuple(dict.fromkeys([opening(name, options), *told, *closing(Kept(whole.data), options, language)]))


def _told(key: str, part: Part, whole: Whole) -> str:
    value = whole.percent.text(part.percent) + ("*" if part.provisional else "")
    if whole.writer.style != "percent":
        value = f"{value} ({whole.writer.full(part.size)})"
    return word(key, whole.writer.language, label=part.label.text, value=value)


def _percent(part: Part) -> object:
    return part.percent
