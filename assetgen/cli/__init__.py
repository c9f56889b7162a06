"""The command line: each module of this folder is a command, named like its file. Only these modules print."""

from __future__ import annotations

import importlib
import os
import pkgutil
from typing import Any

import click

# Plugins of pydantic are looked for in every installed package, which takes longer than all our checks of settings.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


class Commands(click.Group):
    """Find commands by file name, and turn errors into messages and exit codes."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 — click's signature
        """Return the names of all commands, in the order of their usual use."""
        found = [module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_")]
        order = [
            "new",
            "read",
            "plan",
            "build",
            "make",
            "preview",
            "check",
            "verify",
            "inspect",
            "list",
            "show",
            "completion",
        ]
        return sorted(found, key=lambda name: (order.index(name) if name in order else len(order), name))

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Return a command, imported when it is asked for."""
        if name not in self.list_commands(ctx):
            return None
        command: click.Command = importlib.import_module(f"assetgen.cli.{name}").command
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Return the command that was asked for; name the nearest where there is none."""
        if args and not args[0].startswith("-") and args[0] not in self.list_commands(ctx):
            from assetgen.errors import did_you_mean

            ctx.fail(f"there is no command '{args[0]}': {did_you_mean(args[0], self.list_commands(ctx))}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; print the problems of an AssetgenError and exit with its code."""
        from assetgen.errors import AssetgenError

        try:
            return super().invoke(ctx)
        except AssetgenError as error:
            print_problems(error)
            ctx.exit(error.exit_code)


def print_problems(error: Any) -> None:
    """Print every problem of an error: place, what is wrong, and what to do."""
    for problem in error.problems:
        place = click.style(str(problem.place), bold=True) + ": " if str(problem.place) else ""
        click.echo(place + click.style(problem.message, fg="red"), err=True)
        if problem.hint:
            click.echo(f"    → {problem.hint}", err=True)
    if len(error.problems) > 1:
        click.echo(f"{len(error.problems)} problems; nothing was changed.", err=True)


EXAMPLES = """
\b
Examples:
  assetgen new campaign apbd-2026
  assetgen read data/apbd.xlsx#2026
  assetgen build campaign.toml
  assetgen make big-number angka.csv --brand lentera --for instagram/feed-portrait
  assetgen inspect poster.jpg --for instagram/story
"""


@click.command("assetgen", cls=Commands, epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="assetgen", message="%(prog)s %(version)s")
def main() -> None:
    """Turn a spreadsheet and a brand into pictures that are ready for every platform.

    \b
    Exit codes: 0 done, 1 findings of severity error, 2 wrong use, 3 bad input.
    """
