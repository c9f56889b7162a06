"""Check CSS before it is painted: a stylesheet goes in; what the engine would silently ignore comes out as problems.

What the engine honours is data (`engines/takumi_css.toml`); whether a value of a supported property is well formed is
asked of the engine's own parser, so that the two can never disagree.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise, product, zip_longest
from typing import Any

from assetgen.errors import Place, Problem, did_you_mean, nearest
from assetgen.parts import PACKAGE

Node = Any  # tinycss2 ships no types
Refusal = Callable[[str, str], str]  # property, value -> what is allowed instead, or ""
Fault = tuple[int, str, str]  # line, message, hint

KEPT = 256  # stylesheets and templates whose problems are remembered

CSS_WIDE = frozenset({"inherit", "initial", "unset", "auto", "span", "none", "normal"})
RESOURCE = re.compile(r"data:", re.IGNORECASE)
JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
VARIABLE = re.compile(r"var\((?:[^()]|\([^()]*\))*\)", re.IGNORECASE)
SAMPLES = ("1px", "1", "10%", "1s", "45deg", "red")
NEST_CALC = "nest calc(calc(100% - 20px) / 3)"
CALC_LIMIT = "calc() reads lengths and percentages only: compute other values in the template"
JINJA_VALUE = "var(--jinja)"
TAG = re.compile(r"<([a-zA-Z][\w-]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>")
STYLE = re.compile(r"(?<![\w-])style\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
NOT_IN_SELECTORS = frozenset({"number", "dimension", "percentage", "string", "{} block", "() block", "error"})
SVG_PARTS = re.compile(
    "circle|clippath|defs|ellipse|g|image|line|lineargradient|marker|mask|path|pattern|polygon|polyline"
    "|radialgradient|rect|stop|symbol|text|textpath|tspan|use"
)


@dataclass(frozen=True, slots=True)
class KnownCss:
    """What the engine honours, and the way round what it does not."""

    properties: frozenset[str]
    harmless: frozenset[str]
    gaps: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]
    keyframes: Mapping[str, str]
    functions: frozenset[str]
    function_gaps: Mapping[str, str]
    units: frozenset[str]
    unit_gaps: Mapping[str, str]
    pseudos: frozenset[str]
    selector_gaps: Mapping[str, str]
    at_rules: frozenset[str]
    at_rule_gaps: Mapping[str, str]
    media_features: frozenset[str]


@functools.cache
def known_css() -> KnownCss:
    """Read what the engine honours from its data file."""
    import tomllib

    data = tomllib.loads((PACKAGE / "engines" / "takumi_css.toml").read_text("utf-8"))
    topics = data["topics"].values()
    selectors, at_rules = data["selectors"], data["at_rules"]
    return KnownCss(
        properties=frozenset(name for topic in topics for name in topic["properties"]),
        harmless=frozenset(data["harmless"]["properties"]),
        gaps={name: hint for topic in topics for name, hint in topic.get("gaps", {}).items()},
        values={name: refused for topic in topics for name, refused in topic.get("values", {}).items()},
        keyframes=data["keyframes"]["gaps"],
        functions=frozenset(data["functions"]["supported"]),
        function_gaps=data["functions"]["gaps"],
        units=frozenset(data["units"]["supported"]),
        unit_gaps=data["units"]["gaps"],
        pseudos=frozenset(
            [f":{name}" for name in selectors["pseudo_classes"]]
            + [f"{colons}{name}" for name in selectors["pseudo_elements"] for colons in (":", "::")]
        ),
        selector_gaps=selectors["gaps"],
        at_rules=frozenset(at_rules["supported"] + data["harmless"]["at_rules"]),
        at_rule_gaps=at_rules["gaps"],
        media_features=frozenset(at_rules["media_features"]),
    )


# A preview, a campaign and its checks load the same kits again and again, and most of their files have not changed.
@functools.lru_cache(maxsize=KEPT)
def check_stylesheet(css: str, file: str) -> tuple[Problem, ...]:
    """Return every piece of a stylesheet that the engine would ignore, with its line and the way round."""
    import tinycss2

    check = _Check(file, known_css())
    check.rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True))
    return tuple(check.problems)


@functools.lru_cache(maxsize=KEPT)
def check_inline_styles(html: str, file: str) -> tuple[Problem, ...]:
    """Return what the engine would ignore in the `style` attributes of a template; Jinja expressions are skipped.

    The parts of inline SVG are left alone: their styles are read by another parser. A `<style>` element is refused.
    """
    import tinycss2

    check = _Check(file, known_css())
    text = JINJA.sub(_blank_jinja, html)
    for tag in TAG.finditer(text):
        name = tag[1].lower()
        if name == "style":
            check.line_offset = text.count("\n", 0, tag.start())
            check.report(1, "the engine does not read <style> elements", "put the rules into layout.css")
        elif not SVG_PARTS.fullmatch(name) and (style := STYLE.search(tag[2])):
            check.line_offset = text.count("\n", 0, tag.start(2) + style.start(style.lastindex or 0))
            check.rules(tinycss2.parse_blocks_contents(style[style.lastindex or 0], skip_comments=True))
    return tuple(check.problems)


def _blank_jinja(match: re.Match[str]) -> str:
    """Stand a value in for an expression and nothing for a statement, on as many lines."""
    return (JINJA_VALUE if match[0].startswith("{{") else "") + "\n" * match[0].count("\n")


@functools.cache
def _engine_refusal() -> Refusal:
    """Return the question to the engine's parser: which values are allowed, if not this one."""
    from pytakumi import Renderer, container

    renderer = Renderer()

    def ask(name: str, value: str) -> str:
        try:
            renderer.measure(container([], style={_script_name(name): value}), width=1, height=1)
        except ValueError as error:
            return _allowed(str(error))
        return ""

    return ask


