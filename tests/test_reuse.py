"""Segments are kept by what they show: what has not changed is not encoded again, and never another picture shown."""

import os
import resource
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from hashlib import sha256
from threading import Event

import pytest

from assetgen import Cache, CancelledError, Direction, Layout, make, placement
from assetgen.bind import Binder
from assetgen.brand import Brand
from assetgen.cache import usual_folder
from assetgen.errors import EncodeError
from assetgen.model import Size
from assetgen.motion.film import Overlay
from assetgen.motion.identity import Identities
from assetgen.motion.pixels import layer_of
from assetgen.motion.production import Manner, film_of
from assetgen.motion.shoot import Crew, segments, shoot
from assetgen.paint import Painter
from assetgen.video.container import join
from assetgen.video.encoder import Settings
from assetgen.video.reel import Reel, Segment

SCENES = """{% for text in texts %}<section class="leaf" data-duration="1.5" data-transition="{{ loop.first
and 'cut' or 'push' }}"><h1 class="big">{{ text }}</h1></section>{% endfor %}"""
STYLES = """.leaf { width: 1080px; height: 1920px; padding: 300px 90px; background: #0b3d4f; color: #ffffff; }
.big { font-size: 120px; line-height: 1.1; animation: rise .4s both; }
@keyframes rise { from { opacity: 0; transform: translateY(60px); } }"""
TEXTS = ("Air bersih", "sampai ke", "setiap rumah")


@pytest.fixture(scope="module")
def painter():
    with Painter() as painter:
        yield painter


