"""Turn a film into a QuickTime file of ProRes 4444: transparent where it is, for cutting rooms and vision mixers.

Each picture stands alone and is nearly lossless: about 25 MB a second of 1920×1080, far less where little is drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from assetgen.model import Frame

if TYPE_CHECKING:
    from assetgen.video.moving import Moving

SUFFIX = ".mov"
MEDIA_TYPE = "video/quicktime"
MANY_PAGES = True
VECTOR = False
LOSSY = True
MOVING = True
OPTIONS = {"seconds": "how long each picture is shown: 3"}
# Quantisers of the encoder, best first.
QUALITIES = (6, 10, 16)


def encode(frames: Sequence[Frame], quality: int | None = None, seconds: float = 3.0) -> bytes:
    """Return a slide show; `quality` is 1 to 100. Raises EncodeError for pages of several sizes."""
    from assetgen.video.moving import slides

    return _made(slides(frames, seconds), 6 if quality is None else round(26 - min(max(quality, 1), 100) / 5))


def film(moving: Moving) -> bytes:
    """Return a film as ProRes 4444; raises EncodeError when it cannot keep the bytes of its placement."""
    from assetgen.video.moving import smallest_loss

    return smallest_loss(moving, QUALITIES[-1:] if moving.draft else QUALITIES, lambda q: _made(moving, q), "MOV")


def _made(moving: Moving, quantiser: int) -> bytes:
    import av

    from assetgen.video.container import aside
    from assetgen.video.moving import BIT_EXACT, tagged

    # To put `moov` first, the file is written once more: that wants a file that can be opened twice.
    with aside("video.mov") as path:
        options = {"movflags": "+faststart+write_colr", "use_editlist": "0"}
        with av.open(str(path), "w", format="mov", options=options) as container:
            container.flags |= BIT_EXACT
            track: Any = container.add_stream("prores_ks", rate=moving.frames_per_second, options=_options(quantiser))
            track.width, track.height, track.pix_fmt = moving.size.width, moving.size.height, "yuva444p10le"
            tagged(track)
            track.codec_context.thread_type = "SLICE"
            at = 0
            for frame, count in moving.pictures(track.pix_fmt):
                frame.pts = at
                # Each picture stands alone: one that holds is encoded once and written again and again.
                for packet in track.encode(frame):
                    container.mux([_again(packet, at + more) for more in range(count)])
                at += count
        return path.read_bytes()


def _options(quantiser: int) -> dict[str, str]:
    return {"profile": "4444", "alpha_bits": "16", "vendor": "apl0", "quant_mat": "hq", "qscale": str(quantiser)}


def _again(packet: Any, at: int) -> Any:
    import av

    found: Any = av.Packet(bytes(packet))
    found.stream, found.time_base, found.is_keyframe = packet.stream, packet.time_base, True
    found.pts = found.dts = at
    found.duration = 1
    return found
