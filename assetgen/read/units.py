"""Understand units: words such as `Rp Juta` go in; the unit that is counted in and the factor to it come out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

MONEY = {
    **dict.fromkeys(("rp", "rp.", "rupiah", "rupiahs", "idr"), "IDR"),
    **dict.fromkeys(("usd", "us$", "$", "dolar", "dollar", "dollars", "dolar as", "us dollars", "us dollar"), "USD"),
    **dict.fromkeys(("eur", "euro", "euros", "€"), "EUR"),
}
# Longer words first, since `000.000` begins with `000`.
_SCALES = (
    (10**12, r"tri(?:l+|li)[iy]?un(?:an)?|trillions?|tn"),
    (10**9, r"mil[iy]+ar(?:an)?|mlr|mlyr|billions?|bn|1[.,]000[.,]000[.,]000|000[., ]?000[., ]?000"),
    (10**6, r"juta(?:an)?|jt|millions?|mn|mio|1[.,]000[.,]000|000[., ]?000"),
    (10**3, r"ribu(?:an)?|rb|thousands?|1[.,]000|['\u2019]?000"),
)
_SCALE = r"(?<![\w.,])(?:" + "|".join(words for _, words in _SCALES) + r")(?![\d\w])"
_ONE_SCALE = re.compile(_SCALE, re.IGNORECASE)
_COUNTED = (
    r"rp\.?|idr|usd|us\$|us dollars?|rupiahs?|dolar(?: as)?|dollars?|eur|euros?|persen|percent|%|jiwa|orang|org|kk"
    r"|rumah tangga|people|persons?|units?|buah|ekor|ha|hektare?|km|km2|km²|m|m2|m²|m3|m³|cm|mm|kg|tons?|tonnes"
    r"|kuintal|kw|mw|gwh|kwh|liter|barel|barrels?|tahun|bulan|hari|jam|menit|detik|years?|poin|kasus|kejadian|desa|lokasi|siswa"
    r"|households?"
)
_UNIT = re.compile(
    rf"(?:(?:dalam|in|satuan|satuan:|unit:|x|\u00d7)\s+)?(?:(?:(?:{_SCALE}|{_COUNTED})(?:,-)?(?:\s+of)?[ /.]*){{1,3}})"
    r"(?<=\S)(?:[ /.]+\S+){0,4}|(?:(?:dalam|in)\s+)" + _SCALE,
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"[(\[]\s*(?P<words>[^()\[\]]{1,50}?)\s*[)\]]\s*\*?\W*$")
_EXCEPT = r"(?:\s*[,;]\s*(?:kecuali|unless|except)\b.{0,60})?"
_LINE = re.compile(
    r"\s*(?:[\[(]\s*)?(?:(?:angka|nilai|jumlah|disajikan|dinyatakan|figures|expressed|amounts)\s+)?(?:(?P<named>satuan|unit)|dalam"
    r"|in)\b\s*:?\s*(?P<words>[^\])]{1,60}?)" + _EXCEPT + r"\s*[\])]?\s*"
    r"|\s*[\[(]?\s*(?:1|satu|one)\s*=\s*(?P<one>[^)\]]{1,40}?)\s*[\])]?\s*",
    re.IGNORECASE,
)
_PREFIX = re.compile(r"(?:(?:satuan|unit|dalam|in|x|\u00d7)\b\s*:?\s*)+", re.IGNORECASE)
_GLUED = re.compile(r"\b(rp\.?|idr|usd)(?=\d)", re.IGNORECASE)
_PEOPLE_OR_THINGS = re.compile(
    r"\b(?:jiwa|orang|penduduk|pegawai|asn|pns|tenaga|guru|siswa|murid|pasien|kasus|penerima|peserta|pekerja|kk|keluarga"
    r"|rumah ?tangga|rumah|unit|paket|kegiatan|program|desa|kelurahan|kecamatan|kabupaten|kota|sekolah|puskesmas|luas"
    r"|panjang|jarak|berat|umur|usia|kepadatan|opd|skpd|jumlah (?:data|dokumen|laporan)|hari|bulan|people|population"
    r"|employees|households|staff|area|density|age)\b",
    re.IGNORECASE,
)
_MONEY_NAME = re.compile(
    r"\b(?:anggaran|belanja|pendapatan|realisasi anggaran|biaya|harga|upah|gaji|pagu|dana|pajak|rp|rupiah|budget"
    r"|revenue|spending|cost|price|wage)\b",
    re.IGNORECASE,
)
_OWN_UNIT_NAME = re.compile(
    r"%|\b(?:persen\w*|percent\w*|laju|ras[it]o|ratio|rate|inde(?:ks|x)|peringkat|ranking|skor|score|nilai ikm|kali"
    r"|pertumbuhan|growth|volume)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it is written, the unit that is counted in (a currency by its code), and how many of it make one."""

    written: str
    base: str
    scale: int = 1

    @property
    def money(self) -> bool:
        """Tell whether it is an amount of money."""
        return self.base in MONEY.values()


