"""Fill the fields of a layout from a table without being told how: columns by their names, rows by their kinds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assetgen.campaign.file import Campaign, DataSpec, MakeSpec
from assetgen.campaign.records import Given, records_of
from assetgen.layout import FieldSpec, Layout
from assetgen.model import Column, Table
from assetgen.parts import built_in
from assetgen.template import Templates

_NUMERIC = frozenset({"number", "money", "percent"})


def given_from_table(layout: Layout, table: Table, fields: Mapping[str, Any], language: str) -> list[Given]:
    """Return what a table gives for a layout: one record a row, or one in all where the layout takes rows.

    A record that cannot be filled carries its error.
    """
    campaign = quick_campaign(layout, table, fields, language)
    templates = Templates((layout.folder,), built_in("layouts") / "_kit")
    return list(records_of(campaign, 0, table, templates, language))


def quick_campaign(layout: Layout, table: Table, fields: Mapping[str, Any], language: str = "id") -> Campaign:
    """Return a campaign of one `[[make]]` in which every field of the layout takes the column of its name."""
    each = "all" if any(spec.type == "rows" for spec in layout.fields.values()) else "row"
    filled = {**match_fields(layout, table), **fields}
    spec = MakeSpec.model_validate({"layout": layout.slug, "from": "data", "each": each, "fields": filled})
    data = {"data": DataSpec(file=table.file)}
    campaign = Campaign(name=layout.title, brand="", languages=(language,), data=data, make=(spec,))
    campaign.__dict__["layouts"] = {layout.slug: layout}  # in place of the cached property, which knows kits by name
    return campaign


def match_fields(layout: Layout, table: Table) -> dict[str, Any]:
    """Return an expression for each field whose name or alias is a column; rows take all columns that they know."""
    found: dict[str, Any] = {}
    for name, spec in layout.fields.items():
        if spec.type == "rows":
            if columns := _match_rows(spec, table):
                found[name] = columns
        elif column := _column(table, name, spec):
            found[name] = f"{{{{ {column.key} }}}}"
    return found


def _match_rows(spec: FieldSpec, table: Table) -> dict[str, str]:
    """Return the columns of rows: by name, and for the first text and number that are still open by kind."""
    taken = {inner: column for inner, one in spec.columns.items() if (column := _column(table, inner, one))}
    for inner, one in spec.columns.items():
        if inner in taken or not one.required:
            continue
        numeric = one.type in {"number", "percent"}
        open_columns = (column for column in table.columns if column not in taken.values())
        match = next((column for column in open_columns if (column.kind in _NUMERIC) == numeric), None)
        if match is None:
            return {}
        taken[inner] = match
    return {inner: f"{{{{ {column.key} }}}}" for inner, column in taken.items()}


def _column(table: Table, name: str, spec: FieldSpec) -> Column | None:
    wanted = {name.lower(), *(alias.lower() for alias in spec.aliases)}
    return next((column for column in table.columns if {column.key, column.name.lower()} & wanted), None)
