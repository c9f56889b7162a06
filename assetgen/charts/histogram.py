"""How many rows lie in each class of a number: columns without gaps, round edges below, counts above.

The width of classes follows Freedman and Diaconis, or Sturges, or is given by `edges`. Missing values are counted
below, never as zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate, pairwise

from markupsafe import Markup

from assetgen.charts._kit.alt import closing, opening
from assetgen.charts._kit.canvas import Canvas, Placed
from assetgen.charts._kit.chart import Chart, ChartKit
from assetgen.charts._kit.foot import Legend, foot
from assetgen.charts._kit.notes import finished
from assetgen.charts._kit.numbers import Writer, writer_for
from assetgen.charts._kit.options import Options
from assetgen.charts._kit.rest import Kept
from assetgen.charts._kit.rows import Data, Label, Row
from assetgen.charts._kit.scales import Linear
from assetgen.charts._kit.text import LEAST, Text, fit, one_line
from assetgen.charts._series.bins import counts_in, edges_of
from assetgen.charts._series.plot import note_style
from assetgen.charts._series.reading import read_columns
from assetgen.charts._series.steps import axis_of
from assetgen.facts import fact, number_value
from assetgen.locale import format_number
from assetgen.look import TextStyle
from assetgen.model import Cell, Rectangle, Value

OPTIONS = {
    "bins": "how classes are chosen: freedman-diaconis (default) or sturges",
    "edges": "edges of the classes, instead: [0, 5, 10, 15]; they must hold all numbers",
    "highlight": "label of a row: the class that holds it is in the accent colour, the rest is grey",
    "value_name": "what the numbers are, with their unit",
    "count_name": "what is counted: provinsi, puskesmas",
}
SAMPLE = {
    "rows": [
        {"label": f"Kabupaten {number}", "value": value}
        for number, value in enumerate(
            (
                *(4.1, 5.2, 5.9, 6.3, 6.8, 7.1, 7.4, 7.7, 8.0, 8.2, 8.5, 8.7, 8.8, 9.1, 9.3, 9.4, 9.6, 9.9, 10.2),
                *(10.4, 10.7, 11.1, 11.3, 11.8, 12.2, 12.6, 13.1, 13.9, 14.4, 15.2, 16.8, 18.3, 19.7, 21.5, 12.0),
                *(8.9, 9.0, 10.0),
            ),
            1,
        )
    ],
    "options": {
        "style": "percent",
        "highlight": "Kabupaten 32",
        "value_name": "Penduduk miskin",
        "count_name": "kabupaten/kota",
        "subject": "Sebaran angka kemiskinan 38 kabupaten/kota",
    },
}
GAP, LEAST_WIDTH, APART = 3.0, 10.0, 18.0
COUNTED = ("Jumlah", "Number of")
WORDS = (
    (
        Markup("Terbanyak: {} dari {} berada di antara {} dan {}."),
        Markup("Nilainya dari {} sampai {}."),
        Markup("{}: {}."),
    ),
    (Markup("Most: {} of {} lie between {} and {}."), Markup("They reach from {} to {}."), Markup("{}: {}.")),
)


@dataclass(frozen=True)
class Bins:
    """The classes of a histogram, how many rows lie in each, and the one that is highlighted."""

    edges: tuple[Decimal, ...]
    counts: tuple[int, ...]
    mine: int | None


def draw(rows: Sequence[Row], options: Options, kit: ChartKit) -> Chart:
    """Return the chart; raises LayoutError without numbers, for edges that leave numbers out, and without room."""
    column = options.text("value", "value")
    data = read_columns(_labelled(rows, options), [column], [options.text("value_name") or column], options)
    if not data.numbers:
        raise kit.refuse("there is no number to sort into classes", "give rows with numbers")
    bins = _bins(data, options, kit)
    writer = writer_for(bins.edges, options, kit.language)
    low, canvas = foot(Kept(data), kit, hatched=False), kit.canvas()
    area = _area(bins, writer, low, kit)
    _draw_columns(canvas, bins, area, data, kit)
    _name_classes(canvas, bins, area, (data, writer))
    _draw_name(canvas, bins, area, data, kit)
    _draw_edges(canvas, bins, area, writer, kit)
    _draw_titles(canvas, data, axis_of(bins.edges, 3, writer, "data").caption, low, options, kit)
    low.draw(canvas, kit.height - low.height + 18, kit.palette.muted)
    return finished(canvas, _sentences(bins, data, options, writer, kit), options, kit)


def _labelled(rows: Sequence[Row], options: Options) -> list[Row]:
    """Return the rows with a name each, which a histogram does not need."""
    label = options.text("label", "label")
    return [
        row if label in row else {**row, label: Value(f"{number}", f"{number}")} for number, row in enumerate(rows, 1)
    ]


def _bins(data: Data, options: Options, kit: ChartKit) -> Bins:
    numbers = data.numbers
    given = options.given.get("edges")
    if given is None:
        edges = edges_of(numbers, options.choice("bins", ("freedman-diaconis", "sturges")))
    else:
        edges = _given_edges(given, numbers, kit)
    own = [one.number for one in data.categories if one.mine and one.number is not None]
    mine = counts_in(own[:1], edges).index(1) if own else None
    return Bins(tuple(edges), tuple(counts_in(numbers, edges)), mine)


def _given_edges(given: object, numbers: Sequence[Decimal], kit: ChartKit) -> list[Decimal]:
    listed = [number_value(one) for one in given] if isinstance(given, (list, tuple)) else []
    edges = [one.data for one in listed if one is not None and isinstance(one.data, Decimal)]
    if len(edges) < 2 or len(edges) != len(listed) or edges != sorted(set(edges)):
        raise kit.refuse("edges are two or more rising numbers", "write edges=[0, 5, 10, 15]")
    if min(numbers) < edges[0] or max(numbers) > edges[-1]:
        raise kit.refuse("the edges leave numbers out", f"they reach from {min(numbers):f} to {max(numbers):f}")
    return edges


def _area(bins: Bins, writer: Writer, low: Legend, kit: ChartKit) -> Rectangle:
    style = note_style(kit)
    line = style.size * 1.18
    texts = _edge_texts(bins.edges, writer)
    left, right = (kit.ruler.width(texts[at], style) / 2 for at in (0, -1))
    area = Rectangle(left, 2 * line + 16, kit.width - right, kit.height - low.height - 2 * line - 26)
    if area.height < 60 or area.width < LEAST_WIDTH * len(bins.counts):
        raise kit.refuse(f"there is no room for {len(bins.counts)} classes")
    return area


def _draw_columns(canvas: Canvas, bins: Bins, area: Rectangle, data: Data, kit: ChartKit) -> None:
    """Draw the columns; their areas are true, since given classes may differ in width."""
    x = Linear(bins.edges[0], bins.edges[-1], area.left, area.right)
    canvas.rule(Rectangle(area.left, area.bottom - 1, area.right, area.bottom + 2), kit.palette.muted)
    for number, count in enumerate(bins.counts):
        left, right = x(bins.edges[number]), x(bins.edges[number + 1])
        top = _top(bins, number, area)
        strong = bins.mine in (None, number)
        if count:
            box = Rectangle(left + GAP / 2, top, right - GAP / 2, area.bottom)
            canvas.box(box, kit.palette.data if strong else kit.palette.soft, "up")
            text = one_line(_count(bins, number, data), kit.ruler, _count_style(number == bins.mine, kit))
            if text.width + 4 <= right - left:
                ink = kit.palette.ink if strong else kit.palette.muted
                canvas.text(Placed(text, (left + right) / 2, top - text.height - 2, ink, "center", canvas.marks))


def _name_classes(canvas: Canvas, bins: Bins, area: Rectangle, given: tuple[Data, Writer]) -> None:
    """Say in which class each row lies, and which classes there are ("5–10%"), for notes."""
    data, texts = given[0], _edge_texts(bins.edges, given[1])
    x = Linear(bins.edges[0], bins.edges[-1], area.left, area.right)
    columns = [
        Rectangle(x(low), _top(bins, number, area), x(high), area.bottom)
        for number, (low, high) in enumerate(pairwise(bins.edges))
    ]
    # Columns of nothing are no marks.
    marks = list(accumulate(int(count > 0) for count in bins.counts))
    for column, mark, (low_text, high_text) in zip(columns, marks, pairwise(texts), strict=True):
        canvas.spot(Label.plain(f"{low_text.removesuffix('%')}–{high_text}"), column, mark)
    for one in data.categories:
        if one.number is not None:
            number = counts_in([one.number], bins.edges).index(1)
            canvas.spot(one.label, columns[number], marks[number])


def _top(bins: Bins, number: int, area: Rectangle) -> float:
    """Return the upper edge of a column: its area, not its height, is the count."""
    widths = [float(high - low) for low, high in pairwise(bins.edges)]
    dense = [count / width for count, width in zip(bins.counts, widths, strict=True)]
    return area.bottom - dense[number] / max(dense) * area.height


def _draw_name(canvas: Canvas, bins: Bins, area: Rectangle, data: Data, kit: ChartKit) -> None:
    """Name the highlighted row above its class, where no higher column stands; the alt text names it in any case."""
    label = next((one.label for one in data.categories if one.mine and one.number is not None), None)
    text = fit(label, kit.width * 0.4, kit.ruler, _count_style(True, kit)) if label else None
    if text is None or bins.mine is None:
        return
    x = Linear(bins.edges[0], bins.edges[-1], area.left, area.right)
    middle = (x(bins.edges[bins.mine]) + x(bins.edges[bins.mine + 1])) / 2
    left = min(max(middle - text.width / 2, 0), kit.width - text.width)
    reached = [
        _top(bins, number, area)
        for number in range(len(bins.counts))
        if x(bins.edges[number + 1]) > left - 8 and x(bins.edges[number]) < left + text.width + 8
    ]
    top = min(reached) - _count_style(True, kit).size * 1.3 - text.height
    if top >= 2 * note_style(kit).size * 1.18 - text.height:
        canvas.text(Placed(text, left + text.width / 2, top, kit.palette.ink, "center"))


def _count_style(mine: bool, kit: ChartKit) -> TextStyle:
    return TextStyle(max(LEAST, note_style(kit).size), kit.look.weight("body", 700 if mine else 600))


def _count(bins: Bins, number: int, data: Data) -> Label:
    """Return how many rows lie in a class, as a fact that names the cells of those rows."""
    low, high = bins.edges[number], bins.edges[number + 1]
    inside = [
        one.point.value
        for one in data.categories
        if one.number is not None and (low <= one.number < high or (one.number == high == bins.edges[-1]))
    ]
    return counted(inside)


def counted(values: Sequence[Value]) -> Label:
    """Return how many values there are, as a fact that names their cells."""
    cells = [value.cell for value in values if value.cell]
    cell = Cell(cells[0].file, cells[0].sheet, f"COUNT({','.join(one.address for one in cells)})") if cells else None
    text = f"{len(values)}"
    return Label(text, fact(text, Value(text, Decimal(len(values)), "number", "", cell)))


def _draw_edges(canvas: Canvas, bins: Bins, area: Rectangle, writer: Writer, kit: ChartKit) -> None:
    """Write the edges below the columns: all of them, or every second, third … that has room."""
    style, x = note_style(kit), Linear(bins.edges[0], bins.edges[-1], area.left, area.right)
    labels = _edge_texts(bins.edges, writer)
    texts = [one_line(Label.plain(label), kit.ruler, style) for label in labels]
    taken = -area.width
    for edge, text in zip(bins.edges, texts, strict=True):
        left = x(edge) - text.width / 2
        if left >= taken + APART:
            canvas.rule(Rectangle(x(edge) - 1, area.bottom, x(edge) + 1, area.bottom + 10), kit.palette.muted)
            canvas.text(Placed(text, x(edge), area.bottom + 16, kit.palette.muted, "center"))
            taken = left + text.width


def _edge_texts(edges: Sequence[Decimal], writer: Writer) -> tuple[str, ...]:
    sign = "%" if writer.style == "percent" else ""
    scale = axis_of(edges, 3, writer, "data").scale
    return tuple(format_number(edge.scaleb(-scale), writer.language) + sign for edge in edges)


def _draw_titles(canvas: Canvas, data: Data, caption: str, low: Legend, options: Options, kit: ChartKit) -> None:
    """Write what is counted above the columns, and what was measured below them."""
    style = TextStyle(note_style(kit).size, kit.look.weight("body", 600))
    counted = options.text("count_name")
    measured = f"{data.series[0].text} ({caption})" if caption else data.series[0].text
    if counted:
        words = f"{COUNTED[kit.language != 'id']} {counted}"
        canvas.text(Placed(_title(words, kit, style), 0, 0, kit.palette.muted))
    text = _title(measured, kit, style)
    canvas.text(Placed(text, kit.width, kit.height - low.height - text.height, kit.palette.ink, "right"))


def _title(words: str, kit: ChartKit, style: TextStyle) -> Text:
    text = fit(Label.plain(words), kit.width, kit.ruler, style, 1)
    if text is None:
        raise kit.refuse(f"the title '{words[:60]}' is too long")
    return text


def _sentences(bins: Bins, data: Data, options: Options, writer: Writer, kit: ChartKit) -> tuple[Markup, ...]:
    """Return the class that holds most, where the highlighted row lies, and from where to where the numbers reach."""
    name = "Histogram"
    words = WORDS[0 if kit.language == "id" else 1]
    fullest = max(range(len(bins.counts)), key=lambda number: bins.counts[number])
    known = [one for one in data.categories if one.number is not None]
    lowest, highest = (choose(known, key=lambda one: one.number or Decimal(0)) for choose in (min, max))
    ends = [writer.label(one.point).markup for one in (lowest, highest)]
    edges = [Markup.escape(writer.text(bins.edges[at])) for at in (fullest, fullest + 1)]
    count = _count(bins, fullest, data).markup
    whole = counted([one.point.value for one in known]).markup
    told = [words[0].format(count, whole, *edges), words[1].format(*ends)]
    told += [words[2].format(one.label.markup, writer.label(one.point).markup) for one in known if one.mine]
    return (opening(name, options), *told, *closing(Kept(data), options, writer.language))
