"""Read where an earthquake was felt: `III Pekalongan, II-III MMI Batang` becomes rows, the strongest first.

Each row has `mmi` (II–III), `low` and `high` (2, 3), `sig` (the class I to V of SIG-BMKG, from 1 to 5) and `places`.
Places of one intensity stand in one row. A text that is not written like this gives no rows. Options: none.
"""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup

from assetgen.template import FilterKit

SAMPLE = "{{ ('III Pekalongan, II Batang' | intensities)[0].mmi }}"
EXAMPLES = ("('III Pekalongan, II Batang' | intensities)[0].places | join(', ')",)
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
# The highest MMI of the classes of SIG-BMKG: not felt, felt, slight, moderate and heavy damage.
SIG = (2, 5, 6, 8, 12)
_ONE = "(?:I{1,3}|IV|VI{0,3}|IX|XI{0,2}|V|X)"
_HEAD = re.compile(rf"(?:MMI )?({_ONE})(?: ?[-\u2013] ?({_ONE}))?(?: MMI)?(?: di)? (?=\S)")


def apply(value: object, kit: FilterKit) -> list[dict[str, Any]]:  # noqa: ARG001 — every filter takes a kit
    """Return the rows; an empty list when the text does not begin with an intensity."""
    text = " ".join(Markup(str(value)).striptags().split())
    if not _HEAD.match(text):
        return []
    rows: dict[tuple[int, int], list[str]] = {}
    here: list[str] = []
    for part in re.split(r"\s*[,;]\s*(?:dan )?", text.rstrip(".")):
        head = _HEAD.match(part)
        if head:
            low = ROMAN.index(head[1]) + 1
            here = rows.setdefault((low, ROMAN.index(head[2]) + 1 if head[2] else low), [])
            part = part[head.end() :]
        if part:
            here.append(part)
    return [
        _row(low, high, places)
        for (low, high), places in sorted(rows.items(), key=lambda row: row[0][::-1], reverse=True)
    ]


def _row(low: int, high: int, places: list[str]) -> dict[str, Any]:
    mmi = ROMAN[low - 1] if low == high else f"{ROMAN[low - 1]}\u2013{ROMAN[high - 1]}"
    sig = next(number for number, most in enumerate(SIG, 1) if high <= most)
    return {"mmi": mmi, "low": low, "high": high, "sig": sig, "places": places}
