"""Hold moving pictures of a user's: a file, its pictures by time, and how it is to be played."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Literal

from assetgen.model.geometry import Size


@dataclass(frozen=True, slots=True)
class Playing:
    """How a clip is to be played; None where nobody says.

    `start`, `end` and `poster` are seconds of the clip: the part that is played, and what stills show. `speed` 2 is
    twice as fast, `volume` is 0 (mute) to 1, `ends` what it does when it is over before its scene.
    """

    start: float | None = None
    end: float | None = None
    speed: float | None = None
    poster: float | None = None
    volume: float | None = None
    ends: Literal["hold", "loop"] | None = None

    def over(self, usual: Playing) -> Playing:
        """Return these wishes, and those of another where these say nothing."""
        own = {one.name: getattr(self, one.name) for one in fields(self)}
        return Playing(**{name: getattr(usual, name) if value is None else value for name, value in own.items()})


@dataclass(frozen=True)
class Clip:
    """A moving picture: where it is, its upright size in square pixels, and when each picture is shown.

    `ticks` are the times of the pictures as the file has them, in steps of `tick` seconds, rising; `seconds` is when
    the last one is over. `audible` tells that there is sound. `digest` tells clips apart.
    """

    source: Path | bytes = field(repr=False)
    name: str
    size: Size
    ticks: tuple[int, ...] = field(repr=False)
    tick: float
    seconds: float
    audible: bool = False
    digest: bytes = b""
    playing: Playing = field(default_factory=Playing)

    @property
    def start(self) -> float:
        """Return the second at which it begins."""
        return self.playing.start or 0.0

    @property
    def end(self) -> float:
        """Return the second at which it is over."""
        return min(self.playing.end or self.seconds, self.seconds)

    @property
    def speed(self) -> float:
        """Return how many of its seconds pass in one."""
        return self.playing.speed or 1.0

    @property
    def volume(self) -> float:
        """Return how loud it is, 0 to 1."""
        return (self.playing.volume or 0.0) if self.audible else 0.0

    @property
    def length(self) -> float:
        """Return the seconds that it takes to be played once."""
        return (self.end - self.start) / self.speed

    @property
    def poster(self) -> float:
        """Return the second that stills show: the middle of what is played, where nobody says."""
        given = self.playing.poster
        return (self.start + self.end) / 2 if given is None else given

    def picture(self, time: float) -> int:
        """Return the number of the picture that is seen at a time in seconds, from 0 when it begins."""
        passed, span = max(time, 0.0) * self.speed, self.end - self.start
        over = passed % span if self.playing.ends == "loop" else min(passed, span)
        last = bisect_left(self.ticks, self._tick_of(self.end)) - 1
        return max(0, min(self.at(self.start + over), last))

    def at(self, second: float) -> int:
        """Return the number of the picture that stands at a second of the file."""
        # A hair is added: the tenth picture of 30 a second begins at 0.3 s, and 10 / 30 is a little more.
        return max(0, bisect_right(self.ticks, self._tick_of(second) + 1e-3 / self.tick / 10) - 1)

    def _tick_of(self, second: float) -> float:
        return self.ticks[0] + second / self.tick
