"""Put the place of an earthquake feed into words: `18 km TimurLaut KODI-SUMBABARATDAYA-NTT`, glued and in capitals.

Indonesian: 18 km barat daya Kodi, Sumba Barat Daya, Nusa Tenggara Timur; English: 18 km southwest of Kodi, … Known
provinces are named in full. A place that is not written like this stays as it is. Options: none.
"""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from assetgen.regions import provinces
from assetgen.template import FilterKit
from assetgen.typography import keep_together

SAMPLE = "{{ '50 km BaratDaya KODI-SUMBABARATDAYA-NTT' | epicentre }}"
EXAMPLES = ("'50 km BaratDaya KODI-SUMBABARATDAYA-NTT' | epicentre", "'18 km TimurLaut Pekalongan' | epicentre")
DIRECTIONS = {
    "utara": "north",
    "timurlaut": "northeast",
    "timur": "east",
    "tenggara": "southeast",
    "selatan": "south",
    "baratdaya": "southwest",
    "barat": "west",
    "baratlaut": "northwest",
}
_WORDS = {"timurlaut": "timur laut", "baratdaya": "barat daya", "baratlaut": "barat laut"}
_FORM = re.compile(
    r"(?:pusat gempa (?:berada )?)?(?:di (?P<where>laut|darat),? )?(?P<far>\d+(?:[.,]\d+)?) ?km (?:arah )?"
    r"(?P<side>utara|selatan|tenggara|timur ?laut|barat ?daya|barat ?laut|timur|barat) (?:dari )?(?P<place>.+)",
    re.IGNORECASE,
)
# A name that the feed glues together: Pulau before it, a direction or an abbreviated Kepulauan behind it.
_GLUED = re.compile(
    r"(PULAU)?([A-Z.]{3,}?)(BARATDAYA|BARATLAUT|TIMURLAUT|TENGGARA|BARAT|TIMUR|UTARA|SELATAN|TENGAH|KEP)?"
)
_SHORT = {"KAB": "Kab.", "KEP": "Kep.", "KAB.": "Kab.", "KEP.": "Kep."}


def apply(value: object, kit: FilterKit) -> Markup:
    """Return the place in words of the language."""
    text = " ".join(Markup(str(value)).striptags().split())
    found = _FORM.fullmatch(text)
    if not found:
        return escape(keep_together(text))
    side = found["side"].lower().replace(" ", "")
    place = _place(found["place"], kit.language)
    sea = (found["where"] or "").lower()
    if kit.language == "en":
        before = {"laut": "at sea, ", "darat": "on land, "}.get(sea, "")
        words = f"{before}{found['far']} km {DIRECTIONS[side]} of {place}"
    else:
        before = f"di {sea}, " if sea else ""
        words = f"{before}{found['far'].replace('.', ',')} km {_WORDS.get(side, side)} {place}"
    return escape(keep_together(words))


def _place(text: str, language: str) -> str:
    """Return the names of a place, the smallest first, each in its usual spelling."""
    if text != text.upper():
        return text.replace("-", ", ") if re.fullmatch(r"[^,\s]+(?:\s[^,\s]+)*-[^,]+", text) else text
    names: list[str] = []
    for part in text.split("-"):
        if names and names[-1] in _SHORT.values():
            names[-1] += " " + _name(part, language)
        else:
            names.append(_SHORT.get(part) or _name(part, language))
    return ", ".join(dict.fromkeys(names))


def _name(part: str, language: str) -> str:
    region = provinces().match(part).region
    if region:
        return region.label(language)
    glued = _GLUED.fullmatch(part)
    pieces = [piece for piece in glued.groups() if piece] if glued else part.split()
    words = " ".join(piece.title() for piece in pieces).replace("Kep.", "Kep. ").replace("  ", " ")
    return re.sub(r"\b(Barat|Timur)(daya|laut)\b", lambda two: f"{two[1]} {two[2].title()}", words)
