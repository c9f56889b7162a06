"""Put footnote marks on figures: the cells of a table and the marks on them go in; values that carry them come out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from assetgen.model import Mark, MarkStatus, Remark
from assetgen.read.body import Body, Filled
from assetgen.read.find import Region
from assetgen.read.header import Heading
from assetgen.read.marks import Marked
from assetgen.read.signs import signs_in_header, split_glued, whole_table

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_FIGURES = ("number", "money", "percent")


def with_footnotes(
    body: Body, marked: Marked, region: Region, heads: Sequence[Heading]
) -> tuple[Body, tuple[Mark, ...], tuple[Remark, ...]]:
    """Return the body with marks on its values, the marks with the cells that carry them, and what to tell."""
    indexes = {row: index for index, row in enumerate(region.body)}
    places = {column: place for place, column in enumerate(region.columns)}
    cells: dict[int, dict[int, tuple[str, ...]]] = {}
    for (row, column), signs in marked.signs.items():
        cells.setdefault(places[column], {})[indexes[row]] = signs
    legend = _legend_of_headers(heads, marked.legend)
    always = [signs_in_header(head.parts, legend) for head in heads]
    rows = _of_rows(body, cells)
    whole = whole_table((*region.title, *region.notes))
    speaks_of = _speaks_of(whole, heads)
    columns = tuple(
        _noted(filled, marked, cells.get(place, {}), (*always[place], *([""] if place in speaks_of else [])), whole)
        for place, filled in enumerate(body.columns)
    )
    statuses = {index: _statuses(signs, marked, whole) for index, signs in rows.items()}
    noted = replace(body, columns=columns, marks=statuses)
    areas = list(_areas(body, cells, rows, always, speaks_of))
    marks = _marks(marked, areas, whole)
    return noted, marks, _remarks(marks, marked)


def _legend_of_headers(heads: Sequence[Heading], legend: Mapping[str, str]) -> Mapping[str, str]:
    """Return what may be signs in headers: no digits where they tell columns apart, as in Kelas1, Kelas2."""
    glued = [split[0] for head in heads if (split := split_glued((head.parts or ("",))[-1].strip(), legend))]
    if len(set(glued)) == len(glued):
        return legend
    return {sign: text for sign, text in legend.items() if not sign.isdigit()}


def is_figure(filled: Filled) -> bool:
    """Tell whether a column holds figures, of which the marks of rows and headers speak; years are none."""
    return filled.kind in _FIGURES and filled.column.style not in ("year", "index")


def _of_rows(body: Body, cells: Mapping[int, Mapping[int, tuple[str, ...]]]) -> dict[int, tuple[str, ...]]:
    """Return the signs of rows: those on their labels, years and dates."""
    rows: dict[int, tuple[str, ...]] = {}
    for place, signs in cells.items():
        if not is_figure(body.columns[place]):
            for index, own in signs.items():
                rows[index] = tuple(dict.fromkeys((*rows.get(index, ()), *own)))
    return rows


def _speaks_of(whole: Mark | None, heads: Sequence[Heading]) -> set[int]:
    """Return the columns that a note on all figures speaks of: those of the years that it names, else all."""
    if whole is None:
        return set()
    years = set(_YEAR.findall(whole.text))
    named = {place for place, head in enumerate(heads) if years & set(_YEAR.findall(" ".join(head.parts)))}
    return named or set(range(len(heads)))


def _noted(
    filled: Filled, marked: Marked, cells: Mapping[int, tuple[str, ...]], signs: Sequence[str], whole: Mark | None
) -> Filled:
    own = {index: _statuses(one, marked, whole) for index, one in cells.items()}
    return replace(filled, marks=own, always=_statuses(signs, marked, whole) if is_figure(filled) else ())


def _statuses(signs: Sequence[str], marked: Marked, whole: Mark | None) -> tuple[MarkStatus, ...]:
    found = (whole.status if not sign and whole else marked.mark(sign).status for sign in signs)
    return tuple(dict.fromkeys(found))


def _areas(
    body: Body,
    cells: Mapping[int, Mapping[int, tuple[str, ...]]],
    rows: Mapping[int, tuple[str, ...]],
    always: Sequence[Sequence[str]],
    speaks_of: set[int],
) -> Iterator[tuple[str, str]]:
    """Yield each sign with the cells that carry it: columns and rows as ranges."""
    figures = [filled.column.letter for filled in body.columns if is_figure(filled)]
    for place, filled in enumerate(body.columns):
        letter = filled.column.letter
        if is_figure(filled):
            for sign in (*always[place], *([""] if place in speaks_of else [])):
                yield sign, f"{letter}{body.numbers[0]}:{letter}{body.numbers[-1]}"
        for index, signs in cells.get(place, {}).items():
            yield from ((sign, f"{letter}{body.numbers[index]}") for sign in signs)
    for index, signs in rows.items():
        if figures:
            number = body.numbers[index]
            yield from ((sign, f"{figures[0]}{number}:{figures[-1]}{number}") for sign in signs)


def _marks(marked: Marked, areas: Sequence[tuple[str, str]], whole: Mark | None) -> tuple[Mark, ...]:
    found: dict[str, list[str]] = {}
    for sign, area in areas:
        found.setdefault(sign, []).append(area)
    return tuple(
        replace(whole if not sign and whole else marked.mark(sign), areas=tuple(dict.fromkeys(own)))
        for sign, own in found.items()
    )


def _remarks(marks: Sequence[Mark], marked: Marked) -> tuple[Remark, ...]:
    remarks = []
    for mark in marks:
        if mark.sign and mark.sign not in marked.legend and " " not in mark.sign and len(mark.sign) <= 3:
            taken = f"taken as {mark.status} by convention" if mark.status != "note" else "its meaning is not known"
            message = f"no note explains the mark '{mark.sign}': {taken}"
            remarks.append(Remark("unexplained-mark", message, mark.areas, "warning"))
    return tuple(remarks)
