"""Tell for each fact which of its cells reading has put right: facts and their table go in, facts come out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from assetgen.derive import Area, areas, overlap
from assetgen.model import Fact, Repair, Table, parse_cell
from assetgen.model.cells import column_letters, column_number, split_address
from assetgen.model.results import MOST_REPAIRS


def with_repairs(facts: Iterable[Fact], table: Table | None) -> tuple[Fact, ...]:
    """Return the facts, each with the repairs of the cells that it was made from."""
    if table is None or not table.repairs:
        return tuple(facts)
    by_address = {repair.cell.address: repair for repair in table.repairs}
    return tuple(_with_repairs(fact, table, by_address) for fact in facts)


def _with_repairs(fact: Fact, table: Table, repairs: Mapping[str, Repair]) -> Fact:
    found = list(dict.fromkeys(_repairs_of(fact.cell, table, repairs))) if fact.cell else []
    return replace(fact, repairs=tuple(found[:MOST_REPAIRS]), repaired=len(found)) if found else fact


def _repairs_of(address: str, table: Table, repairs: Mapping[str, Repair]) -> Iterator[Repair]:
    for area in areas(parse_cell(address)):
        if (area.file, area.sheet) == (table.file, table.sheet):
            yield from (repairs[cell] for cell in _cells(area, repairs) if cell in repairs)


def _cells(area: Area, repairs: Mapping[str, Repair]) -> Iterator[str]:
    """Yield the cells of an area; of one that is larger than the repairs are many, those that were repaired."""
    (left, top), (right, bottom) = split_address(area.first), split_address(area.last)
    first, last = column_number(left), column_number(right)
    if (last - first + 1) * (bottom - top + 1) <= len(repairs):
        columns = [column_letters(column) for column in range(first, last + 1)]
        yield from (f"{letters}{row}" for row in range(top, bottom + 1) for letters in columns)
    else:
        yield from (cell for cell in repairs if overlap(area, Area(area.file, area.sheet, cell, cell)))
