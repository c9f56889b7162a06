"""Turn slugs, which come from people's data, into folder names that every file system takes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from hashlib import sha256

from assetgen.model import Placement

LONGEST = 80
# Latin letters that Unicode does not take apart into a base letter and a mark.
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i"})
# Windows takes these for devices, whatever the suffix.
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.ASCII)


def safe_slug(text: str) -> str:
    """Return a name of lower-case ASCII letters, digits and hyphens, 1 to 80 characters long.

    The same text always gives the same name. Where cutting or unknown letters lose what told two texts apart, a short
    hash of the text takes its place.
    """
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    ascii_only = folded.encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")
    mark = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    if not slug:
        return f"asset-{mark}"
    if len(slug) > LONGEST:
        return f"{slug[: LONGEST - len(mark) - 1].rstrip('-')}-{mark}"
    return f"{slug}-x" if _DEVICES.fullmatch(slug) else slug


def unique_slugs(texts: Sequence[str]) -> tuple[str, ...]:
    """Return a safe name for every text, in order; the second of the same name gets `-2`, the third `-3`."""
    wanted = [safe_slug(text) for text in texts]
    taken = set(wanted)
    seen: set[str] = set()
    names = []
    for slug in wanted:
        name = slug
        if slug in seen:
            name = _free(slug, taken)
        seen.add(name)
        taken.add(name)
        names.append(name)
    return tuple(names)


def _free(slug: str, taken: set[str]) -> str:
    number = 2
    while (name := f"{slug[: LONGEST - len(str(number)) - 1].rstrip('-')}-{number}") in taken:
        number += 1
    return name


def package_folder(slug: str, placement: Placement, language: str = "") -> str:
    """Return the folder of an asset below the output folder: `slug/instagram-story` or `slug/instagram-story-id`."""
    parts = [placement.platform, placement.slot, language]
    return f"{safe_slug(slug)}/" + "-".join(safe_slug(part) for part in parts if part)
