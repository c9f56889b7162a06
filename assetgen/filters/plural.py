"""Write a number and what it counts: 3 and "province" become 3 provinces in English; Indonesian words stay: 3 provinsi.

Options: `word`, what is counted, in the language of the asset; `many`, its English plural where the rule (city, cities;
bus, buses; day, days) is wrong, or written into the word behind a bar: "child|children"; `decimals`, as for `number`.
"""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from assetgen.errors import LayoutError
from assetgen.facts import fact, require_number
from assetgen.locale import JOINER, format_number
from assetgen.template import FilterKit

SAMPLE = "{{ 3 | plural('province') }}"
EXAMPLES = (
    "1 | plural({'id': 'kota', 'en': 'city'}[language])",
    "38 | plural({'id': 'kota', 'en': 'city'}[language])",
    "2 | plural({'id': 'anak', 'en': 'child|children'}[language])",
    "1.5 | plural({'id': 'jam', 'en': 'hour'}[language])",
)


def apply(value: object, kit: FilterKit, word: object = "", many: object = "", decimals: int | None = None) -> Markup:
    """Return number and word, the number as a fact; raises LayoutError for no number or no word."""
    number, amount = require_number(value, "plural")
    one, _, behind_bar = str(word).strip().partition("|")
    if not one:
        raise LayoutError("the filter 'plural' takes the word that is counted", hint=f"write it as {SAMPLE}")
    text = format_number(amount, kit.language, decimals)
    if kit.language == "en" and text not in ("1", "\u22121"):
        one = str(many) or behind_bar or english_plural(one)
    return fact(text, number) + escape(JOINER + one)


def english_plural(word: str) -> str:
    """Return the regular plural of an English word; of several words, that of the last."""
    if re.search(r"[^aeiou]y$", word, re.IGNORECASE):
        return word[:-1] + "ies"
    return word + ("es" if re.search(r"(?:s|x|z|ch|sh)$", word, re.IGNORECASE) else "s")
