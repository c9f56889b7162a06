"""Run the benchmarks named on the command line, or all of them, and print their tables."""

from __future__ import annotations

import importlib
import pkgutil
import platform
import sys
from pathlib import Path


def main(wanted: list[str]) -> int:
    known = [module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)]) if module.name[0] != "_"]
    if unknown := [name for name in wanted if name not in known]:
        print(f"there is no benchmark '{unknown[0]}'; there are {', '.join(known)}")
        return 2
    print(f"Python {platform.python_version()}, {platform.machine()}, {_processor()}")
    for name in wanted or known:
        module = importlib.import_module(f"benchmarks.{name}")
        print(f"\n== {name}: {(module.__doc__ or '').strip().splitlines()[0]}", flush=True)
        module.run()
    return 0


def _processor() -> str:
    from benchmarks._table import processors

    info = Path("/proc/cpuinfo")
    names = info.read_text().splitlines() if info.is_file() else []
    model = next((line.partition(":")[2].strip() for line in names if line.startswith("model name")), "")
    return f"{processors()} processors {model}".strip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
