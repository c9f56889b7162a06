"""The sound of a video: read from anything, mixed to one loudness, ducked, looped, made, spoken and encoded in time."""

import contextlib
import io
import shutil
import sys
import wave
from fractions import Fraction

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetgen.errors import Place, SoundError
from assetgen.sound import (
    EFFECTS,
    MOODS,
    RATE,
    Sound,
    Speaker,
    Track,
    aac_packets,
    bed,
    effect,
    mix,
    pauses,
    read_sound,
    silence,
)
from assetgen.sound import reading as reading_module
from assetgen.sound.ducking import ATTACK, DEPTH, HOLD, RELEASE, ducking
from assetgen.sound.mixing import limited
from assetgen.sound.packets import FRAME, decoded
from assetgen.sound.synthesis import noise
from assetgen.sound.track import looped

PLACE = Place("campaign.toml", 12)


def tone(seconds, frequency=440.0, peak=0.3):
    time = np.arange(round(seconds * RATE)) / RATE
    return Sound(np.repeat((peak * np.sin(2 * np.pi * frequency * time))[:, None], 2, 1))


def hiss(seconds, peak=0.5, seed=1):
    """Return noise with many high peaks, as of a full mix: it needs the limiter at -14 LUFS."""
    wild = noise(round(seconds * RATE), seed) ** 3
    return Sound(np.stack([wild, wild], 1) * peak)


def wav(samples, rate=RATE, width=2):
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(samples.shape[1])
        file.setsampwidth(width)
        file.setframerate(rate)
        file.writeframes(np.asarray(samples * 32767, "<i2").tobytes())
    return out.getvalue()


def encoded(container, codec, sound, video=False):
    """Return sound in a file of a format, perhaps behind a picture."""
    out = io.BytesIO()
    with av.open(out, "w", format=container) as file:
        if video:
            picture = file.add_stream("mpeg4", rate=25)
            picture.width = picture.height = 32
            picture.pix_fmt = "yuv420p"
        stream = file.add_stream(codec, rate=RATE)
        stream.layout = "stereo"
        if video:
            for _ in range(25):
                file.mux(picture.encode(av.VideoFrame(32, 32, "yuv420p")))
            file.mux(picture.encode(None))
        whole = av.AudioFrame.from_ndarray(sound.samples.reshape(1, -1), format="flt", layout="stereo")
        whole.sample_rate, whole.pts = RATE, 0
        size = stream.codec_context.frame_size or None
        resampler = av.AudioResampler(format=stream.codec_context.format, layout="stereo", rate=RATE, frame_size=size)
        for frame in [*resampler.resample(whole), *resampler.resample(None)]:
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return out.getvalue()


def jumps(samples):
    """Return the largest bend of a wave: a click is one that stands out."""
    return float(np.abs(np.diff(samples.astype(float), 2, axis=0)).max())


# --- reading ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rate", [8_000, 22_050, 44_100, 48_000, 96_000])
@pytest.mark.parametrize("channels", [1, 2])
def test_any_rate_and_channel_count_becomes_48_khz_stereo_of_the_same_length(rate, channels):
    """A tone keeps its pitch and its length; both sides of one channel are the same."""
    time = np.arange(rate) / rate
    read = read_sound(wav(np.repeat(0.5 * np.sin(2 * np.pi * 1000 * time)[:, None], channels, 1), rate))
    assert read.samples.shape == (RATE, 2)
    assert np.argmax(np.abs(np.fft.rfft(read.samples[:, 0]))) == 1000
    assert np.array_equal(read.samples[:, 0], read.samples[:, 1])
    assert read.loudness == pytest.approx(-6.0 if channels == 2 else -9.0, abs=1.1)


