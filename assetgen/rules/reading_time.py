"""Report scenes of a video that end before they can be read.

Compares how long each scene stands with how long its words take at a calm pace, its motion and a second to look at the
end. Without `data-duration` a scene always stands long enough.

Why: what leaves before it is read might as well not have been shown; official notices are read by everybody, also by
those who read slowly.

What to do: leave `data-duration` out, give the scene more seconds, or put fewer words on it.
"""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.check import Subject
from assetgen.model import Finding, Severity

# A little less is what a quick reader takes.
_ENOUGH = 0.85


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each scene that is too short."""
    for number, (seconds, needed) in enumerate(subject.screening.scenes, 1):
        if seconds < needed * _ENOUGH:
            message = f"scene {number} stands {seconds:.1f} s; it takes {needed:.1f} s to read"
            yield Finding("", Severity.WARNING, message, "give it more seconds or fewer words", page=number)
