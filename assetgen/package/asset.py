"""Hold one finished asset, as the library returns it: files, words, facts, findings and where the data came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import file_digest, sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from selectolax.lexbor import LexborNode

from assetgen import parts
from assetgen.errors import AssetgenError, Place, Problem, UsageError, did_you_mean
from assetgen.facts import SELECTOR, read_fact
from assetgen.model import Fact, File, Finding, Frame, Placement, errors_in
from assetgen.paths import write_whole

if TYPE_CHECKING:
    import numpy
    from moviepy import VideoClip
    from PIL.Image import Image

    from assetgen.paint import Painted


@dataclass(frozen=True, slots=True)
class DataFile:
    """A data file that an asset was made from: its name, the hash of its bytes, and the rows and cells used.

    `options` are those that the campaign pins for reading it.
    """

    file: str
    sha256: str
    sheet: str | None = None
    rows: tuple[int, ...] = ()
    cells: tuple[str, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Provenance:
    """What an asset was made from: data, the hashes of layout and brand, and the version of assetgen.

    `key` is the hash of everything that the asset depends on: a build that finds the same key may keep the files.
    """

    sources: tuple[DataFile, ...] = ()
    layout_sha256: str = ""
    brand_sha256: str = ""
    assetgen: str = ""
    key: str = ""

    def with_cells(self, facts: Iterable[Fact]) -> Provenance:
        """Return it with the cells that facts come from."""
        cells = tuple(dict.fromkeys(fact.cell for fact in facts if fact.cell))
        return replace(self, sources=tuple(replace(source, cells=cells) for source in self.sources))


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that could not be made: a record, for one placement and language or (both empty) for all of them."""

    slug: str
    problems: tuple[Problem, ...]
    row: int | None = None
    placement: str = ""
    language: str = ""


@dataclass(frozen=True)
class Asset:
    """One layout, made from one record for one placement in one language.

    `alt_text` describes the whole asset, `alt_texts` each page of one with several; `row` is the row of the record in
    its sheet. `frames` may be empty: a batch lets go of the pixels once they are files.
    """

    slug: str
    layout: str
    brand: str
    placement: Placement
    language: str
    files: tuple[File, ...]
    alt_text: str = ""
    caption: str = ""
    hashtags: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    findings: tuple[Finding, ...] = ()
    frames: tuple[Frame, ...] = ()
    alt_texts: tuple[str, ...] = ()
    publish_at: str | None = None
    row: int | None = None
    provenance: Provenance = Provenance()
    theme: str = "light"

    @property
    def ready(self) -> bool:
        """Tell whether there are files and no finding is an error."""
        return bool(self.files) and next(errors_in(self.findings), None) is None

    @property
    def post_text(self) -> str:
        """Return what is pasted beside the picture: the caption, and below it the hashtags that it does not hold."""
        return post_text(self.caption, self.hashtags)

    @cached_property
    def image(self) -> Image:
        """Return the first page as a PIL image; raises UsageError when there are neither frames nor a raster file."""
        if self.frames:
            return self.frames[0].image()
        from io import BytesIO

        from PIL import Image

        for file in self.files:
            if file.media_type in {"image/jpeg", "image/png", "image/webp", "image/gif"}:
                with Image.open(BytesIO(file.data)) as picture:
                    picture.load()
                    return picture.copy()
        kinds = ", ".join(sorted({file.format for file in self.files})) or "none"
        raise UsageError(f"'{self.slug}' holds no picture; its files: {kinds}", hint="save() writes the files")

    def frames_of_video(self) -> Iterator[numpy.ndarray]:
        """Yield the frames of the finished video as arrays of shape (height, width, 3): RGB, 8 bits, rows from the top.

        Raises UsageError when the asset is no video, before the first frame is asked for.
        """
        from assetgen.video.playback import Player

        return Player(self._video().data).frames()

    def to_moviepy(self) -> VideoClip:
        """Return the finished video as a clip of MoviePy, with its sound, for further editing.

        It plays from memory, and any time may be asked for. Raises UsageError when the asset is no video, or MoviePy is
        not installed (docs/videos.md says how).
        """
        from assetgen.video.editing import clip_of

        return clip_of(self._video().data)

    def _video(self) -> File:
        for file in self.files:
            if file.media_type.startswith("video/"):
                return file
        kinds = ", ".join(sorted({file.format for file in self.files})) or "none"
        hint = "make it for a placement of kind video, such as instagram/reel"
        raise UsageError(f"'{self.slug}' holds no video; its files: {kinds}", hint=hint)

    def save(self, path: Path | str) -> list[Path]:
        """Write the files and return where they are.

        A path with a suffix takes the one file, in the format of the suffix; any other path is a folder, which gets all
        files. Raises UsageError when several files are to go into one, or the suffix names no format that can be made,
        AssetgenError when the disk refuses; no file is ever written in part.
        """
        target = Path(path)
        if not target.suffix or target.is_dir():
            for file in self.files:
                _write(target / file.name, file.data)
            return [target / file.name for file in self.files]
        files = self._as(target.suffix.lower())
        if len(files) != 1:
            raise UsageError(
                f"'{self.slug}' has {len(files)} files, not one", hint=f"save to the folder '{target.stem}'"
            )
        _write(target, files[0].data)
        return [target]

    def _as(self, suffix: str) -> tuple[File, ...]:
        """Return the files in the format of a suffix, made from the frames where it is another one."""
        suffix = {".jpeg": ".jpg"}.get(suffix, suffix)
        if all(Path(file.name).suffix == suffix for file in self.files):
            return self.files
        formats = {parts.load("formats", name).SUFFIX: name for name in parts.names("formats")}
        if suffix not in formats:
            raise UsageError(f"no format has the suffix '{suffix}'", hint=did_you_mean(suffix, formats))
        if not self.frames:
            kept = Path(self.files[0].name).suffix if self.files else "none"
            raise UsageError(f"'{self.slug}' keeps no pixels to make '{suffix}' from", hint=f"its files are {kept}")
        from assetgen.encode import encode

        return encode(self.frames, self.placement, formats[suffix])


