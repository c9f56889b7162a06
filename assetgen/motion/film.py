"""Hold a film: scenes one behind the other, transitions between them, and what lies above all of them.

Frame by frame it tells what a frame looks like before it is drawn, so that equal frames are drawn and encoded once.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Protocol

import numpy

from assetgen.captions import Cue
from assetgen.model import Rectangle, Size
from assetgen.motion import transitions
from assetgen.motion.pixels import Layer, surface_on
from assetgen.motion.scenes import Drawing, Scene

if TYPE_CHECKING:
    import skia


@dataclass(frozen=True)
class Shot:
    """A scene in a film: how long it stands, how long its words take (0: not known), and how it comes in."""

    scene: Scene
    seconds: float
    transition: str = "cut"
    transition_seconds: float = transitions.SECONDS
    needed: float = 0.0
    passing: Transition | None = None


class Transition(Protocol):
    """A way from one scene to the next that a film brings itself."""

    def draw(self, canvas: skia.Canvas, pictures: tuple[skia.Image, skia.Image], share: float, size: Size) -> None:
        """Draw it at a share of its time: the scene that goes and the scene that comes."""


@dataclass(frozen=True, slots=True)
class Overlay:
    """A picture above the scenes from a time on until another, in seconds of the film: a caption, a word of it."""

    start: float
    end: float
    layer: Layer


@dataclass(frozen=True)
class Film:
    """Scenes in their order; `overlays` lie above them, pictures of the `cues`."""

    shots: tuple[Shot, ...]
    frames_per_second: int
    overlays: tuple[Overlay, ...] = ()
    cues: tuple[Cue, ...] = ()

    @property
    def size(self) -> Size:
        """Return the size of its frames."""
        return self.shots[0].scene.size

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Return the first frame of each scene."""
        return tuple(accumulate((self._length(shot) for shot in self.shots[:-1]), initial=0))

    @property
    def length(self) -> int:
        """Return the count of its frames."""
        return self.starts[-1] + self._length(self.shots[-1])

    @property
    def seconds(self) -> float:
        """Return how long it is."""
        return self.length / self.frames_per_second

    def _length(self, shot: Shot) -> int:
        return max(1, round(shot.seconds * self.frames_per_second))

    def place(self, frame: int) -> tuple[int, float]:
        """Return which scene a frame shows, and the time in it."""
        number = bisect_right(self.starts, frame) - 1
        return number, (frame - self.starts[number]) / self.frames_per_second

    def forget_before(self, frame: int) -> None:
        """Let go of the layers of scenes that a frame and those behind it do not show."""
        number, time = self.place(frame)
        for shot in self.shots[: number if self.entering(number, time) is None else number - 1]:
            shot.scene.forget()

    def entering(self, number: int, time: float) -> float | None:
        """Return the share of its transition that a scene has come in, or None when it is there."""
        shot = self.shots[number]
        if number == 0 or shot.transition == "cut" or time >= shot.transition_seconds:
            return None
        return time / shot.transition_seconds

    def shown(self, frame: int) -> tuple[int, ...]:
        """Return the overlays of a frame, by their number."""
        time = frame / self.frames_per_second
        return tuple(number for number, one in enumerate(self.overlays) if one.start <= time < one.end)

    def signature(self, frame: int) -> object:
        """Return what two frames share when they look the same."""
        number, time = self.place(frame)
        return number, self.entering(number, time), self.shots[number].scene.signature(time), self.shown(frame)


