"""Read a brand kit: colours, fonts, logos, accounts and rules from `brand.toml`, and give them to layouts as CSS."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PrivateAttr, model_validator

from assetgen.errors import AssetgenError, BrandError, Place, Problem
from assetgen.fonts import coverage, fallback_fonts, family_fonts, needed_for, script_fonts
from assetgen.look import Look
from assetgen.model import Font
from assetgen.parts import find_kit
from assetgen.paths import read_bytes, resolve_inside
from assetgen.pictures import MAX_SVG_BYTES, check_svg
from assetgen.settings import parse_toml, validate
from assetgen.stylesheet import check_stylesheet
from assetgen.tokens import read_tokens
from assetgen.typescale import TOKEN, checked_scale

# What layouts may count on in every brand; a kit may add more.
REQUIRED_COLORS = frozenset(
    {"background", "surface", "surface-strong", "text", "text-muted", "text-on-strong", "text-on-strong-muted"}
    | {"primary", "on-primary", "accent", "on-accent", "line", "data", "data-muted", "on-data"}
    | {"danger", "on-danger", "caution", "on-caution", "safe", "on-safe"}
)


MAX_STYLES_BYTES = 1_000_000
# White space of markup, and the word joiner: the engine asks no font for their shape.
SHAPELESS = frozenset("\n\r\t\u2060")


def _color(value: str) -> str:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}([0-9a-fA-F]{2})?", value):
        raise ValueError("a colour is written '#rrggbb' or '#rrggbbaa'")
    return value.lower()


def _token(value: str | int | float) -> str | int | float:
    text = str(value)
    if re.search(r"[;{}<>]|url\(", text):
        raise ValueError("a token is one CSS value, without ';', braces or url()")
    return value


Color = Annotated[str, AfterValidator(_color)]
Token = Annotated[str | int | float, AfterValidator(_token)]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
# A word or phrase; `word*` stands for all words that begin so.
Word = Annotated[str, Field(pattern=r"^\w[^*<>]*\*?$", max_length=60)]
Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = get_args(Theme)


class Part(BaseModel):
    """A frozen table of a TOML file in which unknown keys are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class FontUse(Part):
    """A family and the weights of it that the brand uses; `beside` are the families that it takes for other scripts."""

    family: str
    weights: tuple[int, ...] = (400, 700)
    italic: bool = False
    beside: tuple[str, ...] = ()


class Logo(Part):
    """A logo file, its version for dark grounds, and the rules for its use.

    `clear_space` is a share of the logo's height; `min_width` is in pixels of a canvas 1080 wide.
    """

    file: str
    reversed: str | None = None
    clear_space: float = Field(0.25, ge=0, le=4)
    min_width: int = Field(96, ge=1, le=1080)
    alt: Mapping[str, str] = {}


class Domains(Part):
    """The web addresses that may appear on an asset."""

    allowed: tuple[str, ...] = ()


class Required(Part):
    """What every asset must show."""

    elements: tuple[Literal["logo", "source", "handle", "website", "hotline"], ...] = ("logo", "source")


class Voice(Part):
    """Who speaks for the brand in videos: a command that turns text into a WAV, and its voice by language.

    The command is run on this machine, and only for campaigns that say `speak = true`.
    """

    command: str
    names: Mapping[Language, str] = {}
    seconds: float = Field(120.0, gt=0, le=600)


class Sting(Part):
    """What the brand shows between scenes of its videos (`between`: the way it passes) and behind the last one.

    `layout` is a layout without required fields, whose first section is shown, else the kit's; times are in seconds.
    """

    layout: str = ""
    between: Literal["left", "up", "iris"] | None = None
    seconds: float = Field(0.8, ge=0.4, le=2)
    end: float = Field(0.0, ge=0, le=5)
    sound: str = ""


class Dark(Part):
    """What differs where a brand is used dark: colours, tokens and drawings; logos are the reversed ones."""

    colors: Mapping[Name, Color] = {}
    tokens: Mapping[Name, Token] = {}
    art: Mapping[Name, str] = {}


