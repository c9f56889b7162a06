"""Arrange rows: the cells of a table go in; which rows are data, which sum them up, and the level of each come out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from assetgen.model import Remark, RowPlace
from assetgen.read.body import Body, Filled, Rows
from assetgen.read.levels import Levels, find_levels, is_numbering
from assetgen.read.options import ReadOptions
from assetgen.read.totals import Role, differing_parts, differing_total, edge_role, named_roles

# The first row of a longer table is a total only by its name, or as the sum of all others.
MOST_LEVELED = 20_000
_LETTER = re.compile(r"[^\W\d_]")
_WORDS = {
    "total": "is a total",
    "subtotal": "is a subtotal",
    "group": "is a group of islands",
    "nation": "is the nation",
    "average": "is an average",
    "heading": "is a heading",
}


@dataclass(frozen=True)
class Arrangement:
    """The rows of a table by index: `rows` are data, `apart` are not; `places` tell where those stand that say so."""

    rows: Sequence[int]
    apart: Sequence[int]
    labels: Sequence[str] = ()
    places: Mapping[int, RowPlace] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()

    def split(self, body: Body) -> tuple[Rows, Rows]:
        """Return the data rows of a body, and the rows that are kept apart."""
        return Rows(body, self.rows, self.places, self.labels), Rows(body, self.apart, self.places, self.labels)


def arrange(body: Body, context: Sequence[str], options: ReadOptions) -> Arrangement:
    """Tell data rows from others and find their levels; `context` are the texts above the table."""
    labels = labels_of(body)
    roles = _roles(body, labels, context, options)
    rows = [index for index in range(len(labels)) if index not in roles]
    levels = find_levels(body, labels, rows)
    places: dict[int, RowPlace] = {}
    for index, (role, _) in roles.items():
        places[index] = RowPlace(labels[index], level=0, leaf=False, role=role)
    if levels:
        places.update(_placed(body, labels, rows, levels))
    places.update(_below_groups(body, labels, places, roles))
    told = (*_role_remarks(body, labels, roles), *_level_remarks(labels, rows, levels))
    told += _sum_remarks(body, rows, roles, levels) if options.totals is None else ()
    return Arrangement(rows, sorted(roles), labels, places, told)


def labels_of(body: Body) -> list[str]:
    """Return what each row is about: its first text that has a letter and is no code or number of a numbering."""
    labels = [""] * len(body.numbers)
    for codes in (False, True):
        for filled in body.columns:
            if all(labels):
                return labels
            if codes or filled.column.style != "code":
                _fill(labels, filled, codes)
    return labels


def _fill(labels: list[str], filled: Filled, codes: bool) -> None:
    places = filled.odd if filled.kind != "text" else [index for index, label in enumerate(labels) if not label]
    texts = {text for text in set(map(filled.data.__getitem__, places)) if isinstance(text, str)}
    good = {text for text in texts if _LETTER.search(text) and (codes or not is_numbering(text))}
    for index in places:
        text = filled.data[index]
        if text in good and not labels[index] and (index not in filled.odd or filled.odd[index][0] == "text"):
            labels[index] = str(text)


# --- roles ------------------------------------------------------------------------------------------------------------


def _roles(body: Body, labels: Sequence[str], context: Sequence[str], options: ReadOptions) -> dict[int, Role]:
    if options.totals is not None:
        pinned = set(options.totals)
        return {index: ("total", "it is pinned") for index, number in enumerate(body.numbers) if number in pinned}
    roles = named_roles(labels)
    roles.update(_headings(body, labels, roles))
    if len(labels) < 3:
        return roles
    for index in (0, len(labels) - 1):
        others = [other for other in range(len(labels)) if other not in roles and other != index]
        if index not in roles and len(others) > 1:
            role = edge_role(body, labels, index, others, context)
            if role is None and index == 0 and len(others) <= MOST_LEVELED:
                role = edge_role(body, labels, index, _top(body, labels, others), context)
            if role:
                roles[index] = role
    return roles


def _top(body: Body, labels: Sequence[str], rows: Sequence[int]) -> Sequence[int]:
    levels = find_levels(body, labels, rows)
    return rows if levels is None else [row for row, level in zip(rows, levels.levels, strict=True) if level == 1]


_HEADING = re.compile(
    r"\W*(?:kabupaten|kota|regency|regencies|municipality|municipalities|cities|provinsi|province|pulau \w+)"
    r"(?:\s*/\s*\w+)?\W*",
    re.IGNORECASE,
)


def _headings(body: Body, labels: Sequence[str], roles: Mapping[int, Role]) -> dict[int, Role]:
    """Return rows that only name the rows below them: `Kabupaten`, or a group of islands, and nothing else."""
    found: dict[int, Role] = {}
    wanted = {label for label in set(labels) if _HEADING.fullmatch(label)}
    wanted |= {labels[index] for index, (role, _) in roles.items() if role == "group"}
    for index, label in enumerate(labels[:-1]) if wanted else ():
        named = _HEADING.fullmatch(label) or roles.get(index, ("data", ""))[0] == "group"
        if named and sum(not filled.is_missing(index) for filled in body.columns) == 1:
            found[index] = ("heading", "it holds nothing but the name of the rows below")
    return found


# --- places -----------------------------------------------------------------------------------------------------------


def _placed(body: Body, labels: Sequence[str], rows: Sequence[int], levels: Levels) -> dict[int, RowPlace]:
    wholes = set(levels.parents)
    return {
        row: RowPlace(
            labels[row],
            level,
            None if parent is None else body.numbers[parent],
            "" if parent is None else labels[parent],
            leaf=row not in wholes,
        )
        for row, level, parent in zip(rows, levels.levels, levels.parents, strict=True)
    }


def _below_groups(
    body: Body, labels: Sequence[str], places: Mapping[int, RowPlace], roles: Mapping[int, Role]
) -> dict[int, RowPlace]:
    """Put the rows below a heading or a group of islands into it."""
    found: dict[int, RowPlace] = {}
    group: int | None = None
    if not {"group", "heading"} & {role for role, _ in roles.values()}:
        return found
    for index, label in enumerate(labels):
        place = places.get(index) or RowPlace(label)
        if index in roles:
            group = index if roles[index][0] in ("group", "heading") else None
        elif group is not None and place.parent is None:
            found[index] = replace(place, parent=body.numbers[group], parent_label=labels[group])
    return found


# --- what is told -----------------------------------------------------------------------------------------------------


def _role_remarks(body: Body, labels: Sequence[str], roles: Mapping[int, Role]) -> list[Remark]:
    return [
        Remark(
            "total-row",
            f"row {body.numbers[index]} '{labels[index]}' {_WORDS[role]}: {reason}",
            (body.address(index),),
        )
        for index, (role, reason) in sorted(roles.items())
        if reason != "it is pinned"
    ]


def _level_remarks(labels: Sequence[str], rows: Sequence[int], levels: Levels | None) -> tuple[Remark, ...]:
    if levels is None:
        return ()
    counts = Counter(levels.levels)
    first = {level: labels[row] for row, level in reversed(list(zip(rows, levels.levels, strict=True)))}
    listed = ", ".join(f"level {level}: {counts[level]:,} ('{first[level][:30]}' …)" for level in sorted(counts))
    message = (
        f"rows stand on {len(counts)} levels, by {levels.how}: {listed}. Ranked or added up together they would count "
        'twice; choose with where = "level = 1", or where = "leaf" for rows without parts'
    )
    return (Remark("levels", message, (), "warning"),)


def _sum_remarks(
    body: Body, rows: Sequence[int], roles: Mapping[int, Role], levels: Levels | None
) -> tuple[Remark, ...]:
    wholes = [index for index, (role, _) in roles.items() if role in ("total", "nation")]
    if levels is None:
        return differing_total(body, wholes[0], rows) if len(roles) == len(wholes) == 1 else ()
    top = [row for row, level in zip(rows, levels.levels, strict=True) if level == 1]
    parts: dict[int, list[int]] = {}
    for row, parent in zip(rows, levels.parents, strict=True):
        if parent is not None:
            parts.setdefault(parent, []).append(row)
    return (differing_total(body, wholes[0], top) if len(wholes) == 1 else ()) + differing_parts(body, parts)
