"""Turn what a build made, and what it could not make, into `manifest.json`; read one back.

The schema is `assetgen/manifest.schema.json`. The same build gives the same bytes: keys are sorted, assets stand in the
order of the plan, one on a line, and nothing is taken from the clock.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from assetgen import placement as placements
from assetgen.errors import DataError, Place, Problem
from assetgen.model import Fact, File, Placement, Rectangle, Repair, Size
from assetgen.package.asset import Asset, Failure, Provenance
from assetgen.paths import read_bytes, write_whole

NAME = "manifest.json"
SCHEMA = Path(__file__).parents[1] / "manifest.schema.json"
SCHEMA_URL = "https://raw.githubusercontent.com/assetgen/assetgen/main/assetgen/manifest.schema.json"
VERSION = 1
LARGEST = 500_000_000


@dataclass(frozen=True)
class Entry:
    """One asset in the manifest: `data` is its JSON object, small enough to be handed between processes."""

    data: Mapping[str, Any]

    @property
    def slug(self) -> str:
        """Return the slug of the asset."""
        return str(self.data["slug"])

    @property
    def folder(self) -> str:
        """Return the folder of the asset below the output folder."""
        return str(self.data["folder"])

    @property
    def ready(self) -> bool:
        """Tell whether no finding is an error."""
        return bool(self.data["ready"])

    @property
    def written(self) -> tuple[Mapping[str, Any], ...]:
        """Return path, bytes and sha256 of every file of the asset, those with text included."""
        return (*self.data["files"], *self.data["text_files"])

    def intact(self, out: Path) -> bool:
        """Tell whether all files are there in the right size; contents are not read."""
        try:
            return all((out / file["path"]).stat().st_size == file["bytes"] for file in self.written)
        except OSError:
            return False

    def made_from(self, key: str) -> bool:
        """Tell whether the asset was made from what a key stands for, and the entry is as it was written."""
        return bool(key) and self.data["provenance"].get("key") == _sealed(self.data, key)

    def unchanged(self, out: Path) -> bool:
        """Tell whether all files are there, byte for byte as they were written."""
        try:
            return self.intact(out) and all(
                sha256((out / file["path"]).read_bytes()).hexdigest() == file["sha256"] for file in self.written
            )
        except OSError:
            return False

    def from_sources(self, now: Provenance) -> Entry:
        """Return the entry as a build makes it from data files that have changed elsewhere."""
        told = provenance_object(now)
        cells = list(dict.fromkeys(fact["cell"] for fact in self.data["facts"] if fact["cell"]))
        told["sources"] = [{**source, "cells": cells} for source in told["sources"]]
        return Entry({**self.data, "provenance": {**told, "key": self.data["provenance"]["key"]}})

    def without_key(self) -> Entry:
        """Return the entry of an asset that no later build may keep."""
        return Entry({**self.data, "provenance": {**self.data["provenance"], "key": ""}})


@dataclass(frozen=True)
class Manifest:
    """Everything that a build made, in the order of its plan, and what it could not make.

    `language` is the first language of the campaign; `generated` a time in ISO format, only for those who want one.
    """

    name: str
    language: str
    entries: tuple[Entry, ...]
    failures: tuple[Failure, ...] = ()
    generated: str | None = None

    @cached_property
    def paths(self) -> frozenset[str]:
        """Return the paths of all files of all assets, below the output folder."""
        return frozenset(file["path"] for entry in self.entries for file in entry.written)

    @property
    def ready(self) -> bool:
        """Tell whether everything was made and nothing has a finding of severity error."""
        return not self.failures and all(entry.ready for entry in self.entries)

    @property
    def totals(self) -> dict[str, int]:
        """Return how many assets were made, are ready and are not, and how many things failed."""
        ready = sum(entry.ready for entry in self.entries)
        made = len(self.entries)
        return {"assets": made, "ready": ready, "not_ready": made - ready, "failed": len(self.failures)}

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON object of the manifest."""
        return {
            "$schema": SCHEMA_URL,
            "version": VERSION,
            "name": self.name,
            "language": self.language,
            "totals": self.totals,
            "placements": [placement_object(one) for one in self._placements()],
            "assets": [dict(entry.data) for entry in self.entries],
            "failures": [_failure_object(failure) for failure in self.failures],
            **({"generated": self.generated} if self.generated else {}),
        }

    @cached_property
    def content(self) -> bytes:
        """Return the manifest as JSON: sorted keys, UTF-8, one asset on a line, which writes and compares fast."""
        members = []
        for key, value in sorted(self.as_dict().items()):
            if isinstance(value, list) and value:
                members.append(f"{_json(key)}: [\n" + ",\n".join(map(_json, value)) + "\n]")
            else:
                members.append(f"{_json(key)}: {_json(value)}")
        return ("{\n" + ",\n".join(members) + "\n}\n").encode("utf-8", "replace")

    def write(self, out: Path) -> Path:
        """Write `manifest.json` into a folder, whole or not at all."""
        write_whole(out / NAME, self.content)
        return out / NAME

    def _placements(self) -> Iterator[Placement]:
        used = {(entry.data["placement"], tuple(entry.data["size"])) for entry in self.entries}
        for name, size in sorted(used):
            yield placements.load(name, Size(*size))


