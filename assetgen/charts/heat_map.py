"""A table of colours: rows against columns, the number in its cell where it fits, else a scale below.

Colours run evenly from near the ground to the data colour; where numbers lie on both sides of zero, from the accent
over a quiet middle. A missing value is hatched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from assetgen.charts._kit.alt import closing, opening
from assetgen.charts._kit.canvas import Canvas, Placed
from assetgen.charts._kit.chart import Chart, ChartKit
from assetgen.charts._kit.colours import diverging, readable, sequential
from assetgen.charts._kit.foot import Legend, foot
from assetgen.charts._kit.notes import finished, within
from assetgen.charts._kit.numbers import Writer, writer_for
from assetgen.charts._kit.options import Options
from assetgen.charts._kit.rest import Kept
from assetgen.charts._kit.rows import Data, Label, Row, read_many
from assetgen.charts._kit.text import LEAST, Text, fit_all, one_line
from assetgen.charts._kit.words import sentence
from assetgen.charts._series.plot import note_style
from assetgen.charts._series.reading import read_columns, with_mine
from assetgen.look import TextStyle
from assetgen.model import Rectangle

OPTIONS = {
    "series": "columns with numbers, one a column of the map; or one column whose values name the column of each row",
    "names": "shown names of those columns, in the same order",
    "highlight": "label of a row, or list of labels, whose name is set strong",
    "classes": "how many steps of colour there are, from 3 to 9; 7 when left out",
}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun")
SAMPLE = {
    "rows": [
        {"label": name, **dict(zip(MONTHS, values, strict=True))}
        for name, values in (
            ("Kota Sagara", (212, 248, 301, 264, 187, 96)),
            ("Kab. Lentera Utara", (88, 97, 120, 131, 90, 51)),
            ("Kab. Lentera Timur", (45, 62, 71, 66, None, 30)),
            ("Kab. Pulau Panjang", (19, 24, 40, 38, 22, 12)),
            ("Kab. Teluk Biru", (130, 142, 170, 158, 101, 64)),
        )
    ],
    "options": {
        "series": list(MONTHS),
        "highlight": "Kota Sagara",
        "subject": "Kasus demam berdarah menurut kabupaten/kota dan bulan, 2025",
    },
}
GAP, BESIDE, LEAST_CELL = 4.0, 18.0, 24.0
SCALE_HEIGHT = 22.0
# Shares of the width that names may take: narrow with two lines first, wide with one line where rows are low.
NAME_SHARES = (0.32, 0.4, 0.5, 0.6)


@dataclass(frozen=True)
class Grid:
    """Where the cells stand, what is written beside and above them, and how they are coloured."""

    area: Rectangle
    rows: tuple[Text, ...]
    columns: tuple[Text | None, ...]
    colours: tuple[str, ...]
    edges: tuple[Decimal, Decimal]
    size: float | None

    def cell(self, data: Data, row: int, column: int) -> Rectangle:
        """Return the area of a cell."""
        width = self.area.width / len(data.series)
        height = self.area.height / len(data.categories)
        left, top = self.area.left + column * width, self.area.top + row * height
        return Rectangle(left + GAP / 2, top + GAP / 2, left + width - GAP / 2, top + height - GAP / 2)

    def colour(self, number: Decimal) -> str:
        """Return the colour of a number: one of even steps between the lowest and the highest."""
        low, high = self.edges
        share = float((number - low) / (high - low)) if high > low else 0.5
        return self.colours[min(int(share * len(self.colours)), len(self.colours) - 1)]


def draw(rows: Sequence[Row], options: Options, kit: ChartKit) -> Chart:
    """Return the chart; raises LayoutError when names or cells have no room."""
    data = _read(rows, options)
    writer = writer_for(data.numbers, options, kit.language)
    low = foot(Kept(data), kit)
    canvas = kit.canvas()
    grid = _grid(data, writer, low, options, kit)
    _draw_names(canvas, grid, data, kit)
    _draw_cells(canvas, grid, data, writer, kit)
    if grid.size is None and data.numbers:
        _draw_scale(canvas, grid, writer, low, kit)
    low.draw(canvas, kit.height - low.height + 18, kit.palette.muted)
    name = "Peta panas" if kit.language == "id" else "Heat map"
    return finished(canvas, _sentences(name, data, options, writer), options, kit)


def _read(rows: Sequence[Row], options: Options) -> Data:
    """Return the data; `highlight` names rows, also where one column names the columns of the map."""
    if isinstance(options.given.get("series"), (list, tuple)):
        columns = options.names("series")
        return read_columns(rows, columns, options.names("names") or columns, options)
    given = {name: one for name, one in options.given.items() if name != "highlight"}
    return with_mine(read_many(rows, Options(options.kind, given)), options)


def _grid(data: Data, writer: Writer, low: Legend, options: Options, kit: ChartKit) -> Grid:
    """Return the grid with numbers in its cells if they fit, else with a scale below it."""
    for numbered in (True, False):
        scale = 0.0 if numbered else 1.18 * note_style(kit).size + 14
        grid = _placed(data, low.height + scale, options, kit)
        if not numbered:
            return grid
        size = _number_size(data, grid, writer, kit)
        if size is not None:
            return Grid(grid.area, grid.rows, grid.columns, grid.colours, grid.edges, size)
    raise AssertionError("the second turn returns")


def _placed(data: Data, below: float, options: Options, kit: ChartKit) -> Grid:
    labels = [one.label for one in data.categories]
    for share in NAME_SHARES:
        names = fit_all(labels, kit.width * share, kit.ruler, note_style(kit)) or []
        left = max((text.width for text in names), default=kit.width) + BESIDE
        width = (kit.width - left) / len(data.series)
        columns = _columns(data, width, kit) if width >= LEAST_CELL else None
        top = max((text.height for text in columns or () if text), default=0) + 8
        area = Rectangle(left, top, kit.width, kit.height - below)
        least = max([LEAST_CELL, *(text.height + 2 for text in names)])
        if columns and area.height / len(data.categories) >= least:
            colours, edges = _scale(data, options.count("classes", 7, 3, 9), kit)
            return Grid(area, tuple(names), columns, colours, edges, None)
    raise kit.refuse(f"{len(data.categories)} rows and {len(data.series)} columns have no room for their names")


def _columns(data: Data, width: float, kit: ChartKit) -> tuple[Text | None, ...] | None:
    """Return the names of columns; where they are too many, every second, third … counted from the last."""
    style = note_style(kit)
    texts = fit_all(list(data.series), width - 6, kit.ruler, style)
    if texts:
        return tuple(texts)
    lines = [one_line(label, kit.ruler, style) for label in data.series]
    step = int((max(text.width for text in lines) + 16) / width) + 1
    if step > 4:
        return None
    last = len(lines) - 1
    return tuple(text if (last - number) % step == 0 else None for number, text in enumerate(lines))


def _scale(data: Data, count: int, kit: ChartKit) -> tuple[tuple[str, ...], tuple[Decimal, Decimal]]:
    numbers = data.numbers or (Decimal(0),)
    low, high = min(numbers), max(numbers)
    if low < 0 < high:
        reach = max(-low, high)
        return diverging(kit.palette, count | 1), (-reach, reach)
    return sequential(kit.palette, count), (low, high)


def _number_size(data: Data, grid: Grid, writer: Writer, kit: ChartKit) -> float | None:
    """Return the largest size at which every number fits its cell; None when not even the least does."""
    cell = grid.cell(data, 0, 0)
    known = [point for point in data.points if point.number is not None]
    for size in range(int(kit.size), int(LEAST) - 1, -2):
        style = TextStyle(float(size), kit.look.weight("body", 600))
        widest = max((kit.ruler.width(writer.label(point).text, style) for point in known), default=0)
        if widest <= cell.width - 10 and size * 1.18 <= cell.height - 2:
            return float(size)
    return None


def _draw_names(canvas: Canvas, grid: Grid, data: Data, kit: ChartKit) -> None:
    for number, (one, text) in enumerate(zip(data.categories, grid.rows, strict=True)):
        cell = grid.cell(data, number, 0)
        strong = TextStyle(text.style.size, kit.look.weight("body", 700)) if one.mine else text.style
        wide = max(kit.ruler.width(Label.plain(line.striptags()).text, strong) for line in text.lines)
        shown = Text(text.lines, wide, strong) if wide <= grid.area.left - 4 else text
        ink = kit.palette.ink if one.mine or not data.highlighted else kit.palette.muted
        canvas.middle(Placed(shown, grid.area.left - BESIDE, (cell.top + cell.bottom) / 2, ink, "right"))
    for number, column in enumerate(grid.columns):
        if column:
            cell = grid.cell(data, 0, number)
            half = column.width / 2
            middle = min(max((cell.left + cell.right) / 2, half), kit.width - half)
            canvas.text(Placed(column, middle, grid.area.top - 8 - column.height, kit.palette.muted, "center"))


def _draw_cells(canvas: Canvas, grid: Grid, data: Data, writer: Writer, kit: ChartKit) -> None:
    for row, one in enumerate(data.categories):
        for column, point in enumerate(one.points):
            cell = grid.cell(data, row, column)
            if point.number is None:
                mark = canvas.hatch(cell, kit.palette.muted)
            else:
                mark = canvas.box(cell, grid.colour(point.number), "fade")
            for name in (one.label, data.series[column], within(one.label, data.series[column])):
                canvas.spot(name, cell, mark)
            if point.number is not None:
                _draw_number(canvas, grid, cell, writer.label(point), (kit, mark))


def _draw_number(canvas: Canvas, grid: Grid, cell: Rectangle, label: Label, owner: tuple[ChartKit, int]) -> None:
    kit, mark = owner
    if grid.size is None:
        return
    value = label.value.data
    ground = grid.colour(value if isinstance(value, Decimal) else Decimal(0))
    ink = readable(ground, (kit.palette.ink, kit.palette.on_data, kit.palette.ground, "#000000", "#ffffff"))
    text = one_line(label, kit.ruler, TextStyle(grid.size, kit.look.weight("body", 600)))
    canvas.middle(Placed(text, (cell.left + cell.right) / 2, (cell.top + cell.bottom) / 2, ink, "center", mark))


def _draw_scale(canvas: Canvas, grid: Grid, writer: Writer, low: Legend, kit: ChartKit) -> None:
    """Draw the steps of colour with the lowest and the highest number at their ends."""
    style = note_style(kit)
    top = kit.height - low.height - (1.18 * style.size + SCALE_HEIGHT) / 2 - 2
    ends = [one_line(Label.plain(writer.text(number)), kit.ruler, style) for number in grid.edges]
    left = grid.area.left
    width = min(grid.area.width - ends[0].width - ends[1].width - 24, 60.0 * len(grid.colours))
    middle = top + SCALE_HEIGHT / 2
    canvas.middle(Placed(ends[0], left, middle, kit.palette.muted))
    start, step = left + ends[0].width + 12, width / len(grid.colours)
    for number, colour in enumerate(grid.colours):
        canvas.swatch(
            Rectangle(start + number * step, top, start + (number + 1) * step - 2, top + SCALE_HEIGHT), colour
        )
    canvas.middle(Placed(ends[1], start + width + 12, middle, kit.palette.muted))


def _sentences(name: str, data: Data, options: Options, writer: Writer) -> tuple[Markup, ...]:
    """Return the highest and the lowest cell of all, and the highest of each highlighted row."""
    cells = [
        (point, Markup("{}, {}").format(one.label.markup, label.markup), one.mine)
        for one in data.categories
        for point, label in zip(one.points, data.series, strict=True)
        if point.number is not None
    ]
    cells.sort(key=lambda cell: cell[0].number or 0)
    mine = [cell for cell in cells if cell[2]][-1:]
    told = [
        sentence(key, writer.language, label=label, value=writer.label(point, unit=True).markup)
        for key, (point, label, _) in zip(("highest", "lowest", "own"), [*cells[-1:], *cells[:1], *mine], strict=False)
    ]
    return (opening(name, options), *dict.fromkeys(told), *closing(Kept(data), options, writer.language))
