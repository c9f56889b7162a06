"""Report a caption that the platform would refuse or cut.

It is counted with its hashtags, the way the platform counts: on X emoji and Asian letters weigh two and every web
address 23. More hashtags than the platform takes are an error, more than five a warning.

Why: a caption that is too long is refused or cut in the middle of a sentence; a row of hashtags looks like spam, and
Instagram refuses posts with more than five.

What to do: shorten `[caption]` of the layout or the texts of the record; keep the hashtags that people search for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assetgen.check import Subject
from assetgen.counting import count_text
from assetgen.model import Finding, Severity
from assetgen.rules._page import shorten

MANY = 5


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding when the caption is too long, and when it has too many hashtags."""
    composition = subject.composition
    limits = composition.placement.text
    text = "\n\n".join(part for part in (composition.caption, " ".join(composition.hashtags)) if part)
    got = count_text(text, limits.unit)
    if limits.caption is not None and got > limits.caption:
        message = f"the caption '{shorten(text)}' has {got:,} characters; {composition.placement.name}"
        yield Finding("", Severity.ERROR, f"{message} takes {limits.caption:,}", "shorten it")
    count = len(re.findall(r"(?<!\w)#\w+", text))
    if limits.hashtags is not None and count > limits.hashtags:
        message = f"the caption has {count} hashtags; {composition.placement.name} takes {limits.hashtags}"
        yield Finding("", Severity.ERROR, message, "keep the best")
    elif count > MANY:
        yield Finding("", Severity.WARNING, f"the caption has {count} hashtags; {MANY} are enough", "keep the best")
