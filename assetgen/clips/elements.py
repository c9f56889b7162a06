"""Read the clips of a page: `<video>` becomes a picture that plays, its attributes say how."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assetgen.clips.files import ClipFiles
from assetgen.clips.wishes import WISHES, playing_of
from assetgen.errors import LayoutError, Place
from assetgen.model import Photo

_INSIDE = r"""(?:[^>"']|"[^"]*"|'[^']*')*?"""
_VIDEO = re.compile(rf"<video\b({_INSIDE})/?>(?:\s*</video\s*>)?", re.IGNORECASE)


def as_pictures(html: str) -> str:
    """Return markup with `<img data-video>` for each `<video>`: engines lay it out as the picture that stills show."""
    html = str(html)  # markup of its own kind would escape what is put into it
    return _VIDEO.sub(r"<img data-video\1>", html) if "<video" in html.lower() else html


def played(photo: Photo, attributes: Mapping[str, str | None], files: ClipFiles, template: Place) -> Photo:
    """Return a photo as an element wishes it to play: `data-from`, `data-to`, `data-speed` … and `loop`.

    What the user wishes comes first. Raises LayoutError for attributes that cannot be.
    """
    given = {word: attributes[f"data-{word}"] for word in WISHES if attributes.get(f"data-{word}")}
    if "loop" in attributes:
        given["ends"] = "loop"
    if photo.clip is None or not given:
        return photo
    try:
        return files.photo(photo.clip, photo.focus, playing_of(given))
    except ValueError as error:
        raise LayoutError(f"<video data-…> cannot be played: {error}", template) from error
