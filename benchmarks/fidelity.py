"""Every built-in layout, shape and brand: how alike the default engine and Chromium paint, and where lines differ."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from benchmarks._peers import browser_missing

TESTS = Path(__file__).parent.parent / "tests"


def run() -> None:
    if missing := browser_missing():
        print(f"not compared: {missing}")
        return
    sys.path.insert(0, str(TESTS))
    from test_reference import compare_all, table

    from assetgen.engines.chromium import open_engine

    start = time.perf_counter()
    engine = open_engine()
    try:
        found = list(compare_all(engine, by_pixel=True))
    finally:
        engine.close()
    print("structural similarity to the eye, and by the pixel")
    print(table(found))
    print(f"{time.perf_counter() - start:.0f} s")
