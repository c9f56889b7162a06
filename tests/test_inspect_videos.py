"""Inspection of videos: every trap of platforms has its finding, a good file none; damage gives no traceback."""

from dataclasses import replace
from fractions import Fraction

import av
import numpy
import pytest

from assetgen.inspect import inspect_file
from assetgen.inspect.describe import describe_clip
from assetgen.model import Size
from assetgen.placement import load

WIDTH, HEIGHT, SECONDS, RATE = 108, 192, 3, 30
BT709 = "colorprim=bt709:transfer=bt709:colormatrix=bt709"
CLOSED = "keyint=60:min-keyint=60:scenecut=0:open-gop=0"
SHORT = f"keyint=30:min-keyint=30:scenecut=0:open-gop=0:{BT709}"
PLAIN = {"use_editlist": "0", "fflags": "+bitexact"}
FRAGMENTS = {"movflags": "frag_keyframe+empty_moov", "fflags": "+bitexact"}
MASTER = "+faststart+negative_cts_offsets"


def small(name, **limits):
    """Return a placement as it is, but for pictures of the size that is quick to make."""
    whole = load(name)
    size = Size(HEIGHT, WIDTH) if whole.size.width > whole.size.height else Size(WIDTH, HEIGHT)
    video = replace(whole.video, **{"duration_min": 1.0, "duration_advised": (1.0, 10.0), "min_bytes": None, **limits})
    free = dict.fromkeys(("min_width", "max_width", "min_height", "max_height"))
    return replace(whole, size=size, sizes=(size,), video=video, **free)


REEL = small("instagram/reel")
POST = small("mastodon/video")
STATUS = small("whatsapp/status-video")


def wave(rate=48_000, seconds=SECONDS, level=0.216, channels=2):
    """Return a tone; the usual level has -14 LUFS."""
    tone = level * numpy.sin(2 * numpy.pi * 440 * numpy.arange(rate * seconds) / rate)
    return numpy.stack([tone] * channels).astype(numpy.float32)


