"""Make the sound of a film of what its user wishes: music under it, voices where their scenes begin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import ceil, log10

from assetgen.errors import Place, SoundError
from assetgen.model import Direction, VideoLimits
from assetgen.model.films import SILENT
from assetgen.motion.clips import clips_of
from assetgen.motion.effects import effect_tracks
from assetgen.motion.film import Film
from assetgen.motion.sting import Sting
from assetgen.paths import resolve_inside
from assetgen.sound import MOODS, EncodedSound, Sound, Speaker, Track, aac_packets, bed, mix, read_sound

# A voice starts a moment after its scene, and the scene stays a moment after it.
BEFORE_VOICE, AFTER_VOICE = 0.3, 0.5


@dataclass(frozen=True)
class Soundtrack:
    """The sound that a direction asks for; its files are read once."""

    direction: Direction
    place: Place = field(default_factory=Place)
    speaker: Speaker | None = None
    language: str = "id"
    sting: Sting | None = None

    @cached_property
    def voices(self) -> tuple[Sound | None, ...]:
        """Return the voices of the scenes, in their order, None where nothing is said.

        Raises SoundError for files that cannot be used, and for a narration that cannot be spoken.
        """
        if self.direction.voice or not self.direction.speak:
            return tuple(self._read(name) for name in self.direction.voice)
        if self.speaker is None:
            hint = "add [voice] to brand.toml, or give voice = [files]"
            raise SoundError("speak = true, but the brand has no voice", self.place, hint)
        return tuple(
            self.speaker.speak(text, self.language) if text.strip() else None for text in self.direction.narration
        )

    def voice(self, number: int) -> Sound | None:
        """Return the voice of a scene; scenes count from 1."""
        return self.voices[number - 1] if number <= len(self.voices) else None

    def spoken(self, number: int) -> float:
        """Return the seconds that the voice of a scene needs with the quiet around it; scenes count from 1."""
        voice = self.voice(number)
        return BEFORE_VOICE + voice.seconds + AFTER_VOICE if voice else 0.0

    def encoded(self, film: Film, limits: VideoLimits) -> EncodedSound | None:
        """Return the sound of a film; None where it is silent by choice or the placement takes none.

        Raises SoundError when there are more voices than scenes, or for music that is neither a mood nor a file.
        """
        heard = tuple(heard_clips(film)) if limits.audio_codec else ()
        marked = effect_tracks(film) if self.direction.effects and limits.audio_codec else ()
        if self.sting and self.direction.music != SILENT:
            marked = (*marked, *self.sting.tracks(film))
        if not limits.audio_codec or (self.direction.music == SILENT and not self.voices and not heard and not marked):
            return None
        tracks = (*self._music(film.seconds), *self._spoken(film), *heard, *marked)
        mood = MOODS.get(self.direction.music)
        # Music that is meant to be hardly there is not made as loud as speech.
        loudness = min(limits.loudness, mood.loudness) if mood and not self.voices and not heard else limits.loudness
        sound = mix(tracks, film.seconds, loudness, limits.true_peak)
        return aac_packets(sound, limits.audio_bitrate * 1000, limits.true_peak)

    def _music(self, seconds: float) -> Sequence[Track]:
        name, place = self.direction.music, self.place
        if name == SILENT:
            return ()
        if name in MOODS:
            return (Track("music", bed(seconds, name), place=place),)
        if "." not in name:
            hint = f"a mood ({', '.join(MOODS)}), a file, or '{SILENT}'"
            raise SoundError(f"there is no music '{name}'", place, hint)
        return (Track("music", self._read(name), place=place),)

    def _spoken(self, film: Film) -> Sequence[Track]:
        place = self.place
        if len(self.voices) > len(film.shots):
            raise SoundError(f"{len(self.voices)} voices for {len(film.shots)} scenes", place, "give one a scene")
        starts = (start / film.frames_per_second for start in film.starts)
        return tuple(
            Track("voice", voice, start=start + BEFORE_VOICE, place=place)
            for start, voice in zip(starts, self.voices, strict=False)
            if voice
        )

    def _read(self, name: str) -> Sound:
        return read_sound(resolve_inside(self.direction.folder, name, self.place))


def heard_clips(film: Film) -> Iterator[Track]:
    """Yield the sound of the clips that are not mute, each while its scene stands; music steps back for it."""
    for start, shot in zip(film.starts, film.shots, strict=True):
        begins = start / film.frames_per_second
        for clip in clips_of(shot.scene.stage.page, shot.scene.stage.boxes):
            if not clip.volume:
                continue
            place = Place(clip.name)
            sound = read_sound(clip.source, place).cut(clip.start, clip.end)
            rounds = ceil(shot.seconds / clip.length) if clip.playing.ends == "loop" else 1
            for number in range(rounds):
                at = begins + number * clip.length
                yield Track(
                    "voice", sound, start=at, end=begins + shot.seconds, gain=20 * log10(clip.volume), place=place
                )
