"""Read the name of a region: `14.  Prov. D.I. Jogjakarta *)` goes in, the kind of region and a bare name come out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

Kind = Literal["", "province", "regency", "city"]

# What stands before or behind a name, in Indonesian and English; of several, the last one before the name counts.
_BEFORE: Mapping[str, Kind] = {
    "provinsi": "province",
    "propinsi": "province",
    "prov": "province",
    "prop": "province",
    "province": "province",
    "pemprov": "province",
    "kabupaten": "regency",
    "kab": "regency",
    "regency": "regency",
    "pemkab": "regency",
    "kota": "city",
    "kotamadya": "city",
    "kodya": "city",
    "pemkot": "city",
}
_BEHIND: Mapping[str, Kind] = {"province": "province", "provinsi": "province", "regency": "regency", "city": "city"}
_FILLERS = frozenset({"pemerintah", "daerah tingkat i", "dati i", "administrasi", "adm", "of", "the"})
_NUMBERING = re.compile(r"^\W*\d[\d.]*\W+(?=[^\W\d])")
_FOOTNOTE = re.compile(r"(?:\s*[*†‡]+\)?|\s*\(?\d{1,2}\)|(?<=[^\W\d])\d{1,2})+\s*$")
_INITIALS = re.compile(r"(?<!\w)(?:\w[. ]){1,3}\w?(?=\W|$)")


class Name(NamedTuple):
    """The name of a region: what kind it says to be ("" when it does not say), and its letters without spaces."""

    kind: Kind
    key: str


def read_name(label: str, words: Mapping[str, str]) -> Name:
    """Return the name that a label means; `words` puts spellings of single words into one form.

    Numbering, footnote marks, capitals, points and spaces are taken off, and `Prov.`, `Kab.`, `Kota` are read as kinds.
    """
    text = unicodedata.normalize("NFKC", label).casefold().strip()
    text = _NUMBERING.sub("", text)
    text = _FOOTNOTE.sub("", text)
    text = _INITIALS.sub(lambda found: re.sub(r"[. ]", "", found[0]) + " ", text)
    tokens = [words.get(token, token) for token in re.findall(r"\w+", text.replace("&", " dan ").replace("'", ""))]
    kind, rest = _take_kind(tokens)
    return Name(kind, "".join(rest))


def _take_kind(tokens: Sequence[str]) -> tuple[Kind, Sequence[str]]:
    kind: Kind = ""
    rest = list(tokens)
    while len(rest) > 1:
        if filler := _filler(rest):
            del rest[:filler]
        elif rest[0] in _BEFORE and not (kind and rest[0] == "kota"):
            kind = _BEFORE[rest.pop(0)]
        else:
            break
    if not kind and len(rest) > 1 and rest[-1] in _BEHIND:
        kind = _BEHIND[rest.pop()]
    return kind, rest


def _filler(tokens: Sequence[str]) -> int:
    """Return how many of the first words are filling, as in `Propinsi Daerah Tingkat I Jawa Timur`."""
    return next((n for n in (3, 2, 1) if len(tokens) > n and " ".join(tokens[:n]) in _FILLERS), 0)
