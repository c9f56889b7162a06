"""Speak text by a program of the user's own: a text goes in, a command that writes a WAV is run, sound comes out."""

from __future__ import annotations

import hashlib
import os
import re
import shlex
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assetgen.errors import Place, Problem, SoundError, did_you_mean
from assetgen.paths import write_whole
from assetgen.sound.reading import read_sound
from assetgen.sound.value import Sound

MAX_CHARACTERS = 5_000
SECONDS = 120.0
WORDS = ("text", "voice", "language", "output")
# What stands for voice and language becomes a word of a command line: no option, no path out of a folder.
NAME = re.compile(r"[A-Za-z0-9][\w.+\-]*(?:/[A-Za-z0-9][\w.+\-]*)*", re.ASCII)
PLACEHOLDER = re.compile(r"\{(\w*)\}")
EXAMPLE = "for example: espeak-ng -v {voice} -w {output} {text}"


@dataclass(frozen=True)
class Speaker:
    """A command that speaks, and the voice it speaks with.

    `command` is split like a command line, but no shell runs it; `{text}`, `{voice}`, `{language}` and `{output}` stand
    for what their names say. Where `{text}` is missing, it comes by standard input; where `{output}` is missing, the
    WAV is expected on standard output. `cache` is a folder that keeps what was spoken, by its content; a new version of
    the program or voice needs an empty one. The command runs in `folder` (else in an empty one), where relative
    paths of voices begin. `seconds` is how long one text may take.
    """

    command: str
    voice: str = ""
    cache: Path | None = None
    folder: Path | None = None
    seconds: float = SECONDS
    place: Place = field(default_factory=Place)

    def speak(self, text: str, language: str) -> Sound:
        """Return the spoken text.

        Raises SoundError when the command is not valid, not installed, fails, takes too long or writes no sound.
        """
        said = " ".join(text.split())
        if problems := self._problems(said, language):
            raise SoundError(problems)
        kept = self.cache / f"{self._key(said, language)}.wav" if self.cache else None
        if kept is not None and kept.is_file():
            return read_sound(kept, self.place)
        data = self._spoken(said, language)
        sound = read_sound(data, self.place)
        if kept is not None:
            write_whole(kept, data)
        return sound

    def files(self, language: str) -> tuple[Path, ...]:
        """Return the files that the command names: its program, scripts, and models, also behind a `=`.

        What these call or read themselves is not known here.
        """
        given = {"text": "", "output": "", "voice": self.voice, "language": language}
        try:
            words = [PLACEHOLDER.sub(lambda found: given.get(found[1], ""), one) for one in shlex.split(self.command)]
        except ValueError:
            return ()  # told where it is to speak
        program = shutil.which(words[0]) if words else None
        paths = [Path(program)] if program else []
        paths += [(self.folder or Path()) / part for word in words for part in word.split("=") if part]
        return tuple(path for path in paths if path.is_file())

    def _problems(self, text: str, language: str) -> list[Problem]:
        """Return what is wrong with the command and with what it is to say."""
        found = []
        if not text or len(text) > MAX_CHARACTERS:
            found.append(Problem(f"a text of {len(text)} characters cannot be spoken", hint=f"1 to {MAX_CHARACTERS:,}"))
        try:
            words = shlex.split(self.command)
        except ValueError as error:
            return [*found, Problem(f"the speech command is no command line: {error}", self.place, EXAMPLE)]
        if not words:
            found.append(Problem("the speech command is empty", self.place, EXAMPLE))
        names = [name for word in words for name in PLACEHOLDER.findall(word)]
        for name in dict.fromkeys(names):
            if name not in WORDS:
                message = f"the speech command knows no {{{name}}}"
                found.append(Problem(message, self.place, did_you_mean(name, WORDS)))
        for what, value in (("voice", self.voice), ("language", language)):
            if what in names and not NAME.fullmatch(value):
                hint = "letters, digits, '.', '_', '+', '-' and '/' in between"
                found.append(Problem(f"'{value}' is no name of a {what}", self.place, hint))
        return found

    def _key(self, text: str, language: str) -> str:
        parts = "\x00".join((self.command, self.voice, language, text))
        return hashlib.sha256(parts.encode()).hexdigest()

    def _spoken(self, text: str, language: str) -> bytes:
        """Run the command and return the WAV that it writes."""
        with tempfile.TemporaryDirectory(prefix="speech-") as folder:
            output = Path(folder) / "speech.wav"
            # A text that begins with a minus would be read as an option.
            given = {"text": f" {text}" if text.startswith("-") else text, "output": str(output)}
            given |= {"voice": self.voice, "language": language}
            words = [_filled(word, given) for word in shlex.split(self.command)]
            from_input = "{text}" not in self.command
            printed = self._run(words, self.folder or Path(folder), f"{text}\n".encode() if from_input else b"")
            data = output.read_bytes() if output.is_file() else printed
        if not data:
            raise SoundError(f"'{words[0]}' wrote no sound", self.place, "it writes a WAV to {output} or to its output")
        return data

    def _run(self, words: list[str], folder: Path, given: bytes) -> bytes:
        """Run a program without a shell, and end it and all that it started when its time is over."""
        try:
            # The command is the user's own, as that of an editor or a browser would be.
            process = subprocess.Popen(  # noqa: S603
                words,
                cwd=folder,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
        except OSError as error:
            hint = "install it, or change the speech command"
            raise SoundError(f"'{words[0]}' cannot be run: {error.strerror}", self.place, hint) from error
        try:
            printed, complaint = process.communicate(given, timeout=self.seconds)
        except subprocess.TimeoutExpired as error:
            hint = "shorten the text, or try the command by hand"
            raise SoundError(f"'{words[0]}' took more than {self.seconds:g} s", self.place, hint) from error
        finally:
            _end(process)
        if process.returncode:
            lines = complaint.decode("utf-8", "replace").strip().splitlines()
            told = lines[-1][:200] if lines else "it says nothing"
            raise SoundError(f"'{words[0]}' failed with exit code {process.returncode}: {told}", self.place)
        return printed


def _filled(word: str, given: Mapping[str, str]) -> str:
    return PLACEHOLDER.sub(lambda found: given[found[1]], word)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program that still runs, with its children, and close its pipes."""
    if process.poll() is None:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.communicate()
