"""Mirror a design for languages written from right to left: styles and drawings go in, mirrored ones come out.

The engine turns what follows the direction of the text by itself: flex rows, grids, tables, `text-align: start`,
logical properties. What names a side does not turn, so it is turned here: `left`, `margin-right`, corners, angles,
shadows, gradients. The platform's own distances (`--inset-*`, `--safe-*`) stay where the platform draws. Letters that
join take no letter spacing, and have no italics.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import tinycss2
from tinycss2.ast import AtRule, Declaration, Node, QualifiedRule

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
NESTING = frozenset({"media", "supports", "layer", "keyframes", "container"})
# A value for each side, from the top clockwise.
SIDES = frozenset({"margin", "padding", "inset", "border-width", "border-style", "border-color"})
# A keyword or a share says where on the horizontal axis.
PLACES = frozenset({"transform-origin", "background-position", "mask-position", "-webkit-mask-position"})
KEYWORDS = frozenset({"text-align", "justify-content", "justify-self", "justify-items", "caption-side", *PLACES})
SHADOWS = frozenset({"box-shadow", "text-shadow"})
TURNED = re.compile(r"(?:skewx|skewy|skew|rotate|translatex|translate)\Z")
FIXED = {"letter-spacing": "0", "font-style": "normal"}
_SIDE = re.compile(r"(?<![a-z])(left|right)(?![a-z])")
_OWN_SIDE = re.compile(r"--(inset|safe)-(left|right)\b")
_VIEW_BOX = re.compile(rb"<svg\b[^>]*\bviewBox=\"([-\d.]+)[ ,]+[-\d.]+[ ,]+([\d.]+)[ ,]+[\d.]+\"[^>]*>")


def is_from_right(language: str) -> bool:
    """Tell whether a language is written from right to left."""
    return language.partition("-")[0] in RIGHT_TO_LEFT


@lru_cache(maxsize=64)
def mirrored(css: str) -> str:
    """Return a stylesheet with the sides of everything that it places changed."""
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    return "\n".join(map(_rule, rules))


def mirrored_style(style: str) -> str:
    """Return the value of a `style` attribute with its sides changed."""
    return _declarations(tinycss2.parse_component_value_list(style))


def mirrored_drawing(data: bytes) -> bytes:
    """Return an SVG drawing turned about its vertical axis; one without a `viewBox` stays as it is."""
    head, end = _VIEW_BOX.search(data), data.rfind(b"</svg>")
    if head is None or end < 0:
        return data
    axis = 2 * float(head[1]) + float(head[2])
    turn = f'<g transform="matrix(-1 0 0 1 {axis:g} 0)">'.encode()
    return data[: head.end()] + turn + data[head.end() : end] + b"</g>" + data[end:]


def _rule(rule: Node) -> str:
    if isinstance(rule, QualifiedRule):
        return f"{tinycss2.serialize(rule.prelude).strip()} {{{_declarations(rule.content)}}}"
    if isinstance(rule, AtRule) and rule.content is not None and rule.lower_at_keyword in NESTING:
        inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
        return f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{' '.join(map(_rule, inner))}}}"
    return str(rule.serialize())


def _declarations(content: Sequence[Node]) -> str:
    nodes = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    return " ".join(_declaration(node) if isinstance(node, Declaration) else _rule(node) for node in nodes)


def _declaration(node: Declaration) -> str:
    name, value = node.lower_name, node.value
    text = _OWN_SIDE.sub(lambda found: f"--{found[1]}-{_other(found[2])}", _value(name, value))
    if not name.startswith("--"):
        name = _SIDE.sub(lambda found: _other(found[1]), name)
    return f"{node.name if name.startswith('--') else name}: {text}{' !important' if node.important else ''};"


def _other(side: str) -> str:
    return "right" if side == "left" else "left"


def _value(name: str, value: Sequence[Node]) -> str:
    if name in FIXED:
        return FIXED[name]
    if name in SIDES or name == "border-radius":
        return _around(value, _corners if name == "border-radius" else _sides)
    if name in SHADOWS:
        return ",".join(_shadow(part) for part in _split(value, ","))
    if name in {"rotate", "translate"}:
        return " ".join(_negative(part) if place == 0 else part for place, part in enumerate(_words(value)))
    turned = "".join(map(_function, value)).strip()
    if name in KEYWORDS:
        turned = _SIDE.sub(lambda found: _other(found[1]), turned)
    return _across(turned) if name in PLACES else turned


def _function(token: Node) -> str:
    """Return a part of a value; functions that know a direction are turned."""
    if token.type != "function":
        return str(token.serialize())
    name, parts = token.lower_name, _split(token.arguments, ",")
    texts = [tinycss2.serialize(part).strip() for part in parts]
    if TURNED.match(name):
        count = 2 if name == "skew" else 1
        return f"{token.name}({', '.join([*map(_negative, texts[:count]), *texts[count:]])})"
    if name.endswith("gradient"):
        return f"{token.name}({', '.join([_direction(texts[0]), *texts[1:]])})"
    if name == "polygon":
        points = [_words(part) for part in parts]
        turned = [f"{_opposite(x)} {y}" for x, y in (point[-2:] for point in points)]
        rule = [" ".join(points[0][:-2])] if len(points[0]) > 2 else []
        return f"polygon({', '.join([*rule, *turned])})"
    if name == "inset":
        return f"inset({_around(token.arguments, _sides)})"
    return str(token.serialize())


def _direction(text: str) -> str:
    """Return the first argument of a gradient, turned: `to right`, `90deg`, `circle at 20% 0`."""
    if text.endswith("deg"):
        return _negative(text)
    place, at, where = text.partition("at ")
    turned = _SIDE.sub(lambda found: _other(found[1]), place)
    return turned + at + _across(_SIDE.sub(lambda found: _other(found[1]), where)) if at else turned


def _across(text: str) -> str:
    """Return a position whose first part, if a share of the width, is counted from the other side."""
    first, space, rest = text.partition(" ")
    return _opposite(first) + space + rest if first.endswith("%") else text


def _opposite(place: str) -> str:
    if place.endswith("%") and re.fullmatch(r"-?[\d.]+%", place):
        return f"{100 - float(place[:-1]):g}%"
    return "100%" if place in {"0", "0px"} else f"calc(100% - {place})"


def _negative(text: str) -> str:
    text = text.strip()
    if re.fullmatch(r"[+-]?[\d.]+[a-z%]*", text, re.I):
        return (
            text if float(re.sub(r"[a-z%]+", "", text, flags=re.I)) == 0 else text[1:] if text[0] == "-" else f"-{text}"
        )
    return f"calc({text} * -1)"


def _shadow(part: Sequence[Node]) -> str:
    words = _words(part)
    first = next((place for place, word in enumerate(words) if re.match(r"[-+.\d]|calc", word)), None)
    return " ".join(_negative(word) if place == first else word for place, word in enumerate(words))


def _around(value: Sequence[Node], turn: Callable[[list[str]], list[str]]) -> str:
    """Return the values of sides or corners, turned; round corners may have two lists of them, parted by a slash."""
    return " / ".join(" ".join(turn(_words(part))) for part in _split(value, "/"))


def _sides(values: list[str]) -> list[str]:
    return [values[0], values[3], values[2], values[1]] if len(values) == 4 else values


def _corners(values: list[str]) -> list[str]:
    if len(values) == 1:
        return values
    top_left, top_right, bottom_right, bottom_left = (
        (*values, *values[:2], values[1])[:4]
        if len(values) == 2
        else ((*values, values[1]) if len(values) == 3 else values)
    )
    return [top_right, top_left, bottom_left, bottom_right]


def _words(value: Sequence[Node]) -> list[str]:
    """Return the parts of a value between its spaces."""
    parts: list[list[Node]] = [[]]
    for token in value:
        if token.type == "whitespace":
            parts.append([])
        else:
            parts[-1].append(token)
    return [tinycss2.serialize(part) for part in parts if part]


def _split(value: Sequence[Any], mark: str) -> list[list[Node]]:
    parts: list[list[Node]] = [[]]
    for token in value:
        if token.type == "literal" and token.value == mark:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts
