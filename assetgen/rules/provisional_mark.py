"""Report a shown figure that its table marks as provisional, revised or estimated, where the page does not say so.

Tables mark such figures with `*`, `**`, `r` or `e`, explain the mark in a note ("angka sementara"), or say it of a
whole column or table. The page must show the mark itself or the word (sementara, sangat sementara, revisi,
estimasi, or the same in English). Of other footnotes of a figure, such as `1) Termasuk Papua`, it is only told.

Why: a provisional figure that is published as final is wrong the day the final one comes out, and nobody can tell the
two apart any more.

What to do: say it in a field of the layout ("Angka sementara"), as `assetgen read FILE` lists the marks; templates have
them as `marks`, each with `sign`, `text` and `status`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assetgen.check import Subject
from assetgen.derive import marks_of
from assetgen.model import Finding, Mark, MarkStatus, Severity
from assetgen.rules._page import shorten

_WORDS: dict[MarkStatus, str] = {
    "very provisional": r"sangat sementara|very (?:provisional|preliminary)",
    "provisional": r"sementara|provisional|preliminary",
    "revised": r"revisi|revised|perbaikan|diperbaiki",
    "estimate": r"estimasi|perkiraan|estimate[sd]?|proyeksi|projection|projected",
}


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each mark that a page shows figures of, and does not show itself."""
    if subject.table is None or not subject.table.marks:
        return
    for page in subject.pages:
        said = " ".join(box.text for box in page.texts)
        told: set[str] = set()
        for box in page.boxes:
            for mark in marks_of(box.attributes.get("data-cell", ""), subject.table):
                if mark.sign not in told and not _says(said, mark):
                    told.add(mark.sign)
                    yield replace(_finding(box.text, mark, page.number), rectangle=box.rectangle)


def _says(text: str, mark: Mark) -> bool:
    """Tell whether a text shows a mark, its words, or the word for what it means."""
    words = _WORDS.get(mark.status)
    if words and re.search(rf"\b(?:{words})\b", text, re.IGNORECASE):
        return True
    if mark.status == "note" and mark.text and mark.text.lower()[:40] in text.lower():
        return True
    stars = mark.sign if mark.sign.startswith("*") else ""
    return bool(stars and re.search(rf"(?<!\*){re.escape(stars)}(?!\*)", text)) or f"{mark.sign})" in text


def _finding(text: str, mark: Mark, page: int) -> Finding:
    shown, words = shorten(text), f" ('{shorten(mark.text)}')" if mark.text else ""
    if mark.status == "note":
        message = f"'{shown}' has the footnote '{mark.sign}'{words}, which the page does not show"
        return Finding("", Severity.INFO, message, "show it in a note of the layout", page)
    what = "an estimate" if mark.status == "estimate" else mark.status
    message = f"'{shown}' is {what}{words}, and the page does not say so"
    hint = "say it in a note of the layout: Angka sementara" if "provisional" in mark.status else "say it in a note"
    return Finding("", Severity.WARNING, message, hint, page)
