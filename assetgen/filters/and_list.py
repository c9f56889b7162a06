"""Write a list as a sentence does: "a, b, dan c" in Indonesian, "a, b, and c" in English, "a dan b" for two.

Options: `word`, and (dan) or or (atau); `most`, how many are named before "dan 4 lainnya" or "and 4 others" counts the
rest (all are named when left out).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup, escape

from assetgen.errors import LayoutError, did_you_mean
from assetgen.facts import fact, require_number
from assetgen.filters._words import spoken
from assetgen.locale import JOINER, format_number
from assetgen.template import FilterKit

SAMPLE = "{{ ['Aceh', 'Riau', 'Jambi'] | and_list }}"
EXAMPLES = (
    "['Aceh', 'Riau'] | and_list",
    "['Aceh', 'Riau', 'Jambi'] | and_list",
    "['Aceh', 'Riau', 'Jambi'] | and_list(word='or')",
    "['Aceh', 'Riau', 'Jambi', 'Bali', 'Papua'] | and_list(most=2)",
)
WORDS = {
    "id": {"and": "dan", "or": "atau", "others": "lainnya"},
    "en": {"and": "and", "or": "or", "others": "others"},
}


def apply(value: object, kit: FilterKit, word: str = "and", most: int | None = None) -> Markup:
    """Return the items in one line; facts among them stay facts. Raises LayoutError for no list, or an empty one."""
    if not isinstance(value, Iterable) or isinstance(value, (str, Mapping)):
        raise LayoutError(f"the filter 'and_list' takes a list, got '{str(value)[:60]}'")
    if word not in ("and", "or"):
        raise LayoutError(f"and_list knows no word '{str(word)[:60]}'", hint=did_you_mean(str(word), ("and", "or")))
    items: list[Markup] = [escape(item) for item in value]
    if not items or not all(item.strip() for item in items):
        raise LayoutError("the filter 'and_list' has nothing to list, or an empty item")
    words = spoken(kit.language, WORDS, "and_list")
    if most is not None and 1 <= most < len(items) - 1:
        number, rest = require_number(len(items) - most, "and_list")
        items = [*items[:most], fact(format_number(rest, kit.language, 0), number) + JOINER + words["others"]]
    if len(items) == 1:
        return items[0]
    last = Markup("{}{}{}").format(words[word], JOINER, items[-1])
    return Markup(" " if len(items) == 2 else ", ").join([Markup(", ").join(items[:-1]), last])
