"""Make quiet music for a video from formulas: a mood and a length go in, a bed without any licence comes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

import numpy as np

from assetgen.errors import Place, SoundError, did_you_mean
from assetgen.sound.reading import MAX_SECONDS
from assetgen.sound.synthesis import Tone, Wave, add_around, between, held, in_a_room, noise, struck
from assetgen.sound.value import RATE, Sound, faded, on_grid, samples_in

BEATS_A_CHORD = 4
# The key of a bed is moved by so many semitones at most, by its seed.
KEYS = (0, 2, -2, 3, -3, 1, -1)
PAD = tuple(number**-1.8 for number in range(1, 7))
KALIMBA = ((1.0, 1.0, 1.0), (2.0, 0.28, 1.9), (3.01, 0.1, 3.2), (5.4, 0.04, 6.0))
MUTED = ((1.0, 1.0, 1.0), (2.0, 0.45, 2.0), (3.0, 0.15, 3.5))
LEVEL = 0.16


@dataclass(frozen=True)
class Mood:
    """A kind of bed.

    `beat` is in seconds, whole frames at 30 and 60 a second, so that scenes can change on it; `root` and the notes of
    `chords` are MIDI numbers and semitones above the root; `patterns` say for each half beat of a chord which of its
    notes is plucked (-1: none). `pad`, `pluck` and `pulse` are strengths; `loudness` is what suits a mix of nothing but
    this bed, in LUFS.
    """

    beat: float
    root: int
    chords: tuple[tuple[int, ...], ...]
    patterns: tuple[tuple[int, ...], ...] = ()
    pad: float = 0.3
    pluck: float = 0.0
    pulse: float = 0.0
    brightness: float = 2400.0
    attack: float = 1.4
    loudness: float = -14.0

    @property
    def turn(self) -> float:
        """Return after how many seconds the bed begins again."""
        return self.beat * BEATS_A_CHORD * len(self.chords)


MOODS: Mapping[str, Mood] = MappingProxyType(
    {
        # D major: tonic, submediant, subdominant, dominant, each with a soft seventh or ninth.
        "calm": Mood(
            beat=0.8,
            root=50,
            chords=(
                (0, 7, 11, 16),
                (-3, 7, 12, 16),
                (5, 12, 16, 21),
                (-5, 7, 14, 17),
                (0, 7, 14, 16),
                (4, 7, 11, 19),
                (5, 9, 16, 19),
                (-5, 7, 12, 14),
            ),
            patterns=((2, -1, 3, -1, 1, -1, -1, 3), (1, -1, -1, 3, 2, -1, -1, -1), (3, -1, 2, -1, -1, 1, -1, -1)),
            pad=0.24,
            pluck=0.48,
        ),
        "bright": Mood(
            beat=0.6,
            root=53,
            chords=(
                (0, 7, 12, 16),
                (-5, 7, 11, 14),
                (-3, 9, 12, 16),
                (5, 12, 17, 21),
                (0, 7, 14, 16),
                (-5, 7, 14, 19),
                (2, 9, 14, 17),
                (-5, 7, 12, 17),
            ),
            patterns=((1, 3, 2, 3, 1, 3, 2, -1), (1, 2, 3, 2, -1, 3, 2, 3), (3, 2, 1, -1, 3, 2, 1, 2)),
            pad=0.18,
            pluck=0.6,
            pulse=0.25,
            brightness=3600.0,
            attack=0.6,
        ),
        # D minor; a low muted pulse on every beat says that it matters, without a siren.
        "urgent": Mood(
            beat=0.5,
            root=50,
            chords=(
                (0, 7, 12, 15),
                (0, 7, 12, 17),
                (-4, 8, 12, 15),
                (-2, 7, 10, 17),
                (0, 7, 12, 15),
                (3, 10, 15, 19),
                (-4, 8, 12, 15),
                (-5, 7, 14, 17),
            ),
            patterns=((0, -1, 1, -1, 2, -1, 1, -1), (0, -1, 2, -1, 1, -1, 2, 1), (0, 1, -1, 1, 2, -1, 1, -1)),
            pad=0.22,
            pluck=0.34,
            pulse=0.75,
            brightness=1900.0,
            attack=0.5,
        ),
        # Two open fifths, nearly nothing.
        "solemn": Mood(
            beat=1.2,
            root=48,
            chords=((0, 7, 12), (0, 7, 14), (-7, 5, 12), (0, 7, 12)),
            brightness=900.0,
            attack=2.4,
            loudness=-24.0,
        ),
    }
)


def mood_of(name: str, place: Place = Place()) -> Mood:
    """Return a mood by its name. Raises SoundError when there is none of that name."""
    if name not in MOODS:
        raise SoundError(f"there is no mood '{name}'", place, did_you_mean(name, MOODS))
    return MOODS[name]


def bed(seconds: float, mood: str = "calm", seed: int = 0, place: Place = Place()) -> Sound:
    """Return so many seconds of quiet music in a mood; the seed chooses key and pattern, the same one the same bytes.

    It turns without a seam, comes in gently and is faded at its end. Raises SoundError for an unknown mood or a length
    that cannot be.
    """
    if not 0 < seconds <= MAX_SECONDS:
        raise SoundError(f"a bed of {seconds:g} s cannot be", place, f"more than 0, at most {MAX_SECONDS:g} s")
    turn = _turn(mood_of(mood, place), seed)
    count = samples_in(seconds)
    whole = np.tile(turn, (-(-count // len(turn)), 1))[:count]
    return Sound(on_grid(faded(whole, min(0.6, seconds / 4), min(2.5, seconds / 3))))


@lru_cache(8)  # a campaign's videos share their music: making it takes about a second
def _turn(mood: Mood, seed: int) -> Wave:
    """Return one turn of a bed, whose end leads into its beginning."""
    key = mood.root + KEYS[seed % len(KEYS)]
    turn = np.zeros((samples_in(mood.turn), 2))
    for number, chord in enumerate(mood.chords):
        start = number * BEATS_A_CHORD * mood.beat
        _add_pad(turn, mood, [key + note for note in chord], start)
        _add_plucks(turn, mood, [key + note for note in chord], start, seed + number)
        _add_pulse(turn, mood, key + chord[0], start)
    heard = between(in_a_room(turn, min(2.2, mood.turn / 4), 0.3, seed), 45.0, mood.brightness)
    return np.asarray(heard * LEVEL / np.abs(heard).max())


def _add_pad(turn: Wave, mood: Mood, notes: list[int], start: float) -> None:
    """Add a chord that swells, and sinks while the next one comes; left and right are tuned a little apart."""
    length = BEATS_A_CHORD * mood.beat + mood.attack
    for number, note in enumerate(notes):
        for side, cents in ((0, -3), (1, 3)):
            wave = held(_frequency(note + cents / 100), PAD, length, mood.attack)
            # The lowest note is the one that phones cannot play.
            strength = mood.pad if number else mood.pad * 0.8
            _add(turn[:, side], wave * strength, start - mood.attack / 2)


def _add_plucks(turn: Wave, mood: Mood, notes: list[int], start: float, seed: int) -> None:
    """Add the plucked notes of a chord, an octave up, each a little louder or softer than the last."""
    if not mood.patterns:
        return
    pattern = mood.patterns[seed % len(mood.patterns)]
    touches = 0.8 + 0.2 * noise(len(pattern), seed)
    for number, note in enumerate(pattern):
        if note >= 0:
            octave = 12 if notes[note] < 72 else 0
            wave = struck(Tone(_frequency(notes[note] + octave), KALIMBA), 1.6) * mood.pluck * touches[number]
            for side, share in enumerate((0.8, 0.6) if number % 2 else (0.6, 0.8)):
                _add(turn[:, side], wave * share, start + number * mood.beat / 2)


def _add_pulse(turn: Wave, mood: Mood, note: int, start: float) -> None:
    """Add a low muted note on every beat."""
    if not mood.pulse:
        return
    low = note - 12 if note > 47 else note
    for beat in range(BEATS_A_CHORD):
        wave = struck(Tone(_frequency(low), MUTED), 0.45, 0.008) * mood.pulse * (1.0 if beat == 0 else 0.75)
        for side in (0, 1):
            _add(turn[:, side], wave, start + beat * mood.beat)


def _add(side: Wave, wave: Wave, start: float) -> None:
    add_around(side, wave, round(start * RATE))


def _frequency(note: float) -> float:
    """Return the frequency of a MIDI number, equal temperament, A at 440 Hz."""
    return float(440 * 2 ** ((note - 69) / 12))
