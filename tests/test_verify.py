"""Verify: every fact of a build is proved from the data, and what no longer holds is named."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from assetgen.campaign import Campaign
from assetgen.cli import main
from assetgen.errors import DataError
from assetgen.pipeline import build
from assetgen.verify import verify

DATA = "Wilayah;Tanggal;Jumlah;Persen\nLentera;17/08/2026;1.250.000;8,42\nSuluh;18/08/2026;2.750.000;9,10\n"
CAMPAIGN = """\
name = "Uji"
brand = "lentera"
placements = ["x/post"]

[data.angka]
file = "data/angka.csv"
number_style = "id"

[[make]]
layout = "big-number"
from = "angka"
slug = "{{ wilayah }}"
caption = "{{ wilayah }}: {{ jumlah | short }} dari {{ rows | total('jumlah') | short }}"

[make.fields]
title = "{{ wilayah }} peringkat {{ rows | rank('jumlah', jumlah) }} dari {{ count }}"
value = "{{ jumlah / (rows | total('jumlah')) * 100 }}"
style = "percent"
label = "dari {{ rows | total('jumlah') | number }}, {{ tanggal | tanggal }}"
source = "Contoh, 2026"
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kampanye")
    (folder / "data").mkdir()
    (folder / "data" / "angka.csv").write_text(DATA, "utf-8")
    (folder / "campaign.toml").write_text(CAMPAIGN, "utf-8")
    build(Campaign.load(folder), folder / "out")
    return folder


@pytest.fixture
def campaign(built, tmp_path):
    return Path(shutil.copytree(built, tmp_path / "kampanye"))


def change(campaign, before, after):
    file = campaign / "data" / "angka.csv"
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after), "utf-8")


def disproved(verdict):
    return {
        (one.asset.split("/")[0], one.cell.rpartition("!")[2]) for one in verdict.proofs if one.verdict == "disproved"
    }


def test_an_untouched_build_is_proved(campaign):
    """Cells, sums, quotients, ranks, counts and dates, on pages and in captions; the data lies above the folder."""
    verdict = verify(campaign / "out")
    assert verdict.holds and not verdict.changed
    proved = {one.cell.rpartition("!")[2] for one in verdict.proofs if one.verdict == "proved"}
    assert proved >= {"((C2/SUM(C2:C3))*100)", "RANK(C2,C2:C3)", "COUNT(A2:A3)", "SUM(C2:C3)", "B2", "C2"}
    assert {one.where for one in verdict.proofs} >= {"page 1", "caption"}
    assert verdict.totals["unprovable"] == 0


def test_an_edited_cell_disproves_what_was_made_from_it(campaign):
    """Its own asset, the sums and shares of others, and nothing else; the data file is told to have changed."""
    change(campaign, "2.750.000", "1.000.000")
    verdict = verify(campaign / "out")
    assert not verdict.holds
    assert verdict.changed == ("data/angka.csv",)
    assert disproved(verdict) == {
        ("lentera", "((C2/SUM(C2:C3))*100)"),
        ("lentera", "SUM(C2:C3)"),
        ("lentera", "RANK(C2,C2:C3)"),
        ("suluh", "((C3/SUM(C2:C3))*100)"),
        ("suluh", "SUM(C2:C3)"),
        ("suluh", "RANK(C3,C2:C3)"),
        ("suluh", "C3"),
    }
    assert "the data says 1000000" in {one.reason for one in verdict.proofs}


@pytest.mark.parametrize(
    ("after", "reason"),
    [("", "the cell is empty now"), ("tidak ada", "is 'tidak ada', no number")],
)
def test_a_cell_that_holds_no_number_any_more_disproves(campaign, after, reason):
    """Missing is never zero, and text is no number."""
    change(campaign, "1.250.000", after)
    reasons = " | ".join(one.reason for one in verify(campaign / "out").proofs)
    assert reason in reasons or "tidak ada" in reasons


def test_a_row_that_is_gone_disproves(campaign):
    """A range that reaches behind the table is not quietly shortened."""
    change(campaign, "Suluh;18/08/2026;2.750.000;9,10\n", "")
    reasons = {one.reason for one in verify(campaign / "out").proofs}
    assert "angka.csv!C2:C3 is not in the table any more" in reasons


def test_an_edited_date_disproves(campaign):
    """Dates are facts like numbers."""
    change(campaign, "17/08/2026", "19/08/2026")
    assert disproved(verify(campaign / "out")) == {("lentera", "B2")}


def test_tampered_and_missing_files_are_named(campaign):
    """One changed byte, and a file that is gone."""
    out = campaign / "out"
    picture = out / "lentera" / "x-post" / "01.jpg"
    picture.write_bytes(picture.read_bytes()[:-1] + b"x")
    (out / "suluh" / "x-post" / "alt.txt").unlink()
    verdict = verify(out)
    assert [(one.path, one.problem) for one in verdict.damages] == [
        ("lentera/x-post/01.jpg", "is not as it was written"),
        ("suluh/x-post/alt.txt", "is not there"),
    ]
    assert not verdict.holds and verdict.totals["disproved"] == 0


