"""Lay a drawn background under a page or a panel: `{{ background("kawung") }}`, `{{ background(ground="hero") }}`.

Without a name the brand's own choice for the ground is taken, from its token `background-GROUND`; a brand that chose
none gets none. `assetgen list backgrounds` names them, and docs/backgrounds shows them. It lies in the upper left
corner of the element around it, which is positioned and hides what runs over.

Options: `ground`, what it lies on: plain (when left out), surface, strong, primary, danger or hero; `color`, a colour
of the brand, else that which suits the ground; `strength`, its opacity (4 to 10 % by itself); all others are those of
the background.
"""

from __future__ import annotations

from markupsafe import Markup

from assetgen.backgrounds._picture import Option, source_of
from assetgen.errors import LayoutError, did_you_mean
from assetgen.look import Look
from assetgen.template import FilterKit

SAMPLE = "{{ background('kawung', strength=0.06) }}"
COLOURS = {
    "plain": "primary",
    "surface": "primary",
    "strong": "text-on-strong",
    "primary": "on-primary",
    "danger": "on-danger",
}


def apply(
    value: object,
    kit: FilterKit,
    ground: str = "plain",
    color: str = "",
    strength: float | None = None,
    **options: Option,
) -> Markup:
    """Return the picture of a background, or nothing where the brand chose none; raises LayoutError."""
    look = kit.look
    if look is None:
        raise LayoutError("a background needs a brand")
    name = str(value or look.tokens.get(f"background-{ground}", ""))
    if not name:
        return Markup("")
    if not value and strength is None and f"background-{ground}-strength" in look.tokens:
        strength = float(look.tokens[f"background-{ground}-strength"])
    source = source_of(name, _colour(look, ground, color), strength, options)
    return Markup('<img class="kit-background" src="{}" alt="">').format(source)


def _colour(look: Look, ground: str, color: str) -> str:
    """Return the colour asked for, or the one that suits the ground; what a hero stands on is the brand's to say."""
    if ground == "hero":
        ground = str(look.tokens.get("ground-hero", "plain"))
    if not color and ground not in COLOURS:
        raise LayoutError(f"there is no ground '{ground}'", hint=did_you_mean(ground, (*COLOURS, "hero")))
    wanted = color or COLOURS[ground]
    if wanted not in look.colors:
        raise LayoutError(f"the brand has no colour '{wanted}'", hint=did_you_mean(wanted, look.colors))
    return look.colors[wanted]
