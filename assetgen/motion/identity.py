"""Tell what the frames of a film are made from, as a hash: equal hashes, equal bytes.

Everything counts that a scene holds: markup, styles, animations, the bytes of pictures, clips and fonts. Values of a
kind that is not known here have no hash, and what holds them is not kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import fields, is_dataclass
from enum import Enum
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy

from assetgen.cache import workshop
from assetgen.model import Font
from assetgen.motion.film import Film
from assetgen.motion.scenes import Scene
from assetgen.video.encoder import Settings


class Identities:
    """Hash the segments of a film. Safe to use from several threads once it is made."""

    def __init__(self, film: Film, settings: Settings) -> None:
        """Hash the scenes of a film and what lies over them."""
        self._film = film
        self._files: dict[str, bytes] = {}
        self._scenes = [self._scene(shot.scene) for shot in film.shots]
        self._overlays = [self._overlay(number) for number in range(len(film.overlays))]
        self._passings = [self._of(shot.passing) for shot in film.shots]
        engines = tuple(sorted({shot.scene.engine.version() for shot in film.shots}))
        self._way = self._of((workshop(), engines, settings, film.frames_per_second))

    def key(self, frames: range) -> str | None:
        """Return the key of a segment; None when it shows what cannot be hashed."""
        digest = sha256(self._way or b"")
        for frame in frames:
            told = self._frame(frame)
            if told is None or self._way is None:
                return None
            digest.update(told)
        return digest.hexdigest()

    def _frame(self, frame: int) -> bytes | None:
        """Return the hash of what a frame shows: its scene at a time, the one before while it goes, and overlays."""
        film = self._film
        number, time = film.place(frame)
        share = film.entering(number, time)
        told: list[Any] = [time, share]
        shown = [self._scenes[number], *(self._overlays[one] for one in film.shown(frame))]
        if share is not None:
            told += [film.shots[number].transition, film.shots[number - 1].seconds]
            shown += [self._scenes[number - 1], self._passings[number]]
        return None if None in shown else self._of((told, shown))

    def _scene(self, scene: Scene) -> bytes | None:
        return self._of(scene.stage)

    def _overlay(self, number: int) -> bytes | None:
        layer = self._film.overlays[number].layer
        return self._of((layer.left, layer.top, layer.picture and layer.picture.tobytes()))

    def _of(self, value: Any) -> bytes | None:
        digest = sha256()
        try:
            for part in self._parts(value):
                digest.update(len(part).to_bytes(8, "big"))
                digest.update(part)
        except (TypeError, OSError):
            return None
        return digest.digest()

    def _parts(self, value: Any) -> Iterator[bytes]:
        """Yield a value as bytes, each kind in its own way; raises TypeError for kinds that are not known."""
        yield type(value).__name__.encode()
        if value is None or isinstance(value, (bool, int, float, str)):
            yield repr(value).encode("utf-8", "replace")
        elif isinstance(value, (bytes, bytearray)):
            yield bytes(value)
        elif isinstance(value, Enum):
            yield value.name.encode()
        elif isinstance(value, Path):
            yield self._file(str(value))
        elif isinstance(value, Font):
            yield from self._parts((value.family, value.weight, value.style, Path(value.path)))
        elif isinstance(value, numpy.ndarray):
            yield from self._parts((value.shape, str(value.dtype), value.tobytes()))
        else:
            yield from self._inner(value)

    def _inner(self, value: Any) -> Iterator[bytes]:
        if isinstance(value, Mapping):
            inside: Any = sorted(value.items(), key=lambda pair: repr(pair[0]))
        elif isinstance(value, Set):
            inside = sorted(value, key=repr)
        elif isinstance(value, (tuple, list, range)):
            inside = value
        elif is_dataclass(value):
            inside = [getattr(value, one.name) for one in fields(value)]
        else:
            raise TypeError(f"no hash is known for {type(value)}")
        yield str(len(inside)).encode()
        for one in inside:
            yield from self._parts(one)

    def _file(self, path: str) -> bytes:
        if path not in self._files:
            self._files[path] = sha256(Path(path).read_bytes()).digest()
        return self._files[path]
