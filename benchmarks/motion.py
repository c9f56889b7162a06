"""Every layout as a video: how alike frames that are composed of layers and pages that are painted whole look."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence

import numpy

from assetgen import parts, placement
from assetgen.bind import Binder
from assetgen.brand import Brand
from assetgen.layout import Layout
from assetgen.model import Frame
from assetgen.motion.scenes import Scene
from assetgen.motion.take import Take
from assetgen.paint import Painter
from assetgen.video.colour import rgb_pixels
from benchmarks._films import similarity
from benchmarks._table import verdict

PLACES = ("instagram/reel", "youtube/video")
TIMES, ALIKE, WORST_TOLD = 20, 0.995, 5
# Behind the end of the motion nothing changes any more: times are drawn from before it.
REST = 0.3


def run() -> None:
    start, brands = time.perf_counter(), sorted(parts.kit_names("brand"))
    found: list[tuple[float, str]] = []
    with Painter() as painter:
        for number, (name, folder) in enumerate(sorted(parts.kit_names("layouts").items())):
            layout = Layout.load(folder)
            place = next((one for one in map(placement.load, PLACES) if one.shape in layout.shapes), None)
            if place is None:
                continue
            brand = Brand.load(brands[number % len(brands)])
            pages = painter.paint(Binder.of(layout, brand).bind(layout.example()["id"], place, "id", layout.folder))
            scenes = [Take(page, at).scene(painter.engine) for at, page in enumerate(pages, 1)]
            found.append((min(_likeness(scenes, painter, name)), f"{name} in {brand.slug}"))
    found.sort()
    print(f"{len(found)} layouts, {TIMES} random times each; the least alike:")
    for alike, name in found[:WORST_TOLD]:
        print(f"  {alike:.4f}  {name}")
    print(f"worst {found[0][0]:.4f}, {verdict(found[0][0], ALIKE, False)}; {time.perf_counter() - start:.0f} s")


def _likeness(scenes: Sequence[Scene], painter: Painter, seed: str) -> Iterator[float]:
    """Yield the likeness at random times of random scenes, the same ones in every run."""
    chance = random.Random(seed)
    for _ in range(TIMES):
        scene = chance.choice(scenes)
        second = chance.uniform(0, scene.stage.timeline.end + REST)
        drawing = scene.drawing()
        drawing.draw(second)
        whole = painter.engine.paint(scene.stage.at(second))
        yield similarity(_frame(drawing.pixels, scene), whole)


def _frame(pixels: numpy.ndarray, scene: Scene) -> Frame:
    colours = rgb_pixels(pixels)
    opaque = numpy.full((*colours.shape[:2], 1), 255, numpy.uint8)
    return Frame(scene.size, numpy.concatenate([colours, opaque], -1).tobytes())
