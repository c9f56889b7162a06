"""Font kits tell which characters they can draw, and tell the truth."""

import re
import shutil
from pathlib import Path

import pytest

from assetgen import fonts
from assetgen.brand import Brand
from assetgen.errors import BrandError
from assetgen.fonts import coverage, families, family_fonts
from assetgen.parts import kit_names

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


SCRIPTS = {
    "Arabic": ("تقدّم وزارة الصحة نصائح لحجّاج", "Noto Sans Arabic"),
    "Javanese": ("ꦱꦸꦒꦼꦁ ꦫꦶꦪꦪ", "Noto Sans Javanese"),
    "Sundanese": ("ᮝᮤᮜᮥᮏᮨᮀ ᮘᮧᮘᮧᮛᮔ᮪", "Noto Sans Sundanese"),
    "Balinese": ("ᬲᬸᬓ᭄ᬱ᭄ᬫ", "Noto Sans Balinese"),
}


@pytest.mark.parametrize(("text", "family"), SCRIPTS.values(), ids=SCRIPTS)
@pytest.mark.parametrize("name", kit_names("brand"))
def test_the_scripts_of_indonesia_are_drawn_in_every_brand(name, text, family):
    """A page with letters of such a script registers a font that has all of them; the brand's stack names it."""
    brand = Brand.load(name)
    added = [font for font in brand.fonts_for(text) if font not in brand.font_files]
    assert family in {font.family for font in added}
    assert {font.weight for font in added if font.family == family} >= {400, 700}
    assert set(map(ord, text)) <= coverage(next(font.path for font in added if font.family == family))
    stacks = re.findall(r'--font-[a-z]+: (".+?);', brand.stylesheet)
    assert len(stacks) >= len(brand.fonts)
    assert all(f'"{family}"' in stack for stack in stacks)


def test_a_page_without_such_letters_registers_no_more_fonts():
    """Signs, long dashes and emoji are in the fonts of every page."""
    brand = Brand.load("lentera")
    assert brand.fonts_for("Naik −3,5% – «pukul 09.00» ✓ → 🇮🇩 👩🏽‍⚕️ Ā̊") == brand.font_files


def test_a_brand_chooses_the_face_of_a_script():
    """`beside` names families that stand before those of every brand."""
    stack = next(line for line in Brand.load("lentera").stylesheet.splitlines() if "--font-heading" in line)
    heading = stack[stack.index("--font-heading") :]
    assert heading.index("Noto Naskh Arabic") < heading.index("Noto Sans Arabic")


def test_a_kit_beside_the_campaign_brings_a_script(tmp_path):
    """A font.toml with `scripts` is enough, and a brand from anywhere may draw with it."""
    kit = tmp_path / "fonts" / "my-javanese"
    kit.mkdir(parents=True)
    source = next(path for path in FILES if "javanese/400" in path)
    (kit / "400.ttf").write_bytes(Path(source).read_bytes())
    (kit / "font.toml").write_text(
        'family = "Carakan"\nscripts = ["Java"]\n[[files]]\nfile = "400.ttf"\nweight = 400\n'
    )
    assert "Carakan" in {font.family for font in Brand.load("sagara", [tmp_path]).fonts_for("ꦗ")}


def test_an_unknown_family_for_a_script_is_an_error(tmp_path):
    """The nearest family is told."""
    folder = tmp_path / "brand" / "mine"
    shutil.copytree(kit_names("brand")["lentera"], folder)
    file = folder / "brand.toml"
    file.write_text(file.read_text("utf-8").replace("Noto Naskh Arabic", "Noto Nasch Arabic"), "utf-8")
    with pytest.raises(BrandError, match="there is no font family 'Noto Nasch Arabic'"):
        Brand.load(folder)
