"""`assetgen preview`: a page on this machine that shows a layout or a campaign and follows every save."""

from __future__ import annotations

import signal
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import click

EPILOG = """
\b
Examples:
  assetgen preview harga-pangan --watch
  assetgen preview big-number --brand lentera --lang id
  assetgen preview apbd-2026/campaign.toml --watch --port 8000
"""


@click.command(epilog=EPILOG)
@click.argument("target", metavar="LAYOUT|CAMPAIGN")
@click.option("--watch", is_flag=True, help="Show every save at once; without it, load the page again.")
@click.option("--brand", "brands", multiple=True, help="Only this brand; may be given several times.")
@click.option("--for", "placements", multiple=True, help="Only these placements, separated by commas.")
@click.option("--lang", "languages", multiple=True, help="Only this language; may be given several times.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port of the page; a free one when left out.")
def command(
    target: str,
    watch: bool,
    brands: tuple[str, ...],
    placements: tuple[str, ...],
    languages: tuple[str, ...],
    port: int,
) -> None:
    """Show LAYOUT (its example in every shape, brand and language) or CAMPAIGN (every asset) in the browser.

    The page is served on this machine alone, at the address that is printed, until Ctrl-C.
    """
    from assetgen.preview import Options, Preview

    wanted = tuple(name.strip() for group in placements for name in group.split(",") if name.strip())
    with suppress(KeyboardInterrupt):
        signal.signal(signal.SIGTERM, _stop)
        with Preview(target, Path(), Options(brands, wanted, languages, port, watch)) as preview:
            click.echo(preview.address)
            click.echo("Ctrl-C ends it.", err=True)
            preview.wait()


def _stop(number: int, frame: object) -> NoReturn:  # noqa: ARG001 — the signature of a signal's handler
    """End as Ctrl-C does when the system asks to."""
    raise KeyboardInterrupt