@pytest.mark.parametrize(
    ("container", "codec", "video"),
    [
        ("mp3", "libmp3lame", False),
        ("adts", "aac", False),
        ("flac", "flac", False),
        ("ogg", "libopus", False),
        ("mp4", "aac", True),
        ("matroska", "libopus", True),
    ],
)
def test_common_formats_are_read_without_their_priming(container, codec, video):
    """What was at one second is still there, in files that tell their priming, behind a picture too."""
    marked = tone(2, peak=0.1).samples.copy()
    marked[RATE] = 1
    read = read_sound(encoded(container, codec, Sound(marked), video))
    late = np.argmax(np.abs(read.samples[:, 0])) - RATE
    assert abs(late) <= (1 if container != "adts" else 1024 + 1)
    assert read.seconds == pytest.approx(2, abs=0.05)


def test_the_same_file_is_read_to_the_same_bytes():
    """Reading has no chance in it, threads or not."""
    data = encoded("mp3", "libmp3lame", hiss(2))
    assert read_sound(data).digest == read_sound(data).digest


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "the sound file is empty"),
        (b"not a sound at all" * 40, "damaged or of an unknown format"),
        (b"RIFF\x00\x00\x00\x00WAVE", "damaged or of an unknown format"),
        (b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile:///etc/passwd\n", "damaged or of an unknown format"),
        (b"ffconcat version 1.0\nfile /etc/passwd\n", "damaged or of an unknown format"),
    ],
)
def test_what_is_no_sound_is_refused_with_its_place(data, said):
    """Empty, foreign and damaged files, and playlists that point to others."""
    with pytest.raises(SoundError, match=said) as caught:
        read_sound(data, PLACE)
    assert str(caught.value).startswith("campaign.toml:12: ")


def test_a_file_that_is_missing_is_named_with_the_nearest(tmp_path):
    """The hint shows the file that was probably meant."""
    (tmp_path / "musik.mp3").write_bytes(b"x")
    with pytest.raises(SoundError, match=r"there is no file 'music.mp3' \(did you mean 'musik.mp3'\?\)"):
        read_sound(tmp_path / "music.mp3")


def test_files_without_samples_or_sound_are_refused():
    """A header alone, and a video without sound."""
    with pytest.raises(SoundError, match="not one sample"):
        read_sound(wav(np.zeros((0, 2))))
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as file:
        picture = file.add_stream("mpeg4", rate=25)
        picture.width = picture.height = 32
        picture.pix_fmt = "yuv420p"
        file.mux([*picture.encode(av.VideoFrame(32, 32, "yuv420p")), *picture.encode(None)])
    with pytest.raises(SoundError, match="the file has no sound"):
        read_sound(out.getvalue())


def test_a_file_that_is_cut_off_is_refused():
    """Half a FLAC tells its whole length: the rest of the speech would be missing."""
    data = encoded("flac", "flac", hiss(8))
    with pytest.raises(SoundError, match=r"cut off|damaged"):
        read_sound(data[: len(data) // 2])


def test_a_long_sound_is_refused_before_all_of_it_is_read(monkeypatch):
    """An hour would take 1.4 GB; reading stops at the limit."""
    monkeypatch.setattr(reading_module, "MAX_SECONDS", 2.0)
    with pytest.raises(SoundError, match="the sound is longer than"):
        read_sound(wav(np.zeros((3 * RATE, 2))))
    monkeypatch.setattr(reading_module, "MAX_BYTES", 1000)
    with pytest.raises(SoundError, match="the sound is too large"):
        read_sound(wav(np.zeros((RATE, 2))))


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(["mp3", "adts", "flac", "mp4"]), st.data())
def test_damage_ends_in_sound_or_in_a_named_error(container, data):
    """Any byte of a file may be wrong: nothing else than a SoundError comes of it."""
    codec = {"mp3": "libmp3lame", "flac": "flac"}.get(container, "aac")
    spoilt = bytearray(encoded(container, codec, tone(0.3)))
    for place in data.draw(st.lists(st.integers(0, len(spoilt) - 1), min_size=1, max_size=20)):
        spoilt[place] ^= data.draw(st.integers(1, 255))
    with contextlib.suppress(SoundError):
        assert np.isfinite(read_sound(bytes(spoilt)).samples).all()


# --- mixing -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "tracks",
    [
        [Track("music", tone(4))],
        [Track("music", hiss(5))],
        [Track("music", hiss(30)), Track("voice", tone(3, 200), start=2)],
        [Track("voice", tone(3, 200, 0.01), start=1), Track("effect", tone(0.1, 900), start=5)],
        [Track("music", bed(12)), Track("effect", effect("chime"), start=3)],
        [Track("music", tone(4, peak=0.999), gain=24)],
    ],
)
def test_a_mix_is_14_lufs_with_a_true_peak_of_1_5_below_full(tracks):
    """Loud or quiet, sparse or dense, with or without speech: within one LU, and the same bytes again."""
    made = mix(tracks, 9)
    assert made.samples.shape == (9 * RATE, 2)
    assert made.loudness == pytest.approx(-14, abs=1)
    assert made.true_peak <= -1.5
    assert made.digest == mix(tracks, 9).digest


