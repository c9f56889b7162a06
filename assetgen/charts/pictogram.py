"""Rows of icons, each standing for so many people or things; or, with `whole`, "3 of 10" as an array of icons.

Icons are whole: a count is rounded to the nearest one, the foot says what one stands for and that it was rounded, and
the exact number stands beside. A row of less than half an icon says so in words; a missing value is hatched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from markupsafe import Markup

from assetgen.charts._kit.alt import closing, opening, own_sentence, sentences
from assetgen.charts._kit.canvas import Canvas, Placed
from assetgen.charts._kit.chart import Chart, ChartKit
from assetgen.charts._kit.foot import foot
from assetgen.charts._kit.icons import PERSON, Icon, icon_of
from assetgen.charts._kit.lanes import STUB, Lanes, Need, fit_lanes, value_style, widest_of
from assetgen.charts._kit.notes import finished
from assetgen.charts._kit.numbers import Writer, writer_for
from assetgen.charts._kit.options import ONE_SERIES, Options
from assetgen.charts._kit.rest import Kept
from assetgen.charts._kit.rows import Category, Data, Label, Point, Row, read_data
from assetgen.charts._kit.text import LEAST, Text, fit, one_line
from assetgen.charts._kit.values import colour_of, number_labels
from assetgen.charts._kit.words import sentence, word
from assetgen.look import TextStyle
from assetgen.model import Rectangle, Value
from assetgen.model.cells import call

OPTIONS = {
    **ONE_SERIES,
    "icon": "name of an icon of the kit, such as home; person when left out",
    "each": "what one icon stands for; a round number that gives at most 12 icons a row when left out",
    "whole": "for one row: what all icons together are; 100 for style percent",
    "icons": "for one row with a whole: how many icons there are: 10 (default), 20, 50 or 100",
}
SAMPLE = {
    "rows": [
        {"label": "Dokter umum", "value": 41200},
        {"label": "Perawat", "value": 118400},
        {"label": "Bidan", "value": 86700},
        {"label": "Apoteker", "value": 23900},
    ],
    "options": {
        "unit": "orang",
        "highlight": "Bidan",
        "note": "Terbanyak kedua sesudah perawat",
        "subject": "Tenaga kesehatan menurut jenis, 2025",
    },
}
MOST, BETWEEN = 12, 0.22
STEPS = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))


def draw(rows: Sequence[Row], options: Options, kit: ChartKit) -> Chart:
    """Return the chart; raises LayoutError for negative numbers, and for a value that is more than its whole."""
    data = read_data(rows, options, "highest")
    negative = [one for one in data.categories if one.number is not None and one.number < 0]
    if negative:
        raise kit.refuse(f"'{negative[0].label.text[:60]}' is {negative[0].number}, below zero", "use bar")
    if "whole" in options or options.text("style") == "percent":
        return _draw_array(data, options, kit)
    return _draw_rows(data, options, kit)


# --- rows of icons ----------------------------------------------------------------------------------------------------


def _draw_rows(data: Data, options: Options, kit: ChartKit) -> Chart:
    writer, icon = writer_for(data.numbers, options, kit.language), icon_of(options.text("icon", PERSON), kit)
    each = _each(data, options, kit)
    exact = all(number % each == 0 for number in data.numbers)
    stands = replace(writer, decimals=max(0, -int(each.normalize().as_tuple().exponent))).full(each)
    note = word("icon", kit.language, value=stands) + ("" if exact else f", {word('icon-rounded', kit.language)}")
    labels = number_labels(data, writer, kit)
    need = Need(widest_of(labels, kit), above=True, least=1.3, most=5.0, extra=(note,))
    kept, lanes, below = fit_lanes(data, options, kit, need)
    canvas, height = kit.canvas(), _icon_height(kept.data, each, lanes, icon)
    lanes.draw_names(canvas, kept.data.categories, kit, kept.data.highlighted)
    for number, (one, label) in enumerate(
        zip(kept.data.categories, number_labels(kept.data, writer, kit), strict=True)
    ):
        count, middle = _count(one, each), lanes.middle(number)
        mark = _draw_row(canvas, (one, count), (middle, height, kept.data), icon, kit)
        wide = max(count * height * icon.width / icon.height * (1 + BETWEEN), LEAST)
        canvas.spot(one.label, Rectangle(0, middle - height / 2, min(wide, kit.width), middle + height / 2), mark)
        text = one_line(label, kit.ruler, value_style(lanes, kit, one.mine))
        ink = kit.palette.muted if kept.data.highlighted and not one.mine else kit.palette.ink
        lanes.draw_number(canvas, number, text, ink, mark)
    below.draw(canvas, kit.height - below.height + 18, kit.palette.muted)
    return finished(canvas, sentences(_name(kit), kept, options, writer), options, kit)


def _name(kit: ChartKit) -> str:
    return "Piktogram" if kit.language == "id" else "Pictogram"


def _each(data: Data, options: Options, kit: ChartKit) -> Decimal:
    """Return what one icon stands for: as given, else 1, 2 or 5 times a power of ten."""
    given = options.number("each")
    most = max(data.numbers, default=Decimal(0))
    if given is not None and isinstance(given.data, Decimal):
        if given.data <= 0 or most / given.data > 4 * MOST:
            raise kit.refuse(f"each={given.raw} gives {most / given.data if given.data > 0 else 0:.0f} icons in a row")
        return given.data
    rough = most / MOST if most else Decimal(1)
    power = Decimal(1).scaleb(rough.adjusted())
    return next(step * power for step in STEPS if step * power >= rough)


def _count(one: Category, each: Decimal) -> int:
    return int(((one.number or Decimal(0)) / each).quantize(Decimal(1), ROUND_HALF_UP))


def _icon_height(data: Data, each: Decimal, lanes: Lanes, icon: Icon) -> float:
    """Return the height at which the longest row fits: as high as the lane, or less."""
    most = max(_count(one, each) for one in data.categories) or 1
    ratio = icon.width / icon.height
    return float(int(min(lanes.thickness, (lanes.right - lanes.left) / most / (ratio * (1 + BETWEEN)))))


def _draw_row(
    canvas: Canvas, what: tuple[Category, int], place: tuple[float, float, Data], icon: Icon, kit: ChartKit
) -> int:
    """Draw the icons of a row as one mark, and return its number."""
    (one, count), (middle, height, data) = what, place
    top, pitch = middle - height / 2, height * icon.width / icon.height * (1 + BETWEEN)
    if one.number is None:
        return canvas.hatch(Rectangle(0, top, STUB, top + height), kit.palette.muted)
    if not count:
        if one.number:
            style = TextStyle(LEAST, kit.look.weight("body", 500))
            text = one_line(Label.plain(word("less-than-one", kit.language)), kit.ruler, style)
            canvas.middle(Placed(text, 0, middle, kit.palette.muted))
        return canvas.next_mark()
    shapes = "".join(icon.at(number * pitch, top, height) for number in range(count))
    area = Rectangle(0, top - 2, min(count * pitch + 2, kit.width), top + height + 2)
    return canvas.drawing(area, icon.group(shapes, colour_of(one, data, kit)), "right")


# --- so many of ten ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Array:
    """So many icons of all: `share` is exact, in percent, `count` rounded."""

    one: Category
    share: Value
    count: Value
    icons: int

    @property
    def filled(self) -> int:
        """Return how many icons are coloured."""
        return int(str(self.count.data))

    @property
    def exact(self) -> bool:
        """Tell whether the icons show the share without rounding."""
        return isinstance(self.share.data, Decimal) and self.share.data * self.icons == self.filled * 100


def _draw_array(data: Data, options: Options, kit: ChartKit) -> Chart:
    array = _array(data, options, kit)
    percent = Writer(kit.language, "percent", 0 if array.share.data == int(str(array.share.data).split(".")[0]) else 1)
    share = percent.label(Point(array.share, array.one.point.sign))
    note = word("icon", kit.language, value=replace(percent, decimals=0).text(Decimal(100) / array.icons))
    note += "" if array.exact else f", {word('icon-rounded', kit.language)}"
    below = foot(Kept(data), kit, (note,))
    head, name = _array_words(array, share, kit)
    room = kit.height - below.height - head.height - name.height - 28
    icon, canvas = icon_of(options.text("icon", PERSON), kit), kit.canvas()
    columns, height = _grid(array.icons, (kit.width, room), icon)
    if height < (2 * LEAST if array.icons <= 20 else 14):
        raise kit.refuse(f"{array.icons} icons have no room above the name")
    bottom = _draw_grid(canvas, array, (columns, height, room), icon, kit)
    canvas.text(Placed(head, 0, bottom + 20, kit.palette.ink, of=1))
    canvas.text(Placed(name, 0, bottom + 20 + head.height, kit.palette.ink))
    below.draw(canvas, kit.height - below.height + 18, kit.palette.muted)
    told = [own_sentence(replace(array.one, points=(Point(array.share, array.one.point.sign),)), percent)]
    told.append(sentence("share-of", kit.language, value=Markup(array.count.raw), whole=array.icons))
    canvas.spot(array.one.label, Rectangle(0, 0, kit.width, bottom), 1)
    alt = (opening(_name(kit), options), *told, *closing(Kept(data), options, kit.language))
    return finished(canvas, alt, options, kit)


def _array(data: Data, options: Options, kit: ChartKit) -> Array:
    if len(data.categories) != 1:
        raise kit.refuse(f"with a whole it shows one row, got {len(data.categories)}", "use waffle for all parts")
    one, icons = data.categories[0], options.count("icons", 10, 10, 100)
    if icons not in {10, 20, 50, 100}:
        raise kit.refuse(f"icons={icons} has no whole percent an icon", "give 10, 20, 50 or 100")
    whole = options.number("whole") or Value("100", Decimal(100), "percent")
    if one.number is None or not isinstance(whole.data, Decimal):
        raise kit.refuse(f"'{one.label.text[:60]}' is missing", "leave the chart out while there is no number")
    if not 0 <= one.number <= whole.data or not whole.data:
        raise kit.refuse(f"{one.number} is no part of {whole.data}", "give the whole that it is part of")
    share = one.point.value if whole.kind == "percent" and whole.data == 100 else one.point.value / whole * 100
    many = share * icons / 100
    amount = many.data if isinstance(many.data, Decimal) else Decimal(0)
    count = amount.quantize(Decimal(1), ROUND_HALF_UP)
    cell = call("ROUND", [many.cell], 0) if many.cell else None
    return Array(one, replace(share, kind="percent"), Value(str(count), count, "number", "", cell), icons)


def _array_words(array: Array, share: Label, kit: ChartKit) -> tuple[Text, Text]:
    """Return "3 of 10" in large type, and the name with the exact share below it."""
    count = Writer(kit.language).label(Point(array.count))
    label = Label(
        word("of", kit.language, value=count.text, whole=array.icons),
        sentence("of", kit.language, value=count.markup, whole=array.icons),
    )
    size = 1.6 * kit.size if kit.flat else 2.4 * kit.size
    head = one_line(label, kit.ruler, TextStyle(float(round(size)), kit.look.weight("number", 700), "number"))
    style = TextStyle(kit.size, kit.look.weight("body", 600))
    joined = Label(
        f"{array.one.label.text}: {share.text}", Markup("{}: {}").format(array.one.label.markup, share.markup)
    )
    if (text := one_line(joined, kit.ruler, style)).width <= kit.width:
        return head, text
    name = fit(array.one.label, kit.width, kit.ruler, style, 2)
    if name is None:
        raise kit.refuse("the name does not fit on two lines")
    exact = one_line(share, kit.ruler, style)
    return head, Text((*name.lines, *exact.lines), max(name.width, exact.width), style)


def _grid(icons: int, room: tuple[float, float], icon: Icon) -> tuple[int, float]:
    """Return in how many columns the icons are largest, and how high they are."""
    width, height = room
    ratio = icon.width / icon.height
    tries = []
    for columns in (number for number in (5, 10, 20) if icons % number == 0):
        rows = icons / columns
        tries.append((min(width / columns / (ratio * (1 + BETWEEN)), height / rows / (1 + BETWEEN / 2)), columns))
    size, columns = max(tries)
    return columns, float(int(size))


def _draw_grid(canvas: Canvas, array: Array, place: tuple[int, float, float], icon: Icon, kit: ChartKit) -> float:
    """Draw the icons, the coloured ones as the first mark, the others as part of the frame; return where they end."""
    columns, height, room = place
    pitch, rows = height * icon.width / icon.height * (1 + BETWEEN), -(-array.icons // columns)
    line = height * (1 + BETWEEN / 2)
    top = max(0.0, (room - rows * line) / 2)
    spots = [(number % columns * pitch, top + number // columns * line) for number in range(array.icons)]
    drawn = [icon.at(left, upper, height) for left, upper in spots]
    area = Rectangle(0, top - 2, min(columns * pitch + 2, kit.width), top + rows * line + 2)
    mine, others = "".join(drawn[: array.filled]), "".join(drawn[array.filled :])
    if others:
        canvas.frame_drawing(area, icon.group(others, kit.palette.soft))
    if mine:
        canvas.drawing(area, icon.group(mine, kit.palette.data), "fade")
    else:
        canvas.next_mark()
    return top + rows * line
