"""Take one page on its way to a scene: what it says sets how long it stands, what it wishes how it comes in."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

from assetgen.engines import Engine
from assetgen.errors import LayoutError, Place, did_you_mean
from assetgen.model import Box
from assetgen.motion import transitions
from assetgen.motion.choreography import Choreography, drift
from assetgen.motion.clips import clips_of, playing, plays
from assetgen.motion.counting import COUNT, with_gaps
from assetgen.motion.layers import Stage
from assetgen.motion.pace import scene_seconds
from assetgen.motion.scenes import Scene
from assetgen.motion.sting import STING
from assetgen.motion.timeline import LONGEST, Timeline
from assetgen.motion.type_on import typed
from assetgen.paint import Painted


@dataclass(frozen=True)
class Take:
    """One page on its way to a scene: its own wishes (`data-duration`, `data-transition`) and what it needs."""

    painted: Painted
    number: int
    spoken: float = 0.0
    known: frozenset[str] = frozenset()
    covered: float = 0.0

    @cached_property
    def wishes(self) -> dict[str, str | None]:
        """Return the attributes of its section."""
        section = self.painted.tree.css_first("section")
        return dict(section.attributes) if section is not None else {}

    @cached_property
    def _choreography(self) -> Choreography:
        return Choreography(
            self.painted.page, self.painted.boxes, self.number == 1, self._given, self.known, self.covered
        )

    @cached_property
    def _sheets(self) -> tuple[str, ...]:
        """Return the styles that move the layout itself."""
        written = typed(self.painted.boxes)
        return (*self.painted.page.motion, written) if written else self.painted.page.motion

    @cached_property
    def _own(self) -> Timeline:
        """Return the animations that the layout has itself."""
        return Timeline.of(self.painted.page, self._sheets)

    @cached_property
    def _entrance(self) -> Timeline:
        """Return the layout's own animations, or else those of the choreography."""
        page = self.painted.page
        return self._own if self._own.animations else Timeline.of(page, (*self._sheets, self._choreography.styles()))

    @cached_property
    def needed(self) -> float:
        """Return the seconds that it takes to see the motion and read the words."""
        runs = [run for box in self.painted.texts if _is_read(box, self.painted) for run in box.runs]
        texts = [("" if run.text in self.known else run.text, run.font_size) for run in runs]
        return max(scene_seconds(texts, self._entrance.end, self.painted.page.language), self.spoken)

    @cached_property
    def seconds(self) -> float:
        """Return how long it stands; raises LayoutError for a length that is none."""
        if self._given is not None:
            return self._given
        if self._entrance.end > LONGEST:
            ending = (one for one in self._entrance.animations if math.isfinite(one.end))
            last = max(ending, key=lambda one: one.end)
            raise LayoutError(
                f"the animation '{last.name}' ends after {last.end:.0f} s; no scene stands longer than {LONGEST:.0f} s",
                Place("layout.css"),
                "let it turn fewer times, or 'infinite': then the words say how long the scene stands",
            )
        clips = clips_of(self.painted.page, self.painted.boxes)
        return max(self.needed, *(clip.length for clip in clips), 0.0)

    @cached_property
    def _given(self) -> float | None:
        given = self.wishes.get("data-duration")
        if not given:
            return None
        try:
            seconds = float(given.strip().removesuffix("s"))
        except ValueError:
            seconds = 0.0
        if not 0 < seconds <= LONGEST:
            raise LayoutError(
                f"data-duration='{given}' is no length of a scene",
                Place("layout.html"),
                f"give seconds up to {LONGEST:.0f}, such as 4.5",
            )
        return seconds

    def scene(self, engine: Engine) -> Scene:
        """Return the scene."""
        page, sheets, timeline = self.painted.page, self._sheets, self._entrance
        if not self._own.animations:
            photos = [one for one in self._choreography.photos if not plays(one, page)]
            sheets = (*sheets, self._choreography.styles(), drift(photos, self.seconds))
            timeline = Timeline.of(page, sheets) if photos else timeline
        running = [number for number, names in timeline.elements.items() if COUNT in names]
        page = with_gaps(page, self.painted.boxes, running, engine)
        timeline = playing(timeline, page, self.painted.boxes)
        return Scene(Stage(page, self.painted.boxes, timeline, sheets), engine)

    def transition(self, usual: str) -> str:
        """Return how it comes in; raises LayoutError for a transition that there is not."""
        name = self.wishes.get("data-transition") or usual
        if name not in (*transitions.NAMES, STING):
            hint = did_you_mean(name, (*transitions.NAMES, STING))
            raise LayoutError(f"there is no transition '{name}'", Place("layout.html"), hint)
        return name


def _is_read(box: Box, painted: Painted) -> bool:
    """Tell whether a text belongs to what the scene says, not to what frames every one."""
    number: int | None = box.element
    while number is not None:
        around = painted.by_number.get(number)
        if around is None:
            return True
        if {"masthead", "colophon", "slide-top", "slide-foot"} & set(around.attributes.get("class", "").split()):
            return False
        number = around.parent
    return True


def words_of(painted: Painted | None) -> frozenset[str]:
    """Return the texts that stand on a page."""
    return frozenset(run.text for box in painted.texts for run in box.runs) if painted else frozenset()
