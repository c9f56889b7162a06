"""Report quantities that are typed as text, so that nothing proves them.

A number that a filter wrote from the data is a fact: it carries its cell and can be proved. A quantity in running text
is reported when it is a percentage, an amount of money, has a scale word (`1,2 juta`), or has decimals or signs between
its thousands; whole numbers above nine before a word (`38 provinsi`) only where the asset shows facts from a cell,
because a post without data has nothing to take them from.

Left alone is what repeats a fact of the same asset (the title says 8,42%, and the figure is 8,42%), and numbers that
are no quantities: dates, years, times, durations and ages, ordinals and ranks, numbers of laws, articles, periods,
phones and houses, codes, addresses of the web; the scales of charts; and the source line, which names publications.

Why: the title is what everybody reads, and a typed number in it stays as it was when the data is corrected.

What to do: write the number as an expression over the data, `naik {{ baru | growth(lama) | percent }}`; or look at it
once more and publish, it is only a warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assetgen.blocks import Block
from assetgen.check import Subject
from assetgen.locale import month_of
from assetgen.model import Finding, Severity
from assetgen.rules._page import shorten
from assetgen.shown import Quantity, quantities

YEARS = range(1900, 2101)
LEAST_COUNT = 10
# Words before a number that make it a name or a place in an order, and words behind it that make it a time or a measure
# of a rule rather than a finding of the data.
_BEFORE = re.compile(
    r"(?:\b(?:nomor|no|pasal|ayat|huruf|bab|tahun|tanggal|tgl|ke|jl|jalan|jln|gg|gang|rt|rw|blok|km|lantai|lt|kav|kode|kelas"
    r"|tingkat|usia|umur|triwulan|semester|kuartal|tw|q|versi|pukul|jam|hari|minggu|pekan|bulan|angkatan|edisi|seri|jilid"
    r"|perpres|perda|pergub|permen\w*|kep\w*|uu|pp|telepon|telp|wa|call|hotline|top|peringkat|urutan|ranking|rank(?:s|ed)?"
    r"|article|section|chapter|law|number|act|year|day|week|month|version|level|grade|aged?|over|under|room|street|floor"
    r"|phone|covid|sdgs?|pm|kilometer|kilometre|halaman|page|volume|vol)\b\.?|[#@+/\u2116-])\s*$",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"\s?(?:tahun|bulan|hari|minggu|pekan|jam|menit|detik|years?|months?|days?|weeks?|hours?|minutes?|seconds?|besar|teratas"
    r"|terbesar|tertinggi|terendah|terbawah|st|nd|rd|th|wib|wita|wit|am|pm|km|m|cm|kg|[\u00b0x\u00d7/])(?!\w)|[\w/:@-]",
    re.IGNORECASE,
)
_STREET = re.compile(r"\b(?:jl|jalan|jln|gg|gang)\b\.?\s+(?:[^\W\d_]+\.?\s+){1,4}(?:no\.?\s*)?$", re.IGNORECASE)
_WORD = re.compile(r"\s([^\W\d_]{3,})")


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each typed quantity that no fact of the asset repeats."""
    facts = [one.fact for page in subject.pages for block in page.blocks for one in block.facts]
    facts += subject.composition.said
    known = [number for fact in facts if (number := _number(fact.value)) is not None]
    counts = any(fact.cell for fact in facts)
    for page in subject.pages:
        for block in page.blocks:
            for one in _typed(block, subject.composition.language, counts) if not (block.source or block.chart) else ():
                if any(one.holds(number) for number in known):
                    continue
                box = page.by_number.get(block.element)
                message = f"'{one.text.strip()}' in '{shorten(block.text)}' is typed: no cell proves it"
                hint = "write it as an expression over the data, or look at it once more"
                yield Finding("", Severity.WARNING, message, hint, page.number, box.rectangle if box else None)


def _typed(block: Block, language: str, counts: bool) -> Iterator[Quantity]:
    text = block.typed
    for one in quantities(text, language):
        if one.number is not None and (one.mark or (not _is_name(one, text) and _is_quantity(one, text, counts))):
            yield one


def _is_name(one: Quantity, text: str) -> bool:
    """Tell whether a number is a name, a date, a time, a place in an order or a measure of a rule."""
    before, behind = text[: one.start], text[one.end :]
    month = re.match(r"\s([^\W\d_]+)", behind)
    return bool(
        re.match(r"0\d", one.text)
        or _BEFORE.search(before)
        or _STREET.search(before)
        or _BEHIND.match(behind)
        or (month and month_of(month[1]))
        or month_of((re.findall(r"[^\W\d_]+", before) or [""])[-1])
    )


def _is_quantity(one: Quantity, text: str, counts: bool) -> bool:
    if re.search(r"\d[.,]\d", one.text):
        return True
    number = one.number or Decimal(0)
    return counts and number >= LEAST_COUNT and int(number) not in YEARS and bool(_WORD.match(text, one.end))


def _number(value: str) -> Decimal | None:
    try:
        return Decimal(value)
    except ArithmeticError:
        return None