def test_other_targets_are_met_too():
    """A condolence may be quieter than a platform's loudness."""
    made = mix([Track("music", hiss(5))], 9, loudness=-24, true_peak=-6)
    assert made.loudness == pytest.approx(-24, abs=1)
    assert made.true_peak <= -6


def test_what_is_silent_stays_silent():
    """Nothing, silence and a sound below the gate of the standard are not raised to noise."""
    for tracks in ([], [Track("music", silence(3))], [Track("music", Sound(hiss(3).samples * np.float32(1e-5)))]):
        made = mix(tracks, 3)
        assert made.is_silent
        assert made.loudness == -70


def test_music_steps_back_under_speech_and_returns():
    """About 12 dB lower while somebody speaks, all the way down at the first word, back a little behind the last."""
    speech = np.zeros((10 * RATE, 2))
    speech[4 * RATE : 6 * RATE] = tone(2, 300).samples
    factor = 20 * np.log10(ducking(speech))
    at = lambda seconds: factor[round(seconds * RATE)]  # noqa: E731
    assert at(4 - ATTACK - 0.03) == pytest.approx(0, abs=0.01)
    assert factor[4 * RATE : 6 * RATE].max() == pytest.approx(DEPTH, abs=0.01)
    assert at(6 + HOLD) == pytest.approx(DEPTH, abs=0.5)
    assert at(6 + HOLD + RELEASE + 0.05) == pytest.approx(0, abs=0.01)
    assert np.abs(np.diff(factor)).max() < 0.01  # no step that would click


