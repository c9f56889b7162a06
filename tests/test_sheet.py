"""The sheet of a brand: one file to send round that tells colours, contrast, type, logo rules, words and samples."""

import io

import pytest
from click.testing import CliRunner
from PIL import Image

from assetgen import parts
from assetgen.brand import Brand
from assetgen.cli import main
from assetgen.errors import UsageError
from assetgen.lines import sticks_out
from assetgen.paint import Painter
from assetgen.sheet import PAGES, Sheet, _page, _pages, _words, make_sheet
from assetgen.sheet.content import content_of
from assetgen.studio import Studio

BRANDS = sorted(parts.kit_names("brand"))


@pytest.fixture(scope="module")
def sheet():
    return make_sheet(Brand.load("arunika"))


@pytest.mark.parametrize("brand", BRANDS)
@pytest.mark.parametrize("language", ["id", "en"])
def test_no_text_of_a_sheet_is_cut_or_leaves_the_page(brand, language):
    """In every brand and language each text stays inside its element and inside the page, light and dark."""
    with Painter() as painter:
        for theme in ("light", "dark"):
            kit = Brand.load(brand).themed(theme)
            for number, (name, _) in enumerate(PAGES, 1):
                place = {"number": number, "count": len(PAGES), "page": name}
                context = {**content_of(kit, language), "words": _words(language), "place": place, "shown": []}
                page = _page(name, kit, context, {})
                for box in painter.engine.measure(page):
                    for run in box.runs:
                        assert run.rectangle.right <= page.size.width - 60, (theme, name, run.text)
                        assert run.rectangle.bottom <= page.size.height - 30, (theme, name, run.text)
                        assert not sticks_out(run.rectangle, box.rectangle, run.font_size * page.scale), (
                            name,
                            run.text,
                        )


def test_contrast_is_told_as_it_is():
    """Ratios are cut, not rounded up, and say what a pair is good for."""
    pairs = [pair for row in content_of(Brand.load("pasang-surut"), "id")["written"] for pair in row]
    assert {pair["pass"] for pair in pairs} == {"text", "mark"}
    for pair in pairs:
        assert (float(pair["ratio"]) >= 4.5) == (pair["pass"] == "text")


def test_a_sheet_is_one_pdf_or_a_picture_a_page(sheet, tmp_path):
    """The suffix decides; what cannot hold a sheet is refused with the two that can."""
    assert len(sheet.frames) == 8
    assert sheet.save(tmp_path / "a.pdf") == [tmp_path / "a.pdf"]
    assert (tmp_path / "a.pdf").read_bytes().count(b"/Type /Page\n") == 8
    paths = sheet.save(tmp_path / "b.png")
    assert [path.name for path in paths] == [f"b-{number}.png" for number in range(1, 9)]
    assert Image.open(io.BytesIO(paths[0].read_bytes())).size == (1920, 1080)
    with pytest.raises(UsageError, match=r"cannot be written as 'c\.docx'"):
        sheet.save(tmp_path / "c.docx")


def test_the_same_kit_gives_the_same_sheet(sheet):
    """Two makings, the same pixels."""
    assert make_sheet(Brand.load("arunika")).frames == sheet.frames


def test_a_brand_without_dark_use_has_a_shorter_sheet(new_brand):
    """Only what the kit says is shown: no dark palette, no dark samples; names of any length fit."""
    folder = new_brand(('name = "', 'name = "Dinas Pemberdayaan Perempuan Perlindungan Anak dan Keluarga Berencana '))
    file = folder / "brand.toml"
    file.write_text(file.read_text("utf-8").partition("[dark.colors]")[0], "utf-8")
    with Studio() as studio, Painter() as painter:
        assert len(list(_pages(Brand.load(folder), "id", studio, painter))) == 6


def test_the_command_writes_the_sheet(monkeypatch, tmp_path, sheet):
    """`assetgen show brand NAME --sheet --out FILE`; other parts have none."""
    monkeypatch.setattr("assetgen.sheet.make_sheet", lambda brand, language: Sheet(brand.slug, sheet.frames[:1]))
    monkeypatch.chdir(tmp_path)
    run = CliRunner().invoke(main, ["show", "brand", "arunika", "--sheet"])
    assert run.exit_code == 0
    assert "arunika-sheet.pdf" in run.output
    assert (tmp_path / "arunika-sheet.pdf").read_bytes().startswith(b"%PDF")
    assert CliRunner().invoke(main, ["show", "layout", "quote", "--sheet"]).exit_code == 2
