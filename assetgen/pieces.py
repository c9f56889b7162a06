"""Import pieces of templates one by one: of an index of many, such as the kit's, only those run that a page asks for.

An index is a template that only imports others and hands on what they define: `{% import "badge.html" as _badge with
context %}` and `{% set badge = _badge.badge %}`. A page calls about six of the kit's thirty pieces, and to run them all
takes a sixth of the time of binding it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from jinja2 import Template, nodes
from jinja2.environment import TemplateModule

from assetgen.budget import STEPS_A_TEMPLATE, Budget, spend

# What is taken in reads names that do not stand in the file.
_TAKES_IN = (nodes.Include, nodes.Import, nodes.FromImport)
_GIVEN_TO_MACROS = frozenset({"varargs", "kwargs", "caller"})


class Outline(NamedTuple):
    """What a template does when it is imported, in plain values that can stand in its code.

    `pieces` are the names that an index hands on, each with the file and the name there, and `own` all that it sets;
    there are none where it does anything else. `asks` are the names that macros look for outside of their file; None
    where the template does more than to define them. `files` are what it imports.
    """

    pieces: tuple[tuple[str, str, str], ...] = ()
    own: tuple[str, ...] = ()
    asks: tuple[str, ...] | None = None
    files: tuple[str, ...] = ()


def outline_of(template: nodes.Template) -> Outline:
    """Return the outline of a parsed template."""
    body = template.body
    imports = [node for node in body if isinstance(node, (nodes.Import, nodes.FromImport))]
    if not all(node.with_context and isinstance(node.template, nodes.Const) for node in imports):
        return Outline()
    files = tuple(str(node.template.as_const()) for node in imports)
    macros = [node for node in body if isinstance(node, nodes.Macro) and not any(map(node.find, _TAKES_IN))]
    if len(imports) + len(macros) + sum(map(_is_text, body)) == len(body):
        own = {*(macro.name for macro in macros), *_imported(imports)}
        asked = {name for macro in macros for name in _asked(macro)}
        return Outline(asks=tuple(sorted(asked - own - _GIVEN_TO_MACROS)), files=files)
    return _index(body, files)


def _index(body: Iterable[nodes.Node], files: tuple[str, ...]) -> Outline:
    """Return the outline of a template that only hands on what others define; an empty one where it does more."""
    aliases: dict[str, str] = {}
    pieces: list[tuple[str, str, str]] = []
    for node in body:
        match node:
            case nodes.Import(template=nodes.Const(value=str(file)), target=alias) if alias.startswith("_"):
                aliases[alias] = file
            case nodes.Assign(
                target=nodes.Name(name=name), node=nodes.Getattr(node=nodes.Name(name=alias), attr=attribute)
            ) if alias in aliases and not name.startswith("_"):
                pieces.append((name, aliases[alias], attribute))
            case _:
                return Outline()
    return Outline(tuple(pieces), (*aliases, *(name for name, *_ in pieces)), files=files)


def _is_text(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Output) and all(isinstance(one, nodes.TemplateData) for one in node.nodes)


def _imported(imports: Iterable[nodes.Import | nodes.FromImport]) -> Iterator[str]:
    """Yield the names under which imports are known."""
    for node in imports:
        if isinstance(node, nodes.Import):
            yield node.target
        else:
            yield from (name if isinstance(name, str) else name[1] for name in node.names)


def _asked(macro: nodes.Macro) -> set[str]:
    """Return the names that a macro reads and that are none of its parameters."""
    read = {name.name for name in macro.find_all(nodes.Name) if name.ctx == "load"}
    return read - {argument.name for argument in macro.args}


class ImportedTemplate(Template):
    """A template whose pieces run one by one when it is an index.

    The first time it runs as any other, so that whatever is wrong with a piece is told at once, asked for or not.
    """

    _pieces: Mapping[str, tuple[Template, str]] | None = None

    def make_module(
        self, vars: dict[str, Any] | None = None, shared: bool = False, locals: Mapping[str, Any] | None = None
    ) -> TemplateModule:
        """Return what the template defines; `shared` tells that it knows the context of the one that imports it."""
        if shared and self._pieces:
            # A template has the same room whether or not it asks for all pieces.
            spend(STEPS_A_TEMPLATE * len(self.outline.files))
            return Pieces(self, self._pieces, self.new_context(vars, shared, locals).get_all())
        module = super().make_module(vars, shared, locals)
        if self._pieces is None:
            self._pieces = self._found()
        return module

    @property
    def outline(self) -> Outline:
        """Return what the template does when it is imported, from the namespace of its code."""
        return Outline(*self.root_render_func.__globals__["outline"])

    def _found(self) -> Mapping[str, tuple[Template, str]]:
        """Return the pieces that an index hands on, if each can run without the others and only defines macros."""
        with Budget():
            templates = {file: self.environment.get_template(file, self.name) for file in self.outline.files}
            own = set(self.outline.own)
            if not all(_is_apart(template, own) for template in templates.values()):
                return {}
        return {name: (templates[file], attribute) for name, file, attribute in self.outline.pieces}


def _is_apart(template: Template, names: set[str]) -> bool:
    """Tell whether a template and all that it imports only define macros, which read none of the names."""
    if not isinstance(template, ImportedTemplate) or (asks := template.outline.asks) is None:
        return False
    imports = (template.environment.get_template(file, template.name) for file in template.outline.files)
    return names.isdisjoint(asks) and all(_is_apart(one, names) for one in imports)


class Pieces(TemplateModule):
    """What an index hands on; a piece runs when a name of it is first asked for."""

    def __init__(self, index: Template, pieces: Mapping[str, tuple[Template, str]], context: dict[str, Any]) -> None:
        self.__name__ = index.name
        self._body_stream = ()
        self._pieces, self._context = pieces, context
        self._modules: dict[Template, TemplateModule] = {}

    def __getattr__(self, name: str) -> Any:
        if name not in self._pieces:
            raise AttributeError(name)
        template, attribute = self._pieces[name]
        if template not in self._modules:
            self._modules[template] = template.make_module(self._context, shared=True)
        value = self.__dict__[name] = template.environment.getattr(self._modules[template], attribute)
        return value
