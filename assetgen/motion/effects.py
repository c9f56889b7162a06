"""Find where a film may sound: marks of charts, numbers that arrive, scenes that change; soft effects come out.

`data-sound` on an element names the effect that is heard when it comes in, or `none`. Without it a chart of few bars
ticks once a bar, the first number that has run up chimes, the others tick, and air passes where a scene pushes another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assetgen.errors import Place
from assetgen.model import Box
from assetgen.motion.counting import COUNT
from assetgen.motion.film import Film, Shot
from assetgen.motion.timeline import Animation
from assetgen.sound import Track, effect

ATTRIBUTE = "data-sound"
# In dB above the level of effects: they lie 3 to 8 dB below the music while they sound, and are heard as soft.
GAINS = {"tick": -1.0, "whoosh": -2.0, "chime": -1.5}
# More marks than these would rattle: the first one ticks, then.
MOST_TICKS = 7
# Two sounds that are nearer than this, in seconds, are heard as one: the first is kept.
APART = 0.09
# The middle of the whoosh, in seconds: that is when the scene changes.
_WHOOSH = 0.15


@dataclass(frozen=True, slots=True)
class Mark:
    """A sound and when it is heard, in seconds of the film."""

    time: float
    name: str


def effect_tracks(film: Film) -> tuple[Track, ...]:
    """Return the effects of a film; raises SoundError for a name in `data-sound` that there is not."""
    place = Place("layout.html")
    marks = marks_of(film)
    sounds = {name: effect(name, place) for name in dict.fromkeys(mark.name for mark in marks)}
    return tuple(Track("effect", sounds[mark.name], start=mark.time, gain=GAINS[mark.name]) for mark in marks)


def marks_of(film: Film) -> tuple[Mark, ...]:
    """Return what is heard and when, in order."""
    found: list[Mark] = []
    for start, shot in zip(film.starts, film.shots, strict=True):
        begin = start / film.frames_per_second
        if start and shot.transition != "cut":
            found.append(Mark(max(begin - _WHOOSH, 0.0), "whoosh"))
        chimed = any(mark.name == "chime" for mark in found)
        found += (Mark(begin + mark.time, mark.name) for mark in _of_scene(shot, chimed))
    kept: list[Mark] = []
    for mark in sorted(found, key=lambda one: one.time):
        if mark.time < film.seconds and (not kept or mark.time - kept[-1].time >= APART):
            kept.append(mark)
    return tuple(kept)


def _of_scene(shot: Shot, chimed: bool) -> Iterator[Mark]:
    """Yield the sounds of a scene, their times from its beginning."""
    stage = shot.scene.stage
    starts: dict[int, Animation] = {}
    for one in stage.timeline.animations:
        starts.setdefault(one.element, one)
    boxes = {box.element: box for box in stage.boxes}
    named = [box for box in stage.boxes if box.attributes.get(ATTRIBUTE, "none") not in ("none", None)]
    for box in named:
        yield Mark(max(starts[box.element].delay, 0.0) if box.element in starts else 0.0, box.attributes[ATTRIBUTE])
    yield from _ticks(starts, boxes)
    arrived = [
        one.end
        for one in stage.timeline.animations
        if COUNT in one.properties and ATTRIBUTE not in boxes[one.element].attributes
    ]
    for number, time in enumerate(sorted(arrived)):
        yield Mark(time, "tick" if chimed or number else "chime")


def _ticks(starts: Mapping[int, Animation], boxes: Mapping[int, Box]) -> Iterator[Mark]:
    marks = {
        boxes[number].attributes["data-mark"]: one.delay
        for number, one in starts.items()
        if number in boxes and "data-mark" in boxes[number].attributes and ATTRIBUTE not in boxes[number].attributes
    }
    times = sorted(marks.values())
    yield from (Mark(time, "tick") for time in (times if len(times) <= MOST_TICKS else times[:1]))
