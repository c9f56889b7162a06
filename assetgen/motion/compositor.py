"""Compose frames from layers: a time goes in; what changed since the last one is drawn again, and nothing else."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

import numpy

from assetgen.engines import Engine
from assetgen.model import Rectangle, Size
from assetgen.motion.clips import ClipLayers, shown
from assetgen.motion.counting import counts, running_page
from assetgen.motion.geometry import NOTHING, Matrix, Outline, joined, mapped, multiply
from assetgen.motion.layers import REPAINTED, Cut, Group, Pose, Stage, cut_page, pose
from assetgen.motion.pixels import Layer, layer_of, surface_on
from assetgen.motion.timeline import State, frozen, state_styles

if TYPE_CHECKING:
    import skia

# So many pictures are kept of layers that are painted again and again.
MOST_PICTURES = 16


class Layers:
    """The layers of a page, each painted when it is first shown. Safe to use from several threads."""

    def __init__(self, stage: Stage, engine: Engine, clips: ClipLayers | None = None) -> None:
        """Plan the layers of a page; an engine will paint them, and clips play on it."""
        self.stage = stage
        self._clips = clips
        self.root = stage.plan()
        self._engine = engine
        self._painted: dict[object, Layer] = {}
        self._changing: OrderedDict[object, Layer] = OrderedDict()
        self._lock = Lock()

    def layer(self, cut: Cut, state: State) -> Layer:
        """Return the picture of a cut at a state of its animations."""
        paint = self.paint_state(cut, state)
        if self._clips is not None and (playing := shown(paint)):
            return self._clips.layer(*playing, lambda: self._engine.paint(cut_page(self.stage, cut)))
        key = (cut.elements, frozen(paint))
        kept = self._changing if cut.changing else self._painted
        with self._lock:
            layer = kept.get(key)
        if layer is None:
            page = running_page(cut_page(self.stage, cut, state_styles(paint)), counts(paint))
            layer = layer_of(self._engine.paint(page))
            with self._lock:
                kept[key] = layer
                while len(self._changing) > MOST_PICTURES:
                    self._changing.popitem(last=False)
        return layer

    def forget(self) -> None:
        """Let go of all that was painted."""
        with self._lock:
            self._painted.clear()
            self._changing.clear()

    def paint_state(self, cut: Cut, state: State) -> State:
        """Return the part of a state that decides what a cut looks like."""
        if not cut.changing:
            return {}
        return {
            number: {name: value for name, value in values.items() if name in REPAINTED}
            for number, values in state.items()
            if number in cut.changing
        }


@dataclass(frozen=True, slots=True)
class _Placed:
    """A group as it stands at a time: what tells it from other times, and the area that it covers on the frame."""

    signature: object
    area: Rectangle | None


class Compositor:
    """Draw the frames of one page into one array; not to be shared between threads."""

    def __init__(self, layers: Layers, size: Size) -> None:
        """Take a page's layers; the array is drawn whole at first."""
        self.layers = layers
        self.pixels = numpy.zeros((size.height, size.width, 4), numpy.uint8)
        self._surface = surface_on(self.pixels)
        self._placed: dict[tuple[int | None, ...], _Placed] = {}
        self._whole = Rectangle(0, 0, size.width, size.height)
        self._scale = layers.stage.page.scale

    def draw(self, time: float) -> Rectangle | None:
        """Draw the page at a time in seconds; return the area that changed, in whole pixels, or None."""
        state = self.layers.stage.timeline.state(time)
        placed = dict(self._places(self.layers.root, state, NOTHING, ()))
        changed = self._changed(placed) if self._placed else self._whole
        self._placed = placed
        if changed is None:
            return None
        area = _even(changed).overlap(self._whole)
        if area is None:
            return None
        canvas = self._surface.getCanvas()
        canvas.save()
        canvas.clipRect(_rect(area), doAntiAlias=False)
        covering = self._covering(area, state)
        if not covering:
            canvas.clear(0)
        self._draw(canvas, self.layers.root, state, covering)
        canvas.restore()
        return area

    def _covering(self, area: Rectangle, state: State) -> int:
        """Return how many of the lowest things of a page need not be drawn: a photo above them covers the area."""
        inside = self.layers.root.inside
        for number in range(len(inside) - 1, 0, -1):
            one = inside[number]
            if isinstance(one, Group) and (one.window is None or _holds(one.window, area)):
                own = self._pose(one, state)
                cuts = [cut for cut in one.inside if isinstance(cut, Cut)]
                layers = [self.layers.layer(cut, state) for cut in cuts]
                if own.opacity == 1 and own.outline is None and any(_covers(own.matrix, two, area) for two in layers):
                    return number
        return 0

    def _changed(self, placed: dict[tuple[int | None, ...], _Placed]) -> Rectangle | None:
        areas = []
        for path in {*placed, *self._placed}:
            old, new = self._placed.get(path), placed.get(path)
            if old is None or new is None or old.signature != new.signature:
                areas += [one.area for one in (old, new) if one is not None and one.area is not None]
        return joined(areas)

    def _places(
        self, group: Group, state: State, outer: Matrix, path: tuple[int | None, ...]
    ) -> Iterator[tuple[tuple[int | None, ...], _Placed]]:
        own = self._pose(group, state)
        matrix = multiply(outer, own.matrix)
        path = (*path, group.element)
        areas, paints = [], []
        for one in group.inside:
            if isinstance(one, Cut):
                layer = self.layers.layer(one, state)
                paints.append(frozen(self.layers.paint_state(one, state)))
                areas += [layer.area] if layer.area else []
        area = joined(areas)
        seen = mapped(matrix, area) if area and own.opacity else None
        yield path, _Placed((matrix, own.opacity, own.outline, tuple(paints)), seen)
        for one in group.inside:
            if isinstance(one, Group):
                for inner, place in self._places(one, state, matrix, path):
                    yield inner, _Placed((own.opacity, own.outline, place.signature), place.area)

    def _pose(self, group: Group, state: State) -> Pose:
        return Pose() if group.element is None else pose(state.get(group.element, {}), group, self._scale)

    def _draw(self, canvas: skia.Canvas, group: Group, state: State, covered: int = 0) -> None:
        """Draw a group, without as many of the lowest things in it as are covered."""
        import skia

        own = self._pose(group, state)
        if own.opacity <= 0:
            return
        canvas.save()
        if group.window is not None:
            canvas.clipRect(_rect(group.window), doAntiAlias=True)
        if own.matrix != NOTHING:
            a, b, c, d, e, f = own.matrix
            canvas.concat(skia.Matrix.MakeAll(a, c, e, b, d, f, 0, 0, 1))
        if own.outline is not None:
            canvas.clipPath(_path(own.outline), doAntiAlias=True)
        alone = len(group.inside) == 1 and isinstance(group.inside[0], Cut)
        if own.opacity < 1 and not alone:
            canvas.saveLayerAlpha(None, round(own.opacity * 255))
        for one in group.inside[covered:]:
            if isinstance(one, Group):
                self._draw(canvas, one, state)
            else:
                self._draw_layer(canvas, self.layers.layer(one, state), own.opacity if alone else 1.0)
        canvas.restoreToCount(canvas.getSaveCount() - (2 if own.opacity < 1 and not alone else 1))

    def _draw_layer(self, canvas: skia.Canvas, layer: Layer, opacity: float) -> None:
        import skia

        if layer.picture is None:
            return
        paint = skia.Paint(Alphaf=opacity) if opacity < 1 else None
        sampling = skia.SamplingOptions(skia.FilterMode.kLinear)
        canvas.drawImage(layer.picture, layer.left, layer.top, sampling, paint)


