"""Foretell how a text would stand at another size or width, by its lines as they are.

Words are taken to be as wide as their letters are on average: what is foretold is where to look, and is measured then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assetgen.lines import is_inline, lines_among, lines_of, overhang
from assetgen.model import Box, Run

# Widths of letters that are far from the others, in hundredths: averages of the three bundled text families.
UNUSUAL = ((52, "ijlI.,:;'|!’"), (75, 'frtJ1()[]/-"'), (165, "mwMW@%—"))
USUAL, CAPITAL, SPACE = 105, 135, 40
# What is taken for the leading of a text of one line, as a share of its size.
LEADING = 1.3
# A text that sticks out by a pixel is taken to fit: engines round.
ROUNDING = 1.0


def letters_width(word: str) -> int:
    """Return about how wide a word is, in hundredths of a common small letter."""
    return sum(
        next((width for width, letters in UNUSUAL if one in letters), CAPITAL if one.isupper() else USUAL)
        for one in word
    )


def lines_needed(words: Sequence[float], width: float) -> int:
    """Return how many lines words take when each line is filled as far as it goes."""
    count, room = 0, 0.0
    for word in words:
        if word > room:
            count, room = count + 1, width
        room -= word
    return max(1, count)


@dataclass(frozen=True)
class _Paragraph:
    """Lines that follow each other: their number and distance, the words with their spaces, and the room for them."""

    lines: int
    pitch: float
    words: tuple[float, ...]
    space: float
    width: float

    @classmethod
    def of(cls, box: Box, runs: Sequence[Run]) -> _Paragraph:
        """Return the paragraph that pieces of text make in a box."""
        lines = lines_among(runs)
        apart = (lines[-1].bottom - lines[0].bottom) / (len(lines) - 1) if len(lines) > 1 else 0
        letters = [letters_width(word) + SPACE for run in runs for word in run.text.split()]
        # The last word of a run has no space behind it, or one that was taken off its line.
        unit = sum(run.rectangle.width for run in runs) / max(1, sum(letters) - SPACE * len(lines))
        room = max(box.rectangle.width, *(line.width for line in lines))
        words = tuple(width * unit for width in letters)
        return cls(len(lines), apart or lines[0].height * LEADING, words, SPACE * unit, room)

    def lines_at(self, share: float) -> int:
        """Return the lines that it would take at a share of its size; the space behind the last word needs no room."""
        return min(self.lines, lines_needed(self.words, self.width / share + self.space))


@dataclass(frozen=True)
class Forecast:
    """How high the text of an element would be at font sizes below the one that was measured; all in output pixels.

    `size` is the font size that was asked for, in CSS pixels; `between` the gaps between lines, which follow it, and
    `width` and `height` what there is room for: from the first line down, for what stands above it seldom follows.
    """

    size: float
    paragraphs: tuple[_Paragraph, ...]
    between: float
    width: float
    height: float
    longest: float

    @classmethod
    def of(cls, text: Sequence[Box], size: float) -> Forecast:
        """Return the forecast for the box of an element and those inside it, as they are at a size."""
        area, lines = text[0].rectangle, lines_of(text)
        paragraphs = tuple(_Paragraph.of(box, runs) for box, runs in _paragraphs(text))
        pieces = ((piece, run) for box in text for run in box.runs for piece in (run.rectangle, box.rectangle))
        below = max(overhang(piece, area, run.rectangle.height)[1] for piece, run in pieces)
        above = max(0.0, min(box.rectangle.top for box in text if box.runs) - area.top)
        between = area.height - above + below - sum(one.pitch * one.lines for one in paragraphs)
        longest = max(line.right for line in lines) - area.left
        return cls(size, paragraphs, between, area.width, area.height - above, longest)

    def over_at(self, size: float) -> float:
        """Return by how much the text would stick out below at a font size; room that is left is negative."""
        return self.height_at(size) - self.height

    def height_at(self, size: float) -> float:
        """Return how high the text would be at a font size."""
        share = size / self.size
        return share * (self.between + sum(one.pitch * one.lines_at(share) for one in self.paragraphs))

    def fits(self, size: float) -> bool:
        """Tell whether the text would keep to its element at a font size."""
        narrow = size * self.longest <= self.size * max(1.0, self.width)
        return narrow and self.over_at(size) <= ROUNDING


def _paragraphs(text: Sequence[Box]) -> list[tuple[Box, list[Run]]]:
    """Return the boxes in which lines stand, each with its text; what is inline counts to the box around it."""
    found: dict[int, tuple[Box, list[Run]]] = {}
    for box in text:
        if box.runs:
            around = found.get(box.parent) if box.parent is not None and is_inline(box) else None
            found[box.element] = around or (box, [])
            found[box.element][1].extend(box.runs)
    return [(box, runs) for number, (box, runs) in found.items() if number == box.element]
