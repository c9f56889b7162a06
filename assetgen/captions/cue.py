"""Hold captions: a cue is what stands on the screen between two times; what makes it hard to read is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assetgen.captions.pace import spoken_weight
from assetgen.errors import Place, Problem

# Times are whole thousandths, as in the files; so much too little is still as it should be.
TOLERANCE = 0.0011


@dataclass(frozen=True)
class Cue:
    """One caption: seconds from the beginning of the video, and its lines, whose words are parted by single spaces."""

    start: float
    end: float
    lines: tuple[str, ...]
    language: str = "id"

    @property
    def text(self) -> str:
        """Return the lines as one."""
        return " ".join(self.lines)

    @property
    def words(self) -> tuple[str, ...]:
        """Return the words in order."""
        return tuple(self.text.split())

    @property
    def seconds(self) -> float:
        """Return how long it stands."""
        return self.end - self.start

    @property
    def rate(self) -> float:
        """Return how many characters a second have to be read, spaces included."""
        return len(self.text) / self.seconds if self.seconds > 0 else float("inf")


@dataclass(frozen=True)
class Form:
    """What a cue may be: characters a line, lines, characters a second, and seconds that it stands and between cues."""

    line: int = 42
    lines: int = 2
    rate: float = 17.0
    shortest: float = 1.0
    longest: float = 6.0
    gap: float = 2 / 30


# A line of so many characters fits in the widest of the brands' fonts at the size of `captions.css`: 42 px of 1080 on
# tall and square videos, 36 px on flat ones. Longer lines would need smaller letters.
WIDE = Form()
SQUARE = Form(line=32)
VERTICAL = Form(line=28)
# Where a platform covers both sides of a tall video.
NARROW = Form(line=24)


def form_of(shape: str, narrow: bool = False) -> Form:
    """Return what suits a shape of placements: short lines on tall ones, shorter still in a narrow column."""
    if shape == "story":
        return NARROW if narrow else VERTICAL
    return WIDE if shape in {"wide", "landscape"} else SQUARE


def remarks(cues: Sequence[Cue], form: Form, place: Place = Place()) -> Iterator[Problem]:
    """Yield what makes cues hard to read: too fast, too short, too long, or more text than lines have room for."""
    for number, cue in enumerate(cues, 1):
        name = f"caption {number} ('{cue.text[:40]}')"
        if len(cue.text) > form.rate * (cue.seconds + TOLERANCE):
            needed = len(cue.text) / form.rate
            message = f"{name} has to be read at {cue.rate:.0f} characters a second, at most {form.rate:g} are readable"
            yield Problem(message, place, f"let it stand for {needed:.1f} s, or shorten it")
        elif cue.seconds + TOLERANCE < form.shortest:
            message = f"{name} stands for {cue.seconds:.2f} s, at least {form.shortest:g} are needed"
            yield Problem(message, place, "join it with its neighbour")
        if len(cue.lines) > form.lines or max(map(len, cue.lines), default=0) > form.line:
            message = f"{name} does not fit on {form.lines} lines of {form.line} characters"
            yield Problem(message, place, "part it into two captions")
    for number, (first, second) in enumerate(pairwise(cues), 2):
        if second.start < first.end:
            yield Problem(f"caption {number} begins before the one before it ends", place)


def word_times(cue: Cue) -> tuple[tuple[float, float], ...]:
    """Return from when to when each word of a cue is said, by its syllables and the pause behind its punctuation.

    The words follow each other without gaps from the start of the cue to its end.
    """
    weights = [max(spoken_weight(word, cue.language), 0.05) for word in cue.words]
    whole = sum(weights)
    times = [cue.start]
    for weight in weights:
        times.append(times[-1] + weight / whole * cue.seconds)
    return tuple(pairwise((*times[:-1], cue.end))) if weights else ()
