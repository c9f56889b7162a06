"""`assetgen build`: make everything that a campaign file asks for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from assetgen.cli._imports import kept_imports

if TYPE_CHECKING:
    from assetgen.pipeline import Report

EPILOG = """
\b
Examples:
  assetgen build campaign.toml
  assetgen build samples/provinsi --out hasil --only aceh --only bali
"""


@click.command(epilog=EPILOG)
@click.argument("campaign", type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="Output folder; 'out' beside the campaign."
)
@click.option("--only", multiple=True, metavar="SLUG", help="Make only this record again; may be given several times.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Threads to work in; as many as the machine has cores.")
@click.option("--engine", default="takumi", show_default=True, help="Renderer; chromium is the slow reference.")
@click.option("--executor", default="local", show_default=True, help="Where the jobs run.")
@click.option("--no-cache", "fresh", is_flag=True, help="Make everything again, whether or not it has changed.")
@click.option("--draft", is_flag=True, help="Faster, for looking: lower quality, not checked, never ready.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="How the report is printed."
)
def command(
    campaign: Path,
    out: Path | None,
    only: tuple[str, ...],
    jobs: int | None,
    engine: str,
    executor: str,
    draft: bool,
    fresh: bool,
    form: str,
) -> None:
    """Make everything that CAMPAIGN (a campaign.toml or its folder) asks for.

    Run it again after a change: only what has changed is made again, what is no longer asked for is removed, what is
    kept stays byte for byte the same. Of videos, the scenes that have not changed are taken from a cache.
    """
    with kept_imports():
        from assetgen.cache import usual_cache
        from assetgen.campaign import Campaign
        from assetgen.cli._progress import progress_bar
        from assetgen.pipeline import BuildOptions, build

    loaded = Campaign.load(campaign)
    target = out or loaded.folder / "out"
    options = BuildOptions(only, jobs, engine, executor, draft, None if fresh else usual_cache(), fresh)
    with progress_bar(loaded.name, quiet=form == "json") as advance:
        report = build(loaded, target, options, advance)
    print_report(report, form)
    raise SystemExit(0 if report.ready else 1)


def print_report(report: Report, form: str) -> None:
    """Print what a build made: findings and failures first, then totals and where to look."""
    if form == "json":
        import json

        failures = [
            {"slug": one.slug, "problems": [str(problem) for problem in one.problems]} for one in report.failures
        ]
        shown = {"out": str(report.out), "totals": report.totals, "failures": failures, "removed": list(report.removed)}
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
        return
    for entry in report.entries:
        for finding in entry.data["findings"]:
            if finding["severity"] in {"error", "warning"}:
                colour = "red" if finding["severity"] == "error" else "yellow"
                head = click.style(f"{finding['severity']} {finding['rule']}", fg=colour)
                click.echo(f"{entry.folder}: {head}: {finding['message']}")
    for failure in report.failures:
        for problem in failure.problems:
            click.echo(click.style(f"not made: {failure.slug} {failure.placement}".rstrip(), fg="red") + f": {problem}")
    totals = report.totals
    click.echo(
        f"{totals['assets']} assets: {totals['ready']} ready, {totals['not_ready']} with errors"
        + (f", {totals['failed']} not made" if totals["failed"] else "")
        + (f"; {report.unchanged} as they were" if report.unchanged else "")
        + (f"; {len(report.removed)} old files removed" if report.removed else "")
    )
    click.echo(f"Look at {report.out / 'index.html'}")
