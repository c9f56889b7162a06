"""Inspection of videos: every trap of platforms has its finding, a good file none; damage gives no traceback."""

import io
import struct
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
        "tag": None, "aspect": None, "metadata": {}, "colour": None,
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
        if given["colour"]:
            context = video.codec_context
            context.color_primaries, context.color_trc, context.colorspace = given["colour"]
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
        ({"x264": f"{CLOSED}:{BT709}:level=1.0", "size": (180, 320)}, ["size warning", "level warning"]),
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


# --- damage, and files that mean harm -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (b"", ["unsupported error"]),
        (b"Laporan realisasi anggaran", ["unsupported error"]),
        (b"#EXTM3U\nfile:///etc/passwd\n", ["unsupported error"]),
        (b"RIFF\x00\x00\x00\x00AVI LIST", ["unsupported error"]),
        (b"\x00\x00\x00\x18ftypisom" + bytes(99), ["damaged error"]),
        (b"\x00\x00\x00\x10ftypisom\x00\x00\x00\x00", ["damaged error"]),
        (b"\x1aE\xdf\xa3" + bytes(200), ["format error", "damaged error"]),
    ],
    ids=["empty", "text", "playlist", "avi", "zeros", "no index", "webm"],
)
def test_what_is_no_video_is_told(tmp_path, data, lines):
    """Text, nothing, playlists and bare beginnings are named, whatever the file is called."""
    (tmp_path / "film.mp4").write_bytes(data)
    assert rules(data) == lines
    assert [one.rule for one in inspect_file(tmp_path / "film.mp4", REEL)] == [
        f"file.{line.split()[0]}" for line in lines
    ]


def test_a_cut_off_file_is_damaged(good, tmp_path):
    """A file that was not copied to its end says how much is missing; one without its index says so."""
    (line,) = told(good[:-1000], whole=False)
    assert line.endswith("cannot be read to the end: the box 'mdat' ends 1,000 bytes behind the end")
    late = film(tmp_path, muxer={})
    assert "file.damaged error" in told(late[: late.index(b"moov") - 4])[0]


def test_damaged_pictures_are_found_by_playing(good):
    """Garbage in the data is invisible to the index and found by decoding, with its time."""
    half = len(good) * 2 // 3
    broken = good[:half] + b"\x55" * 3000 + good[half + 3000 :]
    assert rules(broken, whole=False) == []
    assert any(line.startswith("file.damaged error: the video cannot be read to the end: ") for line in told(broken))


def boxed(kind, data):
    return struct.pack(">I", 8 + len(data)) + kind + data


def index_of(*tracks):
    header = boxed(b"mvhd", bytes(12) + struct.pack(">I", 1000) + bytes(84))
    return boxed(b"ftyp", b"isom\x00\x00\x00\x00") + boxed(b"moov", header + b"".join(tracks))


def track(*tables):
    header = boxed(b"mdhd", bytes(12) + struct.pack(">II", 1000, 0) + bytes(4))
    handler = boxed(b"hdlr", bytes(8) + b"vide" + bytes(13))
    inner = header + handler + boxed(b"minf", boxed(b"stbl", b"".join(tables)))
    return boxed(b"trak", boxed(b"mdia", inner))


ONE_SIZE = boxed(b"stsz", struct.pack(">III", 0, 9, 9))
BRAND = boxed(b"ftyp", b"isom\x00\x00\x00\x00")


def deep(levels):
    data = b""
    for _ in range(levels):
        data = boxed(b"moov", data)
    return data


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (index_of(track(boxed(b"stsz", struct.pack(">III", 0, 1, 2**32 - 1)))), "4,294,967,295 samples"),
        (index_of(*[track(boxed(b"stsz", struct.pack(">III", 0, 1, 2**20)))] * 64), "67,108,864 samples"),
        (index_of(track(boxed(b"stsz", struct.pack(">III", 0, 0, 90)))), "a table of 90 numbers has room for 0"),
        (
            index_of(track(boxed(b"stsz", struct.pack(">III", 0, 9, 9)), boxed(b"stts", bytes(4) + b"\x7f" * 4))),
            "room for",
        ),
        (index_of(track(ONE_SIZE)), "samples without times"),
        (index_of(boxed(b"trak", b"")), "lacks its header"),
        (index_of(*[boxed(b"free", b"")] * 5000), "more than 4,096 boxes"),
        (BRAND + struct.pack(">I4sQ", 1, b"moov", 2**63), "behind the end"),
        (
            boxed(b"ftyp", b"isom\x00\x00\x00\x00") + struct.pack(">I4s", 3, b"moov") + bytes(9),
            "a box 'moov' of 3 bytes",
        ),
        (BRAND + deep(30_000), "no header"),
    ],
)
def test_counts_and_sizes_are_not_believed(data, problem):
    """Boxes that claim more than there is cost neither memory nor time, however deep they lie."""
    (line,) = told(data)
    assert line.startswith("file.damaged error: ")
    assert problem in line


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_damage_never_gives_a_traceback(good, seed):
    """Whatever is wrong with the bytes, inspection gives findings."""
    random = numpy.random.default_rng(seed)
    for _ in range(25):
        data = bytearray(good)
        for place in random.integers(0, 5_000, random.integers(1, 12)):
            data[place] = random.choice((0, 1, 128, 255))
        for finding in inspect_file(bytes(data), REEL):
            assert finding.message


