"""Tell how long a scene must stand: its words are read once without haste, its motion ends, its last word stays."""

from __future__ import annotations

from collections.abc import Sequence

from assetgen.captions import reading_seconds

# Headlines are read; what is set smaller is looked through: details, and at last sources, notes and units. From so many
# CSS pixels on a text counts so much. Where no type is that large, the largest is what is read, such as a long quote.
LARGE, LEAST_LARGE, NEARLY = 56.0, 44.0, 0.95
READ, LOOKED_THROUGH, SEEN = 1.0, 0.3, 0.1
SMALL = 36.0
# So long everything stands that came last.
HOLDING = 0.8
SHORTEST = 2.4


def scene_seconds(texts: Sequence[tuple[str, float]], motion: float, language: str) -> float:
    """Return the seconds of a scene whose motion ends at `motion` seconds, from its texts and their sizes in pixels."""
    return max(SHORTEST, reading_time(texts, language) + HOLDING, motion + HOLDING)


def reading_time(texts: Sequence[tuple[str, float]], language: str) -> float:
    """Return the seconds that texts take to read, each with its size in CSS pixels; an empty one is known already."""
    largest = max((size for _, size in texts), default=0.0)
    large = max(LEAST_LARGE, min(LARGE, NEARLY * largest))
    reading, upper = 0.0, float("inf")
    for lower, weight in ((large, READ), (SMALL, LOOKED_THROUGH), (0.0, SEEN)):
        said = " ".join(text for text, size in texts if lower <= size < upper)
        reading, upper = reading + weight * reading_seconds(said, language), lower
    return reading
