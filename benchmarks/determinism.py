"""Two builds of the sample campaign, compared byte for byte."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from hashlib import sha256
from pathlib import Path

CAMPAIGN = Path(__file__).parent.parent / "samples" / "nusantara"


def run() -> None:
    if not CAMPAIGN.is_dir():
        print(f"there is no {CAMPAIGN.name}/ to build")
        return
    with tempfile.TemporaryDirectory() as name:
        first, second = (_build(Path(name) / side) for side in ("first", "second"))
    if first is None or second is None:
        return
    other = sorted(file for file in first.keys() | second.keys() if first.get(file) != second.get(file))
    print(f"{len(first)} files, {len(other)} of them differ: {'DIFFERENT' if other else 'the same bytes'}")
    for file in other[:20]:
        print(f"  {file}")


def _build(out: Path) -> dict[str, str] | None:
    """Return the hash of every file of a build, None when it made nothing."""
    command = [sys.executable, "-m", "assetgen", "build", str(CAMPAIGN), "--no-cache", "--out", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode > 1:
        print(f"the build failed with {done.returncode}: {(done.stderr or done.stdout).strip()[-500:]}")
        return None
    files = (path for path in sorted(out.rglob("*")) if path.is_file())
    return {str(path.relative_to(out)): sha256(path.read_bytes()).hexdigest() for path in files}
