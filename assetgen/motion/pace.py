"""Tell how long a scene must stand: its words are read once without haste, its motion ends, its last word stays."""

from __future__ import annotations

import re
from collections.abc import Sequence

# Adults read about 238 words a minute silently (Brysbaert 2019, doi:10.1016/j.jml.2019.104047); on a phone, where the
# eye first looks for its place, nine tenths of that.
WORDS_A_SECOND = 238 / 60 * 0.9
# A number is read out as several words: "77,36 persen".
NUMBER_WORDS = 2.0
# What is set small is looked at, not read: sources, notes, units. CSS pixels, and what such words count.
SMALL_TYPE, SMALL_SHARE = 36.0, 0.4
# Before reading starts, and after the last word.
FINDING, HOLDING = 0.3, 1.0
SHORTEST = 2.4
_WORD = re.compile(r"\S+")
_NUMBER = re.compile(r"\d")


def words_in(text: str) -> float:
    """Return how many words a text is worth when it is read; numbers count as several."""
    return sum(NUMBER_WORDS if _NUMBER.search(word) else 1.0 for word in _WORD.findall(text))


def scene_seconds(texts: Sequence[tuple[str, float]], motion: float) -> float:
    """Return the seconds of a scene whose motion ends at `motion` seconds, from its texts and their sizes in pixels."""
    words = sum(words_in(text) * (SMALL_SHARE if size < SMALL_TYPE else 1.0) for text, size in texts)
    reading = FINDING + words / WORDS_A_SECOND
    return max(SHORTEST, reading + HOLDING, motion + HOLDING)
