"""Hold the values that stages hand on: what was read, bound, painted, checked and written.

Every value is frozen; a changed value is a copy. Lengths are CSS pixels of the canvas unless said otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy
    from PIL.Image import Image

# --- geometry ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height."""

    width: int
    height: int

    @property
    def ratio(self) -> float:
        """Return width divided by height."""
        return self.width / self.height

    def __str__(self) -> str:
        """Write `1080×1350`."""
        return f"{self.width}×{self.height}"


@dataclass(frozen=True, slots=True)
class Rectangle:
    """An upright rectangle, by its edges; the origin is the top left corner of the canvas."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Return the distance from left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Return the distance from top to bottom."""
        return self.bottom - self.top

    def overlap(self, other: Rectangle) -> Rectangle | None:
        """Return what both rectangles cover, or None when they do not meet."""
        left, top = max(self.left, other.left), max(self.top, other.top)
        right, bottom = min(self.right, other.right), min(self.bottom, other.bottom)
        return Rectangle(left, top, right, bottom) if left < right and top < bottom else None

    def outside(self, other: Rectangle) -> float:
        """Return by how many pixels this rectangle sticks out of `other` at its worst edge; 0 when it is inside."""
        return max(
            0.0, other.left - self.left, other.top - self.top, self.right - other.right, self.bottom - other.bottom
        )

    def union(self, other: Rectangle) -> Rectangle:
        """Return the smallest rectangle around both."""
        return Rectangle(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def as_list(self) -> list[int]:
        """Return `[left, top, right, bottom]`, rounded, for JSON."""
        return [round(self.left), round(self.top), round(self.right), round(self.bottom)]


# --- data -------------------------------------------------------------------------------------------------------------

ValueKind = Literal["text", "number", "money", "percent", "date", "time", "datetime", "boolean", "missing"]
ValueData = str | Decimal | date | time | datetime | bool | None


@dataclass(frozen=True, slots=True)
class Cell:
    """The address of a cell: file, sheet and A1 reference."""

    file: str
    sheet: str | None
    address: str

    def __str__(self) -> str:
        """Write `apbd.xlsx!2026!B7`, or `data.csv!B7` where a file has no sheets."""
        return "!".join(part for part in (self.file, self.sheet, self.address) if part)


@dataclass(frozen=True, slots=True, eq=False)
class Value:
    """One cell as it was written and as it was understood.

    `raw` is the text of the cell; `data` is what it means: exact decimals for numbers (18 % is the number 18 with kind
    "percent"), dates and times, text for text and codes, None for missing. Compared with plain data, a Value stands
    for its data; sums and quotients of values keep the addresses of the cells that they were made from.
    """

    raw: str
    data: ValueData = None
    kind: ValueKind = "text"
    unit: str = ""
    cell: Cell | None = None

    @property
    def missing(self) -> bool:
        """Tell whether the cell holds no value."""
        return self.kind == "missing"

    def __bool__(self) -> bool:
        """Tell whether there is a value; the number 0 is one, so that templates never hide it."""
        return not self.missing and self.data is not False and self.data != ""

    def __str__(self) -> str:
        """Return the raw text."""
        return self.raw

    def __eq__(self, other: object) -> bool:
        """Compare the data, with another Value or with plain data."""
        return self.data == (other.data if isinstance(other, Value) else other)

    def __hash__(self) -> int:
        """Hash the data, so that a Value finds what its data would find."""
        return hash(self.data)

    def __lt__(self, other: Value | ValueData) -> bool:
        """Compare the data; raises TypeError for data of different kinds, as Python does."""
        return bool(self.data < (other.data if isinstance(other, Value) else other))  # type: ignore[operator]

    def __gt__(self, other: Value | ValueData) -> bool:
        """Compare the data; raises TypeError for data of different kinds, as Python does."""
        return bool(self.data > (other.data if isinstance(other, Value) else other))  # type: ignore[operator]

    def __add__(self, other: Value | int | Decimal) -> Value:
        """Return the sum of two numbers."""
        return self._derive(other, "+", lambda a, b: a + b)

    def __sub__(self, other: Value | int | Decimal) -> Value:
        """Return the difference of two numbers."""
        return self._derive(other, "-", lambda a, b: a - b)

    def __mul__(self, other: Value | int | Decimal) -> Value:
        """Return the product of two numbers."""
        return self._derive(other, "*", lambda a, b: a * b)

    def __truediv__(self, other: Value | int | Decimal) -> Value:
        """Return the quotient of two numbers; raises ZeroDivisionError."""
        return self._derive(other, "/", lambda a, b: a / b)

    def _derive(self, other: Value | int | Decimal, sign: str, apply: Callable[[Decimal, Decimal], Decimal]) -> Value:
        data = other.data if isinstance(other, Value) else Decimal(str(other))
        if not isinstance(self.data, Decimal) or not isinstance(data, Decimal):
            raise TypeError(f"'{self.raw}' {sign} '{other}' is not arithmetic between two numbers")
        second = other.cell.address if isinstance(other, Value) and other.cell else str(other)
        cell = self.cell and Cell(self.cell.file, self.cell.sheet, f"({self.cell.address}{sign}{second})")
        result = apply(self.data, data)
        return Value(str(result), result, "number", "", cell)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: the name that people see, and the key that expressions use."""

    key: str
    name: str
    header: tuple[str, ...]
    kind: ValueKind
    letter: str
    unit: str = ""
    style: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its values by column key, and its number in the sheet."""

    number: int
    values: Mapping[str, Value]

    def __getitem__(self, key: str) -> Value:
        """Return the value of a column."""
        return self.values[key]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that reading noticed and a person should know: what was decided, and where."""

    code: str
    message: str
    cells: tuple[str, ...] = ()
    severity: Literal["info", "warning"] = "info"


@dataclass(frozen=True)
class Grid:
    """The cells of one sheet before they are understood; row 1 is `texts[0]`, every row has the same width.

    `texts` holds what a person sees. `natives` (same shape, or empty) holds the typed values of formats that have
    them: Decimal, date, time, datetime, bool; None for text and empty cells. `currencies` names the currency of cells
    whose format shows one. `merges` are (top, left, bottom, right), counted from 0, ends included. `header` is the
    number of header rows where the format fixes it (records, frames), else None.
    """

    name: str | None
    texts: tuple[tuple[str, ...], ...]
    natives: tuple[tuple[ValueData, ...], ...] = ()
    percents: frozenset[tuple[int, int]] = frozenset()
    currencies: Mapping[tuple[int, int], str] = field(default_factory=dict)
    merges: tuple[tuple[int, int, int, int], ...] = ()
    header: int | None = None
    hidden: bool = False
    encoding: str = ""
    delimiter: str = ""
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table found in a sheet: columns, data rows, and kept apart the title, unit line, totals and notes."""

    file: str
    sheet: str | None
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    totals: tuple[Row, ...] = ()
    title: tuple[str, ...] = ()
    unit_line: str = ""
    notes: tuple[str, ...] = ()
    header_rows: tuple[int, ...] = ()
    encoding: str = ""
    delimiter: str = ""
    number_style: str = ""
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """What one asset is made from: the fields of a layout, filled."""

    slug: str
    fields: Mapping[str, object]
    row: int | None = None


# --- placements -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Zone:
    """A named part of a canvas, such as the centre crop of a profile grid."""

    name: str
    rectangle: Rectangle


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure comes from, and when it was read."""

    url: str
    evidence: str
    read: str
    supports: str


@dataclass(frozen=True, slots=True)
class TextLimits:
    """How much text a placement takes beside the file; None where the platform states no limit.

    `unit` says how the caption is counted: characters; X's weighted characters; UTF-16 code units; graphemes;
    characters with emoji as UTF-8 bytes; characters with every URL as 23.
    """

    caption: int | None = None
    caption_visible: int | None = None
    title: int | None = None
    hashtags: int | None = None
    mentions: int | None = None
    alt_text: int | None = None
    alt_text_required: bool = False
    unit: Literal["characters", "weighted", "utf-16", "graphemes", "emoji-bytes", "urls-23"] = "characters"


@dataclass(frozen=True, slots=True)
class Placement:
    """A slot on a platform and everything that a file must keep to be taken there. Bytes are decimal.

    `safe` is where essential content must stay (None: the whole canvas); `crops` are the parts that other views of the
    platform keep, `covered` the parts that its own badges lie on. `formats` starts with the preferred one. `publish`
    tells the ways in (`api`, `app`, `web`, `stream`); `reference` is the key of the research behind the figures.
    """

    name: str
    title: str
    kind: Literal["image", "video", "document"]
    size: Size
    sizes: tuple[Size, ...] = ()
    ratio_min: float | None = None
    ratio_max: float | None = None
    formats: tuple[str, ...] = ("jpeg",)
    max_bytes: int | None = None
    count_min: int = 1
    count_max: int = 1
    min_width: int | None = None
    max_width: int | None = None
    max_pixels: int | None = None
    transparent: bool = False
    safe: Rectangle | None = None
    crops: tuple[Zone, ...] = ()
    text: TextLimits = field(default_factory=TextLimits)
    advice: str = ""
    notes: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    verified_on: str = ""
    min_height: int | None = None
    max_height: int | None = None
    covered: tuple[Zone, ...] = ()
    safe_basis: str = ""
    publish: tuple[str, ...] = ()
    reference: str = ""

    @property
    def platform(self) -> str:
        """Return the part of the name before the slash."""
        return self.name.partition("/")[0]

    @property
    def slot(self) -> str:
        """Return the part of the name behind the slash."""
        return self.name.partition("/")[2]

    @property
    def shape(self) -> str:
        """Return the name of the canvas shape: the word that layouts use in `shapes` and as a CSS class."""
        return shape_of(self.size)


# Upper bounds of width / height, in order; between them lie 9:16, 2:3 and 3:4 and 4:5, 1:1, 16:9, 1.91:1 and 2:1.
SHAPES: tuple[tuple[float, str], ...] = (
    (0.45, "column"),
    (0.62, "story"),
    (0.90, "portrait"),
    (1.20, "square"),
    (1.85, "wide"),
    (2.10, "landscape"),
    (float("inf"), "banner"),
)


def shape_of(size: Size) -> str:
    """Return the name of a canvas shape by its ratio of width to height."""
    return next(name for bound, name in SHAPES if size.ratio <= bound)


# Every canvas is laid out this many CSS pixels wide, whatever its shape: a phone shows them all about equally wide
# (390 of its own pixels), so one type scale and one set of floors serves every placement.
CANVAS_WIDTH = 1080

# --- pages, boxes, pixels ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Font:
    """One font file, to be registered under a family, weight and style."""

    family: str
    weight: int
    style: Literal["normal", "italic"]
    path: str


@dataclass(frozen=True, slots=True)
class Photo:
    """A user's photo, and the point (shares of width and height) that must stay in sight when it is cropped."""

    data: bytes
    name: str
    focus: tuple[float, float] = (0.5, 0.5)


@dataclass(frozen=True, slots=True)
class Page:
    """One section, ready for an engine.

    `size` is in output pixels; the styles see a canvas `CANVAS_WIDTH` CSS pixels wide, so `scale` output pixels make
    one CSS pixel. `pictures` holds finished picture bytes by the `src` that names them, `photos` what is still to be
    cut to the box in which it lands.
    """

    html: str
    stylesheets: tuple[str, ...]
    size: Size
    fonts: tuple[Font, ...]
    language: str = "id"
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    photos: Mapping[str, Photo] = field(default_factory=dict)

    @property
    def scale(self) -> float:
        """Return how many output pixels make one CSS pixel."""
        return self.size.width / CANVAS_WIDTH


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text on one line: the ink's rectangle, its font size in CSS pixels, and the element it belongs to."""

    text: str
    rectangle: Rectangle
    font_size: float
    element: int


@dataclass(frozen=True, slots=True)
class Box:
    """Where an element landed, in output pixels.

    `element` is its number in document order, as written in `data-n`; `parent` that of the element around it;
    `runs` is the text that stands directly in it; `rotated` tells that the rectangle only bounds a turned element.
    """

    element: int
    tag: str
    attributes: Mapping[str, str]
    rectangle: Rectangle
    runs: tuple[Run, ...] = ()
    parent: int | None = None
    rotated: bool = False

    @property
    def text(self) -> str:
        """Return the text that stands directly in the element."""
        return "".join(run.text for run in self.runs).strip()

    def describe(self) -> str:
        """Write a short selector that a layout author recognises."""
        names = self.attributes.get("class", "").split()
        return self.tag + "".join(f".{name}" for name in names[:2])


@dataclass(frozen=True)
class Frame:
    """Pixels: straight (not premultiplied) sRGB, 8 bits, four channels, rows from the top."""

    size: Size
    pixels: bytes

    @cached_property
    def array(self) -> numpy.ndarray:
        """Return the pixels as a read-only array of shape (height, width, 4)."""
        import numpy

        return numpy.frombuffer(self.pixels, numpy.uint8).reshape(self.size.height, self.size.width, 4)

    @cached_property
    def opaque(self) -> bool:
        """Tell whether no pixel is transparent."""
        return bool((self.array[..., 3] == 255).all())

    def image(self) -> Image:
        """Return the pixels as a PIL image, RGB when opaque, else RGBA."""
        from PIL import Image

        picture = Image.frombuffer("RGBA", (self.size.width, self.size.height), self.pixels, "raw", "RGBA", 0, 1)
        return picture.convert("RGB") if self.opaque else picture.copy()


# --- what comes out ---------------------------------------------------------------------------------------------------


class Severity(StrEnum):
    """How bad a finding is: an error keeps a file from being called ready, a warning wants a look, info is told."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule says: its id, how bad it is, where (page from 1, rectangle on the canvas) and what to do."""

    rule: str
    severity: Severity
    message: str
    hint: str = ""
    page: int | None = None
    rectangle: Rectangle | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A number or date shown on an asset, with the cell that it came from."""

    text: str
    value: str
    kind: str
    cell: str
    page: int
    unit: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """One finished file in memory: its name inside the package, its bytes and what they hold."""

    name: str
    format: str
    media_type: str
    data: bytes
    size: Size
    pages: int = 1
    note: str = ""


def errors_in(findings: tuple[Finding, ...]) -> Iterator[Finding]:
    """Yield the findings that keep an asset from being called ready."""
    return (finding for finding in findings if finding.severity == Severity.ERROR)
