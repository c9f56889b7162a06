"""What is made here is what platforms ask for: our own videos have no finding, whoever they are for."""

from dataclasses import replace
from functools import cache

import numpy
import pytest

from assetgen import parts, placement
from assetgen.inspect import inspect_file
from assetgen.model import Frame, Size
from assetgen.sound import MOODS, Track, aac_packets, bed, mix
from assetgen.video.encoder import Settings, encode_planes
from assetgen.video.planes import planes_of

SIZE = Size(180, 320)
SECONDS = 5
FITTING = [
    one.name for one in placement.all() if one.video is not None and one.video.codec == "h264" and "mp4" in one.formats
]


def frames():
    """Yield a picture that moves for a second and then rests, as scenes do."""
    across, down = numpy.meshgrid(numpy.arange(SIZE.width), numpy.arange(SIZE.height))
    for number in range(30):
        bars = 40 + 150 * ((across + down + 4 * number) // 45 % 2)
        pixels = numpy.dstack([bars, bars * 0 + 120, 200 - bars, bars * 0 + 255]).astype(numpy.uint8)
        yield Frame(SIZE, pixels.tobytes())


def streams(settings):
    """Yield the segments of five seconds: what moves, and what rests."""
    planes = [planes_of(frame) for frame in frames()]
    yield encode_planes(planes, settings)
    rest = SECONDS * settings.frames_per_second - len(planes)
    while rest > 0:
        count = min(rest, settings.most_frames)
        yield encode_planes(planes[-1:], settings).held((count - 1,))
        rest -= count


@cache
def music(bitrate, loudness, true_peak):
    sound = mix((Track("music", bed(SECONDS, next(iter(MOODS)))),), SECONDS, loudness, true_peak)
    return aac_packets(sound, bitrate * 1000, true_peak)


@cache
def video(settings, *heard):
    return parts.load("formats", "mp4").joined(list(streams(settings)), settings.frames_per_second, music(*heard))


@pytest.mark.parametrize("name", FITTING)
def test_our_videos_have_no_findings(name):
    """Container, stream, colours, times and loudness of a video with music pass every check of its placement."""
    place = placement.load(name)
    limits = place.video
    settings = Settings(SIZE, limits.frames_per_second, profile=limits.profile, key_seconds=limits.keyframe_seconds)
    data = video(settings, limits.audio_bitrate, limits.loudness, limits.true_peak)
    free = dict.fromkeys(("min_width", "max_width", "min_height", "max_height", "ratio_min", "ratio_max"))
    small = replace(place, sizes=(SIZE,), video=replace(limits, min_bytes=None, bitrate_min=None), **free)
    assert [f"{one.rule}: {one.message}" for one in inspect_file(data, small)] == []
