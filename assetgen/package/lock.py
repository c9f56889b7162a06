"""Keep two builds out of one folder: the system holds the lock, so that the lock of a killed build is free again."""

from __future__ import annotations

import json
import os
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from assetgen.errors import AssetgenError, Place

NAME = ".assetgen.lock"
ATTEMPTS = 20


@dataclass(frozen=True)
class Lock:
    """A folder that this process may write to; `recovered` tells that the build before it was killed."""

    path: Path
    handle: int
    recovered: bool

    @classmethod
    def take(cls, out: Path) -> Lock:
        """Lock a folder, making it where needed; raises AssetgenError that names the process which holds it."""
        path = out / NAME
        try:
            out.mkdir(parents=True, exist_ok=True)
            for _ in range(ATTEMPTS):
                handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644)
                if not _grab(handle):
                    os.close(handle)
                    raise _held(path)
                if _same_file(handle, path):
                    recovered = bool(os.fstat(handle).st_size)
                    _sign(handle)
                    return cls(path, handle, recovered)
                # The owner removed the file between our opening and locking it.
                os.close(handle)
        except OSError as error:
            raise AssetgenError(f"'{out.name}' cannot be written to: {error.strerror}", Place(str(out))) from error
        raise _held(path)

    def release(self) -> None:
        """Give the folder back."""
        if sys.platform == "win32":  # an open file cannot be removed there
            os.close(self.handle)
            with suppress(OSError):
                self.path.unlink()
        else:
            self.path.unlink(missing_ok=True)
            os.close(self.handle)


def _grab(handle: int) -> bool:
    """Tell whether the system gave us the lock of an open file."""
    try:
        if sys.platform == "win32":
            import msvcrt

            # Far behind the text, which others must be able to read.
            os.lseek(handle, 1_000_000, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            os.lseek(handle, 0, os.SEEK_SET)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def _same_file(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def _sign(handle: int) -> None:
    os.ftruncate(handle, 0)
    os.write(handle, json.dumps({"pid": os.getpid(), "host": socket.gethostname()}).encode())


def _held(path: Path) -> AssetgenError:
    who = "another process"
    with suppress(OSError, ValueError, KeyError, TypeError):
        owner = json.loads(path.read_text("utf-8"))
        who = f"process {int(owner['pid'])} on {owner['host']}"
    return AssetgenError(
        f"another build is writing to this folder: {who}",
        Place(str(path.parent)),
        "wait until it is done, or build into another folder with --out",
    )
