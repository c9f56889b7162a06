"""Show a brand's own sting: a page that passes between scenes, and stands behind the last one.

The page is a section of a layout like any other, so that a brand brings no code: its drawings, styles and words alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import hypot
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from assetgen.errors import Place
from assetgen.model import Frame, Size
from assetgen.motion.easing import easing
from assetgen.motion.film import Film, Shot
from assetgen.motion.pixels import image_of
from assetgen.motion.scenes import Scene
from assetgen.paint import Painted
from assetgen.paths import resolve_inside
from assetgen.sound import EFFECTS, Track, effect, read_sound
from assetgen.video.colour import video_pixels

if TYPE_CHECKING:
    import skia

STING = "sting"
# The page is whole from here to there, in shares of the time: the old scene is gone, the next not there yet.
_COVERED, _LEAVING = 0.42, 0.58
_EASE = easing("cubic-bezier(.4,0,.2,1)")
_GAIN = 0.0


@dataclass(frozen=True)
class Sting:
    """What a brand shows: a painted page, the way in which it passes (empty: it does not), and its times in seconds.

    `end` is how long it stands behind the last scene, 0 for not at all; `sound` an effect or a file in `folder`.
    """

    painted: Painted
    between: str = ""
    seconds: float = 0.8
    end: float = 0.0
    sound: str = ""
    folder: Path = field(default_factory=Path)

    @property
    def covering(self) -> float:
        """Return for how many seconds of a scene the page still lies over it: till then nothing comes in."""
        return _LEAVING * self.seconds

    @cached_property
    def passing(self) -> Passing:
        """Return the page as it passes between two scenes."""
        return Passing(self.between, self.painted.frame)

    def behind(self, scene: Scene) -> Shot:
        """Return the page as the last scene of a film, coming in the way it passes."""
        if not self.between:
            return Shot(scene, self.end, "fade")
        return Shot(scene, self.end, STING, self.seconds / 2, passing=Passing(self.between))

    def between_scenes(self, shots: Sequence[Shot]) -> tuple[Shot, ...]:
        """Return scenes that come in behind the page, where they ask for it."""
        return tuple(
            replace(shot, passing=self.passing, transition_seconds=self.seconds) if shot.transition == STING else shot
            for shot in shots
        )

    def tracks(self, film: Film) -> tuple[Track, ...]:
        """Return its sound where it stands last, else where it passes; raises SoundError for one that is not there."""
        if not self.sound:
            return ()
        place = Place(str(self.folder / "brand.toml"))
        named = self.sound in EFFECTS or "." not in self.sound
        sound = (
            effect(self.sound, place) if named else read_sound(resolve_inside(self.folder, self.sound, place), place)
        )
        starts = zip(film.starts, film.shots, strict=True)
        times = film.starts[-1:] if self.end else [start for start, shot in starts if shot.transition == STING]
        return tuple(
            Track("effect", sound, start=start / film.frames_per_second, gain=_GAIN, place=place) for start in times
        )


@dataclass(frozen=True)
class Passing:
    """A page that covers one scene and uncovers the next: from the left, from below, or out of the middle.

    Without a frame the next scene covers the one before.
    """

    way: str
    frame: Frame | None = None

    @cached_property
    def picture(self) -> skia.Image | None:
        """Return the page as it is drawn."""
        return image_of(video_pixels(self.frame.array)) if self.frame else None

    def draw(self, canvas: skia.Canvas, pictures: tuple[skia.Image, skia.Image], share: float, size: Size) -> None:
        """Draw it at a share of its time over the scene that goes and the scene that comes."""
        old, new = pictures
        below, above, part = old, new, share
        if self.picture and share < _LEAVING:
            above, part = self.picture, share / _COVERED
        elif self.picture:
            below, part = self.picture, (share - _LEAVING) / (1 - _LEAVING)
        canvas.drawImage(below, 0, 0)
        canvas.save()
        WAYS[self.way](canvas, _EASE(min(part, 1.0)), size)
        canvas.drawImage(above, 0, 0)
        canvas.restore()


def _from_left(canvas: skia.Canvas, share: float, size: Size) -> None:
    import skia

    canvas.clipRect(skia.Rect.MakeWH(size.width * share, size.height), doAntiAlias=True)


def _from_below(canvas: skia.Canvas, share: float, size: Size) -> None:
    import skia

    canvas.clipRect(skia.Rect.MakeLTRB(0, size.height * (1 - share), size.width, size.height), doAntiAlias=True)


def _from_middle(canvas: skia.Canvas, share: float, size: Size) -> None:
    import skia

    path = skia.Path()
    path.addCircle(size.width / 2, size.height / 2, max(share * hypot(size.width, size.height) / 2, 0.1))
    canvas.clipPath(path, doAntiAlias=True)


WAYS: Mapping[str, Callable[[skia.Canvas, float, Size], None]] = MappingProxyType(
    {"left": _from_left, "up": _from_below, "iris": _from_middle}
)
