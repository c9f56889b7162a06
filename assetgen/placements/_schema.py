"""Describe what a file of placements may hold; a mistake in it is named with its line. Only checks import this."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Ratio = Annotated[str, StringConstraints(pattern=r"^\d+(\.\d+)?:\d+(\.\d+)?$")]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Count = Annotated[int, Field(ge=1)]
Pair = tuple[Count, Count]
Edges = tuple[int, int, int, int]
Format = Literal[
    "jpeg",
    "png",
    "webp",
    "gif",
    "bmp",
    "tiff",
    "avif",
    "heif",
    "pdf",
    "ppt",
    "pptx",
    "doc",
    "docx",
    "mp4",
    "mov",
    "webm",
    "3gp",
]
Seconds = Annotated[float, Field(ge=0)]
Codec = Literal["h264", "hevc", "vp8", "vp9", "av1", "prores", "gif", "webp"]
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


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(_Strict):
    """Where figures come from: an address (empty for measurements), a code of evidence and the day it was read."""

    url: Annotated[str, StringConstraints(pattern=r"^(https://\S+)?$")]
    evidence: Literal["A", "B", "C", "M", "U"]
    read: Annotated[str, StringConstraints(pattern=r"^(\d{4}-\d{2}(-\d{2})?)?$")]


class Zone(_Strict):
    """A named rectangle on the canvas of `size`, or of the first size."""

    name: Text
    rectangle: Edges
    size: Pair | None = None


class TextLimits(_Strict):
    """How much text goes beside the file."""

    caption: Count | None = None
    caption_visible: Count | None = None
    title: Count | None = None
    hashtags: Count | None = None
    mentions: Count | None = None
    alt_text: Count | None = None
    alt_text_required: bool = False
    unit: Literal["characters", "weighted", "utf-16", "graphemes", "emoji-bytes", "urls-23", "bytes"] = "characters"


class VideoLimits(_Strict):
    """How a video is made for a slot and what the platform takes; see `model.VideoLimits` for the units."""

    codec: Codec = "h264"
    codecs: tuple[Codec, ...] = ()
    profile: Literal["baseline", "main", "high", "4444", ""] = "high"
    level: Annotated[float, Field(ge=1, le=6.2)] = 4.2
    pixel_format: Literal["yuv420p", "yuva420p", "yuva444p10le", "pal8"] = "yuv420p"
    frames_per_second: Annotated[int, Field(ge=1, le=120)] = 30
    frames_per_second_min: Annotated[float, Field(gt=0)] | None = None
    frames_per_second_max: Annotated[float, Field(gt=0)] | None = None
    bitrate: Count = 8000
    bitrate_min: Count | None = None
    bitrate_max: Count | None = None
    keyframe_seconds: Annotated[float, Field(gt=0, le=2)] = 2
    b_frames: Annotated[int, Field(ge=0, le=16)] = 2
    duration_min: Seconds = 0
    duration_max: Seconds | None = None
    duration_advised: tuple[Seconds, Seconds] = (5, 60)
    min_bytes: Count | None = None
    frames_max: Count | None = None
    total_pixels_max: Count | None = None
    audio_codec: Literal["aac", "opus", ""] = "aac"
    audio_rate: Literal[44_100, 48_000] = 48_000
    audio_channels: Literal[1, 2] = 2
    audio_bitrate: Count = 128
    loudness: Annotated[float, Field(le=0)] = -14
    true_peak: Annotated[float, Field(le=0)] = -1.5
    captions: tuple[Name, ...] = ()
    refuses: tuple[Refusal, ...] = ()

    @model_validator(mode="after")
    def _agree(self) -> Self:
        """Hold what is made within what is taken."""
        for name, got, low, high in (
            ("frames_per_second", self.frames_per_second, self.frames_per_second_min, self.frames_per_second_max),
            ("bitrate", self.bitrate, self.bitrate_min, self.bitrate_max),
            ("duration_advised", self.duration_advised[0], self.duration_min, self.duration_advised[1]),
            ("duration_advised", self.duration_advised[1], self.duration_min, self.duration_max),
        ):
            if (low is not None and got < low) or (high is not None and got > high):
                raise ValueError(f"{name} is {got}, outside of {low} to {high}")
        return self


class Slot(_Strict):
    """One placement."""

    reference: Text
    title: Text
    kind: Literal["image", "document", "video"]
    sizes: Annotated[tuple[Pair, ...], Field(min_length=1)]
    ratio: tuple[Ratio, Ratio] | None = None
    formats: Annotated[tuple[Format, ...], Field(min_length=1)]
    max_bytes: Count | None = None
    count: Pair = (1, 1)
    min_width: Count | None = None
    max_width: Count | None = None
    min_height: Count | None = None
    max_height: Count | None = None
    max_pixels: Count | None = None
    transparent: bool = False
    grid: bool = False
    publish: Annotated[tuple[Literal["api", "app", "web", "stream"], ...], Field(min_length=1)]
    safe: Edges | None = None
    safe_basis: Text | None = None
    crops: tuple[Zone, ...] = ()
    covered: tuple[Zone, ...] = ()
    advice: str = ""
    notes: tuple[Text, ...] = ()
    text: TextLimits = TextLimits()
    sources: dict[Name, Text] = {}
    verified_on: date | None = None
    video: VideoLimits | None = None

    @model_validator(mode="after")
    def _agree(self) -> Self:
        """Hold rectangles inside their canvas and ranges the right way round."""
        if self.count[0] > self.count[1]:
            raise ValueError(f"count goes from {self.count[0]} down to {self.count[1]}")
        if (self.safe is None) != (self.safe_basis is None):
            raise ValueError("safe and safe_basis go together: a rectangle needs its reason")
        if (self.video is None) == (self.kind == "video"):
            raise ValueError("kind is 'video' exactly where there is a table of video limits")
        areas = [("safe", self.safe, self.sizes[0])] if self.safe else []
        areas += [(zone.name, zone.rectangle, zone.size or self.sizes[0]) for zone in (*self.crops, *self.covered)]
        for name, (left, top, right, bottom), (width, height) in areas:
            if not (0 <= left < right <= width and 0 <= top < bottom <= height):
                raise ValueError(f"the rectangle of '{name}' leaves its canvas of {width}×{height}")
        return self


class Platform(_Strict):
    """One file: the platform, its slots, and the sources that they name."""

    platform: Text
    verified_on: date
    slots: Annotated[dict[Name, Slot], Field(min_length=1)]
    sources: dict[Name, Source]

    @model_validator(mode="after")
    def _sources_known(self) -> Self:
        for name, slot in self.slots.items():
            if unknown := sorted(set(slot.sources) - set(self.sources)):
                raise ValueError(f"slot '{name}' names sources that are not listed: {', '.join(unknown)}")
        return self
