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
  assetgen list icons banjir
"""
KIND_NAMES = (
    "layouts",
    "brands",
    "placements",
    "charts",
    "backgrounds",
    "icons",
    "rules",
    "filters",
    "formats",
    "sources",
    "engines",
    "executors",
)


@click.command(epilog=EPILOG)
@click.argument("kind", type=click.Choice(KIND_NAMES))
@click.argument("words", nargs=-1, metavar="[WORD]...")
@click.option("--match", default="", help="Only names and descriptions that contain this.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How the list is printed.")
def command(kind: str, words: tuple[str, ...], match: str, form: str) -> None:
    """List what there is of a KIND: built in, and beside you in layouts/ and brand/.

    With WORD, only what fits it. Icons are found by Indonesian and English words, the best first; where none fits,
    those of the nearest words are shown and it is said so.
    """
    rows = _rows(kind, " ".join(words))
    rows = {name: about for name, about in rows.items() if match.lower() in f"{name} {about}".lower()}
    if form == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    width = max(map(len, rows), default=0)
    for name, about in rows.items():
        click.echo(f"{click.style(name.ljust(width), bold=True)}  {about}")


def _rows(kind: str, words: str) -> dict[str, str]:
    """Return the parts of a kind that some words name, all without any; say so where they are only near."""
    from assetgen.cli._kinds import KINDS

    search = KINDS[kind].search
    if not words or search is None:
        rows = KINDS[kind].rows(Path())
        return {name: about for name, about in rows.items() if words.lower() in f"{name} {about}".lower()}
    found = search(words, Path())
    if found.nearest:
        click.echo(f"Nothing fits '{words}'{'; the nearest words give:' if found.rows else '.'}", err=True)
    return found.rows