def test_a_tampered_manifest_is_disproved_by_the_data(campaign):
    """Another text, value or cell in the manifest does not hold against the file."""
    path = campaign / "out" / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    fact = next(one for one in manifest["assets"][0]["facts"] if one["cell"].endswith("SUM(C2:C3)"))
    for key, value in (
        ("text", "5.000.000"),
        ("value", "5000000"),
        ("cell", "angka.csv!SUM(C2:D3)"),
        ("cell", "x!OPEN(1)"),
    ):
        kept = fact[key]
        fact[key] = value
        path.write_text(json.dumps(manifest), "utf-8")
        assert verify(campaign / "out").totals["disproved"] == 1, (key, value)
        fact[key] = kept


def test_one_file_is_verified_with_its_asset(campaign):
    """A picture in the folder brings the facts of its own asset only."""
    change(campaign, "17/08/2026", "19/08/2026")
    assert verify(campaign / "out" / "suluh" / "x-post" / "01.jpg").holds
    assert not verify(campaign / "out" / "lentera" / "x-post" / "01.jpg").holds
    (campaign / "out" / "asing.jpg").write_bytes(b"x")
    with pytest.raises(DataError, match=r"does not list 'asing.jpg'"):
        verify(campaign / "out" / "asing.jpg")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "not a manifest"),
        ("[]", "not a manifest"),
        ('{"version": 9}', "its version is 9"),
        ('{"version": 1, "name": "a", "language": "id", "assets": [{"slug": 1}], "failures": []}', "not a manifest"),
    ],
)
def test_a_file_that_is_no_manifest_is_refused(tmp_path, content, message):
    """With its path, and never with a trace of ours."""
    (tmp_path / "manifest.json").write_text(content, "utf-8")
    with pytest.raises(DataError, match=message):
        verify(tmp_path)


@pytest.mark.parametrize(
    ("drop", "value"),
    [("facts", None), ("provenance", {}), ("facts", [{"text": "1"}]), ("facts", [5]), ("language", None)],
)
def test_a_manifest_that_lacks_something_is_refused(campaign, drop, value):
    """Whatever is missing in an asset, the error says that the manifest is at fault."""
    path = campaign / "out" / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    manifest["assets"][0][drop] = value
    path.write_text(json.dumps(manifest), "utf-8")
    with pytest.raises(DataError, match="manifest"):
        verify(campaign / "out")


def test_paths_of_a_manifest_stay_inside(campaign):
    """A manifest cannot make us read files elsewhere: neither as part of the package nor as data."""
    path = campaign / "out" / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    manifest["assets"][0]["files"][0]["path"] = "../../../etc/passwd"
    path.write_text(json.dumps(manifest), "utf-8")
    assert verify(campaign / "out").damages[0].problem == "is not there"
    manifest["assets"][0]["provenance"]["sources"][0]["file"] = "/etc/passwd"
    path.write_text(json.dumps(manifest), "utf-8")
    result = CliRunner().invoke(main, ["verify", str(campaign / "out")])
    assert result.exit_code == 3 and "outside" in result.output


def test_data_elsewhere_is_named(campaign, tmp_path):
    """Without it the error says which file is missing, and how to name its folder."""
    away = Path(shutil.move(campaign / "out", tmp_path / "kiriman"))
    with pytest.raises(DataError, match=r"the data file 'data/angka.csv' is not found.*--data"):
        verify(away)
    assert verify(away, campaign).holds


def test_the_command_tells_and_fails(campaign):
    """Exit 0 when all holds, 1 when something is disproved, 3 without a manifest; JSON holds every fact."""
    run = CliRunner().invoke
    good = run(main, ["verify", str(campaign / "out")])
    assert (good.exit_code, "0 disproved" in good.output) == (0, True)
    change(campaign, "1.250.000", "1.260.000")
    bad = run(main, ["verify", str(campaign / "out")])
    assert bad.exit_code == 1
    assert "data/angka.csv has changed since the build" in bad.output
    told = json.loads(run(main, ["verify", str(campaign / "out"), "--format", "json"]).output)
    assert told["holds"] is False
    assert {"text": "1,3 juta", "now": "1260000"}.items() <= next(
        one for one in told["facts"] if one["cell"] == "angka.csv!C2" and one["where"] == "caption"
    ).items()
    assert run(main, ["verify", str(campaign / "data")]).exit_code == 3


def test_a_manifest_cannot_steer_the_terminal(campaign):
    """Control characters in the texts of a stranger's manifest are not printed."""
    path = campaign / "out" / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    manifest["assets"][0]["facts"][0]["text"] = "9 \x1b[2J"
    path.write_text(json.dumps(manifest), "utf-8")
    result = CliRunner().invoke(main, ["verify", str(campaign / "out")], color=True)
    assert result.exit_code == 1 and "\x1b[2J" not in result.output


def test_a_value_that_rounds_to_the_same_text_is_told(campaign):
    """A small correction disproves the value, and the verdict says that the picture still holds."""
    change(campaign, "1.250.000", "1.250.001")
    reasons = {one.reason for one in verify(campaign / "out").proofs if one.cell.endswith("!C2")}
    assert reasons == {"the data says 1250001, which the text still rounds to"}