@pytest.fixture(scope="module")
def layout(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kits") / "leaves"
    folder.mkdir()
    (folder / "layout.html").write_text(SCENES)
    (folder / "layout.css").write_text(STYLES)
    (folder / "layout.toml").write_text(
        'title = "Leaves"\ndescription = "What a test shows."\nshapes = ["story"]\n'
        '[fields.texts]\ntype = "list"\nhelp = "Texts."\n[alt]\nid = "Daun"\n'
    )
    (folder / "example.toml").write_text("[id]\n")
    return folder


def film(painter, folder, texts=TEXTS):
    place = replace(placement.load("instagram/reel"), size=Size(270, 480))
    place = replace(place, video=replace(place.video, duration_min=0, duration_advised=(0, 60)))
    binder = Binder.of(Layout.load(folder), Brand.load("lentera"))
    composition = binder.bind({"texts": list(texts)}, place, "id", folder)
    return film_of(painter.lay(composition), painter.engine, place, Manner(Direction(music="none")))


def settings(made, factor=30.0):
    return Settings(made.size, rate_factor=factor)


def taken(made, cache=None, **given):
    """Return the file of a film and the count of segments that were encoded for it."""
    footage = shoot(made, settings(made, **given), Crew(2, cache))
    return join(footage.streams, 30), footage.encoded


def test_one_changed_word_encodes_the_segments_that_show_it(painter, layout, tmp_path):
    """The scene of the word, and the first segment of the next, into which it leads; the bytes are as without cache."""
    cache = Cache(tmp_path / "cache")
    first, encoded = taken(film(painter, layout), cache)
    assert encoded == len(TEXTS)
    assert taken(film(painter, layout), cache) == (first, 0)
    assert taken(film(painter, layout)) == (first, len(TEXTS))
    last = film(painter, layout, (*TEXTS[:2], "setiap orang"))
    changed, encoded = taken(last, cache)
    assert encoded == 1
    assert changed == taken(last)[0] != first
    assert taken(film(painter, layout, ("Air minum", *TEXTS[1:])), cache)[1] == 2


def test_a_key_covers_what_the_bytes_depend_on(painter, layout, monkeypatch):
    """Settings of the encoder, what lies over a scene, how it comes in, from which scene, its place, and the engine."""
    made = film(painter, layout)
    frames = segments(made, settings(made))[1]
    key = Identities(made, settings(made)).key(frames)
    assert key == Identities(film(painter, layout), settings(made)).key(frames)
    shots = made.shots
    above = Overlay(1.6, 2.0, layer_of(painter.engine.paint(shots[0].scene.stage.page)))
    others = [
        Identities(made, settings(made, 31)).key(frames),
        Identities(made, replace(settings(made), profile="main")).key(frames),
        Identities(made, settings(made)).key(frames[:-1]),
        Identities(replace(made, overlays=(above,)), settings(made)).key(frames),
        Identities(replace(made, overlays=(replace(above, end=2.1),)), settings(made)).key(frames),
        Identities(replace(made, shots=(shots[0], replace(shots[1], transition="fade"), shots[2])), settings(made)).key(
            frames
        ),
        Identities(film(painter, layout, ("Air minum", *TEXTS[1:])), settings(made)).key(frames),
    ]
    assert len({key, *others}) == 1 + len(others)
    monkeypatch.setattr(type(painter.engine), "version", lambda _: "another engine")
    assert Identities(made, settings(made)).key(frames) not in (key, *others)


def test_what_cannot_be_hashed_is_not_kept(painter, layout, tmp_path):
    """A film that holds something of an unknown kind is encoded every time."""
    made = film(painter, layout)
    strange = made.shots[0].scene
    strange.stage = replace(strange.stage, page=replace(strange.stage.page, pictures={"x": object()}))
    assert Identities(made, settings(made)).key(range(5)) is None


def test_a_damaged_entry_is_made_again(painter, layout, tmp_path):
    """One flipped bit, an empty file, a cut one: noticed, made again, and whole afterwards."""
    cache = Cache(tmp_path)
    made = film(painter, layout)
    first, _ = taken(made, cache)
    files = sorted(tmp_path.glob("??/*"))
    data = files[0].read_bytes()
    for damaged in (data[:200] + bytes([data[200] ^ 1]) + data[201:], b"", data[:-40]):
        files[0].write_bytes(damaged)
        assert taken(made, cache) == (first, 1)
        assert files[0].read_bytes() == data


def test_a_cache_that_cannot_be_written_keeps_nothing_from_being_made(painter, layout, tmp_path):
    """Where its folder is a file, the film is made without it."""
    (tmp_path / "cache").write_text("no folder")
    assert taken(film(painter, layout), Cache(tmp_path / "cache"))[1] == len(TEXTS)


def test_runs_side_by_side_share_a_cache(painter, layout, tmp_path):
    """Two at once give the same bytes, and leave a cache without parts of files."""
    cache = Cache(tmp_path)
    with ThreadPoolExecutor(2) as pool:
        both = list(pool.map(lambda _: taken(film(painter, layout), cache)[0], range(2)))
    assert both[0] == both[1] == taken(film(painter, layout))[0]
    assert not list(tmp_path.rglob("*.part"))
    assert len(list(tmp_path.glob("??/*"))) == len(TEXTS)


def test_a_cache_stays_within_its_limit(tmp_path):
    """What was used last stays; parts of files that a killed process left behind go."""
    cache = Cache(tmp_path, limit=2500)
    for number in range(4):
        cache.put(f"{number}{number}key", bytes(1000))
        os.utime(tmp_path / f"{number}{number}" / f"{number}{number}key", (number, number))
    assert cache.get("00key") == bytes(1000)  # used: now the newest
    left = tmp_path / "33" / ".33key.abcdefgh.part"
    left.write_bytes(b"half")
    os.utime(left, (0, 0))
    cache.trim()
    assert [cache.get(f"{number}{number}key") is not None for number in range(4)] == [True, False, False, True]
    assert not left.exists()


def test_the_cache_has_a_place_of_its_own(monkeypatch, tmp_path):
    """The environment may name another one."""
    monkeypatch.setenv("ASSETGEN_CACHE", str(tmp_path))
    assert usual_folder() == tmp_path
    monkeypatch.delenv("ASSETGEN_CACHE")
    assert usual_folder().name == "assetgen"


def test_segments_come_back_from_a_reel(painter, layout):
    """Streams and looks, as they were; what is no segment is refused."""
    made = film(painter, layout)
    footage = shoot(made, settings(made))
    segment = footage.reel[0]
    again = Segment.unpacked(segment.packed())
    assert again.stream == segment.stream
    assert [(look.tobytes(), count) for look, count in again.looks] == [
        (look.tobytes(), count) for look, count in segment.looks
    ]
    assert sum(count for _, count in footage.looks) == made.length
    with pytest.raises(ValueError, match="bytes"):
        Segment.unpacked(segment.packed()[:-1])


def test_a_full_disk_is_told(monkeypatch):
    """Where segments cannot be written aside, the folder and a way out are named."""
    reel = Reel()

    def refuse(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(
        reel, "_file", type("Full", (), {"seek": lambda *_: 0, "write": lambda _, data: refuse(data)})()
    )
    with pytest.raises(EncodeError, match="No space left") as caught:
        reel.add(b"abc")
    assert "TMPDIR" in str(caught.value)


def test_a_film_can_be_watched_and_cancelled(layout):
    """Progress counts frames up to all of them; cancelled on the way, it ends with a named error."""
    told, stop = [], Event()
    given = {
        "layout": layout,
        "data": {"texts": list(TEXTS)},
        "brand": "lentera",
        "placement": "whatsapp/status-video",
        "direction": Direction(music="none"),
    }
    asset = make(**given, progress=lambda *one: told.append(one))
    frames = [(done, total) for done, total, stage in told if stage == "frames"]
    assert frames == sorted(frames)
    assert frames[-1][0] == frames[-1][1] > 0
    assert asset.image.size == (720, 1280)

    def tell(done, total, stage):
        if stage == "frames":
            stop.set()

    with pytest.raises(CancelledError):
        make(**given, progress=tell, cancel=stop)
    with pytest.raises(CancelledError):
        make(**given, cancel=stop)


def command(layout, out, *more):
    texts = "--set=texts=" + "|".join(TEXTS)
    start = [sys.executable, "-m", "assetgen", "make", str(layout), "--brand=lentera", "--for=whatsapp/status-video"]
    return [*start, texts, "--music=none", f"--out={out}", *more]


def tree(out):
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in out.rglob("*") if path.is_file()}


@pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of files are those of POSIX")
def test_a_killed_run_leaves_nothing_and_the_next_one_goes_on(layout, tmp_path):
    """Killed while it encodes, or broken off with Ctrl-C: no file; then the bytes of a run undisturbed."""
    place = os.environ | {"ASSETGEN_CACHE": str(tmp_path / "cache")}
    for number in (signal.SIGKILL, signal.SIGINT):
        with subprocess.Popen(command(layout, tmp_path / "out"), env=place, stderr=subprocess.DEVNULL) as process:
            for _ in range(600):
                if list((tmp_path / "cache").glob("??/*")) or process.poll() is not None:
                    break
                time.sleep(0.05)
            process.send_signal(number)
        assert not tree(tmp_path / "out")
    for out, more in (("out", ()), ("fresh", ("--no-cache",))):
        subprocess.run(command(layout, tmp_path / out, *more), env=place, capture_output=True, check=False)
    assert tree(tmp_path / "out") == tree(tmp_path / "fresh") != {}


@pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of files are those of POSIX")
def test_a_disk_that_fills_is_a_named_error(layout, tmp_path):
    """No file may grow beyond 4 kB: the run ends with the problem and leaves no part of a file."""

    def small():
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    place = os.environ | {"ASSETGEN_CACHE": str(tmp_path / "cache"), "TMPDIR": str(tmp_path)}
    done = subprocess.run(
        command(layout, tmp_path / "out"), env=place, preexec_fn=small, capture_output=True, text=True, check=False
    )
    assert done.returncode == 3, done.stderr
    assert "TMPDIR" in done.stderr
    assert "Traceback" not in done.stderr
    assert not tree(tmp_path / "out")
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
