"""What `assetgen check --fit` does: choose what is measured, and tell how it fits."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from assetgen.measure import FitReport, Fitted


@dataclass(frozen=True)
class FitChoice:
    """What is measured of a layout: rows of a table, else data made to break it, else its example; and for what."""

    data: str | None
    brands: tuple[str, ...]
    placements: tuple[str, ...]
    languages: tuple[str, ...]
    stress: bool = False


def fit_report(target: str, choice: FitChoice, jobs: int | None, form: str) -> FitReport:
    """Measure a campaign or a layout; raises AssetgenError."""
    from assetgen.campaign import Campaign
    from assetgen.cli._progress import progress_bar
    from assetgen.measure import measure_campaign

    path = Path(target)
    if path.suffix == ".toml" or (path / "campaign.toml").is_file():
        campaign = Campaign.load(path)
        with progress_bar(campaign.name, quiet=form != "text") as advance:
            return measure_campaign(campaign, jobs, advance)
    return _layout(target, choice, form)


def _layout(target: str, choice: FitChoice, form: str) -> FitReport:
    from assetgen import placement
    from assetgen.brand import Brand
    from assetgen.cli._progress import progress_bar
    from assetgen.layout import Layout
    from assetgen.measure import measure_layout, measure_table
    from assetgen.parts import kit_names
    from assetgen.preview.scene import usual_placements
    from assetgen.read import read_table
    from assetgen.stress import Stress

    layout = Layout.load(target, (Path(),))
    brands = [Brand.load(name, (Path(),)) for name in choice.brands or kit_names("brand", (Path(),))]
    places = [placement.load(name) for name in choice.placements]
    places = places or list(usual_placements(layout.shapes, layout.carousel))
    with progress_bar(layout.title, quiet=form != "text") as advance:
        if choice.data is None:
            given = {
                key: Stress(layout, key).records() if choice.stress else {"example": example}
                for key, example in layout.example().items()
                if key in choice.languages or not choice.languages
            }
            return measure_layout(layout, brands, places, given, advance)
        file, _, sheet = choice.data.partition("#")
        table = read_table(Path(file), sheet or None)
        return measure_table(layout, brands, places, table, choice.languages, progress=advance)


def tell_fit(report: FitReport, form: str) -> None:
    """Print how everything fits: what does not, and a line for each layout, placement and language."""
    if form == "json":
        failures = [
            {"slug": one.slug, "row": one.row, "problems": [str(problem) for problem in one.problems]}
            for one in report.failures
        ]
        assets = [asset.as_dict() for asset in report.assets]
        shown = {"name": report.name, "fits": report.fits, "assets": assets, "failures": failures}
        click.echo(json.dumps(shown, ensure_ascii=False, indent=1))
        return
    for asset in report.assets:
        for finding in asset.findings:
            if finding.severity in {"error", "warning"}:
                head = click.style(f"{finding.severity} {finding.rule}", fg=_COLOURS.get(finding.severity))
                click.echo(f"{_where(asset)}: {head}: {finding.message}")
    told = dict.fromkeys((failure.slug, problem) for failure in report.failures for problem in failure.problems)
    for slug, problem in told:
        click.echo(f"{click.style(f'not laid out: {slug}', fg='red')}: {problem}")
    _print_table(report)


_COLOURS = {"error": "red", "warning": "yellow"}


def _where(asset: Fitted) -> str:
    row = f" row {asset.row}" if asset.row else ""
    return f"{asset.slug}{row} {asset.brand} {asset.placement} {asset.language}"


def _print_table(report: FitReport) -> None:
    groups: dict[tuple[str, str], list[Fitted]] = defaultdict(list)
    for asset in report.assets:
        groups[asset.layout, asset.placement].append(asset)
    lines = [("layout", "placement", "assets", "at floor", "do not fit", "smallest text")]
    for (layout, placement), assets in groups.items():
        least = min((one for one in assets if one.smallest), key=lambda one: one.smallest.size, default=None)  # type: ignore[union-attr]  # those without are left out
        where = "–"
        if least is not None and least.smallest is not None:
            where = f"{least.smallest.size:g} px, {least.smallest.element} of {least.slug} {least.language}"
        floor, failing = sum(one.at_floor for one in assets), sum(not one.fits for one in assets)
        lines.append((layout, placement, str(len(assets)), str(floor), str(failing), where))
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    for number, line in enumerate(lines):
        text = "  ".join(part.ljust(width) for part, width in zip(line, widths, strict=True)).rstrip()
        click.echo(click.style(text, bold=number == 0))
    failing = sum(not asset.fits for asset in report.assets)
    failed = f", {len(report.failures)} not laid out" if report.failures else ""
    click.echo(f"{len(report.assets)} assets measured: {failing} do not fit{failed}")
