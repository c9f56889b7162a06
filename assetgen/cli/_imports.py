"""Import what a command needs without looking for garbage meanwhile: it is half of the time of a single still."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def kept_imports() -> Iterator[None]:
    """Leave out collecting while modules are imported inside of the block, and what they hold from all that follows.

    Modules stay, and each collection would look at all their objects again. A process that runs several commands
    leaves out what the first one imported: what they made would stay as well.
    """
    gc.disable()
    try:
        yield
    finally:
        if not gc.get_freeze_count():
            gc.freeze()
        gc.enable()
