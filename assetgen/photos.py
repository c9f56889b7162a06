"""Read photos from files, each once, and name those of a record: `field:photo`, `field:partners:2:logo`."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any

from assetgen.errors import Place
from assetgen.model import Photo
from assetgen.paths import read_bytes
from assetgen.pictures import MAX_BYTES

KEPT_BYTES = 64 * 1024 * 1024


def name_photos(fields: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Photo]]:
    """Return the fields with names instead of photos, and the photos by these names; rows may hold some too."""
    photos: dict[str, Photo] = {}

    def named(value: Any, name: str) -> Any:
        if isinstance(value, Photo):
            photos[name] = value
            return name
        if isinstance(value, list) and any(isinstance(row, dict) for row in value):
            return [named(row, f"{name}:{number}") for number, row in enumerate(value, 1)]
        if isinstance(value, dict):
            return {key: named(one, f"{name}:{key}") for key, one in value.items()}
        return value

    return {name: named(value, f"field:{name}") for name, value in fields.items()}, photos


class PhotoFiles:
    """Photos by file, as long as the file stays as it was; the oldest go first. Safe to use from several threads."""

    def __init__(self) -> None:
        self._photos: OrderedDict[Path, tuple[tuple[int, int], Photo]] = OrderedDict()
        self._lock = Lock()

    def read(self, path: Path, name: str, focus: tuple[float, float], place: Place) -> Photo:
        """Return the photo in a file; raises DataError when it cannot be read or is too large."""
        state = _state(path)
        with self._lock:
            known = self._photos.get(path)
        if known is None or known[0] != state:
            data = read_bytes(path, MAX_BYTES, place)
            known = (state, Photo(data, name, digest=sha256(data).digest()))
            self._keep(path, known)
        return replace(known[1], name=name, focus=focus)

    def _keep(self, path: Path, known: tuple[tuple[int, int], Photo]) -> None:
        with self._lock:
            self._photos[path] = known
            self._photos.move_to_end(path)
            while len(self._photos) > 1 and sum(len(one.data) for _, one in self._photos.values()) > KEPT_BYTES:
                self._photos.popitem(last=False)


def _state(path: Path) -> tuple[int, int]:
    """Return when the file was changed and how large it is; nothing for a file that is not there."""
    try:
        status = path.stat()
    except OSError:
        return (0, 0)
    return status.st_mtime_ns, status.st_size