def test_short_pauses_do_not_bring_the_music_back():
    """Between words the music stays down, or it would pump."""
    speech = np.zeros((4 * RATE, 2))
    for start in (1.0, 1.6, 2.2):
        begin = round(start * RATE)
        speech[begin : begin + RATE * 2 // 5] = tone(0.4, 300).samples
    factor = 20 * np.log10(ducking(speech))
    assert factor[RATE : round(2.6 * RATE)].max() == pytest.approx(DEPTH, abs=0.01)


def test_ducking_is_heard_in_the_mix():
    """The music of a mix is more than 10 dB quieter under a voice than beside it."""
    made = mix([Track("music", tone(20, 3000)), Track("voice", tone(4, 200), start=8)], 20)
    spectrum = [
        np.abs(np.fft.rfft(made.samples[round(at * RATE) : round((at + 1) * RATE), 0]))[3000] for at in (4.0, 9.0)
    ]
    assert 20 * np.log10(spectrum[0] / spectrum[1]) > 10


@settings(max_examples=30, deadline=None)
@given(st.floats(60, 4000), st.floats(0.05, 1.7), st.floats(0.2, 4))
def test_a_loop_has_no_click_at_its_seam(frequency, seconds, wanted):
    """A tone cut anywhere in its turn is looped without a bend sharper than its own."""
    own = tone(seconds, frequency).samples.astype(float)
    made = looped(own, round(wanted * RATE))
    assert len(made) == round(wanted * RATE)
    # Two tones that cross fade may bend twice as much together, and the fade adds a little of its own.
    assert jumps(made) <= 2.2 * jumps(own) + 1e-3


def test_music_is_looped_and_faded_and_effects_stand_at_their_marks():
    """Music reaches the end and sinks there; an effect begins at its sample."""
    made = mix([Track("music", tone(2))], 9)
    strength = np.abs(made.samples[:, 0]).reshape(-1, RATE // 10).max(axis=1)
    assert strength[-12] > strength[-2] * 4
    assert strength[60] > 0.1
    knock = mix([Track("effect", effect("tick"), start=1.5)], 3)
    first = np.nonzero(np.abs(knock.samples[:, 0]) > 1e-4)[0][0]
    assert 1.5 * RATE <= first < 1.502 * RATE


def test_a_trimmed_track_plays_from_there_until_its_end():
    """`trim` leaves out the beginning of a sound, `end` stops it."""
    two = Sound(np.concatenate([tone(1, 500).samples, tone(3, 2000).samples]))
    made = mix([Track("voice", two, start=1, trim=1, end=2)], 4)
    assert not made.samples[: RATE - 100].any()
    assert np.argmax(np.abs(np.fft.rfft(made.samples[RATE : 2 * RATE, 0]))) == 2000
    assert not made.samples[2 * RATE + 100 :].any()


def test_every_problem_of_the_tracks_is_told_at_once():
    """Wrong kinds, times and gains, each with its place."""
    tracks = [
        Track("musik", tone(1), place=PLACE),
        Track("voice", tone(1), start=-1, gain=99),
        Track("music", tone(1), trim=2),
        Track("effect", tone(1), start=3, end=2),
    ]
    with pytest.raises(SoundError) as caught:
        mix(tracks, float("nan"))
    assert len(caught.value.problems) == 6
    assert "campaign.toml:12: 'musik' is no kind of sound (did you mean 'music'?)" in str(caught.value)


def test_the_limiter_keeps_time_and_ceiling():
    """Peaks between the samples count; nothing is shifted."""
    samples = np.zeros((RATE, 2))
    # A tone at a quarter of the rate, sampled beside its peaks: they are 3 dB above every sample.
    samples[:, 0] = samples[:, 1] = 0.9 * np.sin(np.pi / 2 * np.arange(RATE) + np.pi / 4)
    samples[:1000] = samples[-1000:] = 0
    made = limited(Sound(samples), -6)
    assert made.true_peak <= -6
    assert abs(np.nonzero(np.abs(made.samples[:, 0]) > 0.01)[0][0] - 1000) <= 12


def test_the_pauses_of_a_voice_are_found():
    """Where nobody speaks, to some hundredths of a second, also under a little noise."""
    voice = hiss(4, peak=0.001).samples.astype(float)
    for start, end in ((0.5, 1.5), (2.0, 3.0)):
        voice[round(start * RATE) : round(end * RATE)] += tone(end - start, 200).samples
    assert np.allclose(pauses(Sound(voice)), [(0, 0.49), (1.51, 1.99), (3.01, 4)], atol=0.03)
    assert pauses(silence(1)) == ((0, 1),)


# --- made sound -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mood", MOODS)
def test_a_bed_is_the_same_bytes_without_clicks_or_offset_and_fades(mood):
    """Two thirds of a minute: no clipping, no mean value, no bend where it begins again, silent ends."""
    made = bed(40, mood, seed=3)
    samples = made.samples.astype(float)
    assert made.seconds == 40
    assert made.digest == bed(40, mood, seed=3).digest
    assert -32 < made.loudness < -18
    assert made.true_peak < -12
    assert np.abs(samples.mean(axis=0)).max() < 1e-4
    assert np.abs(samples[[0, -1]]).max() < 1e-5
    turn = round(MOODS[mood].turn * RATE)
    assert jumps(samples[turn - 500 : turn + 500]) <= jumps(samples[RATE : turn - RATE])
    assert jumps(samples) < 0.004


def test_another_seed_is_another_bed():
    """The seed chooses key and pattern."""
    assert bed(3, "solemn", seed=3).digest != bed(3, "solemn", seed=4).digest


def test_beats_are_whole_frames():
    """Scenes can change on a beat at 30 and at 60 frames a second, and every bed turns on a beat."""
    for mood in MOODS.values():
        assert (Fraction(str(mood.beat)) * 30).denominator == 1
        assert (mood.turn / mood.beat) % 4 == pytest.approx(0)


@pytest.mark.parametrize("name", EFFECTS)
def test_effects_are_short_and_soft(name):
    """Under two seconds, no click at either end, far from full level."""
    made = effect(name)
    assert 0.05 < made.seconds < 2
    assert -7 < made.true_peak < -5
    assert np.abs(made.samples[[0, -1]]).max() < 0.002


def test_unknown_names_show_the_nearest():
    """Moods and effects are names that users type."""
    with pytest.raises(SoundError, match=r"no mood 'clam' .did you mean 'calm'"):
        bed(3, "clam")
    with pytest.raises(SoundError, match=r"no sound effect 'chimes' .did you mean 'chime'"):
        effect("chimes")
    with pytest.raises(SoundError, match="a bed of 0 s cannot be"):
        bed(0)


# --- encoding ---------------------------------------------------------------------------------------------------------


def test_the_encoded_sound_keeps_loudness_and_true_peak():
    """After decoding the peak is still below -1.5 dBTP, and every packet is 1024 samples."""
    made = mix([Track("music", hiss(6))], 6)
    packed = aac_packets(made)
    heard = Sound(decoded(packed))
    assert heard.true_peak <= -1.5
    assert heard.loudness == pytest.approx(-14, abs=1)
    assert len(packed.packets) == -(-len(made.samples) // FRAME)
    assert len(heard.samples) == len(packed.packets) * FRAME
    assert packed.extradata[:2] == b"\x11\x90"  # AAC-LC, 48 kHz, two channels
    assert packed.packets == aac_packets(made).packets
    assert sum(map(len, packed.packets)) * 8 / packed.seconds == pytest.approx(128_000, rel=0.05)


def test_a_sound_that_was_not_mixed_is_limited_for_its_file():
    """What comes at full level is brought below -1.5 dBTP when it is encoded."""
    packed = aac_packets(hiss(3, peak=1.0))
    assert Sound(decoded(packed)).true_peak <= -1.5


def test_sound_is_in_time_in_an_mp4_without_edit_list(tmp_path):
    """What is at two seconds is heard there to the sample, picture beside it, and there is no `elst`."""
    marked = np.zeros((4 * RATE, 2))
    marked[2 * RATE] = 0.5
    packed = aac_packets(Sound(marked))
    path = tmp_path / "film.mp4"
    with av.open(path, "w", options={"movflags": "+faststart+negative_cts_offsets", "use_editlist": "0"}) as file:
        picture = file.add_stream("mpeg4", rate=25)
        picture.width = picture.height = 32
        picture.pix_fmt = "yuv420p"
        stream = packed.add_to(file)
        for _ in range(100):
            file.mux(picture.encode(av.VideoFrame(32, 32, "yuv420p")))
        file.mux(picture.encode(None))
        file.mux(list(packed.muxed(stream)))
    assert b"elst" not in path.read_bytes()
    with av.open(path) as file:
        (audio,) = file.streams.audio
        assert (audio.start_time, audio.duration, audio.rate, audio.layout.name) == (0, 188 * FRAME, RATE, "stereo")
        assert audio.codec_context.profile == "LC"
    assert np.argmax(np.abs(read_sound(path).samples[:, 0])) == 2 * RATE


def test_nothing_cannot_be_encoded():
    """A sound without samples is a named error; a very short one gets its packet."""
    with pytest.raises(SoundError, match="no sound to encode"):
        aac_packets(Sound(np.zeros((0, 2))))
    assert len(aac_packets(tone(0.001)).packets) >= 1


# --- speaking ---------------------------------------------------------------------------------------------------------

FAKE = """
import sys, wave
voice, output = sys.argv[1:3]
text = sys.argv[3] if len(sys.argv) > 3 else sys.stdin.read().strip()
with open("calls.txt", "a") as calls: print(voice, text, file=calls)
if "salah" in text: sys.exit("no such voice: " + voice)
if "menunggu" in text: import time; time.sleep(60)
if "kosong" in text: sys.exit()
target = sys.stdout.buffer if output == "-" else output
with wave.open(target, "wb") as file:
    file.setnchannels(1); file.setsampwidth(2); file.setframerate(22050)
    file.writeframes(bytes(2205 * 2 * len(text)))
"""


@pytest.fixture
def fake(tmp_path):
    """Write a program that speaks a tenth of a second for each letter, and return the beginning of its command line."""
    (tmp_path / "fake.py").write_text(FAKE)
    return f"'{sys.executable}' '{tmp_path / 'fake.py'}'"


@pytest.mark.parametrize("ending", ["{voice} {output} {text}", "{voice} {output}", "{voice} - {text}"])
def test_a_command_speaks_by_arguments_or_pipes(fake, ending):
    """Text as a word or by standard input, the WAV as a file or on standard output."""
    assert Speaker(f"{fake} {ending}", "id").speak("Selamat pagi", "id").seconds == pytest.approx(1.2, abs=0.01)


def test_text_is_never_a_command(fake, tmp_path):
    """Quotes, semicolons, substitutions and leading minus signs are letters like others."""
    text = "--help'; touch dibuat; $(touch dibuat) `touch dibuat` {voice}"
    made = Speaker(f"{fake} {{voice}} {{output}} {{text}}", "id").speak(text, "id")
    assert made.seconds == pytest.approx(len(f" {text}") / 10, abs=0.02)
    assert not (tmp_path / "dibuat").exists()
    for name in ("-x", "a b", "../x", ""):
        with pytest.raises(SoundError, match="is no name of a voice"):
            Speaker(f"{fake} {{voice}} {{output}} {{text}}", name).speak("halo", "id")


def test_paths_of_voices_begin_in_a_folder(fake, tmp_path):
    """A voice is often a file beside the campaign."""
    (tmp_path / "suara").mkdir()
    command = f"{fake} {{voice}} {{output}} {{text}}"
    Speaker(command, "suara/id.onnx", folder=tmp_path / "suara").speak("Halo", "id")
    assert (tmp_path / "suara/calls.txt").read_text() == "suara/id.onnx Halo\n"


def test_what_was_spoken_is_kept_by_its_content(fake, tmp_path):
    """The same text, voice and command run once; another voice runs again."""
    command, cache = f"{fake} {{voice}} {{output}} {{text}}", tmp_path / "spoken"
    first = Speaker(command, "id", cache).speak("Halo dunia", "id")
    (tmp_path / "fake.py").unlink()
    assert Speaker(command, "id", cache).speak("Halo  dunia\n", "id").digest == first.digest
    with pytest.raises(SoundError, match="failed with exit code"):
        Speaker(command, "en", cache).speak("Halo dunia", "id")
    assert len(list(cache.iterdir())) == 1


@pytest.mark.parametrize(
    ("command", "text", "said"),
    [
        ("", "halo", "the speech command is empty"),
        ("espeak 'x", "halo", "is no command line"),
        ("tidak-ada-program-ini {text}", "halo", "cannot be run: No such file"),
        ("{fake} {voice} {keluaran} {text}", "halo", "knows no {keluaran}"),
        ("{fake} {voice} {output} {text}", "salah", "exit code 1: no such voice: id"),
        ("{fake} {voice} {output} {text}", "kosong", "wrote no sound"),
        ("{fake} {voice} {output} {text}", "  ", "cannot be spoken"),
        ("{fake} {voice} {output} {text}", "menunggu", "took more than 1 s"),
    ],
)
def test_what_goes_wrong_is_said(fake, command, text, said):
    """Wrong commands, programs that are missing, fail, say nothing or never end."""
    with pytest.raises(SoundError, match=said):
        Speaker(command.replace("{fake}", fake), "id", seconds=1, place=PLACE).speak(text, "id")


@pytest.mark.skipif(not shutil.which("espeak-ng"), reason="espeak-ng is not installed")
def test_espeak_speaks_indonesian():
    """The command of the documentation works as it stands there."""
    made = Speaker("espeak-ng -v {voice} -w {output} {text}", "id").speak("Selamat pagi Indonesia", "id")
    assert 0.5 < made.seconds < 5
    assert not made.is_silent
