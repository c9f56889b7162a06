"""The few fixed words of charts, in Indonesian and English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from markupsafe import Markup

_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "not-available": ("belum tersedia", "not available"),
        "*": ("angka sementara", "provisional"),
        "**": ("angka sangat sementara", "very provisional"),
        "\u2020": ("angka revisi", "revised"),
        "\u2021": ("angka estimasi", "estimate"),
        "other": ("Lainnya", "Other"),
        "not-shown": ("{n} lainnya tidak ditampilkan", "{n} more not shown"),
        "rounded": ("Angka dibulatkan, jumlahnya bisa berbeda", "Figures are rounded, so sums may differ"),
        "highest": ("Tertinggi: {label}, {value}.", "Highest: {label}, {value}."),
        "lowest": ("Terendah: {label}, {value}.", "Lowest: {label}, {value}."),
        "largest": ("Terbesar: {label}, {value}.", "Largest: {label}, {value}."),
        "smallest": ("Terkecil: {label}, {value}.", "Smallest: {label}, {value}."),
        "all-equal": ("Semua {value}.", "All are {value}."),
        "range": (
            "{name}: tertinggi {high} ({most}), terendah {low} ({least}).",
            "{name}: highest {high} ({most}), lowest {low} ({least}).",
        ),
        "own": ("{label}: {value}.", "{label}: {value}."),
        "rise": ("Naik dari {first} ({from}) menjadi {last} ({to}).", "Up from {first} ({from}) to {last} ({to})."),
        "fall": ("Turun dari {first} ({from}) menjadi {last} ({to}).", "Down from {first} ({from}) to {last} ({to})."),
        "same": ("Sama pada {from} dan {to}: {first}.", "The same in {from} and {to}: {first}."),
        "missing": ("{n} data belum tersedia.", "{n} values are not available."),
        "missing-one": ("1 data belum tersedia.", "1 value is not available."),
        "cut": ("{n} lainnya tidak ditampilkan.", "{n} more are not shown."),
        "some-provisional": ("Sebagian angka masih sementara.", "Some figures are provisional."),
        "as-of": ("Data per {date}.", "Data as of {date}."),
        "note-at": ("Catatan pada {label}: {note}", "Note on {label}: {note}"),
        "note": ("Catatan: {note}", "Note: {note}"),
        "total": ("Total", "Total"),
        "sum": ("Jumlah seluruhnya {value}.", "All together {value}."),
        "parts": ("{n} bagian", "{n} parts"),
        "zeros": ("{n} bernilai nol, tidak digambar", "{n} are zero and not drawn"),
        "of": ("{value} dari {whole}", "{value} of {whole}"),
        "most-at": ("{series}: paling banyak pada {label}, {value}.", "{series}: most at {label}, {value}."),
        "least-at": ("{series}: paling sedikit pada {label}, {value}.", "{series}: least at {label}, {value}."),
        "share-of": ("{value} dari {whole}.", "{value} of {whole}."),
        "target": ("Target", "Target"),
        "icon": ("1 ikon = {value}", "1 icon = {value}"),
        "icon-rounded": ("dibulatkan", "rounded"),
        "square": ("1 kotak = 1%, dibulatkan", "1 square = 1%, rounded"),
        "square-exact": ("1 kotak = 1%", "1 square = 1%"),
        "less-than-one": ("kurang dari 1 ikon", "less than 1 icon"),
    }
)


def word(key: str, language: str, **parts: object) -> str:
    """Return a fixed word in the language; languages that we have no words in get the English one."""
    return _WORDS[key][_column(language)].format(**parts)


def sentence(key: str, language: str, **parts: object) -> Markup:
    """Return a fixed sentence as markup: facts in it stay facts, all else is escaped."""
    return Markup(_WORDS[key][_column(language)]).format(**parts)


def _column(language: str) -> int:
    return 0 if language.startswith(("id", "jv", "su", "ms")) else 1
