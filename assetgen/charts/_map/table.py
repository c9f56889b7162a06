"""List the highest and lowest regions below a map, in two columns: place, colour of its class, name and number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assetgen.charts._kit.canvas import Canvas, Placed
from assetgen.charts._kit.chart import ChartKit
from assetgen.charts._kit.numbers import Writer
from assetgen.charts._kit.rows import Label
from assetgen.charts._kit.text import LEAST, Text, fit, one_line
from assetgen.charts._map.regions import Place, Story
from assetgen.charts._map.words import map_word
from assetgen.look import TextStyle
from assetgen.model import Rectangle

SWATCH, INDENT, BETWEEN, LEAST_COLUMN = 22.0, 14.0, 56.0, 380.0
MOST = 5


@dataclass(frozen=True)
class Ranked:
    """The places of the two columns, highest first; the second is empty where there is no width for it."""

    highest: tuple[Place, ...]
    lowest: tuple[Place, ...]

    @property
    def rows(self) -> int:
        """Return the number of rows below the headings."""
        return max(len(self.highest), len(self.lowest))


def row_height(kit: ChartKit) -> float:
    """Return the height of a row."""
    return float(round(max(LEAST, kit.size - 4) * 1.6))


def ranked(story: Story, height: float, writer: Writer, kit: ChartKit) -> Ranked | None:
    """Return what a list of that height holds: as many highest as lowest, five at most, none twice.

    The highest alone where two columns have no room for the names; None where there is no room for two rows.
    """
    rows = min(int(height / row_height(kit)) - 1, MOST)
    known = story.known
    half = min(rows, len(known) // 2)
    tables = [Ranked(known[:half], known[-half:])] if half >= 2 and kit.width >= 2 * LEAST_COLUMN + BETWEEN else []
    tables += [Ranked(known[:rows], ())] if min(rows, len(known)) >= 2 else []
    return next((table for table in tables if _fits(table, writer, kit)), None)


def _fits(table: Ranked, writer: Writer, kit: ChartKit) -> bool:
    width = _column_width(table, kit)
    return all(_row(place, width - SWATCH - INDENT, writer, kit)[1] for place in (*table.highest, *table.lowest))


def _column_width(table: Ranked, kit: ChartKit) -> float:
    return (kit.width - BETWEEN) / 2 if table.lowest else kit.width


def _row(place: Place, width: float, writer: Writer, kit: ChartKit) -> tuple[Text, Text | None]:
    """Return the number of a place and its name, in its short form where it is long; no name when neither fits."""
    size = max(LEAST, kit.size - 4)
    plain = TextStyle(size, kit.look.weight("body", 400))
    strong = TextStyle(size, kit.look.weight("body", 600))
    label = writer.label(place.category.point) if place.category else Label.plain("")
    value = one_line(label, kit.ruler, strong)
    texts = (place.name,) if kit.language == "en" else (place.name, place.short)
    names = (fit(Label.plain(text), width - value.width - 20, kit.ruler, plain, 1) for text in texts)
    return value, next((text for text in names if text), None)


def draw_ranked(
    canvas: Canvas, table: Ranked, top: float, paint: Callable[[Decimal], str] | None, writer: Writer, kit: ChartKit
) -> None:
    """Draw the two columns from `top` downwards; `paint` gives the colour of a class, where there are classes."""
    columns = [("highest", table.highest)] + ([("lowest", table.lowest)] if table.lowest else [])
    width = _column_width(table, kit)
    for number, (key, places) in enumerate(columns):
        left = number * (width + BETWEEN)
        _column(canvas, Rectangle(left, top, left + width, kit.height), key, places, (paint, writer, kit))


def _column(
    canvas: Canvas,
    area: Rectangle,
    key: str,
    places: Sequence[Place],
    with_what: tuple[Callable[[Decimal], str] | None, Writer, ChartKit],
) -> None:
    paint, writer, kit = with_what
    size, height, palette = max(LEAST, kit.size - 4), row_height(kit), kit.palette
    head = TextStyle(size, kit.look.weight("body", 700))
    title = one_line(Label.plain(map_word(key, kit.language)), kit.ruler, head)
    canvas.middle(Placed(title, area.left, area.top + height / 2, palette.ink))
    for number, place in enumerate(places, 1):
        line = area.top + number * height
        middle = line + height / 2
        canvas.rule(Rectangle(area.left, line - 1, area.right, line + 1), palette.line)
        if place.category is None or place.number is None:
            continue
        indent = SWATCH + INDENT if paint else 0
        value, name = _row(place, area.width - indent, writer, kit)
        if name is None:
            raise kit.refuse(f"the name '{place.name[:60]}' is too long for the list")
        canvas.middle(Placed(value, area.right, middle, palette.ink, "right"))
        if paint:
            square = Rectangle(area.left, middle - SWATCH / 2, area.left + SWATCH, middle + SWATCH / 2)
            canvas.swatch(square, paint(place.number))
        canvas.middle(Placed(name, area.left + indent, middle, palette.ink))
