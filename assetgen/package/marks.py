"""Tell for each fact what the footnotes of its table say of it: facts and their table go in, facts come out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from assetgen.derive import marks_of
from assetgen.model import Fact, Table


def with_marks(facts: Iterable[Fact], table: Table | None) -> tuple[Fact, ...]:
    """Return the facts, each with what must be said of it: `provisional`, `revised`, or the words of another note."""
    if table is None or not table.marks:
        return tuple(facts)
    return tuple(_with_marks(fact, table) for fact in facts)


def _with_marks(fact: Fact, table: Table) -> Fact:
    found = marks_of(fact.cell, table)
    said = (mark.status if mark.status != "note" else mark.text or mark.sign for mark in found)
    return replace(fact, marks=tuple(dict.fromkeys(said))) if found else fact
