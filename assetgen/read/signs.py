"""Read footnote marks in texts: `5,03*`, `2024**)`, `1.234r` and notes go in; clean texts, signs and words come out.

Statistics offices mark figures that will change: `*` provisional, `**` very provisional, `r` revised, `e`
estimated. The legend below the table decides; where it is silent, this convention does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from assetgen.locale import parse_amount, parse_moment
from assetgen.model import Mark, MarkStatus
from assetgen.read.legends import NOTE_WORD, numbered_notes

RAISED_DIGITS = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"
RAISED_LETTERS = "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"
_PLAIN = str.maketrans(RAISED_DIGITS + RAISED_LETTERS, "0123456789abcdefghijklmnoprstuvwxyz")
_CLOSED = r"[)\u207e]?"
_HIGH = rf"\([{RAISED_DIGITS}]{{1,2}}\)|[{RAISED_DIGITS}]{{1,2}}{_CLOSED}|[{RAISED_LETTERS}]{_CLOSED}"
_SURE = rf"\*{{1,3}}\)?|\(\*{{1,3}}\)|{_HIGH}"
_WORDS = (
    r"\((?:angka |data |figures? )?"
    r"(?:sangat sementara|sementara|very provisional|provisional|preliminary|revisi|revised)\)"
)
_LOOSE = r"(?<=\s)\(?\d{1,2}\)|\(?[a-z]\)|[rep]"
_ANY = rf"(?:{_SURE}|{_WORDS}|{_LOOSE})"
_AT_END = re.compile(rf"(?P<kept>.*?\S)\s*(?P<signs>{_ANY}(?:[\s,]*{_ANY})*)", re.IGNORECASE | re.DOTALL)
_AT_START = re.compile(rf"(?P<signs>\*{{1,3}}\)?|{_HIGH})\s*(?P<kept>[-+\u2212(]?(?:Rp\.?\s?)?\d.*)", re.DOTALL)
# Behind a whole word a raised digit is a mark, whatever the notes say; behind a measure it is a power.
_AT_WORD = re.compile(rf"(?P<kept>.*[^\W\d_]{{3}})\s?(?P<signs>(?:{_HIGH})(?:[\s,]*(?:{_HIGH}))*)", re.DOTALL)
_BEHIND_WORD = re.compile(rf"(\b[^\W\d_]{{3,}})\s?(?:{_HIGH})(?:[\s,]*(?:{_HIGH}))*(?!\w)")
_MEASURE = re.compile(r".*\b(?:meter|metre|kaki|feet|foot|inch|inci|mil|mile|yard)", re.IGNORECASE | re.DOTALL)
_SIGN = re.compile(rf"{_SURE}|{_WORDS}|\(?\d{{1,2}}\)|\(?[a-z]\)|[rep]", re.IGNORECASE)
# A digit glued to a word, as `Batu1` and `Penduduk (ribu)3,4`, is a mark where the notes explain it; km2 is a measure.
_GLUED = re.compile(r"(?P<kept>.*(?:[^\W\d_]{3}|[^\W\d_]\)))(?P<signs>[1-9]\d?(?:,\s?[1-9]\d?)*)\)?", re.DOTALL)
ENDS = frozenset("*)" + RAISED_DIGITS + RAISED_LETTERS + "repREP\u207e")
STARTS = frozenset("*" + RAISED_DIGITS + RAISED_LETTERS)
_PERIOD = re.compile(r".*\b(?:19|20)\d\d|.*\b(?:triwulan|tw|semester|smt|kuartal|q)\.? ?[ivx\d]{1,3}", re.IGNORECASE)

_ENTRY = re.compile(
    rf"(?:^|[;,.]?\s+|;)(?P<sign>{_SURE}|\(?[a-z\d]\)|[rep](?=\s*[:=]))\s*[:=]?\s*(?P<text>[^\s*;:=)].*?)"
    rf"(?=;|$|[,.]?\s+(?:{_SURE}|\(?[a-z\d]\)|[rep]\s*[:=]))",
    re.IGNORECASE,
)
_STATUSES: tuple[tuple[MarkStatus, str], ...] = (
    ("very provisional", r"sangat(?: sangat)? sementara|very (?:provisional|preliminary)"),
    ("provisional", r"sementara|provisional|preliminary"),
    ("revised", r"revisi|revised|diperbaiki|perbaikan"),
    ("estimate", r"estimasi|perkiraan|estimat\w+|proyeksi|projection"),
)
CONVENTION: Mapping[str, MarkStatus] = {
    "*": "provisional",
    "**": "very provisional",
    "***": "very provisional",
    "r": "revised",
    "e": "estimate",
    "p": "provisional",
}
# In the title or a note these speak of all figures; "hunian sementara" speaks of none.
_WHOLE = re.compile(
    r"\b(?:angka|data|nilai|figures?|hasil)\b[^.;]{0,20}\b(?:sementara|provisional|preliminary)\b"
    r"|\b(?:provisional|preliminary) (?:figures?|data|results?)\b",
    re.IGNORECASE,
)
_IN_HEADER = re.compile(
    r"(?<!hunian )(?<!tempat )(?<!pos )(?<!rumah )(?<!penampungan )"
    r"\b(?:sangat )?(?:sementara|provisional|preliminary)\)?\W*$",
    re.IGNORECASE,
)


def split_cell(text: str, legend: Mapping[str, str]) -> tuple[str, tuple[str, ...]] | None:
    """Return a text without its marks, and their signs; None when it has none.

    On numbers and periods a mark needs no legend; on names only one that is raised, or that the legend explains, is
    taken off. A raised number that nothing explains may be a power behind 10: that is left alone.
    """
    if text[-1:] not in ENDS and text[:1] not in STARTS:
        return None
    if found := split_number(text):
        return None if _is_power(text, found, legend) else found
    if (at_word := _AT_WORD.fullmatch(text)) and not _MEASURE.fullmatch(at_word["kept"]):
        return at_word["kept"], tuple(map(plain_sign, _SIGN.findall(at_word["signs"])))
    at_end = _AT_END.fullmatch(text)
    if not at_end or not any(map(str.isalnum, at_end["kept"])):
        return None
    kept, found_signs = at_end["kept"], tuple(map(plain_sign, _SIGN.findall(at_end["signs"])))
    explained = all(sign in legend for sign in found_signs)
    period = bool(_PERIOD.fullmatch(kept) or parse_moment(kept)) and re.search(_SURE, at_end["signs"])
    return (kept, found_signs) if explained or period else None


def split_glued(text: str, legend: Mapping[str, str]) -> tuple[str, tuple[str, ...]] | None:
    """Return words without the digits glued to their end, and these, where the legend explains them all; else None."""
    found = _GLUED.fullmatch(text)
    if not found or _MEASURE.fullmatch(found["kept"]):
        return None
    signs = tuple(sign.strip() for sign in found["signs"].split(","))
    return (found["kept"], signs) if all(sign in legend for sign in signs) else None


def split_number(text: str) -> tuple[str, tuple[str, ...]] | None:
    """Return a number without its marks, and their signs; None when it is no number or has none."""
    if text[-1:] not in ENDS and text[:1] not in STARTS:
        return None
    found = _AT_START.fullmatch(text) or _AT_END.fullmatch(text)
    if not found or not (parse_amount(found["kept"], "id") or parse_amount(found["kept"], "en")):
        return None
    if parse_amount(text, "id") or parse_amount(text, "en"):
        return None
    return found["kept"], tuple(map(plain_sign, _SIGN.findall(found["signs"])))


def _is_power(text: str, found: tuple[str, tuple[str, ...]], legend: Mapping[str, str]) -> bool:
    kept, signs = found
    return kept == "10" and text[-1] in RAISED_DIGITS and signs[-1] not in legend


def without_raised(text: str) -> str:
    """Return a text without the raised marks behind its words; km² keeps its own."""
    return _BEHIND_WORD.sub(lambda found: found[0] if _MEASURE.fullmatch(found[1]) else found[1], text)


def plain_sign(sign: str) -> str:
    """Return a sign without brackets: `*)` is `*`, a raised 1 is `1`, a raised a is `a`."""
    return sign.translate(_PLAIN).strip("() \u207d\u207e").lower()


def status_of(text: str) -> MarkStatus | None:
    """Return what a text says of figures: that they are provisional, revised or estimated."""
    return next((status for status, words in _STATUSES if re.search(rf"\b(?:{words})\b", text, re.IGNORECASE)), None)


def signs_in_header(parts: Sequence[str], legend: Mapping[str, str]) -> tuple[str, ...]:
    """Return the signs that the header of a column carries, words such as `(sementara)` among them."""
    found: list[str] = []
    for part in parts:
        at_end = _AT_END.fullmatch(part.strip())
        if at_end and (split := split_cell(part.strip(), legend)):
            found += split[1]
        elif glued := split_glued(part.strip(), legend):
            found += glued[1]
        elif at_end and "*" in at_end["signs"]:
            found += [plain_sign(sign) for sign in _SIGN.findall(at_end["signs"]) if "*" in sign]
        elif words := _IN_HEADER.search(part):
            found.append(plain_sign(words[0]))
    return tuple(dict.fromkeys(found))


def whole_table(lines: Sequence[str]) -> Mark | None:
    """Return what a title or note says of all figures; a note that begins with a sign speaks of its sign only."""
    numbered = {text for _, text in numbered_notes(lines)}
    for line in lines:
        if _WHOLE.search(line) and not any(_entries(line)) and not any(text in line for text in numbered):
            return Mark("", line, status_of(line) or "note")
    return None


def legend_of(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the signs that notes explain, with their words."""
    yield from numbered_notes(lines)
    for line in lines:
        yield from _entries(line)


def _entries(line: str) -> Iterator[tuple[str, str]]:
    """Yield the signs that a note explains, with its words: `*) Angka sementara; **) Angka sangat sementara`."""
    rest = NOTE_WORD.sub("", line, count=1)
    if not _ENTRY.match(rest):
        return
    for found in _ENTRY.finditer(rest):
        yield plain_sign(found["sign"]), found["text"].strip(" .,")
