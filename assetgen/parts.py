"""Find parts by file name: one file in one folder is one part, and its name is the name that users type.

Modules live in the folders of this package (`filters/rupiah.py` is the filter `rupiah`); kits are folders of data
(`brand/lentera/`), built in or beside the user's campaign file, where the user's own come first.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from types import ModuleType

from assetgen.errors import UsageError, did_you_mean
from assetgen.paths import resolve_inside

PACKAGE = Path(__file__).parent


@cache
def names(kind: str) -> tuple[str, ...]:
    """Return the names of all parts of a kind (a folder of this package), sorted; the folder is looked at once."""
    found = pkgutil.iter_modules([str(PACKAGE / kind)])
    return tuple(sorted(module.name.replace("_", "-") for module in found if not module.name.startswith("_")))


def load(kind: str, name: str) -> ModuleType:
    """Import a part.

    Raises UsageError when there is no such part; an error inside the part itself is never hidden.
    """
    module = f"assetgen.{kind}.{name.replace('-', '_')}"
    # A known module is still asked of the import system, which waits while another thread is loading it.
    if module not in sys.modules and name not in names(kind):
        raise UsageError(f"there is no {kind.removesuffix('s')} '{name}'", hint=did_you_mean(name, names(kind)))
    return importlib.import_module(module)


def built_in(kind: str) -> Path:
    """Return the folder of the built-in kits (`brand`, `fonts`, `layouts`): inside the wheel, else in the checkout."""
    packed = PACKAGE / "kits" / kind
    return packed if packed.is_dir() else PACKAGE.parent / kind


def kit_names(kind: str, roots: Iterable[Path] = ()) -> dict[str, Path]:
    """Return the kits of a kind by name: those under `roots`/kind first, then the built-in ones."""
    found: dict[str, Path] = {}
    for folder in (*(root / kind for root in roots), built_in(kind)):
        if folder.is_dir():
            for entry in sorted(folder.iterdir()):
                if entry.is_dir() and not entry.name.startswith(("_", ".")):
                    found.setdefault(entry.name, entry)
    return found


def kit_folder(kind: str, name: str, roots: Iterable[Path] = ()) -> Path:
    """Return the folder of a kit.

    Raises UsageError with the nearest name when there is none, SecurityError when it is a link to somewhere else.
    """
    kits = kit_names(kind, roots)
    if name not in kits:
        raise UsageError(f"there is no {kind.removesuffix('s')} '{name}'", hint=did_you_mean(name, kits))
    return resolve_inside(kits[name].parent, name)


def find_kit(kind: str, name: str | Path, roots: Iterable[Path] = ()) -> Path:
    """Return the folder of a kit by its name, or the folder that a path points to; raises as `kit_folder`."""
    named = str(name) if isinstance(name, Path) or "/" in str(name) else ""
    return Path(named) if named and Path(named).is_dir() else kit_folder(kind, str(name), roots)
