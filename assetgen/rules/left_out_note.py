"""Report a note that had no room in its chart or map, so that only the alternative text says it.

Why: whoever wrote the remark should know that it is not in this picture, and may want to say it in the caption.

What to do: shorten the note or the names of the chart, choose a shape with more room, or say it in the caption.
"""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.check import Subject
from assetgen.model import Finding, Severity
from assetgen.rules._page import shorten

FIT = True  # asked of pages that were measured and not painted, too
MARK = "data-unwritten"


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each chart whose note has no room."""
    for page in subject.pages:
        for box in page.boxes:
            if note := box.attributes.get(MARK):
                message = f"the note '{shorten(note)}' has no room in the chart; the alternative text says it"
                hint = "shorten it, or choose a shape with more room"
                yield Finding("", Severity.INFO, message, hint, page.number, box.rectangle)
