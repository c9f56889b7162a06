"""Set text as a typesetter would: spaces that must not break become non-breaking; no character is changed otherwise."""

from __future__ import annotations

import re

NBSP = "\u00a0"
MONTHS = (
    "Januari|Februari|Maret|April|Mei|Juni|Juli|Agustus|September|Oktober|November|Desember|January|February|March|May"
    "|June|July|August|October|December|Jan|Feb|Mar|Apr|Jun|Jul|Agu|Aug|Sep|Okt|Oct|Nov|Des|Dec"
)
# A number and its word stay on one line: "Rp1,2 triliun", "17 Agustus", "pukul 09.00 WIB", "Pasal 5". Patterns that
# begin with the space itself are looked for at spaces only.
_LARGE = "ribu|juta|miliar|triliun|thousand|million|billion|trillion|persen|percent"
_UNITS = "WIB|WITA|WIT|km²|km|kg|ha|m²|m³|cm|mm|hari|jam|menit|jiwa|orang|%"
_GLUE = (
    re.compile(rf" (?<=\d )(?=(?i:{_LARGE})\b|(?:{MONTHS})\b|(?:{_UNITS})(?!\w))"),
    re.compile(rf"\b(?:{MONTHS}) (?=\d{{4}}\b)"),
    re.compile(r"(?i)\b(?:triwulan|semester|tahap|kuartal|caturwulan|kelas|bab) (?=[IVX]+\b)"),
    re.compile(r" (?<=[IVX] )(?=(?:19|20)\d\d\b)"),
    re.compile(
        r"(?i) (?:(?<=\bpukul )(?=\d)|(?<=\bpasal )(?=\d)|(?<=\bnomor )(?=\d)|(?<=\bayat )(?=\(?\d)"
        r"|(?<=\btahun )(?=\d{4}))"
    ),
)


def keep_together(text: str) -> str:
    """Return the text with non-breaking spaces between words that must stay on one line."""
    for pattern in _GLUE:
        text = pattern.sub(lambda found: found[0].replace(" ", NBSP), text)
    return text
