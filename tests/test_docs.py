"""What the documents say is so: commands exist, links lead somewhere, examples load and run."""

import re
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

import assetgen
from assetgen.campaign.file import Campaign
from assetgen.cli import main
from assetgen.layout import Layout
from assetgen.studio import Wish
from assetgen.watch import Watch

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
README = (ROOT / "README.md").read_text("utf-8")


def blocks(text, language):
    return re.findall(rf"```{language}\n(.*?)```", text, re.S)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    """Every relative link of a page is a file of the project."""
    for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text("utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name}: {target}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_and_their_options_exist(page):
    """Each `assetgen …` line names a command, and only options that the command has."""
    text = page.read_text("utf-8").replace("\\\n", " ")
    for name, rest in re.findall(r"(?<!pip install )\bassetgen ([a-z]+)((?: [^\n`]*)?)", text):
        command = main.get_command(None, name)
        if command is None:
            assert name in {"turns", "measures", "needs", "is", "build", "reads"}, f"{page.name}: assetgen {name}"
            continue
        known = {option for parameter in command.params for option in parameter.opts}
        used = set(re.findall(r"(?<=\s)--[a-z-]+", rest.partition("#")[0]))
        assert used <= known, f"{page.name}: assetgen {name} {used - known}"


def test_the_commands_of_the_readme_run(tmp_path):
    """The still of the README comes out ready."""
    line = next(line for line in blocks(README, "sh") if "assetgen make" in line)
    found = re.search(r"assetgen (make big-number.*?)\n(?=assetgen)", line, re.S)
    import shlex

    arguments = shlex.split(found[1].replace("\\\n", " "))
    result = CliRunner().invoke(main, [*arguments, "--out", str(tmp_path)])
    assert result.exit_code == 0, result.output
    assert len(list(tmp_path.rglob("01.jpg"))) == 2


def test_the_campaign_of_the_readme_is_valid(tmp_path):
    """Beside a workbook of that name it loads without a problem."""
    text = blocks(README, "toml")[0]
    folder = tmp_path / "data"
    folder.mkdir()
    workbook = ROOT / "samples" / "nusantara" / "data" / "apbd-nusa-lentera-2026.xlsx"
    (folder / "apbd.xlsx").write_bytes(workbook.read_bytes())
    (tmp_path / "campaign.toml").write_text(text, "utf-8")
    assert tomllib.loads(text)["make"][0]["layout"] == "big-number"
    campaign = Campaign.load(tmp_path)

    from assetgen.batch import plan, read_data

    made = plan(campaign, read_data(campaign))
    assert [len(made.jobs), made.failures] == [2 * 3 * 2, ()]


def test_the_python_of_the_readme_runs(tmp_path, monkeypatch):
    """Its first half makes and saves a post."""
    monkeypatch.chdir(tmp_path)
    code = blocks(README, "python")[0].partition("with assetgen.Studio")[0]
    exec(compile(code, "README.md", "exec"), {})
    assert (tmp_path / "post.jpg").stat().st_size > 10_000


@pytest.mark.parametrize("name", sorted(main.list_commands(None)))
def test_every_command_is_in_the_readme(name):
    """What exists is told."""
    assert re.search(rf"assetgen {name}\b", README)


def test_the_page_of_charts_shows_every_chart(monkeypatch):
    """The written page is the one that would be written now, with a small picture of each chart in each shape."""
    monkeypatch.syspath_prepend(str(ROOT / "docs"))
    import make_charts

    assert (ROOT / "docs" / "charts" / "README.md").read_text("utf-8") == make_charts.index()
    for kind in make_charts.parts.names("charts"):
        for shape in make_charts.SIZES:
            picture = ROOT / "docs" / "charts" / f"{kind}-{shape}.webp"
            assert 0 < picture.stat().st_size < make_charts.MOST_BYTES, picture.name
    total = sum(file.stat().st_size for file in (ROOT / "docs" / "charts").iterdir())
    assert total < 6_000_000


def files_of(page):
    return dict(re.findall(r"```\w+ (\S+\.\w+)\n(.*?)```", page, re.S))


STEPS = ["Buka aplikasi", "Pilih layanan", "Unggah kartu keluarga dan akta nikah orang tua", "Tunggu pesan singkat"] * 5


@pytest.mark.parametrize("slot", ["instagram/carousel", "tiktok/carousel", "linkedin/document", "x/post"])
def test_the_carousel_that_the_page_teaches_is_ready(tmp_path, slot):
    """Its example loads, goes on on further slides, and has no finding above info."""
    page = (ROOT / "docs" / "layouts.md").read_text("utf-8")
    files = {name.partition("/")[2]: text for name, text in files_of(page).items() if "/" in name}
    assert set(files) == {"layout.toml", "layout.html", "layout.css"}
    folder = tmp_path / "langkah"
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    several = assetgen.placement.load(slot).carousel
    given = {
        "title": "Akta kelahiran selesai dalam satu hari",
        "steps": STEPS if several else STEPS[:5],
        "source": "BPS",
    }
    with assetgen.Studio() as studio:
        wish = Wish(given, assetgen.placement.load(slot), "id", folder=folder)
        asset = studio.make(Layout.load(folder), assetgen.Brand.load("lentera"), wish)
    assert not [finding for finding in asset.findings if finding.severity != "info"]
    assert (len(asset.frames) > 3) == several


def test_the_layout_that_the_page_teaches_is_ready_everywhere(tmp_path):
    """The files of `docs/layouts.md` make a layout that has no finding above info in any shape, brand and language."""
    folder = tmp_path / "layouts" / "nomor-darurat"
    folder.mkdir(parents=True)
    page = (ROOT / "docs" / "layouts.md").read_text("utf-8")
    files = {name: text for name, text in files_of(page).items() if "/" not in name}
    assert set(files) == {"layout.toml", "layout.html", "layout.css", "example.toml"}
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    from assetgen.preview.scene import subject_of

    scene = subject_of("nomor-darurat", tmp_path, (), (), ()).read()
    assert not scene.problems
    assert len(scene.cards) >= 5 * 2
    with assetgen.Studio() as studio:
        for card in (one for one in scene.cards if not one.placement.moving):  # videos are drafts there
            found = [finding for finding in card.make(studio, Watch()).findings if finding.severity != "info"]
            assert not found, (card.group, card.placement.name, found)
