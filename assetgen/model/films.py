"""Hold what a user wishes of a video beyond its pages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

SILENT = "none"
OWN_WORDS: Literal["layout"] = "layout"
DEFAULT_MOOD = "calm"
DEFAULT_TRANSITION = "push"


@dataclass(frozen=True)
class Direction:
    """What a user wishes of a video.

    `music` is a mood of the generated bed, a file, or `SILENT`; `voice` holds files that are spoken, one a scene;
    `transition` leads to scenes that name none of their own; without it that of the brand. `narration` holds what is
    said, one text a scene, or is `OWN_WORDS`, what the layout says of itself; it becomes captions. A caption file in
    `captions` comes before it; `highlight` marks the word that is said. `speak` has the narration (or those words)
    spoken by the brand's voice, `effects` lets marks be heard, `progress` lays a line over the film that tells how far
    it is. Files are looked for in `folder`.
    """

    music: str = DEFAULT_MOOD
    voice: tuple[str, ...] = ()
    transition: str = ""
    narration: tuple[str, ...] | Literal["layout"] = ()
    captions: str = ""
    highlight: bool = False
    progress: bool = False
    speak: bool = False
    effects: bool = False
    folder: Path = Path()

    @property
    def captioned(self) -> bool:
        """Tell whether captions are burned in."""
        return bool(self.captions) or self.takes_own_words or any(text.strip() for text in self.narration)

    @property
    def takes_own_words(self) -> bool:
        """Tell whether the narration is that of the layout."""
        return self.narration == OWN_WORDS or (self.speak and not self.narration)


@dataclass(frozen=True)
class Screening:
    """What was seen of a finished video.

    Of each scene how long it stands and how long its words take, in seconds; and the spans that flash too often.
    """

    scenes: tuple[tuple[float, float], ...] = ()
    flashes: tuple[str, ...] = ()
