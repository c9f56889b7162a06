"""Count the length of a text the way a platform does."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal

Unit = Literal["characters", "weighted", "utf-16", "graphemes", "emoji-bytes", "urls-23"]
_ADDRESS = re.compile(r"https?://\S+|\bwww\.\S+", re.I)
# X's counting rules, version 3: these code points weigh one, all others two; an emoji weighs two in all.
_LIGHT = ((0, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037))
_JOINER = "\u200d"


def length(text: str, unit: Unit = "characters") -> int:
    """Return how long a text is in a unit of `TextLimits`."""
    text = unicodedata.normalize("NFC", text)
    if unit == "utf-16":
        return len(text.encode("utf-16-le")) // 2
    if unit == "graphemes":
        return sum(1 for _ in _clusters(text))
    if unit == "emoji-bytes":
        return sum(len(one.encode()) if _is_emoji(one) else len(one) for one in _clusters(text))
    if unit == "urls-23":
        return len(_ADDRESS.sub("x" * 23, text))
    if unit == "weighted":
        return sum(2 if _is_emoji(one) else sum(map(_weight, one)) for one in _clusters(_ADDRESS.sub("x" * 23, text)))
    return len(text)


def _weight(character: str) -> int:
    return 1 if any(low <= ord(character) <= high for low, high in _LIGHT) else 2


def _is_emoji(cluster: str) -> bool:
    return any((unicodedata.category(one) == "So" and ord(one) > 0x2100) or one == "\u20e3" for one in cluster)


def _clusters(text: str) -> Iterator[str]:
    """Yield what people take for one character: letters with their marks, emoji with their parts, flags in pairs."""
    cluster = ""
    for one in text:
        if cluster and not _continues(cluster, one):
            yield cluster
            cluster = ""
        cluster += one
    if cluster:
        yield cluster


def _continues(cluster: str, one: str) -> bool:
    if _is_flag_half(one):
        return len(cluster) == 1 and _is_flag_half(cluster)
    if cluster == "\r":
        return one == "\n"
    skin = 0x1F3FB <= ord(one) <= 0x1F3FF
    tag = 0xE0020 <= ord(one) <= 0xE007F
    return one == _JOINER or skin or tag or cluster[-1] == _JOINER or unicodedata.category(one).startswith("M")


def _is_flag_half(one: str) -> bool:
    return 0x1F1E6 <= ord(one) <= 0x1F1FF
