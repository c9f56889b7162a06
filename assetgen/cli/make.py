"""`assetgen make`: one layout, filled from a table or from the command line, without a campaign file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from assetgen.cli._imports import kept_imports

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assetgen.model import Direction
    from assetgen.package import Asset

EPILOG = """
\b
Examples:
  assetgen make big-number --brand lentera --for instagram/feed-portrait \\
      --set title="Kemiskinan turun" --set value=8,42 --set style=percent --set source="BPS, Maret 2026"
  assetgen make ranking provinsi.csv --brand lentera --for instagram/feed-square,x/post \\
      --set title="Provinsi terpadat" --set source="Kemendagri, 2025"
  assetgen make big-number data.xlsx#2026 --brand brand/dinkes --for whatsapp/status --format png
  assetgen make myth-fact mitos.csv --brand lentera --for instagram/reel,tiktok/video --music bright \\
      --narration "Empat mitos tentang demam berdarah." --narration "Demam turun bukan berarti sembuh."
"""


@click.command(epilog=EPILOG)
@click.argument("layout")
@click.argument("data", required=False)
@click.option("--brand", required=True, help="Name of a brand kit, or its folder.")
@click.option("--for", "placements", required=True, multiple=True, help="Placements, separated by commas.")
@click.option(
    "--set", "settings", multiple=True, metavar="FIELD=VALUE", help="A field; may be an expression {{ column }}."
)
@click.option("--lang", "language", default="id", show_default=True, help="Language of the asset.")
@click.option("--out", type=click.Path(path_type=Path), default=Path("out"), show_default=True, help="Output folder.")
@click.option(
    "--theme", type=click.Choice(["light", "dark"]), default="light", show_default=True, help="How the brand is used."
)
@click.option("--engine", default="takumi", show_default=True, help="Renderer; chromium is the slow reference.")
@click.option("--format", "form", help="File format; the one that the placement prefers when left out.")
@click.option("--music", metavar="MOOD|FILE", help="Of a video: calm, bright, urgent, solemn, a file, or none.")
@click.option("--voice", multiple=True, metavar="FILE", help="Of a video: what is spoken, one file a scene.")
@click.option("--narration", multiple=True, metavar="TEXT", help="Of a video: captions, one text a scene, or 'layout'.")
@click.option("--captions", metavar="FILE", help="Of a video: an SRT or VTT file, in place of --narration.")
@click.option("--highlight", is_flag=True, default=None, help="Of a video: mark the word that is said.")
@click.option("--progress", is_flag=True, default=None, help="Of a video: a line that tells how far it is.")
@click.option("--speak", is_flag=True, default=None, help="Of a video: the brand's voice speaks the narration.")
@click.option("--effects", is_flag=True, default=None, help="Of a video: soft sounds at marks and changes of scene.")
@click.option("--transition", metavar="NAME", help="Of a video: cut, fade, slide, push, wipe, zoom or sting.")
@click.option("--no-cache", "fresh", is_flag=True, help="Encode all scenes of videos again.")
def command(
    layout: str,
    data: str | None,
    brand: str,
    placements: tuple[str, ...],
    settings: tuple[str, ...],
    language: str,
    out: Path,
    engine: str,
    form: str | None,
    theme: Literal["light", "dark"],
    fresh: bool,
    **video: Any,
) -> None:
    """Fill LAYOUT from DATA (a file, file#sheet, or - for standard input) and from --set.

    Columns fill the fields of their name; a table with several rows gives one asset a row, or one in all where the
    layout takes rows.
    """
    with kept_imports():
        from assetgen.cache import usual_cache
        from assetgen.cli._progress import progress_bar
        from assetgen.library import make_all
        from assetgen.studio import Studio

    with Studio(engine, None if fresh else usual_cache()) as studio, progress_bar(layout, quiet=False) as advance:
        assets = list(
            make_all(
                layout=layout,
                data=_data(data) if data else {},
                brand=brand,
                placements=_named(placements),
                language=language,
                fields=_settings(settings),
                format=form,
                studio=studio,
                theme=theme,
                direction=_direction(video),
                progress=advance,
            )
        )
    _save(assets, out)
    raise SystemExit(0 if all(asset.ready for asset in assets) else 1)


def _named(groups: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names in texts that hold several, separated by commas."""
    return tuple(name.strip() for group in groups for name in group.split(",") if name.strip())


def _save(assets: list[Asset], out: Path) -> None:
    """Write the files of assets, each in a folder of its own, and tell of them."""
    from assetgen.package.names import package_folder, unique_slugs

    names = dict(zip(slugs := list(dict.fromkeys(one.slug for one in assets)), unique_slugs(slugs), strict=True))
    for asset in assets:
        _tell(asset, asset.save(out / package_folder(names[asset.slug], asset.placement, "")))


def _direction(video: Mapping[str, Any]) -> Direction:
    """Return what is wished of a video; files are looked for in the present folder."""
    from assetgen.model import Direction
    from assetgen.model.films import OWN_WORDS

    given = {name: value for name, value in video.items() if value is not None}
    if given.get("narration") == (OWN_WORDS,):
        given["narration"] = OWN_WORDS
    return Direction(**given, folder=Path.cwd())


def _data(reference: str) -> Any:
    """Return what to read: a reference to a file, or the table that comes in on standard input."""
    if reference != "-":
        return reference
    from assetgen.read import read_table

    return read_table("-", data=sys.stdin.buffer.read())


def _settings(pairs: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign or not name.strip():
            raise click.BadParameter(f"'{pair}' is not FIELD=VALUE", param_hint="--set")
        found[name.strip()] = value
    return found


def _tell(asset: Asset, paths: list[Path]) -> None:
    for path in paths:
        click.echo(f"{path}  {asset.placement.size}  {path.stat().st_size:,} bytes")
    for finding in asset.findings:
        colour = {"error": "red", "warning": "yellow"}.get(finding.severity)
        click.echo(f"  {click.style(f'{finding.severity} {finding.rule}', fg=colour)}: {finding.message}", err=True)
        if finding.hint:
            click.echo(f"    → {finding.hint}", err=True)
