"""Draw what a scene shows at a time: from layers where all that moves can be moved, else by painting whole pages."""

from __future__ import annotations

from typing import Protocol

import numpy

from assetgen.engines import Engine
from assetgen.model import Rectangle, Size
from assetgen.motion.clips import ClipLayers, clips_of
from assetgen.motion.compositor import Compositor, Layers
from assetgen.motion.layers import Stage
from assetgen.motion.timeline import frozen
from assetgen.video.colour import video_pixels


class Drawing(Protocol):
    """A place where a scene is drawn, frame by frame; not to be shared between threads."""

    pixels: numpy.ndarray

    def draw(self, time: float) -> Rectangle | None:
        """Draw the scene at a time in seconds; return the area that changed, in whole pixels, or None."""


class Scene:
    """A page that moves. Safe to use from several threads."""

    def __init__(self, stage: Stage, engine: Engine) -> None:
        """Take a page and its animations; layers are painted when they are first shown."""
        self.stage = stage
        self.engine = engine
        self.clips = ClipLayers(stage.page, stage.boxes) if clips_of(stage.page, stage.boxes) else None
        self.layers = Layers(stage, engine, self.clips) if stage.cuttable else None

    @property
    def size(self) -> Size:
        """Return the size of its frames."""
        return self.stage.page.size

    def signature(self, time: float) -> object:
        """Return what two times share when they look the same."""
        return frozen(self.stage.timeline.state(time))

    def forget(self) -> None:
        """Let go of its layers; they are painted again where they are asked for."""
        if self.layers:
            self.layers.forget()

    def drawing(self) -> Drawing:
        """Return a new place where it is drawn."""
        return Compositor(self.layers, self.size) if self.layers else _Whole(self)


class _Whole:
    """Paint the whole page for every look of it: for what moves its neighbours, too."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._shown: object = None
        self.pixels = numpy.zeros((scene.size.height, scene.size.width, 4), numpy.uint8)

    def draw(self, time: float) -> Rectangle | None:
        signature = self._scene.signature(time)
        if signature == self._shown:
            return None
        self._shown = signature
        scene, size = self._scene, self._scene.size
        page = scene.stage.at(time)
        page = scene.clips.onto(page, scene.stage.timeline.state(time)) if scene.clips else page
        self.pixels[...] = video_pixels(scene.engine.paint(page).array)
        return Rectangle(0, 0, size.width, size.height)
