"""Draw a QR code for a web address: `{{ qr_code("nusalentera.go.id/posyandu", size=264) }}`.

It is dark on light in the brand's colours whatever the ground, has its quiet zone of four modules, and modules of whole
pixels. Use `kit.qr`, which sets the readable address beneath it; the rule `qr-code` wants both, and an allowed domain.

Options: `size`, the side of its square in CSS pixels, quiet zone included; it is at least 6 a module (`LEAST_MODULE`),
so that a phone reads it from another phone's screen. `level`, how much of it may be hidden: L, M (when left out), Q, H.
"""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup

from assetgen.errors import LayoutError, did_you_mean
from assetgen.look import Look
from assetgen.template import FilterKit

SAMPLE = "{{ qr_code('nusalentera.go.id') }}"
QUIET = 4
LEAST_MODULE = 6
LEVELS = ("L", "M", "Q", "H")


def apply(value: object, kit: FilterKit, size: float = 264, level: str = "M") -> Markup:
    """Return the code as a square of class `qr-code`; raises LayoutError when it would be too small to be read."""
    if level not in LEVELS:
        raise LayoutError(f"there is no level '{level}' of error correction", hint=did_you_mean(level, LEVELS))
    address = Markup(str(value)).striptags().replace("\u200b", "").strip()
    if not address:
        raise LayoutError("a QR code needs an address")
    link = address if "://" in address else f"https://{address}"
    count, path = _code(link, level)
    module = int(size // (count + 2 * QUIET))
    if module < LEAST_MODULE:
        least = LEAST_MODULE * (count + 2 * QUIET)
        message = f"the QR code for '{address[:60]}' needs {least} px, it has {size:g}"
        raise LayoutError(message, hint="give it room, or a shorter address")
    dark, light = _colours(kit.look)
    side, quiet = module * count, module * QUIET
    style = f"width:{side + 2 * quiet}px;height:{side + 2 * quiet}px;padding:{quiet}px;background:{light};color:{dark}"
    return Markup(
        '<div class="qr-code" data-qr="{}" data-modules="{}" style="{}"><svg class="qr-modules" width="{}" height="{}" '
        'viewBox="0 0 {} {}" shape-rendering="crispEdges" aria-hidden="true">'
        '<path fill="currentColor" d="{}"/></svg></div>'
    ).format(link, count + 2 * QUIET, style, side, side, count, count, path)


def _colours(look: Look | None) -> tuple[str, str]:
    """Return the brand's text and background, the darker first: readers want dark modules on light."""
    from coloraide import Color

    if look is None:
        return "#000000", "#ffffff"
    dark, light = sorted((look.colors["text"], look.colors["background"]), key=lambda one: Color(one).luminance())
    return dark, light


@lru_cache(maxsize=64)
def _code(link: str, level: str) -> tuple[int, str]:
    """Return the modules of a side, and the dark ones as a path: runs of each row."""
    import segno

    try:
        rows = segno.make_qr(link, error=level, boost_error=False).matrix
    except segno.DataOverflowError as error:
        raise LayoutError("the address is too long for a QR code", hint="use a short one of your own domain") from error
    path = []
    for down, row in enumerate(rows):
        across = 0
        while across < len(row):
            end = across
            while end < len(row) and row[end]:
                end += 1
            if end > across:
                path.append(f"M{across} {down}h{end - across}v1h-{end - across}z")
            across = end + 1
    return len(rows), "".join(path)
