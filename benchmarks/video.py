"""Frames of video a second: one storyboard by us, x264 alone, MoviePy, Remotion and HyperFrames.

Ours is all of it: measuring, painting, cutting into layers, composing, encoding, the MP4. x264 alone is given frames
that are finished, with the same settings. The second storyboard never holds still: a photograph comes nearer all the
time. "Processors" counts what all processors worked: on a machine that does other things too, trust it more.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from statistics import median

from assetgen.model.films import SILENT
from assetgen.paint import Painter
from benchmarks import _video_peers as peers
from benchmarks._campaign_video import write_campaign
from benchmarks._films import Spent, Studio, encode_alone, finished_frames, likeness
from benchmarks._memory import most_memory
from benchmarks._stills import write_photo
from benchmarks._storyboard import PHOTO, Storyboard
from benchmarks._table import show, verdict

ROUNDS = 3
TIMES, ALIKE = 20, 0.995
MEMORY, LONGER = 500.0, 1.1
SHORT_AND_LONG = (20, 60)
CAMPAIGN_SECONDS = 20.0
PEERS: dict[str, tuple[Callable[[Storyboard, bytes], peers.Outcome], float | None]] = {
    "MoviePy": (peers.moviepy, None),
    "Remotion": (peers.remotion, 10.0),
    "HyperFrames": (peers.hyperframes, 6.0),
}


def run() -> None:
    with tempfile.TemporaryDirectory(prefix="assetgen-bench-") as name, Painter() as painter:
        folder = Path(name)
        write_photo(folder / PHOTO)
        story = Storyboard()
        print(f"{story.scenes} scenes of {story.seconds:g} s, {story.frames} frames of 1080×1920")
        rate = _compare(_studio(folder, painter, story), story, "with holds")
        _peers(story, (folder / PHOTO).read_bytes(), rate)
        moving = replace(story, still=False)
        _compare(_studio(folder, painter, moving), moving, "without holds")
        _campaign(folder, painter)
    _memory()


def _studio(folder: Path, painter: Painter, story: Storyboard, music: str = SILENT) -> Studio:
    return Studio(story.write_layout(folder), painter, {} if story.still else {"photo": PHOTO}, folder, music)


def _compare(studio: Studio, story: Storyboard, what: str) -> float:
    """Print ours beside x264 alone, in turns, and what ours looks like; return our frames a second."""
    files = [studio.make().data]
    frames = finished_frames(studio.film())
    ways: dict[str, Callable[[], object]] = {
        "ours": lambda: files.append(studio.make().data),
        "x264 alone": lambda: encode_alone(frames, studio.settings),
    }
    spent: dict[str, list[Spent]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            spent[name].append(Spent.by(way))
    print(f"\n{what}, {len(set(map(id, frames)))} frames of {story.frames} differ")
    rows: list[Sequence[object]] = [("", "frames/s", "slowest", "fastest", "processors, ms a frame")]
    for name, found in spent.items():
        rates = sorted(story.frames / one.clock for one in found)
        work = 1000 * median(one.processors for one in found) / story.frames
        rows.append((name, f"{median(rates):.1f}", f"{rates[0]:.1f}", f"{rates[-1]:.1f}", f"{work:.1f}"))
    show(rows)
    ours, alone = (median(one.clock for one in found) for found in spent.values())
    print(f"ours / x264 alone: {alone / ours:.2f}, {verdict(alone / ours, 0.9, False)}")
    ours_work, alone_work = (median(one.processors for one in found) for found in spent.values())
    print(f"  by the processors' work: {alone_work / ours_work:.2f}")
    _looks(studio, files)
    return story.frames / ours


def _looks(studio: Studio, files: Sequence[bytes]) -> None:
    hashes = {sha256(data).hexdigest() for data in files}
    same = "the same bytes" if len(hashes) == 1 else "DIFFERENT BYTES"
    print(f"{len(files)} renders: {same}, {len(files[0]):,} of them")
    worst = min(likeness(studio, files[0], TIMES))
    print(f"likeness to pages painted whole, {TIMES} times: worst {worst:.4f}, {verdict(worst, ALIKE, False)}")


def _peers(story: Storyboard, photo: bytes, ours: float) -> None:
    print("\nwith holds, other tools, one round each")
    rows: list[Sequence[object]] = [("", "frames/s", "processors, ms a frame", "ours ×", "")]
    for name, (render, bar) in PEERS.items():
        try:
            outcome = render(story, photo)
        except peers.Missing as reason:
            print(f"no comparison with {name}: {reason}")
            continue
        rate = story.frames / outcome.seconds
        work = f"{1000 * outcome.processors / story.frames:.1f}"
        rows.append((name, f"{rate:.1f}", work, f"{ours / rate:.1f}", verdict(ours / rate, bar, False) if bar else ""))
    show(rows)


def _campaign(folder: Path, painter: Painter) -> None:
    """Print how long a rich video takes: photograph, chart, cards, transitions and music."""
    layout, given = write_campaign(folder)
    studio = Studio(layout, painter, given, folder, music="calm")
    film = studio.film()
    studio.make()
    spent = Spent.by(studio.make)
    print(f"\na campaign video of {film.seconds:.1f} s with photograph, chart, transitions and music")
    print(f"made in {spent.clock:.1f} s, {verdict(spent.clock, CAMPAIGN_SECONDS, True)}")
    print(f"  processors: {spent.processors:.1f} s")


def _memory() -> None:
    """Print the most memory that a short and a long film take, each made by a new process and all that it starts."""
    print("\nmost memory of a film with photographs, transitions and music, all processes together")
    found = {}
    with tempfile.TemporaryDirectory(prefix="assetgen-bench-") as name:
        write_photo(Path(name) / PHOTO)  # here: this takes more memory than a film
        for seconds in SHORT_AND_LONG:
            command = [sys.executable, "-c", f"from benchmarks.video import film; film({seconds}, {name!r})"]
            found[seconds] = most_memory(command)
            print(f"{seconds} s: {found[seconds]:.0f} MB, {verdict(found[seconds], MEMORY, True)}")
    growth = found[SHORT_AND_LONG[1]] / found[SHORT_AND_LONG[0]]
    print(f"  three times as long: × {growth:.2f}, {'flat' if growth < LONGER else 'GROWING'} (bar < {LONGER:g})")


def film(seconds: int, folder: str) -> None:
    """Make a film of some seconds that never holds still, in this process, beside a photograph."""
    with Painter() as painter:
        story = Storyboard(scenes=seconds // 5, still=False, transition="push")
        _studio(Path(folder), painter, story, music="calm").make()
