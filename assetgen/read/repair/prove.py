"""Prove cells: the sums of columns with one damage go in; the cells whose number one sum alone proves come out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assetgen.read.repair.seen import Damage, Seen, Spot
from assetgen.read.repair.sums import Closing, Sum, close

MOST_ROUNDS = 10


@dataclass(frozen=True, slots=True)
class Proof:
    """The sum that proves a cell, with the values of all its cells."""

    equation: Sum
    closing: Closing


def prove(equations: Sequence[Sum], numbers: Mapping[Spot, Seen], damage: Damage) -> dict[Spot, tuple[Decimal, Proof]]:
    """Return the number of each proved cell and its proof.

    What one sum proves leaves fewer readings to the others. Where two sums prove two numbers for a cell, none does.
    """
    proved: dict[Spot, tuple[Decimal, Proof]] = {}
    known: dict[Spot, Decimal] = {}
    waiting = list(equations)
    for _ in range(MOST_ROUNDS):
        open_: list[Sum] = []
        for equation in waiting:
            closing = close(equation, numbers, damage, known)
            if closing is None or not closing.proves:
                open_.append(equation)
                continue
            held = [cell for cell in equation.cells if cell in numbers]
            for cell, value in zip(held, closing.values, strict=True):
                proved.setdefault(cell, (value, Proof(equation, closing)))
                known[cell] = value
        if len(open_) == len(waiting):
            break
        waiting = open_
    for cell in _contradicted(waiting, numbers, damage, known):
        del proved[cell]
    return proved


def _contradicted(
    waiting: Sequence[Sum], numbers: Mapping[Spot, Seen], damage: Damage, known: Mapping[Spot, Decimal]
) -> set[Spot]:
    """Return the cells that a sum proves to be another number than was proved before."""
    found: set[Spot] = set()
    for equation in waiting:
        closing = close(equation, numbers, damage)
        if closing is None or not closing.proves:
            continue
        held = [cell for cell in equation.cells if cell in numbers]
        pairs = zip(held, closing.values, strict=True)
        found |= {cell for cell, value in pairs if cell in known and known[cell] != value}
    return found
