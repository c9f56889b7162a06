"""`assetgen list`: name the parts of a kind, one a line."""

from __future__ import annotations

import json
from pathlib import Path

import click

EPILOG = """
\b
Examples:
  assetgen list layouts
  assetgen list placements --match instagram
  assetgen list rules --format json
"""
KIND_NAMES = (
    "layouts",
    "brands",
    "placements",
    "charts",
    "rules",
    "filters",
    "formats",
    "sources",
    "engines",
    "executors",
)


@click.command(epilog=EPILOG)
@click.argument("kind", type=click.Choice(KIND_NAMES))
@click.option("--match", default="", help="Only names and descriptions that contain this.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How the list is printed.")
def command(kind: str, match: str, form: str) -> None:
    """List what there is of a KIND: built in, and beside you in layouts/ and brand/."""
    from assetgen.cli._kinds import KINDS

    rows = {
        name: about for name, about in KINDS[kind].rows(Path()).items() if match.lower() in f"{name} {about}".lower()
    }
    if form == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    width = max(map(len, rows), default=0)
    for name, about in rows.items():
        click.echo(f"{click.style(name.ljust(width), bold=True)}  {about}")
