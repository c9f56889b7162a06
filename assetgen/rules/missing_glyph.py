"""Report characters that none of the page's fonts can draw.

Spaces, joiners, variation selectors and marks of direction are left out: they have no shape of their own.

Why: an empty box in the name of a person or a place is a mistake that only a reader of that script sees.

What to do: correct the character in the data, or add a font that has it to the brand.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from assetgen.check import Subject
from assetgen.fonts import coverage
from assetgen.lines import around
from assetgen.model import Finding, Font, Severity
from assetgen.rules._page import shorten

FIT = True  # asked of pages that were measured and not painted, too
# Separators, controls, format characters (joiners, marks of direction, soft hyphens, tags): no shape of their own.
SHAPELESS = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf"})


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each element with characters that cannot be drawn."""
    for page in subject.pages:
        shown = set("".join(run.text for box in page.boxes for run in box.runs))
        lacking = {one for one in shown if not _can_draw(one, page.page.fonts)}
        for box in page.boxes if lacking else ():
            if found := sorted(lacking & set("".join(run.text for run in box.runs))):
                names = ", ".join(f"'{one}' (U+{ord(one):04X} {unicodedata.name(one, '')})" for one in found[:4])
                message = f"no font of the page has {names} in '{shorten(box.text)}' ({box.describe()})"
                area = around(run.rectangle for run in box.runs if lacking & set(run.text))
                hint = "correct the character, or add a font that has it to the brand"
                yield Finding("", Severity.ERROR, message, hint, page.number, area)


def _can_draw(character: str, fonts: tuple[Font, ...]) -> bool:
    code = ord(character)
    if any(code in coverage(font.path) for font in fonts):
        return True
    name = unicodedata.name(character, "")
    return unicodedata.category(character) in SHAPELESS or name.startswith("VARIATION SELECTOR")