class Brand(Part):
    """A brand kit: who speaks, and how it looks.

    `vocabulary` has, by language, the words that the brand does not say, each with what it says instead (may be empty);
    `samples` are the layouts that its sheet shows.
    """

    name: str
    description: str = ""
    short_name: Mapping[str, str] = {}
    tagline: Mapping[str, str] = {}
    tokens_file: str | None = None
    colors: Mapping[Name, Color]
    fonts: Mapping[Name, FontUse]
    tokens: Mapping[Name, Token] = {}
    logos: Mapping[Name, Logo]
    art: Mapping[Name, str] = {}
    accounts: Mapping[str, str] = {}
    contacts: Mapping[str, str] = {}
    domains: Domains = Domains()
    required: Required = Required()
    rules: Mapping[str, Literal["error", "warning", "info", "off"]] = {}
    vocabulary: Mapping[Language, Mapping[Word, str]] = {}
    voice: Voice | None = None
    sting: Sting | None = None
    dark: Dark | None = None
    samples: tuple[str, ...] = ()

    _theme: Theme = PrivateAttr(default="light")
    _folder: Path = PrivateAttr(default=Path())
    _roots: tuple[Path, ...] = PrivateAttr(default=())
    _drawings: dict[str, bytes] = PrivateAttr(default_factory=dict)

    @model_validator(mode="after")
    def _complete(self) -> Brand:
        if lacking := sorted(REQUIRED_COLORS - set(self.colors)):
            raise ValueError(f"[colors] lacks {', '.join(lacking)}: layouts count on them")
        if lacking := sorted({"heading", "body"} - set(self.fonts)):
            raise ValueError(f"[fonts] lacks {', '.join(lacking)}")
        checked_scale(self.tokens.get(TOKEN, 1))
        if "primary" not in self.logos:
            raise ValueError("[logos.primary] is missing")
        return self

    @classmethod
    def load(cls, name: str | Path, roots: Iterable[Path] = ()) -> Brand:
        """Read a brand by the name of its kit, or from a folder that holds a `brand.toml`.

        Raises BrandError with every problem of the kit, UsageError when there is no such kit.
        """
        roots = tuple(roots)
        folder = find_kit("brand", name, roots)
        file = folder / "brand.toml"
        tables = parse_toml(file, BrandError)
        if isinstance(tokens := tables.get("tokens_file"), str):
            imported = read_tokens(resolve_inside(folder, tokens, Place(str(file))))
            for kind, values in imported.items():
                tables[kind] = {**values, **tables.get(kind, {})}
        brand = validate(tables, cls, file, BrandError)
        brand._folder, brand._roots = folder, roots
        brand._check_files(file)
        return brand

    def _check_files(self, file: Path) -> None:
        """Raise BrandError when a font or drawing that the kit names is not there, or its styles hold unknown CSS."""
        problems: list[Problem] = []
        for where, name in self._files():
            try:
                if not resolve_inside(self._folder, name).is_file():
                    problems.append(Problem(f"{where}: there is no file '{name}'", Place(str(file))))
            except AssetgenError as error:
                problems += [Problem(f"{where}: {one.message}", Place(str(file)), one.hint) for one in error.problems]
        if (styles := self._folder / "brand.css").is_file():
            problems += check_stylesheet(styles.read_text("utf-8"), str(styles))
        problems += self._font_problems(file)
        if problems:
            raise BrandError(problems)

    def _font_problems(self, file: Path) -> Iterator[Problem]:
        """Yield what is wrong with the families and weights that the kit names."""
        for use, font in self.fonts.items():
            try:
                found = {face.weight for face in family_fonts(font.family, self._roots)}
                for family in font.beside:
                    family_fonts(family, self._roots)
            except BrandError as error:
                first = error.problems[0]
                yield Problem(f"fonts.{use}: {first.message}", Place(str(file)), first.hint)
                continue
            if lacking := sorted(set(font.weights) - found):
                message = f"fonts.{use}: {font.family} has no weight {', '.join(map(str, lacking))}"
                yield Problem(message, Place(str(file)), f"it has {', '.join(map(str, sorted(found)))}")

    def _files(self) -> Iterable[tuple[str, str]]:
        for name, logo in self.logos.items():
            yield f"logos.{name}.file", logo.file
            if logo.reversed:
                yield f"logos.{name}.reversed", logo.reversed
        for name, drawing in self.art.items():
            yield f"art.{name}", drawing
        for name, drawing in self.dark.art.items() if self.dark else ():
            yield f"dark.art.{name}", drawing

    @property
    def theme(self) -> Theme:
        """Return how the brand is used: light, as its kit is written, or dark."""
        return self._theme

    def themed(self, theme: Theme) -> Brand:
        """Return the brand for light or dark use; raises BrandError when its kit says nothing of dark use."""
        if theme == self._theme:
            return self
        if theme == "light" or self.dark is None:
            file = Place(str(self._folder / "brand.toml"))
            raise BrandError(f"the brand '{self.slug}' has no {theme} use", file, "add [dark.colors] to brand.toml")
        return self._dark

    @cached_property
    def _dark(self) -> Brand:
        """Return the brand as it is used dark.

        What stood on light grounds is taken from `NAME-on-strong` or the reversed file, where the kit has it. The red
        of whole grounds stays the light one, since on a dark page `danger` is a light colour to write with.
        """
        dark = self.dark or Dark()
        danger = {f"{name}-strong": self.colors[name] for name in ("danger", "on-danger")}
        logos = {
            name: logo.model_copy(update={"file": logo.reversed or logo.file}) for name, logo in self.logos.items()
        }
        art = {name: self.art.get(f"{name}-on-strong", drawing) for name, drawing in self.art.items()}
        changes: dict[str, Any] = {
            "colors": {**self.colors, **danger, **dark.colors},
            "tokens": {**self.tokens, **dark.tokens},
            "logos": logos,
            "art": {**art, **dark.art},
        }
        # Not a copy: that would keep what was worked out from the light colours.
        brand = type(self)(**{name: getattr(self, name) for name in type(self).model_fields} | changes)
        brand._folder, brand._roots, brand._theme = self._folder, self._roots, "dark"
        return brand

    @property
    def folder(self) -> Path:
        """Return the folder of the kit."""
        return self._folder

    @property
    def type_scale(self) -> float:
        """Return by how much the brand sets type larger than layouts are written; 1 when it does not say."""
        return checked_scale(self.tokens.get(TOKEN, 1))

    @property
    def slug(self) -> str:
        """Return the name of the kit's folder."""
        return self._folder.name

    @cached_property
    def font_files(self) -> tuple[Font, ...]:
        """Return the font files to register: the brand's own first, then what stands in for missing characters."""
        chosen: dict[str, Font] = {}
        for use in self.fonts.values():
            for font in family_fonts(use.family, self._roots):
                if font.weight in use.weights and (use.italic or font.style == "normal"):
                    chosen.setdefault(font.path, font)
        for font in fallback_fonts():
            chosen.setdefault(font.path, font)
        return tuple(chosen.values())

    @cached_property
    def script_files(self) -> tuple[Font, ...]:
        """Return the font files of other scripts: those that the brand names itself, then those for every brand."""
        beside = dict.fromkeys(family for use in self.fonts.values() for family in use.beside)
        own = [font for family in beside for font in family_fonts(family, self._roots)]
        return tuple(dict.fromkeys((*own, *script_fonts(self._roots))))

    def fonts_for(self, text: str) -> tuple[Font, ...]:
        """Return the font files to register for a text: those of other scripts only where it has such letters."""
        return (*self.font_files, *needed_for(text, self.font_files, self.script_files))

    @cached_property
    def look(self) -> Look:
        """Return the brand as drawings see it: colours, tokens, and the faces of every font role."""
        fallbacks = fallback_fonts()
        faces = {
            use: (*(face for face in self.font_files if face.family == font.family), *fallbacks)
            for use, font in self.fonts.items()
        }
        return Look(self.colors, faces, self.tokens)

    @cached_property
    def stylesheet(self) -> str:
        """Return the brand as CSS: `--color-*`, `--font-*` and its own tokens on `.canvas`, then its `brand.css`."""
        behind = (*self._script_families, *self._fallback_families)
        stacks = {use: _stack(font.family, *font.beside, *behind) for use, font in self.fonts.items()}
        # From right to left the letters of most lines come first: a line is as tall as its first family asks.
        mirrored = "".join(
            f" --font-{use}: {_stack(*font.beside, *self._script_families, font.family, *self._fallback_families)};"
            for use, font in self.fonts.items()
            if use != "number"
        )
        return self._styles(stacks, f".canvas.rtl {{{mirrored} }}\n")

    @cached_property
    def _script_families(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(font.family for font in script_fonts(self._roots)))

    @cached_property
    def _fallback_families(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(font.family for font in fallback_fonts()))

    @cached_property
    def plain_stylesheet(self) -> str:
        """Return the brand as CSS without the fonts that stand behind its own: for pages of which it `draws` all."""
        return self._styles({use: _stack(font.family) for use, font in self.fonts.items()})

    def _styles(self, stacks: Mapping[str, str], more: str = "") -> str:
        lines = [f"--color-{name}: {color};" for name, color in self.colors.items()]
        lines += [f"--font-{use}: {stack};" for use, stack in stacks.items()]
        lines += [f"--{name}: {value};" for name, value in self.tokens.items()]
        own = resolve_inside(self._folder, "brand.css")
        styles = read_bytes(own, MAX_STYLES_BYTES).decode("utf-8") if own.is_file() else ""
        beside = [family for font in self.fonts.values() for family in font.beside]
        body = self.fonts["body"].family
        script = _stack(*beside, *self._script_families, body, *self._fallback_families)
        lines.append(f"--font-script: {script};")
        return ".canvas { " + " ".join(lines) + " }\n" + more + styles

    @cached_property
    def _letters(self) -> frozenset[str]:
        """Return the characters that every face of the brand's own families has, and those that need none.

        Soft hyphens are not among them: where a line breaks at one, a hyphen of any kind is drawn.
        """
        own = {font.family for font in self.fonts.values()}
        faces = (coverage(font.path) for font in self.font_files if font.family in own)
        return (frozenset(map(chr, frozenset.intersection(*faces))) | SHAPELESS) - {"\u00ad"}

    def draws(self, text: str) -> bool:
        """Tell whether the brand's own families have every character of a text, in capitals and small letters too."""
        letters = "".join(set(text))
        return self._letters.issuperset(letters + letters.upper() + letters.lower())

    def picture(self, reference: str) -> bytes | None:
        """Return the bytes of `logo:primary`, `logo:primary-reversed` or `art:NAME`; None for an unknown name."""
        kind, _, name = reference.partition(":")
        file: str | None = None
        if kind == "logo":
            logo = self.logos.get(name.removesuffix("-reversed"))
            file = None if logo is None else (logo.reversed or logo.file) if name.endswith("-reversed") else logo.file
        elif kind == "art":
            file = self.art.get(name)
        return self._drawing(file) if file else None

    def _drawing(self, file: str) -> bytes:
        if file not in self._drawings:
            path = resolve_inside(self._folder, file)
            self._drawings[file] = check_svg(read_bytes(path, MAX_SVG_BYTES), Place(str(path)))
        return self._drawings[file]


def _stack(*families: str) -> str:
    return ", ".join(f'"{family}"' for family in dict.fromkeys(families))
