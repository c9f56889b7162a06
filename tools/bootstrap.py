"""Make `.venv` with uv in it, from nothing but Python and the package index, also where Debian left pip out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import urllib.request
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / ".venv"
PYTHON = TARGET / "bin" / "python"
INDEX = os.environ.get("PIP_INDEX_JSON", "https://pypi.org/pypi/pip/json")


def main() -> None:
    """Make the environment, unless it is there and works."""
    if sys.version_info < (3, 11):
        raise SystemExit(f"assetgen needs Python 3.11 or newer; this is {sys.version.split()[0]}")
    if not _runs("-c", "import sys"):
        venv.create(TARGET, clear=True, symlinks=True, with_pip=False)
    if _runs("-m", "uv", "--version"):
        return
    if not _runs("-m", "pip", "--version") and not _runs("-m", "ensurepip", "--default-pip"):
        _install_pip()
    _run("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv")


def _install_pip() -> None:
    """Install pip from its own wheel, which can run as a program."""
    with urllib.request.urlopen(INDEX) as answer:
        urls = json.load(answer)["urls"]
    wheel = next(file for file in urls if file["packagetype"] == "bdist_wheel")
    with tempfile.TemporaryDirectory() as folder, urllib.request.urlopen(wheel["url"]) as answer:
        path = Path(folder) / wheel["filename"]
        path.write_bytes(answer.read())
        _run(f"{path}/pip", "install", "--quiet", "--no-index", str(path))


def _runs(*arguments: str) -> bool:
    if not PYTHON.exists():
        return False
    return subprocess.run([PYTHON, *arguments], capture_output=True, check=False).returncode == 0


def _run(*arguments: str) -> None:
    subprocess.run([PYTHON, *arguments], check=True)


if __name__ == "__main__":
    main()
