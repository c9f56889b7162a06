"""Show problems where they are: problems go in, their words and the lines of the file around them come out."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from assetgen.errors import Place, Problem
from assetgen.preview.scene import Scene

AROUND = 2
LONGEST_LINE = 200
LARGEST = 1_000_000


def told(problems: Iterable[Problem], scene: Scene, folder: Path | None = None) -> list[dict[str, Any]]:
    """Return problems as JSON: message, hint, place, and the lines around it where the file is one of the scene's.

    `folder` is that of the layout, which its templates are named from.
    """
    return [
        {
            "message": problem.message,
            "hint": problem.hint,
            "place": _short(problem.place, scene),
            "lines": _lines(problem.place, scene, folder or scene.folder),
        }
        for problem in problems
    ]


def _short(place: Place, scene: Scene) -> str:
    """Write a place as editors do, from the folder of the scene where it lies in it."""
    return str(place).removeprefix(f"{scene.folder}/")


def _lines(place: Place, scene: Scene, folder: Path) -> list[dict[str, Any]]:
    """Return the line of a place and those around it; nothing of files that the scene does not hang on."""
    file = _file(place, scene, folder)
    if file is None or place.line is None:
        return []
    lines = file.read_text("utf-8", "replace").splitlines()
    first = max(1, place.line - AROUND)
    shown = enumerate(lines[first - 1 : place.line + AROUND], first)
    return [{"number": number, "text": text[:LONGEST_LINE], "here": number == place.line} for number, text in shown]


def _file(place: Place, scene: Scene, folder: Path) -> Path | None:
    if not place.file:
        return None
    for root in (folder, folder.parent, scene.folder, *(watched.parent for watched in scene.watched)):
        path = (root / place.file).resolve()
        inside = any(path.is_relative_to(folder.resolve()) for folder in scene.watched)
        if inside and path.is_file() and path.stat().st_size < LARGEST:
            return path
    return None
