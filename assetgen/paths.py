"""Keep reading and writing inside the folders that a user named; write files whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from assetgen.errors import DataError, Place, SecurityError, nearest

MAX_FILE_BYTES = 200_000_000


def resolve_inside(root: Path, name: str, place: Place = Place()) -> Path:
    """Return the path of `name` below `root`.

    Raises SecurityError when the name is absolute, is a URL, or leaves the folder (also through a link).
    """
    if "://" in name or name.startswith(("//", "\\\\")):
        raise SecurityError(f"remote files are not fetched: '{name}'", place, "save the file beside the campaign")
    if "\x00" in name:
        raise SecurityError("a file name holds a NUL character", place)
    folder = root.resolve()
    path = (folder / name).resolve()
    if Path(name).is_absolute() or not path.is_relative_to(folder):
        raise SecurityError(f"'{name}' lies outside of {folder.name}/", place, "move the file into that folder")
    return path


def read_bytes(path: Path, limit: int = MAX_FILE_BYTES, place: Place = Place()) -> bytes:
    """Return the bytes of a file.

    Raises DataError when it is missing, is not a file, or is larger than `limit` bytes.
    """
    place = place if place.file else Place(str(path))
    check_file(path, limit, place)
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataError(f"'{path.name}' cannot be read: {error.strerror}", place) from error


def check_file(path: Path, limit: int = MAX_FILE_BYTES, place: Place = Place()) -> None:
    """Raise DataError when there is no file of that name, or it is larger than `limit` bytes."""
    try:
        if not path.is_file():
            beside = [entry.name for entry in path.parent.iterdir()] if path.parent.is_dir() else []
            close = nearest(path.name, beside)
            raise DataError(f"there is no file '{path.name}'", place, f"did you mean '{close[0]}'?" if close else "")
        if (size := path.stat().st_size) > limit:
            raise DataError(f"'{path.name}' is too large: {size:,} bytes, at most {limit:,} are read", place)
    except OSError as error:
        raise DataError(f"'{path.name}' cannot be read: {error.strerror}", place) from error


def write_whole(path: Path, data: bytes) -> None:
    """Write a file aside and rename it, so that a reader sees the old bytes or the new ones, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, aside = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(aside).chmod(0o644)
        Path(aside).replace(path)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise
