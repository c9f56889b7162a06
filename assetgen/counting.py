"""Count text as a platform counts it, so that a length can be set against the limit of a placement."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping

_URL = re.compile(r"https?://[^\s<>\"]+|\b(?:[a-z0-9-]+\.)+(?:id|com|org|net|gov|info|int)\b(?:/[^\s<>\"]*)?", re.I)
_URL_LENGTH = 23
# One emoji as people see it: a flag, a keycap, or pictures joined by U+200D with their variation and skin marks.
_PICTURE = "[\u2190-\u21ff\u2300-\u27bf\u2900-\u297f\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
_MARKS = "[\ufe0f\U0001f3fb-\U0001f3ff\u20e3]*"
_EMOJI = re.compile(
    f"[\U0001f1e6-\U0001f1ff]{{2}}|[0-9#*]\ufe0f?\u20e3|{_PICTURE}{_MARKS}(?:\u200d{_PICTURE}{_MARKS})*"
    "[\U000e0020-\U000e007f]*"
)
# Ranges that weigh one; everything else weighs two (twitter-text configuration, version 3).
_LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))


def count_text(text: str, unit: str = "characters") -> int:
    """Return the length of `text` in a unit of `TextLimits`; graphemes are counted as emoji and marked letters."""
    return _COUNTS[unit](text)


def _weighted(text: str) -> int:
    text = unicodedata.normalize("NFC", text)
    urls = len(_URL.findall(text))
    rest, emoji = _EMOJI.subn("", _URL.sub("", text))
    weights = sum(1 if any(low <= ord(letter) <= high for low, high in _LIGHT) else 2 for letter in rest)
    return urls * _URL_LENGTH + emoji * 2 + weights


def _graphemes(text: str) -> int:
    rest, emoji = _EMOJI.subn("", text.replace("\r\n", "\n"))
    return emoji + sum(1 for letter in rest if unicodedata.category(letter)[0] != "M" and letter != "\u200d")


def _emoji_bytes(text: str) -> int:
    pictures = "".join(_EMOJI.findall(text))
    return len(text) - len(pictures) + len(pictures.encode("utf-8", "replace"))


def _urls_23(text: str) -> int:
    urls = _URL.findall(text)
    return len(text) - sum(map(len, urls)) + _URL_LENGTH * len(urls)


def _utf_16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


_COUNTS: Mapping[str, Callable[[str], int]] = {
    "characters": len,
    "weighted": _weighted,
    "utf-16": _utf_16,
    "graphemes": _graphemes,
    "emoji-bytes": _emoji_bytes,
    "urls-23": _urls_23,
    "bytes": lambda text: len(text.encode("utf-8", "surrogatepass")),
}
