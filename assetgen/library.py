"""Make assets from Python without a campaign file: a layout, data, a brand and a placement go in, assets come out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

from assetgen import placement as placements
from assetgen.brand import Brand, Theme
from assetgen.errors import UsageError
from assetgen.layout import Layout
from assetgen.model import Placement, Table
from assetgen.package import Asset
from assetgen.studio import Studio, Wish


def make(
    *,
    layout: Layout | str | Path,
    data: Any,
    brand: Brand | str | Path,
    placement: Placement | str,
    language: str = "id",
    fields: Mapping[str, Any] | None = None,
    row: int = 0,
    format: str | None = None,
    studio: Studio | None = None,
    theme: Theme | None = None,
) -> Asset:
    """Make one asset.

    `data` is a mapping of field values, or a table: a path (`file.xlsx#sheet`), a `Table`, a polars or pandas frame, or
    a list of mappings. Of a table, `row` (from 0) is used, or all rows where the layout takes rows. `fields` adds field
    values, which may be expressions over the columns such as `"{{ provinsi }}"`. A `studio` keeps engine and fonts warm
    over many calls. `theme` is "light" or "dark"; left out, the brand is taken as it is given.
    Raises AssetgenError subclasses for what keeps the asset from being made.
    """
    found = list(_all(layout, data, brand, (placement,), language, fields, format, studio, row, theme))
    return found[0]


def make_all(
    *,
    layout: Layout | str | Path,
    data: Any,
    brand: Brand | str | Path,
    placements: tuple[Placement | str, ...],
    language: str = "id",
    fields: Mapping[str, Any] | None = None,
    format: str | None = None,
    studio: Studio | None = None,
    theme: Theme | None = None,
) -> Iterator[Asset]:
    """Yield an asset for every row of the data (one, where the layout takes rows) and placement; see `make`."""
    return _all(layout, data, brand, placements, language, fields, format, studio, None, theme)


def _all(
    layout: Layout | str | Path,
    data: Any,
    brand: Brand | str | Path,
    wanted: tuple[Placement | str, ...],
    language: str,
    fields: Mapping[str, Any] | None,
    format: str | None,
    studio: Studio | None,
    row: int | None,
    theme: Theme | None,
) -> Iterator[Asset]:
    layout = layout if isinstance(layout, Layout) else Layout.load(layout)
    brand = brand if isinstance(brand, Brand) else Brand.load(brand)
    brand = brand.themed(theme) if theme else brand
    chosen = [one if isinstance(one, Placement) else placements.load(one) for one in wanted]
    folder, table = _table(data)
    if table is None:
        wishes = [Wish({**data, **(fields or {})}, chosen[0], language, layout.slug, format, folder)]
    else:
        from assetgen.campaign.quick import given_from_table

        given = given_from_table(layout, table, fields or {}, language)
        given = given if row is None else _one(given, row)
        if failed := next((one.error for one in given if one.error), None):
            raise failed
        wishes = [
            Wish(one.fields, chosen[0], language, one.slug, format, folder, one.place, False, table.remarks, table)
            for one in given
        ]
    with nullcontext(studio) if studio else Studio() as maker:
        for wish in wishes:
            for one in chosen:
                yield maker.make(layout, brand, replace(wish, placement=one))


def _one(given: list[Any], row: int) -> list[Any]:
    if not -len(given) <= row < len(given):
        raise UsageError(f"there is no row {row}: the data gives {len(given)}", hint="rows are counted from 0")
    return [given[row]]


def _table(data: Any) -> tuple[Path, Table | None]:
    """Return the folder in which pictures are looked for, and the table; None for a plain mapping of fields."""
    if isinstance(data, Mapping):
        return Path(), None
    if isinstance(data, Table):
        return Path(), data
    from assetgen.read import read_table, split_reference, table_from

    if isinstance(data, (str, Path)):
        file, sheet = split_reference(str(data))
        return Path(file).parent, read_table(Path(file), sheet)
    return Path(), table_from(data)
