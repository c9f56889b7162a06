"""Turn the frames of an asset into finished files in memory, within the bytes that its placement takes.

A lossy format gets the highest quality up to 95 that keeps the limit: platforms compress again, so what they are given
should be clean. Nearly always the first encode is the last; only above the limit is a lower quality searched for, down
to 70, below which letters fray.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import ModuleType
from typing import Any

from assetgen import parts
from assetgen.errors import EncodeError, did_you_mean
from assetgen.model import File, Frame, Placement, Size

BEST_QUALITY = 95
LOWEST_QUALITY = 70


def encode(
    frames: Sequence[Frame],
    placement: Placement,
    format: str | None = None,
    vectors: Callable[[], Sequence[str]] | None = None,
    options: Mapping[str, Any] | None = None,
) -> tuple[File, ...]:
    """Return the files of an asset: `01.jpg`, `02.jpg` … or one file where the format holds many pages.

    `format` overrides the preferred one of the placement; `vectors` gives one SVG markup a page, asked for only by
    vector formats; `options` are those of the format, and `quality` to pin it. Raises EncodeError with the figures when
    a file cannot keep the limit, the format cannot hold the pages, or an option is unknown.
    """
    if not frames:
        raise EncodeError(f"{placement.name} needs at least one page, got none")
    problem: EncodeError | None = None
    for name in _candidates(placement, format):
        try:
            return _files(parts.load("formats", name), name, frames, placement, vectors, dict(options or {}))
        except _TooLargeError as error:
            problem = problem or error
    assert problem is not None
    raise EncodeError(problem.problems)


class _TooLargeError(EncodeError):
    """The smallest file that still looks right is larger than the placement takes."""


def _candidates(placement: Placement, format: str | None) -> tuple[str, ...]:
    """Return the formats to try: the chosen one, or the preferred one and after a lossless one the first lossy one."""
    made = parts.names("formats")
    if format is not None:
        if format not in made:
            raise EncodeError(f"there is no format '{format}'", hint=did_you_mean(format, made))
        return (format,)
    known = [name for name in placement.formats if name in made]
    if not known:
        taken = ", ".join(placement.formats)
        raise EncodeError(f"{placement.name} takes {taken}, which cannot be made", hint=f"made: {', '.join(made)}")
    if placement.transparent or parts.load("formats", known[0]).LOSSY:
        return (known[0],)
    return (known[0], *[name for name in known[1:] if parts.load("formats", name).LOSSY][:1])


def _files(
    module: ModuleType,
    name: str,
    frames: Sequence[Frame],
    placement: Placement,
    vectors: Callable[[], Sequence[str]] | None,
    options: dict[str, Any],
) -> tuple[File, ...]:
    quality = options.pop("quality", None)
    for option in options:
        if option not in module.OPTIONS:
            hint = did_you_mean(option, [*module.OPTIONS, *(["quality"] if module.LOSSY else [])])
            raise EncodeError(f"{name} has no option '{option}'", hint=hint)
    if module.VECTOR:
        return tuple(
            _file(module, name, number, frame.size, _within(module.encode_vector([markup]), placement, number, ""))
            for number, (frame, markup) in enumerate(zip(frames, _markup(vectors, frames), strict=True), 1)
        )
    groups = [frames] if module.MANY_PAGES else [[frame] for frame in frames]
    found = []
    for number, group in enumerate(groups, 1):
        data, note = _encoded(module, group, placement, number, {"quality": quality, **options})
        found.append(_file(module, name, number, group[0].size, data, len(group), note))
    return tuple(found)


def _file(module: ModuleType, name: str, number: int, size: Size, data: bytes, pages: int = 1, note: str = "") -> File:
    return File(f"{number:02d}{module.SUFFIX}", name, module.MEDIA_TYPE, data, size, pages, note)


def _markup(vectors: Callable[[], Sequence[str]] | None, frames: Sequence[Frame]) -> Sequence[str]:
    markup = vectors() if vectors else ()
    if len(markup) != len(frames):
        raise EncodeError(
            f"svg needs vectors for {len(frames)} pages, got {len(markup)}",
            hint="the engine gives none for this layout; choose png",
        )
    return markup


def _encoded(
    module: ModuleType, frames: Sequence[Frame], placement: Placement, number: int, options: dict[str, Any]
) -> tuple[bytes, str]:
    """Return the bytes of one file and what to know about them."""
    if not module.LOSSY or options["quality"] is not None:
        data = module.encode(frames, **options)
        return _within(data, placement, number, f" at quality {options['quality']}" if module.LOSSY else ""), ""
    options["quality"] = BEST_QUALITY
    data = module.encode(frames, **options)
    if placement.max_bytes is None or len(data) <= placement.max_bytes:
        return data, ""
    return _searched(module, frames, placement, number, options)


def _searched(
    module: ModuleType, frames: Sequence[Frame], placement: Placement, number: int, options: dict[str, Any]
) -> tuple[bytes, str]:
    """Return the file of the highest quality within the limit, by halving the range: at most six encodes."""
    limit = placement.max_bytes or 0
    options = {**options, **({"compact": True} if "compact" in module.OPTIONS else {})}
    best: tuple[bytes, int] | None = None
    smallest = 0
    low, high = LOWEST_QUALITY, BEST_QUALITY
    while low <= high:
        # The floor is asked first: a picture that fails there needs no search.
        middle = low if best is None else (low + high + 1) // 2
        data = module.encode(frames, **{**options, "quality": middle})
        if len(data) <= limit:
            best, low = (data, middle), middle + 1
        elif best is None:
            smallest = len(data)
            break
        else:
            high = middle - 1
    if best is None:
        raise _too_large(smallest, placement, number, f" at quality {LOWEST_QUALITY}, the lowest that is used")
    return best[0], f"quality {best[1]} to stay within {limit:,} bytes" if best[1] < BEST_QUALITY else ""


def _within(data: bytes, placement: Placement, number: int, how: str) -> bytes:
    if placement.max_bytes is not None and len(data) > placement.max_bytes:
        raise _too_large(len(data), placement, number, how)
    return data


def _too_large(size: int, placement: Placement, number: int, how: str) -> _TooLargeError:
    return _TooLargeError(
        f"file {number} needs {size:,} bytes{how}; {placement.name} takes {placement.max_bytes:,}",
        hint="use a smaller size of the placement, fewer pages, or calmer photographs",
    )
