"""Render templates that nobody had to trust: in a sandbox, and with errors that name file, line and nearest match."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import CodeType, TracebackType
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.environment import TemplateExpression
from jinja2.exceptions import SecurityError as SandboxError
from jinja2.exceptions import UndefinedError
from jinja2.runtime import Context
from jinja2.utils import pass_context
from markupsafe import Markup

from assetgen import parts
from assetgen.budget import STEPS_A_PART, Budget, measured, spend
from assetgen.errors import AssetgenError, LayoutError, Place, SecurityError, did_you_mean
from assetgen.look import Look
from assetgen.model import Photo, Value
from assetgen.paths import read_bytes, resolve_inside
from assetgen.sandbox import MAX_TEMPLATE_BYTES, Files, Sandbox, show

COMPILED = 256
# The tags by which a template takes in another, and a name that is written out in one.
_IMPORT = re.compile(r"{%[-+]?\s*(?:extends|include|import|from)\b\s*(.*?)\s*[-+]?%}", re.DOTALL)
_NAMED = re.compile(r"""(?:"([^"\\]*)"|'([^'\\]*)')(?:\s*(?:as|import|ignore|with|without)\b.*)?""", re.DOTALL)
# What a template can make Python raise; deeply nested ones do not even compile.
_AUTHORS_MISTAKES = (
    *(TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError),
    *(SyntaxError, MemoryError),
)


@dataclass(frozen=True)
class FilterKit:
    """What a filter may know beside its value.

    The language of the asset, the folder of the shared kit, and where there is an asset at all, the brand's look, the
    shape of the placement, the folders of the user's own icons, and the picture that a template's `src` names.
    """

    language: str
    kit: Path
    look: Look | None = None
    shape: str = "portrait"
    icons: tuple[Path, ...] = ()
    picture: Callable[[str], Photo | None] = lambda _: None


def _part_filter(name: str) -> Callable[..., Any]:
    """Return the filter of a part, imported when a template first uses it."""

    @pass_context
    def apply(context: Context, *arguments: Any, **options: Any) -> Any:
        spend(STEPS_A_PART + sum(len(one) for one in arguments if isinstance(one, (list, tuple))))
        place, environment = context.get("placement"), context.environment
        shape = str(place.get("shape", "portrait")) if isinstance(place, Mapping) else "portrait"
        pictures = context.get("_pictures", lambda _: None)
        kit = FilterKit(
            context["language"],
            environment.kit_folder,  # type: ignore[attr-defined]  # Jinja objects take marks of ours
            environment.look,  # type: ignore[attr-defined]  # likewise
            shape,
            environment.icon_folders,  # type: ignore[attr-defined]  # likewise
            pictures,
        )
        value, *rest = arguments or (None,)
        part = parts.load("filters", name)
        try:
            return measured(part.apply(value, kit, *rest, **options))
        except TypeError as error:
            if not str(error).startswith("apply() "):
                raise
            hint = f"write it as {part.SAMPLE}"
            raise LayoutError(f"the filter '{name}' {str(error).removeprefix('apply() ')}", hint=hint) from None

    return apply


def imported(folders: Sequence[Path], name: str = "layout.html") -> tuple[Path, ...] | None:
    """Return the files of a template and of all that it imports, includes or extends; first match in `folders` first.

    None where a name is worked out while it is rendered, so that it may be any file. What cannot be read is told when
    it is rendered.
    """
    found: dict[str, Path] = {}
    todo = [name]
    while todo:
        one = todo.pop()
        path = None if one in found else _found(folders, one)
        if path is not None:
            found[one] = path
            tags = _IMPORT.findall(read_bytes(path, MAX_TEMPLATE_BYTES).decode("utf-8", "replace"))
            names = [_NAMED.fullmatch(tag) for tag in tags]
            if None in names:
                return None
            todo += [named[1] or named[2] for named in names if named]
    return tuple(found.values())


def _found(folders: Sequence[Path], name: str) -> Path | None:
    with suppress(SecurityError):
        return next((path for folder in folders if (path := resolve_inside(folder, name)).is_file()), None)
    return None


class _Environment(Sandbox):
    """A sandbox with the filters of the parts; what several of them load is compiled once for all."""

    def __init__(self, folders: Sequence[Path] = ()) -> None:
        super().__init__(Files(folders), StrictUndefined)
        for name in parts.names("filters"):
            key = name.replace("-", "_")
            self.filters[key] = self.globals[key] = _part_filter(name)

    def compile(self, source: Any, *arguments: Any, **options: Any) -> Any:
        if isinstance(source, str) and not options:
            return _code(source, *arguments)
        return super().compile(source, *arguments, **options)


