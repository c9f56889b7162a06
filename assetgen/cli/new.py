"""`assetgen new`: start a campaign, brand or layout from a working example."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import click

EPILOG = """
\b
Examples:
  assetgen new campaign apbd-2026
  assetgen new brand dinas-pariwisata
  assetgen new layout harga-pangan
"""
DATA = "wilayah,tahun,persen\nKota Lentera,2026,8.42\nKabupaten Suluh,2026,9.10\nKabupaten Pelita,2026,7.95\n"
CAMPAIGN = """\
name = "{title}"
brand = "lentera"                     # assetgen list brands
languages = ["id", "en"]
placements = ["instagram/feed-portrait", "instagram/story", "x/post"]   # assetgen list placements

[data.angka]
file = "data/angka.csv"               # assetgen read data/angka.csv

[[make]]
layout = "big-number"                 # assetgen show layout big-number
from = "angka"
each = "row"
slug = "{{{{ wilayah }}}}"

[make.fields]
title = {{ id = "Kemiskinan di {{{{ wilayah }}}}", en = "Poverty in {{{{ wilayah }}}}" }}
value = "{{{{ persen }}}}"
style = "percent"
label = {{ id = "penduduk di bawah garis kemiskinan", en = "of the population below the poverty line" }}
source = {{ id = "contoh, {{{{ tahun }}}}", en = "example, {{{{ tahun }}}}" }}
"""


@click.command(epilog=EPILOG)
@click.argument("kind", type=click.Choice(["campaign", "brand", "layout"]))
@click.argument("name")
def command(kind: str, name: str) -> None:
    """Start a new campaign, brand or layout called NAME in this folder; what is there already is never overwritten."""
    from assetgen.errors import UsageError

    if not re.fullmatch(r"[a-z][a-z0-9-]*", name):
        raise UsageError(f"'{name}' cannot be a name", hint="use lower-case letters, digits and hyphens: apbd-2026")
    target = {"campaign": Path(name), "brand": Path("brand") / name, "layout": Path("layouts") / name}[kind]
    if target.exists():
        raise UsageError(f"{target} is there already", hint="choose another name, or remove it first")
    step = {"campaign": _campaign, "brand": _brand, "layout": _layout}[kind](target, name)
    click.echo(f"Made {target}/")
    click.echo(f"Next: {step}")


def _campaign(target: Path, name: str) -> str:
    (target / "data").mkdir(parents=True)
    (target / "data" / "angka.csv").write_text(DATA, "utf-8")
    title = name.replace("-", " ").capitalize()
    (target / "campaign.toml").write_text(CAMPAIGN.format(title=title), "utf-8")
    return f"assetgen build {target}"


def _brand(target: Path, name: str) -> str:
    from assetgen.parts import built_in

    shutil.copytree(built_in("brand") / "lentera", target)
    file = target / "brand.toml"
    title = name.replace("-", " ").title()
    file.write_text(re.sub(r'^name = ".*"', f'name = "{title}"', file.read_text("utf-8"), count=1, flags=re.M), "utf-8")
    return f"change {file} and the logos, then: assetgen show brand {name}"


def _layout(target: Path, name: str) -> str:
    from assetgen.parts import built_in

    shutil.copytree(built_in("layouts") / "big-number", target)
    file = target / "layout.toml"
    title = name.replace("-", " ").capitalize()
    file.write_text(
        re.sub(r'^title = ".*"', f'title = "{title}"', file.read_text("utf-8"), count=1, flags=re.M), "utf-8"
    )
    return f"assetgen preview {name} --watch, and change {target}/layout.html and layout.css"
