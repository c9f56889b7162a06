"""Tell how long text takes: words and numbers go in, seconds to read them on a phone or to say them come out.

Both count syllables, and a number counts with those that are said: "Rp1,2 triliun" is read as nine, not as five signs.
In silence they take three quarters of the time (the same study: 183 words a minute are read aloud).
Reading: Brysbaert (2019, Journal of Memory and Language 109) finds 238 words a minute for English non-fiction, most
adults between 175 and 300; on a moving page everybody is to keep up, so the slow end counts: 175 words a minute, 17
characters a second with spaces, which is also what subtitles are held to. By characters Indonesian and English are read
about equally fast. Speech: a calm narrator says about 150 English words a minute; 5.8 syllables a second in Indonesian.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Characters a second, with spaces.
READING_RATE = 17.0
# The eye has to find a text first, and no text flashes by.
GLANCE = 0.4
SHORTEST = 1.2
# A sentence and a clause end with so many seconds of silence.
SENTENCE_PAUSE, CLAUSE_PAUSE = 0.45, 0.2
SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")
CLAUSE_END = re.compile(r"(?:[,;:]|[–—])[\"'”’)\]]*$")
# Of a language that has no figures here, those of Indonesian are taken: vowels are counted.
_PART = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|[%$€£]|°")
_VOWELS = re.compile(r"[aeiouy\u00e0-\u00ff]+", re.IGNORECASE)


@dataclass(frozen=True)
class _Tongue:
    """How a language is said: its rate, and the syllables of the words that numbers are made of."""

    rate: float
    letters: float
    digit: float
    ten: float
    hundred: float
    thousand: float
    point: float
    one: float
    decimal: str


_INDONESIAN = _Tongue(5.8, 2.0, 2.1, 2.0, 2.0, 2.2, 2.0, 1.0, ",")
_ENGLISH = _Tongue(4.2, 2.5, 1.2, 1.0, 2.5, 2.0, 1.0, 1.2, ".")
# What signs are said as: "persen", "rupiah", "dolar", "derajat".
_SIGNS = {"%": 2.0, "$": 2.0, "€": 2.0, "£": 1.0, "°": 3.0, "Rp": 3.0, "IDR": 3.0}


def reading_seconds(text: str, language: str) -> float:
    """Return how long a text has to stand so that everybody can read it once on a phone; numbers as they are said."""
    words = text.split()
    if not words:
        return 0.0
    tongue = _tongue(language)
    characters = sum(_read(word, tongue, language) for word in words)
    return max(GLANCE + characters / READING_RATE, SHORTEST)


def speech_seconds(text: str, language: str) -> float:
    """Return about how long a calm voice takes for a text, pauses between sentences and clauses included."""
    return sum(spoken_weight(word, language) for word in text.split())


def spoken_weight(word: str, language: str) -> float:
    """Return about how many seconds a word takes to say, with the pause behind its punctuation."""
    pause = SENTENCE_PAUSE if SENTENCE_END.search(word) else CLAUSE_PAUSE if CLAUSE_END.search(word) else 0.0
    return syllables(word, language) / _tongue(language).rate + pause


def syllables(word: str, language: str) -> float:
    """Return about how many syllables a word, number or abbreviation has when it is said; none for signs alone."""
    return sum(_syllables(part, language) for part in _parts(word))


def _tongue(language: str) -> _Tongue:
    return _ENGLISH if language == "en" else _INDONESIAN


def _parts(word: str) -> Iterator[str]:
    for found in _PART.finditer(word):
        yield found[0]


def _read(word: str, tongue: _Tongue, language: str) -> float:
    """Return as how many characters a word counts, with the space behind it."""
    said = syllables(word, language) * tongue.letters if any(map(str.isdigit, word)) else 0.0
    return max(len(word), said) + 1


def _syllables(part: str, language: str) -> float:
    if part[0].isdigit():
        return _number(part, _tongue(language))
    if part in _SIGNS:
        return _SIGNS[part]
    if part.isupper() and 2 <= len(part) <= 5:
        return float(len(part))  # letter by letter: APBD, KTP
    groups = len(_VOWELS.findall(part))
    if language == "en":
        silent = groups > 1 and part.lower().endswith("e") and not part.lower().endswith(("le", "ee"))
        return float(max(groups - silent, 1))
    # Two vowels side by side are two syllables in Indonesian, but for three pairs.
    lower = part.lower()
    joined = sum(lower.count(pair) for pair in ("ai", "au", "oi"))
    vowels = sum(letter in "aiueoé" for letter in lower) - joined
    return float(max(vowels, groups, 1) if part.isascii() else max(groups, len(part) / 2.5, 1))


def _number(text: str, tongue: _Tongue) -> float:
    """Return the syllables of a number: those of its digits, of tens, hundreds and thousands, and of its decimals."""
    whole, _, decimals = text.partition(tongue.decimal)
    digits = re.sub(r"\D", "", whole)
    after = len(re.sub(r"\D", "", decimals))
    said = tongue.point + after * tongue.digit if after else 0.0
    if len(digits) > 15 or (len(digits) > 1 and digits.startswith("0")):
        return said + len(digits) * tongue.digit  # a telephone number, a code
    for place, digit in enumerate(reversed(digits)):
        if digit != "0":
            # "dua belas", "fifteen" have no word for the one; "seratus" has a syllable.
            one = (tongue.digit, 0.0, tongue.one)[place % 3]
            said += (one if digit == "1" else tongue.digit) + (0.0, tongue.ten, tongue.hundred)[place % 3]
    groups = [digits[max(end - 3, 0) : end] for end in range(len(digits), 0, -3)]
    said += tongue.thousand * sum(bool(group.strip("0")) for group in groups[1:])
    return said or tongue.digit
