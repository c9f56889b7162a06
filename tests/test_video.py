"""Videos: segments are joined, pictures held without encoding, and the files are what platforms take."""

import io
from dataclasses import replace
from threading import Event

import av
import numpy
import pytest

from assetgen import placement
from assetgen.brand import Brand
from assetgen.errors import CancelledError, EncodeError, LayoutError, SoundError
from assetgen.inspect import inspect_file
from assetgen.layout import Layout
from assetgen.model import Direction, Frame, Severity, Size, VideoLimits
from assetgen.motion.captioning import with_room
from assetgen.motion.film import Film, Shot
from assetgen.motion.pace import HOLDING, scene_seconds
from assetgen.motion.production import Manner, film_of, make_video
from assetgen.motion.shoot import Crew, segments, shoot
from assetgen.motion.take import Take
from assetgen.studio import Studio, Wish
from assetgen.video.bits import BitReader, BitWriter
from assetgen.video.container import join
from assetgen.video.encoder import SegmentEncoder, Settings
from assetgen.video.h264 import escaped, unescaped
from assetgen.video.planes import Planes, planes_of
from assetgen.watch import Watch

SMALL = Size(320, 192)


@pytest.fixture(scope="module")
def studio():
    with Studio() as studio:
        yield studio


def decoded(data):
    """Return the luma of every frame of a file."""
    with av.open(io.BytesIO(data)) as container:
        return [frame.to_ndarray()[: frame.height].copy() for frame in container.decode(video=0)]


