"""Report words that the brand does not say, and name the one that it says instead.

The words are those of `[vocabulary.LANGUAGE]` in `brand.toml`. Looked at are the pages, the alternative text and the
caption. Left alone are quotations, the source line, addresses and tags, and capitalised words that stand beside another
one, since they are part of a name ("Survei Kepuasan Masyarakat"). Indonesian words are found with their particles:
`masyarakatnya`.

Why: a brand that calls the same people residents on Monday and the public on Tuesday has no voice. Some words do harm:
they name people by their illness, or promise a cure.

What to do: write the other word, or change the brand's vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from assetgen.blocks import Block
from assetgen.brand import Brand
from assetgen.check import Subject
from assetgen.model import Finding, Severity
from assetgen.paint import Painted
from assetgen.rules._page import ancestors, shorten

_PARTICLES = {"id": r"(?:nya|lah|kah|pun)?"}
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’|«[^»]*»")
_NAME_BEFORE = re.compile(r"\b[A-Z][\w’'-]*\s+$")
_NAME_BEHIND = re.compile(r"^\s+[A-Z]\w")


@dataclass(frozen=True, slots=True)
class _Words:
    """What a brand does not say in a language: one pattern for all of it, and what is said instead of each."""

    pattern: re.Pattern[str]
    instead: Mapping[str, str]
    preferred: re.Pattern[str] | None

    @classmethod
    @lru_cache(maxsize=32)
    def of(cls, items: tuple[tuple[str, str], ...], language: str) -> _Words:
        """Return the words of a vocabulary, longest first, so that a phrase comes before the word in it."""
        words = sorted((word.lower() for word, _ in items), key=len, reverse=True)
        particle = _PARTICLES.get(language, "")
        choices = "|".join(f"({_spelt(word)})" + (r"\w*" if word[-1] == "*" else particle) for word in words)
        said = sorted(filter(None, {one.lower() for _, one in items}), key=len, reverse=True)
        preferred = re.compile(r"(?<!\w)(?:" + "|".join(map(_spelt, said)) + r")(?!\w)", re.I) if said else None
        pattern = re.compile(rf"(?<![\w@#./-])(?:{choices})(?![\w@]|[./-]\w)", re.I)
        instead = {word.lower(): one for word, one in items}
        return cls(pattern, {word: instead[word] for word in words}, preferred)

    def found_in(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield each word that is not said, as it is written, with what is said instead."""
        all_found = list(self.pattern.finditer(text))
        if not all_found:  # as in nearly all texts
            return
        kept = [one.span() for one in _QUOTED.finditer(text)]
        kept += [one.span() for one in self.preferred.finditer(text)] if self.preferred else []
        words = list(self.instead.values())
        for found in all_found:
            inside = any(start <= found.start() and found.end() <= end for start, end in kept)
            if not inside and not _in_name(text, found):
                yield found[0], words[(found.lastindex or 1) - 1]


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each word of a block that the brand does not say."""
    brand, language = subject.composition.brand, subject.composition.language
    vocabulary = brand.vocabulary.get(language)
    if not vocabulary:
        return
    words = _Words.of(tuple(vocabulary.items()), language)
    for page in subject.pages:
        for block in page.blocks:
            if not block.source and not _is_quotation(block, page):
                box = page.by_number.get(block.element)
                for message, hint in _told(words, block.text, brand, language):
                    area = box.rectangle if box else None
                    yield Finding("", Severity.WARNING, message, hint, page.number, area)
    for name, block in subject.words_beside:
        for message, hint in _told(words, block.text, brand, language):
            yield Finding("", Severity.WARNING, f"{name}: {message}", hint)


def _told(words: _Words, text: str, brand: Brand, language: str) -> Iterator[tuple[str, str]]:
    """Yield message and hint for each word, each of them once in a text."""
    who = brand.short_name.get(language) or brand.name
    for word, instead in dict.fromkeys(words.found_in(text)):
        says = f"says '{instead}' instead of" if instead else "does not say"
        hint = f"write '{instead}'" if instead else "leave it out, or say what is meant"
        yield f"{who} {says} '{word}', in '{shorten(text)}'", hint


def _spelt(word: str) -> str:
    """Return the pattern of a word or phrase, which may be broken at its spaces."""
    return r"\s+".join(map(re.escape, word.removesuffix("*").split()))


def _in_name(text: str, found: re.Match[str]) -> bool:
    """Tell whether a capitalised word stands beside another one and so is part of a name; all capitals are none."""
    if not found[0][0].isupper() or text.isupper():
        return False
    return bool(_NAME_BEFORE.search(text[: found.start()]) or _NAME_BEHIND.match(text[found.end() :]))


def _is_quotation(block: Block, page: Painted) -> bool:
    box = page.by_number.get(block.element)
    return box is not None and any(one.tag in {"blockquote", "q"} for one in (box, *ancestors(box, page)))
