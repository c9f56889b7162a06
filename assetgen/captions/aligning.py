"""Let captions follow a voice: cues and the pauses of the voice go in, cues that change where it breathes come out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from assetgen.captions.cue import VERTICAL, Cue, Form
from assetgen.captions.pace import syllables

# A cue changes in a pause that is not further than this from where its syllables say, in seconds, and so much further
# as the pause is long: between two words one waits for less than between two sentences.
NEAR, LONG = 0.6, 1.0

Span = tuple[float, float]


def aligned(cues: Sequence[Cue], pauses: Sequence[Span], form: Form = VERTICAL) -> tuple[Cue, ...]:
    """Return the cues of one voice with their changes moved into its pauses; `pauses` are in seconds of the video.

    Between the pauses a voice says about equally many syllables a second, so that tells where each cue would begin; it
    then begins with the first word behind the pause next to it. Each cue still stands as long as it takes to read;
    where that cannot be, the cues stay as they were.
    """
    if len(cues) < 2:
        return tuple(cues)
    end = cues[-1].end
    # The first caption comes with the first word.
    start = next((last for first, last in pauses if first <= cues[0].start < last), cues[0].start)
    spoken = _spoken(start, end, pauses)
    weights = [sum(syllables(word, cue.language) for word in cue.words) or 1.0 for cue in cues]
    voiced = sum(last - first for first, last in spoken) / sum(weights)
    begins = [_snapped(_time_of(share * voiced, spoken), pauses) for share in list(accumulate(weights))[:-1]]
    kept = _in_order([start, *begins, end], [_need(cue, form) for cue in cues])
    if kept is None:
        return tuple(cues)
    return tuple(
        replace(cue, start=first, end=min(_until(last, number, cues, form), first + form.longest))
        for number, (cue, (first, last)) in enumerate(zip(cues, pairwise(kept), strict=True), 1)
    )


def _need(cue: Cue, form: Form) -> float:
    """Return how long a cue needs to its next, the gap included; a little more, for times are whole thousandths."""
    return max(len(cue.text) / form.rate, form.shortest) + form.gap + 0.002


def _until(following: float, number: int, cues: Sequence[Cue], form: Form) -> float:
    return following if number == len(cues) else round(following - form.gap, 3)


def _spoken(start: float, end: float, pauses: Sequence[Span]) -> list[Span]:
    """Return what lies between the pauses."""
    edges = [start, *(min(max(time, start), end) for pause in sorted(pauses) for time in pause), end]
    found = [(first, last) for first, last in zip(edges[::2], edges[1::2], strict=True) if last > first]
    return found or [(start, end)]


def _time_of(voiced: float, spoken: Sequence[Span]) -> float:
    """Return when so many seconds have been spoken."""
    for first, last in spoken:
        if voiced <= last - first:
            return first + voiced
        voiced -= last - first
    return spoken[-1][1]


def _snapped(time: float, pauses: Sequence[Span]) -> float:
    """Return the end of the pause that is next to a time, long ones first, or the time itself where none is near."""
    near = [(max(first - time, time - last, 0.0) - min(last - first, LONG), last) for first, last in pauses]
    distance, end = min(near, default=(NEAR + 1, time))
    return end if distance <= NEAR else time


def _in_order(times: Sequence[float], needs: Sequence[float]) -> list[float] | None:
    """Return the times, moved apart so far that each span is as long as needed; None when there is no room."""
    kept = [round(time, 3) for time in times]
    for number in range(1, len(kept) - 1):
        kept[number] = round(max(kept[number], kept[number - 1] + needs[number - 1]), 3)
    for number in range(len(kept) - 2, 0, -1):
        kept[number] = round(min(kept[number], kept[number + 1] - needs[number]), 3)
    fits = all(last - first >= need - 0.0011 for (first, last), need in zip(pairwise(kept), needs, strict=True))
    return kept if fits else None
