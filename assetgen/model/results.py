"""Hold what comes out: findings, facts and finished files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from assetgen.model.data import Repair
from assetgen.model.geometry import Rectangle, Size


class Severity(StrEnum):
    """How bad a finding is: an error keeps a file from being called ready, a warning wants a look, info is told."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule says: its id, how bad it is, where (page from 1, rectangle on the canvas) and what to do."""

    rule: str
    severity: Severity
    message: str
    hint: str = ""
    page: int | None = None
    rectangle: Rectangle | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A number or date shown on an asset, with the cell that it came from, or the formula over cells.

    `page` is None for what only the alternative text or the caption says, as `where` tells. `repairs` are the cells
    among its own that reading put right, at most `MOST_REPAIRS` of them, `repaired` how many there are; `marks` what
    must be said of it, such as "provisional".
    """

    text: str
    value: str
    kind: str
    cell: str
    page: int | None
    unit: str = ""
    where: Literal["page", "alt", "caption"] = "page"
    repairs: tuple[Repair, ...] = ()
    repaired: int = 0
    marks: tuple[str, ...] = ()


MOST_REPAIRS = 8


@dataclass(frozen=True, slots=True)
class File:
    """One finished file in memory: its name inside the package, its bytes and what they hold.

    `role` tells what it is for: the post itself, the cover picture of a video, or captions to be uploaded beside it. Of
    a video, `scenes` are the seconds at which its scenes begin.
    """

    name: str
    format: str
    media_type: str
    data: bytes
    size: Size
    pages: int = 1
    note: str = ""
    role: Literal["post", "cover", "captions"] = "post"
    scenes: tuple[float, ...] = ()
    frames_per_second: int | None = None


def errors_in(findings: tuple[Finding, ...]) -> Iterator[Finding]:
    """Yield the findings that keep an asset from being called ready."""
    return (finding for finding in findings if finding.severity == Severity.ERROR)
