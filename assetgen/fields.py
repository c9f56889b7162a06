"""Turn what a user gives for the fields of a layout into typed values; report every field that does not fit at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from assetgen.clips import WISHES, ClipFiles, is_clip, is_moving, playing_of
from assetgen.errors import AssetgenError, FieldError, Place, Problem, did_you_mean
from assetgen.facts import fact
from assetgen.geography import MAX_MAP_BYTES, MapFile
from assetgen.layout import FieldSpec, Layout
from assetgen.locale import check_language, format_date, format_number, parse_date, parse_moment, parse_number
from assetgen.model import Clip, Photo, Value
from assetgen.paths import read_bytes, resolve_inside
from assetgen.photos import PhotoFiles
from assetgen.regions import join
from assetgen.typography import keep_together

MAX_FIELD_TEXT = 5_000
MAX_ITEMS = 500
_TEXTS = (str, int, float, Decimal, date, Value)
LARGEST = Decimal(10) ** 30
# Control characters, and the marks that turn the direction of text around: they can show a number backwards.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class FieldContext:
    """Where the values come from: the language of the asset, and the folder in which pictures are looked for.

    `carousel` tells that they go onto several slides, where longer lists have room.
    """

    language: str
    folder: Path
    place: Place = field(default_factory=Place)
    photos: PhotoFiles = field(default_factory=PhotoFiles)
    clips: ClipFiles = field(default_factory=ClipFiles)
    carousel: bool = False


class MisfitError(ValueError):
    """A value that does not fit its field; caught where the name of the field is known."""


def fill(layout: Layout, given: Mapping[str, Any], context: FieldContext) -> dict[str, Any]:
    """Return every field of the layout, typed; fields that are not given are None.

    Raises FieldError with every problem: unknown and missing fields, wrong types, texts that are too long; UsageError
    for an unknown language.
    """
    check_language(context.language)
    problems: list[Problem] = []
    values: dict[str, Any] = {name: None for name in layout.fields}
    taken: dict[str, str] = {}
    for name, value in given.items():
        known = layout.resolve_field(str(name))
        if known is None:
            hint = did_you_mean(str(name), layout.fields)
            problems.append(Problem(f"the layout '{layout.slug}' has no field '{name}'", context.place, hint))
        elif known in taken:
            problems.append(Problem(f"field '{known}' is given twice: '{taken[known]}' and '{name}'", context.place))
        else:
            taken[known] = name
            values[known] = value
    for name, spec in layout.fields.items():
        try:
            values[name] = _fill_one(spec, values[name], context)
        except MisfitError as misfit:
            hint = spec.help and f"{name}: {spec.help}"
            problems.append(Problem(f"field '{name}' {misfit}", context.place, hint))
        except AssetgenError as error:
            problems += [Problem(f"field '{name}': {p.message}", p.place, p.hint) for p in error.problems]
    if problems := problems or list(_unaccompanied(layout, values, context.place)):
        raise FieldError(problems)
    return values


def _unaccompanied(layout: Layout, values: Mapping[str, Any], place: Place) -> Iterator[Problem]:
    for name, spec in layout.fields.items():
        lacking = [other for other in spec.needs if values[other] is None]
        if values[name] is not None and lacking:
            yield Problem(f"field '{name}' needs '{lacking[0]}' too", place, spec.help and f"{name}: {spec.help}")


def _fill_one(spec: FieldSpec, value: Any, context: FieldContext) -> Any:
    if _absent(value):
        cell = isinstance(value, Value) and value.cell
        value = spec.default
        if _absent(value):
            if spec.required:
                raise MisfitError(f"is missing a value{f' in {cell}' if cell else ''}")
            return None
    if context.carousel and spec.carousel_max is not None:
        spec = spec.model_copy(update={"max": spec.carousel_max})
    return _READERS[spec.type](spec, value, context)


def _absent(value: Any) -> bool:
    if isinstance(value, Value):
        return value.missing
    return value is None or (isinstance(value, str) and not value.strip())


def text_of(value: Any, language: str) -> Markup:
    """Return a value as markup: numbers and dates as facts in the style of the language, all else escaped."""
    if isinstance(value, Value) and isinstance(value.data, Decimal):
        return fact(str(value.data) if value.kind == "year" else format_number(value.data, language), value)
    if isinstance(value, Value) and isinstance(value.data, (date, datetime)):
        return fact(format_date(value.data, language), value)
    if hasattr(value, "__html__"):
        return Markup(_CONTROL.sub(" ", value.__html__()))
    return escape(keep_together(_CONTROL.sub(" ", str(value))))


def _text(spec: FieldSpec, value: Any, context: FieldContext) -> Markup:
    if isinstance(value, (Mapping, list, tuple)):
        raise MisfitError("takes a text, got a list")
    if isinstance(value, bool) or not (isinstance(value, _TEXTS) or hasattr(value, "__html__")):
        raise MisfitError(f"takes a text, got {type(value).__name__}")
    markup = text_of(value, context.language).strip()
    length = len(markup.striptags())
    limit = int(spec.max or MAX_FIELD_TEXT)
    if length > limit:
        raise MisfitError(f"is too long: {length:,} characters, at most {limit:,}")
    lines = [line.strip() for line in markup.splitlines()]
    return lines[0] if len(lines) == 1 else Markup("<br>").join(lines)


def _number(spec: FieldSpec, value: Any, context: FieldContext) -> Value:
    if isinstance(value, bool):
        raise MisfitError("takes a number, got yes or no")
    if isinstance(value, (int, float, Decimal)):
        plain_number = Decimal(value) if isinstance(value, int) else Decimal(str(value))
        if not plain_number.is_finite() or abs(plain_number) > LARGEST:
            raise MisfitError(f"takes a number up to {LARGEST:.0e}, got {plain_number:.3e}")
        value = Value(str(value), plain_number, "number")
    if spec.unit and isinstance(value.data if isinstance(value, Value) else value, str):
        value = _without_unit(value, spec.unit)
    if not isinstance(value, Value):
        plain = Markup(value).striptags() if isinstance(value, str) else str(value)
        number = parse_number(plain, "en" if context.language == "en" else "id")
        if number is None:
            raise MisfitError(f"takes a number, got '{plain[:60]}'")
        value = Value(plain, number, "number")
    amount: Value = value
    if not isinstance(amount.data, Decimal):
        where = f" in {amount.cell}" if amount.cell else ""
        raise MisfitError(f"takes a number, got '{amount.raw[:60]}'{where}")
    _within(spec, amount.data)
    return amount


def _without_unit(value: Value | str, unit: str) -> Value | str:
    """Read a number that stands with its unit in one text, such as the depth `10 km` of a feed, in English style."""
    plain = Markup(str(value)).striptags().strip()
    number = parse_number(plain.removesuffix(unit).strip(), "en") if plain.endswith(unit) else None
    if number is None:
        return value
    return Value(plain, number, "number", unit, value.cell if isinstance(value, Value) else None)


def _within(spec: FieldSpec, amount: Decimal) -> None:
    if spec.min is not None and amount < Decimal(str(spec.min)):
        raise MisfitError(f"is {amount}, at least {spec.min:g} is allowed")
    if spec.max is not None and amount > Decimal(str(spec.max)):
        raise MisfitError(f"is {amount}, at most {spec.max:g} is allowed")


def _date(_: FieldSpec, value: Any, __: FieldContext) -> Value:
    if isinstance(value, (date, datetime)):
        return Value(value.isoformat(), value, "date")
    if isinstance(value, Value) and isinstance(value.data, (date, datetime)):
        return value
    plain = Markup(str(value)).striptags()
    found = parse_date(plain)
    if found is None:
        raise MisfitError(f"takes a date such as '17 Agustus 2026' or 2026-08-17, got '{plain[:60]}'")
    return Value(plain, found, "date")


def _moment(_: FieldSpec, value: Any, __: FieldContext) -> Value:
    """Read a date with its hour and zone: a warning that names no zone is wrong in two thirds of the country."""
    data = value.data if isinstance(value, Value) else value
    plain = Markup(str(value)).striptags()
    if isinstance(data, str):
        found = parse_moment(plain)
        data = found.data if found else None
    if not isinstance(data, datetime) or data.utcoffset() is None:
        raise MisfitError(f"takes a date with hour and zone such as '17 Agustus 2026 09:00 WIB', got '{plain[:60]}'")
    return value if isinstance(value, Value) and value.data == data else Value(plain, data, "datetime")


def _choice(spec: FieldSpec, value: Any, _: FieldContext) -> str:
    plain = Markup(str(value)).striptags().strip()
    matches = [choice for choice in spec.choices if choice.lower() == plain.lower()]
    if not matches:
        raise MisfitError(f"takes one of {', '.join(spec.choices)}; got '{plain[:60]}'")
    return matches[0]


def _boolean(_: FieldSpec, value: Any, __: FieldContext) -> bool:
    data = value.data if isinstance(value, Value) else value
    word = Markup(str(data)).striptags().strip().lower()
    if word in {"true", "ya", "yes", "1", "benar"}:
        return True
    if word in {"false", "tidak", "no", "0", "salah"}:
        return False
    raise MisfitError(f"takes yes or no (ya, tidak), got '{word[:60]}'")


def _list(spec: FieldSpec, value: Any, context: FieldContext) -> list[Markup]:
    if isinstance(value, (str, Value)):
        value = [line for line in re.split(r"[\n;]", str(value)) if line.strip()]
    plain = FieldSpec()
    items = [_text(plain, item, context) for item in _items(value)]
    _counted(spec, len(items))
    return items


def _rows(spec: FieldSpec, value: Any, context: FieldContext) -> list[dict[str, Any]]:
    options: Mapping[str, Any] = {}
    if spec.regions and isinstance(value, Mapping) and "rows" in value:
        options, value = value, value["rows"]
    rows: list[dict[str, Any]] = []
    problems: list[str] = []
    for number, item in enumerate(_items(value), 1):
        if not isinstance(item, Mapping):
            problems.append(f"takes rows with {', '.join(spec.columns)}; row {number} is {type(item).__name__}")
            continue
        if unknown := [name for name in item if name not in spec.columns]:
            problems.append(f"row {number} has no column '{unknown[0]}' ({did_you_mean(unknown[0], spec.columns)})")
        row: dict[str, Any] = {}
        for name, column in spec.columns.items():
            try:
                row[name] = _fill_one(column, item.get(name), context)
            except MisfitError as misfit:
                problems.append(f"row {number}, {name} {misfit}")
        rows.append(row)
    if problems:
        raise MisfitError("; ".join(problems[:8]))
    _counted(spec, len(rows))
    return _regions(spec, rows, options, context) if spec.regions else rows


def _regions(
    spec: FieldSpec, rows: list[dict[str, Any]], options: Mapping[str, Any], context: FieldContext
) -> list[dict[str, Any]]:
    """Return the rows with the names of their regions in one spelling, in the language of the asset."""
    partial, edition = options.get("partial", False), options.get("edition")
    if not isinstance(partial, bool) or not (edition is None or (isinstance(edition, int) and edition > 1)):
        raise MisfitError(f"partial takes true or false, edition a number of regions; got {partial!r} and {edition!r}")
    column = spec.region_column
    joined = join(rows, column)
    if problems := joined.problems(partial=partial, edition=edition):
        hint = "" if partial or edition or joined.unmatched else "; say partial = true to show a part"
        raise MisfitError(f"takes {spec.regions}: {'; '.join(problems)}{hint}")
    regions = [match.region for match in joined.matches]
    labels = [text_of(region.label(context.language), context.language) for region in regions if region]
    return [{**row, column: label} for row, label in zip(rows, labels, strict=True)]


def _items(value: Any) -> Sequence[Any]:
    if isinstance(value, Mapping) or not isinstance(value, Iterable):
        raise MisfitError(f"takes a list, got {type(value).__name__}")
    items = list(value)
    if len(items) > MAX_ITEMS:
        raise MisfitError(f"has {len(items):,} items, at most {MAX_ITEMS} are taken")
    return items


def _counted(spec: FieldSpec, count: int) -> None:
    if spec.min is not None and count < spec.min:
        raise MisfitError(f"has {count} items, at least {spec.min:g} are needed")
    if spec.max is not None and count > spec.max:
        raise MisfitError(f"has {count} items, at most {spec.max:g} fit: shorten the list, or limit it")


def _image(spec: FieldSpec, value: Any, context: FieldContext) -> Photo:
    focus: tuple[float, float] = (0.5, 0.5)
    given: Mapping[str, Any] = {}
    if isinstance(value, Photo):
        return value
    if isinstance(value, Mapping):
        focus, given = _focus(value.get("focus", focus)), value
        value = value.get("file", "")
    if is_moving(value):
        return _clip(spec, context.clips.record(value, context.place), given, context)
    name = file_name(value)
    if is_clip(name):
        path = resolve_inside(context.folder, name, context.place)
        return _clip(spec, context.clips.read(path, name, context.place), given, context)
    return context.photos.read(resolve_inside(context.folder, name, context.place), name, focus, context.place)


def file_name(value: Any) -> str:
    """Return the name of the file that a value names, which may be markup with facts in it."""
    return Markup(str(value)).striptags().strip()


def _clip(spec: FieldSpec, clip: Clip, given: Mapping[str, Any], context: FieldContext) -> Photo:
    """Return a clip as a photo that moves; `given` holds what the user wishes of it."""
    if not spec.clips:
        raise MisfitError(f"takes a picture; '{clip.name}' is a moving one")
    if unknown := [name for name in given if name not in ("file", "focus", "ends", *WISHES)]:
        raise MisfitError(f"has no '{unknown[0]}' ({did_you_mean(unknown[0], ('focus', 'ends', *WISHES))})")
    try:
        own = replace(clip, playing=playing_of(given))
        return context.clips.photo(own, _focus(given.get("focus", (0.5, 0.5))))
    except ValueError as error:
        raise MisfitError(f"cannot be played: {error}") from error


def _map(_: FieldSpec, value: Any, context: FieldContext) -> MapFile:
    """Read a map of the user's own: `peta.geojson`, or `{ file = "peta.geojson", key = "KABKOT" }`."""
    if isinstance(value, MapFile):
        return value
    key = ""
    if isinstance(value, Mapping):
        key, value = str(value.get("key", "")), value.get("file", "")
    name = file_name(value)
    path = resolve_inside(context.folder, name, context.place)
    return MapFile(read_bytes(path, MAX_MAP_BYTES, context.place), name, key)


def _focus(value: Any) -> tuple[float, float]:
    try:
        across, down = (float(part) for part in value)
    except (TypeError, ValueError):
        raise MisfitError(f"focus takes two shares of width and height such as [0.5, 0.3], got {value!r}") from None
    if not (0 <= across <= 1 and 0 <= down <= 1):
        raise MisfitError(f"focus lies between 0 and 1, got {value!r}")
    return across, down


_READERS: Mapping[str, Callable[[FieldSpec, Any, FieldContext], Any]] = {
    "text": _text,
    "key": _text,
    "url": _text,
    "number": _number,
    "percent": _number,
    "date": _date,
    "moment": _moment,
    "image": _image,
    "choice": _choice,
    "boolean": _boolean,
    "list": _list,
    "rows": _rows,
    "map": _map,
}
