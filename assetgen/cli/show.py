"""`assetgen show`: tell everything about one part."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from assetgen.cli.list import KIND_NAMES

EPILOG = """
\b
Examples:
  assetgen show layout big-number
  assetgen show placement instagram/story
  assetgen show brand lentera --format json
  assetgen show brand lentera --sheet
  assetgen show chart bar
  assetgen show icon flood
"""
SINGULAR = {name.removesuffix("s"): name for name in KIND_NAMES}


@click.command(epilog=EPILOG)
@click.argument("kind", type=click.Choice([*SINGULAR, *KIND_NAMES]), metavar="KIND")
@click.argument("name")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How it is printed.")
@click.option("--sheet", is_flag=True, help="Write the brand's sheet: colours, type, logo rules, words, samples.")
@click.option("--out", type=click.Path(path_type=Path), help="Where the sheet goes, .pdf or .png  [NAME-sheet.pdf].")
@click.option("--lang", "language", default="id", show_default=True, help="Language of the sheet.")
def command(kind: str, name: str, form: str, sheet: bool, out: Path | None, language: str) -> None:
    """Show all about one part.

    KIND is layout, brand, placement, chart, icon, rule, filter, format, source, engine or executor.
    """
    from assetgen.cli._kinds import KINDS

    if sheet or out:
        if SINGULAR.get(kind, kind) != "brands":
            raise click.UsageError("only a brand has a sheet: assetgen show brand NAME --sheet")
        _write_sheet(name, out, language)
        return
    details = KINDS[SINGULAR.get(kind, kind)].details(name, Path())
    if form == "json":
        click.echo(json.dumps(details, ensure_ascii=False, indent=2, default=str))
        return
    for key, value in details.items():
        _print(key, value, 0)


def _write_sheet(name: str, out: Path | None, language: str) -> None:
    from assetgen.brand import Brand
    from assetgen.sheet import make_sheet

    sheet = make_sheet(Brand.load(name, (Path(),)), language)
    for path in sheet.save(out or Path(f"{sheet.brand}-sheet.pdf")):
        click.echo(f"{path}  {path.stat().st_size:,} bytes")


def _print(key: str, value: Any, depth: int) -> None:
    """Print a value under its name; empty ones are left out."""
    indent = "  " * depth
    if value in (None, "", [], (), {}):
        return
    if isinstance(value, dict):
        click.echo(f"{indent}{click.style(key, bold=True)}")
        for inner, one in value.items():
            _print(str(inner), one, depth + 1)
    elif isinstance(value, (list, tuple)) and any(isinstance(one, dict) for one in value):
        click.echo(f"{indent}{click.style(key, bold=True)}")
        for one in value:
            click.echo(f"{indent}  - " + ", ".join(f"{name} {inner}" for name, inner in one.items() if inner))
    else:
        text = ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
        click.echo(f"{indent}{click.style(key, bold=True)}: {text}".replace("\n", f"\n{indent}  "))
