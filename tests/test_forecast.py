"""Plan and check: what a build would do and why, what a changed cell touches, and every finding without writing."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from assetgen.campaign import Campaign
from assetgen.cli import main
from assetgen.errors import DataError, UsageError
from assetgen.forecast import forecast, touched
from assetgen.pipeline import build

DATA = "wilayah,jumlah,persen\nLentera,1250,8.42\nSuluh,2750,9.10\nPelita,900,7.95\n"
CAMPAIGN = """\
name = "Uji"
brand = "lentera"
placements = ["x/post"]

[data.angka]
file = "data/angka.csv"

[[make]]
layout = "kartu"
from = "angka"
slug = "{{ wilayah }}"

[make.fields]
title = "Data {{ wilayah }}"
value = "{{ persen }}"
source = "BPS"

[[make]]
layout = "kartu"
from = "angka"
each = "all"
slug = "semua"

[make.fields]
title = "Semua wilayah digabung"
value = "{{ rows | total('jumlah') }}"
source = "BPS"
"""


@pytest.fixture
def campaign(tmp_path, new_layout):
    new_layout(root=tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "angka.csv").write_text(DATA, "utf-8")
    (tmp_path / "campaign.toml").write_text(CAMPAIGN, "utf-8")
    return tmp_path


@pytest.fixture
def built(campaign):
    build(Campaign.load(campaign), campaign / "out")
    return campaign


def steps(folder):
    return {step.slug: (step.action, step.why) for step in forecast(Campaign.load(folder), folder / "out")}


def edit(folder, name, before, after):
    text = (folder / name).read_text("utf-8")
    assert before in text
    (folder / name).write_text(text.replace(before, after), "utf-8")


def everything(folder):
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_first_build_makes_everything(campaign):
    """All of it is new, and planning writes nothing."""
    before = everything(campaign)
    assert set(steps(campaign).values()) == {("make", "it is new")}
    assert everything(campaign) == before


def test_an_unchanged_campaign_keeps_everything(built):
    """And a build then gives the same bytes, keys included."""
    assert set(steps(built).values()) == {("keep", "nothing has changed")}
    manifest = (built / "out" / "manifest.json").read_bytes()
    build(Campaign.load(built), built / "out")
    assert (built / "out" / "manifest.json").read_bytes() == manifest


def test_a_changed_cell_makes_its_assets_again(built):
    """Only the row's own asset; a cell of the sum only the sum."""
    edit(built, "data/angka.csv", "9.10", "9.20")
    again = ("make", "data/angka.csv has changed")
    assert {slug for slug, step in steps(built).items() if step == again} == {"suluh"}
    edit(built, "data/angka.csv", "9.20", "9.10")
    edit(built, "data/angka.csv", ",900,", ",901,")
    assert {slug for slug, step in steps(built).items() if step == again} == {"semua"}


@pytest.mark.parametrize(
    ("name", "before", "after", "why"),
    [
        ("layouts/kartu/layout.css", "56px", "58px", "the layout has changed"),
        (
            "campaign.toml",
            'source = "BPS"\n\n[[',
            'source = "BPS, 2026"\n\n[[',
            "the campaign, a picture or a font has changed",
        ),
    ],
)
def test_other_changes_are_told(built, name, before, after, why):
    """A layout touches all that use it, a field of the campaign its own records."""
    edit(built, name, before, after)
    assert steps(built)["lentera"] == ("make", why)


def test_missing_files_and_dropped_records_are_told(built):
    """A file that is gone is made again; what is no longer asked for is removed; a record that fails says why."""
    (built / "out" / "lentera" / "x-post" / "01.jpg").unlink()
    edit(built, "data/angka.csv", "Pelita,900,7.95\n", "Kosong,900,\n")
    edit(built, "campaign.toml", 'value = "{{ persen }}"', 'value = "{{ persen * 1 }}"')
    told = steps(built)
    assert told["lentera"] == ("make", "a file is missing or has another size")
    assert told["pelita"] == ("remove", "it is no longer asked for")
    assert told["kosong"][0] == "fail"
    assert told["kosong"][1].startswith("campaign.toml:15: field 'value': an empty cell * '1' is not arithmetic")


