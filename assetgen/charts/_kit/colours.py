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
# Series are chosen farther apart than that, and must be seen on their ground.
FAR, FAINT = 15.0, 1.5
# The chroma (OKLCH) from which a ground is a colour, not a white, grey or black.
COLOURED = 0.05
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
    """Return an even ramp from near the ground to the data colour, of one hue: low values first."""
    return tuple(_step(palette.data, palette.ground, (number + 1) / count) for number in range(count))


def diverging(palette: Palette, count: int) -> tuple[str, ...]:
    """Return a ramp from the accent over a quiet middle to the data colour; `count` is odd for a neutral class."""
    below = palette.accent if palette.accent != palette.data else palette.ink
    half, middle = count // 2, mix(palette.muted, palette.ground, 0.25)
    shares = [(number + 0.7) / (half - 0.3) for number in range(half)]
    low = [_step(below, palette.ground, share) for share in reversed(shares)]
    high = [_step(palette.data, palette.ground, share) for share in shares]
    return (*low, *([middle] if count % 2 else []), *high)


def _step(colour: str, ground: str, share: float) -> str:
    """Return a colour that is `share` of the way from the ground: of its own hue in OKLCH lightness and chroma.

    On a ground that has a strong hue itself such tints turn to mud, and mixing with the ground looks as one expects.
    """
    from coloraide import Color

    full, base = Color(colour).convert("oklch"), Color(ground).convert("oklch")
    share = 0.12 + 0.88 * share
    if base["chroma"] > COLOURED:
        return mix(colour, ground, share)
    lightness = base["lightness"] + (full["lightness"] - base["lightness"]) * share
    return _hex(Color("oklch", [lightness, full["chroma"] * share, full["hue"]]))


def categorical(look: Look, palette: Palette, count: int) -> tuple[str, ...]:
    """Return colours for series that stand side by side, the most important one first.

    They are the brand's anchors and their tints, in the order in which a designer would take them; one that normal,
    deutan or protan eyes could take for another already chosen is passed over. Where none is left the one that is
    farthest from the others is taken, and `told_apart` says no: then a dash, a marker or a direct label is needed.
    """
    return look.keep(("categorical", palette, count), lambda: _chosen(palette, count))


def _chosen(palette: Palette, count: int) -> tuple[str, ...]:
    anchors = [palette.data, palette.accent, _step(palette.data, palette.ground, 0.4), palette.ink, palette.soft]
    if contrast(palette.ground, "#000000") < 4.5:  # on a dark ground the light ink is as good as a colour
        anchors = [palette.data, palette.accent, palette.ink, palette.soft, _step(palette.data, palette.ground, 0.5)]
    tints = [_step(palette.accent, palette.ground, 0.45), _step(palette.data, palette.ground, 0.62), palette.muted]
    more = [mix(palette.ground, "#000000", 0.45), *(mix(palette.ink, palette.ground, share) for share in (0.7, 0.35))]
    candidates = [one for one in dict.fromkeys([*anchors, *tints, *more]) if contrast(one, palette.ground) >= FAINT]
    seen = {one: _seen(one) for one in candidates}
    chosen = candidates[:1]
    while len(chosen) < count:
        distances = {
            one: min(_distance(seen[one], seen[other]) for other in chosen) for one in candidates if one not in chosen
        }
        if not distances:
            chosen.append(palette.soft)
            continue
        far = [one for one, distance in distances.items() if distance >= FAR]
        chosen.append(far[0] if far else max(distances, key=lambda one: distances[one]))
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
