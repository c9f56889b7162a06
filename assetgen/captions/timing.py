"""Time captions: what is said and what has to be read go in, start and end of each cue come out."""

from __future__ import annotations

from collections.abc import Sequence

from assetgen.captions.cue import Form


def times_of(
    lines: Sequence[Sequence[str]], spoken: Sequence[float], seconds: float | None, form: Form
) -> list[tuple[int, int]]:
    """Return start and end of each cue in thousandths of a second, from 0."""
    gap = -int(-form.gap * 1000 // 1)
    least = [gap - int(-max(len(" ".join(one)) / form.rate, form.shortest) * 1000 // 1) for one in lines]
    if seconds is None:
        slots = [max(round(time * 1000) + gap, least[number]) for number, time in enumerate(spoken)]
    else:
        slots = _shared(round(seconds * 1000), spoken, least)
    times, at = [], 0
    for slot in slots:
        times.append((at, at + min(max(slot - gap, slot // 2), round(form.longest * 1000))))
        at += slot
    return times


def _shared(whole: int, spoken: Sequence[float], least: Sequence[int]) -> list[int]:
    """Share a time by what is said, giving nobody less than needed as long as there is enough for all."""
    if sum(least) >= whole:
        return [need * whole // sum(least) for need in least]
    held: set[int] = set()
    while True:
        free = whole - sum(least[number] for number in held)
        weights = sum(time for number, time in enumerate(spoken) if number not in held) or 1.0
        slots = [least[number] if number in held else int(free * time / weights) for number, time in enumerate(spoken)]
        short = {number for number, slot in enumerate(slots) if slot < least[number]}
        if not short:
            return slots
        held |= short