def test_changed_cells_list_the_assets_that_show_them(built):
    """Cells, ranges, files; also inside of sums; with and without folders."""
    out = built / "out"

    def slugs(*changed):
        return [one.entry.slug for one in touched(out, changed)]

    assert slugs("angka.csv!C3") == ["suluh"]
    assert slugs("angka.csv!B3") == ["semua"]
    assert slugs("data/angka.csv!B3") == slugs(str(built / "data" / "angka.csv") + "!B3") == ["semua"]
    assert slugs("angka.csv!C2:C3") == ["lentera", "suluh"]
    assert slugs("angka.csv") == ["lentera", "suluh", "pelita", "semua"]
    assert slugs("angka.csv!B3", "angka.csv!C4") == ["pelita", "semua"]
    assert slugs("angka.csv!A2", "angka.csv!Z99") == []
    (sums,) = touched(out, ["angka.csv!B3"])
    assert [fact["text"] for fact in sums.facts] == ["4.900"]
    with pytest.raises(UsageError, match=r"no asset was made from 'anka.csv'.*did you mean 'data/angka.csv'"):
        touched(out, ["anka.csv!C3"])
    with pytest.raises(UsageError, match="names no cell"):
        touched(out, ["angka.csv!2026!xyz"])
    with pytest.raises(DataError, match="nothing was built there yet"):
        touched(built / "lain", ["angka.csv"])


def test_sheets_are_told_apart(tmp_path):
    """The same cell of another sheet touches nothing; a sheet is a name of its own; no sheet means all."""
    samples = Path(__file__).parents[1] / "samples" / "nusantara"
    loaded = Campaign.load(samples)
    build(loaded, tmp_path, options_only("realisasi-kesehatan"))
    book = "apbd-nusa-lentera-2026.xlsx"
    for changed, count in (
        (f"{book}!Belanja per Urusan!F9", 6),
        (f"{book}!Pendapatan!F9", 0),
        (f"{book}!F9", 6),
        (f"{book}!Belanja per Urusan", 6),
        (f"{book}!Pendapatan", 0),
    ):
        assert len(touched(tmp_path, [changed])) == count, changed


def options_only(*slugs):
    from assetgen.pipeline import BuildOptions

    return BuildOptions(only=slugs)


