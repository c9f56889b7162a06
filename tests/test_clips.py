"""Clips on pages: any video a phone or a camera makes plays in step; what cannot be played is told, field and place."""

import io
from dataclasses import replace
from fractions import Fraction

import av
import numpy
import pytest

from assetgen import placement
from assetgen.brand import Brand
from assetgen.clips import ClipReader, playing_of, read_clip, reading, recorded
from assetgen.errors import AssetgenError, ClipError, FieldError, LayoutError, Place
from assetgen.fields import FieldContext, fill
from assetgen.layout import Layout
from assetgen.model import Direction, Size
from assetgen.motion.production import Manner, film_of, make_video
from assetgen.motion.shoot import Crew
from assetgen.studio import Studio, Wish
from assetgen.video.colour import rgb_pixels

WIDE = Size(320, 180)
RED, BLUE, YELLOW = (200, 30, 40), (20, 120, 200), (240, 220, 30)
REEL = replace(placement.load("instagram/reel"), size=Size(270, 480), sizes=(Size(270, 480),))


def picture(share, size=WIDE):
    """Return a frame that is blue from the left up to a share of its width, red behind, with a yellow stripe above."""
    pixels = numpy.empty((size.height, size.width, 3), numpy.uint8)
    pixels[:], pixels[:, : round(size.width * share)] = RED, BLUE
    pixels[: size.height // 6] = YELLOW
    return pixels


def video(count=30, size=WIDE, ticks=None, **kind):
    """Return the bytes of a clip whose blue part grows with each picture: at 30 a second, or at ticks of 1/600 s."""
    colours, levels = kind.get("matrix", "ITU709"), kind.get("levels", "MPEG")
    stream = io.BytesIO()
    with av.open(stream, "w", format=kind.get("container", "mp4")) as container:
        track = container.add_stream(kind.get("codec", "libx264"), rate=30)
        track.width, track.height, track.pix_fmt = size.width, size.height, kind.get("format", "yuv420p")
        track.time_base, track.codec_context.gop_size = Fraction(1, 600), 10
        track.codec_context.sample_aspect_ratio = Fraction(kind.get("aspect", 1))
        for number in range(count):
            frame = av.VideoFrame.from_ndarray(picture((number + 0.5) / count, size), "rgb24")
            frame = frame.reformat(format=track.pix_fmt, dst_colorspace=colours, dst_color_range=levels)
            if kind.get("tagged", True):
                track.codec_context.colorspace, track.codec_context.color_range = frame.colorspace, frame.color_range
                track.codec_context.color_trc = kind.get("transfer", 1)
            frame.pts, frame.time_base = (ticks[number] if ticks else number * 20), Fraction(1, 600)
            container.mux(track.encode(frame))
        container.mux(track.encode(None))
    return stream.getvalue()


def clip_of(data, **wishes):
    return replace(read_clip(data, "klip.mp4"), playing=playing_of(wishes))


def share(pixels):
    """Return how far the blue part reaches, from 0 to 1: what `picture` was given."""
    row = pixels[len(pixels) * 2 // 3].astype(int)
    return float(((row[:, 2] > row[:, 0]).sum()) / len(row))


@pytest.fixture(scope="module")
def plain():
    return video()


@pytest.fixture(scope="module")
def studio():
    with Studio() as studio:
        yield studio


@pytest.mark.parametrize(
    ("format", "matrix", "levels", "tagged"),
    [
        ("yuv420p", "ITU709", "MPEG", True),
        ("yuv420p", "ITU601", "MPEG", True),
        ("yuv420p", "ITU601", "MPEG", False),
        ("yuv420p", "ITU709", "JPEG", True),
        ("yuvj420p", "ITU601", "JPEG", True),
        ("yuv444p", "ITU601", "MPEG", True),
        ("yuv420p10le", "ITU709", "MPEG", True),
    ],
)
def test_colours_of_any_video_are_those_that_were_filmed(format, matrix, levels, tagged):
    """BT.601 or BT.709, full or limited range, 8 or 10 bits: within 3 levels; untagged small ones count as BT.601."""
    clip = clip_of(video(2, format=format, matrix=matrix, levels=levels, tagged=tagged))
    found = rgb_pixels(ClipReader(clip, WIDE).pixels(0)).astype(int)
    for (x, y), wanted in {(10, 120): BLUE, (300, 120): RED, (160, 8): YELLOW}.items():
        assert numpy.abs(found[y, x] - wanted).max() <= 3


@pytest.mark.parametrize(
    ("wishes", "times", "numbers"),
    [
        ({}, (0, 0.1, 0.99, 5), (0, 3, 29, 29)),
        ({"from": 0.5}, (0, 0.2, 5), (15, 21, 29)),
        ({"from": 0.2, "to": 0.5}, (0, 0.1, 0.29, 9), (6, 9, 14, 14)),
        ({"to": 0.5, "ends": "loop"}, (0, 0.4, 0.5, 0.6, 1.1), (0, 12, 0, 3, 3)),
        ({"speed": 2}, (0, 0.1, 0.4, 1), (0, 6, 24, 29)),
        ({"speed": "0.5"}, (0, 0.1, 1), (0, 1, 15)),
    ],
)
def test_a_clip_is_cut_sped_up_held_and_looped(plain, wishes, times, numbers):
    """At each time of its scene the picture is the one that the wishes lead to."""
    clip = clip_of(plain, **wishes)
    assert tuple(clip.picture(time) for time in times) == numbers


def test_a_variable_frame_rate_is_shown_at_its_own_times():
    """Pictures come at the times that the file gives them, whatever the rate of the film."""
    clip = clip_of(video(4, ticks=[0, 100, 130, 400]))
    assert [clip.picture(time / 30) for time in range(22)] == [0] * 5 + [1, 1] + [2] * 13 + [3, 3]


def test_pictures_come_in_any_order(plain):
    """Going back and jumping far gives the very pictures that playing on gives."""
    clip = clip_of(plain)
    reader = ClipReader(clip, WIDE)
    for number in (0, 1, 29, 3, 28, 12, 0):
        assert share(rgb_pixels(reader.pixels(number))) == pytest.approx((number + 0.5) / 30, abs=0.01)


def test_a_focus_point_stays_in_sight(plain):
    """A wide clip in a narrow box is cut about the focus point, as photos are."""
    clip = clip_of(plain)
    left, right = (ClipReader(clip, Size(90, 180), focus) for focus in ((0.0, 0.5), (1.0, 0.5)))
    assert share(rgb_pixels(left.pixels(14))) == 1
    assert share(rgb_pixels(right.pixels(14))) == 0


@pytest.mark.parametrize(("matrix", "size"), [((0, 1, -1, 0), Size(180, 320)), ((-1, 0, 0, -1), Size(320, 180))])
def test_a_clip_of_a_turned_phone_stands_upright(plain, matrix, size):
    """The display matrix of the file is followed: a quarter turn makes it tall, half a turn puts the stripe below."""
    at = plain.index(b"tkhd") + 4 + 40
    a, b, c, d = (number * 65536 for number in matrix)
    fields = (a, b, 0, c, d, 0, 0, 0, 0x40000000)
    turned = plain[:at] + b"".join(one.to_bytes(4, "big", signed=True) for one in fields) + plain[at + 36 :]
    clip = clip_of(turned)
    assert clip.size == size
    pixels = rgb_pixels(ClipReader(clip, size).pixels(15)).astype(int)
    stripe = pixels[size.height // 2, -10] if size.width == 180 else pixels[-10, size.width // 2]
    assert numpy.abs(stripe - YELLOW).max() <= 4


def test_odd_sides_and_pixels_that_are_not_square_are_shown_right():
    """321×181 plays whole; pixels twice as wide as high make a clip twice as wide."""
    clip = clip_of(video(2, Size(321, 181), format="yuv444p"))
    assert ClipReader(clip, clip.size).pixels(1).shape == (181, 321, 4)
    assert clip_of(video(2, aspect=2)).size == Size(640, 180)


def sound_alone():
    stream = io.BytesIO()
    with av.open(stream, "w", format="mp4") as container:
        track = container.add_stream("aac", rate=48000, layout="stereo")
        frame = av.AudioFrame.from_ndarray(numpy.zeros((2, 4800), numpy.float32), format="fltp", layout="stereo")
        frame.sample_rate = 48000
        container.mux(track.encode(frame))
        container.mux(track.encode(None))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "given", "message"),
    [
        (None, "klip.mp4", "there is no file 'klip.mp4'"),
        (b"", "klip.mp4", "has 0 bytes"),
        (b"#EXTM3U\nhttp://example.com/a.ts\n", "klip.mp4", "damaged or of an unknown format"),
        (lambda: video()[:2000], "klip.mp4", "damaged or of an unknown format"),
        (sound_alone, "klip.mp4", "holds no pictures: it is sound alone"),
        (lambda: video(1), "klip.mp4", "does not move"),
        (lambda: video(2, transfer=18), "klip.mp4", r"is HDR \(HLG\)"),
        (lambda: video(2), "../klip.mp4", "outside"),
        (lambda: video(2), "https://example.com/klip.mp4", "remote files are not fetched"),
        (lambda: video(2), {"file": "klip.mp4", "from": 9}, "'from' is 9 s; the clip is 0.07 s long"),
        (lambda: video(2), {"file": "klip.mp4", "to": 3}, "from 0 to 3 s; the clip is 0.07 s long"),
        (lambda: video(2), {"file": "klip.mp4", "speed": "fast"}, "'speed' takes a number"),
        (lambda: video(2), {"file": "klip.mp4", "speed": 0}, "'speed' is 0; it lies between 0.1 and 16"),
        (lambda: video(2), {"file": "klip.mp4", "ends": "stop"}, "'ends' takes hold or loop"),
        (lambda: video(2), {"file": "klip.mp4", "form": 1}, "has no 'form'.*from"),
    ],
)
def test_what_cannot_be_played_is_told_with_its_field(tmp_path, data, given, message):
    """Missing, damaged, without pictures, HDR, outside of the folder, or wished for in a way that cannot be."""
    if data is not None:
        (tmp_path / "klip.mp4").write_bytes(data() if callable(data) else data)
    values = {"title": "x", "photo": given}
    with pytest.raises(FieldError, match=message) as found:
        fill(Layout.load("announcement"), values, FieldContext("id", tmp_path, Place("kampanye.toml", 7)))
    assert "field 'photo'" in str(found.value)
    assert "kampanye.toml" in str(found.value)


def test_sizes_are_limited(plain, monkeypatch):
    """Bytes are asked of the file system, pixels of the header: before anything is decoded."""
    monkeypatch.setattr(reading, "MAX_BYTES", 1000)
    with pytest.raises(ClipError, match="at most 1,000 are read"):
        read_clip(plain, "klip.mp4")
    monkeypatch.undo()
    monkeypatch.setattr(reading, "MAX_PIXELS", 1000)
    with pytest.raises(ClipError, match="320×180: 57,600 pixels, at most 1,000"):
        read_clip(plain, "klip.mp4")


def test_a_field_for_photos_alone_takes_no_clip(tmp_path, plain):
    """A layout says which of its photos may move."""
    (tmp_path / "klip.mp4").write_bytes(plain)
    layout = Layout.load("missing-person")
    values = {"name": "x", "photo": "klip.mp4"}
    with pytest.raises(FieldError, match=r"takes a picture; 'klip.mp4' is a moving one"):
        fill(layout, values, FieldContext("id", tmp_path))


def kit(tmp_path, html, css=""):
    """Return a layout of one photo field, with its template."""
    folder = tmp_path / "layouts" / "tayangan"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "layout.toml").write_text(
        'title = "Tayangan"\ndescription = "A clip."\nshapes = ["story"]\nrequires_source = false\n'
        '[fields.photo]\ntype = "image"\nclips = true\n[alt]\nid = "Tayangan."\n'
    )
    (folder / "layout.html").write_text(f'<section class="page">{html}</section>')
    (folder / "layout.css").write_text(
        ".page .clip{position:absolute;left:0;top:0;width:1080px;height:608px;display:block}" + css
    )
    (folder / "example.toml").write_text("[id]\n")
    (folder / "README.md").write_text("# Tayangan\n")
    return Layout.load(folder)


