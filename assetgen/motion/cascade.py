"""Find what a page's styles say of its elements: stylesheets and markup go in, declarations by element come out.

Only what motion asks for is looked up: rules are matched by the parser of the markup, ordered by origin, specificity
and place as in CSS Cascading Level 4, and `var()` is replaced by what the element or those around it say.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import tinycss2
from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from assetgen.pruning import selectors_of

Node = Any  # tinycss2 ships no types
Specificity = tuple[int, int, int]
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,((?:[^()]|\([^()]*\))*))?\)")
_MOST_NESTED = 8
_STRONGEST = (sys.maxsize, 0, 0)  # what an element says in its own attribute


# Properties that move, and their values where no style says otherwise.
INITIAL: Mapping[str, str] = MappingProxyType(
    {"transform": "none", "opacity": "1", "clip-path": "none", "filter": "none", "translate": "none", "scale": "none"}
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One selector with the declarations behind it: name, value, and whether it is important."""

    selector: str
    specificity: Specificity
    declarations: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, slots=True)
class KeyframeRule:
    """The declarations of an `@keyframes` at some offsets, 0 to 1."""

    offsets: tuple[float, ...]
    declarations: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A stylesheet, read: its rules in order, and its keyframes by name."""

    rules: tuple[Rule, ...]
    keyframes: Mapping[str, tuple[KeyframeRule, ...]]


@lru_cache(128)
def read_sheet(css: str) -> Sheet:
    """Return the rules and keyframes of a stylesheet; what cannot be read is left out, as browsers do."""
    rules: list[Rule] = []
    keyframes: dict[str, tuple[KeyframeRule, ...]] = {}
    for node in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if node.type == "qualified-rule":
            declarations = _declarations(node.content)
            texts = (tinycss2.serialize(part).strip() for part in selectors_of(node.prelude))
            rules += [Rule(text, _specificity(text), declarations) for text in texts]
        elif node.type == "at-rule" and node.lower_at_keyword == "keyframes" and node.content is not None:
            name = tinycss2.serialize(node.prelude).strip().strip("\"'")
            keyframes[name] = tuple(_keyframes(node.content))
    return Sheet(tuple(rules), keyframes)


def _declarations(content: Iterable[Node]) -> tuple[tuple[str, str, bool], ...]:
    found = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    return tuple(
        (
            one.name if one.name.startswith("--") else one.lower_name,
            tinycss2.serialize(one.value).strip(),
            one.important,
        )
        for one in found
        if one.type == "declaration"
    )


def _keyframes(content: Iterable[Node]) -> Iterator[KeyframeRule]:
    for node in tinycss2.parse_rule_list(content, skip_comments=True, skip_whitespace=True):
        if node.type == "qualified-rule":
            texts = [text.strip().lower() for text in tinycss2.serialize(node.prelude).split(",")]
            named = {"from": 0.0, "to": 1.0}
            offsets = [named[text] if text in named else float(text.rstrip("%")) / 100 for text in texts]
            yield KeyframeRule(tuple(offsets), _declarations(node.content))


def _specificity(selector: str) -> Specificity:
    """Return the identities, the classes with attributes and pseudo-classes, and the tags that a selector names."""
    bare = re.sub(r":(?:not|is)\(([^()]*)\)", r" \1", re.sub(r":where\([^()]*\)", "", selector))
    identities = len(re.findall(r"#[\w-]+", bare))
    attributes = len(re.findall(r"\[[^\]]*\]", bare))
    bare = re.sub(r"\[[^\]]*\]", "", bare)
    classes = len(re.findall(r"\.[\w-]+", bare)) + len(re.findall(r"(?<!:):(?!:)[\w-]+", bare))
    tags = len(re.findall(r"(?:^|[\s>+~])([a-zA-Z][\w-]*)", bare))
    return identities, classes + attributes, tags


class Cascade:
    """What some stylesheets say of the elements of a page, numbered by `data-n`."""

    def __init__(self, sheets: Iterable[str], tree: LexborHTMLParser) -> None:
        """Read the sheets; nothing is matched before it is asked for."""
        self.sheets = tuple(map(read_sheet, sheets))
        self._tree = tree
        self._nodes = {int(node.attributes["data-n"] or 0): node for node in tree.css("[data-n]")}
        self._variables: dict[str, dict[int, str]] = {}
        self._natural: dict[int, dict[str, str]] | None = None

    @property
    def nodes(self) -> Mapping[int, LexborNode]:
        """Return the elements by their number."""
        return self._nodes

    def keyframes(self, name: str) -> tuple[KeyframeRule, ...]:
        """Return the keyframes of a name: the last sheet that has them; empty where none has."""
        return next((sheet.keyframes[name] for sheet in reversed(self.sheets) if name in sheet.keyframes), ())

    def declared(self, wanted: Callable[[str], bool]) -> dict[int, list[tuple[str, str]]]:
        """Return for each element the wanted declarations that match it, weakest first, their variables replaced."""
        found: dict[int, list[tuple[object, str, str]]] = {}
        for strength, name, value, numbers in (*self._ruled(wanted), *self._inlined(wanted)):
            for number in numbers:
                found.setdefault(number, []).append((strength, name, value))
        return {
            number: [(name, self.resolve(number, value)) for _, name, value in sorted(given)]
            for number, given in found.items()
        }

    def natural(self, number: int) -> Mapping[str, str]:
        """Return how an element stands without animations: the values of `INITIAL` that its styles change."""
        if self._natural is None:
            self._natural = {one: dict(given) for one, given in self.declared(lambda name: name in INITIAL).items()}
        return {name: value for name, value in self._natural.get(number, {}).items() if value != INITIAL[name]}

    def _ruled(self, wanted: Callable[[str], bool]) -> Iterator[tuple[object, str, str, tuple[int, ...]]]:
        order = 0
        for rule in (rule for sheet in self.sheets for rule in sheet.rules):
            for name, value, important in rule.declarations:
                order += 1
                if wanted(name):
                    yield (important, rule.specificity, order), name, value, tuple(self._matched(rule.selector))

    def _inlined(self, wanted: Callable[[str], bool]) -> Iterator[tuple[object, str, str, tuple[int, ...]]]:
        for number, node in self._nodes.items():
            for order, (name, value, important) in enumerate(self._inline(node)):
                if wanted(name):
                    yield (important, _STRONGEST, order), name, value, (number,)

    def resolve(self, number: int, value: str) -> str:
        """Return a value with its variables replaced; one that nothing gives becomes empty."""
        for _ in range(_MOST_NESTED):
            if "var(" not in value:
                break
            value = _VARIABLE.sub(lambda call: self._variable(number, call[1]) or (call[2] or "").strip(), value)
        return value

    def _variable(self, number: int, name: str) -> str:
        if name not in self._variables:
            self._variables[name] = {}  # one that names itself ends here
            given = self.declared(lambda one: one == name)
            self._variables[name] = {number: values[-1][1] for number, values in given.items()}
        known = self._variables[name]
        node: LexborNode | None = self._nodes.get(number)
        while node is not None:
            own = node.attributes.get("data-n")
            if own is not None and int(own) in known:
                return known[int(own)]
            node = node.parent
        return ""

    def _matched(self, selector: str) -> Iterator[int]:
        if "::" in selector:  # pseudo-elements are no elements: they move with theirs
            return
        selector = selector.replace(":root", ".canvas")
        try:
            nodes = self._tree.css(selector)
        except (SelectolaxError, ValueError):
            return
        yield from (int(node.attributes["data-n"] or 0) for node in nodes if "data-n" in node.attributes)

    @staticmethod
    def _inline(node: LexborNode) -> tuple[tuple[str, str, bool], ...]:
        style = node.attributes.get("style")
        return _declarations(tinycss2.parse_component_value_list(style)) if style else ()
