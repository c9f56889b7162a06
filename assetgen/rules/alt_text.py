"""Report alt text that is missing, too short or too long, or does not say what the picture says.

It has at least 30 characters and at most what the placement takes, 1,000 where it states nothing; does not begin with
"gambar", "image of" or the like, which screen readers say themselves; names every hero figure (`data` in an element of
class `figure`); and holds no markup, template code or empty value.

Why: WCAG 2.2, 1.1.1: people who listen to the post get the same figures as people who look at it.

What to do: correct the template `[alt]` of the layout, or the texts of the record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assetgen.check import Subject
from assetgen.counting import count_text
from assetgen.lines import family, shown
from assetgen.model import Finding, Severity
from assetgen.paint import Painted
from assetgen.rules._page import ancestors, has_class, shorten

LEAST = 30
MOST = 1000
_OPENING = re.compile(r"(?:gambar|foto|ilustrasi|(?:an? )?(?:image|picture|photo(?:graph)?) of)\b", re.I)
_LEFTOVER = re.compile(r"</?[a-z][^<>]*>|&[a-z]+;|\{[{%]|[%}]\}|\bNone\b(?! of)|\bundefined\b")


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each thing that is wrong with the alt text."""
    text = subject.composition.alt_text.strip()
    limits = subject.composition.placement.text
    for message, hint in (*_size(text, limits.alt_text or MOST), *_words(text), *_figures(text, subject.pages)):
        yield Finding("", Severity.ERROR, message, hint)


def _size(text: str, most: int) -> Iterator[tuple[str, str]]:
    got = count_text(text)
    if not text:
        yield "there is no alt text", "write [alt] in layout.toml"
    elif got < LEAST:
        yield f"the alt text '{text}' has {got} characters; at least {LEAST} say something", "say what the picture says"
    elif got > most:
        yield f"the alt text '{shorten(text)}' has {got:,} characters; {most:,} are taken", "shorten it"


def _words(text: str) -> Iterator[tuple[str, str]]:
    if found := _OPENING.match(text):
        yield f"the alt text '{shorten(text)}' begins with '{found[0]}'", "begin with what the picture says"
    if found := _LEFTOVER.search(text):
        yield f"the alt text '{shorten(text)}' holds '{found[0]}'", "correct [alt] in layout.toml"


def _figures(text: str, pages: tuple[Painted, ...]) -> Iterator[tuple[str, str]]:
    said = _numbers(text)
    for figure in dict.fromkeys(one for page in pages for one in _hero_figures(page)):
        if lacking := _numbers(figure) - said:
            yield (
                f"the alt text '{shorten(text)}' does not say {', '.join(sorted(lacking))} of the figure '{figure}'",
                "name the figure in [alt] of layout.toml",
            )


def _hero_figures(page: Painted) -> Iterator[str]:
    for box in page.boxes:
        if box.tag == "data" and shown(box) and any(has_class(one, "figure") for one in (box, *ancestors(box, page))):
            yield " ".join(one.text for one in family(box.element, page.boxes) if one.runs)


def _numbers(text: str) -> frozenset[str]:
    """Return the numbers of a text without the signs that group and divide their digits."""
    return frozenset(re.sub(r"\D", "", found) for found in re.findall(r"\d(?:[\d.,\u00a0\u202f]*\d)?", text))
