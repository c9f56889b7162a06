"""Set the foot of a chart: what its signs mean and what it leaves out, in as many lines as that takes."""

from __future__ import annotations

from dataclasses import dataclass

from assetgen.charts._kit.canvas import Canvas, Placed
from assetgen.charts._kit.chart import ChartKit
from assetgen.charts._kit.rest import Kept
from assetgen.charts._kit.rows import Label
from assetgen.charts._kit.text import LEAST, Text, fit
from assetgen.charts._kit.words import word
from assetgen.look import TextStyle
from assetgen.model import Rectangle

SWATCH, GAP, BETWEEN, ABOVE = 28.0, 12.0, 36.0, 18.0


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a legend: its words, and the colour of its swatch; `hatched` for missing values."""

    text: Text
    colour: str = ""
    hatched: bool = False

    @property
    def width(self) -> float:
        """Return the width with the swatch."""
        return self.text.width + (SWATCH + GAP if self.colour else 0)


@dataclass(frozen=True, slots=True)
class Legend:
    """Rows of entries that fit a width."""

    rows: tuple[tuple[Entry, ...], ...]

    @property
    def height(self) -> float:
        """Return the height of all rows, with the space that parts them from the chart; 0 when there are none."""
        return sum(self._row_height(row) for row in self.rows) + (ABOVE if self.rows else 0)

    @staticmethod
    def _row_height(row: tuple[Entry, ...]) -> float:
        return max(entry.text.height for entry in row) + 4

    def draw(self, canvas: Canvas, top: float, ink: str) -> None:
        """Draw the rows from `top` downwards."""
        for row in self.rows:
            canvas.keep_clear(Rectangle(0, top, canvas.width, top + self._row_height(row)))
            left = 0.0
            for entry in row:
                middle = top + entry.text.leading / 2
                if entry.colour:
                    area = Rectangle(left, middle - SWATCH / 2 + 2, left + SWATCH, middle + SWATCH / 2 - 2)
                    canvas.swatch(area, entry.colour, entry.hatched)
                canvas.text(Placed(entry.text, left + entry.width - entry.text.width, top, ink))
                left += entry.width + BETWEEN
            top += self._row_height(row)


def legend(entries: list[tuple[Label, str, bool]], kit: ChartKit, weight: int = 500) -> Legend:
    """Return entries (words, colour of the swatch or "", hatched) set in rows as wide as the chart."""
    style = TextStyle(max(LEAST, kit.size - 4), kit.look.weight("body", weight))
    made = []
    for label, colour, hatched in entries:
        room = kit.width - (SWATCH + GAP if colour else 0)
        text = fit(label, room, kit.ruler, style, lines=3)
        if text is None:
            raise kit.refuse(f"the legend entry '{label.text[:60]}' is too long")
        made.append(Entry(text, colour, hatched))
    rows: list[list[Entry]] = []
    for entry in made:
        used = sum(one.width + BETWEEN for one in rows[-1]) if rows else 0
        if rows and used + entry.width <= kit.width:
            rows[-1].append(entry)
        else:
            rows.append([entry])
    return Legend(tuple(map(tuple, rows)))


def foot(kept: Kept, kit: ChartKit, extra: tuple[str, ...] = (), hatched: bool = True) -> Legend:
    """Return what a chart must say below itself: hatching, asterisks, what was cut, and `extra` sentences."""
    data, language = kept.data, kit.language
    entries: list[tuple[Label, str, bool]] = []
    if data.missing and hatched:
        entries.append((Label.plain(word("not-available", language)), kit.palette.muted, True))
    entries += [(Label.plain(f"{sign} {word(sign, language)}"), "", False) for sign in data.signs]
    if kept.dropped:
        entries.append((Label.plain(word("not-shown", language, n=kit.plain(kept.dropped))), "", False))
    entries += [(Label.plain(text), "", False) for text in extra]
    return legend(entries, kit)
