"""`assetgen inspect`: tell whether a media file is fit for a placement."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

EPILOG = """
\b
Examples:
  assetgen inspect poster.jpg --for instagram/feed-portrait
  assetgen inspect clip.mp4 --for instagram/reel
  assetgen inspect out/aceh/*/01.jpg --for x/post --format json
"""


@click.command(epilog=EPILOG)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--for", "name", required=True, help="The placement that the files are meant for.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="How the result is printed."
)
def command(files: tuple[Path, ...], name: str, form: str) -> None:
    """Tell whether FILES, ours or not, are fit for a placement.

    Pictures: format, size, ratio, bytes, colour, metadata. Videos: also codec, rates, key frames, edit lists, length,
    sound, loudness and flashes. What can be found is in docs/inspect.md.
    """
    from assetgen import placement
    from assetgen.inspect import inspect_file
    from assetgen.model import errors_in

    target = placement.load(name)
    found = {str(path): inspect_file(path, target) for path in files}
    if form == "json":
        shown = {path: [asdict(finding) for finding in findings] for path, findings in found.items()}
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2, default=str))
    else:
        for path, findings in found.items():
            fit = next(errors_in(findings), None) is None
            verdict = click.style("fit", fg="green") if fit else click.style("not fit", fg="red")
            click.echo(f"{path}: {verdict} for {target.name} ({target.title}, {target.size})")
            for finding in findings:
                click.echo(f"  {finding.severity} {finding.rule}: {finding.message}")
                if finding.hint:
                    click.echo(f"    → {finding.hint}")
    raise SystemExit(int(any(next(errors_in(findings), None) for findings in found.values())))
