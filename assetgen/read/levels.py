"""Find the hierarchy of rows: codes, numbering, indentation or columns of labels go in; levels and parents come out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assetgen.read.body import Body, Filled
from assetgen.read.kinds import is_code_name

ENOUGH = 0.8
# A stray space or two before a few names is no hierarchy.
SOME, STEP = 0.2, 2
SAMPLE = 500

_NUMBER_NAME = re.compile(r"(?:no|nomor|no\.? ?urut|kode|code|rekening|kode rekening|#)\.?", re.IGNORECASE)
_TOKEN = re.compile(r"(?P<open>\(?)(?P<body>[IVXLC]{1,7}|[ivxlc]{1,7}|[A-Za-z]|\d{1,3}(?:\.\d{1,3})*)(?P<close>[.)]?)")
_LABEL = re.compile(
    r"\s*(?P<token>\(?(?:[IVXLC]{1,7}|[ivxlc]{1,7}|[A-Za-z]|\d{1,3}(?:\.\d{1,3})*)[.)]|\d+(?:\.\d+)+)\s+\S"
)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True)
class Levels:
    """The level of each row from 1, the row that it is part of (None at the top), and what told so."""

    levels: Sequence[int]
    parents: Sequence[int | None]
    how: str


def find_levels(body: Body, labels: Sequence[str], rows: Sequence[int]) -> Levels | None:
    """Return the levels of some rows of a body, by index; None when they all stand side by side.

    `labels` are what all rows are about. The first of codes, numbering, indentation and columns that tells wins.
    """
    if len(rows) < 3:
        return None
    return (
        _by_codes(body, rows) or _by_numbering(body, labels, rows) or _by_indent(body, rows) or _by_column(body, rows)
    )


def is_numbering(text: str) -> bool:
    """Tell whether a text is a number or letter of a numbering and nothing else: I, A., 1), a."""
    return bool(_TOKEN.fullmatch(text))


def _levels(
    depths: Sequence[int], rows: Sequence[int], how: str, parents: Sequence[int | None] | None = None
) -> Levels:
    """Return levels without gaps; a parent is the nearest row above that stands higher, unless it is known."""
    order = {depth: level for level, depth in enumerate(sorted(set(depths)), 1)}
    levels = [order[depth] for depth in depths]
    return Levels(levels, parents if parents is not None else _parents(levels, rows), how)


def _parents(levels: Sequence[int], rows: Sequence[int]) -> list[int | None]:
    path: list[tuple[int, int]] = []
    parents: list[int | None] = []
    for level, row in zip(levels, rows, strict=True):
        while path and path[-1][0] >= level:
            path.pop()
        parents.append(path[-1][1] if path else None)
        path.append((level, row))
    return parents


# --- codes ------------------------------------------------------------------------------------------------------------


def _by_codes(body: Body, rows: Sequence[int]) -> Levels | None:
    for filled in body.columns:
        name = filled.column.name.replace("_", " ").strip()
        named = filled.column.style == "code" or is_code_name(name) or _NUMBER_NAME.fullmatch(name)
        if named and (found := _of_codes(filled, rows)):
            return found
    return None


def _of_codes(filled: Filled, rows: Sequence[int]) -> Levels | None:
    texts = [filled.raws[row].strip().rstrip(".") for row in rows]
    if not all(text[:1].isdigit() for text in texts) or len(set(texts)) != len(texts):
        return None
    paths = [_path(text) for text in texts] if any("." in text for text in texts) else _digit_paths(texts)
    if not paths or len(set(map(len, paths))) < 2:
        return None
    known = dict(zip(paths, rows, strict=True))
    parents = [_parent(path, known) for path in paths]
    top = min(map(len, paths))
    deep = [parent for path, parent in zip(paths, parents, strict=True) if len(path) > top]
    if sum(parent is not None for parent in deep) < ENOUGH * len(deep):
        return None
    return _levels([len(path) for path in paths], rows, f"the codes in '{filled.column.name}'", parents)


def _parent(path: tuple[str, ...], known: Mapping[tuple[str, ...], int]) -> int | None:
    return next((known[path[:end]] for end in range(len(path) - 1, 0, -1) if path[:end] in known), None)


def _path(code: str) -> tuple[str, ...]:
    """Return the parts of a code: 11.01 lies in 11; zeros at the end, as in 11.00, fill the place of parts."""
    parts = code.split(".")
    while len(parts) > 1 and not parts[-1].strip("0"):
        parts.pop()
    return tuple(parts)


def _digit_paths(codes: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the parts of codes without dots, by their lengths: 3526 lies in 35; running numbers have none."""
    lengths = sorted({len(code) for code in codes})
    if not all(code.isdigit() for code in codes) or lengths[0] < 2:
        return []
    if len(lengths) == 1:
        pairs = [_path(".".join(code[at : at + 2] for at in range(0, len(code), 2))) for code in codes]
        return pairs if lengths[0] in (4, 6) and any(code.endswith("00") for code in codes) else []
    if any(later - earlier < STEP for earlier, later in pairwise(lengths)):
        return []
    ends = {length: [end for end in lengths if end <= length] for length in lengths}
    return [tuple(code[:end] for end in ends[len(code)]) for code in codes]


# --- numbering --------------------------------------------------------------------------------------------------------


