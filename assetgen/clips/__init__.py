"""Read moving pictures of a user's: a file goes in, a clip comes out, and its pictures at the size of their box."""

from assetgen.clips.elements import as_pictures, played
from assetgen.clips.files import ClipFiles, is_clip
from assetgen.clips.reader import ClipReader
from assetgen.clips.reading import MAX_BYTES, MAX_PIXELS, read_clip
from assetgen.clips.recording import is_moving, recorded
from assetgen.clips.wishes import WISHES, playing_of

__all__ = [
    "MAX_BYTES",
    "MAX_PIXELS",
    "WISHES",
    "ClipFiles",
    "ClipReader",
    "as_pictures",
    "is_clip",
    "is_moving",
    "played",
    "playing_of",
    "read_clip",
    "recorded",
]
