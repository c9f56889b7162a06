"""Find font kits by family name, and tell which characters they can draw."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from assetgen.errors import BrandError, did_you_mean
from assetgen.model import Font
from assetgen.parts import kit_names

# Drawn when the brand's own families lack a character: other Latin letters, arrows, signs, and emoji last, because that
# font also claims the plain digits.
FALLBACK_FAMILIES = ("Noto Sans", "Noto Sans Math", "Noto Sans Symbols 2", "Twemoji")
# From here on letters belong to scripts that not every font has; every text font has those below.
FIRST_FOREIGN = 0x300


def families(roots: Iterable[Path] = ()) -> dict[str, Path]:
    """Return the folder of every font family: those beside the user's files first, then the built-in ones."""
    found: dict[str, Path] = {}
    for folder in kit_names("fonts", roots).values():
        file = folder / "font.toml"
        if file.is_file():
            found.setdefault(_settings(folder)["family"], folder)
    return found


def family_fonts(family: str, roots: Iterable[Path] = ()) -> tuple[Font, ...]:
    """Return the font files of a family.

    Raises BrandError with the nearest family when there is none.
    """
    known = families(roots)
    if family not in known:
        raise BrandError(f"there is no font family '{family}'", hint=did_you_mean(family, known))
    return _fonts_in(known[family])


def fallback_fonts() -> tuple[Font, ...]:
    """Return the built-in fonts that stand behind every brand."""
    known = families()
    return tuple(font for family in FALLBACK_FAMILIES if family in known for font in _fonts_in(known[family]))


def script_fonts(roots: Iterable[Path] = ()) -> tuple[Font, ...]:
    """Return the fonts of other scripts: of every family whose `font.toml` says for which `scripts` it stands in."""
    folders = families(roots).values()
    return tuple(font for folder in folders if _settings(folder).get("scripts") for font in _fonts_in(folder))


def needed_for(text: str, given: Iterable[Font], others: Iterable[Font]) -> tuple[Font, ...]:
    """Return those of the other fonts that have a letter of the text which none of the given fonts has."""
    letters = {code for one in set(text) if (code := ord(one)) >= FIRST_FOREIGN}
    known = [coverage(font.path) for font in given] if letters else []
    lacking = {code for code in letters if not any(code in one for one in known)}
    return tuple(font for font in others if not lacking.isdisjoint(coverage(font.path))) if lacking else ()


def _fonts_in(folder: Path) -> tuple[Font, ...]:
    settings = _settings(folder)
    return tuple(
        Font(settings["family"], file["weight"], file.get("style", "normal"), str(folder / file["file"]))
        for file in settings["files"]
    )


def _settings(folder: Path) -> Mapping[str, Any]:
    return _parsed((folder / "font.toml").read_text("utf-8"))


# Every brand asks every family for its name, several times.
@lru_cache(maxsize=128)
def _parsed(settings: str) -> Mapping[str, Any]:
    return tomllib.loads(settings)


@lru_cache(maxsize=256)
def coverage(path: str) -> frozenset[int]:
    """Return the code points that a font file can draw: as its kit tells them, else read from the font itself."""
    file = Path(path)
    if file.with_name("font.toml").is_file():
        for face in _settings(file.parent)["files"]:
            if face["file"] == file.name and "characters" in face:
                return _points(face["characters"])
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap() or ())


def _points(ranges: str) -> frozenset[int]:
    """Return the code points of ranges such as `20-7e a0-17f`."""
    bounds = (part.split("-") for part in ranges.split())
    return frozenset(point for ends in bounds for point in range(int(ends[0], 16), int(ends[-1], 16) + 1))
