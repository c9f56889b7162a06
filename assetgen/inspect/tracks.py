"""Judge how a video is stored and timed, and its sound: what was described goes in; findings come out."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.inspect.clip import Clip, Stream
from assetgen.inspect.media import FFMPEG, error, info, warning
from assetgen.inspect.movie import Edit
from assetgen.inspect.sound import Loudness
from assetgen.inspect.timing import Timing
from assetgen.model import Finding, Placement, VideoLimits

# Sound may lie this far from the pictures before people see it (ITU-R BT.1359: 45 ms ahead, 125 ms behind), in seconds.
_SYNC = 0.045
_TAIL = 0.5
LOUDNESS_TOLERANCE = 1.0
PEAK_TOLERANCE = 0.1


def judge_tracks(clip: Clip, limits: VideoLimits, placement: Placement) -> Iterator[Finding]:
    """Yield what is wrong with the order of the file, its edit lists, rates, key frames and tracks."""
    if clip.index_first is False:
        message = "the index ('moov') lies behind the data: nothing plays before all is loaded"
        yield warning("moov-last", message, f"{FFMPEG}-movflags +faststart")
    if clip.fragmented:
        message = "the file is in fragments, as streams are: some platforms cannot read it"
        yield warning("fragmented", message, "write it in one piece, with one index")
    yield from _edit_lists(clip)
    timing = clip.pictures[0].timing
    if timing is not None:
        yield from _rates(timing, limits, placement)
        yield from _keys(timing, limits)
        yield from _bitrate(timing, limits, placement)
    yield from _streams(clip)


def judge_sound(clip: Clip, limits: VideoLimits, placement: Placement) -> Iterator[Finding]:
    """Yield what is wrong with the sound, or that there is none."""
    if not limits.audio_codec:
        if clip.sounds:
            yield warning("audio-streams", f"the video has sound; {placement.name} plays none", "leave it away")
        return
    if not clip.sounds:
        yield info("silent", "the video has no sound", "that is a choice; music makes people stay longer")
        return
    sound = clip.sounds[0]
    yield from _sound_format(sound, limits, placement)
    yield from _sound_place(sound, clip.pictures[0])
    if clip.decoded is not None and clip.decoded.loudness is not None:
        yield from _loudness(clip.decoded.loudness, limits)


def _edit_lists(clip: Clip) -> Iterator[Finding]:
    for name, stream in (
        *(("pictures have", one) for one in clip.pictures),
        *(("sound has", one) for one in clip.sounds),
    ):
        if stream.edits:
            message = f"the {name} an edit list: {_effect(stream)}"
            yield warning("edit-list", message, f"{FFMPEG}-use_editlist 0 -movflags +faststart+negative_cts_offsets")
    picture = clip.pictures[0]
    frame = 1 / picture.timing.rate if picture.timing and picture.timing.rate else 0.04
    if picture.starts > frame / 2:
        message = f"the first picture is shown {picture.starts * 1000:.0f} ms late: players show black before it"
        yield warning("late-start", message, f"{FFMPEG}-movflags +negative_cts_offsets")


def _effect(stream: Stream) -> str:
    """Say what an edit list does to a stream."""
    first: Edit = stream.edits[0]
    start = stream.timing.start if stream.timing else 0.0
    if len(stream.edits) > 1 and not (len(stream.edits) == 2 and first.start is None):
        return f"it joins {len(stream.edits)} pieces"
    if first.start is None:
        return f"it begins {first.duration * 1000:.0f} ms late"
    if any(edit.speed != 1 for edit in stream.edits):
        return "it plays at another speed"
    skipped = first.start - start
    if skipped > 0.0005:
        return f"it skips the first {skipped * 1000:.0f} ms"
    return f"it takes back a delay of {start * 1000:.0f} ms" if start > 0.0005 else "it changes nothing"


def _rates(timing: Timing, limits: VideoLimits, placement: Placement) -> Iterator[Finding]:
    if not timing.constant:
        message = (
            f"the frame rate varies: pictures stand {timing.shortest * 1000:.0f} to {timing.longest * 1000:.0f} ms"
        )
        yield warning("variable-frame-rate", message, f"{FFMPEG}-fps_mode cfr -r {limits.frames_per_second}")
    low, high = limits.frames_per_second_min, limits.frames_per_second_max
    if (low is not None and timing.rate < low - 0.1) or (high is not None and timing.rate > high + 0.1):
        bounds = " and ".join(text for text in (low and f"at least {low:g}", high and f"at most {high:g}") if text)
        message = f"the video has {timing.rate:.2f} frames a second; {placement.name} takes {bounds}"
        yield error("frame-rate", message, f"make it {limits.frames_per_second}")


def _keys(timing: Timing, limits: VideoLimits) -> Iterator[Finding]:
    if not timing.starts_with_key:
        yield warning("keyframes", "the first picture is no key frame: players begin with garbage", "encode it again")
    half = 0.5 / timing.rate if timing.rate else 0.02
    if limits.container == "mp4" and timing.key_gap > limits.keyframe_seconds + half:
        message = f"key frames are up to {timing.key_gap:.1f} s apart; at most {limits.keyframe_seconds:g} s is wanted"
        frames = round(limits.keyframe_seconds * (timing.rate or limits.frames_per_second))
        yield warning("keyframes", message, f"{FFMPEG}-g {frames} -keyint_min {frames}")
    if limits.b_frames == 0 and timing.reordered:
        yield b_frames()


def _bitrate(timing: Timing, limits: VideoLimits, placement: Placement) -> Iterator[Finding]:
    low, high = limits.bitrate_min, limits.bitrate_max
    shown = f"the pictures take {timing.bitrate:,.0f} kbit/s"
    if high is not None and timing.bitrate > high:
        yield warning("bitrate", f"{shown}; {placement.name} takes at most {high:,}", "encode it at a lower rate")
    elif high is not None and timing.peak > high:
        message = f"the fullest second has {timing.peak:,.0f} kbit; {placement.name} takes at most {high:,}"
        yield warning("bitrate", message, "bound the rate (ffmpeg: -maxrate and -bufsize)")
    if low is not None and timing.bitrate < low:
        message = f"{shown}; {placement.name} asks for {low:,} and more"
        yield info("bitrate-low", message, "still pictures need less; encode others at a higher rate")


def _streams(clip: Clip) -> Iterator[Finding]:
    if len(clip.pictures) > 1:
        yield warning("streams", f"the file has {len(clip.pictures)} streams of pictures", "keep one")
    if len(clip.sounds) > 1:
        yield warning(
            "streams", f"the file has {len(clip.sounds)} streams of sound; one is played", "mix them into one"
        )
    if clip.others:
        yield warning("streams", f"the file holds other tracks: {', '.join(clip.others)}", "leave them away")


def _sound_format(sound: Stream, limits: VideoLimits, placement: Placement) -> Iterator[Finding]:
    if sound.codec != limits.audio_codec:
        message = f"the sound is {sound.codec}; {placement.name} is sure to take {limits.audio_codec}"
        yield warning("audio-codec", message, f"encode it as {limits.audio_codec}")
    elif sound.profile not in ("", "lc"):
        message = f"the sound is AAC {sound.profile.upper()}; AAC-LC plays everywhere"
        yield warning("audio-codec", message, "encode it as AAC-LC")
    if sound.rate and sound.rate != limits.audio_rate:
        message = f"the sound has {sound.rate:,} samples a second; {limits.audio_rate:,} is what is kept"
        rule = "audio-rate" if sound.rate > limits.audio_rate else "audio-rate-low"
        yield warning(rule, message, f"{FFMPEG}-ar {limits.audio_rate}")
    if sound.channels > limits.audio_channels:
        message = f"the sound has {sound.channels} channels; {placement.name} plays {limits.audio_channels}"
        yield warning("audio-channels", message, f"{FFMPEG}-ac {limits.audio_channels}")
    elif 0 < sound.channels < limits.audio_channels:
        yield warning("audio-mono", "the sound is mono; stereo is expected", f"{FFMPEG}-ac {limits.audio_channels}")


def _sound_place(sound: Stream, picture: Stream) -> Iterator[Finding]:
    if abs(sound.starts - picture.starts) > _SYNC:
        message = f"sound and pictures begin {abs(sound.starts - picture.starts) * 1000:.0f} ms apart"
        yield warning("sync", message, "let both begin at zero")
    if abs(difference := sound.starts + sound.runs - picture.starts - picture.runs) > _TAIL:
        how = "longer" if difference > 0 else "shorter"
        message = f"the sound is {abs(difference):.1f} s {how} than the pictures"
        yield warning("sound-length", message, "cut or fill it: the end freezes, or falls silent")


def _loudness(loudness: Loudness, limits: VideoLimits) -> Iterator[Finding]:
    if loudness.silent:
        yield info("silent", "the sound is silence", "that is a choice; music makes people stay longer")
        return
    off = loudness.integrated - limits.loudness
    shown = f"the sound has {loudness.integrated:.1f} LUFS; {limits.loudness:g} is wanted"
    if off > LOUDNESS_TOLERANCE:
        yield warning("loudness", shown, f"make it {off:.1f} dB quieter: platforms turn it down, and hardly up")
    elif off < -LOUDNESS_TOLERANCE:
        yield warning("loudness", shown, f"make it {-off:.1f} dB louder: beside others it is hardly heard")
    if loudness.true_peak > limits.true_peak + PEAK_TOLERANCE:
        message = f"the sound peaks at {loudness.true_peak:.1f} dBTP; {limits.true_peak:g} at most, or it cracks"
        yield warning("true-peak", message, "limit it before it is encoded")


def b_frames() -> Finding:
    """Return that the video has B-frames where none are taken."""
    return warning("b-frames", "the video has B-frames; some phones show it broken", f"{FFMPEG}-bf 0")
