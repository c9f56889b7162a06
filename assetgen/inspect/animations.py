"""Judge animated GIF and WebP files for placements of short loops: a file goes in, findings come out."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from assetgen import pictures
from assetgen.inspect.media import error, judge_bytes, judge_ratio, judge_sides, warning
from assetgen.inspect.pictures import MediaFacts
from assetgen.model import Finding, Placement, Size
from assetgen.paths import MAX_FILE_BYTES, read_bytes

MOST_FRAMES = 5_000
MOST_PIXELS = 2_000_000_000


def judge_animation(source: Path | str | bytes, facts: MediaFacts, placement: Placement) -> Iterator[Finding]:
    """Yield what keeps an animation from being fit for a placement."""
    yield from judge_bytes(facts.bytes, placement)
    if facts.bytes > min(MAX_FILE_BYTES, placement.max_bytes or MAX_FILE_BYTES):
        return
    try:
        size, times, endless = _read(source if isinstance(source, bytes) else read_bytes(Path(source)))
    except Exception as problem:  # decoders raise what they like on damaged bytes
        yield error("damaged", f"the file cannot be read: {problem}", "save it again, or take the original")
        return
    yield from judge_sides(size, placement, "animation")
    yield from judge_ratio(size, placement, "animation")
    yield from _frames(size, times, placement)
    if not endless and len(times) > 1:
        yield warning("loop", "the animation stops after some rounds", "let it run without end")


def _read(data: bytes) -> tuple[Size, tuple[float, ...], bool]:
    """Return size, how long each frame stands (seconds), and whether it runs without end."""
    from PIL import Image

    with Image.open(io.BytesIO(data), formats=["GIF", "WEBP"]) as image:
        if image.width * image.height > pictures.MAX_PIXELS:
            raise ValueError(f"has {image.width * image.height:,} pixels a frame")
        times: list[float] = []
        # Asking for the count of frames first would read them all, however many there are.
        for frame in range(min(MOST_FRAMES, MOST_PIXELS // (image.width * image.height))):
            try:
                image.seek(frame)
            except EOFError:
                break
            image.load()
            times.append(float(image.info.get("duration", 0)) / 1000)
        return Size(*image.size), tuple(times), image.info.get("loop", 1) == 0


def _frames(size: Size, times: tuple[float, ...], placement: Placement) -> Iterator[Finding]:
    limits = placement.video
    assert limits is not None
    if len(times) < 2:
        yield error("animated", f"the picture stands still; {placement.name} is for moving ones", "give it more frames")
        return
    if limits.frames_max is not None and len(times) > limits.frames_max:
        message = f"the animation has {len(times)} frames; {placement.name} takes {limits.frames_max}"
        yield error("frames", message, "make it shorter, or leave out every other frame")
    total = len(times) * size.width * size.height
    if limits.total_pixels_max is not None and total > limits.total_pixels_max:
        message = f"all frames have {total:,} pixels; {placement.name} takes {limits.total_pixels_max:,}"
        yield error("pixels", message, "make it smaller or shorter")
    if any(0 <= time < 0.02 for time in times):
        yield warning(
            "frame-rate", "a frame stands for less than 0.02 s; players slow it to 0.1 s", "use 0.02 s or more"
        )
    low, high = limits.duration_advised
    if not low <= (seconds := sum(times)) <= high:
        message = f"the animation runs {seconds:.1f} s; {placement.name} is best at {low:g} to {high:g} s"
        yield warning("duration", message, "longer loops are better as videos")
