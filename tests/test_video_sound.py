"""Videos that speak and sound: layouts say their own words, a brand's command speaks them, marks are heard."""

import math
import sys
from dataclasses import replace
from itertools import pairwise

import numpy
import pytest
from selectolax.lexbor import LexborHTMLParser

from assetgen import placement
from assetgen.bind import Binder
from assetgen.brand import Brand, Voice
from assetgen.errors import LayoutError, Place, SoundError
from assetgen.layout import Layout
from assetgen.model import Direction, VideoLimits
from assetgen.motion.captioning import with_own_words
from assetgen.motion.effects import APART, GAINS, MOST_TICKS, effect_tracks, marks_of
from assetgen.motion.production import Manner, film_of
from assetgen.motion.soundtrack import AFTER_VOICE, BEFORE_VOICE, Soundtrack
from assetgen.paint import Painter
from assetgen.sound import RATE, Speaker, Track, bed, effect
from assetgen.studio import Studio, Wish

PROGRAM = """
import struct, sys, wave
language, text = sys.argv[1], sys.stdin.read().strip()
if "gagal" in text:
    sys.exit("suara tidak ditemukan")
with wave.open(sys.stdout.buffer, "wb") as file:
    file.setnchannels(1); file.setsampwidth(2); file.setframerate(8000)
    file.writeframes(b"".join(struct.pack("<h", 6000 * (-1) ** (n // 20)) for n in range(len(text) * 400)))
"""
PLACE = Place("campaign.toml")


@pytest.fixture(scope="module")
def painter():
    with Painter() as painter:
        yield painter


@pytest.fixture
def command(tmp_path):
    (tmp_path / "speak.py").write_text(PROGRAM)
    return f"'{sys.executable}' '{tmp_path / 'speak.py'}' {{voice}}"


def bound(name, to="instagram/reel", language="id"):
    layout, brand = Layout.load(name), Brand.load("lentera")
    return Binder.of(layout, brand).bind(layout.example()[language], placement.load(to), language, layout.folder)


def film(name, painter, **direction):
    place = placement.load("instagram/reel")
    return film_of(painter.paint(bound(name)), painter.engine, place, Manner(Direction(**direction)))