def _covers(matrix: Matrix, layer: Layer, area: Rectangle) -> bool:
    """Tell whether a layer that is moved and scaled, not turned, leaves nothing of an area to be seen behind it."""
    if layer.picture is None or layer.area is None or not layer.picture.isOpaque() or matrix[1] or matrix[2]:
        return False
    return _holds(mapped(matrix, layer.area), area)


def _holds(around: Rectangle, area: Rectangle) -> bool:
    across = around.left <= area.left and around.right >= area.right
    return across and around.top <= area.top and around.bottom >= area.bottom


def _rect(area: Rectangle) -> skia.Rect:
    import skia

    return skia.Rect.MakeLTRB(area.left, area.top, area.right, area.bottom)


def _path(outline: Outline) -> skia.Path:
    import skia

    path = skia.Path()
    if outline.points:
        path.addPoly([skia.Point(x, y) for x, y in outline.points], True)
    elif outline.ellipse:
        path.addOval(_rect(outline.rectangle))
    elif outline.radius:
        path.addRoundRect(_rect(outline.rectangle), outline.radius, outline.radius)
    else:
        path.addRect(_rect(outline.rectangle))
    return path


def _even(area: Rectangle) -> Rectangle:
    """Return the area grown to whole pairs of pixels: chroma is kept for two by two."""
    return Rectangle(
        (area.left - 1) // 2 * 2, (area.top - 1) // 2 * 2, -(-(area.right + 1) // 2) * 2, -(-(area.bottom + 1) // 2) * 2
    )
