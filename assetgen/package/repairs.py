"""Tell for each fact which of its cells reading has put right: facts and their table go in, facts come out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from assetgen.derive import Area, areas
from assetgen.model import Cell, Fact, Repair, Table, parse_cell
from assetgen.model.cells import column_number, split_address
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
    return (repair for repair in repairs if any(holds(area, repair.cell) for area in own))


def holds(area: Area, cell: Cell) -> bool:
    """Tell whether a cell lies in an area."""
    if (area.file, area.sheet) != (cell.file, cell.sheet):
        return False
    (left, top), (right, bottom) = split_address(area.first), split_address(area.last)
    letters, row = split_address(cell.address)
    return top <= row <= bottom and column_number(left) <= column_number(letters) <= column_number(right)
