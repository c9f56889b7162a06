"""Render templates that nobody had to trust: a sandbox without loops that never end, and errors with file and line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError, nodes
from jinja2.exceptions import SecurityError as SandboxError
from jinja2.exceptions import UndefinedError
from jinja2.filters import FILTERS
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import pass_context
from markupsafe import Markup, escape

from assetgen import parts
from assetgen.errors import AssetgenError, LayoutError, Place, SecurityError, did_you_mean
from assetgen.facts import fact
from assetgen.model import Cell, Value

MAX_STEPS = 200_000
MAX_TEXT = 1_000_000

# Everything else of Jinja's own filters is left out: `safe` and `attr` open doors, `truncate` cuts words off, and
# `format`, `center`, `indent` and kin can ask for any amount of memory.
PLAIN_FILTERS = frozenset(
    {"abs", "batch", "capitalize", "count", "d", "default", "dictsort", "e", "escape", "first", "float", "groupby"}
    | {"int", "items", "join", "last", "length", "list", "lower", "map", "max", "min", "reject", "rejectattr"}
    | {"replace", "reverse", "round", "select", "selectattr", "slice", "sort", "string", "striptags", "sum", "title"}
    | {"trim", "unique", "upper", "wordcount"}
)
_TEXT_ATTRIBUTES = frozenset({"lower", "upper", "strip", "startswith", "endswith", "split", "capitalize", "title"})
_SAFE_ATTRIBUTES: tuple[tuple[type, frozenset[str]], ...] = (
    (Value, frozenset({"raw", "data", "kind", "unit", "missing", "cell"})),
    (Cell, frozenset({"file", "sheet", "address"})),
    (str, _TEXT_ATTRIBUTES),
    (dict, frozenset({"items", "keys", "values", "get"})),
    (Decimal, frozenset()),
    (datetime, frozenset({"year", "month", "day", "hour", "minute", "date", "time", "isoformat", "weekday"})),
    (date, frozenset({"year", "month", "day", "isoformat", "weekday"})),
    (time, frozenset({"hour", "minute", "isoformat"})),
)

_steps: ContextVar[list[int] | None] = ContextVar("steps", default=None)


@dataclass(frozen=True)
class FilterKit:
    """What a filter may know beside its value: the language of the asset, and the folder of the shared kit."""

    language: str
    kit: Path


class Sandbox(ImmutableSandboxedEnvironment):
    """A Jinja environment in which every loop, call and text has a limit."""

    intercepted_binops = frozenset({"*", "**", "%", "+"})

    def _generate(self, source: nodes.Template, *arguments: Any, **options: Any) -> str:
        """Count the turns of every loop, and measure every text joined with `~`."""
        for loop in list(source.find_all(nodes.For)):
            loop.iter = self._call("counted", [loop.iter])
        self._measure_joins(source)
        source.set_environment(self)
        return super()._generate(source, *arguments, **options)

    def _measure_joins(self, node: nodes.Node) -> None:
        for name, value in node.iter_fields():
            if isinstance(value, nodes.Node):
                self._measure_joins(value)
                if isinstance(value, nodes.Concat):
                    setattr(node, name, self._call("joined", value.nodes))
            elif isinstance(value, list):
                for index, item in enumerate(value):
                    if isinstance(item, nodes.Node):
                        self._measure_joins(item)
                        if isinstance(item, nodes.Concat):
                            value[index] = self._call("joined", item.nodes)

    @staticmethod
    def _call(name: str, arguments: list[Any]) -> nodes.Call:
        return nodes.Call(nodes.EnvironmentAttribute(name), arguments, [], None, None)

    @staticmethod
    def counted(items: Iterable[Any]) -> Iterator[Any]:
        """Yield the items of a loop, each as one step of the budget."""
        for item in items:
            _step()
            yield item

    @staticmethod
    def joined(*pieces: Any) -> str:
        """Return the pieces as one text; markup stays markup, and other text is escaped beside it."""
        markup = any(hasattr(piece, "__html__") for piece in pieces)
        text: str = Markup("").join(pieces) if markup else "".join(map(str, pieces))
        _measured(text)
        return text

    def call(self, context: Context, function: Any, *arguments: Any, **options: Any) -> Any:  # noqa: D102 — Jinja's
        _step()
        return super().call(context, function, *arguments, **options)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Refuse arithmetic whose result could fill the memory."""
        texts = [side for side in (left, right) if isinstance(side, (str, list, tuple))]
        if texts and operator in {"*", "%"}:
            raise SandboxError(f"'{operator}' on text or lists is not allowed in templates")
        if operator == "**" and abs(right) > 64:
            raise SandboxError("a power above 64 is not allowed in templates")
        return _measured(super().call_binop(context, operator, left, right))

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Allow public attributes of plain data, by a list for each type; nothing of anything else."""
        if attr.startswith("_") or not super().is_safe_attribute(obj, attr, value):
            return False
        for kind, allowed in _SAFE_ATTRIBUTES:
            if isinstance(obj, kind):
                return attr in allowed
        return type(obj).__module__.startswith("jinja2.")


def _step() -> None:
    counter = _steps.get()
    if counter is not None:
        counter[0] += 1
        if counter[0] > MAX_STEPS:
            raise SandboxError(f"the template took more than {MAX_STEPS:,} steps: does a loop never end?")


def _measured(result: Any) -> Any:
    if isinstance(result, str) and len(result) > MAX_TEXT:
        raise SandboxError(f"the template made a text of more than {MAX_TEXT:,} characters")
    return result


def _guarded(function: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap one of Jinja's filters so that its result has a limit; its calling marks are kept."""

    def guarded(*arguments: Any, **options: Any) -> Any:
        _step()
        return _measured(function(*arguments, **options))

    for mark in ("jinja_pass_arg",):
        if hasattr(function, mark):
            setattr(guarded, mark, getattr(function, mark))
    return guarded


