"""Hold placements: slots on platforms, their limits, and the shapes of canvases."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from assetgen.model.geometry import Rectangle, Size


@dataclass(frozen=True, slots=True)
class Zone:
    """A named part of a canvas, such as the centre crop of a profile grid."""

    name: str
    rectangle: Rectangle


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure comes from, and when it was read."""

    url: str
    evidence: str
    read: str
    supports: str


@dataclass(frozen=True, slots=True)
class TextLimits:
    """How much text a placement takes beside the file; None where the platform states no limit.

    `unit` says how the caption is counted: characters; X's weighted characters; UTF-16 code units; graphemes;
    characters with emoji as UTF-8 bytes; characters with every URL as 23; UTF-8 bytes.
    """

    caption: int | None = None
    caption_visible: int | None = None
    title: int | None = None
    hashtags: int | None = None
    mentions: int | None = None
    alt_text: int | None = None
    alt_text_required: bool = False
    unit: Literal["characters", "weighted", "utf-16", "graphemes", "emoji-bytes", "urls-23", "bytes"] = "characters"


Codec = Literal["h264", "hevc", "vp8", "vp9", "av1", "prores", "gif", "webp"]

# What a platform itself refuses, or asks not to be given. Other traits only make a video suffer.
Refusal = Literal[
    "moov-last",
    "edit-list",
    "open-gop",
    "interlaced",
    "variable-frame-rate",
    "chroma",
    "pixel-aspect",
    "profile",
    "b-frames",
    "keyframes",
    "audio-codec",
    "audio-channels",
    "audio-rate",
    "bitrate-low",
]


@dataclass(frozen=True, slots=True)
class VideoLimits:
    """What a video of a placement is made like, and what the platform takes. Defaults are the file that most take.

    Bitrates are kilobits a second, rates of frames and samples a second, durations and distances of key frames seconds,
    `loudness` LUFS, `true_peak` dBTP. None: the platform states no such limit. `codec`, `profile`, `level`,
    `pixel_format`, `frames_per_second` and `bitrate` are what is made; `codecs` what is taken besides;
    `duration_advised` the lengths that do well. `audio_codec` is empty where there is no sound. `b_frames` is the most
    in a row. `frames_max` and `total_pixels_max` bound an animation as a whole. `captions` are the caption files taken;
    `refuses` the traits that are errors there.
    """

    codec: Codec = "h264"
    codecs: tuple[Codec, ...] = ()
    profile: str = "high"
    level: float = 4.2
    pixel_format: str = "yuv420p"
    frames_per_second: int = 30
    frames_per_second_min: float | None = None
    frames_per_second_max: float | None = None
    bitrate: int = 8000
    bitrate_min: int | None = None
    bitrate_max: int | None = None
    keyframe_seconds: float = 2.0
    b_frames: int = 2
    duration_min: float = 0.0
    duration_max: float | None = None
    duration_advised: tuple[float, float] = (5.0, 60.0)
    min_bytes: int | None = None
    frames_max: int | None = None
    total_pixels_max: int | None = None
    audio_codec: Literal["aac", "opus", ""] = "aac"
    audio_rate: int = 48_000
    audio_channels: int = 2
    audio_bitrate: int = 128
    loudness: float = -14.0
    true_peak: float = -1.5
    captions: tuple[str, ...] = ()
    refuses: tuple[Refusal, ...] = ()

    @property
    def container(self) -> str:
        """Return the container that the codec is made in."""
        return {"vp8": "webm", "vp9": "webm", "prores": "mov", "gif": "gif", "webp": "webp"}.get(self.codec, "mp4")


@dataclass(frozen=True, slots=True)
class Placement:
    """A slot on a platform and everything that a file must keep to be taken there. Bytes are decimal.

    `safe` is where essential content must stay (None: the whole canvas); `crops` are the parts that other views of the
    platform keep, `covered` the parts that its own badges lie on. `formats` starts with the preferred one. `publish`
    tells the ways in (`api`, `app`, `web`, `stream`); `reference` is the key of the research behind the figures.
    `video` is set where `kind` is `video`, and nowhere else. `grid` says that several pictures stand beside and below
    one another, where others are swiped.
    """

    name: str
    title: str
    kind: Literal["image", "video", "document"]
    size: Size
    sizes: tuple[Size, ...] = ()
    ratio_min: float | None = None
    ratio_max: float | None = None
    formats: tuple[str, ...] = ("jpeg",)
    max_bytes: int | None = None
    count_min: int = 1
    count_max: int = 1
    min_width: int | None = None
    max_width: int | None = None
    max_pixels: int | None = None
    transparent: bool = False
    grid: bool = False
    safe: Rectangle | None = None
    crops: tuple[Zone, ...] = ()
    text: TextLimits = field(default_factory=TextLimits)
    advice: str = ""
    notes: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    verified_on: str = ""
    min_height: int | None = None
    max_height: int | None = None
    covered: tuple[Zone, ...] = ()
    safe_basis: str = ""
    publish: tuple[str, ...] = ()
    reference: str = ""
    video: VideoLimits | None = None

    @property
    def platform(self) -> str:
        """Return the part of the name before the slash."""
        return self.name.partition("/")[0]

    @property
    def slot(self) -> str:
        """Return the part of the name behind the slash."""
        return self.name.partition("/")[2]

    @property
    def carousel(self) -> bool:
        """Tell whether it is made for several pages: it takes no single one, or it is a document."""
        return self.count_min > 1 or self.kind == "document"

    @property
    def pages_max(self) -> int:
        """Return the most pages of one asset: of a video, its scenes."""
        return MOST_SCENES if self.moving else self.count_max

    @property
    def moving(self) -> bool:
        """Tell whether it takes a video: the pages are its scenes."""
        return self.kind == "video"

    @property
    def shape(self) -> str:
        """Return the name of the canvas shape: the word that layouts use in `shapes` and as a CSS class."""
        return shape_of(self.size)


# A video of more scenes is watched by nobody to its end.
MOST_SCENES = 12

# Upper bounds of width / height, in order; between them lie 9:16, 2:3 and 3:4 and 4:5, 1:1, 16:9, 1.91:1 and 2:1.
SHAPES: tuple[tuple[float, str], ...] = (
    (0.45, "column"),
    (0.62, "story"),
    (0.90, "portrait"),
    (1.20, "square"),
    (1.85, "wide"),
    (2.10, "landscape"),
    (float("inf"), "banner"),
)


def shape_of(size: Size) -> str:
    """Return the name of a canvas shape by its ratio of width to height."""
    return next(name for bound, name in SHAPES if size.ratio <= bound)


# Every canvas is laid out this many CSS pixels wide, whatever its shape: a phone shows them all about equally wide
# (390 of its own pixels), so one type scale and one set of floors serves every placement.
CANVAS_WIDTH = 1080
