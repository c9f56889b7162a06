"""Show a caption: a cue goes in, the markup of its block comes out; `layouts/_kit/captions.css` sets it."""

from __future__ import annotations

from html import escape

from assetgen.captions.cue import Cue


def caption_markup(cue: Cue, active_word: int | None = None) -> str:
    """Return the block of a cue, its word number `active_word` (from 0) highlighted.

    A highlight changes colours only: no word moves. The block places itself in its parent, the canvas or a section,
    at the lower edge of the safe area; it needs the styles of the class `kit-captions`.
    """
    number = 0
    lines = []
    for line in cue.lines:
        words = []
        for word in line.split():
            spoken = " caption-spoken" if number == active_word else ""
            words.append(f'<span class="caption-word{spoken}">{escape(word)}</span>')
            number += 1
        lines.append(f'<p class="caption-line">{" ".join(words)}</p>')
    return (
        f'<div class="captions kit-captions" lang="{escape(cue.language)}">'
        f'<div class="caption-plate">{"".join(lines)}</div></div>'
    )
