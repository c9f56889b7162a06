"""Split legends that stand in one cell: `1 Hasil sensus2 Hasil proyeksi` goes in; one note a sign comes out.

Offices that copy a table from a page glue its notes together. A number begins a note where it follows the one before,
stands glued to a word or behind the end of a sentence, and a capital letter comes next: `1 Januari 2020` and `2 orang`
begin none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assetgen.locale import parse_moment

_WORDS = r"(?:catatan|keterangan|ket|notes?|penjelasan|footnotes?|remarks?)"
NOTE_WORD = re.compile(rf"\W*{_WORDS}\b(?:\s*/\s*{_WORDS}\b)*\.?\s*:?\s*", re.IGNORECASE)
_CAPITAL = r"[^\W\d_a-z\u00df-\u00ff]"
_FIRST = re.compile(rf"(?P<number>[1-9]\d?)\)?\s+(?={_CAPITAL})")
# Behind km² that was written km2 no note begins: a word has three letters.
_NEXT = re.compile(rf"(?:(?<=[^\W\d_]{{3}})|(?<=[^\d][).;%])|(?<=[^\d][.;]\s)){_FIRST.pattern}")
_STARS = re.compile(rf"(?<=[\w).])(?=\*{{1,3}}\)?\s*{_CAPITAL})")


def split_note(line: str) -> tuple[str, ...]:
    """Return the notes that a line holds, one a sign, or the line alone; together they are the whole line."""
    start = found.end() if (found := NOTE_WORD.match(line)) else 0
    if line[start : start + 1] == "*":
        return tuple(part.strip() for part in _STARS.split(line))
    first = _FIRST.match(line, start)
    if first is None or first["number"] != "1" or _is_date(line, first):
        return (line,)
    cuts = [0]
    for found in _NEXT.finditer(line, first.end()):
        if int(found["number"]) == len(cuts) + 1 and not _is_date(line, found):
            cuts.append(found.start())
    return tuple(line[cut:end].strip() for cut, end in zip(cuts, [*cuts[1:], len(line)], strict=True))


def numbered_notes(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the numbers of notes with their words, where at least two notes are numbered one after the other."""
    run: list[tuple[str, str]] = []
    for line in lines:
        rest = NOTE_WORD.sub("", line, count=1)
        found = _FIRST.match(rest)
        if found and int(found["number"]) == len(run) + 1 and not _is_date(rest, found):
            run.append((found["number"], rest[found.end() :].strip(" .,;")))
    if len(run) > 1:
        yield from run


def _is_date(line: str, found: re.Match[str]) -> bool:
    word = re.match(r"\w+", line[found.end() :])
    return word is not None and parse_moment(f"{found['number']} {word[0]}") is not None