def moving(count, size=SMALL):
    """Return planes of a pattern that moves."""
    steps = numpy.random.default_rng(3).integers(16, 235, (size.height // 8, size.width // 8), numpy.uint8)
    luma = numpy.kron(steps, numpy.ones((8, 8), numpy.uint8))
    chroma = numpy.full((size.height // 2, size.width // 2), 128, numpy.uint8)
    return [Planes(numpy.roll(luma, 3 * number, 1), chroma, chroma) for number in range(count)]


def segment(settings, frames):
    encoder = SegmentEncoder(settings)
    for planes in frames:
        encoder.add(planes)
    return encoder.finish()


@pytest.mark.parametrize(
    ("size", "factor", "profile"),
    [(SMALL, 18, "high"), (Size(64, 64), 30, "main"), (Size(144, 256), 12, "baseline"), (Size(1080, 606), 24, "high")],
)
def test_pictures_hold_without_being_encoded(size, factor, profile):
    """Every held picture decodes to the very pixels before it, and those behind are as they were without it."""
    settings = Settings(size, rate_factor=factor, profile=profile)
    plain = segment(settings, moving(8, size))
    repeats = (3, 0, 0, 20, 1, 0, 2, 40)
    held = plain.held(repeats)
    once = decoded(join([plain, plain], 30))
    wanted = [frame for frame, more in zip(once, repeats * 2, strict=True) for _ in range(more + 1)]
    found = decoded(join([held, held], 30))
    assert len(found) == len(wanted) == 2 * (8 + sum(repeats))
    assert all((one == two).all() for one, two in zip(found, wanted, strict=True))


def test_numbers_survive_bits():
    """Exp-Golomb numbers come back; escapes keep start codes away and come off again."""
    writer = BitWriter()
    for value in (0, 1, 7, 254, 8160):
        writer.unsigned(value).signed(-value).signed(value)
    reader = BitReader(writer.finish())
    for value in (0, 1, 7, 254, 8160):
        assert (reader.unsigned(), reader.signed(), reader.signed()) == (value, -value, value)
    data = bytes([0, 0, 0, 1, 0, 0, 2, 0, 0, 3, 9, 0, 0])
    assert b"\0\0\1" not in escaped(data)
    assert unescaped(escaped(data)) == data


@pytest.mark.parametrize(
    "name", ["instagram/reel", "tiktok/video", "youtube/video", "x/video", "whatsapp/status-video"]
)
def test_files_are_what_the_placement_takes(name, studio):
    """No error of inspection, whole: moov first, no edit list, tagged BT.709, closed GOP, loudness, length."""
    layout = Layout.load("quote")
    place = placement.load(name)
    wish = Wish(layout.example()["id"], place, folder=layout.folder)
    asset = studio.make(layout, Brand.load("lentera"), wish)
    assert [file.role for file in asset.files] == ["post", "cover"]
    errors = [one.message for one in inspect_file(asset.files[0].data, place) if one.severity == Severity.ERROR]
    assert not errors
    assert asset.ready, [finding.message for finding in asset.findings]


def test_a_brand_colour_comes_back_within_two_levels():
    """A flat colour painted, encoded and decoded is the colour of the still, within two levels a channel."""
    for colour in ((11, 110, 79), (200, 16, 46), (245, 197, 66), (255, 255, 255), (12, 12, 14)):
        pixels = numpy.full((SMALL.height, SMALL.width, 4), (*colour, 255), numpy.uint8)
        stream = segment(Settings(SMALL), [planes_of(Frame(SMALL, pixels.tobytes()))])
        with av.open(io.BytesIO(join([stream], 30))) as container:
            frame = next(container.decode(video=0))
            assert (frame.colorspace, frame.color_range) == (1, 1)
            rgb = frame.to_ndarray(format="rgb24")
        assert abs(rgb.astype(int) - colour).max() <= 2, colour


def film(studio, name="statistics", **direction):
    layout = Layout.load(name)
    place = placement.load("instagram/reel")
    manner = Manner(Direction(**direction), caption_styles=layout.component_stylesheets["kit-captions"])
    where = with_room(place) if manner.direction.captioned else place
    binder = studio._binder(layout, Brand.load("lentera"))  # the pages alone are wanted here
    pages = studio._painter.paint(binder.bind(layout.example()["id"], where, "id", layout.folder))
    return film_of(pages, studio._painter.engine, place, manner), pages, place, manner


def test_the_same_film_makes_the_same_bytes(studio):
    """One worker or three, one time or another."""
    made, *_ = film(studio, "correction")
    settings = Settings(made.size, rate_factor=30)
    assert join(shoot(made, settings, Crew(1)).streams, 30) == join(shoot(made, settings, Crew(3)).streams, 30)


def test_segments_end_with_scenes_and_are_short(studio):
    """Each begins with a key picture: never more than two seconds apart, never across a cut; every frame is in one."""
    made, *_ = film(studio)
    found = segments(made, Settings(made.size))
    assert [number for part in found for number in part] == list(range(made.length))
    assert all(len(part) <= 60 for part in found)
    assert {part[0] for part in found} >= set(made.starts)


def test_held_frames_are_one_look(studio):
    """Once a scene rests, all its frames have one signature: they are drawn once."""
    made, *_ = film(studio, "correction")
    rest = {made.signature(number) for number in range(made.length - 20, made.length)}
    assert len(rest) == 1


def test_scenes_last_as_long_as_their_words():
    """More words take longer; sources in small type are looked at, not read; nothing ends before its motion."""
    short, long = (scene_seconds([(text, 60)], 1, "id") for text in ("tiga kata saja", "beberapa kata " * 12))
    assert short < 3 < 8 < long < 14
    assert scene_seconds([("beberapa kata " * 12, 28)], 1, "id") < long / 1.6
    assert scene_seconds([], 7, "id") == 7 + HOLDING


@pytest.mark.parametrize("length", ["0", "-1", "soon", "900"])
def test_a_length_that_is_none_is_refused(length, studio):
    """Zero-length and endless scenes are told, with what to write instead."""
    _, pages, *_ = film(studio, "correction")
    html = pages[0].page.html.replace("<section", f'<section data-duration="{length}"', 1)
    painted = replace(pages[0], page=replace(pages[0].page, html=html))
    with pytest.raises(LayoutError, match="data-duration"):
        _ = Take(painted, 1).seconds


@pytest.mark.parametrize(
    ("animation", "what"),
    [
        ("turn 2s linear 400 both", "ends after 800 s"),
        ("turn 90s both", "takes 90 s"),
        ("turn 1s 100000s both", "takes 100001 s"),
        ("turn -1s both", "negative"),
    ],
)
def test_animations_that_do_not_end_in_time_are_told(animation, what, studio):
    """A scene may not stand for minutes because something turns in it; the animation and its file are named."""
    _, pages, *_ = film(studio, "correction")
    css = (
        "@keyframes turn { from { transform: rotate(0deg) } to { transform: rotate(90deg) } } section h1 { animation: "
    )
    page = replace(pages[0].page, motion=(*pages[0].page.motion, f"{css}{animation} }}"))
    with pytest.raises(LayoutError, match=what) as caught:
        _ = Take(replace(pages[0], page=page), 1).seconds
    assert "turn" in str(caught.value)
    assert caught.value.problems[0].place.file == "layout.css"


@pytest.mark.parametrize("animation", ["turn 3s linear infinite", "turn 0s infinite", "turn 1s 0 both"])
def test_what_turns_forever_stands_as_long_as_its_words(animation, studio):
    """An endless animation makes no endless scene; one without a length, or that never turns, breaks nothing."""
    _, pages, *_ = film(studio, "correction")
    css = (
        "@keyframes turn { from { transform: rotate(0deg) } to { transform: rotate(90deg) } } section h1 { animation: "
    )
    page = replace(pages[0].page, motion=(*pages[0].page.motion, f"{css}{animation} }}"))
    take = Take(replace(pages[0], page=page), 1)
    assert 1 < take.seconds < 20
    scene = take.scene(studio._painter.engine)
    assert scene.drawing().draw(1.0) is not None


def test_an_unknown_transition_names_the_nearest(studio):
    """A typo in the campaign is told before anything is encoded."""
    with pytest.raises(LayoutError, match="psh") as caught:
        film(studio, transition="psh")
    assert "push" in str(caught.value)


def test_music_that_is_none_is_told(studio):
    """Neither a mood nor a file: the moods are listed; a file that is missing is named."""
    made, pages, place, manner = film(studio, "correction", music="jazz")
    with pytest.raises(SoundError, match="calm"):
        make_video(made, pages[0], place, manner)
    with pytest.raises(SoundError, match=r"lagu\.mp3"):
        make_video(made, pages[0], place, replace(manner, direction=Direction(music="lagu.mp3")))


def test_silence_is_a_choice(studio):
    """Without music and voice the file has no sound track at all."""
    made, pages, place, manner = film(studio, "correction", music="none")
    files, _ = make_video(made, pages[0], place, replace(manner, draft=True))
    with av.open(io.BytesIO(files[0].data)) as container:
        assert not container.streams.audio


def test_too_long_and_too_large_are_refused(studio):
    """The placement's own figures stand in the message."""
    made, pages, place, manner = film(studio, "correction", music="none")
    short = replace(place, video=replace(place.video or VideoLimits(), duration_max=2.0))
    with pytest.raises(EncodeError, match=r"2 s.*longest is scene 1"):
        make_video(made, pages[0], short, manner)
    with pytest.raises(EncodeError, match="1,000"):
        make_video(made, pages[0], replace(place, max_bytes=1000), replace(manner, draft=True))


def test_a_film_can_be_cancelled_and_tells_how_far_it_is(studio):
    """Cancelled before it begins it encodes nothing; progress ends with all frames."""
    made, *_ = film(studio, "correction")
    stop = Event()
    stop.set()
    with pytest.raises(CancelledError, match="cancelled"):
        shoot(made, Settings(made.size), Crew(watch=Watch(cancelled=stop)))
    told = []
    shoot(made, Settings(made.size, rate_factor=34), Crew(watch=Watch(lambda *one: told.append(one))))
    assert told[-1] == (made.length, made.length, "frames")


@pytest.mark.parametrize("name", ["fade", "slide", "push", "wipe", "zoom"])
def test_transitions_lead_from_one_scene_to_the_next(name, studio):
    """The first frame of a transition is the old scene, the frame after it the new one alone."""
    from assetgen.motion.film import Projector

    made, *_ = film(studio)
    scenes = [replace(shot, transition=name if number else "cut") for number, shot in enumerate(made.shots)]
    made = Film(tuple(scenes), 30)
    second = made.starts[1]
    projector = Projector(made)
    projector.draw(second - 1)
    before = projector.pixels.copy()
    projector.draw(second)
    if name != "zoom":
        assert abs(projector.pixels.astype(int) - before).max() <= 2
    projector.draw(second + 6)
    assert (projector.pixels != before).any()
    projector.draw(second + 13)
    alone = Projector(Film((Shot(made.shots[1].scene, 5),), 30))
    alone.draw(13)
    assert (projector.pixels == alone.pixels).all()


def test_a_long_film_lets_go_of_the_scenes_behind_it(studio):
    """Layers of scenes far behind are gone after the film was made, and painted again the same when they are asked."""
    from assetgen.motion.film import Projector

    made, *_ = film(studio)
    count = 4
    shots = tuple(
        Shot(type(one.scene)(one.scene.stage, one.scene.engine), 0.2)
        for one in (made.shots[number % len(made.shots)] for number in range(count))
    )
    long = Film(shots, 30)
    projector = Projector(long)
    projector.draw(0)
    first = projector.pixels.copy()
    shoot(long, Settings(long.size, rate_factor=34), Crew(1))
    kept = [bool(shot.scene.layers._painted) for shot in long.shots if shot.scene.layers]
    assert kept == [number >= count - 1 for number in range(count)]
    projector.draw(long.length - 1)
    projector.draw(0)
    assert (projector.pixels == first).all()


def test_a_scene_that_is_too_short_is_a_finding(studio, tmp_path):
    """A layout that gives its words half a second is told which scene and how long it takes."""
    from shutil import copytree

    source = Layout.load("correction").folder
    folder = copytree(source, tmp_path / "hasty")
    template = (folder / "layout.html").read_text("utf-8")
    (folder / "layout.html").write_text(template.replace("<section", '<section data-duration="1"', 1), "utf-8")
    layout = Layout.load(folder)
    place = placement.load("instagram/reel")
    long_enough = replace(place, video=replace(place.video or VideoLimits(), duration_min=0, duration_advised=(0, 60)))
    asset = studio.make(layout, Brand.load("lentera"), Wish(layout.example()["id"], long_enough, folder=folder))
    assert [one.page for one in asset.findings if one.rule == "reading-time"] == [1]


def test_a_film_that_flashes_is_found(studio):
    """A headline that jumps between black and white ten times a second is an error; the choreography never is."""
    from assetgen.motion.choreography import Choreography
    from assetgen.motion.layers import Stage
    from assetgen.motion.scenes import Scene
    from assetgen.motion.screening import screen
    from assetgen.motion.timeline import Timeline

    made, pages, *_ = film(studio, "correction")
    quick = Settings(made.size, rate_factor=34)
    assert not screen(made, shoot(made, quick)).flashes
    page, boxes = pages[0].page, pages[0].boxes
    css = "@keyframes flash { from { opacity: 0 } to { opacity: 1 } } section { animation: flash .2s steps(2) 10 both }"
    sheets = (*page.motion, Choreography(page, boxes).styles(), css)
    scene = Scene(Stage(page, boxes, Timeline.of(page, sheets), sheets), studio._painter.engine)
    flashing = Film((Shot(scene, 3.0),), 30)
    assert screen(flashing, shoot(flashing, quick)).flashes


def test_captions_are_burned_in_and_lie_beside_the_video(studio):
    """Narrations become cues inside the safe area, above which the layout ends, and files of both kinds."""
    layout, place = Layout.load("myth-fact"), placement.load("instagram/reel")
    said = ("Empat mitos yang masih sering kita dengar.", "Demam turun bukan berarti sembuh.")
    wish = Wish(layout.example()["id"], place, folder=layout.folder, draft=True, direction=Direction(narration=said))
    asset = studio.make(layout, Brand.load("lentera"), wish)
    files = {file.name: file for file in asset.files}
    assert [file.role for file in asset.files] == ["post", "cover", "captions", "captions"]
    text = " ".join(files["captions.srt"].data.decode().split())
    assert "Empat mitos" in text
    assert "sembuh." in text
    made, *_ = film(studio, "myth-fact", narration=said)
    assert len(made.overlays) == len(made.cues) >= 2
    for overlay in made.overlays:
        assert overlay.layer.area.outside(place.safe) <= 1
    first = made.cues[0]
    assert made.shown(int((first.start + 0.1) * 30)) == (0,)
    assert made.shown(0) == ()
