"""Watch the memory of a program and of everything that it starts."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

LOOKS = 0.02


def most_memory(command: Sequence[str]) -> float:
    """Run a program and return the most memory, in MB, that it and its children had at one time.

    What they share is counted for each; nothing is known where there is no /proc. Raises CalledProcessError when it
    fails.
    """
    with subprocess.Popen(command) as process:
        most = 0
        while process.poll() is None:
            most = max(most, sum(map(_resident, _family(process.pid))), _peak(process.pid))
            time.sleep(LOOKS)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return most / 1e6


def _family(process: int) -> list[int]:
    """Return a process and its children; the process alone where the system does not tell them."""
    found = [process]
    for thread in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            found += [one for child in thread.read_text().split() for one in _family(int(child))]
        except OSError:
            continue
    return found


def _resident(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0


def _peak(process: int) -> int:
    """Return the most memory that a process had since it was started, between two looks, too."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) * 1024 if found else 0
