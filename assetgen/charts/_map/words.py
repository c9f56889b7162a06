"""The few fixed words of maps, in Indonesian and English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from markupsafe import Markup

INDONESIAN = ("id", "jv", "su", "ms")
_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "map": ("Peta", "Map"),
        "symbols": ("Peta simbol", "Symbol map"),
        "no-data": ("tidak ada data", "no data"),
        "highest": ("Tertinggi", "Highest"),
        "lowest": ("Terendah", "Lowest"),
        "enlarged": ("{name}, diperbesar", "{name}, enlarged"),
        "older": ("{names}: wilayah sebelum pemekaran {year}", "{names}: areas before the split of {year}"),
        "classes": ("{n} kelas, dari {low} sampai {high}.", "{n} classes, from {low} to {high}."),
        "without": ("{n} dari {all} wilayah tanpa data.", "{n} of {all} regions without data."),
        "edges": ("Batas kelas: {edges}.", "Class edges: {edges}."),
    }
)


def map_sentence(key: str, language: str, **parts: object) -> Markup:
    """Return a fixed sentence in the language, with parts that are markup, such as facts, kept as they are."""
    return Markup(_WORDS[key][0 if language.startswith(INDONESIAN) else 1]).format(**parts)  # from the table above


def map_word(key: str, language: str, **parts: object) -> str:
    """Return a fixed word in the language; languages that we have no words in get the English one."""
    return _WORDS[key][0 if language.startswith(INDONESIAN) else 1].format(**parts)
