"""File formats: each module turns finished frames, or vector markup, into the bytes of one file.

The file's name is the name that users type. A module holds `SUFFIX`, `MEDIA_TYPE`, `MANY_PAGES` (one file holds all
pages), `VECTOR` (takes markup instead of frames), `LOSSY` (takes a quality from 1 to 100) and `OPTIONS` (what else its
`encode` takes, by name, with a sentence). The same frames and options give the same bytes; no bytes tell who, where or
when.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from assetgen.model import Frame


class Format(Protocol):
    """What a module of this folder holds."""

    SUFFIX: str
    MEDIA_TYPE: str
    MANY_PAGES: bool
    VECTOR: bool
    LOSSY: bool
    OPTIONS: Mapping[str, str]

    def encode(self, frames: Sequence[Frame], quality: int | None = None, **options: Any) -> bytes:
        """Return the bytes of a file; raises EncodeError when the format cannot hold the frames."""


class VectorFormat(Protocol):
    """What a module holds whose `VECTOR` is true."""

    def encode_vector(self, markup: Sequence[str]) -> bytes:
        """Return the bytes of a file; raises EncodeError when the format cannot hold the markup."""
