"""Measure the lightest scrim that lets text be read on a photo: `background:{{ scrim(photo, 1080, 760, foot=320) }}`.

A gradient in the brand's dark, full where the text stands and gone some way off. How strong it must be is measured on
the photo, cut as it will be shown: every patch of 16 pixels behind the text reaches 4.5:1. A dark photo gets none.

Options: `width` and `height` of the photo in CSS pixels; `foot` and `head`, how high the text stands at its lower and
upper edge; `ink`, the colour of the text (text-on-strong when left out); `least`, the contrast (4.5).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import TYPE_CHECKING

from assetgen.errors import LayoutError, Place, did_you_mean
from assetgen.filters.aspect import find_photo
from assetgen.look import Look
from assetgen.model import Photo, Size
from assetgen.model.pages import LUMINANCE_WEIGHTS, linear_light
from assetgen.pictures import fit_picture, open_picture
from assetgen.template import FilterKit

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

SAMPLE = "{{ scrim(photo, 1080, 760, foot=320) if photo is defined else 'none' }}"
GROUND = "surface-strong"
# One patch of the measured photo is this many CSS pixels: about the stroke of a letter with its space.
PATCH = 16
# What encoding and rounding may take away again.
RESERVE = 1.04
# How far the gradient goes on beyond the text, as a share of it, and how it fades there: no edge can be seen.
FADE, LEAST_FADE = 0.7, 140
EASE = ((0.0, 1.0), (0.25, 0.84), (0.5, 0.5), (0.75, 0.16), (1.0, 0.0))


def apply(
    value: object,
    kit: FilterKit,
    width: float,
    height: float,
    foot: float = 0,
    head: float = 0,
    ink: str = "text-on-strong",
    least: float = 4.5,
) -> str:
    """Return the value of a CSS `background`; raises LayoutError for an unknown picture or colour."""
    look = kit.look
    if look is None:
        raise LayoutError("a scrim needs a brand")
    for name in (ink, GROUND):
        if name not in look.colors:
            raise LayoutError(f"the brand has no colour '{name}'", hint=did_you_mean(name, look.colors))
    photo, size = find_photo(value, kit), Size(max(1, round(width)), max(1, round(height)))
    layers = [
        _gradient(look, opacity, "0deg" if side == "foot" else "180deg", deep)
        for side, deep in (("foot", foot), ("head", head))
        if deep > 0 and (opacity := _opacity(photo, size, (side, deep), (look, ink, least))) > 0
    ]
    return ",".join(layers) or "none"


def _gradient(look: Look, opacity: float, direction: str, deep: float) -> str:
    """Return a gradient that keeps its opacity for `deep` pixels and then fades."""
    fade = max(LEAST_FADE, deep * FADE)
    stops = [(0.0, 1.0), *((deep + share * fade, left) for share, left in EASE)]
    colour = look.colors[GROUND][:7]
    return (
        f"linear-gradient({direction},{','.join(f'{colour}{_hex(opacity * left)} {at:.0f}px' for at, left in stops)})"
    )


def _hex(share: float) -> str:
    return f"{round(share * 255):02x}"


def _opacity(photo: Photo, size: Size, where: tuple[str, float], want: tuple[Look, str, float]) -> float:
    """Return how opaque the dark must be, kept with the brand for each photo and place."""
    look, ink, least = want
    key = ("scrim", photo.digest or hash(photo.data), photo.focus, size, where, ink, least)
    return look.keep(key, lambda: _measured(_patches(photo, size, where), look.colors[GROUND], look.colors[ink], least))


def _patches(photo: Photo, size: Size, where: tuple[str, float]) -> NDArray[numpy.float64]:
    """Return the colours of the photo behind the text, one for each patch, as rows of red, green and blue."""
    import numpy

    small = Size(max(1, size.width // PATCH), max(1, size.height // PATCH))
    # Patches are averages of four measured pixels each way, so that the decoder may make the photo small.
    fine = Size(small.width * 4, small.height * 4)
    picture = fit_picture(open_picture(photo.data, Place(photo.name), at_least=fine), fine, photo.focus)
    shown = picture.convert("RGB").reduce(4)
    side, deep = where
    rows = min(small.height, int(-(-deep // PATCH)) + 1)
    colours = numpy.asarray(shown, dtype=float)
    behind = colours[-rows:] if side == "foot" else colours[:rows]
    return behind.reshape(-1, 3)


def _measured(patches: NDArray[numpy.float64], ground: str, ink: str, least: float) -> float:
    """Return the least opacity, in hundredths, at which every patch is far enough from the ink."""
    import numpy

    dark, wanted = numpy.array(list(_channels(ground))), _light(numpy.array([list(_channels(ink))]))[0]

    def reaches(hundredths: int) -> bool:
        share = hundredths / 100
        behind = _light(patches * (1 - share) + dark * share)
        low, high = numpy.minimum(behind, wanted) + 0.05, numpy.maximum(behind, wanted) + 0.05
        return bool((high / low).min() >= least * RESERVE)

    # The more dark, the more contrast: the first that is enough is found by halving.
    return min(bisect_left(range(101), True, key=reaches), 100) / 100


def _channels(colour: str) -> Iterator[int]:
    return (int(colour[start : start + 2], 16) for start in (1, 3, 5))


def _light(colours: NDArray[numpy.float64]) -> NDArray[numpy.float64]:
    """Return the relative luminance of colours (WCAG 2.2)."""
    import numpy

    light: NDArray[numpy.float64] = numpy.array(linear_light())[colours.round().astype(int)] @ numpy.array(
        LUMINANCE_WEIGHTS
    )
    return light
