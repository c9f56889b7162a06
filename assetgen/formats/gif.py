"""Turn a film into an animated GIF that runs without end: one palette for all of it, dithered in a pattern that stands.

A pattern (Bayer's) changes nothing where the picture stands still, so that only what moves is written; scattered errors
would flicker and take three times the bytes. Pictures that hold are one picture with a longer time. Where the bytes are
too many, colours go first, then pictures a second, then size.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from assetgen.errors import EncodeError
from assetgen.model import Frame

if TYPE_CHECKING:
    from assetgen.video.moving import Moving

SUFFIX = ".gif"
MEDIA_TYPE = "image/gif"
MANY_PAGES = True
VECTOR = False
LOSSY = False
MOVING = True
OPTIONS = {"seconds": "how long each picture is shown: 3"}
# Pictures a second, colours, share of the size.
STEPS = (
    (15, 256, 1.0), (15, 128, 1.0), (10, 128, 1.0), (10, 64, 1.0),
    (10, 64, 0.8), (7.5, 64, 0.67), (5, 48, 0.6), (5, 32, 0.5),
)  # fmt: skip
_CLOCK = 100  # GIF counts hundredths of a second


def encode(frames: Sequence[Frame], seconds: float = 3.0) -> bytes:
    """Return a slide show; raises EncodeError for pages of several sizes."""
    from assetgen.video.moving import slides

    if any(not frame.opaque for frame in frames):
        raise EncodeError("the page is transparent and gif cannot be in part", hint="choose webp or webm")
    return film(slides(frames, seconds))


def film(moving: Moving) -> bytes:
    """Return a film as a GIF; raises EncodeError when it cannot keep bytes, pictures or pixels of its placement."""
    from assetgen.video.moving import smallest_loss

    return smallest_loss(moving, STEPS[2:] if moving.draft else STEPS, lambda step: _made(moving, *step), "GIF")


def _made(moving: Moving, rate: float, colours: int, share: float) -> bytes | None:
    """Return the file of one step, or None when it has more pictures or pixels than are taken."""
    import av

    width, height = (max(2, round(side * share)) for side in (moving.size.width, moving.size.height))
    most = moving.limits.frames_max or 10**9
    most = min(most, (moving.limits.total_pixels_max or 10**12) // (width * height))
    if sum(1 for _ in moving.sampled(rate)) > most:
        return None
    graph = _Palette(moving, rate, colours, (width, height))
    stream, count = io.BytesIO(), 0
    end = round(moving.seconds * _CLOCK)
    starts = [round(second * _CLOCK) for _, second in moving.sampled(rate)]
    options = {"loop": "0", "final_delay": str(max(2, end - starts[-1]))}
    with av.open(stream, "w", format="gif", options=options) as container:
        track: Any = container.add_stream("gif", rate=_CLOCK)
        track.width, track.height, track.pix_fmt = width, height, "pal8"
        for count, frame in enumerate(graph.frames()):
            frame.pts, frame.time_base = starts[count], Fraction(1, _CLOCK)
            container.mux(track.encode(frame))
        container.mux(track.encode(None))
    return stream.getvalue()


class _Palette:
    """The pictures of a film in the colours that suit all of them best."""

    def __init__(self, moving: Moving, rate: float, colours: int, size: tuple[int, int]) -> None:
        self._moving, self._rate = moving, rate
        self._scale = f"{size[0]}:{size[1]}:flags=lanczos+accurate_rnd:in_color_matrix=bt709:in_range=tv"
        graph, source, sink = self._graph(("palettegen", f"max_colors={colours}:stats_mode=full"))
        for number, (pixels, _) in enumerate(moving.sampled(rate)):
            source.push(_frame(pixels, number))
        source.push(None)
        self._palette = sink.pull()
        self._kept = graph

    def frames(self) -> Iterator[Any]:
        use = ("paletteuse", "dither=bayer:bayer_scale=3:diff_mode=rectangle")
        # Sources and sinks live as long as their graph does.
        self._kept, source, sink = self._graph(use, self._palette)
        for number, (pixels, _) in enumerate(self._moving.sampled(self._rate)):
            source.push(_frame(pixels, number))
            yield from _pulled(sink)
        source.push(None)
        yield from _pulled(sink)

    def _graph(self, last: tuple[str, str], palette: Any = None) -> tuple[Any, Any, Any]:
        import av

        graph = av.filter.Graph()
        size, base = self._moving.size, Fraction(1, _CLOCK)
        kind = av.VideoFormat("yuv444p", size.width, size.height)
        source = graph.add_buffer(width=size.width, height=size.height, format=kind, time_base=base)
        scale, form = graph.add("scale", self._scale), graph.add("format", "pix_fmts=rgba")
        node, sink = graph.add(*last), graph.add("buffersink")
        source.link_to(scale)
        scale.link_to(form)
        form.link_to(node)
        if palette is not None:
            colours = graph.add_buffer(
                width=palette.width, height=palette.height, format=palette.format, time_base=base
            )
            colours.link_to(node, 0, 1)
        node.link_to(sink)
        graph.configure()
        if palette is not None:
            colours.push(palette)
            colours.push(None)
        return graph, source, sink


def _frame(pixels: Any, number: int) -> Any:
    from assetgen.video.moving import picture

    frame = picture(pixels)
    frame.pts, frame.time_base = number, Fraction(1, _CLOCK)
    return frame


def _pulled(sink: Any) -> Iterator[Any]:
    import av

    while True:
        try:
            yield sink.pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return
