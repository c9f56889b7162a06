"""From a cold shell: the help text, and one still, each as a new process."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from assetgen.layout import Layout
from benchmarks._table import show, verdict

TRIES = 7
COMMAND = [sys.executable, "-m", "assetgen"]


def run() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data = folder / "angka.json"
        data.write_text(json.dumps([Layout.load("big-number").example()["id"]]), "utf-8")
        make = ["make", "big-number", str(data), "--brand", "lentera", "--for", "instagram/feed-portrait"]
        rows: list[tuple[object, ...]] = [("", "median s", "fastest", "slowest", "")]
        rows.append(_row("assetgen --help", [*COMMAND, "--help"], 0.25))
        rows.append(_row("assetgen make big-number", [*COMMAND, *make, "--out", str(folder / "out")], 1.0))
        show(rows)


def _row(name: str, command: list[str], bar: float) -> tuple[object, ...]:
    seconds = []
    for _ in range(TRIES):
        start = time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        seconds.append(time.perf_counter() - start)
        # Findings (exit code 1) are a finished still too.
        if done.returncode > 1:
            return name, "-", "-", "-", f"failed: {(done.stderr or done.stdout).strip().splitlines()[-1:]}"
    middle = median(seconds)
    return name, f"{middle:.2f}", f"{min(seconds):.2f}", f"{max(seconds):.2f}", verdict(middle, bar, True)
