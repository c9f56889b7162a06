"""Report animations of a layout that do not end at how its page stands without them.

Looks at what the layout's own animations say when all have ended, and compares it with what its styles say of the same
elements: opacity, place, clip, and other properties that both name. Endless animations are another matter, and so are
transparent overlays, which leave the picture again.

Why: the still is the last frame of its scene. What ends otherwise shows the viewers of the video another page than the
one that was checked: a mark that stays hidden, a number that is cut off.

What to do: leave the last keyframe (`to`) out, so that the animation ends at the element's own style, or let both say
the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.check import Subject
from assetgen.model import Box, Finding, Severity

# What hides or cuts what the page says is worse than what lies a little aside.
_HIDING = ("opacity", "clip-path", "visibility", "display")


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each property that ends elsewhere."""
    if subject.composition.placement.transparent:
        return
    for number, painted in enumerate(subject.pages, 1):
        if not painted.page.motion or not any("animation" in sheet for sheet in painted.page.motion):
            continue
        from assetgen.motion.resting import unrest_of

        for one in unrest_of(painted.page, painted.boxes):
            severity = Severity.ERROR if one.name in _HIDING else Severity.WARNING
            message = (
                f"the animation of {_named(one.box)} ends at {one.name}: {one.ends}; its page stands at {one.stands}"
            )
            yield Finding("", severity, message, "leave out its last keyframe", page=number)


def _named(box: Box) -> str:
    classes = (box.attributes.get("class") or "").split()
    return ".".join((box.tag, *classes))