def run(*arguments):
    result = CliRunner().invoke(main, [str(one) for one in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_the_plan_command(built):
    """Text with totals, JSON with steps; changed cells with the texts that show them."""
    edit(built, "data/angka.csv", "9.10", "9.20")
    result = run("plan", built)
    assert result.exit_code == 0
    assert "make   suluh/x-post  kartu: data/angka.csv has changed" in result.output
    assert result.output.endswith("1 to make, 3 to keep, 0 to remove\n")
    assert json.loads(run("plan", built, "--format", "json").output)["totals"] == {
        "make": 1,
        "keep": 3,
        "remove": 0,
        "fail": 0,
    }
    assert "semua/x-post: 4.900 (SUM(B2:B4))\n1 assets" in run("plan", built, "--changed", "angka.csv!B3").output
    told = json.loads(run("plan", built, "--changed", "angka.csv!B3", "--format", "json").output)
    assert [(one["slug"], len(one["facts"])) for one in told["assets"]] == [("semua", 1)]


def test_check_says_the_same_of_a_campaign_and_of_its_folder(built):
    """Without writing: the findings of a build, from its manifest or made afresh; exit 1 for an error."""
    edit(built, "campaign.toml", '"Data {{ wilayah }}"', '"Turun 12.5% di {{ wilayah }}"')
    before = everything(built)
    made = run("check", built / "campaign.toml")
    assert everything(built) == before
    assert made.exit_code == 1
    assert "error number-format: '12.5%' in 'Turun 12.5% di Lentera' is not written as Indonesian" in made.output
    build(Campaign.load(built), built / "out")
    assert run("check", built / "out").output == made.output
    assert run("check", built / "out" / "manifest.json").exit_code == 1
    shutil.rmtree(built / "out")
    told = json.loads(run("check", built, "--format", "json").output)
    assert told["totals"]["not_ready"] == 3
    assert {one["rule"] for asset in told["assets"] for one in asset["findings"]} >= {"number-format"}


def test_sarif_places_findings_and_failures(built):
    """Version 2.1.0: rules with their reasons, findings at their file, failures in the campaign or the data."""
    edit(built, "campaign.toml", '"Data {{ wilayah }}"', '"Turun 12.5% di {{ wilayah }}"')
    edit(built, "data/angka.csv", "Pelita,900,7.95", "Pelita,900,")
    edit(built, "campaign.toml", 'value = "{{ persen }}"', 'value = "{{ persen * 1 }}"')
    result = run("check", built, "--format", "sarif")
    log = json.loads(result.output)
    (only,) = log["runs"]
    rules = [rule["id"] for rule in only["tool"]["driver"]["rules"]]
    assert log["version"] == "2.1.0" and rules == sorted(rules)
    assert all(rule["shortDescription"]["text"] for rule in only["tool"]["driver"]["rules"])
    for one in only["results"]:
        assert rules[one["ruleIndex"]] == one["ruleId"]
        assert one["level"] in {"error", "warning", "note"} and one["message"]["text"]
    at = {
        (one["ruleId"], one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]) for one in only["results"]
    }
    assert ("number-format", "lentera/x-post/01.jpg") in at
    assert any(rule == "not-made" for rule, _ in at)
    assert result.exit_code == 1


def test_a_picture_that_changed_under_its_name_makes_its_assets_again(built):
    """The key holds the bytes of pictures, not their names; a path that leads out of the campaign is not read."""
    from PIL import Image

    Image.new("RGB", (40, 30), "red").save(built / "foto.png")
    edit(
        built,
        "campaign.toml",
        'title = "Semua wilayah digabung"',
        'photo = "foto.png"\ntitle = "Semua wilayah digabung"',
    )
    build(Campaign.load(built), built / "out")
    assert steps(built)["semua"][0] == "keep"
    Image.new("RGB", (40, 30), "blue").save(built / "foto.png")
    assert steps(built)["semua"] == ("make", "the campaign, a picture or a font has changed")
    edit(built, "campaign.toml", '"foto.png"', '"../../foto.png"')
    assert steps(built)["semua"][0] == "make"


def test_the_key_of_a_video_holds_its_sounds_and_captions(campaign):
    """Another mood, another caption file, or other bytes in one: made again; stills do not mind."""
    from assetgen.batch import plan, read_data
    from assetgen.provenance import Hashes

    def keys():
        loaded = Campaign.load(campaign)
        jobs = plan(loaded, read_data(loaded)).jobs
        return [Hashes().provenance(loaded, job).key for job in jobs if job.slug == "semua"]

    edit(campaign, "campaign.toml", 'placements = ["x/post"]', 'placements = ["x/post", "instagram/reel"]')
    found = [keys()]
    (campaign / "kata.srt").write_text("1\n00:00:00,000 --> 00:00:02,000\nHalo\n")
    video = '\n[make.video]\ncaptions = "kata.srt"\n'
    (campaign / "campaign.toml").write_text((campaign / "campaign.toml").read_text("utf-8") + video, "utf-8")
    found.append(keys())
    edit(campaign, "kata.srt", "Halo", "Hai")
    found.append(keys())
    edit(campaign, "campaign.toml", 'captions = "kata.srt"', 'captions = "kata.srt"\nmusic = "bright"')
    found.append(keys())
    assert len({still for still, _ in found}) == 1
    assert len({moving for _, moving in found}) == len(found)
