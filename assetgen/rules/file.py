"""Report files that the placement would refuse, or show otherwise than they were made.

Looks at format, bytes, size in pixels, ratio, colours, transparency and metadata of every file, as `assetgen inspect`
does.

Why: a refused upload is found out at the moment of publishing, by the person with the least time.

What to do: choose another format or quality, or a placement that takes what the layout makes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assetgen.check import Subject
from assetgen.inspect import inspect_file
from assetgen.model import Finding


def check(subject: Subject) -> Iterator[Finding]:
    """Yield what is wrong with each file."""
    placement = subject.composition.placement
    for number, file in enumerate((one for one in subject.files if one.role == "post"), 1):
        for finding in inspect_file(file.data, placement, whole=False):  # encoded a moment ago
            page = None if file.pages > 1 else number
            yield replace(finding, message=f"{file.name}: {finding.message}", page=page)
