"""Font kits tell which characters they can draw, and tell the truth."""

from pathlib import Path

import pytest

from assetgen import fonts
from assetgen.fonts import coverage, families, family_fonts

FILES = [font.path for family in families() for font in family_fonts(family)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: "/".join(path.split("/")[-2:]))
def test_a_kit_tells_the_characters_of_its_files(path):
    """Run `python tools/font_coverage.py` after a font was changed."""
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        assert coverage(path) == frozenset(font.getBestCmap())


def test_a_font_without_that_line_is_opened(tmp_path):
    """A user's own kit need not tell its characters."""
    source = FILES[0]
    copy = tmp_path / "400.ttf"
    copy.write_bytes(Path(source).read_bytes())
    (tmp_path / "font.toml").write_text('family = "X"\n[[files]]\nfile = "400.ttf"\nweight = 400\n', "utf-8")
    assert coverage(str(copy)) == coverage(source)


def test_ranges_are_read():
    """Single characters and ranges, in hexadecimal."""
    assert fonts._points("20-22 a0") == {32, 33, 34, 160}
