"""Hold what drawing needs of a brand: its colours, tokens and fonts, and a ruler that measures text in those fonts."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from assetgen.model import Font

Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a text is set: its size in CSS pixels, its weight, and which of the brand's fonts it takes."""

    size: float
    weight: int = 400
    role: str = "body"


@dataclass(frozen=True)
class Look:
    """A brand as far as a drawing needs it; `fonts` holds the faces of each role, the fallbacks behind them.

    It owns what is worked out once for a brand, such as colour ramps (`keep`) and widths of letters (`ruler`).
    """

    colors: Mapping[str, str]
    fonts: Mapping[str, tuple[Font, ...]]
    tokens: Mapping[str, str | int | float] = field(default_factory=dict)
    _kept: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def ruler(self) -> Ruler:
        """Return the ruler of the brand's fonts; font files are opened when a text first needs them."""
        return self.keep("ruler", lambda: Ruler(self.fonts))

    def keep(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """Return what was made for a key before, else make it; two threads may both make it, the first one stays."""
        if key not in self._kept:
            self._kept.setdefault(key, make())
        return cast("Kept", self._kept[key])

    def pixels(self, token: str, otherwise: float) -> float:
        """Return a token that is a length in pixels, or `otherwise` when the brand has none."""
        found = re.fullmatch(r"([\d.]+)(?:px)?", str(self.tokens.get(token, "")))
        return float(found[1]) if found else otherwise

    def weight(self, role: str, wanted: int) -> int:
        """Return the weight of a role's own family that is nearest to the wanted one; the heavier of two."""
        faces = self.fonts[role]
        weights = [font.weight for font in faces if font.family == faces[0].family and font.style == "normal"]
        return min(weights, key=lambda weight: (abs(weight - wanted), -weight), default=wanted)


class Ruler:
    """Measure text in the fonts of a brand, as the engine sets it: tabular figures, kerning left out.

    Kerning only narrows what chart labels hold, by less than the slack that their boxes have. Safe to use from several
    threads.
    """

    def __init__(self, fonts: Mapping[str, Sequence[Font]]) -> None:
        """Take the faces of each role, the fallbacks behind them."""
        self._fonts = fonts
        self._faces: dict[str, _Face] = {}
        self._chosen: dict[tuple[str, int], tuple[_Face, ...]] = {}

    def width(self, text: str, style: TextStyle) -> float:
        """Return the width of one line of text, in CSS pixels."""
        faces = self._stack(style)
        return sum(_advance(letter, faces) for letter in text) * style.size

    def capitals(self, style: TextStyle) -> float:
        """Return the height of capitals and figures, in CSS pixels."""
        return self._stack(style)[0].capitals * style.size

    def baseline(self, style: TextStyle, line_height: float) -> float:
        """Return how far below the top of a line of that height its baseline lies, in CSS pixels."""
        face = self._stack(style)[0]
        content = (face.ascent + face.descent) * style.size
        return (line_height - content) / 2 + face.ascent * style.size

    def _stack(self, style: TextStyle) -> tuple[_Face, ...]:
        """Return the faces that stand behind one another for a style: of each family the one of nearest weight."""
        key = (style.role, style.weight)
        if key not in self._chosen:
            best: dict[str, Font] = {}
            for font in self._fonts.get(style.role) or self._fonts["body"]:
                known = best.get(font.family)
                if font.style == "normal" and (known is None or _nearer(font, known, style.weight)):
                    best[font.family] = font
            self._chosen[key] = tuple(self._face(font.path) for font in best.values())
        return self._chosen[key]

    def _face(self, path: str) -> _Face:
        if path not in self._faces:
            self._faces[path] = _Face(path)
        return self._faces[path]


def _nearer(font: Font, known: Font, weight: int) -> bool:
    return abs(font.weight - weight) < abs(known.weight - weight)


def _advance(letter: str, faces: Sequence[_Face]) -> float:
    for face in faces:
        if (width := face.advance(letter)) is not None:
            return width
    return 1.0  # drawn as a box by the engine; the missing glyph is reported by a rule


class _Face:
    """A font file: widths of its letters, and where its lines stand, in shares of the font size."""

    def __init__(self, path: str) -> None:
        from fontTools.ttLib import TTFont

        with TTFont(path, lazy=True) as font:
            unit = float(font["head"].unitsPerEm)
            self.ascent: float = font["hhea"].ascent / unit
            self.descent: float = -font["hhea"].descent / unit
            self.capitals: float = (getattr(font["OS/2"], "sCapHeight", 0) or 0.7 * unit) / unit
            tabular = _tabular(font)
            metrics = font["hmtx"].metrics
            self._widths = {
                point: metrics[tabular.get(name, name)][0] / unit for point, name in (font.getBestCmap() or {}).items()
            }

    def advance(self, letter: str) -> float | None:
        """Return the width of a letter; None when the font does not have it."""
        return self._widths.get(ord(letter))


def _tabular(font: Any) -> dict[str, str]:
    """Return the glyphs that tabular figures put in the place of others."""
    if "GSUB" not in font:
        return {}
    table = font["GSUB"].table
    numbers = {
        number
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == "tnum"
        for number in record.Feature.LookupListIndex
    }
    found: dict[str, str] = {}
    for number in sorted(numbers):
        for part in table.LookupList.Lookup[number].SubTable:
            found |= getattr(getattr(part, "ExtSubTable", part), "mapping", {})
    return found
