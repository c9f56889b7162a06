"""Report numbers that the alternative text or the caption says otherwise than the picture.

A fact that stands in both, known by its cell and value, must be the same number in both: `51,3 juta` here and `51 juta`
there is told. A typed percentage, amount of money or number with a scale word in the words must stand on a page too, or
agree with a fact of the asset.

Why: people read the caption, listen to the alternative text and look at the picture; when they differ, one is taken for
an error, and which one is a matter of luck.

What to do: use the same filter with the same options in all of them, or correct the typed number.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assetgen.check import Subject
from assetgen.model import Fact, Finding, Severity
from assetgen.rules._page import shorten
from assetgen.shown import Quantity, quantities

HINT = "write the number in the same way on the picture, in the alternative text and in the caption"


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each number that differs between words and picture."""
    language = subject.composition.language
    blocks = [block for page in subject.pages for block in page.blocks]
    facts = [one.fact for block in blocks for one in block.facts]
    yield from _facts(facts, subject.composition.said, language)
    shown = {(one.number, one.half) for block in blocks for one in quantities(block.text, language)}
    shown |= {(one.number, one.half) for fact in subject.composition.said for one in quantities(fact.text, language)}
    values = [number for fact in (*facts, *subject.composition.said) if (number := _decimal(fact.value)) is not None]
    told: set[tuple[str, str]] = set()
    for name, line in subject.words_beside:
        for one in quantities(line.text, language):
            known = not one.mark or one.number is None or (one.number, one.half) in shown or (name, one.text) in told
            if not known and not any(one.holds(value) for value in values):
                told.add((name, one.text))
                message = f"the {name} says '{one.text.strip()}' ('{shorten(line.text)}'), the picture does not"
                yield Finding("", Severity.WARNING, message, HINT)


def _facts(shown: list[Fact], said: tuple[Fact, ...], language: str) -> Iterator[Finding]:
    on_pages: dict[tuple[str, str], list[str]] = {}
    for fact in shown:
        on_pages.setdefault((fact.cell, fact.value), []).append(fact.text)
    told: set[tuple[str, str]] = set()
    for fact in said:
        texts = on_pages.get((fact.cell, fact.value), []) if fact.cell else []
        own = _first(fact.text, language)
        if own is None or not texts or (fact.where, fact.text) in told:
            continue
        if all((other := _first(text, language)) is not None and other.number != own.number for text in texts):
            told.add((fact.where, fact.text))
            where = "alt text" if fact.where == "alt" else fact.where
            message = f"the {where} says '{fact.text}', the picture '{texts[0]}': both are {fact.value[:40]}"
            yield Finding("", Severity.WARNING, message, HINT)


def _first(text: str, language: str) -> Quantity | None:
    return next((one for one in quantities(text, language) if one.number is not None), None)


def _decimal(value: str) -> Decimal | None:
    try:
        return Decimal(value)
    except ArithmeticError:
        return None
