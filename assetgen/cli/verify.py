"""`assetgen verify`: prove or disprove every number and date of a build against the data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from assetgen.verify import Verification

EPILOG = """
\b
Examples:
  assetgen verify out
  assetgen verify out/aceh/x-post/01.jpg
  assetgen verify /srv/media/apbd-2026 --data kampanye/apbd-2026
"""
MOST_ROWS = 500
COLOURS = {"proved": "green", "disproved": "red", "unprovable": None}


@click.command(epilog=EPILOG)
@click.argument("target", type=click.Path(path_type=Path))
@click.option(
    "--data",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder of the campaign; the nearest above the output folder that holds its data when left out.",
)
@click.option("--all", "every", is_flag=True, help="Show what is proved and what cannot be proved, too.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="How the verdict is printed."
)
def command(target: Path, data: Path | None, every: bool, form: str) -> None:
    """Prove TARGET, the output folder of a build or one file in it: hashes of files, and facts against the data.

    The data is read again. A fact is proved when its cell, or the formula over cells, gives the same value and the text
    agrees with it; a fact without a cell cannot be proved.
    """
    from assetgen.verify import verify

    verdict = verify(target, data)
    if form == "json":
        import json
        from dataclasses import asdict

        shown = {
            "holds": verdict.holds,
            "totals": verdict.totals,
            "files": {"checked": verdict.files, "damaged": [asdict(damage) for damage in verdict.damages]},
            "changed_data": list(verdict.changed),
            "facts": [asdict(proof) for proof in verdict.proofs],
        }
        click.echo(json.dumps(shown, ensure_ascii=False, indent=1))
    else:
        _print(verdict, every)
    raise SystemExit(0 if verdict.holds else 1)


def _print(verdict: Verification, every: bool) -> None:
    for damage in verdict.damages:
        click.echo(click.style(f"{damage.path} {damage.problem}", fg="red"))
    for file in verdict.changed:
        click.echo(click.style(f"{file} has changed since the build", fg="yellow"))
    told: dict[tuple[str, ...], list[str]] = {}
    for proof in verdict.proofs:
        if every or proof.verdict == "disproved":
            key = (proof.verdict, *map(_printable, (proof.text, proof.value, proof.cell, proof.reason)))
            told.setdefault(key, []).append(_printable(f"{proof.asset} {proof.where}"))
    for (kind, text, value, cell, reason), places in list(told.items())[:MOST_ROWS]:
        head = click.style(kind, fg=COLOURS[kind])
        click.echo(f"{head} '{text}' ({value}) {cell}".rstrip() + (f": {reason}" if reason else ""))
        for place in places:
            click.echo(f"    {place}")
    if len(told) > MOST_ROWS:
        click.echo(f"and {len(told) - MOST_ROWS:,} more: see --format json")
    totals = verdict.totals
    click.echo(f"{verdict.files:,} files, {len(verdict.damages)} damaged or missing")
    click.echo(
        f"{sum(totals.values()):,} facts: {totals['proved']:,} proved, {totals['disproved']:,} disproved, "
        f"{totals['unprovable']:,} without a cell to prove them by"
    )


def _printable(text: str) -> str:
    """Return a text that cannot steer the terminal: a manifest may come from anybody."""
    return "".join(one if one.isprintable() else "\u00b7" for one in text)
