"""Tell who waits how far something is, and let them stop it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event

from assetgen.errors import CancelledError

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Watch:
    """Who watches while something is made: `progress(done, total, stage)` counts frames, `cancelled` ends it."""

    progress: Progress | None = None
    cancelled: Event | None = None

    def tell(self, done: int, total: int, stage: str) -> None:
        """Tell how far it is."""
        if self.progress:
            self.progress(done, total, stage)

    def check(self) -> None:
        """Raise CancelledError when it is not wanted any more."""
        if self.cancelled is not None and self.cancelled.is_set():
            raise CancelledError("it was cancelled")
