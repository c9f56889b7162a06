"""Put a film into an MP4 as HEVC with its sound: `hvc1`, closed groups, `moov` first, no edit list, BT.709 told."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from heapq import merge
from typing import Any

from assetgen.video.container import FLAGS, aside
from assetgen.video.moving import BIT_EXACT, Moving, tagged


def hevc_file(moving: Moving, factor: int) -> bytes:
    """Return the file at a rate factor of x265, smaller is better."""
    import av

    # To put `moov` first, the file is written once more: that wants a file that can be opened twice.
    with aside("video.mp4") as path:
        with av.open(str(path), "w", format="mp4", options=FLAGS) as container:
            container.flags |= BIT_EXACT
            track = _track(container, moving, factor)
            beside = moving.sound.add_to(container) if moving.sound else None
            heard: Iterator[Any] = moving.sound.muxed(beside) if moving.sound and beside else iter(())
            pictures = _packets(track, moving)
            for packet in merge(pictures, heard, key=lambda one: (one.dts * one.time_base, one.stream.index)):
                container.mux(packet)
        return path.read_bytes()


def _track(container: Any, moving: Moving, factor: int) -> Any:
    limits, rate = moving.limits, moving.frames_per_second
    keys = max(1, int(min(limits.keyframe_seconds, 2.0) * rate))
    most = limits.bitrate_max or 3 * limits.bitrate
    # One picture at a time: how many threads there are may not decide what is written.
    told = f"keyint={keys}:min-keyint={keys}:scenecut=0:bframes=0:open-gop=0:frame-threads=1:info=0:log-level=error"
    told += f":vbv-maxrate={most}:vbv-bufsize={most}:sar=1"
    told += ":colorprim=bt709:transfer=bt709:colormatrix=bt709:range=limited"
    options = {"preset": "fast", "crf": str(factor), "profile": "main", "x265-params": told}
    track = container.add_stream("libx265", rate=rate, options=options)
    track.width, track.height, track.pix_fmt = moving.size.width, moving.size.height, "yuv420p"
    track.time_base = Fraction(1, rate)
    track.codec_context.codec_tag = "hvc1"
    track.codec_context.max_b_frames = 0
    tagged(track)
    return track


def _packets(track: Any, moving: Moving) -> Iterator[Any]:
    for frame in moving.frames("yuv420p"):
        yield from track.encode(frame)
    yield from track.encode(None)
