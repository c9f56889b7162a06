"""Have the C library keep the memory of finished pages for the next ones, where it is glibc.

A page takes several buffers of 6 to 8 MB: canvas, pixels, what is being encoded. By itself glibc gives each back to the
system when it is freed, and gets it again for the next page, empty page by empty page: a fifth of the time of a still.
At most `KEPT` bytes are kept so in a process, and buffers above `LARGEST` come from the system as before.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager

# What mallopt calls M_MMAP_THRESHOLD and M_TRIM_THRESHOLD; glibc takes no more than 32 MB for the first.
_LARGEST, _KEPT = -3, -1
LARGEST = 32 * 1024 * 1024
KEPT = 128 * 1024 * 1024
# While a film is made, buffers stand long, and are of many sizes: what is larger comes from the system and goes back to
# it, so that a long film leaves no holes (431 MB in place of 555 for one of 20 seconds).
COMPACT = 1024 * 1024


def keep_freed_memory() -> bool:
    """Ask the allocator of this process to keep freed memory; tell whether it will. Asking again changes nothing."""
    if sys.platform != "linux":
        return False
    return _ask(LARGEST, KEPT)


@contextmanager
def compact_memory() -> Iterator[None]:
    """Have freed memory given back inside of the block, and kept for further pages behind it."""
    if sys.platform != "linux":
        yield
        return
    _ask(COMPACT, COMPACT)
    _trim()
    try:
        yield
    finally:
        _trim()
        _ask(LARGEST, KEPT)


def _ask(largest: int, kept: int) -> bool:
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # musl has none
    return mallopt is not None and bool(mallopt(_LARGEST, largest)) and bool(mallopt(_KEPT, kept))


def _trim() -> None:
    """Give what is free back to the system."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
