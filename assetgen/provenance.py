"""Tell what assets are made from: campaign and job go in, hashes of data, kits and all that is given come out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from hashlib import file_digest, sha256
from importlib.metadata import PackageNotFoundError, version
from json import dumps
from pathlib import Path
from typing import Any

from assetgen.batch import Job
from assetgen.cache import workshop
from assetgen.campaign import Campaign
from assetgen.errors import SecurityError
from assetgen.layout import FieldSpec
from assetgen.model import Fact, Photo, Value
from assetgen.package import DataFile, Provenance
from assetgen.package.asset import kit_hash
from assetgen.paths import resolve_inside
from assetgen.studio import sting_folder


class Hashes:
    """Tell what assets were made from; each file and kit is hashed once in a build."""

    def __init__(self, engine: str = "takumi", draft: bool = False) -> None:
        """Take how the build is run: it is a part of every key."""
        self._known: dict[Path, str] = {}
        self._way = [workshop(), version("assetgen"), _version_of(engine), engine, draft]

    def provenance(self, campaign: Campaign, job: Job, facts: Iterable[Fact] = ()) -> Provenance:
        """Return the data, layout, brand and version that an asset of a campaign is made from, and its key."""
        sources: tuple[DataFile, ...] = ()
        if job.table is not None and job.spec.source:
            spec = campaign.data[job.spec.source]
            cells = tuple(dict.fromkeys(fact.cell for fact in facts if fact.cell))
            rows = (job.given.row,) if job.given.row else ()
            file_hash = self._of(campaign.folder / spec.file)
            sources = (DataFile(spec.file, file_hash, job.table.sheet, rows, cells, spec.pins),)
        layout, brand = campaign.layouts[job.spec.layout].folder, campaign.brands[job.brand].folder
        return Provenance(sources, self._of(layout), self._of(brand), version("assetgen"), self._key(campaign, job))

    def _key(self, campaign: Campaign, job: Job) -> str:
        """Return the hash of everything that the files and findings of a job depend on."""
        layout, brand = campaign.layouts[job.spec.layout], campaign.brand_for(job.spec)
        given = job.given
        fields = {
            name: self._content(value, layout.fields[layout.resolve_field(name) or name], campaign.folder)
            for name, value in given.fields.items()
        }
        parts = [
            *(self._way, self._of(layout.folder), self._of(layout.kit), self._of(brand.folder)),
            [self._of(folder) for folder in layout.icon_folders],
            [self._of(Path(font.path)) for font in (*brand.font_files, *brand.script_files)],
            *(asdict(job.placement), job.slug, job.language, fields, brand.theme),
            *(given.caption, given.alt, given.publish_at, given.row, job.spec.hashtags),
            [asdict(remark) for remark in job.table.remarks] if job.table else [],
            [str(job.table.marks) if job.table else "", self._video(campaign, job) if job.placement.moving else []],
        ]
        return sha256(dumps(parts, sort_keys=True, default=_plain).encode()).hexdigest()

    def _video(self, campaign: Campaign, job: Job) -> list[Any]:
        """Return what a video is to be like, with the bytes of its sounds and captions, and the brand's own page."""
        video = dict(job.spec.video)
        names = [*video["voice"], video["music"], video["captions"]]
        paths = [campaign.folder / name for name in names if name]
        brand = campaign.brand_for(job.spec)
        sting = [self._of(sting_folder(brand))] if brand.sting else []
        return [video, [self._of(path) for path in paths if path.is_file()], sting]

    def _content(self, value: Any, spec: FieldSpec, folder: Path) -> Any:
        """Return what a field is given; of a picture its bytes, which may change under the same name."""
        if spec.type == "rows" and isinstance(value, (list, tuple)):
            return [self._row(row, spec, folder) for row in value]
        if spec.type != "image" or isinstance(value, Photo) or not value:
            return value
        name = value.get("file", "") if isinstance(value, Mapping) else value
        try:
            path = resolve_inside(folder, str(name))
        except SecurityError:
            return value  # never read; it is told where the field is filled
        return [value, self._of(path) if path.is_file() else ""]

    def _row(self, row: Any, spec: FieldSpec, folder: Path) -> Any:
        if not isinstance(row, Mapping):
            return row
        return {name: self._content(one, spec.columns.get(name, FieldSpec()), folder) for name, one in row.items()}

    def _of(self, path: Path) -> str:
        if path not in self._known:
            self._known[path] = kit_hash(path) if path.is_dir() else _digest(path)
        return self._known[path]


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def _version_of(engine: str) -> str:
    """Return the version of the library behind an engine, where it is one of Python's."""
    try:
        return version(f"py{engine}")
    except PackageNotFoundError:
        return ""


def _plain(value: Any) -> Any:
    """Return values of ours as JSON can hold them, each in one way."""
    if isinstance(value, Value):
        return [
            value.raw,
            str(value.data),
            value.kind,
            value.unit,
            str(value.cell),
            list(value.marks),
            bool(value.repair),
        ]
    if isinstance(value, Photo):
        clip = value.clip and [value.clip.digest.hex(), str(value.clip.playing)]
        return [value.name, sha256(value.data).hexdigest(), value.focus, *(clip or ())]
    return str(value)
