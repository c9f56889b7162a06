"""Choose the colours of a chart from the brand: one accent and grey, ramps in OKLCH, and series told apart by all eyes.

Colours are `#rrggbb`. Contrast is that of WCAG 2.2; colour blindness is simulated by coloraide (Viénot 1999 for protan
and deutan).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from assetgen.look import Look

if TYPE_CHECKING:
    from coloraide import Color

# The least difference (OKLab, times 100) at which two fields of colour beside each other are told apart at a glance.
APART = 9.0
GROUNDS = ("plain", "strong", "hero")


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a chart on its ground.

    `data` is the one series that matters, `soft` what is not the story, `accent` a second meaning (negative, target),
    `on_data` the text on `data`.
    """

    ground: str
    ink: str
    muted: str
    line: str
    data: str
    soft: str
    accent: str
    on_data: str


def palette_of(look: Look, ground: str) -> Palette:
    """Return the colours for a ground: plain, strong, or hero, which is what the brand's token `ground-hero` says."""
    if ground == "hero":
        ground = str(look.tokens.get("ground-hero", "plain"))
    return look.keep(("palette", ground), lambda: _strong(look) if ground == "strong" else _plain(look))


def _plain(look: Look) -> Palette:
    colors = look.colors
    return Palette(
        ground=colors["background"],
        ink=colors["text"],
        muted=colors["text-muted"],
        line=colors["line"],
        data=colors["data"],
        soft=colors["data-muted"],
        accent=colors["accent"],
        on_data=colors["on-data"],
    )


def _strong(look: Look) -> Palette:
    colors = look.colors
    ground, ink = colors["surface-strong"], colors["text-on-strong"]
    data = colors.get("data-on-strong", ink)
    return Palette(
        ground,
        ink,
        colors["text-on-strong-muted"],
        colors.get("line-on-strong", mix(ink, ground, 0.3)),
        data,
        colors.get("data-muted-on-strong", mix(ink, ground, 0.45)),
        colors.get("accent-on-strong", ink),
        readable(data, (ground, colors["text"], ink)),
    )


def mix(one: str, other: str, share: float) -> str:
    """Return a colour that is `share` of one and the rest of the other, mixed in OKLab."""
    from coloraide import Color

    return _hex(Color(other).mix(Color(one), share, space="oklab"))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable(ground: str, inks: Sequence[str]) -> str:
    """Return the first ink that has contrast 4.5 on a ground, else the one that has most."""
    return next((ink for ink in inks if contrast(ink, ground) >= 4.5), max(inks, key=lambda ink: contrast(ink, ground)))


def sequential(palette: Palette, count: int) -> tuple[str, ...]:
    """Return an even ramp from near the ground to the data colour, in OKLCH: low values first."""
    return _ramp(mix(palette.data, palette.ground, 0.16), palette.data, count)


def diverging(palette: Palette, count: int) -> tuple[str, ...]:
    """Return a ramp from the accent over a quiet middle to the data colour; `count` is odd for a neutral class."""
    middle = mix(palette.line, palette.ground, 0.6)
    below, above = _ramp(palette.accent, middle, count // 2 + 1), _ramp(middle, palette.data, count // 2 + 1)
    return (*below[:-1], *((middle,) if count % 2 else ()), *above[1:])


def _ramp(first: str, last: str, count: int) -> tuple[str, ...]:
    from coloraide import Color

    if count <= 1:
        return (last,)
    steps = Color.steps([first, last], steps=count, space="oklch", hue="shorter", out_space="srgb")
    return tuple(_hex(step) for step in steps)


def categorical(look: Look, palette: Palette, count: int) -> tuple[str, ...]:
    """Return colours for series that stand side by side, the most important one first.

    They come from the brand's anchors at several lightnesses; each next one is the candidate that is farthest from
    those already chosen, for normal, deutan and protan eyes alike. What cannot be far enough apart needs more than
    colour: see `told_apart`.
    """
    return look.keep(("categorical", palette, count), lambda: _chosen(look, palette, count))


def _chosen(look: Look, palette: Palette, count: int) -> tuple[str, ...]:
    from coloraide import Color

    anchors = [palette.data, palette.accent, palette.soft, look.colors["primary"], palette.ink]
    found = list(dict.fromkeys(anchors))
    for anchor in anchors[:4]:
        for lightness in (0.38, 0.5, 0.62, 0.74, 0.84):
            found.append(_hex(Color(anchor).convert("oklch").set("lightness", lightness)))
    candidates = [one for one in dict.fromkeys(found) if contrast(one, palette.ground) >= 1.45]
    seen = {one: _seen(one) for one in [*candidates, palette.data]}
    chosen = [palette.data]
    while len(chosen) < count:
        left = [one for one in candidates if one not in chosen] or [palette.soft]
        chosen.append(max(left, key=lambda one: min(_distance(seen[one], seen[other]) for other in chosen)))
    return tuple(chosen)


def told_apart(colours: Sequence[str]) -> bool:
    """Tell whether every two colours differ at a glance, for normal, deutan and protan eyes."""
    seen = [_seen(colour) for colour in colours]
    return all(_distance(one, other) >= APART for one, other in combinations(seen, 2))


Seen = tuple[tuple[float, float, float], ...]


def _seen(colour: str) -> Seen:
    """Return a colour in OKLab (times 100) as normal, deutan and protan eyes see it."""
    from coloraide import Color

    plain = Color(colour)
    views = (plain, plain.filter("deutan", method="vienot"), plain.filter("protan", method="vienot"))
    return tuple(_lab(view.convert("oklab").coords()) for view in views)


def _lab(coords: Sequence[float]) -> tuple[float, float, float]:
    return (coords[0] * 100, coords[1] * 100, coords[2] * 100)


def _distance(one: Seen, other: Seen) -> float:
    """Return the smallest of the differences that the three kinds of eyes see."""
    return min(
        float(sum((a - b) ** 2 for a, b in zip(first, second, strict=True)) ** 0.5)
        for first, second in zip(one, other, strict=True)
    )


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _hex(colour: Color) -> str:
    return str(colour.convert("srgb").fit(method="oklch-chroma").to_string(hex=True))[:7]
