"""Bound what a template may do: a budget of steps goes in, and every loop, call, text and attribute is held to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from math import isfinite
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, Environment, TemplateNotFound, Undefined, nodes
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError as SandboxError
from jinja2.filters import FILTERS, do_batch, do_replace, do_slice, do_sum, make_attrgetter
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.tests import TESTS
from jinja2.utils import pass_context, pass_environment, pass_eval_context
from markupsafe import Markup, escape

from assetgen.budget import (
    CHARACTERS_A_STEP,
    MAX_OUTPUT,
    MAX_TEXT,
    STEPS_A_CALL,
    STEPS_A_TEMPLATE,
    counted,
    measured,
    spend,
    weighed,
)
from assetgen.errors import LayoutError
from assetgen.facts import fact
from assetgen.model import Cell, Value
from assetgen.model.cells import call as cell_call
from assetgen.paths import read_bytes, resolve_inside
from assetgen.pieces import ImportedTemplate, outline_of

MAX_TEMPLATE_BYTES = 1_000_000

# Everything else of Jinja's own filters is left out: `safe` and `attr` open doors, `truncate` cuts words off, and
# `format`, `center`, `indent` and kin can ask for any amount of memory.
PLAIN_FILTERS = frozenset(
    {"abs", "capitalize", "count", "d", "default", "dictsort", "e", "escape", "first", "groupby", "items", "last"}
    | {"length", "list", "lower", "map", "max", "min", "reject", "rejectattr", "reverse", "select", "selectattr"}
    | {"sort", "striptags", "title", "trim", "unique", "upper", "wordcount"}
)
_TEXT_ATTRIBUTES = frozenset({"lower", "upper", "strip", "startswith", "endswith", "split", "capitalize", "title"})
_SAFE_ATTRIBUTES: tuple[tuple[type, frozenset[str]], ...] = (
    (Value, frozenset({"raw", "data", "kind", "unit", "missing", "cell", "marks"})),
    (Cell, frozenset({"file", "sheet", "address"})),
    (str, _TEXT_ATTRIBUTES),
    (dict, frozenset({"items", "keys", "values", "get"})),
    (Decimal, frozenset()),
    (datetime, frozenset({"year", "month", "day", "hour", "minute", "date", "time", "isoformat", "weekday"})),
    (date, frozenset({"year", "month", "day", "isoformat", "weekday"})),
    (time, frozenset({"hour", "minute", "isoformat"})),
)
_SHOWN = (str, int, float, Decimal, date, time, Undefined)
_GLOBALS = ("range", "dict", "namespace")


def show(value: Any) -> Any:
    """Return what `{{ value }}` prints: numbers and dates as facts, text escaped, nothing for None.

    Raises LayoutError for a Value that is missing, since an asset never shows an empty place where a number should be,
    and for lists and other things that are no text.
    """
    if isinstance(value, Value):
        _present(value)
        return escape(value.raw) if value.kind in {"text", "boolean"} else fact(value.raw, value)
    if value is None:
        return ""
    if isinstance(value, float) and not isfinite(value):
        raise LayoutError("the number is too large to be shown")
    if isinstance(value, _SHOWN) or hasattr(value, "__html__"):
        return value
    raise LayoutError(f"a {type(value).__name__} cannot be shown", hint="take one of its values, or join them")


def _present(value: Any) -> None:
    if isinstance(value, Value) and value.missing:
        raise LayoutError(f"the value of {value.cell or 'a field'} is missing", hint="test it with {% if value %}")


def joined(*pieces: Any) -> str:
    """Return the pieces as one text; markup stays markup, and other text is escaped beside it."""
    shown = [show(piece) for piece in pieces]
    texts = [piece if isinstance(piece, str) else str(piece) for piece in shown]
    if sum(map(len, texts)) > MAX_TEXT:
        raise SandboxError(f"the template made a text of more than {MAX_TEXT:,} characters")
    markup = any(hasattr(piece, "__html__") for piece in shown)
    text: str = Markup("").join(texts) if markup else "".join(texts)
    return str.__new__(type(text), measured(text))


_COUNTERS = (counted, weighed, joined)


class Sandbox(ImmutableSandboxedEnvironment):
    """A Jinja environment in which every loop, call and text has a limit."""

    template_class = ImportedTemplate
    intercepted_binops = frozenset({"*", "**", "%", "+"})

    def __init__(self, loader: BaseLoader, undefined: type[Undefined]) -> None:
        """Take where templates come from, and what an unknown name does."""
        super().__init__(
            loader=loader,
            autoescape=True,
            undefined=undefined,
            finalize=show,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self.filters = {name: guarded(FILTERS[name], name) for name in PLAIN_FILTERS}
        self.filters |= {name: guarded(function, name) for name, function in _OWN_FILTERS.items()}
        self.filters |= {f"({one.__name__})": _inserted(one) for one in _COUNTERS}
        tests: Mapping[str, Any] = TESTS
        self.tests = {name: guarded(function, "") for name, function in tests.items()}
        self.globals = {name: self.globals[name] for name in _GLOBALS}

    @staticmethod
    def concat(pieces: Iterable[str]) -> str:
        """Return the pieces of a page or macro as one text; raises Jinja's SecurityError when it is too long."""
        kept, length = [], 0
        for piece in pieces:
            length += len(piece)
            if length > MAX_OUTPUT:
                raise SandboxError(f"the template made more than {MAX_OUTPUT:,} characters")
            kept.append(piece)
        spend(length // CHARACTERS_A_STEP)
        return "".join(kept)

    def _load_template(self, *arguments: Any, **options: Any) -> Any:
        spend(STEPS_A_TEMPLATE)
        return super()._load_template(*arguments, **options)

    def make_globals(self, given: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the globals of a template as one plain dict: each module that is imported copies them."""
        return {**self.globals, **(given or {})}

    def _generate(self, source: nodes.Template, *arguments: Any, **options: Any) -> str:
        """Put the counters into a parsed template before it becomes code, and its outline behind the code."""
        outline = outline_of(source)
        _instrument(source)
        source.set_environment(self)
        return f"{super()._generate(source, *arguments, **options)}\noutline = {tuple(outline)!r}\n"

    def call(self, context: Context, function: Any, *arguments: Any, **options: Any) -> Any:  # noqa: D102 — Jinja's
        spend(STEPS_A_CALL)
        weighed(getattr(function, "__self__", None))
        return super().call(context, function, *arguments, **options)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Refuse arithmetic whose result could fill the memory."""
        texts = [side for side in (left, right) if isinstance(side, (str, list, tuple))]
        if texts and operator in {"*", "%"}:
            raise SandboxError(f"'{operator}' on text or lists is not allowed in templates")
        if operator == "**" and abs(right) > 64:
            raise SandboxError("a power above 64 is not allowed in templates")
        return measured(super().call_binop(context, operator, left, right))

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Allow public attributes of plain data, by a list for each type; nothing of anything else."""
        if isinstance(obj, TemplateModule):  # pieces of the kit, by far most of what is asked
            return not attr.startswith("_")
        for kind, allowed in _SAFE_ATTRIBUTES:
            if isinstance(obj, kind):
                return attr in allowed
        safe = super().is_safe_attribute(obj, attr, value)
        return safe and not attr.startswith("_") and type(obj).__module__.startswith("jinja2.")


class Files(BaseLoader):
    """Find templates in folders, first match first; nothing outside of them, also not through a link."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self._folders = tuple(folders)

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:  # noqa: ARG002, D102 — Jinja's
        for folder in self._folders:
            path = resolve_inside(folder, template)
            if path.is_file():
                shown = folder / template
                return read_bytes(path, MAX_TEMPLATE_BYTES).decode("utf-8"), str(shown), lambda: True
        raise TemplateNotFound(template)


def _instrument(node: nodes.Node) -> None:
    """Count the turns of every loop, and weigh what is joined, compared or sliced, below a node."""
    for name, value in node.iter_fields():
        if isinstance(value, nodes.Node):
            _instrument(value)
            setattr(node, name, _replaced(value))
        elif isinstance(value, list):
            for index, item in enumerate(value):
                if isinstance(item, nodes.Node):
                    _instrument(item)
                    value[index] = _replaced(item)


def _replaced(node: nodes.Node) -> nodes.Node:
    if isinstance(node, nodes.Concat):
        return _counting(joined, node.nodes, node)
    if isinstance(node, nodes.EvalContextModifier):
        raise SandboxError("switching autoescape off is not allowed in templates")
    if isinstance(node, nodes.For):
        if node.recursive:
            raise SandboxError("recursive loops are not allowed in templates: write a macro")
        node.iter = _counting(counted, [node.iter], node)
    elif isinstance(node, nodes.Compare):
        node.expr = _weighed(node.expr)
        for operand in node.ops:
            operand.expr = _weighed(operand.expr)
    elif isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Slice):
        node.node = _weighed(node.node)
    return node


def _weighed(node: nodes.Expr) -> nodes.Expr:
    return node if isinstance(node, nodes.Const) else _counting(weighed, [node], node)


def _counting(counter: Callable[..., Any], arguments: list[Any], at: nodes.Node) -> nodes.Filter:
    """Return the call of a counter. As a filter it costs a fifth of what Jinja takes for calling a function."""
    first, *rest = arguments
    return nodes.Filter(first, f"({counter.__name__})", rest, [], None, None, lineno=at.lineno)


def _inserted(counter: Callable[..., Any]) -> Callable[..., Any]:
    """Return a counter as a filter; its name is one that no template can write, and it costs what a call costs.

    It takes the context without looking at it: other filters are worked out while Jinja compiles, where nobody counts.
    """

    @pass_context
    def count(_: Context, *arguments: Any) -> Any:
        spend(STEPS_A_CALL)
        return counter(*arguments)

    return count


def guarded(function: Callable[..., Any], name: str) -> Callable[..., Any]:
    """Return a filter or test that costs steps and has limits; Jinja's calling marks are kept.

    A filter that is given a missing Value raises LayoutError, except `default`.
    """
    lenient = name in {"default", "d", ""}

    def guard(*arguments: Any, **options: Any) -> Any:
        spend(STEPS_A_CALL)
        for argument in arguments:
            weighed(argument)
            if not lenient:
                _present(argument)
        result = function(*arguments, **options)
        return counted(result) if isinstance(result, Iterator) else measured(result)

    if hasattr(function, "jinja_pass_arg"):
        guard.jinja_pass_arg = function.jinja_pass_arg  # type: ignore[attr-defined]  # Jinja objects take marks of ours
    return guard


def _number(value: Any) -> Any:
    """Return a number from a number, a Value or text; raises LayoutError where Jinja would make it 0."""
    data = value.data if isinstance(value, Value) else value
    try:
        if isinstance(data, (int, float, Decimal)):
            return data
        return Decimal(str(data).strip())
    except ArithmeticError:
        raise LayoutError(f"'{str(value)[:60]}' is not a number") from None


def _int(value: Any) -> int:
    return int(_number(value))


def _float(value: Any) -> float:
    return float(_number(value))


def _round(value: Any, precision: int = 0, method: str = "common") -> Any:
    if not isinstance(precision, int) or not 0 <= precision <= 12:
        raise LayoutError(f"round takes 0 to 12 digits, got '{str(precision)[:60]}'")
    if method != "common":
        raise LayoutError(f"round knows no method '{method}'", hint="write round(2)")
    number = Decimal(str(_number(value)))
    rounded = number.quantize(Decimal(1).scaleb(-precision), ROUND_HALF_UP)
    if isinstance(value, Value):
        cell = value.cell and cell_call("ROUND", [value.cell], precision)
        return Value(str(rounded), rounded, value.kind, value.unit, cell, marks=value.marks)
    return rounded if isinstance(value, Decimal) else float(rounded)


@pass_environment
def _join(environment: Environment, value: Iterable[Any], d: str = "", attribute: str | int | None = None) -> str:
    items = value if attribute is None else map(make_attrgetter(environment, attribute), value)
    pieces = [piece for item in items for piece in (d, item)]
    return joined(*pieces[1:])


@pass_environment
def _sum(environment: Environment, iterable: Iterable[Any], attribute: str | int | None = None, start: Any = 0) -> Any:
    if not isinstance(start, (int, Decimal, Value)):
        raise LayoutError("sum adds numbers: its start is no number")
    return do_sum(environment, iterable, attribute, start)


@pass_eval_context
def _replace(context: nodes.EvalContext, s: str, old: str, new: str, count: int | None = None) -> str:
    text = str(show(s))
    most = text.count(str(old)) if count is None else count
    if len(text) + most * len(str(new)) > MAX_TEXT:
        raise SandboxError(f"the template made a text of more than {MAX_TEXT:,} characters")
    return do_replace(context, s, old, new, count)


def _batch(value: Iterable[Any], linecount: int, fill_with: Any = None) -> Iterator[Any]:
    return iter(do_batch(value, _few(linecount, "batch"), fill_with))


def _slice(value: Iterable[Any], slices: int, fill_with: Any = None) -> Iterator[Any]:
    columns: Iterator[Any] = do_slice(list(value), _few(slices, "slice"), fill_with)
    return columns


def _few(count: Any, asker: str) -> int:
    if not isinstance(count, int) or not 1 <= count <= 1000:
        raise LayoutError(f"{asker} takes a number from 1 to 1,000, got '{str(count)[:60]}'")
    return count


def _string(value: Any) -> str:
    shown = show(value)
    return shown if isinstance(shown, str) else str(shown)


_OWN_FILTERS: Mapping[str, Callable[..., Any]] = {
    "batch": _batch,
    "float": _float,
    "int": _int,
    "join": _join,
    "replace": _replace,
    "round": _round,
    "slice": _slice,
    "string": _string,
    "sum": _sum,
}
