"""Read `campaign.toml`: its data files, and what is made from them; every problem is told at once, with its line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, PrivateAttr, field_validator

from assetgen import placement
from assetgen.brand import Brand, Part, Theme
from assetgen.errors import AssetgenError, CampaignError, Place, Problem, did_you_mean
from assetgen.layout import Layout
from assetgen.locale import check_language
from assetgen.model.films import DEFAULT_MOOD
from assetgen.parts import kit_folder
from assetgen.paths import resolve_inside
from assetgen.read import ReadOptions
from assetgen.settings import line_of, load_settings

Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]


class DataSpec(Part):
    """A data file of a campaign; what is not pinned is found out."""

    file: str
    sheet: str | None = None
    header_row: int | None = Field(None, ge=1)
    header_rows: int | None = Field(None, ge=1, le=10)
    number_style: Literal["id", "en"] | None = None
    encoding: str = ""
    delimiter: str = ""
    unit: str | None = None
    scale: int | None = Field(None, ge=1, le=10**15)
    text_columns: tuple[str, ...] = ()
    decimal_columns: tuple[str, ...] = ()

    @property
    def pins(self) -> dict[str, Any]:
        """Return what is pinned, by name, as JSON holds it: what a later reader needs to read the same."""
        return self.model_dump(mode="json", exclude_defaults=True, exclude={"file", "sheet"})

    @property
    def options(self) -> ReadOptions:
        """Return what is pinned, for the reader."""
        return ReadOptions.of(self.pins)


class VideoSpec(Part):
    """How the videos of an entry are made: a table `[make.video]`. Files are beside the campaign file."""

    music: str = DEFAULT_MOOD
    voice: tuple[str, ...] = ()
    transition: str = ""
    narration: tuple[str, ...] | Literal["layout"] = ()
    captions: str = ""
    highlight: bool = False
    progress: bool = False
    speak: bool = False
    effects: bool = False


class MakeSpec(Part):
    """One entry `[[make]]`: a layout, the rows that fill it, and where and in which languages it goes."""

    layout: str
    source: str | None = Field(None, alias="from")
    each: str = "row"
    where: str | None = None
    sort: str | None = None
    limit: int | None = Field(None, ge=1)
    fields: Mapping[str, Any] = {}
    slug: str | None = None
    publish_at: str | None = None
    brand: str | None = None
    theme: Theme | None = None
    languages: tuple[Language, ...] | None = None
    placements: tuple[str, ...] | None = None
    caption: str | Mapping[str, str] | None = None
    alt: str | Mapping[str, str] | None = None
    hashtags: tuple[str, ...] | None = None
    video: VideoSpec = VideoSpec()

    @field_validator("each")
    @classmethod
    def _known(cls, value: str) -> str:
        if value in {"row", "all"} or (value.startswith("group:") and value.removeprefix("group:").strip()):
            return value
        if re.fullmatch(r"rows: *[1-9]\d{0,3}", value):
            return value
        raise ValueError("takes 'row', 'all', 'group: COLUMN' or 'rows: NUMBER'")


class Campaign(Part):
    """Many packages, from one file. Load it, then build it with `assetgen.pipeline.build`."""

    name: str
    brand: str
    theme: Theme = "light"
    languages: tuple[Language, ...] = ("id",)
    placements: tuple[str, ...] = ()
    data: Mapping[str, DataSpec] = {}
    make: tuple[MakeSpec, ...]

    _file: Path = PrivateAttr(default=Path())

    @classmethod
    def load(cls, path: str | Path) -> Campaign:
        """Read a campaign file and everything that it names.

        Raises CampaignError with every problem: unknown keys, layouts, brands, placements, fields, missing files.
        """
        file = Path(path)
        if file.is_dir():
            file = file / "campaign.toml"
        campaign = load_settings(file, cls, CampaignError)
        campaign._file = file
        if problems := sorted(campaign._problems(), key=lambda problem: problem.place.line or 0):
            raise CampaignError(problems)
        return campaign

    @property
    def file(self) -> Path:
        """Return the path of the campaign file."""
        return self._file

    @property
    def folder(self) -> Path:
        """Return the folder of the campaign file: pictures, data and the user's own kits lie in it."""
        return self._file.resolve().parent

    @cached_property
    def brands(self) -> dict[str, Brand]:
        """Return the brands of the campaign by name."""
        names = dict.fromkeys([self.brand, *(spec.brand for spec in self.make if spec.brand)])
        return {name: Brand.load(self._kit("brand", name), (self.folder,)) for name in names}

    def brand_for(self, spec: MakeSpec) -> Brand:
        """Return the brand of an entry, for light or dark use; raises BrandError when it has no dark use."""
        return self.brands[spec.brand or self.brand].themed(spec.theme or self.theme)

    @cached_property
    def layouts(self) -> dict[str, Layout]:
        """Return the layouts of the campaign by name."""
        return {
            name: Layout.load(self._kit("layouts", name), (self.folder,))
            for name in dict.fromkeys(one.layout for one in self.make)
        }

    def anew(self) -> Campaign:
        """Return the campaign with its brands and layouts as their files are now; raises what reading them raises."""
        again = self.model_copy()
        for kits in ("brands", "layouts"):
            again.__dict__.pop(kits, None)
        return again

    def _kit(self, kind: str, name: str) -> Path:
        """Return the folder of a kit: by name, or by its path below the campaign's folder; never from elsewhere."""
        return resolve_inside(self.folder, name) if "/" in name else kit_folder(kind, name, (self.folder,))

    def place(self, *location: str | int) -> Place:
        """Return where a key stands in the campaign file; nowhere for a campaign that was made without one."""
        return Place() if self._file == Path() else Place(str(self._file), line_of(self._text, location))

    @cached_property
    def _text(self) -> str:
        return self._file.read_text("utf-8-sig") if self._file.is_file() else ""

    def _problems(self) -> Iterator[Problem]:
        if not self.make:
            yield Problem("nothing is to be made", Place(str(self._file)), "add a [[make]]")
        for language in dict.fromkeys((*self.languages, *(one for spec in self.make for one in spec.languages or ()))):
            try:
                check_language(language)
            except AssetgenError as error:
                yield from _at(error, self.place("languages"))
        yield from self._part_problems()
        for name, data in self.data.items():
            try:
                if not resolve_inside(self.folder, data.file).is_file():
                    near = [entry.name for entry in (self.folder / data.file).parent.glob("*")]
                    hint = did_you_mean(Path(data.file).name, near)
                    yield Problem(f"there is no file '{data.file}'", self.place("data", name, "file"), hint)
            except AssetgenError as error:
                yield from _at(error, self.place("data", name, "file"))
        for number, spec in enumerate(self.make):
            yield from self._make_problems(number, spec)
        yield from _placement_problems(self.placements, self.place("placements"))

    def _part_problems(self) -> Iterator[Problem]:
        """Yield what is wrong with the brands, layouts and placements that are named."""
        named = [("brand", self.brand, self.place("brand"))]
        for number, spec in enumerate(self.make):
            named.append(("layout", spec.layout, self.place("make", number, "layout")))
            if spec.brand:
                named.append(("brand", spec.brand, self.place("make", number, "brand")))
        seen: set[tuple[str, str]] = set()
        for kind, name, place in named:
            if (kind, name) in seen:
                continue
            seen.add((kind, name))
            try:
                if kind == "brand":
                    Brand.load(self._kit("brand", name), (self.folder,))
                else:
                    Layout.load(self._kit("layouts", name))
            except AssetgenError as error:
                yield from _at(error, place)

    def _make_problems(self, number: int, spec: MakeSpec) -> Iterator[Problem]:
        where = ("make", number)
        if spec.source is not None and spec.source not in self.data:
            hint = did_you_mean(spec.source, self.data)
            yield Problem(f"there is no data '{spec.source}'", self.place(*where, "from"), hint)
        if not (spec.placements or self.placements):
            yield Problem("no placements are named", self.place(*where), 'add placements = ["instagram/feed-portrait"]')
        yield from _placement_problems(spec.placements or (), self.place(*where, "placements"))
        try:
            layout = Layout.load(self._kit("layouts", spec.layout))
        except AssetgenError:
            return  # told already
        yield from self._word_problems(number, spec, layout)
        yield from self._theme_problems(number, spec)
        for field in spec.fields:
            if layout.resolve_field(field) is None:
                hint = did_you_mean(field, layout.fields)
                message = f"the layout '{spec.layout}' has no field '{field}'"
                yield Problem(message, self.place(*where, "fields", field), hint)

    def _word_problems(self, number: int, spec: MakeSpec, layout: Layout) -> Iterator[Problem]:
        """Yield what is wrong with the languages and hashtags that a layout is to speak."""
        where = ("make", number)
        if spec.hashtags and not layout.takes_hashtags:
            message = f"the layout '{spec.layout}' takes no hashtags"
            yield Problem(message, self.place(*where, "hashtags"), "leave them out")
        for language in filter(_is_language, spec.languages or self.languages):
            try:
                layout.check_language(language)
            except AssetgenError as error:
                named = (*where, "languages") if spec.languages else ("languages",)
                yield from _at(error, self.place(*named))

    def _theme_problems(self, number: int, spec: MakeSpec) -> Iterator[Problem]:
        """Yield that the brand of an entry has no dark use; that a brand cannot be read is told elsewhere."""
        name = spec.brand or self.brand
        try:
            brand = Brand.load(self._kit("brand", name), (self.folder,))
        except AssetgenError:
            return
        if (spec.theme or self.theme) == "dark" and brand.dark is None:
            where = self.place("make", number, "theme") if spec.theme else self.place("theme")
            yield Problem(f"the brand '{name}' has no dark use", where, "add [dark.colors] to its brand.toml")


def _is_language(code: str) -> bool:
    try:
        check_language(code)
    except AssetgenError:
        return False  # told already
    return True


def _placement_problems(names: Iterable[str], place: Place) -> Iterator[Problem]:
    for name in names:
        try:
            placement.load(name)
        except AssetgenError as error:
            yield from _at(error, place)


def _at(error: AssetgenError, place: Place) -> Iterator[Problem]:
    """Yield the problems of an error, placed in the campaign file where they have no file of their own."""
    for problem in error.problems:
        yield problem if problem.place.file else Problem(problem.message, place, problem.hint)
