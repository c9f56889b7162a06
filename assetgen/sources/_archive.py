"""Look into an office file before it is parsed: bytes of a zip go in; refusals, formats and extents come out.

The spreadsheet library reads values, not number formats, drops error values, and reserves memory for the whole
rectangle that the outermost cells span. This module tells what it leaves out, and refuses what would hurt.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from assetgen.errors import DataError, Place, SecurityError
from assetgen.sources._cells import check_size, column_index
from assetgen.sources._raised import raised_cells
from assetgen.sources._xml import named, parsed

MAX_UNPACKED = 1_000_000_000
MAX_PARTS = 10_000
MAX_KEPT = 150_000_000
SUSPECT_BYTES = 100_000_000
SUSPECT_RATIO = 200

_CELL = re.compile(rb"<(?:\w+:)?c\b([^<>]*[^<>/])>(.*?)</(?:\w+:)?c>", re.DOTALL)
_REFERENCE = re.compile(rb'\br\s*=\s*["\']([A-Z]{1,3})(\d{1,7})["\']')
_STYLE = re.compile(rb'\bs\s*=\s*["\'](\d{1,6})["\']')
_ERROR = re.compile(rb'\bt\s*=\s*["\']e["\']')
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|is)\b[^>]*>[^<]|<(?:\w+:)?is\b")
_RESULT = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]*)<")
# Percent, zeros in front, and currencies: other formats change nothing that counts.
_TELLING = re.compile(r"%|^0{2,}|(?:\[\$|\"?)\s*(?:Rp|IDR|US\$|USD|\$|\u20ac|EUR)", re.IGNORECASE)
# Only cells beyond column Z or row 99,999 can make a sheet too large.
_FAR = re.compile(rb' r="(?:([A-Z]{2,3})(\d{1,7})|([A-Z])(\d{6,7}))"')
_BUILT_IN = {9: "0%", 10: "0.00%"}
# Decimals that somebody asked for: behind marks of thousands, or not three, which could stand for thousands.
_DECIMALS = re.compile(r"#,##0\.0+|[#0]*0\.(?:0{1,2}|0{4,})(?![#0])")
_BUILT_IN_DECIMALS = frozenset((2, 4, 39, 40, 43, 44))
# Formats are alike down a column: the first cells tell.
_FIRST_CELLS = 400_000


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """What the sheet library does not tell: number format, error value and missing result by (row, column) from 0.

    `shown` are the texts of numbers, `raised` those texts in which raised characters are kept apart. `decimals` are the
    columns whose format asks for decimals.
    """

    formats: Mapping[tuple[int, int], str] = field(default_factory=dict)
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    uncomputed: tuple[tuple[int, int], ...] = ()
    shown: Mapping[tuple[int, int], str] = field(default_factory=dict)
    indents: Mapping[tuple[int, int], int] = field(default_factory=dict)
    raised: Mapping[tuple[int, int], str] = field(default_factory=dict)
    decimals: frozenset[int] = frozenset()


class _Archive(zipfile.ZipFile):
    """An archive that unpacks large parts once: what was looked at is handed out to the one who asks for it next."""

    def __init__(self, file: io.BytesIO) -> None:
        super().__init__(file)
        self._kept: dict[str, bytes] = {}

    def seen(self, entry: zipfile.ZipInfo) -> bytes:
        """Return a part, and keep it for the next reader as long as the parts that are kept are not too large."""
        part = self._kept[entry.filename] = super().read(entry)
        if sum(map(len, self._kept.values())) > MAX_KEPT:
            del self._kept[entry.filename]
        return part

    def read(self, name: str | zipfile.ZipInfo, pwd: bytes | None = None) -> bytes:
        """Return a part; one that was kept is given away."""
        part = self._kept.pop(name if isinstance(name, str) else name.filename, None)
        return super().read(name, pwd) if part is None else part


def open_archive(data: bytes, place: Place) -> zipfile.ZipFile:
    """Open an office file and refuse bombs, encryption and XML with a document type.

    Raises DataError for damaged files, SecurityError for dangerous ones.
    """
    try:
        archive = _Archive(io.BytesIO(data))
        _refuse_bombs(archive, len(data), place)
        for entry in archive.infolist():
            if entry.filename.lower().endswith((".xml", ".rels")):
                _refuse_entities(archive.seen(entry), entry.filename, place)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        hint = "open it in a spreadsheet program and save it again"
        raise DataError(f"the file is damaged or protected: {error}", place, hint) from error
    return archive


def _refuse_bombs(archive: zipfile.ZipFile, packed: int, place: Place) -> None:
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED or len(entries) > MAX_PARTS:
        raise SecurityError(f"the file unpacks to {unpacked:,} bytes in {len(entries):,} parts: too large", place)
    if unpacked > SUSPECT_BYTES and unpacked > packed * SUSPECT_RATIO:
        raise SecurityError(f"the file unpacks to {unpacked // max(packed, 1):,} times its size: refused", place)
    if any(entry.flag_bits & 1 for entry in entries):
        raise DataError("the file is protected by a password", place, "save a copy without a password")


def _refuse_entities(part: bytes, name: str, place: Place) -> None:
    head = part[:4]
    text = part.decode("utf-16", "replace").encode() if head[:2] in (b"\xff\xfe", b"\xfe\xff") or 0 in head else part
    if re.search(rb"<!\s*(?:DOCTYPE|ENTITY)", text, re.IGNORECASE):
        raise SecurityError(f"{name} in the file declares XML entities: refused", place)


def xlsx_facts(archive: zipfile.ZipFile, sheet: str, strings: Mapping[int, str], place: Place) -> SheetFacts:
    """Return the facts of one worksheet of an xlsx file, whose shared strings with raised text are given.

    Raises DataError when its cells span more than the limits.
    """
    part = _sheet_part(archive, sheet, place)
    if not part:
        return SheetFacts()
    styles, steps, points = _styles(archive, place)
    data = archive.read(part)
    telling = None if not _is_plain(data) else {*styles, *steps}
    formats: dict[tuple[int, int], str] = {}
    indents: dict[tuple[int, int], int] = {}
    errors: dict[tuple[int, int], str] = {}
    uncomputed: list[tuple[int, int]] = []
    bottom, right = (0, 0) if telling is None else _extent(data)
    for where, attributes, content in _cells(data) if telling is None else _telling_cells(data, telling):
        bottom, right = max(bottom, where[0]), max(right, where[1])
        style = _STYLE.search(attributes)
        if style and (code := styles.get(int(style[1]))):
            formats[where] = code
        if style and (step := steps.get(int(style[1]))):
            indents[where] = step
        if _ERROR.search(attributes):
            shown = _RESULT.search(content)
            errors[where] = shown[1].decode("ascii", "replace") if shown else "#N/A"
        elif b"<f" in content and not _VALUE.search(content) and b't="str"' not in attributes:
            uncomputed.append(where)
    check_size(bottom + 1, right + 1, Place(place.file, sheet=sheet))
    raised = raised_cells(data, strings, place)
    decimals = _decimal_columns(data, points)
    return SheetFacts(formats, errors, tuple(uncomputed), indents=indents, raised=raised, decimals=decimals)


def _decimal_columns(part: bytes, styles: set[int]) -> frozenset[int]:
    """Return the columns of which at least two of the first cells have one of the styles."""
    if not styles:
        return frozenset()
    wanted = b"|".join(str(style).encode() for style in sorted(styles))
    form = rb'<c r="([A-Z]{1,3})\d{1,7}"[^>]*? s="(?:' + wanted + rb')"(?:[^>]*[^>/])?>'
    found = Counter(letters for letters in re.findall(form, part[:_FIRST_CELLS]))
    return frozenset(column_index(letters) for letters, count in found.items() if count > 1)


def _is_plain(part: bytes) -> bool:
    """Tell whether cells are written as programs write them, `<c r="A1"`, so that few of them need to be looked at."""
    top, bottom = part.find(b"<sheetData>"), part.rfind(b"</sheetData>")
    if b"<worksheet" not in part[:2000] or not 0 <= top < bottom or part.find(b":c", top, bottom) >= 0:
        return False
    return part.count(b"<c", top, bottom) == part.count(b'<c r="', top, bottom)


def _extent(part: bytes) -> tuple[int, int]:
    """Return the last row and column, from 0; those of sheets that are small beyond doubt are not counted exactly."""
    bottom, right = 99_998, 25
    far = {(found[0] or found[2], int(found[1] or found[3])) for found in _FAR.findall(part)}
    if not far:
        return (0, 0)
    return max([bottom, *(row - 1 for _, row in far)]), max([right, *(column_index(letters) for letters, _ in far)])


def _telling_cells(part: bytes, styles: set[int]) -> Iterator[tuple[tuple[int, int], bytes, bytes]]:
    """Yield the cells that have one of the styles, an error, or a formula."""
    wanted = b"|".join(str(style).encode() for style in sorted(styles))
    forms = [rb'<c r="[A-Z]{1,3}\d{1,7}"[^>]*? t="e"[^>]*>.*?</c>'] if b't="e"' in part else []
    if b"<f" in part:
        forms.append(rb'<c r="[A-Z]{1,3}\d{1,7}"(?:[^>]*[^/>])?><f.*?</c>')
    if styles:
        forms.append(rb'<c r="[A-Z]{1,3}\d{1,7}"[^>]*? s="(?:' + wanted + rb')"[^>]*?(?:/>|>.*?</c>)')
    for form in forms:
        for found in re.finditer(form, part, re.DOTALL):
            yield from _cells(found[0])


def _cells(part: bytes) -> Iterator[tuple[tuple[int, int], bytes, bytes]]:
    for found in _CELL.finditer(part):
        if reference := _REFERENCE.search(found[1]):
            yield (int(reference[2]) - 1, column_index(reference[1])), found[1], found[2]


def _sheet_part(archive: zipfile.ZipFile, sheet: str, place: Place) -> str:
    book = parsed(archive, "xl/workbook.xml", place)
    links = parsed(archive, "xl/_rels/workbook.xml.rels", place)
    if book is None or links is None:
        return ""
    wanted = next((element for element in named(book, "sheet") if element.get("name") == sheet), None)
    key = "" if wanted is None else next((v for k, v in wanted.attrib.items() if k.endswith("}id")), "")
    target = next((link.get("Target", "") for link in links.iter() if link.get("Id") == key), "")
    part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return part if part in archive.namelist() else ""


def _styles(archive: zipfile.ZipFile, place: Place) -> tuple[dict[int, str], dict[int, int], set[int]]:
    """Return the number formats that change what a number means or how it reads, and indentations, by style index.

    Also the indexes of those that ask for decimals.
    """
    root = parsed(archive, "xl/styles.xml", place)
    if root is None:
        return {}, {}, set()
    codes = dict(_BUILT_IN)
    for element in named(root, "numFmt"):
        if element.get("numFmtId", "").isdigit():
            codes[int(element.get("numFmtId"))] = element.get("formatCode", "")
    table = root.find("{*}cellXfs")
    used = [] if table is None else table.findall("{*}xf")
    numbers = [element.get("numFmtId", "0") for element in used]
    steps = [next((inner.get("indent", "") for inner in element.findall("{*}alignment")), "") for element in used]
    told = {index: codes[int(code)] for index, code in enumerate(numbers) if code.isdigit() and int(code) in codes}
    formats = {index: code for index, code in told.items() if _TELLING.search(code)}
    points = {
        index
        for index, code in enumerate(numbers)
        if code.isdigit() and (int(code) in _BUILT_IN_DECIMALS or _DECIMALS.search(codes.get(int(code), "")))
    }
    indents = {index: int(step) for index, step in enumerate(steps) if step.isdigit() and 0 < int(step) < 100}
    return formats, indents, points
