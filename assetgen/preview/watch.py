"""Look whether files have changed, by their times and sizes: folders go in, what stands in them comes out.

Asking the disk ten times a second costs about a millisecond for a campaign's few hundred files, works on every system
and on network drives, and needs no library.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

MOST_FILES = 10_000
IGNORED = frozenset({"out", "node_modules", "__pycache__"})

Stamp = Mapping[str, tuple[int, int]]


def changes(paths: Iterable[Path], before: Stamp) -> Stamp:
    """Return time and size of every file in some folders: `before` itself when nothing has changed since then."""
    now: dict[str, tuple[int, int]] = {}
    for path in paths:
        for entry, stat in _files(path):
            now[entry] = (stat.st_mtime_ns, stat.st_size)
            if len(now) >= MOST_FILES:
                break
    return before if now == before else now


def _files(path: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Yield the files of a folder and of those in it; hidden ones, output and links are left alone."""
    try:
        if not path.is_dir():
            yield str(path), path.stat()
            return
        with os.scandir(path) as entries:
            for entry in entries:
                if entry.name.startswith(".") or entry.name in IGNORED:
                    continue
                if entry.is_dir(follow_symlinks=False):
                    yield from _files(Path(entry.path))
                elif entry.is_file():
                    yield entry.path, entry.stat()
    except OSError:
        return  # gone between two looks: the next one sees the rest