@pytest.mark.parametrize("name", ["announcement", "big-number", "correction", "countdown", "quote", "weather-warning"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_layouts_say_what_they_show(name, language):
    """Their own words come from their fields, in both languages, as plain text that ends like a sentence."""
    section = LexborHTMLParser(bound(name, language=language).pages[0].html).css_first("section")
    assert all(len(line.text(strip=True)) > 3 for line in section.css("p.line, .line-text"))
    (said,) = with_own_words(Direction(narration="layout"), [section.attributes], PLACE).narration
    given = Layout.load(name).example()[language]
    assert str(given["event" if "level" in given else "title" if "title" in given else "name"]) in said
    assert not {"<", "{", "&", "None"} & {part for part in ("<", "{", "&", "None") if part in said}
    assert ".." not in said
    assert said[-1] in ".!?"


def test_words_of_the_user_come_first_and_none_is_an_error():
    """A narration that is given stays; a layout without words says so, and how to give some."""
    given = Direction(narration=("Halo",), speak=True)
    assert with_own_words(given, [{"data-narration": "lain"}], PLACE) is given
    assert with_own_words(Direction(speak=True), [{"data-narration": "Apa?. Ya"}], PLACE).narration == ("Apa? Ya",)
    with pytest.raises(LayoutError, match="no words of its own") as found:
        with_own_words(Direction(speak=True), [{}, {"data-narration": None}], PLACE)
    assert "data-narration" in found.value.problems[0].hint


def test_a_voice_speaks_the_narration_and_scenes_follow_it(command, painter):
    """Each scene stays as long as its text is spoken, others are silent; captions follow the voice."""
    texts = (
        "Ini kalimat yang panjang sekali, supaya adegan pertama tinggal jauh lebih lama daripada biasanya. " * 3,
        "",
    )
    direction = Direction(narration=texts, speak=True, music="none")
    manner = Manner(direction, speaker=Speaker(command, "id"))
    made = film_of(painter.paint(bound("statistics")), painter.engine, placement.load("instagram/reel"), manner)
    first, second = manner.soundtrack.voices
    assert second is None
    assert made.shots[0].seconds == pytest.approx(BEFORE_VOICE + first.seconds + AFTER_VOICE, abs=0.05)
    assert made.cues[-1].end <= BEFORE_VOICE + first.seconds + 0.1
    assert manner.soundtrack.encoded(made, VideoLimits()) is not None


def test_speaking_needs_a_voice_and_says_what_fails(command):
    """A brand without a voice, and a command that fails, are errors with their place; nothing runs unasked."""
    with pytest.raises(SoundError, match="the brand has no voice"):
        Soundtrack(Direction(narration=("Halo",), speak=True)).spoken(1)
    speaker = Speaker(command, "id", place=Place("brand.toml"))
    assert Soundtrack(Direction(narration=("gagal",)), speaker=speaker).voices == ()
    with pytest.raises(SoundError, match=r"brand\.toml.*exit code 1: suara tidak ditemukan"):
        Soundtrack(Direction(narration=("gagal",), speak=True), speaker=speaker).spoken(1)


def test_a_brand_speaks_in_the_language_of_the_asset(command):
    """From the brand's `[voice]` to the file: spoken, captioned, ready."""
    layout, place = Layout.load("quote"), placement.load("instagram/reel")
    brand = Brand.load("lentera")
    voiced = brand.model_copy(update={"voice": Voice(command=command, names={"id": "indonesia"})})
    wish = Wish(layout.example()["id"], place, folder=layout.folder, draft=True, direction=Direction(speak=True))
    with Studio() as studio:
        asset = studio.make(layout, voiced, wish)
        with pytest.raises(SoundError, match="the brand has no voice"):
            studio.make(layout, brand, wish)
    assert [file.role for file in asset.files] == ["post", "cover", "captions", "captions"]
    assert "Ratna Wirasti" in " ".join(asset.files[2].data.decode().split())


def test_marks_are_heard_when_they_come(painter):
    """Bars tick when they start to grow, never two at once."""
    made = film("chart-story", painter)
    marks = marks_of(made)
    timeline, boxes = made.shots[0].scene.stage.timeline, made.shots[0].scene.stage.boxes
    bars = {box.element for box in boxes if "data-mark" in box.attributes}
    starts = sorted({one.delay for one in timeline.animations if one.element in bars})
    assert len(starts) <= MOST_TICKS
    assert {mark.name for mark in marks} == {"tick"}
    assert marks[0].time == pytest.approx(starts[0])
    assert all(mark.time in starts for mark in marks)
    assert all(after.time - before.time >= APART for before, after in pairwise(marks))


def test_numbers_arrive_and_scenes_change_audibly(painter):
    """One chime a film, then ticks; air passes a moment before each scene that does not cut."""
    made = film("statistics", painter)
    names = [mark.name for mark in marks_of(made)]
    assert names.count("chime") == 1
    assert names.count("whoosh") == len(made.shots) - 1
    assert "whoosh" not in [mark.name for mark in marks_of(film("statistics", painter, transition="cut"))]


@pytest.mark.parametrize(("name", "seconds"), [("tick", 0.12), ("whoosh", 0.5), ("chime", 0.6)])
def test_effects_are_heard_and_stay_below_the_music(name, seconds):
    """While they sound they are 3 to 8 dB quieter than the generated music."""
    laid = (Track("music", bed(6, "calm")), Track("effect", effect(name), start=3, gain=GAINS[name]))
    heard = slice(int(3.0 * RATE), int((3.0 + seconds) * RATE))
    music, sound = (float(numpy.sqrt(numpy.square(track.laid(6)[heard]).mean())) for track in laid)
    assert 3 <= 20 * math.log10(music / sound) <= 8


def test_a_layout_names_its_sounds(painter):
    """`data-sound` is heard when its element comes in; `none` silences it; what there is not names the nearest."""
    made = film("big-number", painter)
    (shot,) = made.shots
    number, comes = next(
        (one.element, one.delay) for one in shot.scene.stage.timeline.animations if one.name == "count-up"
    )

    def sounding(name):
        boxes = [
            replace(box, attributes={**box.attributes, "data-sound": name}) if box.element == number else box
            for box in shot.scene.stage.boxes
        ]
        shot.scene.stage = replace(shot.scene.stage, boxes=boxes)
        return made

    (mark,) = marks_of(sounding("whoosh"))
    assert mark.name == "whoosh"
    assert mark.time == pytest.approx(comes)
    assert marks_of(sounding("none")) == ()
    with pytest.raises(SoundError, match="no sound effect 'tik'"):
        effect_tracks(sounding("tik"))
