"""Hand a finished video to MoviePy for further editing: the bytes of a file go in, a clip with its sound comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetgen.errors import SoundError, UsageError
from assetgen.video.playback import Player

if TYPE_CHECKING:
    import numpy
    from moviepy import AudioClip, VideoClip

# MoviePy 2.2.1 asks for a Pillow that is older than ours, though it runs on ours: pip refuses the two together.
INSTALL = (
    "pip install --no-deps moviepy; pip install decorator imageio imageio-ffmpeg proglog python-dotenv "
    "(with uv: assetgen[moviepy], see docs/videos.md)"
)


def clip_of(data: bytes) -> VideoClip:
    """Return a clip of MoviePy that plays a video, frames and sound, from memory: no file is written.

    It may be asked for any time, in any order; rising times are fast. Raises UsageError where MoviePy is not installed,
    EncodeError for what is no video.
    """
    try:
        from moviepy import VideoClip
    except ImportError as error:
        raise UsageError("MoviePy is not installed", hint=INSTALL) from error
    player = Player(data)
    last = player.length - 1

    def frame(time: float) -> numpy.ndarray:
        # A hair is added: 0.1 s is frame 3 of 30 a second, and 0.1 * 30 is a little less than 3.
        return player.frame(min(max(int(time * player.frames_per_second + 1e-6), 0), last))

    clip = VideoClip(frame, duration=player.seconds).with_fps(player.frames_per_second)
    sound = _sound(data, player.seconds)
    return clip if sound is None else clip.with_audio(sound)


def _sound(data: bytes, seconds: float) -> AudioClip | None:
    from moviepy import AudioArrayClip

    from assetgen.sound import RATE, read_sound

    try:
        samples = read_sound(data).samples
    except SoundError:  # a silent video is a valid choice
        return None
    clip = AudioArrayClip(samples, fps=RATE)
    return clip.with_duration(min(seconds, clip.duration))
