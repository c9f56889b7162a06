"""Render the storyboard with MoviePy: python render.py FOLDER OUTPUT; tells the seconds, without drawing pictures.

It runs by itself, in an environment of its own: MoviePy asks for an older Pillow than ours.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy
from moviepy import ColorClip, CompositeVideoClip, ImageClip, concatenate_videoclips
from moviepy.video.fx import CrossFadeIn, Resize
from PIL import Image, ImageDraw, ImageFont, ImageOps

FOLDER, OUTPUT = Path(sys.argv[1]), sys.argv[2]
STORY: dict[str, Any] = json.loads((FOLDER / "story.json").read_text())
LEFT, WIDE = 90, 900


def main() -> None:
    """Make the pictures, then compose and encode, and tell how long that took."""
    scenes = [_scene(number) for number in range(STORY["scenes"])]
    start = time.perf_counter()
    film = concatenate_videoclips(scenes)
    film.write_videofile(
        OUTPUT,
        fps=STORY["rate"],
        codec="libx264",
        preset="veryfast",
        ffmpeg_params=["-crf", "18", "-pix_fmt", "yuv420p"],
        audio=False,
        logger=None,
    )
    print(json.dumps({"seconds": time.perf_counter() - start}))


def _scene(number: int) -> Any:
    size, seconds = (STORY["width"], STORY["height"]), STORY["seconds"]
    ground = ColorClip(size, color=_colour(STORY["grounds"][number])).with_duration(seconds)
    clips = [ground] if STORY["still"] else [_nearer(size, seconds)]
    top = 300
    for order, picture in enumerate(_pictures(number)):
        clip = ImageClip(numpy.array(picture)).with_duration(seconds - STORY["delays"][order])
        clip = clip.with_start(STORY["delays"][order]).with_position(_rise(top))
        clips.append(clip.with_effects([CrossFadeIn(STORY["enter"])]))
        top += picture.height + (84 if order == 0 else 44)
    return CompositeVideoClip(clips, size=size).with_duration(seconds)


def _nearer(size: tuple[int, int], seconds: float) -> Any:
    photo = ImageOps.fit(Image.open(FOLDER / "photo.jpg"), size)
    clip = ImageClip(numpy.array(photo)).with_duration(seconds)
    return clip.with_effects([Resize(lambda time: 1 + 0.1 * time / seconds)]).with_position("center")


def _rise(top: int) -> Callable[[float], tuple[int, float]]:
    return lambda time: (LEFT, top + STORY["distance"] * (1 - min(time / STORY["enter"], 1)) ** 3)


def _pictures(number: int) -> list[Image.Image]:
    title = Image.new("RGBA", (WIDE, 260), (0, 0, 0, 0))
    ImageDraw.Draw(title).multiline_text((0, 0), _broken(STORY["titles"][number]), "#ffffff", _font(112, 800))
    return [title, *(_card(head, line) for head, line in STORY["cards"])]


def _card(head: str, line: str) -> Image.Image:
    card = Image.new("RGBA", (WIDE, 224), (0, 0, 0, 0))
    draw = ImageDraw.Draw(card)
    draw.rounded_rectangle((0, 0, WIDE - 1, 223), 32, "#ffffff")
    draw.text((56, 48), head, "#10222b", _font(54, 800))
    draw.text((56, 124), line, "#10222b", _font(38, 400))
    return card


def _broken(title: str) -> str:
    words = title.split()
    return " ".join(words[:-2]) + "\n" + " ".join(words[-2:])


def _font(size: int, weight: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FOLDER / f"{weight}.ttf"), size)


def _colour(text: str) -> tuple[int, int, int]:
    red, green, blue = (int(text[place : place + 2], 16) for place in (1, 3, 5))
    return red, green, blue


main()
