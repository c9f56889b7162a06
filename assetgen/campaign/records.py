"""Turn a `[[make]]` and its table into records: for each row, group or whole table, the given fields of a layout."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

from markupsafe import Markup

from assetgen.campaign.file import Campaign, MakeSpec
from assetgen.campaign.select import places_of, select_rows
from assetgen.errors import AssetgenError, DataError, Place, Problem, did_you_mean
from assetgen.layout import FieldSpec, Layout
from assetgen.model import Row, Table, Value
from assetgen.model.cells import call
from assetgen.sandbox import show
from assetgen.template import Templates

# What a campaign says of rows of regions: that some are left out, or that they are those of an older list.
REGION_OPTIONS = ("partial", "edition")
LANGUAGE_KEY = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True)
class Given:
    """What one record gives for the fields of its layout, in one language; or why it could not be made.

    Caption and alternative text are markup: numbers in them are facts.
    """

    slug: str
    fields: Mapping[str, Any]
    place: Place
    publish_at: str | None = None
    caption: Markup | None = None
    alt: Markup | None = None
    row: int | None = None
    error: AssetgenError | None = None


def records_of(
    campaign: Campaign, number: int, table: Table | None, templates: Templates, language: str
) -> Iterator[Given]:
    """Yield the records of entry `number`, in order; a row that fails is yielded with its error, and the rest go on."""
    spec = campaign.make[number]
    layout = campaign.layouts[spec.layout]
    place = campaign.place("make", number)
    for scope, row in _scopes(spec, table, language, place, campaign):
        reader = _Reader(campaign, number, templates, scope, language)
        where = _row_place(place, table, row)
        slug = _slug(spec, scope)
        try:
            slug = (reader.text(spec.slug, "slug").strip() if spec.slug else "") or slug
            yield Given(
                slug,
                reader.fields(spec.fields, layout),
                where,
                reader.text(spec.publish_at, "publish_at") if spec.publish_at else None,
                reader.words(spec.caption, "caption"),
                reader.words(spec.alt, "alt"),
                row.number if row else None,
            )
        except AssetgenError as error:
            yield Given(slug, {}, where, row=row.number if row else None, error=error)


def _slug(spec: MakeSpec, scope: Mapping[str, Any]) -> str:
    return spec.layout if spec.each == "all" else f"{spec.layout}-{scope['number']:03d}"


def _row_place(place: Place, table: Table | None, row: Row | None) -> Place:
    if table is None or row is None:
        return place
    return Place(table.file, None, table.sheet, f"{table.columns[0].letter}{row.number}")


def _scopes(
    spec: MakeSpec, table: Table | None, language: str, place: Place, campaign: Campaign
) -> Iterator[tuple[dict[str, Any], Row | None]]:
    """Yield the names that expressions may use, and the row that they come from."""
    if table is None:
        yield {"language": language, "number": 1, "count": 1, "rows": [], "brand": campaign.brand}, None
        return
    rows = select_rows(table, spec.where, spec.sort, place)
    if not rows:
        hint = f"the condition '{spec.where}' holds for none of its {len(table.rows)}" if spec.where else ""
        raise DataError(f"{table.file} gives no rows", place, hint)
    every = [_names(row) for row in rows]
    wholes = [row for row in table.totals if row.place.role in ("total", "nation")]
    averages = [row for row in table.totals if row.place.role == "average"]
    common = {
        "language": language,
        "all_rows": [_names(row) for row in select_rows(table, None, spec.sort, place)],
        "totals": [_names(row) for row in (*wholes, *averages)],
        "notes": list(table.notes),
        "marks": [{"sign": one.sign, "text": one.text, "status": one.status} for one in table.marks],
        "subtotals": [_names(row) for row in table.totals if row.place.role in ("subtotal", "group", "heading")],
        "brand": campaign.brand,
    }
    if spec.each == "all":
        limited = every[: spec.limit]
        yield {**common, "rows": limited, "number": 1, "count": _count(rows)}, None
    elif spec.each == "row":
        count = _count(rows)
        for number, row in enumerate(rows[: spec.limit], 1):
            yield (
                {**_names(row), **common, "rows": every, "row": _names(row), "number": number, "count": count},
                row,
            )
    else:
        groups = _parted(spec, table, rows, place)
        for number, group in enumerate(groups, 1):
            inner = [_names(row) for row in group]
            yield {**_names(group[0]), **common, "rows": inner, "number": number, "count": len(groups)}, group[0]


def _parted(spec: MakeSpec, table: Table, rows: Sequence[Row], place: Place) -> Sequence[Sequence[Row]]:
    """Return the rows of each record: those of a group, or portions of at most so many, as even as can be."""
    kind, _, key = spec.each.partition(":")
    if kind == "group":
        return [*_groups(key.strip(), table, rows, place).values()][: spec.limit]
    limited = rows[: spec.limit]
    parts = -(-len(limited) // int(key))
    return [limited[start:end] for start, end in pairwise(len(limited) * one // parts for one in range(parts + 1))]


def _names(row: Row) -> dict[str, Any]:
    """Return what expressions may use of a row: its columns, and where it stands among the others."""
    return {**places_of(row), **row.values}


def _count(rows: Sequence[Row]) -> Value:
    """Return how many rows there are, with the address of what was counted: a column that all of them fill."""
    columns = zip(*(row.values.values() for row in rows), strict=True)
    filled = next((column for column in columns if not any(value.missing for value in column)), ())
    cells = [value.cell for value in filled if value.cell]
    return Value(str(len(rows)), Decimal(len(rows)), "number", "", call("COUNT", cells))


def _groups(key: str, table: Table, rows: Sequence[Row], place: Place) -> dict[object, list[Row]]:
    keys = [column.key for column in table.columns]
    if key == "parent" and key not in keys:
        keys.append(key)
    if key not in keys:
        raise DataError(f"cannot group by '{key}': there is no such column", place, did_you_mean(key, keys))
    groups: dict[object, list[Row]] = {}
    for row in rows:
        name = row[key].data if key in row.values else row.place.parent_label
        groups.setdefault(name, []).append(row)
    return groups


@dataclass(frozen=True)
class _Reader:
    """Evaluate what a `[[make]]` says for one record."""

    campaign: Campaign
    number: int
    templates: Templates
    scope: Mapping[str, Any]
    language: str

    def fields(self, given: Mapping[str, Any], layout: Layout) -> dict[str, Any]:
        """Return the values of all fields; raises DataError with every problem of the record."""
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        for name, source in given.items():
            spec = layout.fields[layout.resolve_field(name) or name]
            try:
                values[name] = self._value(source, spec, self._place("fields", name))
            except AssetgenError as error:
                problems += [
                    replace(problem, message=f"field '{name}': {problem.message}") for problem in error.problems
                ]
        if problems:
            raise DataError(problems)
        return values

    def _place(self, *location: str | int) -> Place:
        return self.campaign.place("make", self.number, *location)

    def _value(self, source: Any, spec: FieldSpec, place: Place) -> Any:
        if isinstance(source, Mapping) and source and all(LANGUAGE_KEY.fullmatch(key) for key in source):
            source = source.get(self.language, source.get("id"))
        if isinstance(source, Mapping) and spec.type == "rows":
            return self._rows(source, spec, place)
        return self._evaluate(source, self.scope, place)

    def _rows(self, source: Mapping[str, Any], spec: FieldSpec, place: Place) -> Any:
        """Return a row of the field for each row of the data: `rows` says which, the other keys fill the columns.

        Rows of regions may also say `partial` or `edition`, which goes along with them.
        """
        rows = self._evaluate(source.get("rows", "{{ rows }}"), self.scope, place)
        options = {key: source[key] for key in REGION_OPTIONS if spec.regions and key in source}
        columns = {key: inner for key, inner in source.items() if key not in {"rows", "limit", *options}}
        if unknown := [key for key in columns if key not in spec.columns]:
            raise DataError(f"rows have no column '{unknown[0]}'", place, did_you_mean(unknown[0], spec.columns))
        if not isinstance(rows, Sequence) or isinstance(rows, str):
            raise DataError("'rows' is not a list of rows", place, 'write rows = "{{ rows }}"')
        limit = source.get("limit")
        filled = [
            {
                key: self._evaluate(inner, {**self.scope, **row, "number": number}, place)
                for key, inner in columns.items()
            }
            for number, row in enumerate(rows[:limit], 1)
        ]
        return {**options, "rows": filled} if options else filled

    def _evaluate(self, source: Any, scope: Mapping[str, Any], place: Place) -> Any:
        if isinstance(source, str):
            return self.templates.evaluate(source, scope, place) if "{" in source else source
        if isinstance(source, Mapping):
            if source and all(LANGUAGE_KEY.fullmatch(key) for key in source) and self.language in source:
                return self._evaluate(source[self.language], scope, place)
            return {key: self._evaluate(inner, scope, place) for key, inner in source.items()}
        if isinstance(source, list):
            return [self._evaluate(item, scope, place) for item in source]
        return source

    def text(self, source: str, key: str) -> str:
        """Return a template such as `slug` as plain text."""
        return Markup(str(self._evaluate(source, self.scope, self._place(key)))).striptags()

    def words(self, source: str | Mapping[str, str] | None, key: str) -> Markup | None:
        """Return a caption or alt text of the campaign's own in the language, as markup; None where it has none."""
        chosen = source.get(self.language) if isinstance(source, Mapping) else source
        return Markup(show(self._evaluate(chosen, self.scope, self._place(key)))) if chosen else None