# Compiling the shared kit takes ten times as long as rendering a page with it, and each layout in each brand needs it.
@lru_cache(maxsize=2 * COMPILED)
def _code(source: str, name: str | None = None, filename: str | None = None) -> CodeType:
    """Return the code of a template. It holds nothing of who asked: filters and globals are looked up when it runs."""
    code: CodeType = Sandbox.compile(_Environment(), source, name, filename)
    return code


class Templates:
    """Render the templates of a layout and the expressions of a campaign. Safe to use from several threads."""

    def __init__(
        self, folders: Sequence[Path], kit: Path, look: Look | None = None, icons: tuple[Path, ...] | None = None
    ) -> None:
        """Find templates in `folders`, first match first; `kit` holds the shared macros.

        `look` is the brand as filters that draw see it; expressions of a campaign have none. `icons` are folders of
        icons that come before the packed ones; that of the kit when left out.
        """
        self.environment = _Environment((*folders, kit.parent))
        self.environment.kit_folder, self.environment.look = kit, look  # type: ignore[attr-defined]  # Jinja objects take marks of ours
        self.environment.icon_folders = (kit / "icons",) if icons is None else icons  # type: ignore[attr-defined]  # likewise
        # A campaign evaluates the same few texts for each of its rows.
        self._text: Callable[[str], Template] = lru_cache(COMPILED)(self.environment.from_string)
        self._expression: Callable[[str], TemplateExpression] = lru_cache(COMPILED)(self._compile)

    def _compile(self, expression: str) -> TemplateExpression:
        return self.environment.compile_expression(expression, undefined_to_none=False)

    def render(self, name: str, context: Mapping[str, Any]) -> Markup:
        """Return a template file filled with `context`.

        Raises LayoutError with template file, line and the nearest name; SecurityError when the sandbox refuses.
        """
        with _Errors(self, name, context):
            return Markup(self.environment.get_template(name).render(context))

    def render_text(self, source: str, context: Mapping[str, Any], place: Place = Place()) -> Markup:
        """Return a template given as text, such as a caption, filled with `context`; raises as `render`."""
        with _Errors(self, str(place), context, place):
            return Markup(self._text(source).render(context))

    def evaluate(self, source: str, context: Mapping[str, Any], place: Place = Place()) -> Any:
        """Return the value of a text that is exactly one `{{ expression }}`, with its type and cell; else markup."""
        expression = re.fullmatch(r"\s*\{\{((?:(?!\}\}|\{\{).)*)\}\}\s*", source, re.S)
        if not expression:
            return self.render_text(source, context, place)
        with _Errors(self, str(place), context, place):
            return _finished(self._expression(expression[1].strip())(dict(context)))


def _finished(result: Any) -> Any:
    """Return the value of an expression; an unknown name fails here, where the expression is known."""
    if isinstance(result, Iterator):
        return list(result)
    if not isinstance(result, (Value, list, tuple, dict, range)):
        str(show(result))
    return result


class _Errors:
    """Start the budget of a rendering, and turn what Jinja raises into our errors."""

    def __init__(self, templates: Templates, name: str, context: Mapping[str, Any], place: Place | None = None) -> None:
        self.name, self.context, self.place = name, context, place
        self.known = {"filter": templates.environment.filters, "test": templates.environment.tests}

    def __enter__(self) -> None:
        self.budget = Budget()
        self.budget.__enter__()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self.budget.__exit__()
        if error is None:
            return
        if isinstance(error, SandboxError):
            raise SecurityError(str(error), self._place(error)) from None
        if isinstance(error, RecursionError):
            message = "the template is nested too deep: does it call or include itself without end?"
            raise SecurityError(message, self._place(error)) from None
        if isinstance(error, AssetgenError):
            if error.problems[0].place == Place():
                raise type(error)(error.problems[0].message, self._place(error), error.problems[0].hint) from None
            return
        if isinstance(error, _AUTHORS_MISTAKES):
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
        if isinstance(error, ArithmeticError):
            return "a number is too large, or has too many digits"
        return str(error)

    def _hint(self, error: BaseException) -> str:
        if found := re.match(r"No (filter|test) named '(\w+)'", str(error)):
            return did_you_mean(found[2], filter(str.isidentifier, self.known[found[1]]))
        if not isinstance(error, UndefinedError):
            return ""
        if found := re.match(r"'(\w+)' is undefined", str(error)):
            return did_you_mean(found[1], (name for name in self.context if not name.startswith("_")))
        if found := re.match(r"'dict object' has no attribute '(\w+)'", str(error)):
            nested = [key for value in self.context.values() if isinstance(value, dict) for key in value]
            return did_you_mean(found[1], nested)
        return ""
