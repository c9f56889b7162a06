"""Write findings as SARIF 2.1.0, the format in which code hosts and editors show what checkers say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.metadata import version
from typing import Any

from assetgen import parts
from assetgen.errors import Problem
from assetgen.package import Entry, Failure, Manifest

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {"error": "error", "warning": "warning", "info": "note"}
NOT_MADE = "not-made"


def sarif(manifest: Manifest) -> Mapping[str, Any]:
    """Return the log of one run: a result for each finding and each thing that could not be made."""
    results = [
        *(_result(entry, finding) for entry in manifest.entries for finding in entry.data["findings"]),
        *(result for failure in manifest.failures for result in _failure(failure)),
    ]
    names = sorted({result["ruleId"] for result in results})
    for result in results:
        result["ruleIndex"] = names.index(result["ruleId"])
    driver = {"name": "assetgen", "version": version("assetgen"), "rules": [_rule(name) for name in names]}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": results}]}


def _rule(name: str) -> Mapping[str, Any]:
    about = "Report what could not be made."
    part = name.partition(".")[0]
    if part in parts.names("rules"):
        about = parts.load("rules", part).__doc__ or about
    first, _, rest = about.strip().partition("\n\n")
    return {
        "id": name,
        "shortDescription": {"text": " ".join(first.split())},
        "fullDescription": {"text": rest.strip() or " ".join(first.split())},
    }


def _result(entry: Entry, finding: Mapping[str, Any]) -> dict[str, Any]:
    page = finding["page"] or 1
    files = entry.data["files"]
    path = files[min(page, len(files)) - 1]["path"] if files else entry.folder
    text = finding["message"] + (f" ({finding['hint']})" if finding["hint"] else "")
    properties = {name: entry.data[name] for name in ("slug", "layout", "placement", "language")}
    properties |= {"page": finding["page"], "rectangle": finding["rectangle"]}
    return {
        "ruleId": finding["rule"],
        "level": LEVELS.get(finding["severity"], "note"),
        "message": {"text": text},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": path}}}],
        "properties": properties,
    }


def _failure(failure: Failure) -> Iterator[dict[str, Any]]:
    for problem in failure.problems:
        properties = {"slug": failure.slug, "placement": failure.placement, "language": failure.language}
        result = {
            "ruleId": NOT_MADE,
            "level": "error",
            "message": {"text": f"{failure.slug} was not made: {problem}"},
            "properties": properties,
        }
        yield result | ({"locations": [_place(problem)]} if problem.place.file else {})


def _place(problem: Problem) -> Mapping[str, Any]:
    from urllib.parse import quote

    place: dict[str, Any] = {"artifactLocation": {"uri": quote(problem.place.file)}}
    if problem.place.line:
        place["region"] = {"startLine": problem.place.line}
    return {"physicalLocation": place}
