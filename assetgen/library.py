"""Make assets from Python without a campaign file: a layout, data, a brand and a placement go in, assets come out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event
from typing import Any

from assetgen import placement as placements
from assetgen.brand import Brand, Theme
from assetgen.errors import UsageError
from assetgen.layout import Layout
from assetgen.model import Direction, Placement, Table
from assetgen.package import Asset
from assetgen.studio import Studio, Wish
from assetgen.watch import Progress, Watch


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
    direction: Direction | None = None,
    progress: Progress | None = None,
    cancel: Event | None = None,
) -> Asset:
    """Make one asset.

    `data` is a mapping of field values, or a table: a path (`file.xlsx#sheet`), a `Table`, a polars or pandas frame, or
    a list of mappings. Of a table, `row` (from 0) is used, or all rows where the layout takes rows. `fields` adds field
    values, which may be expressions over the columns such as `"{{ provinsi }}"`. A `studio` keeps engine and fonts warm
    over many calls. `theme` is "light" or "dark"; left out, the brand is taken as it is given.
    Of a video, `direction` tells music, voice, captions and transitions; `progress(done, total, stage)` counts frames.
    Raises AssetgenError subclasses for what keeps the asset from being made; CancelledError once `cancel`, a
    `threading.Event`, is set, with nothing left behind.
    """
    order = _Order(language, fields, format, theme, direction or Direction(), Watch(progress, cancel))
    return next(_all(_loaded(layout, brand, theme), data, (placement,), order, studio, row))


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
    direction: Direction | None = None,
    progress: Progress | None = None,
    cancel: Event | None = None,
) -> Iterator[Asset]:
    """Yield an asset for every row of the data (one, where the layout takes rows) and placement; see `make`."""
    order = _Order(language, fields, format, theme, direction or Direction(), Watch(progress, cancel))
    return _all(_loaded(layout, brand, theme), data, placements, order, studio, None)


@dataclass(frozen=True)
class _Order:
    """What all assets of one call have in common."""

    language: str
    fields: Mapping[str, Any] | None
    format: str | None
    theme: Theme | None
    direction: Direction
    watch: Watch


def _loaded(layout: Layout | str | Path, brand: Brand | str | Path, theme: Theme | None) -> tuple[Layout, Brand]:
    layout = layout if isinstance(layout, Layout) else Layout.load(layout)
    brand = brand if isinstance(brand, Brand) else Brand.load(brand)
    return layout, brand.themed(theme) if theme else brand


def _all(
    kits: tuple[Layout, Brand],
    data: Any,
    wanted: tuple[Placement | str, ...],
    order: _Order,
    studio: Studio | None,
    row: int | None,
) -> Iterator[Asset]:
    chosen = [one if isinstance(one, Placement) else placements.load(one) for one in wanted]
    wishes = _wishes(kits[0], data, chosen[0], order, row)
    with nullcontext(studio) if studio else Studio() as maker:
        for wish in wishes:
            for one in chosen:
                yield maker.make(*kits, replace(wish, placement=one), order.watch)


def _wishes(layout: Layout, data: Any, placement: Placement, order: _Order, row: int | None) -> list[Wish]:
    """Return what each asset is made from; raises what keeps any of them from being made."""
    folder, table = _table(data)
    shared = Wish({}, placement, order.language, format=order.format, folder=folder, direction=order.direction)
    if table is None:
        return [replace(shared, given={**data, **(order.fields or {})}, slug=layout.slug)]
    from assetgen.campaign.quick import given_from_table

    given = given_from_table(layout, table, order.fields or {}, order.language)
    given = given if row is None else _one(given, row)
    if failed := next((one.error for one in given if one.error), None):
        raise failed
    return [
        replace(shared, given=one.fields, slug=one.slug, place=one.place, remarks=tuple(table.remarks), table=table)
        for one in given
    ]


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
