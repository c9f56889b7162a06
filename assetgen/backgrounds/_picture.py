"""Colour a background: a name such as `background:kawung;0b3d2e;0.07;size=150` goes in, a picture comes out.

The name says everything, so that a page can carry it as the `src` of an `<img>`, and equal names are one picture.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from assetgen import parts
from assetgen.backgrounds._canvas import Canvas
from assetgen.errors import LayoutError, UsageError, did_you_mean
from assetgen.look import Look
from assetgen.model import CANVAS_WIDTH, Size

if TYPE_CHECKING:
    from assetgen.backgrounds._canvas import Plane

SCHEME = "background:"
Option = str | float | int
_NAME = re.compile(r"background:([a-z-]+);([0-9a-f]{6});([\d.]+)((?:;[a-z]+=[\w.-]+)*)")


def source_of(name: str, colour: str, strength: float | None = None, options: Mapping[str, Option] = {}) -> str:
    """Return the name of a background in a colour (`#rrggbb`); raises LayoutError with the nearest name or option."""
    try:
        part = parts.load("backgrounds", name)
    except UsageError as error:
        raise LayoutError(error.problems[0].message, hint=error.problems[0].hint) from None
    share = part.STRENGTH if strength is None else strength
    if not 0 < share <= 1:
        raise LayoutError(f"the strength of a background lies between 0 and 1, got {share:g}")
    if unknown := [option for option in options if option not in part.OPTIONS]:
        message = f"the background '{name}' has no option '{unknown[0]}'"
        raise LayoutError(message, hint=did_you_mean(unknown[0], part.OPTIONS))
    written = "".join(f";{option}={value}" for option, value in options.items())
    return f"{SCHEME}{name};{colour.lstrip('#')[:6]};{share:g}{written}"


def picture_of(source: str, size: Size, look: Look) -> bytes | None:
    """Return the picture of a background that covers a canvas of `size` output pixels; None for another name.

    It is drawn once for each name and size, and kept with the brand.
    """
    found = _NAME.fullmatch(source)
    if found is None or found[1] not in parts.names("backgrounds"):
        return None
    return look.keep((source, size), lambda: _drawn(found, size))


def _drawn(found: re.Match[str], size: Size) -> bytes:
    name, colour, strength, written = found.groups()
    options = {key: _value(text) for key, _, text in (one.partition("=") for one in written.split(";")[1:])}
    canvas = Canvas(size.width, size.height, size.width / CANVAS_WIDTH)
    try:
        if float(options.get("size", 1)) < 1:
            raise ValueError("size is at least 1")
        cover: Plane = parts.load("backgrounds", name).draw(canvas, **options)
    except (TypeError, ValueError, ArithmeticError) as error:
        raise LayoutError(f"the background '{name}' cannot be drawn: {error}") from None
    return _png(cover * float(strength), colour)


def _value(text: str) -> Option:
    return int(text) if re.fullmatch(r"-?\d+", text) else float(text) if re.fullmatch(r"-?\d*\.\d+", text) else text


def _png(alpha: Plane, colour: str) -> bytes:
    """Return a PNG of one colour, whose opacity is in its palette: a twentieth of the bytes of an RGBA picture."""
    import numpy
    from PIL import Image

    image = Image.fromarray((alpha * 255).round().astype(numpy.uint8), "P")
    image.putpalette(bytes.fromhex(colour) * 256)
    out = io.BytesIO()
    image.save(out, "PNG", transparency=bytes(range(256)), compress_level=6)
    return out.getvalue()
