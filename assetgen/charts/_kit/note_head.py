"""Write the note of a column in the head of the chart, where nothing else stands, with a line down to its column."""

from __future__ import annotations

from dataclasses import dataclass

from assetgen.charts._kit.canvas import Canvas, Placed
from assetgen.charts._kit.chart import ChartKit
from assetgen.charts._kit.note_places import note_style
from assetgen.charts._kit.notes import note_at, words_of
from assetgen.charts._kit.options import Options
from assetgen.charts._kit.rows import Data, Label
from assetgen.charts._kit.text import Text, fit
from assetgen.model import Rectangle

WIDTH, BELOW = 0.5, 12.0


@dataclass(frozen=True, slots=True)
class HeadNote:
    """A note and the number of the category that it belongs to."""

    text: Text
    at: int

    @classmethod
    def of(cls, data: Data, options: Options, kit: ChartKit) -> HeadNote | None:
        """Return the note at a column; None where it is about no column, or stands below the chart."""
        words, at = words_of(options), note_at(options) or ", ".join(options.names("highlight"))
        names = [name.strip().lower() for one in data.categories for name in (one.label.key, one.label.text)]
        if not words or kit.strip or kit.unwritten or at.lower() not in names:
            return None
        text = fit(Label.plain(words), WIDTH * kit.width, kit.ruler, note_style(kit))
        return cls(text, names.index(at.lower()) // 2) if text else None

    @property
    def height(self) -> float:
        """Return the height that it needs above all else."""
        return self.text.height + BELOW

    def draw(self, canvas: Canvas, x: float, down_to: float, kit: ChartKit) -> None:
        """Write the note as near above `x` as the edges allow, and draw the line down to its column."""
        half = self.text.width / 2
        middle = min(max(x, half), canvas.width - half)
        canvas.text(Placed(self.text, middle, 0, kit.palette.ink, "center"))
        canvas.noted = True
        if down_to > self.text.height + BELOW:
            canvas.rule(Rectangle(x - 1, self.text.height + 4, x + 1, down_to), kit.palette.muted)
