"""Read the CSS animations of a page and tell what they say at any time: declarations by element.

After CSS Animations Level 1 (W3C): delays, durations, easing by keyframe, iterations, directions, fill modes. The state
at a time is written into the page's own styles, so that every engine that can paint the page can paint it moving.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser

from assetgen.errors import LayoutError, Place
from assetgen.model import Page
from assetgen.motion.cascade import INITIAL, Cascade, KeyframeRule
from assetgen.motion.counting import CHANGES, COUNT
from assetgen.motion.easing import easing
from assetgen.motion.values import between

State = dict[int, dict[str, str]]

_LONGHANDS = {
    "animation-duration": "0s",
    "animation-timing-function": "ease",
    "animation-delay": "0s",
    "animation-iteration-count": "1",
    "animation-direction": "normal",
    "animation-fill-mode": "none",
}
_EASINGS = re.compile(r"(?:cubic-bezier|steps)\([^()]*\)|\b(?:linear|ease(?:-in)?(?:-out)?|step-(?:start|end))\b")
_DIRECTIONS = ("normal", "reverse", "alternate", "alternate-reverse")
_FILLS = ("none", "forwards", "backwards", "both")
_TIME = re.compile(r"^[-+]?(?:\d+\.?\d*|\.\d+)m?s$")
_COUNT = re.compile(r"^(?:infinite|\d+\.?\d*|\.\d+)$")
# No scene stands longer, in seconds: what takes longer was meant otherwise.
LONGEST = 60.0


@dataclass(frozen=True, slots=True)
class Keyframe:
    """The values at one offset, 0 to 1, and how time runs from there to the next."""

    offset: float
    values: Mapping[str, str]
    easing: str


@dataclass(frozen=True)
class Animation:
    """One animation of one element; times are in seconds, `iterations` may be infinite."""

    element: int
    name: str
    keyframes: tuple[Keyframe, ...]
    duration: float
    delay: float = 0.0
    iterations: float = 1.0
    direction: str = "normal"
    fill: str = "none"

    @property
    def end(self) -> float:
        """Return when it has ended; infinite for an endless one."""
        return self.delay + self.duration * self.iterations if self.duration else max(self.delay, 0.0)

    @cached_property
    def properties(self) -> frozenset[str]:
        """Return the properties that it changes."""
        return frozenset(name for frame in self.keyframes for name in frame.values)

    def values(self, time: float) -> dict[str, str]:
        """Return the values at a time, empty while it says nothing."""
        local = time - self.delay
        length = self.duration * self.iterations if self.duration else 0.0
        if COUNT in self.properties and 0 < local < length:
            local = math.floor(local * CHANGES + 1e-6) / CHANGES
        if local < 0:
            return self._at(0.0, 0) if self.fill in ("backwards", "both") else {}
        if local >= length:
            if self.fill not in ("forwards", "both"):
                return {}
            whole = math.ceil(self.iterations) - 1 if math.isfinite(self.iterations) else 0
            return self._at(self.iterations - whole if self.iterations else 0.0, max(whole, 0))
        turn, share = divmod(local / self.duration, 1.0)
        return self._at(share, int(turn))

    def _at(self, share: float, turn: int) -> dict[str, str]:
        backwards = self.direction == "reverse" or (
            self.direction.startswith("alternate") and (turn + (self.direction == "alternate-reverse")) % 2 == 1
        )
        share = 1 - share if backwards else share
        return {name: self._value(name, share) for name in sorted(self.properties)}

    def _value(self, name: str, share: float) -> str:
        frames = [frame for frame in self.keyframes if name in frame.values]
        after = next((number for number, frame in enumerate(frames) if frame.offset > share), len(frames))
        if after == 0:
            return frames[0].values[name]
        if after == len(frames):
            return frames[-1].values[name]
        start, end = frames[after - 1], frames[after]
        eased = easing(start.easing)((share - start.offset) / (end.offset - start.offset))
        return between(name, start.values[name], end.values[name], eased)


@dataclass(frozen=True)
class Timeline:
    """All animations of a page; `natural` is how moving elements stand without them, where they do not stand plain."""

    animations: tuple[Animation, ...]
    natural: Mapping[int, Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, page: Page, sheets: Iterable[str]) -> Timeline:
        """Read the animations that some stylesheets give the elements of a page; raises LayoutError for broken ones."""
        cascade = Cascade(sheets, LexborHTMLParser(page.html))
        found: list[Animation] = []
        for number, given in sorted(cascade.declared(lambda name: name.startswith("animation")).items()):
            for settings in _animations(given):
                if rules := cascade.keyframes(settings["animation-name"]):
                    found.append(_animation(number, settings, rules, cascade))
        moving = dict.fromkeys(one.element for one in found)
        return cls(tuple(found), {number: own for number in moving if (own := cascade.natural(number))})

    @cached_property
    def end(self) -> float:
        """Return when every animation that ends has ended."""
        return max((one.end for one in self.animations if math.isfinite(one.end)), default=0.0)

    @property
    def endless(self) -> bool:
        """Tell whether something never stops moving."""
        return any(math.isinf(one.end) for one in self.animations)

    @cached_property
    def elements(self) -> Mapping[int, frozenset[str]]:
        """Return the properties that change, by element."""
        found: dict[int, frozenset[str]] = {}
        for one in self.animations:
            found[one.element] = found.get(one.element, frozenset()) | one.properties
        return found

    def state(self, time: float) -> State:
        """Return what the animations say at a time in seconds, by element; later animations win."""
        found: State = {number: dict(given) for number, given in self.natural.items()}
        for one in self.animations:
            if values := one.values(time):
                found.setdefault(one.element, {}).update(values)
        return found


def frozen(state: Mapping[int, Mapping[str, str]]) -> object:
    """Return a state as a key: equal for equal states."""
    return tuple((number, tuple(sorted(values.items()))) for number, values in sorted(state.items()))


def state_styles(state: Mapping[int, Mapping[str, str]]) -> str:
    """Return a state as a stylesheet."""
    # The default engine overlooks an important transform: naming the element four times makes a rule strong enough.
    return "".join(
        f'{f"""[data-n="{number}"]""" * 4}{{{";".join(f"{name}:{value}" for name, value in values.items())}}}'
        for number, values in state.items()
    )


def _animations(given: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    """Return the longhands of each animation of an element, from its declarations, weakest first."""
    lists: dict[str, list[str]] = {}
    for name, value in given:
        if name == "animation":
            parsed = [_shorthand(part) for part in _split(value)]
            for longhand in ("animation-name", *_LONGHANDS):
                lists[longhand] = [one.get(longhand, _LONGHANDS.get(longhand, "none")) for one in parsed]
        else:
            lists[name] = _split(value)
    names = lists.get("animation-name", [])
    return [
        {"animation-name": name}
        | {
            key: values[number % len(values)]
            for key, default in _LONGHANDS.items()
            for values in [lists.get(key) or [default]]
        }
        for number, name in enumerate(names)
        if name not in ("none", "")
    ]


def _shorthand(text: str) -> dict[str, str]:
    """Return the longhands that one animation of a shorthand gives."""
    found: dict[str, str] = {}
    if timing := _EASINGS.search(text):
        found["animation-timing-function"] = timing[0]
        text = text[: timing.start()] + " " + text[timing.end() :]
    for word in _words(text):
        if word.startswith("calc(") or _TIME.match(word):
            found["animation-delay" if "animation-duration" in found else "animation-duration"] = word
        elif _COUNT.match(word):
            found["animation-iteration-count"] = word
        elif word in _DIRECTIONS and "animation-direction" not in found:
            found["animation-direction"] = word
        elif word in _FILLS and "animation-fill-mode" not in found:
            found["animation-fill-mode"] = word
        elif word not in ("running", "paused"):
            found["animation-name"] = word
    return found


def _words(text: str) -> list[str]:
    return re.findall(r"[\w-]+\((?:[^()]|\([^()]*\))*\)|[^\s]+", text)


def _split(text: str) -> list[str]:
    return [part.strip() for part in re.findall(r"(?:[^,()]|\((?:[^()]|\([^()]*\))*\))+", text)]


def _animation(
    number: int, settings: Mapping[str, str], rules: tuple[KeyframeRule, ...], cascade: Cascade
) -> Animation:
    timing = settings["animation-timing-function"]
    count = settings["animation-iteration-count"]
    iterations = math.inf if count == "infinite" else float(count) if _COUNT.match(count) else math.nan
    try:
        duration, delay = seconds(settings["animation-duration"]), seconds(settings["animation-delay"])
        if duration < 0 or not iterations >= 0:
            raise ValueError("neither its duration nor its count may be negative")
        if max(duration, 0) + delay > LONGEST:
            raise ValueError(f"it takes {duration + delay:.0f} s; no scene stands longer than {LONGEST:.0f} s")
        frames = _keyframes(number, rules, timing, cascade)
        return Animation(
            number,
            settings["animation-name"],
            frames,
            duration,
            delay,
            iterations,
            settings["animation-direction"],
            settings["animation-fill-mode"],
        )
    except ValueError as error:
        message = f"the animation '{settings['animation-name']}' cannot be read: {error}"
        raise LayoutError(message, Place("layout.css")) from error


def _keyframes(number: int, rules: tuple[KeyframeRule, ...], timing: str, cascade: Cascade) -> tuple[Keyframe, ...]:
    by_offset: dict[float, dict[str, str]] = {}
    timings: dict[float, str] = {}
    for rule in rules:
        for offset in rule.offsets:
            for name, value, _ in rule.declarations:
                value = cascade.resolve(number, value)
                if name == "animation-timing-function":
                    timings[offset] = value
                else:
                    by_offset.setdefault(offset, {})[name] = value
    names = {name for values in by_offset.values() for name in values}
    resting = {**INITIAL, **cascade.natural(number)}
    for edge in (0.0, 1.0):
        missing = {name: resting[name] for name in names if name in resting and name not in by_offset.get(edge, {})}
        by_offset.setdefault(edge, {}).update(missing)
    for one in {timing, *timings.values()}:
        easing(one)  # a broken one is told before anything is painted
    return tuple(Keyframe(offset, values, timings.get(offset, timing)) for offset, values in sorted(by_offset.items()))


def seconds(text: str) -> float:
    """Return the seconds of a CSS time: `80ms`, `.5s`, `calc(2 * 80ms + .2s)`; raises ValueError for anything else."""
    call = re.fullmatch(r"calc\((.*)\)", text.strip(), re.IGNORECASE | re.DOTALL)
    if call is None:
        return _time(text.strip())
    total = 0.0
    inside = call[1].replace("(", " ").replace(")", " ")
    for sign, term in re.findall(r"(^|\s[+-]\s)((?:(?!\s[+-]\s).)+)", inside):
        product, unit = 1.0, False
        for part in term.split("*"):
            part = part.strip().removeprefix("calc").strip()
            unit = unit or part.endswith("s")
            product *= _time(part) if part.endswith("s") else float(part)
        if not unit:
            raise ValueError(f"'{text}' adds a number to times")
        total += -product if "-" in sign else product
    return total


def _time(text: str) -> float:
    if not _TIME.match(text):
        if text in ("0", ""):
            return 0.0
        raise ValueError(f"'{text}' is no time: write 400ms or .4s")
    return float(text[:-2]) / 1000 if text.endswith("ms") else float(text[:-1])