def patched(data, old, new, count=1):
    assert old in data
    return data.replace(old, new, count)


def test_he_aac_is_told(good):
    """AAC with SBR is not AAC-LC, however it says so."""
    at = good.index(b"esds")
    plain = bytes((0x11, 0x90))  # object type 2, 48 kHz, stereo
    explicit = good[:at] + patched(good[at:], plain, bytes((0x29, 0x90)))
    assert told(explicit, whole=False) == ["file.audio-codec error: the sound is AAC HE; AAC-LC plays everywhere"]
    implicit = good[:at] + patched(good[at:], bytes((0x56, 0xE5, 0x00)), bytes((0x56, 0xE5, 0x80)))
    assert told(implicit, whole=False) == ["file.audio-codec error: the sound is AAC HE; AAC-LC plays everywhere"]


def test_turned_pictures_are_told(good):
    """A display matrix that turns the pictures is found, and sides are judged as they are shown."""
    one, none = struct.pack(">i", 65536), bytes(4)
    upright = one + none * 3 + one
    turned = patched(good, b"tkhd", b"tkhd")
    at = turned.index(upright, turned.index(b"tkhd"))
    turned = turned[:at] + none + one + none + struct.pack(">i", -65536) + none + turned[at + 20 :]
    lines = told(turned, whole=False)
    assert f"file.rotation warning: the pictures are stored {WIDTH}×{HEIGHT} and shown turned by 90 degrees" in lines
    assert any(line.startswith("file.ratio") for line in lines)


def test_a_header_that_stretches_is_told(good):
    """A track header that shows the pictures in another shape distorts them, without a ratio of pixels."""
    old, new = (struct.pack(">II", width << 16, HEIGHT << 16) for width in (WIDTH, 2 * WIDTH))
    assert rules(patched(good, old, new), whole=False) == ["pixel-aspect warning"]


def test_an_edit_list_says_what_it_does(tmp_path):
    """Delays taken back, and pieces joined, are told apart."""
    data = film(tmp_path, muxer={"movflags": "+faststart", "fflags": "+bitexact"})
    pictures, sound = (line for line in told(data) if line.startswith("file.edit-list"))
    assert pictures == "file.edit-list error: the pictures have an edit list: it takes back a delay of 67 ms"
    assert sound == "file.edit-list error: the sound has an edit list: it skips the first 21 ms"
    warned = [line for line in told(data, POST) if line.startswith("file.edit-list warning")]
    assert len(warned) == 2


def test_container_and_stream_agree_on_colours(tmp_path):
    """A container that says other colours than the stream makes players disagree; one that agrees is well."""
    assert told(film(tmp_path, colour=(1, 1, 1)), whole=False) == []
    assert told(film(tmp_path, colour=(9, 14, 9)), whole=False) == [
        "file.colour-tags warning: container and stream tag the colours differently: players disagree"
    ]
    only_container = film(tmp_path, codec="mpeg4", options={}, colour=(1, 1, 1))
    assert rules(only_container, replace(REEL, video=replace(REEL.video, codecs=("mpeg4",)))) == []


def test_uneven_pictures_are_told_with_figures(tmp_path):
    """A varying rate says how long pictures stand; plain sound has no samples of its own, and a length all the same."""
    data = film(tmp_path, frames=[*range(40), *range(44, 94)], x264=SHORT)
    assert "file.variable-frame-rate warning: the frame rate varies: pictures stand 33 to 167 ms" in told(data)
    plain = film(tmp_path, format="mov", sound_codec="pcm_s16le")
    assert told(plain) == ["file.audio-codec error: the sound is pcm; instagram/reel is sure to take aac"]


def test_the_end_of_a_very_long_video_is_not_played(good, monkeypatch):
    """Playing has an end; that it was reached is told, and is no fault of the file."""
    from assetgen.inspect import decoding

    monkeypatch.setattr(decoding, "MOST_FRAMES", 40)
    assert [line for line in told(good) if "loudness" not in line] == [
        "file.unplayed info: only the first 40 pictures were played; what is behind them was not seen"
    ]


def test_interlaced_pictures_are_told(tmp_path):
    """Combed edges are found from the parameters alone, and from the pictures."""
    data = film(tmp_path, options={"bf": "2", "flags": "+ildct+ilme"}, x264=f"{CLOSED}:{BT709}:interlaced=1")
    assert rules(data) == rules(data, whole=False) == ["interlaced error"]


