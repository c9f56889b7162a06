"""Pages are painted in memory that the process has already: asking the system for it again took a fifth of the time."""

from __future__ import annotations

import subprocess
import sys

import pytest

from assetgen.engines._memory import keep_freed_memory

# In a process of its own: how memory is kept cannot be taken back, and depends on what was freed before.
PAGES = """
import resource
from assetgen.engines.takumi import open_engine
from assetgen.fonts import family_fonts
from assetgen.model import Page, Size

engine = open_engine()
fonts = family_fonts("Public Sans")[:1]
page = Page('<div class="canvas" data-n="0">a</div>', (".canvas{width:1080px;height:1350px}",), Size(1080, 1350), fonts)
for _ in range(4):
    engine.paint(page)
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(10):
    engine.paint(page)
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""
PAGES_OF_MEMORY = 1080 * 1350 * 4 // 4096


@pytest.mark.skipif(not keep_freed_memory(), reason="the C library of this system keeps freed memory as it likes")
def test_further_pages_of_one_size_take_hardly_any_memory_from_the_system() -> None:
    """Ten more pages take less new memory than one canvas has; without being asked, glibc takes twenty canvases."""
    made = subprocess.run([sys.executable, "-c", PAGES], capture_output=True, text=True, check=True)
    assert int(made.stdout) < PAGES_OF_MEMORY
