"""Run numbers up to what they are: a page and shares of the way go in, the page with smaller numbers comes out.

Only digits run: separators, signs, currency and unit stand where they stand in the end. Figures are of one width while
they run, and as wide together as in the end (`with_gaps`), so that nothing beside them moves; digits that are not
reached yet are left empty. At the whole way the markup is the page's own. Checks look at pages that rest alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from assetgen.engines import Engine
from assetgen.locale import format_number
from assetgen.model import Box, Page

COUNT = "--count"
ATTRIBUTE = "data-count-up"
# So often a second a running number changes: large figures that change in every frame flash too often for some eyes.
CHANGES = 10
# Figures that are narrow in the end, such as 111, have no room for wide ones: closer together they may not come.
CLOSEST = -0.09
_GAP = "data-digit-gap"
_EMPTY = "color:transparent;-webkit-text-fill-color:transparent"
_GROUPING = ".,'\u2019\u00a0\u202f\u066b\u066c"
_NUMBER = re.compile(rf"\d(?:[\d{_GROUPING}]*\d)?")
_TAG = re.compile(r"(<[^>]*>)")


def running_page(page: Page, shares: Mapping[int, float]) -> Page:
    """Return a page whose elements have come so far on the way to their numbers: shares, by element."""
    html = page.html
    for element, share in shares.items():
        for number in _numbers(page.html, element) if share != 1 else ():
            found = _fact(number).search(html)
            if found:
                inside = _run(found, share, page.language)
                html = html[: found.start(2)] + inside + html[found.end(2) :]
    return replace(page, html=html) if html is not page.html else page


def counts(state: Mapping[int, Mapping[str, str]]) -> dict[int, float]:
    """Return how far the numbers have come that a state of animations runs, by element."""
    return {number: float(values[COUNT]) for number, values in state.items() if COUNT in values}


def with_gaps(page: Page, boxes: Sequence[Box], elements: Iterable[int], engine: Engine) -> Page:
    """Return a page that knows how far running figures stand apart to be as wide as the numbers of some elements."""
    numbers = [number for element in elements for number in _numbers(page.html, element)]
    if not numbers:
        return page
    before = {box.element: box for box in boxes}
    after = {box.element: box for box in engine.measure(running_page(page, dict.fromkeys(numbers, 0.9999999)))}
    html = page.html
    for number in numbers:
        if number in before and number in after:
            gap = _gap(before[number], after[number], page.scale)
            html = re.sub(rf'(<data\b[^>]*\bdata-n="{number}")', rf'\1 {_GAP}="{gap:.4f}"', html, count=1)
    return replace(page, html=html)


def _gap(own: Box, running: Box, scale: float) -> float:
    """Return the distance between figures, in shares of their size, that makes them as wide as the number itself."""
    run = next((one for one in own.runs if _NUMBER.search(one.text)), None)
    number = _NUMBER.search(run.text) if run else None
    if run is None or number is None:
        return 0.0
    wider = sum(one.rectangle.width for one in running.runs) - sum(one.rectangle.width for one in own.runs)
    return -wider / len(number[0]) / (run.font_size * scale)


@lru_cache(64)
def _numbers(html: str, element: int) -> tuple[int, ...]:
    """Return the numbers of the facts in an element, itself included."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(html)
    found = tree.css(f'data[data-n="{element}"], [data-n="{element}"] data')
    return tuple(int(node.attributes["data-n"] or 0) for node in found)


def _fact(number: int) -> re.Pattern[str]:
    return re.compile(rf'(<data\b[^>]*\bdata-n="{number}"[^>]*>)(.*?)(?=</data>)', re.DOTALL)


def _run(found: re.Match[str], share: float, language: str) -> str:
    """Return what a fact holds with the digits of its number run to a share of it."""
    gap = re.search(rf'{_GAP}="([^"]*)"', found[1])
    spacing = _spacing(float(gap[1]) if gap else None, share)
    pieces = _TAG.split(found[2])
    for place in range(0, len(pieces), 2):
        if number := _NUMBER.search(pieces[place]):
            shown = f'<span style="font-variant-numeric:lining-nums tabular-nums;{spacing}">'
            shown += f"{running(number[0], share, language)}</span>"
            pieces[place] = pieces[place][: number.start()] + shown + pieces[place][number.end() :]
            break
    return "".join(pieces)


def _spacing(gap: float | None, share: float) -> str:
    if gap is None:
        return "letter-spacing:0"
    return f"letter-spacing:{max(gap, CLOSEST) + min(gap - CLOSEST, 0.0) * share:.4f}em"


def running(text: str, share: float, language: str) -> str:
    """Return the markup of a number at a share of the way: the same signs, digits that are not reached left empty."""
    digits = [letter for letter in text if letter.isdigit()]
    zero = ord(digits[0]) - unicodedata.digit(digits[0])
    value = int("".join(str(unicodedata.digit(digit)) for digit in digits))
    value = min(round(value * max(share, 0.0)), 10 ** len(digits) - 1)
    now = iter(str(value).zfill(len(digits)))
    shown = "".join(chr(zero + int(next(now))) if letter.isdigit() else letter for letter in text)
    mark = shown.rfind(_decimal_mark(language))
    ones = (mark if mark >= 0 else len(shown)) - 1
    empty = ones - len(shown[:ones].lstrip(f"{chr(zero)}{_GROUPING}"))
    return (f'<span style="{_EMPTY}">{shown[:empty]}</span>' if empty else "") + shown[empty:]


@lru_cache(16)
def _decimal_mark(language: str) -> str:
    from decimal import Decimal

    return format_number(Decimal("0.5"), language).strip("05٠٥")
