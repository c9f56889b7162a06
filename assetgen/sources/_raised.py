"""Keep raised characters apart: rich text goes in; text in which a raised 1 is ¹ and no digit of the number comes out.

A footnote mark is often a `1` set as superscript behind `5,03`. The spreadsheet library joins the runs of a cell, so
that `5,031` would be read: another number. Files without raised text pay one search for a word.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, Literal

from assetgen.errors import Place
from assetgen.sources._cells import column_index
from assetgen.sources._xml import elements, local, named, parsed, plain_name

Height = Literal["", "raised", "lowered"]
Runs = Iterable[tuple[str, Height]]
Spot = tuple[int, int]

_DIGITS = str.maketrans("0123456789+-\u2212", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_LETTERS = str.maketrans("abcdefghijklmnoprstuvwxyz", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ")
_LOWERED = str.maketrans("0123456789+-\u2212", "₀₁₂₃₄₅₆₇₈₉₊₋₋")
# "1st" and "TM" are words; a letter that stands alone is a mark.
_WORD = re.compile(r"[^\W\d_]{2}")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_SHARED = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^<>]*? t="s"[^<>]*>\s*<v[^<>]*>\s*(\d{1,9})\s*<')
_MOST_PARENTS = 20
_SPACES = {"s": " ", "tab": "\t", "line-break": "\n"}
_HEIGHTS: Mapping[str, Height] = {"superscript": "raised", "subscript": "lowered"}


def in_one_line(runs: Runs) -> str | None:
    """Return runs of text as one, with raised characters in place of raised runs; None when nothing is raised.

    A text that is raised as a whole hangs on nothing and stays as it is. Lowered digits are kept apart only behind
    digits: CO2 stays CO2.
    """
    joined = [(height, "".join(text for text, _ in run)) for height, run in groupby(filter(_held, runs), _height)]
    if not any(height for height, _ in joined) or not any(text.strip() for height, text in joined if not height):
        return None
    line = ""
    for height, text in joined:
        lowered = height == "lowered" and line[-1:].isdigit()
        line += _raised(text) if height == "raised" else text.translate(_LOWERED) if lowered else text
    return line


def _held(run: tuple[str, Height]) -> bool:
    return bool(run[0])


def _height(run: tuple[str, Height]) -> Height:
    return run[1]


def _raised(text: str) -> str:
    text = text.translate(_DIGITS)
    return text if _WORD.search(text) else text.translate(_LETTERS)


# --- xlsx -------------------------------------------------------------------------------------------------------------


def raised_strings(archive: zipfile.ZipFile, place: Place) -> dict[int, str]:
    """Return those shared strings of a workbook that have raised text, by their number."""
    name = next((name for name in archive.namelist() if name.lower().endswith("sharedstrings.xml")), "")
    part = archive.read(name) if name else b""
    if b"vertAlign" not in part:
        return {}
    strings = enumerate(elements(part, "si", place))
    return {number: line for number, element in strings if (line := in_one_line(_runs(element))) is not None}


def raised_cells(part: bytes, strings: Mapping[int, str], place: Place) -> dict[Spot, str]:
    """Return the cells of a worksheet that have raised text, by (row, column) from 0."""
    rich = b"vertAlign" in part
    if not rich and not strings:
        return {}
    if rich or b":c " in part or b"<c>" in part or part.count(b"<c ") != part.count(b'<c r="'):
        return dict(_one_by_one(part, strings, place))
    found = ((letters, row, strings.get(int(number))) for letters, row, number in _SHARED.findall(part))
    return {(int(row) - 1, column_index(letters)): text for letters, row, text in found if text is not None}


def _one_by_one(part: bytes, strings: Mapping[int, str], place: Place) -> Iterator[tuple[Spot, str]]:
    """Yield the raised cells of a sheet that holds text itself, or whose cells do not all tell where they are."""
    row = -1
    for line in elements(part, "row", place):
        row = int(line.get("r")) - 1 if line.get("r", "").isdigit() else row + 1
        column = -1
        for cell in line:
            told = _REFERENCE.fullmatch(cell.get("r", ""))
            row, column = (int(told[2]) - 1, column_index(told[1].encode())) if told else (row, column + 1)
            if (text := _text_of(cell, strings)) is not None:
                yield (row, column), text


def _text_of(cell: Any, strings: Mapping[int, str]) -> str | None:
    if cell.get("t") == "inlineStr":
        return next((in_one_line(_runs(inner)) for inner in named(cell, "is")), None)
    number = next((inner.text or "" for inner in named(cell, "v")), "").strip() if cell.get("t") == "s" else ""
    return strings.get(int(number)) if number.isdigit() else None


def _runs(string: Any) -> Iterator[tuple[str, Height]]:
    """Yield the runs of a rich string; how a word is pronounced is none."""
    for run in string:
        if plain_name(run) in ("t", "r"):
            text = "".join(inner.text or "" for inner in named(run, "t"))
            align = next((local(inner.attrib, "val") for inner in named(run, "vertAlign")), "")
            yield _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text), _HEIGHTS.get(align, "")


# --- ods --------------------------------------------------------------------------------------------------------------


def raised_styles(archive: zipfile.ZipFile, content: Any, place: Place) -> dict[str, Height]:
    """Return the styles of an ods file that raise or lower text, by name."""
    roots = [root for root in (parsed(archive, "styles.xml", place), content) if root is not None]
    styles = {local(style.attrib, "name"): style for root in roots for style in named(root, "style")}
    found = {name: _height_of(name, styles) for name in styles}
    return {name: height for name, height in found.items() if height}


def _height_of(name: str, styles: Mapping[str, Any]) -> Height:
    """Return where a style sets its text; a style that does not say so does as its parent does."""
    for _ in range(_MOST_PARENTS):
        style = styles.get(name)
        if style is None:
            return ""
        if position := next((text for one in style if (text := local(one.attrib, "text-position"))), ""):
            where = position.split()[0]
            return "" if where in ("0", "0%") else "lowered" if where[0] == "-" or where == "sub" else "raised"
        name = local(style.attrib, "parent-style-name")
    return ""


def raised_paragraphs(cell: Any, styles: Mapping[str, Height]) -> str | None:
    """Return the text of a cell of an ods file where part of it is raised; None where nothing is."""
    return in_one_line(_paragraphs(cell, styles))


def text_of_cell(cell: Any) -> str:
    """Return the text of a cell of an ods file; comments on the cell are no part of it."""
    return "".join(text for text, _ in _paragraphs(cell, {}))


def _paragraphs(cell: Any, styles: Mapping[str, Height]) -> Iterator[tuple[str, Height]]:
    for number, paragraph in enumerate(inner for inner in cell if plain_name(inner) == "p"):
        if number:
            yield "\n", ""
        yield from _spans(paragraph, styles, "")


def _spans(element: Any, styles: Mapping[str, Height], height: Height) -> Iterator[tuple[str, Height]]:
    yield element.text or "", height
    for inner in element:
        name = plain_name(inner)
        if name in _SPACES:
            count = local(inner.attrib, "c")
            yield _SPACES[name] * (int(count) if count.isdigit() and len(count) < 4 else 1), height
        elif name != "annotation":
            yield from _spans(inner, styles, styles.get(local(inner.attrib, "style-name"), height))
        yield inner.tail or "", height
