"""Keep what was made, by the hash of all that it was made from: bytes go in, the same bytes come out, or nothing.

A cache is a folder that everybody may delete at any time. What is damaged in it is noticed and made again; when the
disk refuses, things are made without it.
"""

from __future__ import annotations

import logging
import os
import platform
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from assetgen.paths import write_whole

LIMIT = 2_000_000_000
_DIGEST = 32
# A file that was being written for so many seconds belongs to a process that was killed.
_DEAD = 3600.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Cache:
    """A folder of at most `limit` bytes; what was not used for the longest time goes first.

    Safe to use from many threads and processes: files appear whole, and one that is gone is made again.
    """

    folder: Path
    limit: int = LIMIT

    def get(self, key: str) -> bytes | None:
        """Return what was kept under a key; None when there is nothing, or it is damaged."""
        path = self._path(key)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        content = data[:-_DIGEST]
        if _seal(key, content) != data[-_DIGEST:]:
            _log.warning("%s is damaged and is made again", path)
            with suppress(OSError):
                path.unlink()
            return None
        with suppress(OSError):
            os.utime(path)
        return content

    def put(self, key: str, data: bytes) -> None:
        """Keep bytes under a key; a disk that refuses is logged and is no error."""
        try:
            write_whole(self._path(key), data + _seal(key, data))
        except OSError as error:
            _log.warning("%s cannot be kept: %s", self.folder, error.strerror)

    def trim(self) -> int:
        """Remove what was not used for the longest time, down to the limit; return the bytes that were removed."""
        found = sorted(self._files(), reverse=True)
        newest = found[0][0] if found else 0.0
        left, removed = self.limit, 0
        for used, size, path in found:
            left -= size
            if left < 0 or (path.suffix == ".part" and used < newest - _DEAD):
                with suppress(OSError):
                    path.unlink()
                    removed += size
        return removed

    def _files(self) -> Iterator[tuple[float, int, Path]]:
        """Yield when each file was used, its size and its path; half-written ones are among them."""
        for path in self.folder.glob("??/*"):
            with suppress(OSError):
                status = path.stat()
                yield status.st_mtime, status.st_size, path

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key


def _seal(key: str, content: bytes) -> bytes:
    """Return what stands behind a content: it tells damage, and a file that lies under the key of another."""
    return sha256(key.encode() + b"\0" + content).digest()


def usual_folder() -> Path:
    """Return where a user's caches lie on this system; the environment variable ASSETGEN_CACHE names another place.

    Raises RuntimeError for a user without a home.
    """
    if given := os.environ.get("ASSETGEN_CACHE"):
        return Path(given)
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "assetgen"


def usual_cache() -> Cache | None:
    """Return the cache of this user; None for one without a home, such as a service has."""
    with suppress(RuntimeError):
        return Cache(usual_folder())
    return None


@cache
def workshop() -> str:
    """Return the hash of what everything is made with: our code and data, Python, our libraries, the processor.

    Kits are left out: each has a hash of its own.
    """
    digest = sha256(f"{platform.machine()} {sys.platform} {sys.version}\n".encode())
    package = Path(__file__).parent
    ours = (path for path in package.rglob("*") if not {"__pycache__", "kits"} & set(path.relative_to(package).parts))
    for path in sorted(path for path in ours if path.is_file()):
        digest.update(f"{path.relative_to(package).as_posix()}\0{sha256(path.read_bytes()).hexdigest()}\n".encode())
    for name in sorted(re.split(r"[^\w.-]", one)[0] for one in requires("assetgen") or ()):
        with suppress(PackageNotFoundError):
            digest.update(f"{name} {version(name)}\n".encode())
    return digest.hexdigest()