def _write(path: Path, data: bytes) -> None:
    try:
        write_whole(path, data)
    except OSError as error:
        raise AssetgenError(f"'{path.name}' cannot be written: {error.strerror}", Place(str(path.parent))) from error


def post_text(caption: str, hashtags: Iterable[str]) -> str:
    """Return a caption with those hashtags below it that it does not hold."""
    held = set(caption.split())
    missing = " ".join(tag for tag in hashtags if tag not in held)
    return "\n\n".join(part for part in (caption.strip(), missing) if part)


def collect_facts(pages: Iterable[Painted]) -> tuple[Fact, ...]:
    """Return every number and date that painted pages show, in reading order; what the styles hide is left out."""
    return tuple(fact for page in pages for fact in _facts_of(page))


def _facts_of(painted: Painted) -> Iterable[Fact]:
    for node in painted.tree.css(SELECTOR):
        if not _hidden(node, painted):
            yield read_fact(node, painted.number)


def _hidden(node: LexborNode, painted: Painted) -> bool:
    """Tell whether an element and all inside it were measured and take no room, as `display: none` makes them."""
    numbers = [inner.attributes.get("data-n") for inner in node.traverse()]
    boxes = [painted.by_number.get(int(number)) for number in numbers if number and number.isdigit()]
    known = [box for box in boxes if box is not None]
    return bool(known) and not any(box.rectangle.width > 0 and box.rectangle.height > 0 for box in known)


def kit_hash(folder: Path) -> str:
    """Return one hash over the names and bytes of all files of a kit, whatever order the disk gives them in."""
    digest = sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        digest.update(f"{name}\0{file_hash(path)}\n".encode())
    return digest.hexdigest()


def file_hash(path: Path) -> str:
    """Return the hash of a file; it may be larger than the memory."""
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def failure_of(
    error: AssetgenError, slug: str, row: int | None = None, placement: str = "", language: str = ""
) -> Failure:
    """Return what to note in the manifest when an error kept something from being made."""
    return Failure(slug, error.problems, row, placement, language)
