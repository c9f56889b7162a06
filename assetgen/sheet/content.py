"""Gather what a sheet tells of a brand: swatches, pairs with their contrast, families, logos, words and contacts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from coloraide import Color

from assetgen.brand import Brand, Logo
from assetgen.fonts import family_fonts

LARGE = ("background", "surface", "surface-strong", "primary", "accent", "accent-bright")
SMALL = ("text", "text-muted", "line", "data", "data-muted", "danger", "caution", "safe")
WRITTEN = ("text", "text-muted", "primary", "accent", "danger", "safe")
GROUNDS = ("background", "surface")
ON_STRONG = ("text-on-strong", "text-on-strong-muted", "accent-on-strong")
FILLED = ("primary", "accent", "accent-bright", "data", "danger", "caution", "safe")
# WCAG 2: what text needs, and what large text and marks need.
TEXT, MARK = 4.5, 3.0
MOST_WORDS = 7
_VIEW = re.compile(rb'viewBox="[\d.-]+ [\d.-]+ ([\d.]+) ([\d.]+)"')
PLATFORMS = {"x": "X", "tiktok": "TikTok", "youtube": "YouTube", "linkedin": "LinkedIn"}


def content_of(brand: Brand, language: str) -> dict[str, Any]:
    """Return what the templates of a sheet show of a brand, as plain values."""
    return {
        "language": language,
        "theme": brand.theme,
        "brand": {
            "name": brand.name,
            "slug": brand.slug,
            "about": brand.description,
            "tagline": _in(brand.tagline, language),
            "short_name": _in(brand.short_name, language) or brand.name,
            "art": {name: f"art:{name}" for name in brand.art},
        },
        "large": [_swatch(brand, name) for name in LARGE if name in brand.colors],
        "small": [_swatch(brand, name) for name in SMALL],
        "written": [[_pair(brand, front, ground) for ground in GROUNDS] for front in WRITTEN],
        "on_strong": [_pair(brand, name, "surface-strong") for name in ON_STRONG if name in brand.colors],
        "filled": [_pair(brand, f"on-{name}", name) for name in FILLED if f"on-{name}" in brand.colors],
        "families": [_family(brand, role) for role in brand.fonts],
        "logos": [_logo(brand, name, logo) for name, logo in brand.logos.items()],
        "unsaid": _vocabulary(brand, language),
        "accounts": [(PLATFORMS.get(name, name.title()), account) for name, account in brand.accounts.items()],
        "contacts": list(brand.contacts.items()),
        "required": list(brand.required.elements),
    }


def _in(words: Mapping[str, str], language: str) -> str:
    return words.get(language) or words.get("id", "")


def _swatch(brand: Brand, name: str) -> dict[str, str]:
    """Return a colour, its value, and black or white, whichever can be read on it."""
    color = brand.colors[name]
    ink = max(("#000000", "#ffffff"), key=lambda one: Color(one).contrast(color))
    return {"name": name, "hex": color.upper(), "ink": ink}


def _pair(brand: Brand, front: str, ground: str) -> dict[str, Any]:
    ratio = Color(brand.colors[front]).contrast(brand.colors[ground])
    return {
        "front": front,
        "ground": ground,
        "ink": brand.colors[front],
        "fill": brand.colors[ground],
        # Cut, not rounded: 4.46 is not 4.5.
        "ratio": f"{int(ratio * 10) / 10:.1f}",
        "pass": "text" if ratio >= TEXT else "mark" if ratio >= MARK else "none",
    }


def _family(brand: Brand, role: str) -> dict[str, Any]:
    use = brand.fonts[role]
    italic = use.italic and any(face.style == "italic" for face in family_fonts(use.family, brand._roots))
    return {"role": role, "family": use.family, "weights": list(use.weights), "italic": italic}


def _logo(brand: Brand, name: str, logo: Logo) -> dict[str, Any]:
    """Return a logo with the shape of its drawing, from which its clear space is drawn."""
    found = _VIEW.search(brand.picture(f"logo:{name}") or b"")
    width, height = (float(found[1]), float(found[2])) if found else (4.0, 1.0)
    return {
        "name": name,
        "source": f"logo:{name}",
        "reversed": f"logo:{name}-reversed",
        "ratio": width / height,
        "space": logo.clear_space,
        "min_width": logo.min_width,
    }


def _vocabulary(brand: Brand, language: str) -> list[tuple[str, str]]:
    words = brand.vocabulary.get(language, {})
    return list(_shown(words))[:MOST_WORDS]


def _shown(words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for word, instead in words.items():
        yield word.replace("*", "…"), instead
