"""Draw a chart by the name of its kind: rows, options and the look of a brand go in, a frozen `Chart` comes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any, cast

from markupsafe import Markup

from assetgen import parts
from assetgen.charts._kit.canvas import Canvas
from assetgen.charts._kit.colours import GROUNDS, Palette, palette_of
from assetgen.charts._kit.options import Options
from assetgen.charts._kit.rows import Row, read_rows
from assetgen.errors import LayoutError
from assetgen.locale import format_number
from assetgen.look import Look, Ruler

# Width and height in CSS pixels, when a layout says none, and the size of labels.
SIZES: Mapping[str, tuple[int, int, int]] = MappingProxyType(
    {
        "portrait": (912, 760, 34),
        "square": (912, 600, 34),
        "story": (912, 900, 34),
        "wide": (560, 420, 28),
        "landscape": (540, 330, 28),
    }
)
LEAST_SIZE, MOST_SIZE = 120, 2400


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawn chart: its markup, its alt text in sentences (the most important first), and how many marks it has.

    In the markup, marks carry `data-mark="1"` and up in the order of reveal; all else carries `data-frame`. `below` is
    the height that a note wants below the chart, when it found no room beside its mark.
    """

    markup: Markup
    alt: tuple[Markup, ...]
    marks: int
    below: float = 0


@dataclass(frozen=True, slots=True)
class ChartKit:
    """What a chart knows beside its rows and options: the brand, the language, the shape, its ground and its size.

    `strip` is a height below its own that a note has for itself; `unwritten` says that the note is only told.
    """

    kind: str
    look: Look
    language: str
    shape: str
    palette: Palette
    width: float
    height: float
    size: float
    icons: tuple[Path, ...] = ()
    strip: float = 0
    unwritten: bool = False

    @property
    def ruler(self) -> Ruler:
        """Return the ruler of the brand's fonts."""
        return self.look.ruler

    @property
    def flat(self) -> bool:
        """Tell whether the shape is wide and low, so that there is little height."""
        return self.shape in {"wide", "landscape", "banner"}

    def canvas(self) -> Canvas:
        """Return an empty canvas of the chart's size, with the strip of a note."""
        return Canvas(self.width, self.height + self.strip, self.ruler)

    def plain(self, number: int) -> str:
        """Return a whole number as text."""
        return format_number(Decimal(number), self.language)

    def radius(self, thickness: float, sides: str = "all") -> str:
        """Return the CSS radius of a bar: the brand's, at most half its thickness, only at the end it grows to.

        `sides` is all, right, left, top or bottom.
        """
        length = min(self.look.pixels("radius-bar", 0), thickness / 2)
        corners = {"right": "0110", "left": "1001", "top": "1100", "bottom": "0011"}.get(sides, "1111")
        return " ".join(f"{length:g}px" if corner == "1" else "0" for corner in corners) if length else "0"

    def refuse(self, reason: str, hint: str = "give the chart a larger box, or fewer and shorter names") -> LayoutError:
        """Return the error of a chart that cannot be drawn honestly."""
        return LayoutError(f"chart('{self.kind}', …): {reason}", hint=hint)


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a chart is drawn: the brand's look, the language, the placement's shape, the user's own icons."""

    look: Look
    language: str = "id"
    shape: str = "portrait"
    icons: tuple[Path, ...] = ()


def draw_chart(kind: str, rows: Any, given: Mapping[str, Any], setting: Setting) -> Chart:
    """Return a chart; raises UsageError for a kind that there is not, LayoutError for what cannot be drawn."""
    part, options, kit = _asked(kind, given, setting)
    return _drawn(part, read_rows(kind, rows), options, kit)


def _drawn(part: ModuleType, rows: Sequence[Row], options: Options, kit: ChartKit) -> Chart:
    """Return a chart; one whose note found no room is drawn once more, lower, over a strip for its note.

    Where it would be too low for that, it is drawn without its note, which then only its words tell: a remark is worth
    less than the figures. Raises LayoutError for what cannot be drawn even so.
    """
    if not options.text("note"):
        return cast("Chart", part.draw(rows, options, kit))
    try:
        chart: Chart = part.draw(rows, options, kit)
        if not chart.below:
            return chart
        over = replace(kit, height=kit.height - chart.below, strip=chart.below)
        return cast("Chart", part.draw(rows, options, over))
    except LayoutError:  # raised again by what has nothing to do with the note
        return cast("Chart", part.draw(rows, options, replace(kit, unwritten=True)))


def tell_chart(kind: str, rows: Any, given: Mapping[str, Any], setting: Setting) -> tuple[Markup, ...]:
    """Return what a chart says in words, the most important first; raises as `draw_chart`.

    A kind that takes long to draw has a function `say` that says the same without drawing.
    """
    part, options, kit = _asked(kind, given, setting)
    if say := getattr(part, "say", None):
        return cast("tuple[Markup, ...]", say(read_rows(kind, rows), options, kit))
    return _drawn(part, read_rows(kind, rows), options, kit).alt


def _asked(kind: str, given: Mapping[str, Any], setting: Setting) -> tuple[ModuleType, Options, ChartKit]:
    """Return the part of a kind, and what it is called with."""
    part = parts.load("charts", str(kind))
    options = Options.check(kind, given, part.OPTIONS)
    width, height, size = SIZES.get(setting.shape, SIZES["portrait"])
    kit = ChartKit(
        kind=kind,
        look=setting.look,
        language=setting.language,
        shape=setting.shape,
        palette=palette_of(setting.look, options.choice("ground", GROUNDS)),
        width=options.count("width", width, LEAST_SIZE, MOST_SIZE),
        height=options.count("height", height, LEAST_SIZE, MOST_SIZE),
        size=size,
        icons=setting.icons,
    )
    return part, options, kit


def alt_text(sentences: Sequence[Markup], limit: int) -> Markup:
    """Return the sentences of a chart that fit the limit: the first always, the others while there is room.

    Numbers and dates in them are facts; the limit counts the text without its markup.
    """
    told, left = [sentences[0]], limit - len(sentences[0].striptags())
    for sentence in sentences[1:]:
        length = len(sentence.striptags()) + 1
        if length <= left:
            told.append(sentence)
            left -= length
    return Markup(" ").join(told)
