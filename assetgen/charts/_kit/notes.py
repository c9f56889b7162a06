"""Write a remark at one point of a chart: in the head, where nothing else stands, with a line down to its point."""

from __future__ import annotations

from dataclasses import dataclass

from assetgen.charts._kit.canvas import Canvas, Placed
from assetgen.charts._kit.chart import ChartKit
from assetgen.charts._kit.options import Options
from assetgen.charts._kit.rows import Data, Label
from assetgen.charts._kit.text import LEAST, Text, fit
from assetgen.errors import did_you_mean
from assetgen.look import TextStyle
from assetgen.model import Rectangle

WIDTH, BELOW = 0.5, 12.0


@dataclass(frozen=True, slots=True)
class Note:
    """A remark and the number of the category that it belongs to."""

    text: Text
    at: int

    @classmethod
    def of(cls, data: Data, options: Options, kit: ChartKit) -> Note | None:
        """Return the remark that the options ask for; raises LayoutError when its point is not there."""
        words, at = options.text("note"), options.text("note_at")
        if not words:
            return None
        names = [one.label.key for one in data.categories]
        if at.lower() not in names:
            hint = did_you_mean(at, (one.label.text for one in data.categories))
            raise kit.refuse(f"note_at names '{at[:60]}', which is not in the chart", hint)
        style = TextStyle(max(LEAST, kit.size - 4), kit.look.weight("body", 500))
        text = fit(Label.plain(words), WIDTH * kit.width, kit.ruler, style)
        if text is None:
            raise kit.refuse(f"the note '{words[:60]}' does not fit on two lines")
        return cls(text, names.index(at.lower()))

    @property
    def height(self) -> float:
        """Return the height that it needs above all else."""
        return self.text.height + BELOW

    def draw(self, canvas: Canvas, x: float, down_to: float, kit: ChartKit) -> None:
        """Write the remark as near above `x` as the edges allow, and draw the line down to its point."""
        half = self.text.width / 2
        middle = min(max(x, half), canvas.width - half)
        canvas.text(Placed(self.text, middle, 0, kit.palette.ink, "center"))
        if down_to > self.text.height + BELOW:
            canvas.rule(Rectangle(x - 1, self.text.height + 4, x + 1, down_to), kit.palette.muted)