def test_overlays_are_transparent_and_silent(tmp_path):
    """VP9 with alpha and ProRes 4444 are fit for a live stream; an opaque one would hide it."""
    overlay = small("live/overlay-video")
    wide = {"sound": None, "size": (HEIGHT, WIDTH), "options": {}}
    webm = wide | {"codec": "libvpx-vp9", "format": "webm", "muxer": {"fflags": "+bitexact"}}
    assert rules(film(tmp_path, pixels="yuva420p", **webm | {"options": {"auto-alt-ref": "0"}}), overlay) == []
    assert rules(film(tmp_path, **webm), overlay) == ["alpha warning"]
    prores = wide | {"codec": "prores_ks", "format": "mov", "pixels": "yuva444p10le", "options": {"profile": "4444"}}
    assert rules(film(tmp_path, **prores), overlay) == []
    assert "format error" in rules(film(tmp_path, pixels="yuva420p", **webm), REEL)
    (line,) = (line for line in told(film(tmp_path, format="matroska"), small("tiktok/video")) if "file.format" in line)
    assert line == "file.format error: the file is mkv; tiktok/video takes mp4, webm, mov"


# --- what playing shows -----------------------------------------------------------------------------------------------


def plain(value):
    return lambda number, width, height: numpy.full((height, width, 3), value, numpy.uint8)


def test_an_empty_first_picture_is_told(tmp_path):
    """Black, or one colour, is a poster without a message."""
    for value, what in (((0, 0, 0), "black"), ((200, 30, 30), "of one colour")):
        empty = plain(value)
        data = film(
            tmp_path, draw=lambda number, *size, empty=empty: scene(number, *size) if number else empty(number, *size)
        )
        assert told(data) == [
            f"file.first-frame warning: the first picture is {what}: it is what people see before they tap"
        ]


def test_flashing_is_an_error(tmp_path):
    """More than three flashes a second are found in the file, with their time."""

    def flashing(number, width, height):
        picture = scene(number, width, height).copy()
        picture[: height // 2] = 235 if number % 6 < 3 else 20
        return picture

    (line,) = told(film(tmp_path, draw=flashing))
    assert line == "file.flashes error: it flashes too often: 0.0 to 3.0 s, 5 flashes a second"


def test_an_animation_for_messengers():
    """A GIF has its own limits: frames, pixels in all, length, and that it moves and repeats."""
    from PIL import Image

    def gif(count, form="GIF", size=(108, 192), **options):
        frames = [Image.fromarray(scene(3 * number, *size)) for number in range(count)]
        stream = io.BytesIO()
        given = {"save_all": True, "append_images": frames[1:], "duration": 100, "loop": 0} | options
        frames[0].save(stream, form, **(given if count > 1 else {}))
        return stream.getvalue()

    post = small("x/gif", frames_max=30)
    post = replace(post, size=Size(108, 192), sizes=(Size(108, 192),))
    assert rules(gif(20), post) == []
    assert rules(gif(31), post) == ["frames error"]
    assert rules(gif(1), post) == ["animated error"]
    assert rules(gif(20, loop=2), post) == ["loop warning"]
    assert rules(gif(20, duration=10), post) == ["frame-rate warning", "duration warning"]
    assert rules(gif(20), replace(post, video=replace(post.video, total_pixels_max=400_000))) == ["pixels error"]
    assert rules(gif(20, "WEBP"), post) == ["format error"]
    assert rules(gif(20)[:900], post) == ["damaged error"]
    assert rules(gif(20), REEL)[0] == "format error"


def test_a_picture_is_no_video_and_a_video_no_picture(good):
    """Kinds are not mixed up: each is refused by its format."""
    from PIL import Image

    stream = io.BytesIO()
    Image.new("RGB", (9, 16)).save(stream, "JPEG")
    assert told(stream.getvalue()) == ["file.format error: the file is jpeg; instagram/reel takes mp4, mov"]
    assert told(good, load("instagram/story")) == ["file.format error: the file is mp4; instagram/story takes jpeg"]


def test_other_streams_are_told(tmp_path):
    """A second language or a time code is another stream, and only one is played."""
    data = film(tmp_path)
    kept = patched(data, b"soun", b"tmcd")
    assert "file.streams warning: the file holds other tracks: tmcd" in told(kept, whole=False)


def test_the_command_judges_videos(good, tmp_path):
    """`assetgen inspect` tells the findings of a video, also as JSON, and its exit code."""
    import json

    from click.testing import CliRunner

    from assetgen.cli import main

    path = tmp_path / "film.mp4"
    path.write_bytes(good)
    done = CliRunner().invoke(main, ["inspect", str(path), "--for", "instagram/reel", "--format", "json"])
    found = json.loads(done.output)[str(path)]
    assert done.exit_code == 1
    assert found[0]["rule"] == "file.size"


def test_every_finding_is_on_the_page():
    """`docs/inspect.md` names each finding that inspection can give, and none besides."""
    import re
    from pathlib import Path

    from assetgen import inspect

    folder = Path(inspect.__file__).parent
    code = "".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    given = set(re.findall(r"(?:error|warning|info)\(\s*\"([a-z-]+)\"", code)) | {"audio-rate", "audio-rate-low"}
    page = (folder.parents[1] / "docs" / "inspect.md").read_text("utf-8")
    assert set(re.findall(r"`file\.([a-z-]+)`", page)) == given
