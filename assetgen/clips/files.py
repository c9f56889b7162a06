"""Read clips from files, each once as long as it stays as it was, and the pictures that stand for them in stills."""

from __future__ import annotations

import io
from collections import OrderedDict
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any

from assetgen.clips.reader import ClipReader
from assetgen.clips.reading import SUFFIXES, read_clip
from assetgen.clips.recording import recorded
from assetgen.clips.wishes import wished
from assetgen.errors import Place
from assetgen.model import Clip, Photo, Playing, Size
from assetgen.video.colour import rgb_pixels

MOST_KEPT = 32
_LONGEST_SIDE = 2160


def is_clip(name: str) -> bool:
    """Tell whether a file is a moving picture, by its name."""
    return name.lower().endswith(SUFFIXES)


class ClipFiles:
    """Clips by file, and their posters; the oldest go first. Safe to use from several threads."""

    def __init__(self) -> None:
        self._clips: OrderedDict[object, tuple[object, Clip]] = OrderedDict()
        self._posters: OrderedDict[tuple[bytes, int], bytes] = OrderedDict()
        self._lock = Lock()

    def read(self, path: Path, name: str, place: Place) -> Clip:
        """Return the clip in a file; raises ClipError when it cannot be read."""
        state = (path.stat().st_mtime_ns, path.stat().st_size) if path.is_file() else None
        return self._kept(path, state, lambda: read_clip(path, name, place))

    def record(self, source: Any, place: Place) -> Clip:
        """Return the clip that a source of frames makes, recorded once; raises ClipError when it fails."""
        return self._kept(id(source), source, lambda: read_clip(recorded(source, place), "clip", place))

    def _kept(self, key: object, state: object, read: Any) -> Clip:
        with self._lock:
            known = self._clips.get(key)
        if known is None or known[0] != state or state is None:
            known = (state, read())
            with self._lock:
                _keep(self._clips, key, known)
        return known[1]

    def photo(self, clip: Clip, focus: tuple[float, float] = (0.5, 0.5), usual: Playing = Playing()) -> Photo:
        """Return a clip as a photo that moves where things move: its poster is what stills show.

        Raises ValueError for wishes that cannot be, ClipError for a damaged clip.
        """
        clip = wished(clip, usual)
        number = clip.at(clip.poster)
        key = (clip.digest, number)
        with self._lock:
            data = self._posters.get(key)
        if data is None:
            data = _poster(clip, number)
            with self._lock:
                _keep(self._posters, key, data)
        return Photo(data, clip.name, focus, sha256(clip.digest + b"%d" % number).digest(), clip)


def _keep(kept: OrderedDict[Any, Any], key: object, value: object) -> None:
    kept[key] = value
    kept.move_to_end(key)
    while len(kept) > MOST_KEPT:
        kept.popitem(last=False)


def _poster(clip: Clip, number: int) -> bytes:
    """Return a picture of a clip as JPEG, at full chroma."""
    from PIL import Image

    share = min(1.0, _LONGEST_SIDE / max(clip.size.width, clip.size.height))
    size = Size(max(1, round(clip.size.width * share)), max(1, round(clip.size.height * share)))
    reader = ClipReader(clip, size)
    stream = io.BytesIO()
    try:
        Image.fromarray(rgb_pixels(reader.pixels(number))).save(stream, "JPEG", quality=95, subsampling=0)
    finally:
        reader.close()
    return stream.getvalue()
