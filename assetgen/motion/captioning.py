"""Put captions on a film: narrations or a caption file go in, pictures that lie above the scenes come out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser

from assetgen.bind import is_narrow
from assetgen.captions import (
    Cue,
    Form,
    caption_markup,
    cues_from_text,
    fitted,
    form_of,
    read_cues,
    srt,
    vtt,
    word_times,
)
from assetgen.engines import Engine
from assetgen.errors import LayoutError, Place
from assetgen.model import CANVAS_WIDTH, Direction, File, Page, Placement, Rectangle, Size
from assetgen.motion.film import Film, Overlay
from assetgen.motion.pixels import layer_of
from assetgen.motion.soundtrack import BEFORE_VOICE, Soundtrack
from assetgen.paths import resolve_inside

# What two lines and their plate take at the lower edge of the safe area, in CSS pixels: layouts leave it free.
ROOM = 160
NARRATION = "data-narration"
_TWICE = re.compile(r"([.!?…])[.]")
_MARGIN = 80  # of placements without a safe area


def with_room(placement: Placement) -> Placement:
    """Return a placement whose safe area ends above the captions."""
    size = placement.size
    scale = size.width / CANVAS_WIDTH
    safe = placement.safe or Rectangle(0, 0, size.width, size.height - _MARGIN * scale)
    return replace(placement, safe=replace(safe, bottom=safe.bottom - ROOM * scale))


def with_own_words(direction: Direction, sections: Sequence[Mapping[str, str | None]], place: Place) -> Direction:
    """Return a direction with the words that a layout has for its narration, where they are wished.

    `sections` are the attributes of its sections. Raises LayoutError when none has any.
    """
    if not direction.takes_own_words:
        return direction
    # A sentence of the data may bring its own end before that of the template.
    texts = tuple(_TWICE.sub(r"\1", " ".join((one.get(NARRATION) or "").split())) for one in sections)
    if not any(texts):
        hint = f"give [make.video] narration, or {NARRATION} on its sections"
        raise LayoutError("the layout has no words of its own for a narration", place, hint)
    return replace(direction, narration=texts)


@dataclass(frozen=True)
class Captioning:
    """The captions that a direction asks for, in the shape and language of a page."""

    direction: Direction
    soundtrack: Soundtrack
    placement: Placement
    language: str
    place: Place

    @cached_property
    def _form(self) -> Form:
        return form_of(self.placement.shape, is_narrow(self.placement))

    def spoken(self, number: int) -> float:
        """Return the seconds that the narration of a scene needs; scenes count from 1."""
        cues = self._narrated(number, 0.0)
        return cues[-1].end + BEFORE_VOICE if cues else 0.0

    def cues(self, film: Film) -> tuple[Cue, ...]:
        """Return the captions of a film; raises CaptionError for a file that cannot be read."""
        if self.direction.captions:
            path = resolve_inside(self.direction.folder, self.direction.captions, self.place)
            return tuple(fitted(read_cues(path, self.language, self.place), self._form))
        found: list[Cue] = []
        for number, start in enumerate(film.starts, 1):
            found += self._narrated(number, start / film.frames_per_second)
        return tuple(found)

    def _narrated(self, number: int, start: float) -> Sequence[Cue]:
        if number > len(self.direction.narration) or not self.direction.narration[number - 1].strip():
            return ()
        voice = self.soundtrack.voice(number)
        seconds = voice.seconds if voice else None
        text = self.direction.narration[number - 1]
        return cues_from_text(text, start + BEFORE_VOICE, seconds, self.language, self._form)


@dataclass(frozen=True)
class CaptionLook:
    """How captions are shown: above pages like this one, in the styles of the kit's captions, word by word or not."""

    page: Page
    styles: str
    highlight: bool = False


def overlays(cues: Sequence[Cue], look: CaptionLook, engine: Engine) -> tuple[Overlay, ...]:
    """Return captions as pictures above a film: one a caption, or one a word that is said."""
    return tuple(
        Overlay(start, end, layer_of(engine.paint(_page(cue, word, look))))
        for cue in cues
        for word, (start, end) in _looks(cue, look.highlight)
    )


def _looks(cue: Cue, highlight: bool) -> Iterator[tuple[int | None, tuple[float, float]]]:
    """Yield the word that is marked, and from when to when."""
    if highlight:
        yield from enumerate(word_times(cue))
    else:
        yield None, (cue.start, cue.end)


def _page(cue: Cue, word: int | None, look: CaptionLook) -> Page:
    """Return a page with nothing but a caption, where layouts have left room for it."""
    page = look.page
    canvas = LexborHTMLParser(page.html).css_first("[data-n='0']")
    classes = canvas.attributes.get("class") if canvas is not None else "canvas"
    html = f'<div class="{classes}" lang="{page.language}">{caption_markup(cue, word)}</div>'
    lowered = f".canvas{{--captions-lift:-{ROOM}px;background:transparent none!important}}"
    return replace(
        page,
        html=html,
        stylesheets=(*page.stylesheets, look.styles, lowered),
        sizes={},
        widths={},
        leadings={},
        pictures={},
    )


def caption_files(cues: Sequence[Cue], size: Size) -> tuple[File, ...]:
    """Return the captions as files to be uploaded beside a video: SubRip and WebVTT."""
    if not cues:
        return ()
    return tuple(
        File(f"captions.{name}", name, media, text.encode(), size, role="captions")
        for name, media, text in (("srt", "application/x-subrip", srt(cues)), ("vtt", "text/vtt", vtt(cues)))
    )
