"""Finished videos can be used further: frames as arrays, one after another or by number, and clips of MoviePy."""

import sys
import tempfile
from functools import cache

import numpy
import pytest

from assetgen import parts, placement
from assetgen.errors import EncodeError, UsageError
from assetgen.model import File, Frame, Size
from assetgen.package import Asset
from assetgen.sound import Track, aac_packets, bed, mix
from assetgen.video.encoder import Settings, encode_planes
from assetgen.video.planes import planes_of
from assetgen.video.playback import Player

SIZE = Size(64, 96)
LENGTH, RATE = 150, 30
CORAL = (232, 93, 74)


def frame(number):
    """Return a frame that tells its number in eight bars, dark for 0 and light for 1."""
    pixels = numpy.full((SIZE.height, SIZE.width, 4), 255, numpy.uint8)
    pixels[:32, :32, :3] = CORAL
    for place in range(8):
        pixels[48:, 8 * place : 8 * place + 8, :3] = 220 if number >> place & 1 else 30
    return Frame(SIZE, pixels.tobytes())


@cache
def video(sounding=True):
    """Return five seconds in three segments whose frames all differ."""
    settings = Settings(SIZE, RATE, rate_factor=6)
    planes = [planes_of(frame(number)) for number in range(LENGTH)]
    streams = [encode_planes(planes[start : start + 50], settings) for start in range(0, LENGTH, 50)]
    sound = aac_packets(mix((Track("music", bed(5, "calm")),), 5)) if sounding else None
    return parts.load("formats", "mp4").joined(streams, RATE, sound)


def asset(*files):
    return Asset("kota", "ranking", "lentera", placement.load("instagram/reel"), "id", files)


def film(data=None):
    data = data or video()
    return asset(File("01.mp4", "mp4", "video/mp4", data, SIZE))


def seen(pixels):
    """Return which frame an array is."""
    return sum(1 << place for place in range(8) if pixels[56:88, 8 * place + 2 : 8 * place + 6].mean() > 128)


def test_all_frames_come_in_order():
    """Every frame once, as RGB, with the colours that were put in."""
    found = list(film().frames_of_video())
    assert [seen(one) for one in found] == list(range(LENGTH))
    assert found[0].shape == (SIZE.height, SIZE.width, 3)
    assert found[0].dtype == numpy.uint8
    assert numpy.abs(found[3][4:28, 4:28].astype(int) - CORAL).max() <= 3


def test_a_frame_is_found_by_its_number_in_any_order():
    """Forwards, backwards, twice, across the borders of segments; the same pixels as played from the start."""
    whole = list(film().frames_of_video())
    player = Player(video())
    assert (player.size, player.length, player.frames_per_second, player.seconds) == (SIZE, LENGTH, RATE, 5)
    for number in (0, 1, 49, 50, 51, 149, 149, 3, 100, 99, 0, 120, 60):
        assert numpy.array_equal(player.frame(number), whole[number]), number


def test_frames_are_the_caller_s_own():
    """Drawing into a frame leaves the video as it is."""
    player = Player(video())
    player.frame(7)[:] = 0
    assert seen(player.frame(7)) == 7


@pytest.mark.parametrize("number", [-1, LENGTH])
def test_there_is_nothing_beyond_the_ends(number):
    with pytest.raises(IndexError, match=f"no frame {number}: the video has {LENGTH}"):
        Player(video()).frame(number)


@pytest.mark.parametrize("data", [b"", b"no video at all", b"#EXTM3U\nhttp://example.org/a.ts\n"])
def test_what_is_no_video_is_refused(data):
    """Also a playlist, which would make the decoder open what it names."""
    with pytest.raises(EncodeError, match="cannot be read"):
        Player(data)


def test_an_asset_without_a_video_says_so():
    """At once, not at the first frame, and with what would help."""
    with pytest.raises(UsageError, match=r"'kota' holds no video; its files: jpeg") as caught:
        asset(File("01.jpg", "jpeg", "image/jpeg", b"", SIZE)).frames_of_video()
    assert "instagram/reel" in str(caught.value)


def test_moviepy_gets_a_clip_with_its_sound():
    """Length, rate and size are the video's; sound is there from the start to the end."""
    clip = film().to_moviepy()
    assert (clip.duration, clip.fps, tuple(clip.size)) == (5, RATE, (SIZE.width, SIZE.height))
    assert clip.audio.duration == pytest.approx(5, abs=0.001)
    sound = clip.audio.to_soundarray(fps=48_000)
    assert sound.shape[1] == 2
    assert numpy.abs(sound[24_000:]).max() > 0.01


def test_moviepy_sees_each_frame_at_its_own_time():
    """Also at times that no binary fraction meets, and a little beyond the end, where MoviePy looks at times."""
    clip = film().to_moviepy()
    assert [seen(clip.get_frame(number / RATE)) for number in (0, 3, 29, 100, 7, 149)] == [0, 3, 29, 100, 7, 149]
    assert seen(clip.get_frame(0.1)) == 3
    assert seen(clip.get_frame(5.0)) == LENGTH - 1


def test_moviepy_goes_on_with_the_pillow_that_we_have():
    """Cutting, resizing, turning (through Pillow) and composing work on it."""
    from moviepy import ColorClip, CompositeVideoClip
    from moviepy.video.fx import Resize, Rotate

    clip = film().to_moviepy().subclipped(1, 3).with_effects([Resize(0.5), Rotate(180)])
    whole = CompositeVideoClip([ColorClip((200, 100), (0, 0, 255), duration=2), clip.with_position((10, 20))])
    pixels = whole.get_frame(0.5)
    assert pixels.shape == (100, 200, 3)
    assert tuple(pixels[90, 190]) == (0, 0, 255)
    # 32 × 48 pixels, upside down: the coral corner is at the right of the bottom.
    assert numpy.abs(pixels[20 + 40, 10 + 24].astype(int) - CORAL).max() <= 3


def test_moviepy_writes_it_again(tmp_path):
    """A clip of ours becomes a file of MoviePy's, with sound."""
    target = tmp_path / "again.mp4"
    film().to_moviepy().subclipped(0, 1).write_videofile(str(target), logger=None, temp_audiofile_path=str(tmp_path))
    again = Player(target.read_bytes())
    assert (again.length, again.size) == (RATE, SIZE)


def test_a_silent_video_is_a_clip_without_sound():
    assert film(video(False)).to_moviepy().audio is None


def test_nothing_is_left_on_the_disk(tmp_path, monkeypatch):
    """Frames come from memory."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    clip = film().to_moviepy()
    clip.get_frame(2)
    assert list(tmp_path.iterdir()) == []


def test_without_moviepy_the_extra_is_named(monkeypatch):
    """The error says what to install, in the two steps that pip needs."""
    monkeypatch.setitem(sys.modules, "moviepy", None)
    with pytest.raises(UsageError, match="MoviePy is not installed") as caught:
        film().to_moviepy()
    assert "pip install --no-deps moviepy" in str(caught.value)