def _script_name(name: str) -> str:
    """Write a property as scripts do: `-webkit-line-clamp` is `WebkitLineClamp`."""
    head, *rest = name.split("-")
    return head + "".join(part.capitalize() for part in rest)


def _allowed(message: str) -> str:
    """Cut the allowed values out of the engine's message."""
    allowed = message.partition(", expected ")[2].partition("; also accepts")[0]
    return "allowed: " + allowed.removeprefix("a value of ") if allowed else "the engine cannot read it"


@dataclass(slots=True)
class _Check:
    """Walk one file and gather problems."""

    file: str
    known: KnownCss
    line_offset: int = 0
    problems: list[Problem] = field(default_factory=list)
    asked: dict[tuple[str, str], str] = field(default_factory=dict)

    def report(self, line: int, message: str, hint: str = "") -> None:
        self.problems.append(Problem(message, Place(self.file, line + self.line_offset), hint))

    def rules(self, nodes: Iterable[Node], keyframes: bool = False) -> None:
        """Check rules, declarations and nested rules alike."""
        for node in nodes:
            if node.type == "qualified-rule":
                if not keyframes:
                    self.selector(node)
                self.rules(_contents(node), keyframes)
            elif node.type == "at-rule":
                self.at_rule(node)
            elif node.type == "declaration":
                self.declaration(node, keyframes)
            elif node.type == "error":
                self.report(node.source_line, "this is not CSS", "look for a missing ; or : or { or }")

    def at_rule(self, node: Node) -> None:
        name, known = node.lower_at_keyword, self.known
        if name not in known.at_rules:
            hint = known.at_rule_gaps.get(name) or did_you_mean(name, known.at_rules | known.at_rule_gaps.keys())
            self.report(node.source_line, f"the engine ignores @{name}", hint)
            return
        if name == "media":
            self.media(node.prelude)
        elif name == "supports":
            self.supports(node.prelude)
        if node.content is not None and name != "property":
            self.rules(_contents(node), keyframes=name == "keyframes")

    def media(self, prelude: Iterable[Node]) -> None:
        for block in _deep(prelude):
            if block.type != "() block":
                continue
            for token in block.content:
                if _is(token, ":"):
                    break
                if token.type == "ident" and token.lower_value not in {"and", "or", "not"}:
                    feature = re.sub("^(min|max)-", "", token.lower_value)
                    if feature not in self.known.media_features:
                        hint = did_you_mean(feature, self.known.media_features)
                        self.report(token.source_line, f"'@media ({token.value})' is never true in the engine", hint)

    def supports(self, prelude: Iterable[Node]) -> None:
        for token in prelude:
            if token.type == "function":
                message = f"the engine does not know '{token.name}()' in @supports"
                self.report(token.source_line, message, "write the rules without it")

    def selector(self, node: Node) -> None:
        prelude = [token for token in node.prelude if token.type != "comment"]
        if not any(token.type != "whitespace" for token in prelude):
            self.report(node.source_line, "a rule has no selector", "look for a missing selector or an extra ;")
        self.selector_tokens(prelude)

    def selector_tokens(self, tokens: Iterable[Node]) -> None:
        for before, token in pairwise([None, *tokens, None]):
            self.selector_token(before, token)

    def selector_token(self, before: Node | None, token: Node | None) -> None:
        kind = token.type if token is not None else ""
        if kind == "function" or (kind == "ident" and _is(before, ":")):
            self.pseudo(before, token)
        elif kind == "ident" and not _is(before, ".") and token.lower_value in self.known.selector_gaps:  # type: ignore[union-attr]  # checked just before
            self.never(token, token.value)  # type: ignore[union-attr]  # checked just before
        elif kind in NOT_IN_SELECTORS or (_is(before, ".") and kind != "ident"):
            line = token.source_line if token is not None else getattr(before, "source_line", 1)
            self.report(line, "this is not a selector", "a class is .name and an id #name; look also for a } too many")

    def pseudo(self, before: Node | None, token: Node) -> None:
        """Check `:name`, `::name` and `:name(…)`; the token before tells only the last colon."""
        name = token.lower_name if token.type == "function" else token.lower_value
        if not _is(before, ":"):
            self.report(token.source_line, f"'{name}(…)' is not a selector", "a pseudo-class starts with ':'")
        elif f":{name}" not in self.known.pseudos:
            self.never(token, name)
        elif token.type == "function":
            self.pseudo_arguments(name, token)

    def pseudo_arguments(self, name: str, token: Node) -> None:
        if name in {"is", "where", "not"}:
            self.selector_tokens(token.arguments)
        elif any(part.type == "ident" and part.lower_value == "of" for part in token.arguments):
            self.report(token.source_line, f"':{name}(… of …)' never matches in the engine", "set a class")

    def never(self, token: Node, name: str) -> None:
        gaps = self.known.selector_gaps
        spelled = next((key for key in (f"::{name}", f":{name}", name) if key in gaps), f":{name}")
        allowed = {known.lstrip(":") for known in self.known.pseudos}
        hint = gaps.get(spelled) or did_you_mean(name, allowed)
        self.report(token.source_line, f"the selector '{spelled}' never matches in the engine", hint)

    def declaration(self, node: Node, keyframes: bool = False) -> None:
        name, known = node.lower_name, self.known
        if "jinja" in name or name in known.harmless:
            return
        if keyframes and (name in known.keyframes or name.startswith("--")):
            hint = known.keyframes.get(name, "animate the property itself")
            self.report(node.source_line, f"'{name}' does not move in @keyframes", hint)
        elif name in known.properties or name.startswith("--"):
            self.value(node, name)
        elif name in known.gaps:
            self.report(node.source_line, f"the engine ignores '{name}'", known.gaps[name])
        else:
            close = nearest(name, known.properties | known.harmless | known.gaps.keys())
            hint = f"did you mean '{close[0]}'?" if close else "see docs/css.md for what works"
            self.report(node.source_line, f"there is no property '{name}'", hint)

    def value(self, node: Node, name: str) -> None:
        """Report the parts of a value that have a known way round; else ask the engine about the whole."""
        words: list[Node] = []
        _gather(node.value, words)
        found = [*self.known_faults(words), *self.refused_words(name, node)]
        for line, message, hint in found:
            self.report(line, f"'{name}': {message}", hint)
        if not (found or name.startswith("--")):
            self.ask_engine(node, name, {word.lower_name for word in words if word.type == "function"})

    def known_faults(self, words: Iterable[Node]) -> Iterator[Fault]:
        for word in words:
            if word.type == "function":
                yield from self.function_faults(word)
            elif word.type == "url":
                yield from _url_faults(word, word.value)
            elif word.type == "dimension" and word.lower_unit not in self.known.units:
                hint = self.known.unit_gaps.get(word.lower_unit) or did_you_mean(word.lower_unit, self.known.units)
                yield word.source_line, f"the unit '{word.unit}' does not work in the engine", hint

    def function_faults(self, word: Node) -> Iterator[Fault]:
        name, known = word.lower_name, self.known
        if name not in known.functions:
            hint = known.function_gaps.get(name) or did_you_mean(name, known.functions)
            yield word.source_line, f"the engine does not know the function {name}()", hint
        elif name == "url":
            yield from _url_faults(word, "".join(str(part.value) for part in word.arguments if part.type == "string"))
        elif name == "calc" and any(part.type == "() block" for part in word.arguments):
            yield word.source_line, "parentheses inside calc() are not read", NEST_CALC

    def refused_words(self, name: str, node: Node) -> Iterator[Fault]:
        refused = self.known.values.get(name)
        if not refused:
            return
        tokens = [token for token in node.value if token.type != "whitespace"]
        for token in tokens:
            word = token.lower_value if token.type == "ident" else ""
            hint = refused.get(word) or ("" if not word or word in CSS_WIDE else refused.get("<ident>", ""))
            if hint:
                yield token.source_line, f"the value '{word}' does not work in the engine", hint
        if len(tokens) == 1:
            yield from _lone_word_faults(tokens[0], refused)

    def ask_engine(self, node: Node, name: str, functions: set[str]) -> None:
        """Ask about a value; one with variables only where they stand in a sum, trying what they may hold."""
        import tinycss2

        if "var" in functions and "calc" not in functions:
            return
        value = tinycss2.serialize(node.value).strip()
        if (name, value) not in self.asked:
            tries = _without_variables(value) if "var" in functions else (value,)
            refusals = map(functools.partial(_engine_refusal(), name), tries)
            first = next(refusals, "")
            self.asked[name, value] = first if first and all(refusals) else ""
        if allowed := self.asked[name, value]:
            hint = CALC_LIMIT if "calc" in functions else allowed
            self.report(node.source_line, f"'{name}': the engine does not understand '{value}'", hint)


