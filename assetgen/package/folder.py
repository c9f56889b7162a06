"""Write assets into an output folder, and leave there what the last build made: nothing less, nothing left over.

    with OutputFolder(out) as folder:
        entries = [folder.write(asset) for asset in assets]
        folder.finish(Manifest("Campaign", "id", tuple(entries)))

Files appear whole or not at all. A private list, `.assetgen.files`, notes what is being written: after a killed build
the next one knows what to remove. Only files that a manifest or this list names are ever removed.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath

from assetgen.errors import AssetgenError, Place, Problem, SecurityError, UsageError
from assetgen.package.asset import Asset
from assetgen.package.gallery import write_gallery
from assetgen.package.lock import Lock
from assetgen.package.manifest import NAME, Entry, Manifest, entry_of, read_manifest
from assetgen.package.names import package_folder
from assetgen.paths import resolve_inside, write_whole

JOURNAL = ".assetgen.files"


class OutputFolder:
    """An output folder that one build owns; leaving the block gives it back. `write` may run in other processes too."""

    def __init__(self, out: Path, *, with_language: bool = False) -> None:
        """Lock a folder; `with_language` puts the language into folder names.

        Raises AssetgenError when another build holds it, DataError when its manifest is not one of ours.
        """
        self.out = out
        self.with_language = with_language
        self._lock = Lock.take(out)
        try:
            self.earlier = read_manifest(out)
        except BaseException:
            self._lock.release()
            raise

    def __enter__(self) -> OutputFolder:
        """Return the folder."""
        return self

    def __exit__(self, *_: object) -> None:
        """Give the folder back."""
        self._lock.release()

    def write(self, asset: Asset) -> Entry:
        """Write the files of an asset and return its entry in the manifest."""
        return write_package(asset, self.out, with_language=self.with_language)

    def finish(self, manifest: Manifest) -> tuple[str, ...]:
        """Remove what is no longer made, write contact sheet and manifest, and return the paths that were removed.

        The manifest comes last: until then the earlier one still tells what to clean up. Raises UsageError when two
        assets claim one file.
        """
        claims = Counter(file["path"] for entry in manifest.entries for file in entry.written)
        if twice := sorted(path for path, count in claims.items() if count > 1):
            hint = "give each record its own slug"
            raise UsageError(Problem(f"two assets are both written to '{path}'", hint=hint) for path in twice)
        stale = stale_files(self.out, manifest, self.earlier)
        for path in stale:
            _remove(self.out, path)
        if self._lock.recovered:
            _remove_parts(self.out, manifest.paths)
        write_gallery(manifest, self.out)
        manifest.write(self.out)
        (self.out / JOURNAL).unlink(missing_ok=True)
        return stale


def write_package(asset: Asset, out: Path, *, with_language: bool = False) -> Entry:
    """Write an asset to `OUT/<slug>/<platform>-<slot>[-<language>]/` and return its entry in the manifest.

    Beside the files stand `alt.txt` and `caption.txt` where there are such texts. Raises SecurityError when a link
    leads out of the folder, AssetgenError when the disk refuses.
    """
    entry, contents = describe_package(asset, with_language=with_language)
    folder = entry.folder
    try:
        _note(out, (file["path"] for file in entry.written))
        for name, data in contents.items():
            path = resolve_inside(out, f"{folder}/{name}")
            if not _holds(path, data):
                write_whole(path, data)
    except OSError as error:
        raise AssetgenError(f"'{folder}' cannot be written: {error.strerror}", Place(str(out))) from error
    return entry


def describe_package(asset: Asset, *, with_language: bool = False) -> tuple[Entry, Mapping[str, bytes]]:
    """Return the entry of an asset in the manifest, and the contents of its files by name; nothing is written."""
    folder = package_folder(asset.slug, asset.placement, asset.language if with_language else "")
    texts = {name: text.encode("utf-8", "replace") for name, text in _texts(asset).items() if text}
    return entry_of(asset, folder, texts), {**{file.name: file.data for file in asset.files}, **texts}


def stale_files(out: Path, manifest: Manifest, earlier: Manifest | None = None) -> tuple[str, ...]:
    """Return the paths of existing files that an earlier build listed and `manifest` does not, sorted.

    `earlier` is the manifest that lies in the folder, read when not given.
    """
    earlier = earlier or read_manifest(out)
    listed = set(_journal(out)) | (set(earlier.paths) if earlier else set())
    return tuple(sorted(path for path in listed - manifest.paths if _is_ours(out, path)))


def _texts(asset: Asset) -> Mapping[str, str]:
    """Return the text files of an asset by name, with LF at every end of line."""
    alt = asset.alt_text
    if len(asset.alt_texts) > 1:
        alt = "\n\n".join(f"{number}/{len(asset.alt_texts)}\n{text}" for number, text in enumerate(asset.alt_texts, 1))
    found = {"alt.txt": alt, "caption.txt": asset.post_text}
    return {name: "\n".join(text.split("\n")).replace("\r", "") + "\n" if text else "" for name, text in found.items()}


def _holds(path: Path, data: bytes) -> bool:
    """Tell whether a file has these bytes already, so that programs which copy changed files leave it alone."""
    with suppress(OSError):
        return path.stat().st_size == len(data) and path.read_bytes() == data
    return False


def _note(out: Path, paths: Iterable[str]) -> None:
    out.mkdir(parents=True, exist_ok=True)
    # One short append is one system call, so that processes which write side by side do not mix their lines.
    with (out / JOURNAL).open("ab", buffering=0) as stream:
        stream.write("".join(json.dumps(path) + "\n" for path in paths).encode())


def _journal(out: Path) -> Iterable[str]:
    with suppress(OSError):
        for line in (out / JOURNAL).read_bytes().decode("utf-8", "replace").splitlines():
            with suppress(ValueError):
                path = json.loads(line)
                if isinstance(path, str):
                    yield path


def _is_ours(out: Path, path: str) -> bool:
    """Tell whether a listed path is a plain file three levels down, as we write them, not reached through a link."""
    parts = PurePosixPath(path).parts
    if len(parts) != 3 or path in {NAME, JOURNAL}:
        return False
    try:
        found = resolve_inside(out, path)
    except SecurityError:
        return False
    return found.is_file() and found == out.resolve() / path


def _remove(out: Path, path: str) -> None:
    """Remove a file, and the folders above it that are empty then."""
    target = out / path
    with suppress(OSError):
        target.unlink(missing_ok=True)
        target.parent.rmdir()
        target.parent.parent.rmdir()


def _remove_parts(out: Path, paths: Iterable[str]) -> None:
    """Remove the half-written files that a killed build left beside those with these names."""
    for path in paths:
        target = out / path
        for part in target.parent.glob(f".{target.name}.????????.part"):
            part.unlink(missing_ok=True)
