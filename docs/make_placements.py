"""Write `placements.md` from the files of `assetgen/placements`: run it after a figure has changed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from assetgen import placement
from assetgen.model import Placement, VideoLimits

PAGE = Path(__file__).with_name("placements.md")
HEAD = """# Placements

A placement is a platform and a slot on it: `instagram/feed-portrait`. What each one takes is data, one file a platform
in `assetgen/placements/`; a change of a figure is a change there, with its source. This page is made from those files
by `python docs/make_placements.py`.

- **Size** in pixels; the first is used unless another is asked for. **Ratio** is width to height, where the platform
  limits it. **Format**: the first is made, the others are taken as well. **Bytes** are decimal: the strictest figure
  that was found.
- **Safe area** (left, top – right, bottom) is where essential content stays: outside of it lie the platform's own
  buttons, or a crop. Without one the whole canvas is safe. **Crops** are what other views of the platform keep.
- **Text** is caption, of it visible / title / hashtags / alternative text. X counts weighted characters, TikTok UTF-16
  units, Bluesky graphemes, Threads emoji as bytes, Mastodon every URL as 23.
- Figures were put together on the date beside each platform. Platforms change them monthly; most publish no safe area
  for ordinary posts, so those of their advertisements are used, which are stricter. `assetgen show placement NAME`
  tells the sources of each figure, how far each can be trusted, and what is not verified.
- **Videos** have a table of their own below: codec and profile, frames a second (aimed at, taken), kilobits a second,
  seconds (taken, advised), the longest distance of key frames, B-frames in a row, sound, caption files, and what the
  platform refuses. `assetgen inspect FILE --for NAME` proves a file against them.
"""


def page() -> str:
    """Return the page as Markdown."""
    return HEAD + "".join(
        "\n" + "\n".join(_platform(platform, tuple(slots))) + "\n"
        for platform, slots in groupby(placement.all(), lambda one: one.platform)
    )


def _platform(platform: str, slots: tuple[Placement, ...]) -> Iterator[str]:
    yield f"## {platform}"
    yield ""
    yield f"Figures of {slots[0].verified_on}."
    yield ""
    yield "| placement | size | ratio | format | files | bytes | safe area | crops | text |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for one in slots:
        yield "| " + " | ".join(_cells(one)) + " |"
    yield ""
    videos = [one for one in slots if one.video is not None]
    if videos:
        yield "| video | codec | frames/s | kbit/s | seconds | key frames | sound | captions | refused |"
        yield "|---|---|---|---|---|---|---|---|---|"
        for one in videos:
            yield "| " + " | ".join(_video_cells(one.slot, one.video)) + " |"
        yield ""
    for one in slots:
        if one.advice:
            yield f"- `{one.slot}`: {one.advice}"


def _cells(one: Placement) -> Iterator[str]:
    yield f"`{one.name}`<br>{one.title}"
    yield "<br>".join(map(str, one.sizes))
    yield "" if one.ratio_min is None else f"{one.ratio_min:.4g} – {one.ratio_max:.4g}"
    yield ", ".join(one.formats) + (" (transparent)" if one.transparent else "")
    yield str(one.count_min) if one.count_min == one.count_max else f"{one.count_min} – {one.count_max}"
    yield "" if one.max_bytes is None else f"{one.max_bytes:,}"
    yield "" if one.safe is None else "{}, {} – {}, {}".format(*one.safe.as_list())
    yield "<br>".join("{}: {}, {} – {}, {}".format(zone.name, *zone.rectangle.as_list()) for zone in one.crops)
    yield _text(one)


def _video_cells(slot: str, limits: VideoLimits) -> Iterator[str]:
    others = [codec for codec in limits.codecs if codec != limits.codec]
    yield f"`{slot}`"
    yield " ".join(filter(None, (limits.codec, limits.profile))) + (f"<br>also {', '.join(others)}" if others else "")
    yield f"{limits.frames_per_second}" + _range(limits.frames_per_second_min, limits.frames_per_second_max)
    yield f"{limits.bitrate:,}" + _range(limits.bitrate_min, limits.bitrate_max)
    low, high = limits.duration_advised
    yield f"{low:g} – {high:g}" + _range(limits.duration_min or None, limits.duration_max)
    b_frames = "no B-frames" if not limits.b_frames else f"B-frames ≤ {limits.b_frames}"
    yield f"≤ {limits.keyframe_seconds:g} s, {b_frames}" if limits.container == "mp4" else ""
    sound = (
        f"{limits.audio_codec} {limits.audio_rate // 1000} kHz, {limits.audio_bitrate} kbit/s, {limits.loudness:g} LUFS"
    )
    yield sound if limits.audio_codec else "none"
    yield ", ".join(limits.captions)
    yield ", ".join(limits.refuses)


def _range(low: float | None, high: float | None) -> str:
    if low is None and high is None:
        return ""
    return f" (≤ {high:,g})" if low is None else f" (≥ {low:,g})" if high is None else f" ({low:,g} – {high:,g})"


def _text(one: Placement) -> str:
    text = one.text
    shown = "" if text.caption_visible is None else f" ({text.caption_visible} visible)"
    parts = (
        "" if text.caption is None else f"caption {text.caption:,}{shown}",
        "" if text.title is None else f"title {text.title}",
        "" if text.hashtags is None else f"hashtags {text.hashtags}",
        "" if text.alt_text is None else f"alt {text.alt_text:,}" + (", required" if text.alt_text_required else ""),
    )
    return "<br>".join(filter(None, parts))


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
