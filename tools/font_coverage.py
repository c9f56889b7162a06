"""Write into every `fonts/*/font.toml` which characters its files can draw, so that nothing has to open them to know.

Run it after a font was added or changed: `python tools/font_coverage.py`.
"""

from __future__ import annotations

import re
from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parents[1] / "fonts"


def main() -> None:
    """Write the line `characters = "…"` below each `file = …`."""
    for settings in sorted(FONTS.glob("*/font.toml")):
        text = re.sub(r'^characters = ".*"\n', "", settings.read_text("utf-8"), flags=re.M)
        folder = settings.parent
        text = re.sub(
            r'^file = "(.*)"\n',
            lambda found, folder=folder: f'{found[0]}characters = "{ranges(folder / found[1])}"\n',
            text,
            flags=re.M,
        )
        settings.write_text(text, "utf-8")


def ranges(path: Path) -> str:
    """Return the code points of a font as ranges in hexadecimal: `20-7e a0-17f`."""
    with TTFont(path, lazy=True) as font:
        points = sorted(font.getBestCmap() or ())
    found: list[list[int]] = []
    for point in points:
        if found and point == found[-1][1] + 1:
            found[-1][1] = point
        else:
            found.append([point, point])
    return " ".join(f"{first:x}" if first == last else f"{first:x}-{last:x}" for first, last in found)


if __name__ == "__main__":
    main()