def _without_variables(value: str) -> Iterator[str]:
    """Write plausible values in place of the first three variables: a length, a number, a share, a time, …."""
    before, *after = VARIABLE.split(value)
    for samples in product(SAMPLES, repeat=min(len(after), 3)):
        yield before + "".join(a + b for a, b in zip_longest(samples, after, fillvalue="1"))


def _contents(node: Node) -> list[Node]:
    import tinycss2

    parsed: list[Node] = tinycss2.parse_blocks_contents(node.content or [], skip_comments=True, skip_whitespace=True)
    return parsed


def _deep(tokens: Iterable[Node]) -> Iterator[Node]:
    """Walk tokens and what their functions and brackets hold."""
    for token in tokens:
        yield token
        if token.type == "function":
            yield from _deep(token.arguments)
        elif token.type in {"() block", "[] block"}:
            yield from _deep(token.content)


def _gather(tokens: Iterable[Node], into: list[Node]) -> None:
    """Add the functions, lengths and addresses among tokens to a list; plain, since it sees every value of a file."""
    for token in tokens:
        kind = token.type
        if kind == "function":
            into.append(token)
            _gather(token.arguments, into)
        elif kind in {"dimension", "url"}:
            into.append(token)
        elif kind == "() block":
            _gather(token.content, into)


def _is(token: Node | None, literal: str) -> bool:
    return token is not None and token.type == "literal" and token.value == literal


def _lone_word_faults(word: Node, refused: Mapping[str, str]) -> Iterator[Fault]:
    """Find an empty string or a single length where one alone is painted wrongly."""
    if word.type == "string" and not word.value and "<empty>" in refused:
        yield word.source_line, 'the value "" does not work in the engine', refused["<empty>"]
    elif word.type in {"dimension", "percentage"} and "<single>" in refused:
        yield word.source_line, "one value does not work in the engine", refused["<single>"]


def _url_faults(token: Node, address: str) -> Iterator[Fault]:
    if not RESOURCE.match(address.strip()):
        yield token.source_line, f"url({address[:40]}) is not read: CSS has no files", "put the picture into an <img>"
