"""Have the C library keep the memory of finished pages for the next ones, where it is glibc.

A page takes several buffers of 6 to 8 MB: canvas, pixels, what is being encoded. By itself glibc gives each back to the
system when it is freed, and gets it again for the next page, empty page by empty page: a fifth of the time of a still.
At most `KEPT` bytes are kept so in a process, and buffers above `LARGEST` come from the system as before.
"""

from __future__ import annotations

import ctypes
import sys

# What mallopt calls M_MMAP_THRESHOLD and M_TRIM_THRESHOLD; glibc takes no more than 32 MB for the first.
_LARGEST, _KEPT = -3, -1
LARGEST = 32 * 1024 * 1024
KEPT = 128 * 1024 * 1024


def keep_freed_memory() -> bool:
    """Ask the allocator of this process to keep freed memory; tell whether it will. Asking again changes nothing."""
    if sys.platform != "linux":
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # musl has none
    return mallopt is not None and bool(mallopt(_LARGEST, LARGEST)) and bool(mallopt(_KEPT, KEPT))