def shoot(studio, layout, wish, direction=Direction(music="none")):
    binder = studio._binder(layout, Brand.load("lentera"))
    pages = studio._painter.paint(binder.bind(wish.given, wish.placement, "id", wish.folder))
    film = film_of(pages, studio._painter.engine, wish.placement, Manner(replace(direction, folder=wish.folder)))
    files, _ = make_video(film, pages[0], wish.placement, Manner(direction))
    with av.open(io.BytesIO(files[0].data)) as container:
        return pages, film, files, [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


def test_a_clip_plays_behind_text(studio, tmp_path, plain):
    """The film shows the clip in step, with words above it as crisp as on the still, and stands as long as it does."""
    (tmp_path / "klip.mp4").write_bytes(plain)
    layout = kit(
        tmp_path,
        '<video class="clip" src="{{ photo }}" data-speed="0.2" data-poster="0"></video><p class="word">Kata</p>',
        ".page .word{position:absolute;left:380px;top:300px;font-size:200px;line-height:1;color:#fff}"
        ".page .clip{border-radius:60px}",
    )
    pages, film, _, frames = shoot(studio, layout, Wish({"photo": "klip.mp4"}, REEL, folder=tmp_path))
    assert film.seconds == pytest.approx(5, abs=0.05)
    assert len(frames) == 150
    for number in (0, 30, 61, 100, 149):
        assert share(frames[number][132:150]) == pytest.approx((number // 5 + 0.5) / 30, abs=0.02)
    word = pages[0].frame.array[80:120, 100:250, :3].min(axis=2) > 235
    assert word.sum() > 300
    assert frames[100][80:120, 100:250][word].mean() > 240
    corner = frames[60][0, 0].astype(int) - pages[0].frame.array[0, 0, :3].astype(int)
    assert numpy.abs(corner).max() <= 12  # the ground, not the clip: its corner is round


def test_a_film_with_a_clip_is_the_same_on_any_number_of_cores(studio, tmp_path, plain):
    """Each worker decodes for itself, from where its segment begins."""
    (tmp_path / "klip.mp4").write_bytes(plain)
    layout = kit(tmp_path, '<video class="clip" src="{{ photo }}" loop></video>')
    pages = studio._painter.paint(
        studio._binder(layout, Brand.load("lentera")).bind({"photo": "klip.mp4"}, REEL, "id", tmp_path)
    )
    found = set()
    for workers in (1, 3):
        manner = Manner(Direction(music="none"), crew=Crew(workers))
        film = film_of(pages, studio._painter.engine, REEL, manner)
        found.add(make_video(film, pages[0], REEL, manner)[0][0].data)
    assert len(found) == 1


def test_a_still_shows_the_poster(studio, tmp_path, plain):
    """The middle of what is played, or the second that is asked for; the user comes before the layout."""
    (tmp_path / "klip.mp4").write_bytes(plain)
    still = replace(placement.load("instagram/story"), size=Size(270, 480), sizes=(Size(270, 480),))
    layout = kit(tmp_path, '<video class="clip" src="{{ photo }}" data-poster="0.9"></video>')
    bare = kit(tmp_path / "bare", '<img class="clip" src="{{ photo }}">')
    for one, given, wanted in (
        (layout, "klip.mp4", 27.5 / 30),
        (layout, {"file": "klip.mp4", "poster": 0.1}, 3.5 / 30),
        (bare, {"file": "klip.mp4", "to": 0.4}, 6.5 / 30),
    ):
        binder = studio._binder(one, Brand.load("lentera"))
        page = studio._painter.paint(binder.bind({"photo": given}, still, "id", tmp_path))[0]
        box = next(box.rectangle for box in page.boxes if box.tag == "img")
        shown = page.frame.array[int(box.top) + 2 : int(box.bottom) - 2, int(box.left) : int(box.right), :3]
        assert share(shown) == pytest.approx(wanted, abs=0.02)


class Hum:
    """The sound of a clip of MoviePy, as far as it is asked."""

    def iter_chunks(self, chunksize, fps, quantize, nbytes):
        assert (quantize, nbytes) == (True, 2)
        for start in range(0, int(3.2 * fps), chunksize):
            wave = 8000 * numpy.sin(numpy.arange(start, start + chunksize) / 20)
            yield numpy.stack([wave, wave], 1).astype(numpy.int16)


class Humming:
    """A clip with sound."""

    size, duration, fps, audio = (64, 64), 3.2, 10, Hum()

    def frame(self, second):
        return numpy.full((64, 64, 3), int(60 * second), numpy.uint8)


def test_the_sound_of_a_clip_is_heard_when_asked_for(studio, tmp_path):
    """Clips are mute; with a volume theirs is in the film."""
    layout = kit(tmp_path, '<video class="clip" src="{{ photo }}"></video>')
    for volume, streams in ((0, 0), (0.8, 1)):
        given = {"photo": {"file": Humming(), "volume": volume}}
        *_, files, _ = shoot(studio, layout, Wish(given, REEL, folder=tmp_path))
        with av.open(io.BytesIO(files[0].data)) as container:
            assert len(container.streams.audio) == streams


def test_attributes_that_cannot_be_are_told(studio, tmp_path, plain):
    """A layout that asks for what the clip has not is named."""
    (tmp_path / "klip.mp4").write_bytes(plain)
    layout = kit(tmp_path, '<video class="clip" src="{{ photo }}" data-from="7"></video>')
    with pytest.raises(LayoutError, match=r"'from' is 7 s; the clip is 1.00 s long"):
        studio._binder(layout, Brand.load("lentera")).bind({"photo": "klip.mp4"}, REEL, "id", tmp_path)


@pytest.mark.parametrize("source", ["https://example.com/a.mp4", "/etc/passwd", "klip.mp4"])
def test_a_video_of_a_template_names_a_field(studio, tmp_path, source):
    """No file and no address can be written into a template."""
    layout = kit(tmp_path, f'<video class="clip" src="{source}"></video>')
    with pytest.raises(LayoutError, match="names no picture"):
        studio._binder(layout, Brand.load("lentera")).bind({}, REEL, "id", tmp_path)


def test_damage_in_the_middle_ends_the_film(studio, tmp_path, plain):
    """What cannot be decoded is told with its second; nothing is made of the rest."""
    start = plain.index(b"mdat") + len(plain[plain.index(b"mdat") :]) // 3
    (tmp_path / "klip.mp4").write_bytes(plain[:start] + b"\xa5" * 1500 + plain[start + 1500 :])
    layout = kit(tmp_path, '<video class="clip" src="{{ photo }}" data-poster="0"></video>')
    with pytest.raises(ClipError, match=r"klip.mp4: .*damaged"):
        shoot(studio, layout, Wish({"photo": {"file": "klip.mp4", "poster": 0}}, REEL, folder=tmp_path))


class Source:
    """Frames of a stranger's code."""

    def __init__(self, size=(64, 48), duration=0.5, shape=None):
        self.size, self.duration, self.fps, self.shape = size, duration, 20, shape

    def frame(self, second):
        return numpy.full(self.shape or (48, 64, 3), round(second * 400), numpy.uint8)


def test_frames_of_any_source_are_a_clip():
    """An object with size, duration and frame(second) plays; frames are asked for once, in their order."""
    clip = clip_of(recorded(Source()))
    assert (clip.size, len(clip.ticks)) == (Size(64, 48), 10)
    reader = ClipReader(clip, clip.size)
    for number in (0, 4, 9):
        assert numpy.abs(rgb_pixels(reader.pixels(number)).astype(int) - number * 20).max() <= 2


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (Source(duration=None), "0 s long"),
        (Source(duration=float("inf")), "inf s long"),
        (Source(size=(0, 0)), "0×0"),
        (Source(shape=(48, 65, 3)), r"frame of shape \(48, 65, 3\)"),
        (Source(shape=(48, 64)), "frame of shape"),
    ],
)
def test_a_source_that_cannot_play_is_told(source, message):
    """Endless, empty or other than it says."""
    with pytest.raises(ClipError, match=message):
        recorded(source)


def test_a_clip_of_moviepy_plays_in_a_scene(studio):
    """`make(data={"photo": clip})` takes what MoviePy made, with the Pillow that is locked."""
    moviepy = pytest.importorskip("moviepy")
    from assetgen import make

    clip = moviepy.VideoClip(lambda second: picture(second / 2), duration=2).with_fps(15)
    still = make(layout="announcement", data={"title": "Senja", "photo": clip}, brand="lentera",
                 placement="instagram/feed-portrait", studio=studio)  # fmt: skip
    assert isinstance(still.files[0].data, bytes)


def test_every_error_of_clips_has_a_code():
    """The command line ends as for any bad input."""
    assert issubclass(ClipError, AssetgenError)
    assert ClipError.exit_code == FieldError.exit_code
