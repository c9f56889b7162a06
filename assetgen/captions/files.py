"""Read and write caption files: SubRip and WebVTT go in, cues come out, and back.

A library for this was tried: pysubs2 takes a last line that is only a number for the number of the next cue and drops
it, also in WebVTT, and skips times that it cannot read. Lost figures are what we exist to prevent.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from assetgen.captions.cue import Cue
from assetgen.errors import CaptionError, DataError, Place, Problem
from assetgen.paths import read_bytes

MAX_BYTES = 2_000_000
MAX_CUES = 5_000
_TIME = r"(?:(\d{1,3}):)?([0-5]?\d):([0-5]?\d)[,.](\d{1,3})"
_TIMES = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<\d[\d:.]*>|\{\\[^{}]*\}")
_ASIDE = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")
SAVE_HINT = "save the captions as UTF-8"

_Block = tuple[int, list[str]]


def read_cues(source: Path | str | bytes, language: str = "id", place: Place = Place()) -> tuple[Cue, ...]:
    """Read a SubRip or WebVTT file, or the bytes of one; tags and settings are left out, lines kept as they are.

    Raises CaptionError with every problem and its line: no UTF-8, a time that cannot be read, cues that overlap, end
    before they start or hold no text. What is merely hard to read is told by `remarks`.
    """
    data, place = _bytes_of(source, place)
    lines = _text_of(data, place).splitlines()
    is_vtt = bool(lines) and lines[0].startswith("WEBVTT")
    problems: list[Problem] = []
    found: list[tuple[int, Cue]] = []
    for block in _blocks(lines):
        read = _read_block(block, is_vtt, language)
        if isinstance(read, Cue):
            found.append((block[0], read))
        elif read:
            problems.append(Problem(read[1], Place(place.file, read[0])))
    problems += _order_problems(found, place)
    if not found and not problems:
        problems.append(Problem("the file holds no caption", place, "a caption has a line such as 00:00:01,000 --> …"))
    if len(found) > MAX_CUES:
        problems.append(Problem(f"the file holds {len(found):,} captions, at most {MAX_CUES:,} are read", place))
    if problems:
        raise CaptionError(problems)
    return tuple(cue for _, cue in found)


def srt(cues: Sequence[Cue]) -> str:
    """Write cues as SubRip: to be saved as UTF-8 without a byte order mark; lines end in LF."""
    blocks = (
        f"{number}\n{_stamp(cue.start, ',')} --> {_stamp(cue.end, ',')}\n" + "\n".join(map(_safe, cue.lines)) + "\n"
        for number, cue in enumerate(cues, 1)
    )
    return "\n".join(blocks)


def vtt(cues: Sequence[Cue]) -> str:
    """Write cues as WebVTT: to be saved as UTF-8 without a byte order mark; lines end in LF."""
    blocks = (
        f"\n{_stamp(cue.start, '.')} --> {_stamp(cue.end, '.')}\n"
        + "\n".join(html.escape(_safe(line), quote=False) for line in cue.lines)
        + "\n"
        for cue in cues
    )
    return "WEBVTT\n" + "".join(blocks)


def _bytes_of(source: Path | str | bytes, place: Place) -> tuple[bytes, Place]:
    if isinstance(source, bytes):
        return source, place
    path = Path(source)
    place = place if place.file else Place(str(path))
    try:
        return read_bytes(path, MAX_BYTES, place), place
    except DataError as error:
        raise CaptionError(error.problems) from error


def _text_of(data: bytes, place: Place) -> str:
    if len(data) > MAX_BYTES:
        raise CaptionError(f"the captions are too large: {len(data):,} bytes, at most {MAX_BYTES:,} are read", place)
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CaptionError("the captions are not UTF-8", Place(place.file, line), SAVE_HINT) from error
    if "\x00" in text:
        raise CaptionError("the captions hold NUL characters: they are no text", place, SAVE_HINT)
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", " ").replace("\x0c", " ")


def _blocks(lines: Iterable[str]) -> Iterator[_Block]:
    """Yield what stands between empty lines, with the number of its first line."""
    block: list[str] = []
    number = 0
    for number, line in enumerate(lines, 1):
        if line.strip():
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []
    if block:
        yield number + 1 - len(block), block


def _read_block(block: _Block, is_vtt: bool, language: str) -> Cue | tuple[int, str] | None:
    """Return a cue, or a line and what is wrong with it, or nothing for notes and styles."""
    first, lines = block
    at = next((place for place, line in enumerate(lines[:2]) if "-->" in line), None)
    if at is None:
        aside = is_vtt and (first == 1 or _ASIDE.match(lines[0]))
        return None if aside else (first, f"text without a time: '{lines[0].strip()[:60]}'")
    times = _TIMES.fullmatch(lines[at])
    if not times:
        return first + at, f"a time cannot be read: '{lines[at].strip()[:60]}'"
    start, end = _seconds(times.groups()[:4]), _seconds(times.groups()[4:])
    if end <= start:
        return first + at, f"the caption ends at {end:g} s, not after it starts at {start:g} s"
    texts = [" ".join(_plain(line, is_vtt).split()) for line in lines[at + 1 :]]
    kept = tuple(text for text in texts if text)
    return Cue(start, end, kept, language) if kept else (first + at, "the caption holds no text")


def _seconds(parts: Sequence[str | None]) -> float:
    hours, minutes, seconds, thousandths = (part or "0" for part in parts)
    whole = (int(hours) * 60 + int(minutes)) * 60 + int(seconds)
    return (whole * 1000 + int(thousandths.ljust(3, "0"))) / 1000


def _plain(line: str, is_vtt: bool) -> str:
    text = _TAG.sub("", line)
    return html.unescape(text) if is_vtt else text


def _order_problems(found: Sequence[tuple[int, Cue]], place: Place) -> Iterator[Problem]:
    for (_, first), (line, second) in pairwise(found):
        if second.start < first.end:
            message = f"the caption begins at {second.start:g} s, before the one above it ends at {first.end:g} s"
            yield Problem(message, Place(place.file, line), "one caption stands at a time")


def _stamp(seconds: float, mark: str) -> str:
    whole = round(seconds * 1000)
    minutes, rest = divmod(whole, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}{mark}{rest % 1000:03d}"


def _safe(line: str) -> str:
    """Return a line in which nothing can be taken for a time."""
    return line.replace("-->", "→")
