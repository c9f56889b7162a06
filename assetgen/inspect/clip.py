"""Hold what a video file says of itself, and what playing it showed."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from assetgen.inspect.flashes import Flash
from assetgen.inspect.movie import Edit
from assetgen.inspect.parameters import Colour, Parameters
from assetgen.inspect.sound import Loudness
from assetgen.inspect.timing import Timing
from assetgen.model import Size

# What a file calls its codecs, by their plain names.
_CODECS = {
    "avc1": "h264", "avc3": "h264", "hvc1": "hevc", "hev1": "hevc", "vp08": "vp8", "vp09": "vp9", "av01": "av1",
    "ap4h": "prores", "ap4x": "prores", "apch": "prores", "apcn": "prores", "apcs": "prores", "apco": "prores",
    "sowt": "pcm", "twos": "pcm", "lpcm": "pcm", "in24": "pcm", "fl32": "pcm", "ipcm": "pcm",
    "mp4v": "mpeg4", "mp4a": "aac", "Opus": "opus", "libdav1d": "av1", "libvpx-vp9": "vp9", "libvpx": "vp8",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stream:
    """A stream of pictures or sound. `tag` is the codec as the file spells it; `profile` that of pictures or of AAC.

    `size` is that of the coded pictures, `turned` how many degrees they are turned clockwise (None: mirrored, skewed),
    `aspect` the ratio of a pixel's sides, `container_colour` what the container says beside `parameters.colour`.
    """

    codec: str
    tag: str = ""
    profile: str = ""
    duration: float = 0.0
    timing: Timing | None = None
    edits: tuple[Edit, ...] = ()
    parameters: Parameters = field(default_factory=Parameters)
    size: Size | None = None
    turned: int | None = 0
    aspect: Fraction | None = None
    container_colour: Colour | None = None
    transparent: bool = False
    rate: int = 0
    channels: int = 0

    @property
    def starts(self) -> float:
        """Return when the stream begins to show or sound, in seconds of the file: samples, moved by the edit list."""
        start = self.timing.start if self.timing else 0.0
        pause = 0.0
        for edit in self.edits:
            if edit.start is not None:
                return pause + max(0.0, start - edit.start)
            pause += edit.duration
        return start

    @property
    def runs(self) -> float:
        """Return how long the stream is shown or heard, in seconds: its samples, cut by the edit list."""
        whole = self.timing.duration if self.timing else self.duration
        cut = sum(edit.duration for edit in self.edits if edit.start is not None)
        return min(cut, whole) if cut > 0 else whole


@dataclass(frozen=True, slots=True)
class Decoded:
    """What playing a file showed. `frames` counts the pictures, `complete` tells whether it was played to the end.

    `open_gop`: a key frame that those behind it cannot do without what came before; `colour` is what the decoder says;
    `blank`: the first picture is of one colour, `black`: and that is black; `loudness` None where there is no sound.
    """

    frames: int
    complete: bool
    open_gop: bool = False
    b_frames: bool = False
    interlaced: bool = False
    resized: bool = False
    blank: bool = False
    black: bool = False
    pixel_format: str = ""
    colour: Colour | None = None
    flashes: tuple[Flash, ...] = ()
    loudness: Loudness | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Clip:
    """What a video file says of itself. `index_first` and `fragmented` belong to MP4 and MOV; None and False elsewhere.

    `others` are tracks that are neither picture nor sound; `decoded` is what playing it showed, None when it was not
    played; `problem` why it could not be read to the end.
    """

    format: str
    bytes: int
    pictures: tuple[Stream, ...] = ()
    sounds: tuple[Stream, ...] = ()
    others: tuple[str, ...] = ()
    index_first: bool | None = None
    fragmented: bool = False
    metadata: tuple[str, ...] = ()
    decoded: Decoded | None = None
    problem: str = ""

    @property
    def duration(self) -> float:
        """Return how long the file runs, in seconds: its longest stream."""
        return max((one.starts + one.runs for one in (*self.pictures, *self.sounds)), default=0.0)


def plain_codec(name: str) -> str:
    """Return the plain name of a codec (`h264`) from what a file or a decoder calls it."""
    return _CODECS.get(name, name.strip().lower())
