"""Find icons by name and by what they mean: words in Indonesian or English go in, names and drawings come out.

An icon is a file `NAME.svg` in a folder of the user's, or a line of the packed set of the built-in kit. The set is one
text file, sorted by name, of which only the pages on the way to one line are read; `tools/make_icons.py` makes it.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from assetgen.errors import nearest
from assetgen.parts import built_in
from assetgen.paths import read_bytes, resolve_inside

NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MAX_BYTES = 200_000
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24" fill="none" '
HEAD += 'stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">'
# How much a match says: the very word of our list, the name or a tag of the icon, a part of them, a beginning.
WORD, IN_NAME, IN_WORDS, TAG, BEGINNING = 100, 70, 60, 40, 10


@dataclass(frozen=True)
class Icon:
    """What is known of an icon: its words in Indonesian and English, and the tags of the set; its own file, if any."""

    name: str
    words: tuple[str, ...] = ()
    english: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    file: Path | None = None

    @property
    def about(self) -> str:
        """Return the words that it is found by, Indonesian first, in one line."""
        if self.file is not None and not self.words:
            return f"own icon: {self.file}"
        return "; ".join(", ".join(words[:6]) for words in (self.words, self.english or self.tags) if words)

    def score(self, query: str, ranks: Mapping[str, int]) -> int:
        """Return how well a query fits, 0 when it does not; `ranks` are the icons of the word list that it names."""
        if self.name in ranks:
            return WORD - ranks[self.name]
        if query == self.name:
            return WORD + 1
        asked = set(re.split(r"[\s-]+", query))
        for points, known in (
            (IN_NAME, self.name.split("-")),
            (IN_WORDS, " ".join((*self.words, *self.english)).split()),
            (TAG, " ".join(self.tags).replace("-", " ").split()),
        ):
            if asked <= set(known):
                return points - min(9, len(self.name.split("-")))
        whole = " ".join((self.name, *self.words, *self.english, *self.tags))
        return BEGINNING if len(query) > 2 and re.search(rf"\b{re.escape(query)}", whole) else 0


@cache
def _packed() -> Path:
    return built_in("layouts") / "_kit" / "icons"


@dataclass(frozen=True)
class Icons:
    """The icons that there are: the user's own in `folders`, first match first, then the packed set."""

    folders: tuple[Path, ...] = ()
    kit: Path = field(default_factory=_packed)

    def drawing(self, name: str) -> str | None:
        """Return the SVG of an icon, or None; raises DataError when a user's file cannot be read.

        A link that leads out of its folder is a SecurityError.
        """
        if not NAME.fullmatch(name):
            return None
        if own := self._own(name):
            return read_bytes(resolve_inside(own.parent, own.name), MAX_BYTES).decode("utf-8", "replace")
        line = _line(self.kit / "icons.tsv", name)
        return None if line is None else HEAD + line.rpartition("\t")[2] + "</svg>"

    def changed(self, name: str) -> tuple[str, int]:
        """Return the user's file that an icon comes from and when it was changed, for whoever keeps drawings.

        The packed set is a part of the program and does not change while that runs: its icons have no file.
        """
        own = self._own(name) if NAME.fullmatch(name) else None
        return (str(own), own.stat().st_mtime_ns) if own else ("", 0)

    def search(self, query: str) -> tuple[Icon, ...]:
        """Return the icons that a word or phrase in Indonesian or English names, best first."""
        query = " ".join(query.lower().split())
        ranks = {name: rank for word in self._meanings(query) for rank, name in reversed(list(enumerate(word.icons)))}
        scored = [(icon.score(query, ranks), icon) for icon in self.all.values()]
        return tuple(icon for score, icon in sorted(scored, key=lambda one: (-one[0], one[1].name)) if score)

    def nearest(self, query: str, limit: int = 12) -> tuple[Icon, ...]:
        """Return the icons whose words or names are spelt most like a query, best first; maybe none."""
        query = query.lower()
        known = {*self.all, *(one for word in self._words for one in (*word.words, *word.english))}
        known |= {tag for icon in self.all.values() for tag in icon.tags}
        found: dict[str, Icon] = {}
        for word in nearest(query, sorted(known), 4):
            found |= {icon.name: icon for icon in self.search(word) if icon.name not in found}
        return tuple(found.values())[:limit]

    def hint(self, name: str) -> str:
        """Return what to write for a name that is no icon: the nearest name, or the icon of the nearest word."""
        close = nearest(name, self.all)
        fits = self.search(name.replace("-", " "))
        if close and not (fits and len(fits[0].words) and name in (*fits[0].words, *fits[0].english)):
            fits = (self.all[close[0]],)
        best = next(iter(fits or self.nearest(name)), None)
        if best is None:
            return "search by word: assetgen list icons banjir"
        words = " · ".join(one[0] for one in (best.words, best.english or best.tags) if one)
        return f"did you mean '{best.name}'{f' ({words})' if words else ''}?"

    @cached_property
    def all(self) -> dict[str, Icon]:
        """Return every icon by name, with its words; the whole set is read."""
        words: dict[str, tuple[list[str], list[str]]] = {}
        # What an icon is the first choice for tells best what it stands for.
        choices = sorted(
            ((rank, name, word) for word in self._words for rank, name in enumerate(word.icons)), key=_rank
        )
        for _, name, word in choices:
            known = words.setdefault(name, ([], []))
            known[0].extend(word.words)
            known[1].extend(word.english)
        own = {path.stem: path for folder in reversed(self.folders) for path in sorted(folder.glob("*.svg"))}
        lines = (self.kit / "icons.tsv").read_text("utf-8").splitlines()
        tags = {name: tuple(about.split()) for name, about, _ in (line.split("\t") for line in lines)}
        found = {}
        for name in sorted({*tags, *own}):
            indonesian, english = words.get(name, ((), ()))
            found[name] = Icon(name, tuple(indonesian), tuple(english), tags.get(name, ()), own.get(name))
        return found

    def _own(self, name: str) -> Path | None:
        files = (folder / f"{name}.svg" for folder in self.folders)
        return next((file for file in files if file.is_file()), None)

    def _meanings(self, query: str) -> Iterator[_Word]:
        """Yield the entries of the word list that a query is a word of."""
        return (word for word in self._words if query in word.words or query in word.english)

    @cached_property
    def _words(self) -> tuple[_Word, ...]:
        import tomllib

        topics = tomllib.loads((self.kit / "words.toml").read_text("utf-8"))
        entries = (entry for topic in topics.values() for entry in topic.items())
        return tuple(_Word(_split(words), _split(to["en"]), tuple(to["icons"].split())) for words, to in entries)


@dataclass(frozen=True)
class _Word:
    """An entry of the word list: a meaning in Indonesian and English, and the icons for it."""

    words: Sequence[str]
    english: Sequence[str]
    icons: Sequence[str]


def icon_folders(folders: Iterable[Path]) -> tuple[Path, ...]:
    """Return the folders `icons` that there are in some folders, in their order."""
    return tuple(dict.fromkeys(folder / "icons" for folder in folders if (folder / "icons").is_dir()))


def _rank(choice: tuple[int, str, _Word]) -> int:
    return choice[0]


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.lower().split(","))


def _line(file: Path, name: str) -> str | None:
    """Return the line of a sorted file that starts with a name and a tab; the file is halved until it is found."""
    wanted = f"{name}\t".encode()
    with file.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as text:
        low, high = 0, len(text)
        while low < high:
            start = text.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = text.find(b"\n", start)
            line = text[start:end]
            if line.startswith(wanted):
                return line.decode()
            low, high = (end + 1, high) if line.partition(b"\t")[0] + b"\t" < wanted else (low, start)
    return None
