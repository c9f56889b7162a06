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
    "jpeg", "png", "webp", "gif", "bmp", "tiff", "avif", "heif", "pdf", "ppt", "pptx", "doc", "docx", "mp4"
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
    unit: Literal["characters", "weighted", "utf-16", "graphemes", "emoji-bytes", "urls-23"] = "characters"


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

    @model_validator(mode="after")
    def _agree(self) -> Self:
        """Hold rectangles inside their canvas and ranges the right way round."""
        if self.count[0] > self.count[1]:
            raise ValueError(f"count goes from {self.count[0]} down to {self.count[1]}")
        if (self.safe is None) != (self.safe_basis is None):
            raise ValueError("safe and safe_basis go together: a rectangle needs its reason")
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
