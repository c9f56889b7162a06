"""`assetgen plan`: tell what a build would do, and which assets show a changed cell."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from assetgen.forecast import Step, Touched

EPILOG = """
\b
Examples:
  assetgen plan campaign.toml
  assetgen plan apbd-2026 --changed apbd.xlsx!Belanja!C7
  assetgen plan apbd-2026 --changed apbd.xlsx!Belanja!C7:F9 --changed penduduk.csv --format json
"""
COLOURS = {"make": "green", "keep": None, "remove": "yellow", "fail": "red"}


@click.command(epilog=EPILOG)
@click.argument("campaign", type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="Output folder; 'out' beside the campaign."
)
@click.option(
    "--changed", multiple=True, metavar="CELL", help="List the assets that show this cell, range, sheet or file."
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How the plan is printed.")
def command(campaign: Path, out: Path | None, changed: tuple[str, ...], form: str) -> None:
    """Tell, job by job, what a build of CAMPAIGN would make, keep and remove, and why; nothing is painted or written.

    With --changed it lists instead every asset of the last build that shows a number from these cells, also inside of
    sums and ranks. Conditions and sorting are not followed there: after the correction, plan tells all that is made
    again.
    """
    from assetgen.campaign import Campaign
    from assetgen.forecast import forecast, touched

    loaded = Campaign.load(campaign)
    target = out or loaded.folder / "out"
    if changed:
        _print_touched(touched(target, changed), form)
    else:
        _print_steps(forecast(loaded, target), form)


def _print_steps(steps: tuple[Step, ...], form: str) -> None:
    from collections import Counter

    counts = Counter(step.action for step in steps)
    totals = {action: counts[action] for action in ("make", "keep", "remove", "fail")}
    if form == "json":
        import json
        from dataclasses import asdict

        shown = {"totals": totals, "steps": [asdict(step) for step in steps]}
        click.echo(json.dumps(shown, ensure_ascii=False, indent=1))
        return
    for step in steps:
        where = step.folder or step.slug
        click.echo(f"{click.style(step.action.ljust(6), fg=COLOURS[step.action])} {where}  {step.layout}: {step.why}")
    click.echo(", ".join(f"{count} to {action}" for action, count in totals.items() if action != "fail" or count))


def _print_touched(found: tuple[Touched, ...], form: str) -> None:
    if form == "json":
        import json

        shown = [
            {
                **{name: one.entry.data[name] for name in ("slug", "folder", "layout", "placement", "language")},
                "facts": [dict(fact) for fact in one.facts],
            }
            for one in found
        ]
        click.echo(json.dumps({"assets": shown}, ensure_ascii=False, indent=1))
        return
    for one in found:
        texts = dict.fromkeys(f"{fact['text']} ({fact['cell'].rpartition('!')[2]})" for fact in one.facts)
        click.echo(f"{click.style(one.entry.folder, bold=True)}: {'; '.join(texts)}")
    click.echo(f"{len(found)} assets show it" if found else "no asset of the last build shows it")