def _by_numbering(body: Body, labels: Sequence[str], rows: Sequence[int]) -> Levels | None:
    columns = [one for one in body.columns if _NUMBER_NAME.fullmatch(one.column.name.replace("_", " ").strip())]
    # Of a long table the first rows tell whether the others need a look.
    for part in (rows[:SAMPLE], rows):
        tokens = [_token_of(columns, labels[row], row) for row in part]
        if sum(map(bool, tokens)) < 0.6 * len(part) or len(set(map(_kind_of_token, tokens))) < 2:
            return None
    depths = _depths(tokens)
    if len(set(depths)) < 2:
        return None
    return _levels(depths, rows, "the numbering of the rows")


def _kind_of_token(token: str) -> str:
    """Return the shape of a token: numbers alone, or letters alone, tell no levels; I may be Roman."""
    roman = "R" if token and not set(token.strip("().").lower()) - set(_ROMAN) else ""
    return roman + re.sub(r"\d+", "1", re.sub(r"[A-Z]", "A", re.sub(r"[a-z]", "a", token)))


def _token_of(columns: Sequence[Filled], label: str, row: int) -> str:
    for filled in columns:
        text = filled.raws[row].strip()
        if text and _TOKEN.fullmatch(text):
            return text
    found = _LABEL.match(label)
    return found["token"] if found else ""


def _depths(tokens: Sequence[str]) -> list[int]:
    """Return the depth of each token: one of a kind that is open goes on there, a new kind goes deeper."""
    path: list[tuple[str, int]] = []
    depths: list[int] = []
    for token in tokens:
        if not token:
            depths.append(depths[-1] if depths else 0)
            continue
        options = list(_meanings(token))
        place, meaning = _goes_on(path, options) or _begins(path, options)
        path[place:] = [meaning]
        depths.append(place)
    return depths


def _meanings(token: str) -> Iterator[tuple[str, int]]:
    """Yield what a token may be: kind and number; `I` may be Roman or the letter after H."""
    found = _TOKEN.fullmatch(token)
    if not found:
        return
    text, marks = found["body"], found["open"] + found["close"]
    if text[0].isdigit():
        parts = text.split(".")
        yield f"digits{len(parts)}{marks if len(parts) == 1 else ''}", int(parts[-1])
        return
    case = "upper" if text.isupper() else "lower"
    if len(text) == 1:
        yield f"{case} letter{marks}", ord(text.lower()) - 96
    if not set(text.lower()) - set(_ROMAN):
        yield f"{case} roman{marks}", _roman(text.lower())


def _roman(text: str) -> int:
    values = [_ROMAN[letter] for letter in text]
    return sum(-one if one < max(values[place:]) else one for place, one in enumerate(values))


def _goes_on(path: Sequence[tuple[str, int]], options: Sequence[tuple[str, int]]) -> tuple[int, tuple[str, int]] | None:
    for place in range(len(path) - 1, -1, -1):
        for option in options:
            if option == (path[place][0], path[place][1] + 1):
                return place, option
    return None


def _begins(path: Sequence[tuple[str, int]], options: Sequence[tuple[str, int]]) -> tuple[int, tuple[str, int]]:
    kinds = [kind for kind, _ in path]
    # A numbering that begins with I is Roman, not the ninth letter; numbers that skip stay where their kind is.
    best = next((option for option in options if option[1] == 1), options[0])
    for option in options:
        if option[0] in kinds:
            return kinds.index(option[0]), option
    return len(path), best


# --- layout of the sheet ----------------------------------------------------------------------------------------------


def _by_indent(body: Body, rows: Sequence[int]) -> Levels | None:
    for filled in body.columns:
        if filled.kind != "text" or filled.column.style == "code":
            continue
        if not filled.indents and not any(text[:1].isspace() for text in set(filled.raws)):
            continue
        depths = [filled.indent(row) for row in rows]
        least = min(depths)
        deep = [depth for depth in depths if depth >= least + STEP]
        if len(deep) < max(2, SOME * len(rows)) or depths[0] >= least + STEP:
            continue
        return _levels(_steps(depths), rows, f"the indentation in '{filled.column.name}'")
    return None


def _steps(indents: Sequence[int]) -> list[int]:
    """Return depths by how far rows stand in; a space more or less than the others does not count."""
    path: list[int] = []
    depths = []
    for indent in indents:
        while path and path[-1] - indent >= STEP:
            path.pop()
        if not path or indent - path[-1] >= STEP:
            path.append(indent)
        depths.append(len(path) - 1)
    return depths


def _by_column(body: Body, rows: Sequence[int]) -> Levels | None:
    """Take the first columns of words as levels where every row fills one of them."""
    first = next((at for at, one in enumerate(body.columns) if one.kind == "text"), len(body.columns))
    group: list[Filled] = []
    sample = rows[:SAMPLE]
    for filled in body.columns[first:]:
        if filled.kind != "text":
            break
        group.append(filled)
        if len(group) > 1 and any(sum(not one.is_missing(row) for one in group) > 1 for row in sample):
            break
        held = [sum(not one.is_missing(row) for one in group) for row in rows] if len(group) > 1 else [0]
        if len(group) > 1 and all(count == 1 for count in held):
            depths = [next(at for at, one in enumerate(group) if not one.is_missing(row)) for row in rows]
            if depths[0] == 0 and len(set(depths)) > 1:
                names = ", ".join(f"'{one.column.name}'" for one in group)
                return _levels(depths, rows, f"the columns {names}")
        if any(count > 1 for count in held):
            break
    return None
