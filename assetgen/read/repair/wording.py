"""Say what proves a number: a sum with its values goes in; a sentence with addresses and figures comes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from assetgen.locale import NumberStyle, format_number
from assetgen.read.repair.prove import Proof
from assetgen.read.repair.seen import Spot
from assetgen.sources._cells import address

MOST_SHOWN = 12


def proof_sentence(proof: Proof, style: NumberStyle, numbers: Mapping[Spot, object], witness: str = "") -> str:
    """Write `C7 = D7+…+L7: 4.047.191 = 2.393.796 + …` in the style of the file.

    `witness` is the cell of a sum that closes at no other scale, where this one alone would close at two.
    """
    cells = [cell for cell in proof.equation.parts if cell in numbers]
    total, *parts = (format_number(value, style) for value in proof.closing.values)
    names = _names([address(*cell) for cell in cells])
    said = f"{address(*proof.equation.total)} = {names}: {total} = {' + '.join(_some(parts))}"
    if proof.closing.difference:
        off = format_number(abs(proof.closing.difference), style)
        said += f" (they differ by {off}, as {len(parts)} rounded parts may)"
    return f"{said}; thousands as {witness} proves" if witness else said


def _names(addresses: Sequence[str]) -> str:
    if len(addresses) <= 3:
        return "+".join(addresses)
    return f"{addresses[0]}+{addresses[1]}+…+{addresses[-1]}"


def _some(parts: Sequence[str]) -> Sequence[str]:
    if len(parts) <= MOST_SHOWN:
        return parts
    return (*parts[:3], f"… ({len(parts) - 4} more)", parts[-1])


def plain(number: Decimal) -> str:
    """Write a number with all its digits and no marks of thousands."""
    return f"{number:f}"
