"""Read W3C design tokens (JSON) into the colours, fonts and tokens of a brand.

The format is the Design Tokens Community Group's: nested groups, tokens with `$value` and an inherited `$type`, and
aliases written `{group.token}` (https://www.designtokens.org/tr/drafts/format/).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from assetgen.errors import BrandError, Place, Problem, did_you_mean
from assetgen.paths import read_bytes

MAX_ALIASES = 32
Tokens = dict[tuple[str, ...], tuple[str, Any]]


def read_tokens(path: Path) -> dict[str, dict[str, Any]]:
    """Return `{"colors": …, "fonts": …, "tokens": …}` from a design-token file.

    Raises BrandError with every token that is not valid: unknown alias, circle of aliases, unusable value.
    """
    place = Place(str(path))
    try:
        document = json.loads(read_bytes(path, 2_000_000))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise BrandError(f"is not valid JSON: {error}", Place(str(path), getattr(error, "lineno", None))) from error
    if not isinstance(document, dict):
        raise BrandError("design tokens are a JSON object", place)
    try:
        tokens: Tokens = dict(_walk(document, (), ""))
    except RecursionError as error:
        raise BrandError("the tokens are nested too deep", place) from error
    found: dict[str, dict[str, Any]] = {"colors": {}, "fonts": {}, "tokens": {}}
    problems: list[Problem] = []
    for name, (kind, value) in tokens.items():
        try:
            inherited, resolved = _resolve(value, tokens)
            _place_token(found, name, kind or inherited, resolved)
        except ValueError as error:
            problems.append(Problem(f"token '{'.'.join(name)}': {error}", place))
    if problems:
        raise BrandError(problems)
    return found


def _walk(group: Mapping[str, Any], path: tuple[str, ...], kind: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    kind = group.get("$type", kind)
    if "$value" in group:
        yield path, (kind, group["$value"])
        return
    for name, inner in group.items():
        if not name.startswith("$") and isinstance(inner, dict):
            yield from _walk(inner, (*path, name), kind)


def _resolve(value: Any, tokens: Tokens) -> tuple[str, Any]:
    """Follow aliases to a value, and return the type of the last token on the way with it."""
    kind = ""
    seen: dict[str, None] = {}
    while isinstance(value, str) and (alias := re.fullmatch(r"\{([^{}]+)\}", value)):
        target = alias[1]
        if target in seen:
            raise ValueError(f"the aliases {' → '.join((*seen, target))} run in a circle")
        path = tuple(target.split("."))
        if path not in tokens:
            names = (".".join(name) for name in tokens)
            raise ValueError(f"there is no token '{target}' to point to ({did_you_mean(target, names)})")
        if len(seen) > MAX_ALIASES:
            raise ValueError(f"its alias goes through more than {MAX_ALIASES} others")
        seen[target] = None
        kind, value = tokens[path]
    return kind, value


def _place_token(found: dict[str, dict[str, Any]], path: tuple[str, ...], kind: str, value: Any) -> None:
    """Put one token where brands keep its kind; the leading group name `color` or `font` is not said twice."""
    if kind == "color":
        found["colors"][_name(path, {"color", "colors", "colour"})] = _hex(value)
    elif kind == "fontFamily":
        family = value[0] if isinstance(value, list) and value else value
        found["fonts"][_name(path, {"font", "fonts", "family"})] = {"family": str(family)}
    elif kind in {"dimension", "number", "fontWeight", "duration", "cubicBezier", "string", ""}:
        found["tokens"][_name(path, set())] = _css(kind, value)


def _name(path: tuple[str, ...], dropped: set[str]) -> str:
    words = path[1:] if len(path) > 1 and path[0].lower() in dropped else path
    spaced = "-".join(re.sub(r"([a-z0-9])([A-Z])", r"\1-\2", word) for word in words)
    return re.sub(r"[^a-z0-9]+", "-", spaced.lower()).strip("-")


def _hex(value: Any) -> str:
    from coloraide import Color

    if isinstance(value, dict):  # the 2025 form: a colour space with components, and perhaps an alpha
        numbers = " ".join(str(number) for number in value.get("components", ()))
        alpha = value.get("alpha", 1)
        value = value.get("hex") or f"color({value.get('colorSpace', 'srgb')} {numbers} / {alpha})"
    try:
        return Color(str(value)).convert("srgb").fit().to_string(hex=True)
    except ValueError as error:
        raise ValueError(f"'{value}' is not a colour") from error


def _css(kind: str, value: Any) -> str | int | float:
    if isinstance(value, dict) and "value" in value:
        return f"{value['value']}{value.get('unit', '')}"
    if kind == "cubicBezier" and isinstance(value, list):
        return f"cubic-bezier({', '.join(map(str, value))})"
    if isinstance(value, (str, int, float)):
        return value
    raise ValueError(f"{value!r} is not one CSS value")
