"""Tell what speaks against a cut behind each word: a narration goes in, its words come out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assetgen.captions.pace import CLAUSE_END, SENTENCE_END, spoken_weight
from assetgen.typography import NBSP, keep_together


def _each(lines: Iterable[str]) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


_ABBREVIATION = "|".join(
    (
        "Jl|Jln|Gg|No|Nmr|Kab|Kec|Kel|Prov|Ds|Dr|dr|drg|Drs|Dra|Ir|Hj|H|Prof|Tn|Ny|Sdr|Sdri|Yth|Bpk",
        "St|Mr|Mrs|Ms|Jr|Sr|vs|cf|Fig",
    )
)
# More that stays on one line, beside what `keep_together` knows: money, addresses, titles and initials, ranges, dashes.
_GLUE = (
    re.compile(r"(?<=\bRp) (?=\d)|(?<=\bIDR) (?=\d)|(?<=\bUSD) (?=\d)|(?<=\$) (?=\d)"),
    re.compile(rf"(?<![\w.])(?:{_ABBREVIATION})\. (?=\w)"),
    re.compile(r"(?<![\w.])[A-Z]\. (?=[A-Z])"),
    re.compile(r"(?<=[A-Za-z]) (?=(?:No|Nomor|Blok|Km)\b\.?[ \u00a0]?\w*\d)"),
    re.compile(r"(?i)(?<=\bno) (?=\d)|(?<=\brt) (?=\d)|(?<=\brw) (?=\d)|(?<=\bkm) (?=\d)|(?<=\bke) (?=\d)"),
    re.compile(r"(?i)(?<=\btanggal) (?=\d)|(?<=\babad) (?=\d)|(?<=\blantai) (?=\d)|(?<=\bpage) (?=\d)"),
    re.compile(r"(?i)(?<=\d) (?=(?:a\.?m|p\.?m|rupiah|dolar|derajat|meter|kilometer|liter|ton|tahun|bulan|years?)\b)"),
    re.compile(r"(?<=\d) (?=[–—-] ?\d)|(?<=\d[ \u00a0][–—-]) (?=\d)| (?=[–—/&+=×]\s)|(?<=\s[&+=×/]) "),
)
# A cue or line does not end with these ...
_LEADERS = _each(
    (
        "di ke dari dan atau yang untuk dengan pada oleh dalam bagi agar serta para sebagai akan tidak bukan",
        "belum lebih sangat a an the of to in on at by for and or with from as is are was not more very our your",
        "their this that",
    )
)
# ... and gladly begins with these.
_CONNECTIVES = _each(
    (
        "dan atau tetapi namun karena sehingga agar supaya jika bila ketika saat yang untuk dengan serta",
        "and or but because so if when while that which who for with",
    )
)
# What speaks against a cut behind a word.
FREE, CLAUSE, JOINT, PLAIN, LEADER, NAME, GLUED = 0.0, 2.0, 4.0, 8.0, 16.0, 20.0, 400.0


@dataclass(frozen=True)
class Word:
    """A word: its text, what speaks against a cut behind it, whether it ends a sentence, and how long it is said."""

    text: str
    cut: float
    ends_sentence: bool
    seconds: float

    @property
    def width(self) -> float:
        """Return how many characters' room the word takes: capitals are wider than the average, m and w much."""
        wide = sum(letter in "mwMW%@" for letter in self.text)
        capitals = sum(letter.isupper() for letter in self.text)
        return len(self.text) + 0.6 * wide + 0.3 * capitals


def words_of(narration: str, language: str) -> list[Word]:
    """Return the words of a narration with what speaks against a cut behind each."""
    found: list[Word] = []
    for paragraph in re.split(r"\n\s*\n", narration):
        glued = keep_together(re.sub(r"[^\S\u00a0]+", " ", paragraph).strip())
        for pattern in _GLUE:
            glued = pattern.sub(lambda match: match[0].replace(" ", NBSP), glued)
        pieces = re.findall(r"[^ \u00a0]+[ \u00a0]?", glued)
        for number, piece in enumerate(pieces):
            text = piece.strip(" " + NBSP)
            following = pieces[number + 1].strip(" " + NBSP) if number + 1 < len(pieces) else ""
            cut = GLUED if piece.endswith(NBSP) and following else _against(text, following)
            ends = not following or (cut < GLUED and _ends_sentence(text, following))
            found.append(Word(text, cut, ends, spoken_weight(text, language)))
    return found


def _ends_sentence(text: str, following: str) -> bool:
    return bool(SENTENCE_END.search(text)) and not following[:1].islower()


def _against(text: str, following: str) -> float:
    """Return what speaks against a cut between two words."""
    if not following or _ends_sentence(text, following):
        return FREE
    if CLAUSE_END.search(text) or SENTENCE_END.search(text):
        return CLAUSE
    if text.lower() in _LEADERS:
        return LEADER
    if following.lower() in _CONNECTIVES:
        return JOINT
    # Names of several words: Dinas Kesehatan, Bandar Lampung.
    return NAME if text[:1].isupper() and following[:1].isupper() else PLAIN
