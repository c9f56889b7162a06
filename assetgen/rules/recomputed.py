"""Report numbers that do not agree with the data, with each other, or with the value that they stand for.

Every fact is read back from the text that is shown: `Rp1,2 triliun` must be its value, rounded as it shows. Every fact
with a cell or a formula is worked out again from the table: totals, shares, growth, differences, ranks and counts. In
running text `3 dari 8 (37,5%)` and `naik 5,7% dari 106,2 menjadi 112,3` are recomputed from the numbers beside them,
typed or not. Percentages of a list marked `data-parts` must make 100 within their rounding; those of any other list are
reported as a warning when they come close to 100 and miss it by more than that.

Why: an official release once said that an index rose to 106,2 while its table said 112,3. A reader with a calculator
finds such an error in a minute.

What to do: correct the text, or write the number as an expression over the data.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from assetgen.blocks import Block
from assetgen.check import Subject
from assetgen.derive import FormulaError, OtherSheet, Unprovable, same_value, written
from assetgen.model import Fact, Finding, Severity
from assetgen.paint import Painted
from assetgen.read import Lookup
from assetgen.rules._page import shorten
from assetgen.shown import Quantity, disagreement, quantities

# Percentages of a list that come this close to 100 are taken for the parts of a whole.
CLOSE = Decimal(3)
LEAST_PARTS = 3
HALF = Decimal("0.5")
_OF = re.compile(r"\s(?:dari|of|out\sof)\s(?:total\s|semua\s|all\s|the\s)?$")
_THAT_IS = re.compile(r"[^\d.;(]{0,40}(?:\(|[=\u2248]|\b(?:atau|yakni|yaitu|or|that is|i\.e\.))\s?$", re.IGNORECASE)
_FROM = re.compile(r"\s(?:dari|from)\s$")
_TO = re.compile(r"(?:\s[^\d.;]{0,24})?\s(?:menjadi|ke|jadi|to)\s$")
_GREW = re.compile(
    r"\b(?:naik|tumbuh|meningkat|bertambah|up|rose|grew|increased|turun|berkurang|menyusut|down|fell|decreased)\s$",
    re.IGNORECASE,
)
_POINTS = re.compile(r"poin|point")
YEARS = range(1900, 2101)


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each number that does not agree."""
    language = subject.composition.language
    for page in subject.pages:
        for block in page.blocks:
            for message in (*_facts(block, language, subject.data), *_sentences(block.text, language)):
                yield _finding(message, page, block.element)
        yield from _lists(page, language)
    for fact in subject.composition.said:
        if message := _differs(fact, language, subject.data):
            yield _finding(f"{'alt text' if fact.where == 'alt' else fact.where}: {message}")
    for name, line in subject.words_beside:
        for message in _sentences(line.text, language):
            yield _finding(f"{name}: {message}")


def _finding(message: str, page: Painted | None = None, element: int = 0, sure: bool = True) -> Finding:
    box = page.by_number.get(element) if page else None
    severity = Severity.ERROR if sure else Severity.WARNING
    hint = "write it with a filter over the data, such as number, percent or short; or correct it"
    return Finding("", severity, message, hint, page.number if page else None, box.rectangle if box else None)


def _facts(block: Block, language: str, data: Lookup | None) -> Iterator[str]:
    for one in block.facts:
        if message := _differs(one.fact, language, data):
            yield message


def _differs(fact: Fact, language: str, data: Lookup | None) -> str:
    """Return how a fact differs from its value or its cell; empty when both agree, or there is nothing to ask."""
    if differs := disagreement(fact.text, fact.value, fact.kind, language):
        return differs
    if data is None or not fact.cell:
        return ""
    try:
        found = data.evaluate(fact.cell)
    except (OtherSheet, Unprovable):
        return ""
    except FormulaError as error:
        return f"'{fact.text}' cannot be worked out again: {error}"
    return "" if same_value(fact.value, found) else f"'{fact.text}' is {written(found)[:40]} by {fact.cell}"


def _sentences(text: str, language: str) -> Iterator[str]:
    """Find `a of b (p%)` and `grew p% from a to b` whose numbers do not agree."""
    if not any(sign in text for sign in ("%", "persen", "percent", "poin")):
        return
    found = [one for one in quantities(text, language) if one.number is not None]
    for first, second, third in zip(found, found[1:], found[2:], strict=False):
        gaps = text[first.end : second.start], text[second.end : third.start]
        share = third.mark == "%" != first.mark and _OF.fullmatch(gaps[0]) and _THAT_IS.fullmatch(gaps[1])
        if share and not _near(third, first, second, lambda part, whole: part / whole * 100):
            yield f"'{shorten(text)}': {first.text} of {second.text} is not {third.text}"
        grew = first.mark == "%" and _FROM.fullmatch(gaps[0]) and _TO.fullmatch(gaps[1])
        if grew and _GREW.search(text[: first.start]) and not _years(second, third) and not _grew(first, second, third):
            yield f"'{shorten(text)}': from {second.text} to {third.text} is not {first.text}"


def _years(*numbers: Quantity) -> bool:
    return all(not one.mark and one.half == HALF and one.number in YEARS for one in numbers)


def _grew(percent: Quantity, before: Quantity, now: Quantity) -> bool:
    if _POINTS.search(percent.text):
        return _near(percent, now, before, lambda one, two: abs(one - two))
    return _near(percent, now, before, lambda one, two: abs(one - two) / two * 100)


def _near(shown: Quantity, one: Quantity, two: Quantity, apply: Callable[[Decimal, Decimal], Decimal]) -> bool:
    """Tell whether a number is what comes of two others, wherever in their rounding these are."""
    numbers = (one.number or Decimal(0), two.number or Decimal(0))
    # Counts are exact; everything else may have been rounded.
    rooms = [Decimal(0) if not part.mark and part.half == HALF else part.half for part in (one, two)]
    corners = [
        (numbers[0] + first * rooms[0], numbers[1] + second * rooms[1]) for first in (-1, 0, 1) for second in (-1, 0, 1)
    ]
    results = [apply(*corner) for corner in corners if corner[1]]
    number = shown.number or Decimal(0)
    return not numbers[1] or min(results) - shown.half <= abs(number) <= max(results) + shown.half


def _lists(page: Painted, language: str) -> Iterator[Finding]:
    """Find lists of percentages that should make 100 and do not."""
    lists: dict[int, list[Quantity]] = {}
    for block in page.blocks:
        if block.list and "%" in block.text:
            parts = [one for one in quantities(block.text, language) if one.mark == "%" and one.number is not None]
            lists.setdefault(block.list, []).extend(parts)
    for number, parts in lists.items():
        box = page.by_number.get(number)
        sure = box is not None and "data-parts" in box.attributes
        total = sum((one.number or Decimal(0) for one in parts), Decimal(0))
        missed = abs(total - 100)
        if missed <= sum(one.half for one in parts) or any((one.number or Decimal(0)) < 0 for one in parts):
            continue
        if sure or (len(parts) >= LEAST_PARTS and missed <= CLOSE):
            told = ", ".join(one.text for one in parts[:8])
            yield _finding(f"the percentages of a list make {total.normalize():f}, not 100: {told}", page, number, sure)
