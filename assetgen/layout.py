"""Read a layout: the typed fields of `layout.toml`, the template `layout.html` and the styles `layout.css`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from pydantic import PrivateAttr, model_validator

from assetgen.brand import Part
from assetgen.errors import LayoutError, Place, Problem, did_you_mean
from assetgen.icons import icon_folders
from assetgen.model import SHAPES
from assetgen.parts import built_in, find_kit
from assetgen.paths import read_bytes, resolve_inside
from assetgen.regions import LISTS
from assetgen.settings import load_settings
from assetgen.stylesheet import check_inline_styles, check_stylesheet

FieldType = Literal[
    "text", "number", "percent", "date", "moment", "image", "choice", "boolean", "list", "rows", "url", "map", "key"
]
RESERVED = frozenset(
    {"brand", "language", "placement", "labels", "fields", "kit", "loop", "caller", "self", "map_credit"}
)
KIT_FOLDER = "_kit"
COMPONENT_PREFIX = "kit-"
MOTION = "motion"
MAX_SOURCE_BYTES = 1_000_000


class FieldSpec(Part):
    """One field that a layout takes.

    `max` and `min` bound the characters of a text, the value of a number, or the items of a list or of rows;
    `carousel_max` is what a carousel takes of these, where that is more. `regions` names the list of regions that rows
    are about: the first text column then holds their names, and all must be there.
    A `key` is a text that names something: a row by its label, a region, a chart, an icon. `needs` names the fields
    without which this one says nothing. `unit` may stand behind a number that comes as a text. With `clips` an
    image may be a moving picture.
    """

    type: FieldType = "text"
    required: bool = False
    min: float | None = None
    max: float | None = None
    carousel_max: float | None = None
    default: str | int | float | bool | None = None
    choices: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    help: str = ""
    columns: Mapping[str, FieldSpec] = {}
    regions: str = ""
    needs: tuple[str, ...] = ()
    unit: str = ""
    clips: bool = False

    @model_validator(mode="after")
    def _consistent(self) -> FieldSpec:
        if self.type == "choice" and not self.choices:
            raise ValueError("a choice needs choices = […]")
        if self.type == "rows" and not self.columns:
            raise ValueError("rows need their columns, each a table [fields.NAME.columns.COLUMN]")
        if self.clips and self.type != "image":
            raise ValueError("clips go with a field of type image")
        if self.regions and self.regions not in LISTS:
            raise ValueError(f"regions: there is no list '{self.regions}'; {did_you_mean(self.regions, LISTS)}")
        if self.regions and not self.region_column:
            raise ValueError("regions need rows with a text column that holds their names")
        return self

    @property
    def region_column(self) -> str:
        """Return the column of rows that holds the names of regions: the first one of type text."""
        return next((name for name, column in self.columns.items() if column.type == "text"), "")


class Layout(Part):
    """A layout: what it takes, what it looks like, and what it says in words.

    `carousel` tells that it also makes sets of pages, where `placement.carousel` asks for one.
    """

    title: str
    description: str
    content_types: tuple[int, ...] = ()
    shapes: tuple[str, ...]
    fields: Mapping[str, FieldSpec]
    labels: Mapping[str, Mapping[str, str]] = {}
    alt: Mapping[str, str]
    caption: Mapping[str, str] = {}
    hashtags: tuple[str, ...] = ()
    requires_source: bool = True
    takes_hashtags: bool = True
    # A warning or a condolence does not end with a slogan.
    takes_sting: bool = True
    carousel: bool = False

    _folder: Path = PrivateAttr(default=Path())
    _roots: tuple[Path, ...] = PrivateAttr(default=())

    @model_validator(mode="after")
    def _consistent(self) -> Layout:
        known = {name for _, name in SHAPES}
        if unknown := sorted(set(self.shapes) - known):
            raise ValueError(f"shapes: '{unknown[0]}' is not a shape; shapes are {', '.join(sorted(known))}")
        for name in self.fields:
            if name in RESERVED or not re.fullmatch(r"[a-z][a-z0-9_]*", name):
                raise ValueError(f"'{name}' cannot be the name of a field: use lower case, digits and _")
        for name, spec in self.fields.items():
            if lacking := [other for other in spec.needs if other not in self.fields]:
                raise ValueError(f"field '{name}' needs '{lacking[0]}': {did_you_mean(lacking[0], self.fields)}")
        return self

    @classmethod
    def load(cls, name: str | Path, roots: Iterable[Path] = ()) -> Layout:
        """Read a layout by the name of its kit, or from a folder that holds a `layout.toml`.

        Raises LayoutError with every problem of its settings, template and styles; UsageError when there is none.
        """
        roots = tuple(roots)
        folder = find_kit("layouts", name, roots)
        layout = load_settings(folder / "layout.toml", cls, LayoutError)
        layout._folder, layout._roots = folder, roots
        layout._check_files()
        return layout

    def _check_files(self) -> None:
        problems: list[Problem] = []
        for name in ("layout.html", "layout.css"):
            if not (self._folder / name).is_file():
                problems.append(Problem(f"there is no {name}", Place(str(self._folder))))
        if not problems:
            problems += check_stylesheet(self.stylesheet, str(self._folder / "layout.css"))
            problems += check_inline_styles(self.template, str(self._folder / "layout.html"))
        if problems:
            raise LayoutError(problems)

    @property
    def folder(self) -> Path:
        """Return the folder of the layout."""
        return self._folder

    @property
    def slug(self) -> str:
        """Return the name of the layout's folder."""
        return self._folder.name

    @cached_property
    def template(self) -> str:
        """Return the source of `layout.html`."""
        return self._source("layout.html")

    @cached_property
    def stylesheet(self) -> str:
        """Return the source of `layout.css`."""
        return self._source("layout.css")

    def _source(self, name: str) -> str:
        path = resolve_inside(self._folder, name)
        try:
            return read_bytes(path, MAX_SOURCE_BYTES).decode("utf-8")
        except UnicodeDecodeError as error:
            raise LayoutError(f"is not UTF-8 text: {error.reason}", Place(str(path)), "save it as UTF-8") from error

    @property
    def kit(self) -> Path:
        """Return the folder of shared macros: the one beside the layout, else the built-in one."""
        beside = self._folder.parent / KIT_FOLDER
        return beside if (beside / "kit.css").is_file() else built_in("layouts") / KIT_FOLDER

    @property
    def icon_folders(self) -> tuple[Path, ...]:
        """Return the folders of icons that come before the packed ones: of the layout, beside it, of the campaign."""
        kits = (*(self._folder.parent, *(root / "layouts" for root in self._roots)), built_in("layouts"))
        return icon_folders((self._folder, *(folder / KIT_FOLDER for folder in kits)))

    @cached_property
    def _kit_styles(self) -> Mapping[str, str]:
        return {file.stem: file.read_text("utf-8") for file in sorted(self.kit.glob("*.css"))}

    @cached_property
    def component_stylesheets(self) -> Mapping[str, str]:
        """Return the styles of the kit's pieces by the class that calls for them: `stamp.css` by `kit-stamp`."""
        named = {f"{COMPONENT_PREFIX}{name}": css for name, css in self._kit_styles.items()}
        return {name: css for name, css in named.items() if f".{name}" in css}

    @cached_property
    def kit_stylesheet(self) -> str:
        """Return the styles that every page takes from the kit: `kit.css`, then files that no class calls for."""
        styles = {name: css for name, css in self._kit_styles.items() if name != MOTION}
        others = (css for name, css in styles.items() if f"{COMPONENT_PREFIX}{name}" not in self.component_stylesheets)
        return "\n".join((styles["kit"], *(css for css in others if css is not styles["kit"])))

    @property
    def motion_stylesheet(self) -> str:
        """Return the presets of motion that videos take from the kit."""
        return self._kit_styles.get(MOTION, "")

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the languages that the layout speaks: with an alternative text, and labels where it has any."""
        return tuple(one for one in self.alt if one in self.labels or not self.labels)

    def check_language(self, language: str) -> None:
        """Raise LayoutError when the layout has no words in a language: it would mix two languages on one picture."""
        if language in self.languages:
            return
        lacking = [f"labels.{language}"] if self.labels and language not in self.labels else []
        lacking += [f"{name} in [alt]" for name in (language,) if language not in self.alt]
        lacking += [f"{name} in [caption]" for name in (language,) if self.caption and language not in self.caption]
        hint = f"it speaks {', '.join(self.languages)}; for '{language}' add {', '.join(lacking)} to layout.toml"
        raise LayoutError(f"the layout '{self.slug}' has no words in the language '{language}'", hint=hint)

    def words(self, language: str) -> dict[str, str]:
        """Return the fixed words of the layout in a language; Indonesian where a word is not translated."""
        return {**self.labels.get("id", {}), **self.labels.get(language, {})}

    def resolve_field(self, name: str) -> str | None:
        """Return the field that a name or one of its aliases means, or None."""
        if name in self.fields:
            return name
        return next((field for field, spec in self.fields.items() if name in spec.aliases), None)

    def example(self) -> dict[str, Any]:
        """Return the realistic data of `example.toml`: field values by language."""
        from assetgen.settings import parse_toml

        file = self._folder / "example.toml"
        return parse_toml(file, LayoutError) if file.is_file() else {}