def _part_filter(name: str) -> Callable[..., Any]:
    """Return the filter of a part, imported when a template first uses it."""

    @pass_context
    def apply(context: Context, *arguments: Any, **options: Any) -> Any:
        _step()
        kit = FilterKit(context["language"], context.environment.kit_folder)  # type: ignore[attr-defined]
        value, *rest = arguments or (None,)
        return _measured(parts.load("filters", name).apply(value, kit, *rest, **options))

    return apply


def show(value: Any) -> Any:
    """Return what `{{ value }}` prints: numbers and dates as facts, text escaped, nothing for None.

    Raises LayoutError for a Value that is missing: an asset never shows an empty place where a number should be.
    """
    if not isinstance(value, Value):
        return "" if value is None else value
    if value.missing:
        raise LayoutError(f"the value of {value.cell or 'a field'} is missing", hint="test it with {% if value %}")
    return escape(value.raw) if value.kind in {"text", "boolean"} else fact(value.raw, value)


class Templates:
    """Render the templates of a layout and the expressions of a campaign. Safe to use from several threads."""

    def __init__(self, folders: Sequence[Path], kit: Path) -> None:
        """Find templates in `folders`, first match first; `kit` holds the shared macros and icons."""
        self.environment = Sandbox(
            loader=FileSystemLoader([str(folder) for folder in (*folders, kit.parent)]),
            autoescape=True,
            undefined=StrictUndefined,
            finalize=show,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self.environment.kit_folder = kit  # type: ignore[attr-defined]
        self.environment.filters = {name: _guarded(FILTERS[name]) for name in PLAIN_FILTERS}
        keep = {"range", "dict", "namespace"}
        self.environment.globals = {name: self.environment.globals[name] for name in keep}
        for name in parts.names("filters"):
            key = name.replace("-", "_")
            self.environment.filters[key] = self.environment.globals[key] = _part_filter(name)

    def render(self, name: str, context: Mapping[str, Any]) -> Markup:
        """Return a template file filled with `context`.

        Raises LayoutError with template file, line and the nearest name; SecurityError when the sandbox refuses.
        """
        with _Errors(name, context):
            return Markup(self.environment.get_template(name).render(context))

    def render_text(self, source: str, context: Mapping[str, Any], place: Place = Place()) -> Markup:
        """Return a template given as text, such as a caption, filled with `context`; raises as `render`."""
        with _Errors(str(place), context, place):
            return Markup(self.environment.from_string(source).render(context))

    def evaluate(self, source: str, context: Mapping[str, Any], place: Place = Place()) -> Any:
        """Return the value of a text that is exactly one `{{ expression }}`, with its type and cell; else markup."""
        expression = re.fullmatch(r"\s*\{\{((?:(?!\}\}|\{\{).)*)\}\}\s*", source, re.S)
        if not expression:
            return self.render_text(source, context, place)
        with _Errors(str(place), context, place):
            return self.environment.compile_expression(expression[1], undefined_to_none=False)(**context)


class _Errors:
    """Start the budget of a rendering, and turn what Jinja raises into our errors."""

    def __init__(self, name: str, context: Mapping[str, Any], place: Place | None = None) -> None:
        self.name, self.context, self.place = name, context, place

    def __enter__(self) -> None:
        self.token = _steps.set([0])

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        _steps.reset(self.token)
        if error is None:
            return
        if isinstance(error, SandboxError):
            raise SecurityError(str(error), self._place(error)) from None
        if isinstance(error, RecursionError):
            raise SecurityError("the template calls itself without end", self._place(error)) from None
        if isinstance(error, AssetgenError):
            if error.problems[0].place == Place():
                raise type(error)(error.problems[0].message, self._place(error), error.problems[0].hint) from None
            return
        if isinstance(error, (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError)):
            raise LayoutError(self._message(error), self._place(error), self._hint(error)) from None

    def _place(self, error: BaseException) -> Place:
        """Return the template line at which the error arose, from the frames that Jinja puts into the traceback."""
        if self.place is not None:
            return self.place
        if isinstance(error, TemplateSyntaxError):
            return Place(error.filename or self.name, error.lineno)
        place, frame = Place(self.name), error.__traceback__
        while frame is not None:
            if frame.tb_frame.f_code.co_filename.endswith((".html", ".txt")):
                place = Place(frame.tb_frame.f_code.co_filename, frame.tb_lineno)
            frame = frame.tb_next
        return place

    @staticmethod
    def _message(error: BaseException) -> str:
        if isinstance(error, TemplateNotFound):
            return f"there is no template '{error.name}'"
        if isinstance(error, ZeroDivisionError):
            return "a number is divided by zero"
        return str(error)

    def _hint(self, error: BaseException) -> str:
        if not isinstance(error, UndefinedError):
            return ""
        if found := re.match(r"'(\w+)' is undefined", str(error)):
            return did_you_mean(found[1], (name for name in self.context if not name.startswith("_")))
        if found := re.match(r"'dict object' has no attribute '(\w+)'", str(error)):
            nested = [key for value in self.context.values() if isinstance(value, dict) for key in value]
            return did_you_mean(found[1], nested)
        return ""
