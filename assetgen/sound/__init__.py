"""Make the sound of a video: files, texts and moods go in; one mixed, measured and encoded sound comes out."""

from assetgen.sound.bed import MOODS, Mood, bed, mood_of
from assetgen.sound.effects import EFFECTS, effect
from assetgen.sound.mixing import LOUDNESS, TRUE_PEAK, mix, normalised
from assetgen.sound.packets import EncodedSound, aac_packets
from assetgen.sound.pauses import pauses
from assetgen.sound.reading import MAX_SECONDS, read_sound
from assetgen.sound.speech import Speaker
from assetgen.sound.track import Kind, Track
from assetgen.sound.value import RATE, Sound, silence

__all__ = [
    "EFFECTS",
    "LOUDNESS",
    "MAX_SECONDS",
    "MOODS",
    "RATE",
    "TRUE_PEAK",
    "EncodedSound",
    "Kind",
    "Mood",
    "Sound",
    "Speaker",
    "Track",
    "aac_packets",
    "bed",
    "effect",
    "mix",
    "mood_of",
    "normalised",
    "pauses",
    "read_sound",
    "silence",
]
