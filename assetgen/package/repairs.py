"""Tell for each fact which of its cells reading has put right: facts and their table go in, facts come out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from assetgen.derive import Area, areas, overlap
from assetgen.model import Cell, Fact, Repair, Table, parse_cell
from assetgen.model.results import MOST_REPAIRS


def with_repairs(facts: Iterable[Fact], table: Table | None) -> tuple[Fact, ...]:
    """Return the facts, each with the repairs of the cells that it was made from."""
    if table is None or not table.repairs:
        return tuple(facts)
    return tuple(_with_repairs(fact, table.repairs) for fact in facts)


def _with_repairs(fact: Fact, repairs: tuple[Repair, ...]) -> Fact:
    found = list(_repairs_of(fact.cell, repairs)) if fact.cell else []
    return replace(fact, repairs=tuple(found[:MOST_REPAIRS]), repaired=len(found)) if found else fact


def _repairs_of(address: str, repairs: tuple[Repair, ...]) -> Iterator[Repair]:
    own = list(areas(parse_cell(address)))
    return (repair for repair in repairs if any(_holds(area, repair.cell) for area in own))


def _holds(area: Area, cell: Cell) -> bool:
    own = Area(cell.file, cell.sheet, cell.address, cell.address)
    return (area.file, area.sheet) == (own.file, own.sheet) and overlap(area, own)
