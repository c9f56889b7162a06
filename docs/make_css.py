"""Write docs/css.md, the page for designers, from what is known about the engine: `python docs/make_css.py`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
DATA = HERE.parent / "assetgen" / "engines" / "takumi_css.toml"

PLACEHOLDERS = {"<ident>": "name", "<empty>": '""', "<single>": "20px"}
INTRO = """# CSS in layouts

Layouts are painted by {engine}, not by a browser. Everything below is checked when a layout is loaded: what does not
work is reported with file and line, and the way round. Values are checked too, by the engine's own parser.

Every line of text is a whole number of pixels high: `line-height: 1.25` of 30 px makes 38 px, in Chromium as in the
default engine, so that both stand alike at the end of a long list.

This page is written by `docs/make_css.py` from `assetgen/engines/takumi_css.toml`; tests compare it with the engine.

## Traps that depend on the markup

The check cannot see these.
"""


def page() -> str:
    """Return the whole page."""
    data = tomllib.loads(DATA.read_text("utf-8"))
    parts = [INTRO.format(engine=data["engine"]), _table("this", "do this", data["traps"], code=False)]
    parts += [_topic(topic) for topic in data["topics"].values()]
    keyframes = data["keyframes"]["gaps"] | {"--anything": "animate the property itself"}
    parts.append("## In @keyframes\n\n" + _table("does not move", "way round", keyframes))
    parts.append(_section("Functions", data["functions"]["supported"], data["functions"]["gaps"], "{}()"))
    parts.append(_table("does not work", "way round", data["functions"]["limits"]))
    parts.append(_section("Units", data["units"]["supported"], data["units"]["gaps"]))
    parts.append(_selectors(data["selectors"]))
    at_rules = data["at_rules"]
    parts.append(_section("At-rules", at_rules["supported"], at_rules["gaps"], "@{}"))
    parts.append(f"`@media` may ask for: {_code(at_rules['media_features'])}, also with `min-` and `max-` or `<=`.\n")
    parts.append(f"## Allowed, without effect\n\n{_code(data['harmless']['properties'])}\n")
    return "\n".join(parts)


def _topic(topic: Mapping[str, Any]) -> str:
    values = {
        f"{name}: {word}": hint for name, words in topic.get("values", {}).items() for word, hint in words.items()
    }
    return _section(topic["title"], topic["properties"], topic.get("gaps", {}) | values)


def _selectors(selectors: Mapping[str, Any]) -> str:
    works = [f":{name}" for name in selectors["pseudo_classes"]]
    works += [f"::{name}" for name in selectors["pseudo_elements"]]
    plain = ["element", ".class", "#id", "[attribute]", "a b", "a > b", "a + b", "a ~ b", "& (nested)"]
    return _section("Selectors", plain + works, selectors["gaps"])


def _section(title: str, works: Iterable[str], gaps: Mapping[str, str], spelling: str = "{}") -> str:
    table = _table("does not work", "way round", {spelling.format(name): hint for name, hint in gaps.items()})
    return f"## {title}\n\nWorks: {_code(spelling.format(name) for name in works)}\n\n{table}"


def _table(left: str, right: str, rows: Mapping[str, str], code: bool = True) -> str:
    """Write a table with one row for each way round: what shares it stands together."""
    by_hint: dict[str, list[str]] = {}
    for name, hint in rows.items():
        by_hint.setdefault(hint, []).append(name)
    if not by_hint:
        return ""
    lines = [f"| {_code(names) if code else names[0]} | {_escape(hint)} |" for hint, names in by_hint.items()]
    return "\n".join([f"| {left} | {right} |", "|---|---|", *lines, ""])


def _code(names: Iterable[str]) -> str:
    return " ".join(f"`{name}`" for name in names)


def _escape(text: str) -> str:
    return text if "`" in text else text.replace("<", "&lt;").replace("|", "\\|")


if __name__ == "__main__":
    (HERE / "css.md").write_text(page(), "utf-8")
