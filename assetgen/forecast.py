"""Tell what a build would do, and what a changed cell touches, without painting anything."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from assetgen.batch import Plan, plan, read_data
from assetgen.campaign import Campaign
from assetgen.derive import Area, areas, overlap
from assetgen.errors import DataError, Place, Problem, UsageError, did_you_mean
from assetgen.model import parse_cell
from assetgen.package import Entry, Manifest, Provenance, package_folder, read_manifest
from assetgen.pipeline import has_languages, told_from
from assetgen.provenance import Hashes

_A1 = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?", re.IGNORECASE)
Action = Literal["make", "keep", "remove", "fail"]
# A whole sheet, in the addresses of this module.
EVERYTHING = ("A1", "ZZZ9999999")


@dataclass(frozen=True, slots=True)
class Step:
    """What a build would do with one asset, and why; `folder` is its place below the output folder."""

    action: Action
    slug: str
    folder: str
    layout: str
    placement: str
    language: str
    why: str


def forecast(campaign: Campaign, out: Path) -> tuple[Step, ...]:
    """Return the steps of a build into a folder, in their order; removals last. Nothing is painted or written.

    An asset is kept when nothing that it is made from has changed: its files will be the same byte for byte. Raises as
    `pipeline.build` does before it writes.
    """
    todo = plan(campaign, read_data(campaign))
    earlier = read_manifest(out)
    return (*_made(campaign, todo, earlier, out), *_failed(campaign, todo), *_removed(campaign, todo, earlier))


def _folders(campaign: Campaign, todo: Plan) -> list[str]:
    named = has_languages(campaign)
    return [package_folder(job.slug, job.placement, job.language if named else "") for job in todo.jobs]


def _made(campaign: Campaign, todo: Plan, earlier: Manifest | None, out: Path) -> Iterator[Step]:
    known = {entry.folder: entry for entry in earlier.entries} if earlier else {}
    hashes = Hashes()
    for job, folder in zip(todo.jobs, _folders(campaign, todo), strict=True):
        entry = known.get(folder)
        reasons = _reasons(entry, hashes.provenance(campaign, job), out)
        action: Action = "make" if reasons else "keep"
        why = ", ".join(reasons) or "nothing has changed"
        yield Step(action, job.slug, folder, job.layout, job.placement.name, job.language, why)


def _reasons(entry: Entry | None, now: Provenance, out: Path) -> list[str]:
    """Return why an asset has to be made again; nothing when it need not."""
    if entry is None:
        return ["it is new"]
    if not entry.intact(out):
        return ["a file is missing or has another size"]
    if entry.made_from(now.key):
        return []
    before: Mapping[str, Any] = entry.data["provenance"]
    told = {source["file"]: source["sha256"] for source in before["sources"]}
    reasons = [f"{one.file} has changed" for one in now.sources if told.get(one.file) != one.sha256]
    reasons += ["the layout has changed"] if before["layout_sha256"] != now.layout_sha256 else []
    reasons += ["the brand has changed"] if before["brand_sha256"] != now.brand_sha256 else []
    reasons += [f"assetgen is {now.assetgen} now"] if before["assetgen"] != now.assetgen else []
    return reasons or ["the campaign, a picture or a font has changed"]


def _failed(campaign: Campaign, todo: Plan) -> Iterator[Step]:
    for failure in (told_from(campaign.folder, one) for one in todo.failures):
        why = "; ".join(str(problem) for problem in failure.problems)
        yield Step("fail", failure.slug, "", "", failure.placement, failure.language, why)


def _removed(campaign: Campaign, todo: Plan, earlier: Manifest | None) -> Iterator[Step]:
    kept = set(_folders(campaign, todo))
    for entry in earlier.entries if earlier else ():
        if entry.folder not in kept:
            data = entry.data
            why = "it is no longer asked for"
            yield Step("remove", entry.slug, entry.folder, data["layout"], data["placement"], data["language"], why)


# --- changed cells ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Touched:
    """An asset that shows something from a changed cell: its entry, and those of its facts."""

    entry: Entry
    facts: tuple[Mapping[str, Any], ...]


def touched(out: Path, changed: Iterable[str]) -> tuple[Touched, ...]:
    """Return the assets of the last build that show a fact from any of these cells, ranges, sheets or files.

    They are written `apbd.xlsx!Belanja!C7`, `…!C7:F9`, `apbd.xlsx!Belanja` or `apbd.xlsx`, with or without folders; a
    cell without a sheet is meant in all of them.
    Raises DataError when there was no build, UsageError for files that no asset was made from.
    """
    manifest = read_manifest(out)
    if manifest is None:
        raise DataError("nothing was built there yet", Place(str(out)), "build it first, or name the folder with --out")
    files = {str(source["file"]) for entry in manifest.entries for source in entry.data["provenance"]["sources"]}
    wanted = [_wanted(text, files) for text in changed]
    found = []
    for entry in manifest.entries:
        own = {Path(source["file"]).name: str(source["file"]) for source in entry.data["provenance"]["sources"]}
        facts = tuple(fact for fact in entry.data["facts"] if fact["cell"] and _shows(fact["cell"], wanted, own))
        if facts:
            found.append(Touched(entry, facts))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What was changed: an area; `path` is the data file, as the manifest tells it, where a folder was named."""

    area: Area
    path: str = ""


def _wanted(text: str, files: set[str]) -> _Wanted:
    """Return what a text names; raises UsageError when it is none of the data files."""
    try:
        cell = parse_cell(text)
    except ValueError:
        cell = parse_cell(f"{text}!A1:ZZZ9999999")
    area = _A1.fullmatch(cell.address)
    sheet = cell.sheet if area else cell.address if cell.sheet is None else None
    if not area and cell.sheet is not None:
        raise UsageError(f"'{text}' names no cell", hint="write file!sheet!C7, file!C7:F9, file!sheet or file")
    given = Path(cell.file).as_posix()
    matching = [file for file in files if file == given or file.endswith("/" + given) or given.endswith("/" + file)]
    if not matching:
        raise UsageError(Problem(f"no asset was made from '{cell.file}'", hint=did_you_mean(cell.file, files)))
    first, last = EVERYTHING
    if area:
        first = f"{area[1]}{area[2]}".upper()
        last = f"{area[3]}{area[4]}".upper() if area[3] else first
    named = matching[0] if "/" in given and len(matching) == 1 else ""
    return _Wanted(Area(Path(given).name, sheet, first, last), named)


def _shows(address: str, wanted: Iterable[_Wanted], own: Mapping[str, str]) -> bool:
    try:
        shown = list(areas(parse_cell(address)))
    except ValueError:
        return False
    return any(_meets(area, one, own) for area in shown for one in wanted)


def _meets(area: Area, one: _Wanted, own: Mapping[str, str]) -> bool:
    if area.file != one.area.file or (one.path and own.get(area.file, one.path) != one.path):
        return False
    return one.area.sheet in (None, area.sheet) and overlap(area, one.area)
