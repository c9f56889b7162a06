"""Report sets with more or fewer pages than their placement takes.

Counts the pages of an asset, lists continued on further slides included. A carousel takes two or more, and each
platform has its own most: Instagram 10 by its interface for programs, X four, TikTok 35. A document is one file, whose
pages are counted.

Why: a set that is too long is refused when it is published, or loses its last slides, which hold the sources.

What to do: show fewer rows, make several posts of it with `each = "rows: NUMBER"`, or take a placement for longer sets.
"""

from __future__ import annotations

from collections.abc import Iterator

from assetgen import placement
from assetgen.check import Subject
from assetgen.model import Finding, Placement, Severity

FIT = True  # asked of pages that were measured and not painted, too


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding when there are too few or too many pages."""
    place, count = subject.composition.placement, len(subject.pages)
    if place.count_min <= count <= place.pages_max:
        return
    allowed = " to ".join(str(number) for number in sorted({place.count_min, place.pages_max}))
    pages = "one page" if count == 1 else f"{count} pages"
    hint = _longer(subject, place, count) if count > place.pages_max else _shorter(place, count)
    yield Finding("", Severity.ERROR, f"the set has {pages}; {place.name} takes {allowed}", hint)


def _longer(subject: Subject, place: Placement, count: int) -> str:
    others = sorted(
        (one for one in placement.all() if one.carousel and one.count_max >= count and one.shape == place.shape),
        key=lambda one: (one.platform != place.platform, one.count_max, one.name),
    )
    named = ", ".join(f"{one.name} (up to {one.count_max})" for one in others[:2])
    elsewhere = f"; or a placement for longer sets: {named}" if named else ""
    rows = max((len(value) for value in subject.composition.fields.values() if isinstance(value, list)), default=0)
    if place.carousel and rows > 1:
        parts = -(-count // place.pages_max)
        each = -(-rows // parts)
        return f'show fewer rows, or make {parts} posts of it with each = "rows: {each}"{elsewhere}'
    return f"use a layout with fewer pages{elsewhere}"


def _shorter(place: Placement, count: int) -> str:
    stills = (one for one in placement.all() if one.kind == "image" and not one.carousel)
    single = [one for one in stills if one.size == place.size and count <= one.count_max]
    near = next((one.name for one in single if one.platform == place.platform), "")
    if count == 1:
        return f"for one picture use {near or 'a placement for single pictures'}"
    return "give it more rows, or use a placement for shorter sets"