class Projector:
    """Draw the frames of a film; not to be shared between threads."""

    def __init__(self, film: Film) -> None:
        """Take a film; the frames may be asked in any order, rising order is fast."""
        size = film.size
        self._film = film
        self._drawings: dict[int, tuple[Drawing, skia.Image]] = {}
        self._last: tuple[int, bool] | None = None
        self._shown: tuple[int, ...] = ()
        self._whole = Rectangle(0, 0, size.width, size.height)
        self._sheet: _Sheet | None = None
        self.pixels, self.picture = self._drawing(0)[0].pixels, self._drawing(0)[1]

    def draw(self, frame: int) -> Rectangle | None:
        """Draw a frame; return the area that changed since the last one, or None.

        The frame is then in `pixels`, and `picture` shows it: those of the scene itself where nothing lies over it.
        """
        number, time = self._film.place(frame)
        share = self._film.entering(number, time)
        shown = self._film.shown(frame)
        drawing, picture = self._drawing(number)
        changed = drawing.draw(time)
        if share is not None or self._last != (number, False):
            changed = self._whole
        if shown != self._shown:
            changed = self._with_overlays(changed, {*shown, *self._shown})
        self._last, self._shown = (number, share is not None), shown
        if share is None:  # what only a transition needs is let go of
            self._drawings = {number: (drawing, picture)}
        if share is None and not shown:
            self.pixels, self.picture, self._sheet = drawing.pixels, picture, None
        else:
            self._lay(changed, number, picture, share)
        return changed

    def _lay(self, changed: Rectangle | None, number: int, picture: skia.Image, share: float | None) -> None:
        """Compose a frame of what lies over another; what was not kept up meanwhile is composed whole."""
        area = changed if self._sheet else self._whole
        sheet = self._sheet = self._sheet or _Sheet.of(self._film.size)
        self.pixels, self.picture = sheet.pixels, sheet.picture
        if area is not None:
            self._compose(sheet.surface.getCanvas(), area, number, picture, share)

    def _with_overlays(self, changed: Rectangle | None, numbers: set[int]) -> Rectangle | None:
        for area in (self._film.overlays[number].layer.area for number in numbers):
            if area is not None:
                changed = changed.union(area) if changed else area
        return changed

    def _compose(
        self, canvas: skia.Canvas, area: Rectangle, number: int, picture: skia.Image, share: float | None
    ) -> None:
        import skia

        canvas.save()
        canvas.clipRect(skia.Rect.MakeLTRB(area.left, area.top, area.right, area.bottom), doAntiAlias=False)
        if share is None:
            canvas.drawImage(picture, 0, 0)
        else:
            pictures = (self._ended(number - 1), picture)
            shot = self._film.shots[number]
            if shot.passing:
                shot.passing.draw(canvas, pictures, share, self._film.size)
            else:
                transitions.draw(shot.transition, canvas, pictures, share, self._film.size)
        for one in self._shown:
            layer = self._film.overlays[one].layer
            if layer.picture is not None:
                canvas.drawImage(layer.picture, layer.left, layer.top)
        canvas.restore()

    def _ended(self, number: int) -> skia.Image:
        """Return a scene as it stands at its end."""
        drawing, picture = self._drawing(number)
        drawing.draw(self._film.shots[number].seconds)
        return picture

    def _drawing(self, number: int) -> tuple[Drawing, skia.Image]:
        if number not in self._drawings:
            self._drawings = {known: one for known, one in self._drawings.items() if known == number - 1}
            drawing = self._film.shots[number].scene.drawing()
            self._drawings[number] = drawing, live_image(drawing.pixels)
        return self._drawings[number]


@dataclass(frozen=True)
class _Sheet:
    """Where a frame is composed of what lies over another."""

    pixels: numpy.ndarray
    surface: skia.Surface
    picture: skia.Image

    @classmethod
    def of(cls, size: Size) -> _Sheet:
        pixels = numpy.zeros((size.height, size.width, 4), numpy.uint8)
        return cls(pixels, surface_on(pixels), live_image(pixels))


def live_image(pixels: numpy.ndarray) -> skia.Image:
    """Return a picture that shows whatever is in an array at the time; the array must outlive it."""
    import skia

    height, width, _ = pixels.shape
    info = skia.ImageInfo.Make(width, height, skia.kBGRA_8888_ColorType, skia.kOpaque_AlphaType)
    return skia.Image.MakeRasterData(info, skia.Data.MakeWithoutCopy(pixels), width * 4)
