"""Say what went wrong: the problem, its place in the user's own file, and what to do next.

Every error that assetgen raises on purpose is an `AssetgenError` carrying one or more `Problem`s, so that all the
mistakes of a file are told at once. The exit code of the command line sits on the class.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Point into a user's file: a line of text, or a cell of a sheet."""

    file: str = ""
    line: int | None = None
    sheet: str | None = None
    cell: str | None = None

    def __str__(self) -> str:
        """Write the place as editors and spreadsheets do: `file:line`, `file!sheet!cell`."""
        where = self.file
        if self.line is not None:
            where += f":{self.line}"
        for part in (self.sheet, self.cell):
            if part:
                where += f"!{part}"
        return where.lstrip("!:")


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: what is wrong, where, and what to do about it."""

    message: str
    place: Place = Place()
    hint: str = ""

    def __str__(self) -> str:
        """Write one line: place, message, hint."""
        where = str(self.place)
        text = f"{where}: {self.message}" if where else self.message
        return f"{text} ({self.hint})" if self.hint else text


class AssetgenError(Exception):
    """Stop a stage, with every problem that it found."""

    exit_code = 3

    def __init__(self, problems: Problem | str | Iterable[Problem], place: Place = Place(), hint: str = "") -> None:
        if isinstance(problems, str):
            problems = Problem(problems, place, hint)
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type[AssetgenError], tuple[tuple[Problem, ...]]]:
        """Survive a trip between processes with all problems."""
        return type(self), (self.problems,)


class UsageError(AssetgenError):
    """The caller asked for something that does not exist or cannot be."""

    exit_code = 2


class DataError(AssetgenError):
    """A data file cannot be read, or does not hold what was asked of it."""


class BrandError(AssetgenError):
    """A brand kit is not valid."""


class LayoutError(AssetgenError):
    """A layout is not valid, or its template failed."""


class CampaignError(AssetgenError):
    """A campaign file is not valid."""


class FieldError(AssetgenError):
    """A record does not fill the fields of its layout."""


class PlacementError(AssetgenError):
    """A placement does not exist, or cannot take what it is given."""


class PictureError(AssetgenError):
    """A picture is missing, damaged, too large or of an unknown format."""


class SoundError(AssetgenError):
    """A sound is missing, damaged, too long or cannot be mixed or spoken."""


class ClipError(AssetgenError):
    """A moving picture is missing, damaged, too large, or cannot be played as it is wished."""


class CaptionError(AssetgenError):
    """A caption file cannot be read, or its cues cannot be shown."""


class SecurityError(AssetgenError):
    """A file, path or template reaches for something that it must not have."""


class EncodeError(AssetgenError):
    """Pixels cannot be written within the limits of a placement."""


class CancelledError(AssetgenError):
    """The caller asked to stop; nothing was left behind."""


class EngineError(AssetgenError):
    """The rendering engine failed or is not installed."""


def nearest(word: str, allowed: Iterable[str], count: int = 1) -> tuple[str, ...]:
    """Return the allowed words closest to `word`, best first, ignoring case; empty when none is close."""
    by_lower = {name.lower(): name for name in allowed}
    return tuple(by_lower[match] for match in difflib.get_close_matches(word.lower(), by_lower, count, 0.55))


def did_you_mean(word: str, allowed: Iterable[str], limit: int = 12) -> str:
    """Write a hint that names the closest allowed word, or the allowed words when none is close."""
    names = sorted(set(allowed))
    if close := nearest(word, names):
        return f"did you mean '{close[0]}'?"
    if not names:
        return ""
    shown = ", ".join(names[:limit])
    return f"allowed: {shown}" + (f" and {len(names) - limit} more" if len(names) > limit else "")
