"""Imports of commands leave the collector as it was, and what they hold out of it."""

import subprocess
import sys

PROGRAM = """
import gc
from assetgen.cli._imports import kept_imports

try:
    with kept_imports():
        assert not gc.isenabled()
        import json.tool
        raise ImportError
except ImportError:
    pass
first = gc.get_freeze_count()
with kept_imports():
    import csv
print(gc.isenabled(), first > 0, gc.get_freeze_count() <= first)
"""


def test_collecting_goes_on_behind_the_imports():
    """Also when one fails; a second command in the process takes nothing more out of it."""
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "True", "True"]
