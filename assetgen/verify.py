"""Prove what a build made: a folder with a manifest and the data behind it go in, a verdict on each fact comes out.

Files must be there with the hash that the manifest tells. Every fact with a cell is evaluated again from the data as it
is now, read with the options that the manifest tells, and must give the same value; its text must agree with the value
within the rounding that it shows. Nothing is believed because the manifest says so, apart from which cell it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from json import dumps
from pathlib import Path
from typing import Any, Literal

from assetgen.derive import FormulaError, Unprovable, same_value, written
from assetgen.errors import AssetgenError, DataError, Place, Problem
from assetgen.model import Table, Value
from assetgen.package import Entry, Manifest, read_manifest
from assetgen.package.manifest import NAME
from assetgen.paths import resolve_inside
from assetgen.read import Lookup, ReadOptions, read_table
from assetgen.shown import disagreement

LEVELS = 6
NO_CELL = "it has no cell: it was typed into the campaign, or counted by the layout"
Verdict = Literal["proved", "disproved", "unprovable"]


@dataclass(frozen=True, slots=True)
class Proof:
    """What became of one fact: `now` is the value that its cell gives today, empty where there is none."""

    asset: str
    where: str
    text: str
    value: str
    cell: str
    verdict: Verdict
    reason: str = ""
    now: str = ""


@dataclass(frozen=True, slots=True)
class Damage:
    """A file of the package that is not there, or not as it was written."""

    path: str
    problem: str


@dataclass(frozen=True)
class Verification:
    """The verdict on everything that was looked at; `changed` are data files that differ from those of the build."""

    proofs: tuple[Proof, ...]
    damages: tuple[Damage, ...]
    changed: tuple[str, ...]
    files: int

    @property
    def totals(self) -> dict[str, int]:
        """Return how many facts were proved, disproved and cannot be proved."""
        counts = Counter(proof.verdict for proof in self.proofs)
        return {verdict: counts[verdict] for verdict in ("proved", "disproved", "unprovable")}

    @property
    def holds(self) -> bool:
        """Tell whether no fact is disproved and no file damaged."""
        return not self.damages and not self.totals["disproved"]


def verify(target: Path, data: Path | None = None) -> Verification:
    """Verify an output folder, or one file of it with the facts of its asset.

    `data` is the folder of the campaign; when it is not given, the nearest folder at or above the output folder that
    holds all data files is taken. Raises DataError when there is no manifest or it is not one of ours, or data is
    missing.
    """
    out, chosen = _folder_of(target)
    manifest = read_manifest(out)
    if manifest is None:
        hint = "name the folder that a build has written, or a file in it"
        raise DataError("there is no manifest.json", Place(str(target)), hint)
    try:
        entries = [entry for entry in manifest.entries if chosen in (None, *(one["path"] for one in entry.written))]
        if chosen and not entries:
            raise DataError(f"the manifest does not list '{chosen}'", Place(str(out / NAME)))
        damages = tuple(_damages(out, entries))
        witness = _Witness(_data_folder(out, manifest, data), manifest)
        proofs = tuple(proof for entry in entries for proof in _proofs(entry, witness))
        return Verification(proofs, damages, witness.changed, sum(len(entry.written) for entry in entries))
    except (KeyError, TypeError, AttributeError) as error:
        raise DataError(f"the manifest lacks {error}", Place(str(out / NAME)), "build again") from error


def _folder_of(target: Path) -> tuple[Path, str | None]:
    """Return the output folder of a target, and the path in it when the target is one of its files."""
    if target.is_dir():
        return target, None
    if not target.exists():
        raise DataError(f"there is no '{target.name}'", Place(str(target)))
    if target.name == NAME:
        return target.parent, None
    above = target.absolute().parents
    out = next((folder for folder in above[:LEVELS] if (folder / NAME).is_file()), above[0])
    return out, target.absolute().relative_to(out).as_posix()


def _damages(out: Path, entries: Iterable[Entry]) -> Iterator[Damage]:
    for file in (file for entry in entries for file in entry.written):
        try:
            data = resolve_inside(out, file["path"]).read_bytes()
        except (OSError, AssetgenError):
            yield Damage(file["path"], "is not there")
            continue
        if sha256(data).hexdigest() != file["sha256"]:
            yield Damage(file["path"], "is not as it was written")


def _sources(manifest: Manifest) -> Iterator[Mapping[str, Any]]:
    return (source for entry in manifest.entries for source in entry.data["provenance"]["sources"])


def _data_folder(out: Path, manifest: Manifest, given: Path | None) -> Path:
    files = sorted({str(source["file"]) for source in _sources(manifest)})
    candidates = [given] if given else [out.resolve(), *out.resolve().parents][:LEVELS]
    for folder in candidates:
        if all(resolve_inside(folder, file).is_file() for file in files):
            return folder
    near = candidates[0]
    missing = [file for file in files if not resolve_inside(near, file).is_file()]
    hint = "name the folder of the campaign with --data"
    raise DataError(Problem(f"the data file '{file}' is not found", Place(str(given or out)), hint) for file in missing)


class _Witness:
    """Read data files again, each once, and say what cells hold now."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder = folder
        self._tables: dict[tuple[str, str | None, str], Table] = {}
        self._lookups: dict[str, Lookup] = {}
        told = {str(source["file"]): str(source["sha256"]) for source in _sources(manifest)}
        self.changed = tuple(file for file, known in sorted(told.items()) if self._hash(file) != known)

    def _hash(self, file: str) -> str:
        return sha256(resolve_inside(self.folder, file).read_bytes()).hexdigest()

    def value(self, address: str, sources: list[Mapping[str, Any]]) -> Value:
        """Return what an address gives now; raises FormulaError when it gives nothing."""
        group = dumps([[source["file"], source["options"]] for source in sources], sort_keys=True)
        return self._lookup(group, sources).evaluate(address)

    def _lookup(self, group: str, sources: list[Mapping[str, Any]]) -> Lookup:
        """Return a lookup in the files of an asset; two files of one name would leave open which is meant."""

        def find(name: str, sheet: str | None) -> Table:
            named = {str(one["file"]): one["options"] for one in sources if Path(one["file"]).name == name}
            if len(named) != 1:
                raise FormulaError(f"the asset was made from {len(named) or 'no'} files called '{name}'")
            ((file, options),) = named.items()
            return self._table(file, sheet, options)

        if group not in self._lookups:
            self._lookups[group] = Lookup(find)
        return self._lookups[group]

    def _table(self, file: str, sheet: str | None, options: Mapping[str, Any]) -> Table:
        key = (file, sheet, dumps(options, sort_keys=True))
        if key not in self._tables:
            try:
                path = resolve_inside(self.folder, file)
                self._tables[key] = read_table(path, sheet, ReadOptions.of(options))
            except AssetgenError as error:
                raise FormulaError(f"the data cannot be read: {error.problems[0]}") from error
        return self._tables[key]


