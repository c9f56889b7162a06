"""Hold what drawing needs of a brand: its colours, tokens and fonts, and a ruler that measures text in those fonts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, cast

from assetgen.model import Font

Kept = TypeVar("Kept")
MOST_WIDTHS = 20_000


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
    """Measure text in the fonts of a brand, as the engine sets it: tabular figures, pairs kerned, no ligatures.

    Safe to use from several threads.
    """

    def __init__(self, fonts: Mapping[str, Sequence[Font]]) -> None:
        """Take the faces of each role, the fallbacks behind them."""
        self._fonts = fonts
        self._faces: dict[str, _Face] = {}
        self._widths: dict[tuple[str, str, int], float] = {}
        self._chosen: dict[tuple[str, int], tuple[_Face, ...]] = {}

    def width(self, text: str, style: TextStyle) -> float:
        """Return the width of one line of text, in CSS pixels."""
        key = (text, style.role, style.weight)
        if key not in self._widths:
            if len(self._widths) >= MOST_WIDTHS:
                self._widths.clear()
            self._widths[key] = self._measured(text, self._stack(style))
        return self._widths[key] * style.size

    @staticmethod
    def _measured(text: str, faces: Sequence[_Face]) -> float:
        """Return the width of a text at size 1."""
        total, before, letter_before = 0.0, None, ""
        for letter in text:
            face = next((one for one in faces if one.has(letter)), None)
            if face is None and (plain := unicodedata.normalize("NFD", letter)[:1]) != letter:
                letter = plain  # the engine sets a marked letter that no font has from its parts
                face = next((one for one in faces if one.has(letter)), None)
            # What no font has is drawn as a box; the missing glyph is reported by a rule.
            total += face.advance(letter) if face else 1.0
            if face and face is before:
                total += face.kern(letter_before, letter)
            before, letter_before = face, letter
        return total

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
            self._faces[path] = _face(path, Path(path).stat().st_mtime_ns)
        return self._faces[path]


def _nearer(font: Font, known: Font, weight: int) -> bool:
    return abs(font.weight - weight) < abs(known.weight - weight)


# Opening a font takes longer than measuring all texts of a chart in it, and brands share fonts.
@lru_cache(maxsize=64)
def _face(path: str, changed: int) -> _Face:  # noqa: ARG001 — a file that was changed is another font
    return _Face(path)


class _Face:
    """A font file: widths of its letters, and where its lines stand, in shares of the font size."""

    def __init__(self, path: str) -> None:
        from fontTools.ttLib import TTFont

        with TTFont(path, lazy=True) as font:
            self._unit = float(font["head"].unitsPerEm)
            self.ascent: float = font["hhea"].ascent / self._unit
            self.descent: float = -font["hhea"].descent / self._unit
            self.capitals: float = (getattr(font["OS/2"], "sCapHeight", 0) or 0.7 * self._unit) / self._unit
            tabular: dict[str, str] = {}
            for part in _lookups(font, "GSUB", "tnum"):
                tabular |= getattr(part, "mapping", {})
            self._names = {chr(code): tabular.get(name, name) for code, name in (font.getBestCmap() or {}).items()}
            self._metrics: Mapping[str, tuple[int, int]] = font["hmtx"].metrics
            self._pairs = tuple(
                _Pairs(part) for part in _lookups(font, "GPOS", "kern") if hasattr(part, "ValueFormat1")
            )
        self._kerned: dict[tuple[str, str], float] = {}

    def has(self, letter: str) -> bool:
        """Tell whether the font has a letter."""
        return letter in self._names

    def advance(self, letter: str) -> float:
        """Return the width of a letter that the font has."""
        return self._metrics[self._names[letter]][0] / self._unit

    def kern(self, first: str, second: str) -> float:
        """Return by how much two letters that the font has move together; negative for most."""
        key = (first, second)
        if key not in self._kerned:
            names = self._names[first], self._names[second]
            found = (pairs.value(*names) for pairs in self._pairs)
            self._kerned[key] = next((value for value in found if value is not None), 0) / self._unit
        return self._kerned[key]


class _Pairs:
    """One table of kerned pairs: by single glyphs (format 1) or by classes of them (format 2)."""

    def __init__(self, part: Any) -> None:
        self._part = part
        self._first = {name: number for number, name in enumerate(part.Coverage.glyphs)}

    def value(self, first: str, second: str) -> int | None:
        """Return the distance of a pair in units of the font; None when this table does not decide it."""
        if first not in self._first:
            return None
        if self._part.Format == 1:
            records = self._part.PairSet[self._first[first]].PairValueRecord
            record = next((one for one in records if one.SecondGlyph == second), None)
        else:
            row = self._part.Class1Record[self._part.ClassDef1.classDefs.get(first, 0)]
            record = row.Class2Record[self._part.ClassDef2.classDefs.get(second, 0)]
        return None if record is None else int(getattr(record.Value1, "XAdvance", 0) or 0)


def _lookups(font: Any, table: str, feature: str) -> list[Any]:
    """Return the parts of the lookups of a feature, in their order."""
    if table not in font:
        return []
    rules = font[table].table
    features = rules.FeatureList.FeatureRecord if rules.FeatureList else ()
    numbers = {number for one in features if one.FeatureTag == feature for number in one.Feature.LookupListIndex}
    parts = [part for number in sorted(numbers) for part in rules.LookupList.Lookup[number].SubTable]
    return [getattr(part, "ExtSubTable", part) for part in parts]
