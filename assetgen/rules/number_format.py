"""Report numbers that are written in the style of another language.

On Indonesian assets: `1,234.56`, `12.5%`, `1.5 juta`, `Rp 5.000`, `Rp. 5.000`, `Rp5,000`, `5000.000`, `IDR`; on English
ones: `1.234,56`, `12,5%`, `1,5 million`, `Rp5.000`, `Rp. 5,000`. Looked at are the pages, the alternative text and the
caption. What reads as a number of its own language is left alone, and so are times, versions, numbers of laws and
sections, addresses of the web, and the numbers of telephones: `09.00`, `2.0`, `No. 300.2.2`.

Why: `1.500` is fifteen hundred in Jakarta and one and a half in London. The spelling rules (EYD V) write `Rp5.000`
without a space or a dot.

What to do: let a filter write the number (`number`, `percent`, `rupiah`, `short`), or correct the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from assetgen.blocks import Block
from assetgen.check import Subject
from assetgen.locale import scale_words
from assetgen.model import Finding, Severity
from assetgen.rules._page import shorten
from assetgen.shown import signs_of

HINT = "let a filter write it, such as number, percent, rupiah or short"
# Before a number: letters, digits and signs that make it a part of a code, an address or a longer number.
_ALONE = r"(?<![\w@/:#.,-])"
_END = r"(?![\w@/]|[.,:/-]\d)"
# What every pattern needs; most texts with a number have none of it.
_SUSPECT = re.compile(r"[.,]\d|Rp|IDR")
_CODED = re.compile(
    r"(?:\b(?:nomor|no|pasal|ayat|versi|version|ver|v|bab|lampiran|section|article|regulation)\.?|\u00a7)\s*$", re.I
)


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each number in the style of another language."""
    language = subject.composition.language
    for page in subject.pages:
        for block in page.blocks:
            for message in _messages(block, language):
                box = page.by_number.get(block.element)
                yield Finding("", Severity.ERROR, message, HINT, page.number, box.rectangle if box else None)
    for name, block in subject.words_beside:
        for message in _messages(block, language):
            yield Finding("", Severity.ERROR, f"{name}: {message}", HINT)


def _messages(block: Block, language: str) -> Iterator[str]:
    if not _SUSPECT.search(block.text):
        return
    for form in _forms(language):
        for found in form.pattern.finditer(block.text) if form.needed.search(block.text) else ():
            if not _CODED.search(block.text[: found.start()]):
                yield f"'{found[0].strip()}' in '{shorten(block.text)}' {form.advice}"


class _Form(NamedTuple):
    """A wrong form of a number, and what is said of it; few texts have what it cannot be without, found at once."""

    needed: re.Pattern[str]
    pattern: re.Pattern[str]
    advice: str


@lru_cache(maxsize=16)
def _forms(language: str) -> tuple[_Form, ...]:
    """Return what is wrong in a language, and what is said of it."""
    group, point = (re.escape(sign) for sign in signs_of(language))
    indonesian = language.startswith("id")
    name = "Indonesian" if indonesian else "English" if language.startswith("en") else f"'{language}'"
    if (group, point) not in {(r"\.", ","), (",", r"\.")}:
        return ()
    scales = "|".join(word for word in scale_words(language) if len(word) > 1)
    groups = rf"[1-9]\d{{0,2}}(?:{point}\d{{3}})"
    other = f"is not written as {name} writes numbers: {_example(group)}"
    forms = [
        (rf"{point}\d", rf"{_ALONE}{groups}+{group}\d+{_END}", other),
        (rf"{point}\d", rf"{_ALONE}{groups}{{2,}}{_END}", other),
        (rf"{group}\d", rf"{_ALONE}\d+{group}(?:\d{{1,2}}|\d{{4,}})\s?(?:%|persen\b|percent\b)", other),
        (rf"{group}\d", rf"{_ALONE}(?:Rp\.?\s?)?\d+{group}(?:\d{{1,2}}|\d{{4,}})\s(?:{scales})\b", other),
        (rf"{point}\d", rf"{_ALONE}(?:Rp\.?|US\$|\$)\s?{groups}+{_END}", other),
        (rf"{group}\d", rf"{_ALONE}(?:Rp\.?\s?)?\d{{4,}}{group}\d{{3}}{_END}", other),
        (
            "Rp",
            r"\bRp(?:\.\s?|\s)\d[\d.,]*",
            "has a sign of money that stands apart: Rp is written at the digits, without a dot",
        ),
        ("Rp", r"\bRp\d{5,}(?![\d.,])", f"has no signs between its thousands: {_example(group)}"),
    ]
    if indonesian:
        forms.append(("IDR", r"\bIDR\s?\d[\d.,]*|\d[\d.,]*\sIDR\b", "has the code of a currency: Indonesian writes Rp"))
    return tuple(_Form(re.compile(needed), re.compile(pattern), advice) for needed, pattern, advice in forms)


def _example(group: str) -> str:
    return "1.234.567,89" if group == r"\." else "1,234,567.89"