def read_manifest(out: Path) -> Manifest | None:
    """Return the manifest of a folder, None when it has none; raises DataError when it is not one of ours."""
    path = out / NAME
    if not path.is_file():
        return None
    try:
        data = json.loads(read_bytes(path, LARGEST))
        if data["version"] != VERSION:
            raise DataError(f"its version is {data['version']}, this assetgen reads {VERSION}", Place(str(path)))
        entries = tuple(Entry(asset) for asset in data["assets"])
        failures = tuple(_failure(failure) for failure in data["failures"])
        manifest = Manifest(data["name"], data["language"], entries, failures, data.get("generated"))
        assert all(isinstance(path, str) for path in manifest.paths)
        assert all(entry.folder and entry.slug and isinstance(entry.data["provenance"], dict) for entry in entries)
    except (ValueError, KeyError, TypeError, AssertionError) as error:
        hint = "move it away, or build into an empty folder"
        raise DataError("this is not a manifest of assetgen", Place(str(path)), hint) from error
    return manifest


def entry_of(asset: Asset, folder: str, texts: Mapping[str, bytes]) -> Entry:
    """Return the entry of an asset whose files, and `texts` by name, lie in `folder`."""
    data = _told(asset, folder, texts)
    told = provenance_object(asset.provenance)
    return Entry({**data, "provenance": {**told, "key": _sealed(data, told["key"]) if told["key"] else ""}})


def _sealed(data: Mapping[str, Any], key: str) -> str:
    """Return the key of an asset together with all that its entry tells of it, except where its data lay."""
    told = {name: value for name, value in data.items() if name != "provenance"}
    return sha256(f"{key}\n{_json(told)}".encode("utf-8", "replace")).hexdigest()


def _told(asset: Asset, folder: str, texts: Mapping[str, bytes]) -> dict[str, Any]:
    """Return what an entry tells of an asset itself."""
    return {
        "slug": asset.slug,
        "folder": folder,
        "layout": asset.layout,
        "brand": asset.brand,
        **({"theme": asset.theme} if asset.theme != "light" else {}),
        "placement": asset.placement.name,
        "size": [asset.placement.size.width, asset.placement.size.height],
        "language": asset.language,
        "row": asset.row,
        "ready": asset.ready,
        "files": [_file_object(file, folder) for file in asset.files],
        "text_files": [_written(f"{folder}/{name}", data) for name, data in texts.items()],
        "alt_text": asset.alt_text,
        "alt_texts": list(asset.alt_texts),
        "caption": asset.caption,
        "hashtags": list(asset.hashtags),
        "publish_at": asset.publish_at,
        "facts": [_fact_object(fact) for fact in asset.facts],
        "findings": [
            {**asdict(finding), "severity": finding.severity.value, "rectangle": _edges(finding.rectangle)}
            for finding in asset.findings
        ],
    }


def provenance_object(provenance: Provenance) -> dict[str, Any]:
    """Return what an asset was made from as the manifest tells it."""
    sources = [
        {**asdict(source), "rows": list(source.rows), "cells": list(source.cells)} for source in provenance.sources
    ]
    return {**asdict(provenance), "sources": sources}


def _fact_object(fact: Fact) -> dict[str, Any]:
    names = ("text", "value", "kind", "unit", "cell", "page", "where")
    told: dict[str, Any] = {name: getattr(fact, name) for name in names}
    if fact.repaired:
        told |= {"repaired": fact.repaired, "repairs": [_repair_object(repair) for repair in fact.repairs]}
    return told | ({"marks": list(fact.marks)} if fact.marks else {})


def _repair_object(repair: Repair) -> dict[str, Any]:
    was = None if repair.was is None else format(repair.was, "f")
    became = format(repair.became, "f")
    return {"cell": str(repair.cell), "raw": repair.raw, "was": was, "became": became, "proof": repair.proof}


def _file_object(file: File, folder: str) -> dict[str, Any]:
    return {
        **_written(f"{folder}/{file.name}", file.data),
        "format": file.format,
        "media_type": file.media_type,
        "width": file.size.width,
        "height": file.size.height,
        "pages": file.pages,
        "note": file.note,
        "role": file.role,
        **({"scenes": list(file.scenes), "frames_per_second": file.frames_per_second} if file.scenes else {}),
    }


def placement_object(placement: Placement) -> dict[str, Any]:
    """Return what the contact sheet and publishers need to know of a placement."""
    return {
        "name": placement.name,
        "title": placement.title,
        "kind": placement.kind,
        "size": [placement.size.width, placement.size.height],
        "safe": _edges(placement.safe),
        "safe_basis": placement.safe_basis,
        "crops": _zones(placement.crops),
        "covered": _zones(placement.covered),
        "text": asdict(placement.text),
    }


def _zones(zones: Iterable[Any]) -> list[dict[str, Any]]:
    return [{"name": zone.name, "rectangle": zone.rectangle.as_list()} for zone in zones]


def _edges(rectangle: Rectangle | None) -> list[int] | None:
    return rectangle.as_list() if rectangle else None


def _written(path: str, data: bytes) -> dict[str, Any]:
    return {"path": path, "bytes": len(data), "sha256": sha256(data).hexdigest()}


def _failure_object(failure: Failure) -> dict[str, Any]:
    return {**asdict(failure), "problems": [asdict(problem) for problem in failure.problems]}


def _failure(data: Mapping[str, Any]) -> Failure:
    problems = tuple(Problem(one["message"], Place(**one["place"]), one["hint"]) for one in data["problems"])
    return Failure(data["slug"], problems, data["row"], data["placement"], data["language"])


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
