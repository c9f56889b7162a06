"""Hold what a user wishes of a video beyond its pages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

SILENT = "none"
DEFAULT_MOOD = "calm"
DEFAULT_TRANSITION = "push"


@dataclass(frozen=True)
class Direction:
    """What a user wishes of a video.

    `music` is a mood of the generated bed, a file, or `SILENT`; `voice` holds files that are spoken, one a scene;
    `transition` leads to scenes that name none of their own. `narration` holds what is said, one text a scene, and
    becomes captions; a caption file in `captions` comes before it; `highlight` marks the word that is said. `progress`
    lays a line over the film that tells how far it is. Files are looked for in `folder`.
    """

    music: str = DEFAULT_MOOD
    voice: tuple[str, ...] = ()
    transition: str = DEFAULT_TRANSITION
    narration: tuple[str, ...] = ()
    captions: str = ""
    highlight: bool = False
    progress: bool = False
    folder: Path = Path()

    @property
    def captioned(self) -> bool:
        """Tell whether captions are burned in."""
        return bool(self.captions) or any(text.strip() for text in self.narration)


@dataclass(frozen=True)
class Screening:
    """What was seen of a finished video.

    Of each scene how long it stands and how long its words take, in seconds; and the spans that flash too often.
    """

    scenes: tuple[tuple[float, float], ...] = ()
    flashes: tuple[str, ...] = ()
