"""Report videos that flash more than three times in a second.

Looks at every frame that differs from the one before: opposing changes of light, or to and from saturated red, over a
quarter of a third of the picture (WCAG 2.2, success criterion 2.3.1).

Why: such flashes bring on seizures in people with photosensitive epilepsy, and a feed plays them unasked.

What to do: change less often than three times a second, less of the picture, or by less light.
"""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.check import Subject
from assetgen.model import Finding, Severity


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each span that flashes."""
    for span in subject.screening.flashes:
        yield Finding("", Severity.ERROR, f"the video flashes too often: {span}", "at most 3 flashes a second")
