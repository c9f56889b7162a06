"""Read a user's TOML file into a validated value; report every problem of the file at once, each with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from assetgen.errors import AssetgenError, Place, Problem, did_you_mean
from assetgen.paths import read_bytes

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError

Model = TypeVar("Model", bound="BaseModel")
MAX_SETTINGS_BYTES = 1_000_000


def load_settings(path: Path, model: type[Model], error: type[AssetgenError]) -> Model:
    """Return the file as a value of `model`.

    Raises `error` with every problem of the file: what was got, what is allowed, and on which line.
    """
    return validate(parse_toml(path, error), model, path, error)


def parse_toml(path: Path, error: type[AssetgenError]) -> dict[str, Any]:
    """Return the tables of a TOML file; raises `error` with the line of the first syntax mistake."""
    try:
        return tomllib.loads(read_bytes(path, MAX_SETTINGS_BYTES).decode("utf-8-sig"))
    except UnicodeDecodeError as problem:
        raise error(f"is not UTF-8 text: {problem.reason}", Place(str(path)), "save it as UTF-8") from problem
    except RecursionError as problem:
        raise error("is nested too deep", Place(str(path))) from problem
    except tomllib.TOMLDecodeError as problem:
        found = re.search(r"^(.*?)(?: \(at line (\d+).*\))?$", str(problem))
        message, line = (found[1], found[2]) if found else (str(problem), None)
        place = Place(str(path), int(line) if line else None)
        raise error(f"is not valid TOML: {message}", place, 'text stands in quotes: name = "…"') from problem


def validate(tables: dict[str, Any], model: type[Model], path: Path, error: type[AssetgenError]) -> Model:
    """Return the tables as a value of `model`; raises `error` with every problem and its line in the file."""
    from pydantic import ValidationError

    try:
        return model.model_validate(tables)
    except ValidationError as problem:
        raise error(_problems(problem, model, path)) from None


def _problems(error: ValidationError, model: type[BaseModel], path: Path) -> list[Problem]:
    text = path.read_text("utf-8", errors="replace") if path.is_file() else ""
    found = []
    for mistake in error.errors():
        location = tuple(part for part in mistake["loc"] if not str(part).startswith(("function-", "union")))
        name = ".".join(str(part + 1) if isinstance(part, int) else part for part in location)
        place = Place(str(path), line_of(text, location))
        if mistake["type"] == "extra_forbidden":
            hint = did_you_mean(str(location[-1]), _allowed(model, location[:-1]))
            found.append(Problem(f"'{name}' is not known here", place, hint))
        elif mistake["type"] == "missing":
            found.append(Problem(f"'{name}' is missing", place, f"add {location[-1]} = …"))
        else:
            got = mistake.get("input")
            shown = f", got {got!r}" if isinstance(got, (str, int, float, bool)) else ""
            message = mistake["msg"].removeprefix("Value error, ")
            found.append(Problem(f"'{name}': {message[:1].lower()}{message[1:]}{shown}", place))
    return found


def _allowed(model: type[BaseModel], location: Sequence[int | str]) -> list[str]:
    """Return the names that are allowed at a location, by walking the fields of nested models."""
    from pydantic import BaseModel

    current: Any = model
    for part in location:
        if isinstance(current, type) and issubclass(current, BaseModel) and part in current.model_fields:
            current = _nested_model(current.model_fields[str(part)].annotation)
    if isinstance(current, type) and issubclass(current, BaseModel):
        return [field.alias or name for name, field in current.model_fields.items()]
    return []


def _nested_model(annotation: Any) -> Any:
    from typing import get_args

    from pydantic import BaseModel

    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for inner in get_args(annotation) if (found := _nested_model(inner))), None)


def line_of(text: str, location: Sequence[int | str]) -> int | None:
    """Return the line (from 1) on which a key stands in TOML text, or the nearest table header above it."""
    best: int | None = None
    wanted = [str(part) for part in location]
    depth = 0
    for number, path in _keys(text):
        matched = _common(path, wanted)
        if matched == len(path) and matched > depth:
            best, depth = number, matched
    return best


# A campaign asks for the line of every record in the same text.
@lru_cache(maxsize=8)
def _keys(text: str) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Return line and path of every table header and key of a TOML text."""
    found: list[tuple[int, tuple[str, ...]]] = []
    table: list[str] = []
    counts: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*(\[\[?)\s*([^\]]+?)\s*\]", line):
            table = _table_path(_split_key(header[2]), header[1] == "[[", counts)
            found.append((number, tuple(table)))
        elif key := re.match(r"""\s*([\w"'.-]+)\s*=""", line):
            found.append((number, (*table, *_split_key(key[1]))))
    return tuple(found)


def _table_path(names: Sequence[str], array: bool, counts: dict[str, int]) -> list[str]:
    """Return the path of a table header, with the number of the entry behind the name of each array of tables."""
    path: list[str] = []
    for position, name in enumerate(names, 1):
        path.append(name)
        key = ".".join(path)
        if array and position == len(names):
            counts[key] = counts.get(key, -1) + 1
        if key in counts:
            path.append(str(counts[key]))
    return path


def _split_key(key: str) -> list[str]:
    return [part.strip().strip("\"'") for part in key.split(".")]


def _common(first: Sequence[str], second: Sequence[str]) -> int:
    shared = min(len(first), len(second))
    return next((i for i in range(shared) if first[i] != second[i]), shared)
