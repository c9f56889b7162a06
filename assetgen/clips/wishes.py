"""Read how a clip is to be played from what a user or a layout says: from where to where, how fast, how loud."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from assetgen.model import Clip, Playing

# By the words that users write: the name of the wish, and its least and greatest value.
WISHES: Mapping[str, tuple[str, float, float]] = {
    "from": ("start", 0.0, 86_400.0),
    "to": ("end", 0.0, 86_400.0),
    "speed": ("speed", 0.1, 16.0),
    "poster": ("poster", 0.0, 86_400.0),
    "volume": ("volume", 0.0, 1.0),
}
_SLACK = 0.05  # seconds: what is called 8 s long is often a picture shorter


def playing_of(given: Mapping[str, Any]) -> Playing:
    """Return the wishes among some values; raises ValueError for one that cannot be."""
    found: dict[str, Any] = {}
    for word, (name, least, most) in WISHES.items():
        if given.get(word) in (None, ""):
            continue
        try:
            value = float(str(given[word]).strip().removesuffix("s"))
        except ValueError:
            raise ValueError(f"'{word}' takes a number, got '{given[word]}'") from None
        if not least <= value <= most:
            raise ValueError(f"'{word}' is {value:g}; it lies between {least:g} and {most:g}")
        found[name] = value
    if ends := given.get("ends"):
        if ends not in ("hold", "loop"):
            raise ValueError(f"'ends' takes hold or loop, got '{ends}'")
        found["ends"] = ends
    return Playing(**found)


def wished(clip: Clip, playing: Playing) -> Clip:
    """Return a clip that is played as its own wishes say, and these where it has none.

    Raises ValueError for a part that the clip has not.
    """
    found = replace(clip, playing=clip.playing.over(playing))
    told = f"the clip is {clip.seconds:.2f} s long"
    if found.start >= clip.seconds - _SLACK:
        raise ValueError(f"'from' is {found.start:g} s; {told}")
    if (end := found.playing.end) is not None and (end <= found.start or end > clip.seconds + _SLACK):
        raise ValueError(f"it is played from {found.start:g} to {end:g} s; {told}")
    if not 0 <= found.poster <= clip.seconds + _SLACK:
        raise ValueError(f"'poster' is {found.poster:g} s; {told}")
    if found.volume and found.speed != 1:
        raise ValueError("a clip that is played faster or slower is mute: leave 'volume' out")
    return found
