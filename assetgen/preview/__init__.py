"""Serve a page on this machine that shows a layout or a campaign and follows every save.

A name goes in, an address comes out. Scenes say what there is to show, a board keeps what was asked for and what was
made, cooks make it in the background, a watcher looks for changed files, and a server answers the browser. All threads
end when the preview is closed.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event, Lock, Thread
from types import TracebackType

from assetgen.preview.board import Board
from assetgen.preview.cook import cook, fault
from assetgen.preview.scene import Scene, Subject, subject_of
from assetgen.preview.server import Server
from assetgen.preview.watch import Stamp, changes

__all__ = ["Options", "Preview", "Scene"]


@dataclass(frozen=True)
class Options:
    """What is shown and how: brands, placements and languages by name (all, where none is named), port, watching."""

    brands: tuple[str, ...] = ()
    placements: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    port: int = 0
    watch: bool = True


class Preview:
    """A running preview. Use it as a context manager, or close it."""

    def __init__(self, target: str, root: Path = Path(), options: Options = Options()) -> None:
        """Read `target`, the name or folder of a layout or a campaign, and start to serve it.

        Raises UsageError when there is no such layout or campaign, or the port is taken; what is wrong inside of them
        is shown on the page.
        """
        self._subject: Subject = subject_of(target, root, options.brands, options.placements, options.languages)
        self._board = Board()
        self._ended, self._reading = Event(), Lock()
        self._seen: Stamp = {}
        self._server = Server(self._board, options.port, self._look_again if not options.watch else None)
        self._watches = options.watch
        work = [cook] * max(2, os.cpu_count() or 1)
        self._threads = [Thread(target=one, args=(self._board,), name="assetgen-preview-cook") for one in work]
        self._threads.append(Thread(target=self._server.serve_forever, args=(0.1,), name="assetgen-preview-server"))
        self._threads.append(Thread(target=self._watch, name="assetgen-preview-watch"))
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> Preview:
        """Return the preview; leaving the block closes it."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        """Stop serving."""
        self.close()

    @property
    def address(self) -> str:
        """Return the address of the page."""
        return self._server.address

    def wait(self) -> None:
        """Return when the preview was closed."""
        # A wait without end could not be interrupted on every system.
        while not self._ended.wait(1):
            pass

    def close(self) -> None:
        """Stop serving, watching and making, and wait until every thread has ended."""
        self._ended.set()
        self._board.close()
        self._server.shutdown()
        self._server.server_close()
        for thread in self._threads:
            thread.join()

    def _read(self, seen: Stamp) -> None:
        """Show the scene as it is now; `seen` is what the files were before."""
        try:
            scene = self._subject.read()
        except Exception as error:  # a fault of ours is shown and may be over after the next save
            scene = replace(self._board.scene, problems=(fault(error),), cards=())
        # A file that was saved while we read still counts as changed.
        found = changes(scene.watched, {})
        self._seen = {**found, **{path: stamp for path, stamp in seen.items() if path in found}}
        self._board.show(scene)

    def _watch(self) -> None:
        """Read the files, and again whenever they change."""
        with self._reading:
            self._read(changes((self._subject.folder,), {}))
        while self._watches and not self._ended.wait(0.1):
            found = changes(self._board.scene.watched, self._seen)
            if found is self._seen:
                continue
            # Programs save in several steps: read when nothing has changed for a moment.
            while not self._ended.wait(0.06) and (later := changes(self._board.scene.watched, found)) is not found:
                found = later
            self._read(found)

    def _look_again(self) -> None:
        """Read the files again when they have changed: what loading the page does where nothing is watched."""
        with self._reading:
            found = changes(self._board.scene.watched, self._seen)
            if found is not self._seen:
                self._read(found)
