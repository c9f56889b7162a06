"""Set the labels of parts: a part and the room for it go in, its number and its name come out as measured lines."""

from __future__ import annotations

from dataclasses import dataclass

from assetgen.charts._kit.canvas import Anchor, Canvas, Placed
from assetgen.charts._kit.chart import ChartKit
from assetgen.charts._kit.colours import mix
from assetgen.charts._kit.shares import Part, Whole
from assetgen.charts._kit.text import LEAST, Text, fit, one_line
from assetgen.look import TextStyle

# Numbers are this much larger than the names beside them.
LARGER, BESIDE = 1.3, 10.0


@dataclass(frozen=True, slots=True)
class PartLabel:
    """The number of a part, its name, and a second number where both are shown: one below the other, or on one line."""

    texts: tuple[Text, ...]
    inline: bool = False

    @property
    def width(self) -> float:
        """Return the width of the longest line."""
        widths = [text.width for text in self.texts]
        return sum(widths) + BESIDE * (len(widths) - 1) if self.inline else max(widths)

    @property
    def height(self) -> float:
        """Return the height of all lines."""
        return self.texts[0].height if self.inline else sum(text.height for text in self.texts)

    def draw(
        self, canvas: Canvas, place: tuple[float, float, Anchor], colours: tuple[str, str], of: int | None
    ) -> None:
        """Write the lines from (x, top) downwards; `colours` are those of the number and of the rest."""
        x, top, anchor = place
        for number, text in enumerate(self.texts):
            canvas.text(Placed(text, x, top, colours[min(number, 1)], anchor, of))
            if self.inline:
                x += text.width + BESIDE
            else:
                top += text.height


def part_label(
    part: Part, whole: Whole, kit: ChartKit, room: tuple[float, float], lines: int = 3, larger: float = LARGER
) -> PartLabel | None:
    """Return the label of a part within (width, font size of the name); None when it does not fit.

    `larger` is how many times as large as the name the number is set.
    """
    width, size = room
    style = TextStyle(size, kit.look.weight("body", 600 if part.mine else 500))
    name = fit(part.label, width, kit.ruler, style, lines)
    if name is None:
        return None
    first, *more = whole.numbers(part)
    large = size if part.missing else round(size * larger)
    strong = TextStyle(large, kit.look.weight("body", 500 if part.missing else 700))
    texts = [one_line(first, kit.ruler, strong)] if not part.missing else [name, one_line(first, kit.ruler, strong)]
    if not part.missing:
        texts += [name, *(one_line(label, kit.ruler, style) for label in more)]
    return PartLabel(tuple(texts)) if max(text.width for text in texts) <= width else None


def sizes_of(kit: ChartKit, more: int = 0) -> list[float]:
    """Return the font sizes that are tried for names, the largest first."""
    largest = round(kit.size + more)
    return [float(size) for size in (*range(largest, int(LEAST), -2), int(LEAST))]


def part_colours(whole: Whole, kit: ChartKit, keyed: bool = False) -> tuple[str, ...]:
    """Return the colour of each part: the highlighted one and grey, else a ramp from the data colour, largest first.

    What was summed is grey; missing parts are hatched in the quiet ink. `keyed` makes the greys differ, for charts
    whose names stand in a list and not at their parts.
    """
    palette = kit.palette
    plain = [part for part in whole.known if not part.mine and not part.rest]
    first, last, count = palette.data, 0.36 if len(plain) > 2 else 0.5, max(len(plain) - 1, 1)
    if whole.highlighted:
        first, last, count = mix(palette.soft, palette.ink, 0.66) if keyed else palette.soft, 0.36, max(len(plain), 1)
    steps = [1 - (1 - last) * number / count for number in range(len(plain))]
    flat = whole.highlighted and not keyed
    ramp = {
        id(part): first if flat else mix(first, palette.ground, step) for part, step in zip(plain, steps, strict=True)
    }
    rest = mix(first if keyed and whole.highlighted else palette.soft, palette.ground, last if keyed else 0.6)
    colours = {"mine": palette.data, "rest": rest, "missing": palette.muted}
    kinds = ("missing" if one.missing else "mine" if one.mine else "rest" for one in whole.parts)
    return tuple(ramp.get(id(part), colours[kind]) for part, kind in zip(whole.parts, kinds, strict=True))
