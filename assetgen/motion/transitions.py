"""Lead from one scene to the next: two pictures and a share of the way go in, one picture is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from assetgen.model import Size
from assetgen.motion.easing import easing

if TYPE_CHECKING:
    import skia

Draw = Callable[["skia.Canvas", "skia.Image", "skia.Image", float, Size], None]
EASE = easing("cubic-bezier(.3,0,.1,1)")
# Seconds that a transition takes unless the scene says otherwise; a cut takes none.
SECONDS = 0.4
# How much larger the next scene comes when it is zoomed in.
_NEAR = 1.12


def draw(name: str, canvas: skia.Canvas, pictures: tuple[skia.Image, skia.Image], share: float, size: Size) -> None:
    """Draw a transition at a share of its time: the scene that goes and the scene that comes."""
    TRANSITIONS[name](canvas, *pictures, EASE(share), size)


def _fade(canvas: skia.Canvas, old: skia.Image, new: skia.Image, share: float, size: Size) -> None:
    del size
    canvas.drawImage(old, 0, 0)
    _over(canvas, new, share)


def _over(canvas: skia.Canvas, picture: skia.Image, opacity: float) -> None:
    import skia

    canvas.drawImage(picture, 0, 0, skia.SamplingOptions(skia.FilterMode.kLinear), skia.Paint(Alphaf=opacity))


def _slide(canvas: skia.Canvas, old: skia.Image, new: skia.Image, share: float, size: Size) -> None:
    canvas.drawImage(old, 0, 0)
    canvas.drawImage(new, round(size.width * (1 - share)), 0)


def _push(canvas: skia.Canvas, old: skia.Image, new: skia.Image, share: float, size: Size) -> None:
    left = round(size.width * (1 - share))
    canvas.drawImage(old, left - size.width, 0)
    canvas.drawImage(new, left, 0)


def _wipe(canvas: skia.Canvas, old: skia.Image, new: skia.Image, share: float, size: Size) -> None:
    import skia

    canvas.drawImage(old, 0, 0)
    canvas.save()
    canvas.clipRect(skia.Rect.MakeLTRB(0, 0, round(size.width * share), size.height))
    canvas.drawImage(new, 0, 0)
    canvas.restore()


def _zoom(canvas: skia.Canvas, old: skia.Image, new: skia.Image, share: float, size: Size) -> None:
    canvas.drawImage(old, 0, 0)
    scale = _NEAR + (1 - _NEAR) * share
    canvas.save()
    canvas.translate(size.width / 2 * (1 - scale), size.height / 2 * (1 - scale))
    canvas.scale(scale, scale)
    _over(canvas, new, share)
    canvas.restore()


TRANSITIONS: Mapping[str, Draw] = MappingProxyType(
    {"fade": _fade, "slide": _slide, "push": _push, "wipe": _wipe, "zoom": _zoom}
)
NAMES = ("cut", *TRANSITIONS)
