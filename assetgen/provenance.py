"""Tell what assets are made from: campaign and job go in, hashes of data, kits and all that is given come out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date, time
from decimal import Decimal
from hashlib import sha256
from importlib.metadata import version
from json import dumps
from pathlib import Path
from typing import Any

from assetgen import parts
from assetgen.batch import Job
from assetgen.brand import Brand
from assetgen.cache import workshop
from assetgen.campaign import Campaign
from assetgen.errors import AssetgenError, DataError, Place
from assetgen.fields import file_name
from assetgen.layout import FieldSpec, Layout
from assetgen.model import Font, Table, Value
from assetgen.package import DataFile, Provenance
from assetgen.package.asset import file_hash, kit_hash
from assetgen.paths import resolve_inside
from assetgen.studio import speaker_of, sting_layout
from assetgen.template import imported

# Fields of these types are given names of files.
FILES = frozenset({"image", "map"})


class Hashes:
    """Tell what assets are made from; each file and kit is hashed once."""

    def __init__(self, engine: str = "takumi", draft: bool = False) -> None:
        """Take how the build is run: it is a part of every key. Raises UsageError when there is no such engine."""
        self._known: dict[Path, str] = {}
        self._layouts: dict[Path, list[Any]] = {}
        self._brands: dict[Path, list[Any]] = {}
        self._tables: dict[int, tuple[Table, list[Any]]] = {}
        self._way = [workshop(), version("assetgen"), engine, parts.load("engines", engine).version(), draft]

    def provenance(self, campaign: Campaign, job: Job) -> Provenance:
        """Return the data, layout, brand and version that an asset of a campaign is made from, and its key."""
        sources: tuple[DataFile, ...] = ()
        if job.table is not None and job.spec.source:
            spec = campaign.data[job.spec.source]
            rows = (job.given.row,) if job.given.row else ()
            sources = (
                DataFile(spec.file, self._of(campaign.folder / spec.file), job.table.sheet, rows, (), spec.pins),
            )
        layout, brand = campaign.layouts[job.spec.layout].folder, campaign.brands[job.brand].folder
        return Provenance(sources, self._of(layout), self._of(brand), version("assetgen"), self._key(campaign, job))

    def still_true(self) -> bool:
        """Tell whether all files are as they were when they were hashed: what was made meanwhile is made from them."""
        try:
            return all(_hash(path) == known for path, known in self._known.items())
        except DataError:
            return False

    def _key(self, campaign: Campaign, job: Job) -> str:
        """Return the hash of everything that the files and findings of a job depend on.

        Empty where something of an unknown kind is given: nobody could tell whether that has changed.
        """
        layout, brand, given = campaign.layouts[job.spec.layout], campaign.brand_for(job.spec), job.given
        made_from = [
            *(self._way, self._layout(layout), self._brand(brand), brand.theme),
            *(asdict(job.placement), job.slug, job.language, given.fields, self._given(layout, job, campaign.folder)),
            *(given.caption, given.alt, given.publish_at, given.row, job.spec.hashtags),
            self._table(job.table),
            self._video(campaign, job) if job.placement.moving else [],
        ]
        try:
            return sha256(dumps(made_from, sort_keys=True, default=_plain).encode()).hexdigest()
        except TypeError:
            return ""

    def _layout(self, layout: Layout) -> list[Any]:
        """Return a layout with all that it takes from elsewhere: kit, icons, and templates of other layouts."""
        if layout.folder not in self._layouts:
            beside = layout.kit.parent
            others = imported((layout.folder, beside))
            self._layouts[layout.folder] = [
                *(layout.slug, self._of(layout.folder), self._of(layout.kit)),
                [self._of(folder) for folder in layout.icon_folders],
                [self._of(beside)] if others is None else [self._of(path) for path in others],
            ]
        return self._layouts[layout.folder]

    def _brand(self, brand: Brand) -> list[Any]:
        """Return a brand with its fonts."""
        if brand.folder not in self._brands:
            fonts = [self._font(font) for font in (*brand.font_files, *brand.script_files)]
            self._brands[brand.folder] = [brand.slug, self._of(brand.folder), fonts]
        return self._brands[brand.folder]

    def _font(self, font: Font) -> list[Any]:
        """Return a font with the settings of its kit: they say which letters it has."""
        path = Path(font.path)
        return [font.family, font.weight, font.style, self._of(path), self._of(path.with_name("font.toml"))]

    def _given(self, layout: Layout, job: Job, folder: Path) -> list[str]:
        """Return the hashes of the files that fields name: they may change under the same names."""
        given = {layout.resolve_field(name): value for name, value in job.given.fields.items()}
        return [
            self._named(name, folder)
            for field, spec in layout.fields.items()
            for name in _names(given.get(field), spec)
        ]

    def _table(self, table: Table | None) -> list[Any]:
        """Return what the checks know of a table beside the values that are given."""
        if table is None:
            return []
        if id(table) not in self._tables:
            known = [[asdict(one) for one in many] for many in (table.remarks, table.marks, table.repairs)]
            self._tables[id(table)] = (table, [table.file, table.sheet, *known])
        return self._tables[id(table)][1]

    def _video(self, campaign: Campaign, job: Job) -> list[Any]:
        """Return what a video is to be like, with the bytes of its sounds and captions, its voice and the sting."""
        video = dict(job.spec.video)
        brand = campaign.brand_for(job.spec)
        names = [*video["voice"], video["music"], video["captions"]]
        speaker = speaker_of(brand, job.language) if video["speak"] else None
        return [
            *(video, [self._named(name, campaign.folder) for name in names]),
            [self._of(path) for path in speaker.files(job.language)] if speaker else [],
            self._layout(sting_layout(brand)) if brand.sting else [],
        ]

    def _named(self, name: str, folder: Path) -> str:
        """Return the hash of a file by its name in a folder; empty where it is none, which is told where it is read."""
        try:
            path = resolve_inside(folder, name)
        except AssetgenError:
            return ""
        return "" if path.is_dir() else self._of(path)

    def _of(self, path: Path) -> str:
        if path not in self._known:
            self._known[path] = _hash(path)
        return self._known[path]


def _hash(path: Path) -> str:
    """Return the hash of a kit or a file, empty where there is none; raises DataError where it cannot be read."""
    try:
        return kit_hash(path) if path.is_dir() else file_hash(path) if path.is_file() else ""
    except OSError as error:
        raise DataError(f"'{error.filename}' cannot be read: {error.strerror}", Place(str(path))) from error


def _names(value: Any, spec: FieldSpec) -> Iterator[str]:
    """Yield the names of the files that a field is given, as `fields` reads them."""
    if spec.type == "rows":
        rows = value.get("rows") if isinstance(value, Mapping) else value
        for row in rows if isinstance(rows, (list, tuple)) else ():
            for name, column in spec.columns.items():
                yield from _names(row.get(name) if isinstance(row, Mapping) else None, column)
    elif spec.type in FILES:
        for one in (value.get("file") if isinstance(value, Mapping) else value, spec.default):
            yield file_name(one or "")


def _plain(value: Any) -> Any:
    """Return values of ours as JSON can hold them, each in one way; raises TypeError for kinds that are not known."""
    if isinstance(value, Value):
        marks = list(value.marks)
        return [value.raw, str(value.data), value.kind, value.unit, str(value.cell), marks, bool(value.repair)]
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    if isinstance(value, (Decimal, date, time)):
        return str(value)
    raise TypeError(f"no hash is known for {type(value)}")
