"""`assetgen check`: every finding of a campaign, made for looking only, or of a folder that was built."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assetgen.cli._fit import FitChoice, fit_report, tell_fit

if TYPE_CHECKING:
    from assetgen.package import Manifest

EPILOG = """
\b
Examples:
  assetgen check out
  assetgen check campaign.toml
  assetgen check apbd-2026/campaign.toml --format sarif > findings.sarif
  assetgen check campaign.toml --fit
  assetgen check big-number --fit --data angka.csv --brand lentera --for instagram/story
  assetgen check nomor-darurat --stress
"""
COLOURS = {"error": "red", "warning": "yellow"}


@click.command(epilog=EPILOG)
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--jobs", type=click.IntRange(1, 64), help="Threads to work in; as many as the machine has cores.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "sarif"]), default="text", help="How findings are printed."
)
@click.option("--fit", is_flag=True, help="Only measure how texts fit; TARGET may be a layout.")
@click.option("--stress", is_flag=True, help="Measure a layout with its longest, shortest, barest and hostile data.")
@click.option("--data", help="With --fit and a layout: a table (file#sheet) whose rows are measured.")
@click.option("--brand", "brands", multiple=True, help="With --fit and a layout: only this brand.")
@click.option("--for", "placements", multiple=True, help="With --fit and a layout: only these placements.")
@click.option("--lang", "languages", multiple=True, help="With --fit and a layout: only this language.")
def command(
    target: Path,
    jobs: int | None,
    form: str,
    fit: bool,
    stress: bool,
    data: str | None,
    brands: tuple[str, ...],
    placements: tuple[str, ...],
    languages: tuple[str, ...],
) -> None:
    """Show every finding of TARGET: of a campaign, which is made without writing files, or of an output folder.

    A folder with a manifest.json is an output folder; its findings are those of the build. Exit code 1 when one of them
    is an error, or something could not be made.

    With --fit nothing is painted: every record is laid out in every placement and language, and what is told is the
    smallest text, how many are at their floor, and which do not fit. TARGET is a campaign, or a layout with its example
    or --data. With --stress it is a layout, and its example is made as long as the fields allow, as short and as bare
    as can be, and hostile.
    """
    if fit or stress:
        wanted = tuple(name.strip() for group in placements for name in group.split(",") if name.strip())
        raise SystemExit(_fit(str(target), FitChoice(data, brands, wanted, languages, stress), jobs, form))
    manifest = _manifest(target, jobs, form)
    if form == "sarif":
        from assetgen.cli._sarif import sarif

        click.echo(json.dumps(sarif(manifest), ensure_ascii=False, indent=1))
    elif form == "json":
        click.echo(json.dumps(_as_json(manifest), ensure_ascii=False, indent=1))
    else:
        _print(manifest)
    raise SystemExit(0 if manifest.ready else 1)


def _fit(target: str, choice: FitChoice, jobs: int | None, form: str) -> int:
    """Tell how everything fits and return the exit code."""
    if form == "sarif":
        raise click.BadParameter("--fit is told as text or json", param_hint="--format")
    report = fit_report(target, choice, jobs, form)
    tell_fit(report, form)
    return 0 if report.fits else 1


def _manifest(target: Path, jobs: int | None, form: str) -> Manifest:
    from assetgen.package import read_manifest

    folder = target.parent if target.name == "manifest.json" else target
    found = read_manifest(folder) if folder.is_dir() else None
    if found is not None:
        return found
    from assetgen.cache import usual_cache
    from assetgen.campaign import Campaign
    from assetgen.cli._progress import progress_bar
    from assetgen.pipeline import BuildOptions, review

    campaign = Campaign.load(target)
    with progress_bar(campaign.name, quiet=form != "text") as advance:
        return review(campaign, BuildOptions(workers=jobs, cache=usual_cache()), advance)


def _as_json(manifest: Manifest) -> Mapping[str, Any]:
    told = manifest.as_dict()
    names = ("slug", "folder", "layout", "placement", "language", "ready", "findings")
    assets = [{name: asset[name] for name in names} for asset in told["assets"] if asset["findings"]]
    return {"name": told["name"], "totals": told["totals"], "assets": assets, "failures": told["failures"]}


def _print(manifest: Manifest) -> None:
    count = 0
    for entry in manifest.entries:
        for finding in entry.data["findings"]:
            count += 1
            colour = COLOURS.get(finding["severity"])
            page = f" page {finding['page']}" if finding["page"] else ""
            head = click.style(f"{finding['severity']} {finding['rule']}", fg=colour)
            click.echo(f"{entry.folder}{page}: {head}: {finding['message']}")
            if finding["hint"]:
                click.echo(f"    \u2192 {finding['hint']}")
    for failure in manifest.failures:
        for problem in failure.problems:
            click.echo(click.style(f"not made: {failure.slug} {failure.placement}".rstrip(), fg="red") + f": {problem}")
    totals = manifest.totals
    failed = f", {totals['failed']} not made" if totals["failed"] else ""
    made = f"{totals['assets']} assets: {totals['ready']} ready, {totals['not_ready']} with errors"
    click.echo(f"{count} findings; {made}{failed}")
