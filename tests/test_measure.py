"""The fit report: every row is measured in every placement and language, nothing is painted, what is lost is told."""

import json

import pytest
from click.testing import CliRunner
from conftest import LAYOUT_CSS, LAYOUT_HTML

from assetgen import placement
from assetgen.brand import Brand
from assetgen.campaign import Campaign
from assetgen.cli import main
from assetgen.layout import Layout
from assetgen.measure import measure_campaign, measure_layout, measure_table
from assetgen.paint import Painter
from assetgen.read import read_table
from assetgen.studio import Studio, Wish

HTML = LAYOUT_HTML.replace('<h1 class="headline">', '<h1 class="headline" data-fit="40">')
CSS = LAYOUT_CSS.replace("56px", "80px; max-height: 180px")
LONG = "Kabupaten Kepulauan Siau Tagulandang Biaro dan kota tetangga"
PLACES = ("instagram/feed-square", "x/post")


@pytest.fixture
def never_painted(monkeypatch):
    """Fail when anything is painted."""
    monkeypatch.setattr(Painter, "paint", lambda *_: pytest.fail("painted"))
    monkeypatch.setattr("assetgen.engines.takumi.Takumi.paint", lambda *_: pytest.fail("painted"))


def test_a_campaign_is_measured_in_every_placement(new_campaign, never_painted):
    """One entry a record and placement, in the order of a build, with the smallest text; nothing is shrunk."""
    folder = new_campaign(html=HTML)
    (folder / "layouts" / "kartu" / "layout.css").write_text(CSS, "utf-8")
    seen = []
    report = measure_campaign(Campaign.load(folder), 1, lambda *now: seen.append(now))
    assert [(one.slug, one.placement, one.row) for one in report.assets] == [
        *(("lentera", name, 2) for name in PLACES),
        *(("suluh", name, 3) for name in PLACES),
    ]
    assert all(one.smallest.size == 28 and one.smallest.element == "p.source" for one in report.assets)
    assert not any(one.shrunk for one in report.assets)
    assert report.fits
    assert [now[:2] for now in seen] == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_shrunk_texts_and_lost_words_are_told(new_layout, never_painted):
    """A long title shrinks to a size between what is asked and the floor; one that fits nowhere is an error."""
    layout = Layout.load(new_layout(html=HTML, css=CSS))
    brand, square = Brand.load("lentera"), placement.load("instagram/feed-square")

    def measured(title, css):
        (layout.folder / "layout.css").write_text(css, "utf-8")
        loaded = Layout.load(layout.folder)
        (one,) = measure_layout(loaded, [brand], [square], {"id": {"one": {"title": title}}}).assets
        return one

    fitted = measured(LONG, CSS)
    (headline,) = fitted.shrunk
    assert (headline.asked, headline.floor) == (80, 40)
    assert 40 <= headline.size < 80
    assert headline.fits
    assert fitted.fits
    lost = measured(LONG, CSS.replace("180px", "60px"))
    assert not lost.fits
    assert lost.at_floor
    assert lost.shrunk[0].size == 40
    assert "does not fit its box at 40 px" in " ".join(finding.message for finding in lost.findings)


def test_what_is_measured_is_what_is_painted(new_layout):
    """Boxes and sizes of an asset that is measured are those of the asset that is made."""
    layout, brand = Layout.load(new_layout(html=HTML, css=CSS)), Brand.load("lentera")
    wish = Wish({"title": LONG}, placement.load("x/post"))
    with Studio() as studio:
        measured = studio.measure(layout, brand, wish)
        made = studio.make(layout, brand, wish)
    assert measured.pages[0].frame.pixels == b""
    assert set(measured.findings) <= set(made.findings)


def test_every_row_of_a_table_is_measured(new_layout, tmp_path, never_painted):
    """Rows fill the fields of their columns, in each language; a row that cannot be taken is told with its cell."""
    layout = Layout.load(new_layout())
    (tmp_path / "d.csv").write_text(f"judul,value\nPendek,1\n{LONG} dan lain-lain,2\nLain,3\n", "utf-8")
    table = read_table(tmp_path / "d.csv")
    report = measure_table(layout, [Brand.load("lentera")], [placement.load(name) for name in PLACES], table)
    assert [(one.row, one.language) for one in report.assets if one.placement == "x/post"] == [
        *((row, "id") for row in (2, 4)),
        *((row, "en") for row in (2, 4)),
    ]
    assert not report.fits
    assert {str(one.problems[0].place) for one in report.failures} == {"d.csv!A3"}


def test_the_command_tells_how_everything_fits(new_layout, new_campaign, tmp_path, monkeypatch):
    """A table by layout and placement, or JSON; exit code 1 when something does not fit."""
    monkeypatch.chdir(tmp_path)
    new_campaign()

    def run(*arguments, code=0):
        result = CliRunner().invoke(main, ["check", *arguments])
        assert result.exit_code == code, result.output
        return result

    text = run("kampanye", "--fit").stdout
    assert "28 px, p.source of lentera id" in text
    assert text.endswith("4 assets measured: 0 do not fit\n")
    told = json.loads(run("kampanye", "--fit", "--format", "json").stdout)
    assert told["fits"] is True
    assert told["assets"][0]["smallest"]["size"] == 28
    new_layout(html=HTML, css=CSS.replace("180px", "60px"))
    (tmp_path / "d.csv").write_text(f"judul\n{LONG}\n", "utf-8")
    options = ("--data", "d.csv", "--brand", "lentera", "--for", ",".join(PLACES), "--lang", "id")
    failing = run("kartu", "--fit", *options, code=1).stdout
    assert "error overflow" in failing
    assert failing.endswith("2 assets measured: 2 do not fit\n")
    assert "no layout" in run("kartuu", "--fit", code=2).stderr
    assert "told as text or json" in run("kartu", "--fit", "--format", "sarif", code=2).stderr
