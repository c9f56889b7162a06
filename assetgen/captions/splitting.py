"""Cut a narration into captions: a text goes in; cues of at most two balanced lines, long enough to read, come out.

Where to cut is chosen for the whole text at once, by the least sum of what speaks against each cut: sentences end cues
gladly, clauses less so, and numbers with their units, dates, names behind an abbreviation and the like are not parted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from assetgen.captions.cue import VERTICAL, Cue, Form
from assetgen.captions.joints import NAME, Word, words_of
from assetgen.captions.timing import times_of
from assetgen.errors import CaptionError, Place

MAX_CHARACTERS = 20_000
# What speaks against each cue, against a sentence that ends inside of one, and against a cue of one word.
_ONE_MORE, _INSIDE, _LONE, _SHORT = 3.0, 5.0, 14.0, 5.0


def cues_from_text(
    narration: str, start: float, seconds: float | None = None, language: str = "id", form: Form = VERTICAL
) -> tuple[Cue, ...]:
    """Return the cues of a narration that begins at `start` and, when its voice is known, takes `seconds`.

    Without `seconds` each cue stands as long as it takes to say and to read. With them the time is shared by syllables,
    and no cue gets less than it takes to read as long as there is enough; `remarks` tells where there is not. Every
    character is in one cue, in order, white space aside. Raises CaptionError for a time or length that cannot be.
    """
    if start < 0 or (seconds is not None and not 0 < seconds < 1e6):
        raise CaptionError(f"a narration cannot begin at {start:g} s and take {seconds} s")
    if len(narration) > MAX_CHARACTERS:
        raise CaptionError(f"a narration of {len(narration):,} characters is too long", Place(), f"{MAX_CHARACTERS:,}")
    words = words_of(narration, language)
    parts = _Cutter(words, form).parts()
    spoken = [sum(word.seconds for word in words[first:last]) for first, last in parts]
    lines = [_Cutter(words, form).lines(first, last) for first, last in parts]
    times = times_of(lines, spoken, seconds, form)
    begin = round(start * 1000)
    return tuple(
        Cue((begin + first) / 1000, (begin + last) / 1000, tuple(texts), language)
        for texts, (first, last) in zip(lines, times, strict=True)
    )


def fitted(cues: Sequence[Cue], form: Form) -> tuple[Cue, ...]:
    """Return the cues of a file with lines that have room in a form: broken anew, or parted into several cues."""
    made: list[Cue] = []
    for cue in cues:
        if len(cue.lines) <= form.lines and all(_room(line, cue.language) <= form.line for line in cue.lines):
            made.append(cue)
            continue
        # The gap behind the last of them is no part of the time that the cue had.
        parts = cues_from_text(cue.text, cue.start, cue.seconds + form.gap, cue.language, form)
        made += (replace(part, end=min(part.end, cue.end)) for part in parts)
    return tuple(made)


def _room(line: str, language: str) -> float:
    """Return how many characters' room a line takes."""
    words = words_of(line, language)
    return sum(word.width for word in words) + len(words) - 1


class _Cutter:
    """Cut words into cues and lines."""

    def __init__(self, words: Sequence[Word], form: Form) -> None:
        self.words, self.form = words, form

    @cached_property
    def _ends(self) -> list[float]:
        """Return where each word ends, were all on one line; a number before the first."""
        ends = [-1.0]
        for word in self.words:
            ends.append(ends[-1] + 1 + word.width)
        return ends

    def _length(self, first: int, last: int) -> float:
        return self._ends[last] - self._ends[first] - 1

    def parts(self) -> list[tuple[int, int]]:
        """Return the first word and the one behind the last of each cue, with the least sum of what speaks against."""
        count = len(self.words)
        best = [0.0] + [float("inf")] * count
        came = [0] * (count + 1)
        for last in range(1, count + 1):
            for first in range(last - 1, -1, -1):
                if first < last - 1 and self._length(first, last) > self.form.line * self.form.lines + 1:
                    break
                cost = best[first] + self._against(first, last)
                if cost < best[last]:
                    best[last], came[last] = cost, first
        found = []
        while count:
            found.append((came[count], count))
            count = came[count]
        return found[::-1]

    def _against(self, first: int, last: int) -> float:
        """Return what speaks against a cue of some words."""
        words = self.words[first:last]
        line = self._line_cut(first, last)
        if line is None:
            return float("inf")
        whole = words[-1].ends_sentence and (first == 0 or self.words[first - 1].ends_sentence)
        cost = _ONE_MORE + words[-1].cut + line[0]
        cost += _INSIDE * sum(word.ends_sentence for word in words[:-1])
        if len(words) == 1 and not whole:
            cost += _LONE
        if self._length(first, last) < self.form.line // 2 and not whole:
            cost += _SHORT
        # A voice would still be speaking when the caption has to go.
        cost += 200 * max(sum(word.seconds for word in words) - self.form.longest, 0)
        return cost

    def _line_cut(self, first: int, last: int) -> tuple[float, int] | None:
        """Return the best place for a second line and what speaks against it; the end when one line is enough."""
        if self._length(first, last) <= self.form.line or last - first == 1:
            return 0.0, last
        return min(
            (
                (self._against_line(first, cut, last), cut)
                for cut in range(first + 1, last)
                if self._fits(first, cut, last)
            ),
            default=None,
        )

    def _fits(self, first: int, cut: int, last: int) -> bool:
        """Tell whether two lines have room; a single word that is too long cannot be helped."""
        pairs = ((first, cut), (cut, last))
        return all(self._length(*pair) <= self.form.line or pair[1] - pair[0] == 1 for pair in pairs)

    def _against_line(self, first: int, cut: int, last: int) -> float:
        upper, lower = self._length(first, cut), self._length(cut, last)
        behind = self.words[cut - 1].cut
        # The eye crosses a line more easily than a cut, but a name is no easier to read in halves.
        cost = (0.5 if behind < NAME else 0.6) * behind + 0.2 * abs(upper - lower)
        lone = min(upper, lower) < self.form.line / 3
        return cost + (8 if lone else 0)

    def lines(self, first: int, last: int) -> list[str]:
        """Return the lines of a cue."""
        found = self._line_cut(first, last)
        cut = found[1] if found else last
        parts = [self.words[first:cut], self.words[cut:last]]
        return [" ".join(word.text for word in part) for part in parts if part]