def scene(number, width=WIDTH, height=HEIGHT):
    """Return a picture of bars that wander slowly, in mild colours."""
    across = (numpy.arange(width) + number) % width
    bars = 60 + 120 * (across // (width // 4) % 2)
    return numpy.broadcast_to(bars[None, :, None], (height, width, 3)).astype(numpy.uint8)


def film(path, **changes):
    """Return the bytes of a video; `changes` say what is otherwise than in a good master file."""
    given = {
        "codec": "libx264", "format": "mp4", "pixels": "yuv420p", "frames": range(SECONDS * RATE), "draw": scene,
        "rate": RATE, "x264": f"{CLOSED}:{BT709}:fullrange=off", "options": {"bf": "2"}, "sound": wave(),
        "sound_rate": 48_000, "sound_codec": "aac", "muxer": PLAIN | {"movflags": MASTER}, "size": (WIDTH, HEIGHT),
        "tag": None, "aspect": None, "metadata": {},
    } | changes  # fmt: skip
    file = path / "film"
    with av.open(str(file), "w", format=given["format"], options=given["muxer"]) as container:
        container.metadata.update(given["metadata"])
        video = container.add_stream(given["codec"], rate=given["rate"])
        video.width, video.height = given["size"]
        video.pix_fmt = given["pixels"]
        options = {"x264-params": given["x264"]} if given["codec"] == "libx264" else {}
        video.options = options | given["options"] | {"flags": "+bitexact"}
        video.time_base = Fraction(1, given["rate"])
        if given["tag"]:
            video.codec_context.codec_tag = given["tag"]
        if given["aspect"]:
            video.codec_context.sample_aspect_ratio = given["aspect"]
        tracks = []
        if given["sound"] is not None:
            layout = {1: "mono", 2: "stereo", 6: "5.1"}[len(given["sound"])]
            sound = container.add_stream(given["sound_codec"], rate=given["sound_rate"], layout=layout)
            sound.options = {"flags": "+bitexact"}
            tracks = pieces(given["sound"], given["sound_rate"], layout)
        for number, time in enumerate(given["frames"]):
            frame = av.VideoFrame.from_ndarray(numpy.ascontiguousarray(given["draw"](number, *given["size"])), "rgb24")
            frame.pts, frame.time_base = time, Fraction(1, given["rate"])
            container.mux(video.encode(frame.reformat(format=given["pixels"], dst_colorspace="ITU709")))
        container.mux(video.encode())
        for piece in tracks:
            container.mux(sound.encode(piece))
        if given["sound"] is not None:
            container.mux(sound.encode())
    return file.read_bytes()


def pieces(samples, rate, layout):
    for start in range(0, samples.shape[1], 1024):
        piece = numpy.ascontiguousarray(samples[:, start : start + 1024])
        frame = av.AudioFrame.from_ndarray(piece, "fltp", layout)
        frame.sample_rate, frame.pts, frame.time_base = rate, start, Fraction(1, rate)
        yield frame


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    return film(tmp_path_factory.mktemp("good"))


def told(data, placement=REEL, whole=True):
    """Return the findings as `rule severity: message` lines."""
    return [f"{one.rule} {one.severity}: {one.message}" for one in inspect_file(data, placement, whole)]


def rules(data, placement=REEL, whole=True):
    return [f"{one.rule.removeprefix('file.')} {one.severity}" for one in inspect_file(data, placement, whole)]


@pytest.mark.parametrize(
    "name", ["instagram/reel", "facebook/reel", "tiktok/video", "youtube/short", "threads/video", "x/video"]
)
def test_a_good_master_file_has_no_findings(good, name):
    """The file that platforms ask for is fit for them, played or not."""
    fit = small(name, bitrate_min=None)
    assert told(good, fit) == []
    assert told(good, fit, whole=False) == []


def test_a_file_by_its_path(good, tmp_path):
    """A path works as well as bytes, and the name of the file decides nothing."""
    (tmp_path / "really-a.jpg").write_bytes(good)
    assert inspect_file(tmp_path / "really-a.jpg", REEL) == ()


def test_what_a_file_says_of_itself(good):
    """Container, streams and what playing showed are described with their figures."""
    clip = describe_clip(good, "mp4", len(good))
    picture, sound = clip.pictures[0], clip.sounds[0]
    assert (clip.index_first, clip.fragmented, clip.metadata, clip.others) == (True, False, (), ())
    assert (picture.codec, picture.profile, picture.size, picture.turned) == ("h264", "high", Size(WIDTH, HEIGHT), 0)
    assert (picture.parameters.chroma, picture.parameters.depth, picture.parameters.sets) == ("4:2:0", 8, (1, 1))
    assert picture.timing.samples == clip.decoded.frames == SECONDS * RATE
    assert picture.timing.rate == pytest.approx(RATE)
    assert picture.timing.constant
    assert picture.timing.key_gap == pytest.approx(2)
    assert clip.decoded.b_frames
    assert (sound.codec, sound.profile, sound.rate, sound.channels) == ("aac", "lc", 48_000, 2)
    assert clip.decoded.loudness.integrated == pytest.approx(-14, abs=0.3)
    assert clip.decoded.loudness.true_peak == pytest.approx(-13.3, abs=0.3)


@pytest.mark.parametrize(
    ("changes", "lines"),
    [
        ({"muxer": PLAIN | {"movflags": "+negative_cts_offsets"}}, ["moov-last error"]),
        ({"muxer": {"movflags": "+faststart", "fflags": "+bitexact"}}, ["edit-list error", "edit-list error"]),
        ({"muxer": PLAIN | {"movflags": "+faststart"}}, ["late-start warning", "sync warning"]),
        ({"frames": [*range(40), *range(44, 94)], "x264": SHORT}, ["variable-frame-rate warning"]),
        ({"x264": f"keyint=30:min-keyint=5:open-gop=1:{BT709}"}, ["open-gop error"]),
        ({"aspect": Fraction(4, 3)}, ["pixel-aspect warning"]),
        ({"x264": CLOSED}, ["colour-tags warning"]),
        ({"x264": f"{CLOSED}:{BT709}:fullrange=on"}, ["colour-range warning"]),
        ({"x264": f"{CLOSED}:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc"}, ["hdr warning"]),
        ({"x264": f"{CLOSED}:colorprim=smpte170m:transfer=smpte170m:colormatrix=smpte170m"}, ["colour-tags warning"]),
        ({"pixels": "yuv444p"}, ["chroma error", "profile warning"]),
        ({"pixels": "yuv420p10le"}, ["chroma error", "profile warning"]),
        ({"x264": f"keyint=300:scenecut=0:{BT709}"}, ["keyframes warning"]),
        ({"sound": wave(24_000), "sound_rate": 24_000}, ["audio-rate-low warning"]),
        ({"sound": wave(96_000), "sound_rate": 96_000}, ["audio-rate error"]),
        ({"sound": wave(channels=1, level=0.305)}, ["audio-mono warning"]),
        ({"sound": wave(level=0.9)}, ["loudness warning", "true-peak warning"]),
        ({"sound": wave(level=0.02)}, ["loudness warning"]),
        ({"sound": wave(level=0.0)}, ["silent info"]),
        ({"sound": None}, ["silent info"]),
        ({"sound": wave(seconds=5)}, ["sound-length warning"]),
        ({"sound_codec": "ac3"}, ["audio-codec error"]),
        ({"codec": "mpeg4", "options": {}}, ["codec error", "colour-tags warning"]),
        ({"x264": f"{CLOSED}:{BT709}:level=5.1"}, ["level warning"]),
        ({"rate": 15, "frames": range(45), "x264": SHORT}, ["frame-rate error"]),
        ({"frames": range(15), "sound": None}, ["duration error", "silent info"]),
        ({"frames": range(330), "sound": None}, ["duration warning", "silent info"]),
        ({"size": (WIDTH, WIDTH)}, ["size warning", "ratio warning"]),
        ({"metadata": {"title": "Rahasia", "location": "-06.2000+106.8166/"}}, ["metadata error", "metadata warning"]),
        ({"metadata": {"creation_time": "2026-11-25T10:00:00Z"}}, ["metadata warning"]),
        ({"muxer": FRAGMENTS}, ["fragmented warning", "late-start warning", "sync warning"]),
    ],
)  # fmt: skip
def test_each_trap_is_told(tmp_path, changes, lines):
    """What platforms refuse is an error, what they show worse a warning, and nothing else is found."""
    assert rules(film(tmp_path, **changes)) == lines


def test_every_finding_says_what_to_do(tmp_path):
    """No finding leaves the reader without a next step, and each is told with figures or names."""
    data = film(tmp_path, muxer={}, x264="keyint=300", sound=wave(level=0.9, channels=1), pixels="yuv444p")
    found = inspect_file(data, STATUS)
    assert len(found) >= 8
    assert all(finding.hint and finding.message for finding in found)


@pytest.mark.parametrize(
    ("changes", "lines"),
    [
        ({"options": {"bf": "2", "profile": "main"}}, ["b-frames error"]),
        ({"options": {"bf": "0", "profile": "main"}}, []),
        ({"options": {"bf": "0", "profile": "baseline"}}, []),
        ({"options": {"bf": "0", "profile": "high"}}, ["profile error"]),
    ],
)
def test_whatsapp_takes_main_without_b_frames(tmp_path, changes, lines):
    """High, and B-frames, break on Android; Main and Baseline without them pass."""
    assert rules(film(tmp_path, **changes), STATUS) == lines


def test_telegram_wants_hevc_and_a_key_frame_each_second(tmp_path, good):
    """A story of H.264 is refused; HEVC with key frames 2 s apart too; one of 1 s passes."""
    story = small("telegram/story-video", level=4.1)
    assert rules(good, story) == ["codec error", "keyframes error"]
    for keys, lines in ((60, ["keyframes error"]), (30, [])):
        told_of = f"keyint={keys}:min-keyint={keys}:open-gop=0:scenecut=0:log-level=none:{BT709}"
        data = film(tmp_path, codec="libx265", options={"x265-params": told_of, "tag": "hvc1"}, tag="hvc1")
        assert rules(data, story) == lines


def test_other_ways_of_hevc(tmp_path):
    """`hev1` does not play on Apple's phones; leading pictures of an open group are found."""
    told_of = f"keyint=30:min-keyint=30:open-gop=1:scenecut=0:bframes=3:b-adapt=0:log-level=none:{BT709}"
    data = film(tmp_path, codec="libx265", options={"x265-params": told_of})
    assert rules(data) == ["open-gop error", "codec-tag warning"]


def test_bytes_and_rates(good):
    """Too many and too few bytes, and rates outside of the limits, are told with both figures."""
    assert (
        told(good, replace(REEL, max_bytes=20_000))[0]
        == f"file.bytes error: the file has {len(good):,} bytes; instagram/reel takes 20,000"
    )
    few = small("linkedin/video", min_bytes=10_000_000, bitrate_min=5000)
    assert rules(good, replace(few, size=REEL.size, sizes=REEL.sizes)) == ["bytes error", "bitrate-low error"]
    fast = small("instagram/reel", bitrate_max=10)
    assert rules(good, fast) == ["bitrate warning"]
