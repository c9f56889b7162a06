"""The sample campaign is what `make demo` builds: all of it is made, and all of it is ready."""

import json
import runpy
from hashlib import sha256
from pathlib import Path

import pytest

from assetgen.campaign import Campaign
from assetgen.parts import kit_names
from assetgen.pipeline import build
from assetgen.verify import verify

SAMPLES = Path(__file__).parents[1] / "samples"
# All of it, with its videos, is made once: about a minute on two quiet cores.
pytestmark = pytest.mark.timeout(900)


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    return build(Campaign.load(SAMPLES / "nusantara"), tmp_path_factory.mktemp("demo"))


def test_everything_is_made_and_ready(report):
    """No row fails, no asset has a finding of severity error."""
    findings = {
        entry.folder: [one["message"] for one in entry.data["findings"] if one["severity"] == "error"]
        for entry in report.entries
        if not entry.ready
    }
    assert (report.failures, findings) == ((), {})


def test_it_covers_what_it_promises(report):
    """At least 40 assets, 8 placements, 10 layouts, every brand, both languages; videos upright, wide and square."""
    assets = [entry.data for entry in report.entries]
    assert len(assets) >= 40
    assert len({one["placement"] for one in assets}) >= 8
    assert len({one["layout"] for one in assets}) >= 10
    assert {one["brand"] for one in assets} == set(kit_names("brand"))
    assert {one["language"] for one in assets} == {"id", "en"}
    videos = [one for asset in assets for one in asset["files"] if one["format"] == "mp4"]
    assert sum(one["height"] > one["width"] for one in videos) >= 12
    assert sum(one["height"] <= one["width"] for one in videos) >= 3


def test_every_fact_is_proved_or_explained(report):
    """Every fact with a cell is proved; the others were typed in or counted by the layout."""
    verdict = verify(report.out, SAMPLES / "nusantara")
    assert verdict.holds
    assert all(one.verdict == "proved" or not one.cell for one in verdict.proofs)
    assert verdict.totals["proved"] > 500


def test_numbers_from_tables_keep_their_cells(report):
    """The budget's totals come from the row that the workbook calls total."""
    manifest = json.loads((report.out / "manifest.json").read_text("utf-8"))
    facts = [
        fact
        for asset in manifest["assets"]
        if asset["slug"] == "belanja-2026"
        for fact in asset["facts"]
        if fact["cell"]
    ]
    assert facts[0]["text"] == "Rp4,5 triliun"
    assert facts[0]["value"] == "4477044000000"
    assert facts[0]["cell"].endswith("Belanja per Urusan!F18")


def test_the_workbook_is_what_its_script_writes(tmp_path, monkeypatch, capsys):
    """Run `python samples/make_budget.py` after a change of it."""
    script = runpy.run_path(str(SAMPLES / "make_budget.py"))
    kept = sha256(script["TARGET"].read_bytes()).hexdigest()
    script["main"].__globals__["TARGET"] = tmp_path / "made.xlsx"
    script["main"]()
    assert sha256((tmp_path / "made.xlsx").read_bytes()).hexdigest() == kept
    assert "made.xlsx" in capsys.readouterr().out