def _proofs(entry: Entry, witness: _Witness) -> Iterator[Proof]:
    sources = entry.data["provenance"]["sources"]
    for fact in entry.data["facts"]:
        text, value, cell = str(fact["text"]), str(fact["value"]), str(fact["cell"])
        where = fact["where"] if fact["page"] is None else f"page {fact['page']}"
        verdict, reason, now = _judge(fact, entry.data["language"], sources, witness)
        yield Proof(entry.folder, where, text, value, cell, verdict, reason, now)


def _judge(
    fact: Mapping[str, Any], language: str, sources: list[Mapping[str, Any]], witness: _Witness
) -> tuple[Verdict, str, str]:
    """Return the verdict on a fact, the reason where it is not proved, and the value that its cell gives now."""
    if differs := disagreement(fact["text"], fact["value"], fact["kind"], language):
        return "disproved", differs, ""
    if not fact["cell"]:
        return "unprovable", NO_CELL, ""
    try:
        found = witness.value(fact["cell"], sources)
    except Unprovable as error:
        return "unprovable", f"it is {error}", ""
    except FormulaError as error:
        return "disproved", str(error), ""
    now = written(found)
    if found.missing:
        return "disproved", "the cell is empty now", ""
    if same_value(fact["value"], found):
        return "proved", "", now
    holds = not disagreement(fact["text"], now, fact["kind"], language)
    return "disproved", f"the data says {now}" + (", which the text still rounds to" if holds else ""), now