@lru_cache(maxsize=256)
def parse_unit(words: str) -> Unit:
    """Return what a unit means: `ribuan rupiah` counts thousands of IDR, `000 jiwa` thousands of jiwa."""
    plain = _PREFIX.sub("", " ".join(words.split()).strip("()[] "), count=1)
    plain = re.sub(_EXCEPT + "$", "", plain, flags=re.IGNORECASE).replace(",-", "").replace("(", " ")
    plain = _GLUED.sub(r"\1 ", plain)
    scale = 1
    for found in _ONE_SCALE.finditer(plain):
        scale *= next(factor for factor, form in _SCALES if re.fullmatch(form, found[0], re.IGNORECASE))
    base = re.sub(r"^(?:of\s+|/\s*)|\s+of$", "", " ".join(_ONE_SCALE.sub(" ", plain).split()), flags=re.IGNORECASE)
    return Unit(words, MONEY.get(base.lower(), base.strip(" .")), scale)


def unit_in(text: str) -> str:
    """Return the unit in brackets at the end of a text, such as `Rp juta` in `Belanja (Rp juta)`."""
    found = _IN_BRACKETS.search(text.strip())
    return found["words"].strip() if found and is_unit(found["words"]) else ""


def without_unit(text: str) -> str:
    """Return a text without the unit in brackets at its end."""
    found = _IN_BRACKETS.search(text) if unit_in(text) else None
    return text[: found.start()] if found else text


def is_unit(words: str) -> bool:
    """Tell whether words are a unit and nothing else."""
    return len(words) <= 60 and bool(_UNIT.fullmatch(_GLUED.sub(r"\1 ", words.strip())))


def is_scaled(unit: str) -> bool:
    """Tell whether a unit counts in thousands or more, such as `Rp juta`: its numbers are no plain amounts."""
    return parse_unit(unit).scale != 1


def is_unit_line(text: str) -> bool:
    """Tell whether a line names the unit of a table: `(1=Rp Juta)`, `Satuan: jiwa`, `(Rp 000)`."""
    return bool(unit_of_line(text))


def unit_of_line(line: str) -> str:
    """Return the unit that a unit line names: `Rp Juta` for `(1=Rp Juta)`."""
    found = _LINE.fullmatch(line)
    if found and (found["named"] or found["one"] or is_unit(found["words"])):
        return (found["words"] or found["one"]).strip()
    return line.strip().strip("()[] ") if _is_bare(line) else ""


def _is_bare(text: str) -> bool:
    stripped = text.strip()
    bracketed = stripped[:1] in ("(", "[") and stripped[-1:] in (")", "]")
    return is_unit(stripped.strip("()[] ")) and (bracketed or is_scaled(stripped))


def counts_something_else(name: str, unit: Unit) -> bool:
    """Tell whether the name of a column says that it does not count in the unit of the table: people among amounts."""
    name = name.replace("_", " ")
    if unit.money:
        return bool(_PEOPLE_OR_THINGS.search(name)) and not _MONEY_NAME.search(name)
    return bool(_MONEY_NAME.search(name))


def has_own_unit(name: str) -> bool:
    """Tell whether a column name says that the unit of the whole table is not its own: shares, rates, ranks."""
    return bool(_OWN_UNIT_NAME.search(name.replace("_", " ")))
